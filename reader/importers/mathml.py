"""Formulas in MathML as a line that can be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reader.importers.html_tree import Element, tag_of
from reader.model.document import MarkKind

Run = tuple[str, tuple[MarkKind, ...]]
"""Characters and how they are raised or lowered."""

_SPACED = frozenset("=<>≤≥≠≈≡∼≃≅→←↔⇒⇔∈∉⊂⊆∪∩±∓×·÷+−")
_ACCENTS = {
    "¯": "\u0304",
    "‾": "\u0304",
    "^": "\u0302",
    "ˆ": "\u0302",
    "~": "\u0303",
    "˜": "\u0303",
}
_ACCENTS |= {"→": "\u20d7", "˙": "\u0307", ".": "\u0307", "¨": "\u0308", "_": "\u0332"}
_UNREAD = ("annotation", "annotation-xml", "mphantom", "maligngroup", "malignmark", "none")
_INVISIBLE = str.maketrans({"\u2061": None, "\u2062": None, "\u2063": None, "\u2064": None})


def runs_of(math: Element) -> list[Run]:
    """The formula from left to right: fractions with a slash, roots with a sign, scripts marked."""
    runs = list(_read(math, ()))
    if not "".join(text for text, _ in runs).strip():
        spoken = math.get("alttext") or ""
        return [(spoken, ())] if spoken else []
    return runs


def _read(element: Element, kinds: tuple[MarkKind, ...]) -> Iterator[Run]:
    name = tag_of(element)
    children = [child for child in element if tag_of(child) and tag_of(child) not in _UNREAD]
    if name in ("mi", "mn", "mtext", "ms", "mo"):
        text = " ".join("".join(map(str, element.itertext())).translate(_INVISIBLE).split())
        yield (f" {text} " if name == "mo" and text in _SPACED and not kinds else text), kinds
    elif name == "mspace":
        yield " ", kinds
    elif name == "mfrac" and len(children) == 2:
        yield from _grouped(children[0], kinds)
        yield "/", kinds
        yield from _grouped(children[1], kinds)
    elif name in ("msqrt", "mroot"):
        if name == "mroot" and len(children) == 2:
            yield from _read(children[1], (*kinds, "sup"))
            children = children[:1]
        yield "√", kinds
        yield from _bracketed(children, kinds)
    elif name in ("msup", "msub", "msubsup", "mover", "munder", "munderover", "mmultiscripts"):
        yield from _scripted(name, children, kinds)
    elif name == "mfenced":
        yield element.get("open") or "(", kinds
        separator = (element.get("separators") or ",")[:1]
        yield from _joined(children, f"{separator} ", kinds)
        yield element.get("close") or ")", kinds
    elif name in ("mtable", "mtr", "mlabeledtr"):
        yield from _joined(children, "; " if name == "mtable" else " ", kinds)
    elif name == "semantics":
        yield from _joined(children[:1], "", kinds)
    else:
        if name != "math" and element.text and element.text.strip():
            yield element.text, kinds
        yield from _joined(children, "", kinds)


def _joined(
    elements: Sequence[Element], separator: str, kinds: tuple[MarkKind, ...]
) -> Iterator[Run]:
    for i, element in enumerate(elements):
        if i and separator:
            yield separator, kinds
        yield from _read(element, kinds)


def _scripted(name: str, children: list[Element], kinds: tuple[MarkKind, ...]) -> Iterator[Run]:
    if not children:
        return
    yield from _read(children[0], kinds)
    scripts: tuple[MarkKind, ...] = ("sub", "sup")
    if name in ("msup", "mover"):
        scripts = ("sup",)
    if name == "mover" and len(children) == 2:
        over = "".join(map(str, children[1].itertext())).strip()
        if over in _ACCENTS:
            yield _ACCENTS[over], kinds
            return
    for i, child in enumerate(children[1:]):
        if tag_of(child) != "mprescripts":
            yield from _read(child, (*kinds, scripts[i % len(scripts)]))


def _grouped(element: Element, kinds: tuple[MarkKind, ...]) -> Iterator[Run]:
    """A part of a fraction: in brackets, unless it is one sign or number."""
    simple = tag_of(element) in ("mi", "mn", "mtext") or (
        tag_of(element) == "mrow" and len(element) == 1 and tag_of(element[0]) in ("mi", "mn")
    )
    yield from _read(element, kinds) if simple else _bracketed([element], kinds)


def _bracketed(elements: Sequence[Element], kinds: tuple[MarkKind, ...]) -> Iterator[Run]:
    yield "(", kinds
    yield from _joined(elements, "", kinds)
    yield ")", kinds
