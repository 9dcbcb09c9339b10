"""The reference list of a PDF, and the marks in its text that point into it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reader.importers.pdf.lines import Line
from reader.importers.pdf.paragraphs import Paragraph
from reader.importers.pdf.text import Joined, TextMark
from reader.importers.prose.references import find_marks, labels_named, looks_cited

_NUMBERED = re.compile(r"(?:\[(\d{1,4})\]|(\d{1,4})[.)]?)(?:\s+(?=\S)|$)")
_FEWEST = 2
_HANGING_EM = 0.4
_SET_IN = 0.25
_RAISED = re.compile(r"[\[(]?(\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*)[\])]?[,;.]?")


@dataclass(frozen=True, slots=True)
class Entry:
    """A printed reference; its label is the number before it, else its place in the list.

    What stands above the first has no label, and is a paragraph.
    """

    label: str
    paragraph: Paragraph
    skip: int = 0


def entries_of(paragraphs: Sequence[Paragraph]) -> list[Entry]:
    """The references that stand in paragraphs, by their numbers if they have any."""
    lines = [line for paragraph in paragraphs for line in paragraph.lines]
    numbered = _by_number(lines)
    if numbered:
        return numbered
    entries = _by_hanging(lines)
    for paragraph in paragraphs if not entries else []:
        text = paragraph.text
        goes_on = entries and (text[0].islower() or not (looks_cited(text) or len(text) > 60))
        if goes_on:
            entries[-1] = Paragraph(entries[-1].lines + paragraph.lines)
        else:
            entries.append(paragraph)
    if sum(looks_cited(entry.text) for entry in entries) < 0.4 * len(entries):
        return []
    return [Entry(str(n), entry) for n, entry in enumerate(entries, 1)]


def _by_hanging(lines: Sequence[Line]) -> list[Paragraph]:
    """The entries that begin where lines are set out; none where hardly any line is set in."""
    edges: dict[tuple[int, int], float] = {}
    for line in lines:
        column = (line.page, line.block)
        edges[column] = min(edges.get(column, line.frame[0]), line.frame[0])
    out = [
        line.frame[0] <= edges[line.page, line.block] + _HANGING_EM * line.size for line in lines
    ]
    starts = [i for i, yes in enumerate(out) if yes]
    if len(lines) - len(starts) < _SET_IN * len(lines) or len(starts) < _FEWEST or not out[0]:
        return []
    return [Paragraph(list(lines[i:end])) for i, end in pairwise([*starts, len(lines)])]


def _by_number(lines: Sequence[Line]) -> list[Entry]:
    """The entries that begin with numbers that rise by one; none when that does not hold."""
    starts: list[tuple[int, str, int]] = []
    for i, line in enumerate(lines):
        label = _NUMBERED.match(line.text)
        if label is None:
            continue
        number = int(label[1] or label[2])
        if (not starts and number <= 1) or (starts and number == int(starts[-1][1]) + 1):
            starts.append((i, str(number), label.end()))
    if len(starts) < _FEWEST or starts[0][0] > 2:
        return []
    ends = [i for i, _, _ in starts[1:]] + [len(lines)]
    before = [Entry("", Paragraph(list(lines[: starts[0][0]])))] if starts[0][0] else []
    return before + [
        Entry(label, Paragraph(list(lines[i:end])), skip)
        for (i, label, skip), end in zip(starts, ends, strict=True)
    ]


def marks_of(texts: Sequence[Joined], labels: Sequence[str]) -> list[list[TextMark]]:
    """The marks in each text that name references: raised numbers, else numbers in brackets."""
    known = set(labels)
    raised = [_raised(text, known) for text in texts]
    if sum(map(len, raised)) >= _FEWEST or not labels:
        return raised
    return [
        [TextMark(m.start, m.end, "reference_mark", " ".join(m.labels)) for m in found]
        for found in find_marks([text.text for text in texts], list(labels))
    ]


def _raised(text: Joined, known: set[str]) -> list[TextMark]:
    found = []
    for start, end, word, _ in text.places:
        numbers = _RAISED.fullmatch(word.text) if word.shift > 0 else None
        named = labels_named(numbers[1]) if numbers else ()
        if named and known.issuperset(named):
            found.append(TextMark(start, end, "reference_mark", " ".join(named)))
    return found
