"""Text as it leaves the page without marks: what is raised, lowered or struck can still be seen."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from reader.model.document import Document, Mark
from reader.model.span import Span

_RAISED = str.maketrans("0123456789+-−=()n i".replace(" ", ""), "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_TELLING = ("sup", "sub", "strike", "reference_mark")
_LONGEST_MARK = 2000


def plain_text(document: Document, span: Span, reference_marks: bool = True) -> str:
    """The words of a span for a place that shows no marks: a window title, a file of plain text.

    Raised and lowered characters are Unicode's own where there are such, else "^" or "_" stands
    before them; struck words stand between "~~". A reference mark is written "[1]" and never
    touches a number; without `reference_marks` it is dropped with the space before it.
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
    telling = _whole([m for m in marks if m.kind in _TELLING and m.span.overlaps(span)])
    if not telling:
        return span.cut(text)
    out = ""
    for piece in _pieces(telling, span):
        words = piece.cut(text)
        kinds = {m.kind for m in telling if m.span.covers(piece)}
        begins = [m for m in telling if m.span.start == piece.start or piece.start == span.start]
        if "reference_mark" in kinds:
            mark = next(m for m in telling if m.kind == "reference_mark" and m.span.covers(piece))
            if max(mark.span.start, span.start) != piece.start:
                continue
            whole = Span(max(mark.span.start, span.start), min(mark.span.end, span.end)).cut(text)
            if not reference_marks:
                out = out.rstrip(" ") if not whole[:1].isalnum() or out[-1:] == " " else out
                continue
            out += _bracketed(whole, out, text[min(mark.span.end, span.end) : span.end][:1])
            continue
        if "sup" in kinds:
            words = _with_signs(words, _RAISED, "^")
        elif "sub" in kinds:
            words = _with_signs(words, _LOWERED, "_")
        struck = [m for m in telling if m.kind == "strike" and m.span.covers(piece)]
        if struck:
            opens = any(m in begins for m in struck)
            closes = any(min(m.span.end, span.end) == piece.end for m in struck)
            words = "~~" * opens + words + "~~" * closes
        out += words
    return out


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


def _pieces(marks: Sequence[Mark], span: Span) -> list[Span]:
    edges = {span.start, span.end}
    for mark in marks:
        edges.update((max(mark.span.start, span.start), min(mark.span.end, span.end)))
    ordered = sorted(edges)
    return [Span(a, b) for a, b in pairwise(ordered)]


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
