"""Formulas in MathML: their signs from left to right, and those that a line of them must have.

Source: MathML Core, https://www.w3.org/TR/mathml-core/.
"""

from __future__ import annotations

from typing import Any, Literal

from tests.conservation.counted import Run

_UNREAD = ("annotation", "annotation-xml", "mphantom", "none", "mprescripts")
_INVISIBLE = str.maketrans(dict.fromkeys("\u2061\u2062\u2063\u2064"))
_ONE_SIGN = ("mi", "mn", "mtext", "mo", "ms")
_OPENING, _CLOSING = "([{⟨⌈⌊", ")]}⟩⌉⌋"
_BARS = "|∣∥"
_SUMS = ("+", "-", "−", "±", "∓", "=", "<", ">", "≤", "≥", "≈", "≠", ",", ";")
_OVER = "¯‾^ˆ~˜→˙.¨_\u0332"
Position = Literal["", "sup", "sub"]


def signs(math: Any, position: Position = "") -> list[Run]:
    """The signs of a formula; a fraction has its bar, brackets if a part needs them."""
    name = local(math)
    if not name or name in _UNREAD:
        return []
    children = [c for c in math if local(c) and local(c) not in _UNREAD]
    if name in _ONE_SIGN:
        text = "".join("".join(map(str, math.itertext())).translate(_INVISIBLE).split())
        return [Run(text, position)] if text else []
    if name == "mfrac" and len(children) == 2:
        over, under = (signs(child, position) for child in children)
        if (math.get("linethickness") or "1")[:1] == "0":
            # Two numbers one above the other, with no bar between.
            return [*over, *under]
        # What stands before it is no part of its upper number: 1 1/2 is not 11/2.
        return [
            Run(" "),
            *over_the_bar(over, position),
            Run("/", position),
            *under_the_bar(under, position),
        ]
    if name == "msqrt":
        return [Run("√", position), *_all(children, position)]
    if name == "mroot" and len(children) == 2:
        return [*signs(children[1], "sup"), Run("√", position), *signs(children[0], position)]
    if name in ("mover", "munder", "munderover", "msup", "msub", "msubsup", "mmultiscripts"):
        return _scripted(name, children, position)
    if name == "mfenced":
        opened, closed = math.get("open", "("), math.get("close", ")")
        return [Run(opened, position), *_all(children, position), Run(closed, position)]
    if name == "semantics":
        return _all(children[:1], position)
    own = [] if name == "math" else [Run("".join((math.text or "").split()), position)]
    return [*(run for run in own if run.text), *_all(children, position)]


def local(element: Any) -> str:
    """The name of an element without its namespace or prefix, "" for comments."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _all(elements: list[Any], position: Position) -> list[Run]:
    return [run for element in elements for run in signs(element, position)]


def _scripted(name: str, children: list[Any], position: Position) -> list[Run]:
    if not children:
        return []
    places: tuple[Position, ...] = ("sub", "sup")
    if name in ("msup", "mover"):
        places = ("sup",)
    runs = signs(children[0], position)
    for i, child in enumerate(children[1:]):
        above = signs(child, places[i % len(places)])
        if name in ("mover", "munder") and "".join(run.text for run in above) in _OVER:
            # An accent or a line: it is set on the letter, and has more than one way to be read.
            continue
        runs += above
    return runs


def over_the_bar(runs: list[Run], position: Position) -> list[Run]:
    """In brackets when a sum or a relation stands there; a product reads the same without."""
    apart = _apart(runs, position)
    return bracketed(runs, position) if any(s in _SUMS for s in apart[1:]) else runs


def under_the_bar(runs: list[Run], position: Position) -> list[Run]:
    """In brackets when more than one sign or bracket stands there."""
    signs_apart = [sign for sign in _apart(runs, position) if sign not in _OPENING + _BARS + "√"]
    # The "dt" of a derivative is one sign.
    one = len(signs_apart) == 2 and signs_apart[0] in ("d", "∂", "Δ")
    return runs if len(signs_apart) <= 1 or one else bracketed(runs, position)


def bracketed(runs: list[Run], position: Position) -> list[Run]:
    """The signs of a part in round brackets."""
    return [Run("(", position), *runs, Run(")", position)]


def _apart(runs: list[Run], position: Position) -> list[str]:
    """The signs on the line that stand in no brackets, and the brackets that are opened."""
    found, depth = [], 0
    for run in runs:
        if run.position != position or not run.text.strip():
            continue
        if run.text in _CLOSING or (run.text in _BARS and depth):
            depth -= 1
            continue
        if depth <= 0:
            found.append(run.text)
        if run.text in _OPENING or run.text in _BARS:
            depth += 1
    return found
