"""Composes a document from the paragraphs of a PDF: sections, lists, references, marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reader.importers.pdf.file import Sheet
from reader.importers.pdf.headings import Heading, is_reference_list
from reader.importers.pdf.hyphens import Hyphens
from reader.importers.pdf.numbers import numbered
from reader.importers.pdf.pages import LeftOut
from reader.importers.pdf.paragraphs import BULLET, LABEL, Paragraph
from reader.importers.pdf.references import Entry, entries_of, marks_of
from reader.importers.pdf.tables import rows_of
from reader.importers.pdf.text import Joined, PageWriter, TextMark, joined
from reader.model.document import BlockKind


@dataclass(frozen=True, slots=True)
class Contents:
    """The paragraphs of a file and what is known of them: places are those of paragraphs."""

    paragraphs: Sequence[Paragraph]
    title: int | None
    headings: Sequence[Heading]
    left_out: Sequence[LeftOut] = ()


def compose(contents: Contents, sheets: Sequence[Sheet], hyphens: Hyphens) -> PageWriter:
    """Write everything; without headings, each page is a section."""
    writer = PageWriter()
    paragraphs = contents.paragraphs
    printed = {h.paragraph: h for h in contents.headings if h.printed}
    first, entries, last = _references(contents, printed)
    body = [i for i in range(len(paragraphs)) if not first <= i < last]
    labels = [entry.label for entry in entries if entry.label]
    texts = {i: joined(paragraphs[i].lines, hyphens) for i in body}
    marks = dict(zip(body, marks_of(list(texts.values()), labels), strict=True))
    added = _added(contents, sheets)
    listed = _numbered_items(paragraphs)
    left_out = sorted(contents.left_out, key=lambda one: -one[0])
    for i in range(len(paragraphs) + 1):
        while left_out and (i == len(paragraphs) or left_out[-1][0] <= paragraphs[i].page):
            _, reason, words = left_out.pop()
            writer.leave_out(reason, words)
        for heading in added.get(i, ()):
            writer.added_heading(heading)
        if i == first:
            for entry in entries:
                text = joined(entry.paragraph.lines, hyphens)
                kind: BlockKind = "reference" if entry.label else "paragraph"
                writer.block(kind, text, entry.label, entry.skip)
        if i not in texts:
            continue
        if i == contents.title:
            writer.block("title", texts[i])
        elif paragraphs[i].tabular:
            writer.table(
                [[joined(c, hyphens) for c in row] for row in rows_of(paragraphs[i].lines)]
            )
        elif i in printed:
            _write_heading(writer, printed[i], texts[i], is_list=i + 1 == first)
        else:
            _write_paragraph(writer, texts[i], i in listed, marks[i])
    return writer


def _references(contents: Contents, printed: dict[int, Heading]) -> tuple[int, list[Entry], int]:
    """The first paragraph of the reference list, its entries, and the first paragraph after it."""
    count = len(contents.paragraphs)
    for i in sorted(printed, reverse=True):
        if is_reference_list(printed[i]):
            later = [h.paragraph for h in contents.headings if h.paragraph > i]
            end = min(later, default=count)
            entries = entries_of(contents.paragraphs[i + 1 : end])
            if entries:
                return i + 1, entries, end
    return count + 1, [], count + 1


def _added(contents: Contents, sheets: Sequence[Sheet]) -> dict[int, list[Heading]]:
    """The headings that are printed nowhere, by the paragraph that they precede."""
    found: dict[int, list[Heading]] = {}
    paragraphs = contents.paragraphs
    for heading in contents.headings:
        if not heading.printed:
            found.setdefault(heading.paragraph, []).append(heading)
    if not contents.headings and (len(sheets) > 1 or not paragraphs):
        place = 0
        for sheet in sheets:
            while place < len(paragraphs) and paragraphs[place].page < sheet.number:
                place += 1
            name = f"Page {sheet.label}"
            heading = Heading(place, sheet.number, None, name, 1, "body", printed=False)
            found.setdefault(place, []).append(heading)
    return found


def _numbered_items(paragraphs: Sequence[Paragraph]) -> set[int]:
    """The paragraphs that are items of ordered lists: labels of one kind, next to each other."""

    def shape(i: int) -> str:
        label = LABEL.match(paragraphs[i].lines[0].text)
        return re.sub(r"[a-z]", "a", re.sub(r"\d+", "1", label[0])) if label else ""

    shapes = [shape(i) for i in range(len(paragraphs))]
    pairs = (i for i in range(len(shapes) - 1) if shapes[i] and shapes[i] == shapes[i + 1])
    return {place for i in pairs for place in (i, i + 1)}


def _write_heading(writer: PageWriter, heading: Heading, text: Joined, is_list: bool) -> None:
    number, rest = numbered(text.text)
    if heading.number and text.text.startswith(heading.number):
        # What is a number was told by the whole document.
        number, rest = heading.number, text.text[len(heading.number) :].lstrip(".:)|–—- ")
    skip = len(text.text) - len(rest) if number is not None else 0
    kind = "references" if is_list else heading.kind
    writer.heading(text, heading.level, number or heading.number, kind, skip)


def _write_paragraph(
    writer: PageWriter, text: Joined, listed: bool, marks: Sequence[TextMark]
) -> None:
    bullet = BULLET.match(text.text)
    label = LABEL.match(text.text) if listed else None
    if bullet is not None:
        writer.block("list_item", text, bullet[0].strip(), bullet.end(), marks)
    elif label is not None:
        writer.block("list_item", text, label[0], label.end(), marks)
    else:
        writer.block("paragraph", text, marks=marks)
