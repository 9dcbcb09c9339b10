"""Reference marks that are printed as one ("[1, 2]"), made one."""

from __future__ import annotations

import re
from dataclasses import replace

from reader.model.document import Document, Mark
from reader.model.span import Span

_SEPARATOR = re.compile(r"\s?[,;]\s?|\s|")
_RANGE = re.compile(r"\s?[–-]\s?")
_MOST_IN_RANGE = 60


def join_marks(document: Document) -> Document:
    """The document with marks side by side joined, and the brackets around them taken in.

    "[" mark "1" ", " mark "2" "]" becomes one mark on "[1, 2]", so that a quotation without its
    marks reads clean. Marks that lead to notes take their brackets in and stay apart.
    """
    joined: list[Mark] = []
    order = {reference.label: i for i, reference in enumerate(document.references)}
    for mark in document.marks:
        last = joined[-1] if joined else None
        if mark.kind != "reference_mark":
            joined.append(mark)
            continue
        before = _last_reference(joined, mark)
        if before is not None:
            both = _joined(document, joined[before], mark, order)
            if both is not None:
                joined[before] = both
                continue
        if last is not None and last == mark:
            continue
        joined.append(mark)
    marks = [_with_brackets(document.text, mark) for mark in joined]
    marks.sort(key=lambda m: (m.span.start, -m.span.end))
    return replace(document, marks=tuple(marks))


def _last_reference(marks: list[Mark], mark: Mark) -> int | None:
    """The reference mark shortly before this one."""
    for i in range(len(marks) - 1, max(-1, len(marks) - 6), -1):
        if marks[i].kind == "reference_mark":
            return i if 0 <= mark.span.start - marks[i].span.end <= 3 else None
    return None


def _joined(document: Document, first: Mark, second: Mark, order: dict[str, int]) -> Mark | None:
    if first.target.startswith("#") or second.target.startswith("#"):
        return None
    between = document.text[first.span.end : second.span.start]
    labels = [*first.target.split(), *second.target.split()]
    if _RANGE.fullmatch(between):
        ends = order.get(first.target.split()[-1]), order.get(second.target.split()[0])
        if None in ends or not 0 <= ends[1] - ends[0] <= _MOST_IN_RANGE:  # type: ignore[operator]
            return None
        inside = [r.label for r in document.references[ends[0] : ends[1]]]
        labels = [*first.target.split(), *inside, *second.target.split()]
    elif not _SEPARATOR.fullmatch(between) or not _is_short(document.text, first, second):
        return None
    span = Span(first.span.start, second.span.end)
    return replace(first, span=span, target=" ".join(dict.fromkeys(labels)))


def _is_short(text: str, *marks: Mark) -> bool:
    """Whether the marks print numbers or signs, and not names of authors."""
    return all(len(part) <= 4 for mark in marks for part in mark.span.cut(text).split())


def _with_brackets(text: str, mark: Mark) -> Mark:
    if mark.kind != "reference_mark":
        return mark
    start, end = mark.span.start, mark.span.end
    around = text[start - 1 : start] + text[end : end + 1]
    # "(see 1)" is no mark in brackets, but "(1)" and "[Smith]" are.
    digits = text[start:end].replace(" ", "").replace(",", "").isdigit()
    if around == "[]" or (around == "()" and digits):
        whole = len(mark.span) <= 60
        return replace(mark, span=Span(start - 1, end + 1)) if whole else mark
    return mark
