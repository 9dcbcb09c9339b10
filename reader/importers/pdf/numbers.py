"""The printed numbers of a PDF's headings: "2.1", "Chapter 3", "IV", "B"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reader.importers.pdf.lines import Line
from reader.importers.pdf.paragraphs import Paragraph
from reader.importers.prose.headings import split_number

_NAMED = re.compile(
    r"((?:chapter|section|part|appendix|unit|module)\s+(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-Z]))"
    r"(?:\s*[.:|–—-]\s+|\s+(?-i:(?=[A-ZÀ-Þ\"“‘(])))(?=[^\W_]|[\"“‘(])",
    re.I,
)
_PART_OF = re.compile(r"(?:chapter|section|part)\s", re.I)
_LONG = re.compile(r"(\d{1,3}(?:\.\d{1,3}){1,5})[.):]?\s+(?=[^\W\d_]|[\"“‘(])")
_ROMAN = re.compile(r"([IVX]{1,5})\.\s+(?=[^\W\d_])")
_LETTER = re.compile(r"([A-Z])\.\s+(?=[^\W\d_])")
_ALONE = re.compile(
    r"(?:chapter|part|section|appendix)?\s*(?:\d{1,3}|[IVXLC]{1,6}|[A-Z])[.:]?", re.I
)
# What says of itself that it numbers a part, of any size.
_CHAPTER = re.compile(
    r"(?:chapter|part|section|appendix|unit|module)\s+(?:\d{1,3}|[IVXLC]{1,6}|[A-Z])[.:]?", re.I
)
_ROMANS = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX".split()
_MOST_WORDS = 14
_LARGER = 1.15
_FARTHEST_EM = 6.0


def numbered(text: str) -> tuple[str | None, str]:
    """The printed number of a heading, without its final point, and the rest.

    "Chapter 3" is a number as a whole, so that no word of it is lost.
    """
    for pattern in (_NAMED, _LONG):
        found = pattern.match(text)
        if found:
            return found[1], text[found.end() :]
    # "Part 2 of the trial" is no number with a title.
    return (None, text) if _PART_OF.match(text) else split_number(text)


def depth(number: str) -> int:
    """How deep a number is nested: 1 for "3" and "Chapter 3", 2 for "3.1"."""
    return number.count(".") + 1


def lettered(paragraphs: Sequence[Paragraph]) -> dict[int, tuple[str, str, int]]:
    """The headings in Roman numbers, and by letters below these: number, title and level.

    Empty unless they count from I upwards, two at least; a letter counts from A below each.
    """
    found: dict[int, tuple[str, str, int]] = {}
    roman = letter = 0
    for i, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if paragraph.tabular or len(text.split()) > _MOST_WORDS or text.endswith((".", ",", ";")):
            continue
        label = _ROMAN.match(text)
        if label and label[1] == _ROMANS[min(roman, len(_ROMANS) - 1)] and _stands_out(paragraph):
            found[i] = (label[1], text[label.end() :], 1)
            roman, letter = roman + 1, 0
            continue
        label = _LETTER.match(text)
        follows = roman and label and label[1] == chr(ord("A") + min(letter, 25))
        if label and follows and _stands_out(paragraph):
            found[i] = (label[1], text[label.end() :], 2)
            letter += 1
    return found if roman >= 2 else {}


def _stands_out(paragraph: Paragraph) -> bool:
    name = paragraph.text.partition(" ")[2]
    return paragraph.bold or paragraph.italic or name.isupper()


def with_numbers(paragraphs: Iterable[Paragraph], body: float) -> list[Paragraph]:
    """The paragraphs, each number that stands alone above a heading as part of that heading."""
    found: list[Paragraph] = []
    for paragraph in paragraphs:
        above = found[-1] if found else None
        if above is not None and _names(above, paragraph, body):
            numbering = len(above.lines)
            found[-1] = Paragraph(above.lines + paragraph.lines, numbering=numbering)
        else:
            found.append(paragraph)
    return found


def _names(above: Paragraph, below: Paragraph, body: float) -> bool:
    if above.tabular or below.tabular or len(above.lines) > 1 or not _ALONE.fullmatch(above.text):
        return False
    one, other = above.lines[0], below.lines[0]
    near = 0 < other.baseline - one.baseline < _FARTHEST_EM * max(one.size, other.size)
    told = above.size >= _LARGER * body or _CHAPTER.fullmatch(above.text) is not None
    large = told and below.size >= _LARGER * body
    return one.page == other.page and near and large and below.text[0].isupper()


def numbers_what_follows(line: Line, lines: Iterable[Line], body: float) -> bool:
    """Whether a line, "Chapter 3", numbers the heading that stands right below it on its page."""
    if not _CHAPTER.fullmatch(line.text):
        return False
    below = [other for other in lines if other.baseline > line.baseline]
    other = min(below, key=lambda one: one.baseline, default=None)
    if other is None or other.size < _LARGER * body:
        return False
    return other.baseline - line.baseline < _FARTHEST_EM * max(line.size, other.size)
