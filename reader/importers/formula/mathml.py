"""Formulas in MathML as a line that can be read.

Source: MathML 3, chapter 3 (presentation markup).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

from reader.importers.common.elements import Element, tag_of
from reader.importers.formula.pieces import (
    Piece,
    Run,
    bracketed,
    denominator,
    is_atom,
    laid_out,
    merged,
    numerator,
    raised,
)
from reader.importers.formula.signs import (
    OVER,
    UNDER,
    append,
    kind_of,
    said_in,
    single,
    space_pieces,
    string_pieces,
    text_pieces,
    token_pieces,
)
from reader.model.document import MarkKind

__all__ = ["Run", "runs_of"]

_DEEPEST = 48
_UNREAD = frozenset(("annotation", "annotation-xml", "mphantom", "maligngroup", "malignmark"))
_NOTHING = ("none", "mprescripts")
_ROWS = frozenset(("mrow", "mstyle", "mpadded", "merror", "math", "mtd", "mscarries", "msrow"))
_JOINS = ("relation", "comma", "sum", "times")
_PRIMES = "′″‴⁗'"


def runs_of(math: Element) -> list[Run]:
    """The formula from left to right: fractions with a slash, roots with a sign, scripts marked.

    Brackets are added where the line would else be read otherwise than the formula.
    """
    runs = laid_out(_pieces(math, 0))
    if not "".join(text for text, _ in runs).strip():
        spoken = " ".join((math.get("alttext") or "").split())
        return [(spoken, ())] if spoken and "\\" not in spoken else []
    return runs


def _pieces(element: Element, depth: int) -> list[Piece]:
    """The pieces of one element; those of rows are told one after another."""
    name = tag_of(element)
    if not name or name in _UNREAD or name in _NOTHING:
        return []
    if name in _LEAVES:
        return _LEAVES[name](element)
    if depth > _DEEPEST or (name not in _MAKERS and name not in _ROWS and not len(element)):
        return text_pieces(element)
    make = _MAKERS.get(name)
    return _row(list(element), depth, element) if make is None else make(element, depth)


def _row(elements: Sequence[Element], depth: int, parent: Element | None = None) -> list[Piece]:
    pieces: list[Piece] = []
    if parent is not None and parent.text and parent.text.strip():
        pieces.append(Piece("text", [(single(parent.text), ())]))
    for element in elements:
        for piece in _pieces(element, depth + 1):
            append(pieces, piece)
    return pieces


# Fractions, roots, scripts


def _fraction(element: Element, depth: int) -> list[Piece]:
    parts = _children(element)
    if len(parts) != 2:
        return _row(parts, depth)
    over, under = (_pieces(part, depth + 1) for part in parts)
    if (element.get("linethickness") or "").startswith(("0", "-")):
        upper, lower = laid_out(over), laid_out(under)
        choice = [*upper, (" choose ", ()), *lower]
        return [Piece("choice", merged([*upper, ("; ", ()), *lower]), guarded=merged(choice))]
    plain = all(
        len(p) == 1 and p[0].kind == "number" and not p[0].is_scripted for p in (over, under)
    )
    runs = merged([*numerator(over), ("/", ()), *denominator(under)])
    return [Piece("fraction", runs, plain=plain)]


def _root(element: Element, depth: int) -> list[Piece]:
    parts, index = _children(element), list[Run]()
    if tag_of(element) == "mroot" and len(parts) == 2:
        index = raised(laid_out(_pieces(parts[1], depth + 1), tight=True), "sup")
        parts = parts[:1]
    return [_rooted(_row(parts, depth), index)]


def _rooted(inside: list[Piece], index: list[Run]) -> Piece:
    runs, kinds = laid_out(inside), [piece.kind for piece in inside]
    if kinds[:1] == ["open"] and is_atom(inside) and not inside[-1].is_scripted:
        return Piece("root", [*index, ("√", ()), *runs])
    full = [*index, ("√", ()), *bracketed(runs)]
    if is_atom(inside) and not any(p.is_scripted for p in inside) and "root" not in kinds:
        return Piece("root", [*index, ("√", ()), *runs], guarded=full)
    return Piece("root", full)


def _scripted(element: Element, depth: int) -> list[Piece]:
    name, parts = tag_of(element), _children(element)
    if not parts:
        return []
    base = _pieces(parts[0], depth + 1)
    if name == "mmultiscripts":
        return _multiscripted(base, parts[1:], depth)
    sub = parts[1] if name in ("msub", "munder", "msubsup", "munderover") and parts[1:] else None
    at = 2 if name in ("msubsup", "munderover") else 1
    sup = parts[at] if name not in ("msub", "munder") and len(parts) > at else None
    if name == "mover" and sup is not None and _accented(base, sup, OVER):
        return base
    if name == "munder" and sub is not None and _accented(base, sub, UNDER):
        return base
    return _with_scripts(base, _script(sub, "sub", depth), _script(sup, "sup", depth))


def _script(element: Element | None, kind: MarkKind, depth: int) -> list[Run]:
    if element is None:
        return []
    runs = laid_out(_pieces(element, depth + 1), tight=True)
    text = "".join(text for text, _ in runs).strip()
    if kind == "sup" and text and all(sign in _PRIMES for sign in text):
        return [(text, ())]
    if kind == "sup" and text in ("∘", "°"):
        return [("°", ())]
    return raised(runs, kind)


def _with_scripts(base: list[Piece], sub: list[Run], sup: list[Run]) -> list[Piece]:
    if not sub and not sup:
        return base
    if not base or all(piece.kind == "space" for piece in base):
        return [*base, Piece("scripts", [*sup, *sub])]
    last = base[-1]
    twice = last.is_raised and bool(sup)
    if last.kind in ("fraction", "root") or twice:
        last = Piece("bracketed", bracketed(last.runs))
    elif last.kind in ("table", "choice") and not (len(base) > 1 and base[-2].kind == "open"):
        last = Piece("bracketed", [("[", ()), *last.runs, ("]", ())])
    runs = [*last.runs, *sub, *sup]
    scripted = Piece(last.kind, runs, last.is_raised or bool(sup), True)
    return [*base[:-1], scripted]


def _multiscripted(base: list[Piece], scripts: list[Element], depth: int) -> list[Piece]:
    names = [tag_of(script) for script in scripts]
    middle = names.index("mprescripts") if "mprescripts" in names else len(names)
    before: list[Run] = []
    for i, script in enumerate(scripts[middle + 1 :]):
        runs = _script(script, ("sub", "sup")[i % 2], depth)
        before = runs + before if i % 2 else before + runs
    for i in range(0, middle, 2):
        pair = [*scripts[i : min(i + 2, middle)], None][:2]
        base = _with_scripts(base, _script(pair[0], "sub", depth), _script(pair[1], "sup", depth))
    return [Piece("scripts", before), *base] if before else base


def _accented(base: list[Piece], accent: Element, signs: dict[str, str]) -> bool:
    """Put an accent on the letters of a base; False when it is none, or there are none."""
    sign = signs.get(said_in(accent).strip())
    if sign is None or not base:
        return False
    wide = sign in "\u0304\u0332" and sum(len(piece.text) for piece in base) > 1
    for piece in base if wide else base[-1:]:
        line = "\u0305" if sign == "\u0304" else sign
        if wide:
            piece.runs = [("".join(c + line for c in text), kinds) for text, kinds in piece.runs]
        else:
            text, kinds = piece.runs[-1] if piece.runs else ("", ())
            accented = unicodedata.normalize("NFC", text + sign)
            piece.runs = [*piece.runs[:-1], (accented, kinds)]
        piece.guarded = None
    return True


# Brackets, tables and the rest


def _fenced(element: Element, depth: int) -> list[Piece]:
    left, right = element.get("open", "("), element.get("close", ")")
    separators = "".join(element.get("separators", ",").split())
    pieces = [Piece("open", [(left, ())])] if left.strip() else []
    for i, child in enumerate(_children(element)):
        if i and separators:
            sign = separators[min(i - 1, len(separators) - 1)]
            pieces.append(Piece(kind_of(sign), [(sign, ())]))
        for piece in _pieces(child, depth + 1):
            append(pieces, piece)
    return [*pieces, Piece("close", [(right, ())])] if right.strip() else pieces


def _table(element: Element, depth: int) -> list[Piece]:
    """Cells parted by commas and rows by semicolons; lines that are lined up read on."""
    rows = [
        [_pieces(cell, depth + 2) for cell in _children(row)]
        for row in element
        if tag_of(row) in ("mtr", "mlabeledtr")
    ]
    related = any(piece.kind == "relation" for row in rows for cell in row for piece in cell)
    line: list[Piece] = []
    for row in rows:
        cells = [cell for cell in row if any(piece.text for piece in cell)]
        if not cells:
            continue
        first = next(piece.kind for piece in cells[0] if piece.text)
        goes_on = first == "relation" or (
            first in _JOINS and (cells[0] is not row[0] or (len(row) == 1 and related))
        )
        if line:
            line.append(Piece("space", []) if goes_on else Piece("comma", [("; ", ())]))
        for i, cell in enumerate(cells):
            kinds = [piece.kind for piece in cell if piece.text]
            if i and line[-1].kind not in _JOINS and kinds[0] not in _JOINS:
                line.append(Piece("comma", [(", ", ())]))
            elif i:
                line.append(Piece("space", []))
            line += cell
    return [Piece("table", laid_out(line))] if line else []


def _enclosed(element: Element, depth: int) -> list[Piece]:
    notation = element.get("notation") or "longdiv"
    inside = _row(list(element), depth, element)
    if "radical" in notation:
        return [_rooted(inside, [])]
    if "strike" not in notation or not inside:
        return inside
    kind = inside[0].kind if len(inside) == 1 else "bracketed"
    return [Piece(kind, raised(laid_out(inside), "strike"))]


def _first(element: Element, depth: int) -> list[Piece]:
    return _row([child for child in element if tag_of(child) not in _UNREAD][:1], depth)


def _children(element: Element) -> list[Element]:
    return [child for child in element if tag_of(child)]


_LEAVES: dict[str, Callable[[Element], list[Piece]]] = {
    **dict.fromkeys(("mi", "mn", "mo"), token_pieces),
    "mtext": text_pieces,
    "ms": string_pieces,
    "mspace": space_pieces,
}
_MAKERS: dict[str, Callable[[Element, int], list[Piece]]] = {
    "mfrac": _fraction,
    **dict.fromkeys(("msqrt", "mroot"), _root),
    **dict.fromkeys(("msup", "msub", "msubsup", "mover", "munder", "munderover"), _scripted),
    "mmultiscripts": _scripted,
    "mfenced": _fenced,
    "mtable": _table,
    "menclose": _enclosed,
    **dict.fromkeys(("semantics", "maction"), _first),
}
