"""Text as it leaves the page without marks: what is raised, lowered or struck can still be seen."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reader.model.document import Document, Mark
from reader.model.span import Span

_RAISED = str.maketrans("0123456789+-−=()n i".replace(" ", ""), "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
TELLING = ("sup", "sub", "strike", "reference_mark")
_LONGEST_MARK = 2000
_PARTING = re.compile(r"[\s,;\[\]()\u2010-\u2015\u2212&-]*(?:(?:and|to|und|et|y|e)\s*)?[\[(]?")
_OPENED = re.compile(r"\s*([\[(])\s*$")
_CLOSING = re.compile(r"\s*([\])])")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one look; `kinds` are among "sup", "sub", "strike" and "reference_mark"."""

    words: str
    kinds: frozenset[str] = frozenset()


# Stands where a reference mark was.
_DROPPED = Piece("", frozenset(("reference_mark",)))


def plain_text(document: Document, span: Span, reference_marks: bool = True) -> str:
    """The words of a span for a place that shows no marks: a window title, a file of plain text.

    Raised and lowered characters are Unicode's own where there are such, else "^" or "_" stands
    before them; struck words stand between "~~". A reference mark is written "[1]" and never
    touches a number; without `reference_marks` it is dropped with the space before it, with the
    brackets around it, and with what stands between it and the next one.
    """
    return marked_as_plain(document.text, marks_over(document, span), span, reference_marks)


def raised_and_lowered(document: Document, span: Span) -> dict[int, str]:
    """What stands for each character of a span that is raised or lowered, by its offset.

    For places that show one sign for one character: "9" becomes "⁹", and the first of a run that
    Unicode has no signs for gets "^" or "_" before it.
    """
    found: dict[int, str] = {}
    marks = marks_over(document, span)
    references = [m.span for m in marks if m.kind == "reference_mark"]
    for mark in _whole(marks):
        if mark.kind not in ("sup", "sub") or any(r.covers(mark.span) for r in references):
            continue
        signs, before = (_RAISED, "^") if mark.kind == "sup" else (_LOWERED, "_")
        words = mark.span.cut(document.text)
        whole = all(ord(character) in signs for character in words)
        for i, character in enumerate(words):
            sign = character.translate(signs) if whole else (before if i == 0 else "") + character
            found[mark.span.start + i] = sign
    return {offset: sign for offset, sign in found.items() if span.holds(offset)}


def pieces(document: Document, span: Span, reference_marks: bool = True) -> list[Piece]:
    """The words of a span for a place that can raise, lower and strike them."""
    return _pieces(document.text, marks_over(document, span), span, reference_marks)


def marks_over(document: Document, span: Span) -> list[Mark]:
    """The marks that share a character with the span, in the document's order."""
    marks = document.marks
    first = bisect_left(marks, span.start - _LONGEST_MARK, key=lambda m: m.span.start)
    last = bisect_left(marks, span.end, key=lambda m: m.span.start)
    return [m for m in marks[first:last] if m.span.overlaps(span)]


def marked_as_plain(
    text: str, marks: Iterable[Mark], span: Span, reference_marks: bool = True
) -> str:
    """`plain_text` of a text whose marks are given, in the order of their starts."""
    return as_plain(_pieces(text, marks, span, reference_marks))


def as_plain(some: Iterable[Piece]) -> str:
    """Pieces as one plain text, with Unicode's signs for what they look like."""
    out, struck = "", False
    for piece in some:
        if ("strike" in piece.kinds) != struck:
            out, struck = f"{out}~~", not struck
        if "sup" in piece.kinds:
            out += _with_signs(piece.words, _RAISED, "^")
        elif "sub" in piece.kinds:
            out += _with_signs(piece.words, _LOWERED, "_")
        else:
            out += piece.words
    return f"{out}~~" if struck else out


def _pieces(text: str, marks: Iterable[Mark], span: Span, reference_marks: bool) -> list[Piece]:
    telling = _whole([m for m in marks if m.kind in TELLING and m.span.overlaps(span)])
    if not telling:
        return [Piece(span.cut(text))]
    cited = [m.span for m in telling if m.kind == "reference_mark"]
    looks = [m for m in telling if m.kind != "reference_mark"]
    made: list[Piece] = []
    at = span.start
    for mark in _merged(cited, span):
        if not reference_marks and made and _only_parts(text[at : mark.start]):
            # Between two marks that are dropped stands what parted them.
            at = mark.end
            continue
        _add_looks(made, text, looks, Span(at, max(at, mark.start)))
        at = mark.end
        if reference_marks:
            before = made[-1].words if made else ""
            words = _bracketed(mark.cut(text), before, text[mark.end : span.end][:1])
            made.append(Piece(words, frozenset(("reference_mark",))))
        else:
            made.append(_DROPPED)
    _add_looks(made, text, looks, Span(at, span.end))
    return made if reference_marks else _closed_up(made)


def _merged(cited: Iterable[Span], span: Span) -> list[Span]:
    """The marks within the span, none inside another."""
    found: list[Span] = []
    for mark in cited:
        inside = Span(max(mark.start, span.start), min(mark.end, span.end))
        if not found or inside.start >= found[-1].end:
            found.append(inside)
        elif inside.end > found[-1].end:
            found[-1] = Span(found[-1].start, inside.end)
    return found


def _add_looks(made: list[Piece], text: str, looks: Sequence[Mark], span: Span) -> None:
    edges = {span.start, span.end}
    for mark in looks:
        if mark.span.overlaps(span):
            edges.update((max(mark.span.start, span.start), min(mark.span.end, span.end)))
    for start, end in pairwise(sorted(edges)):
        kinds = {m.kind for m in looks if m.span.covers(Span(start, end))}
        made.append(Piece(text[start:end], frozenset(kinds)))


def _only_parts(words: str) -> bool:
    """Whether words only part two reference marks: a comma, a dash, "and", brackets between."""
    return _PARTING.fullmatch(words) is not None


def _closed_up(made: Sequence[Piece]) -> list[Piece]:
    """Pieces without the holes that dropped marks leave: brackets, spaces, a comma too many."""
    out: list[Piece] = []
    dropped = False
    for piece in made:
        if piece is _DROPPED:
            dropped = True
            continue
        if dropped:
            dropped = False
            last = out.pop() if out else Piece("")
            before, after = last.words, piece.words
            opened, closing = _OPENED.search(before), _CLOSING.match(after)
            if opened and closing and opened[1] + closing[1] in ("[]", "()"):
                before, after = before[: opened.start()], after[closing.end() :]
            if not after[:1].isalnum() or before[-1:].isspace():
                before = before.rstrip(" ")
                # A word that follows keeps its space.
                after = f" {after}" if after[:1].isalnum() and before else after
            out.append(Piece(before, last.kinds))
            piece = Piece(after, piece.kinds)
        out.append(piece)
    if dropped and out:
        opened = _OPENED.search(out[-1].words)
        end = opened.start() if opened else len(out[-1].words)
        out[-1] = Piece(out[-1].words[:end].rstrip(" "), out[-1].kinds)
    return [piece for piece in out if piece.words]


def _bracketed(mark: str, before: str, after: str) -> str:
    """A reference mark in brackets, parted from letters and digits on both sides."""
    bare = mark.strip()
    if bare[:1] not in "[({":
        bare = f"[{bare}]"
    return f"{' ' if before[-1:].isalnum() else ''}{bare}{' ' if after.isalnum() else ''}"


def _with_signs(words: str, signs: dict[int, int], else_before: str) -> str:
    """In raised or lowered signs when Unicode has all of them, else behind a sign that says so."""
    core = words.strip()
    if not core:
        return words
    if all(ord(character) in signs for character in core):
        return words.translate(signs)
    shown = core if core.isalnum() else f"({core})"
    return words.replace(core, f"{else_before}{shown}", 1)


def _whole(marks: Iterable[Mark]) -> list[Mark]:
    """The marks, those of one kind that touch each other as one: "C" and "r" lowered are "Cr"."""
    made: list[Mark] = []
    last: dict[str, int] = {}
    for mark in marks:
        i = last.get(mark.kind, -1)
        if i >= 0 and mark.kind != "reference_mark" and made[i].span.end >= mark.span.start:
            span = Span(made[i].span.start, max(made[i].span.end, mark.span.end))
            made[i] = replace(made[i], span=span)
            continue
        last[mark.kind] = len(made)
        made.append(mark)
    return made
