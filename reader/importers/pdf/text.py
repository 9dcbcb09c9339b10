"""Writes lines of pages as blocks of a document, and keeps where each word went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.builder.whitespace import tidy
from reader.importers.pdf.file import Sheet
from reader.importers.pdf.headings import Heading
from reader.importers.pdf.hyphens import Hyphens, line_end
from reader.importers.pdf.lines import Line
from reader.importers.pdf.word import Word
from reader.model.document import BlockKind, Document, MarkKind, SectionKind
from reader.model.left_out import Reason
from reader.model.pdf.page_map import Page, PageMap
from reader.model.pdf.page_map import Word as MappedWord
from reader.model.span import Span

# What turns the sense of a cell; its type says little.
_SIGNS = ("sup", "sub", "strike")


@dataclass(slots=True)
class Joined:
    """Lines as one text, with where each word is in it."""

    text: str = ""
    places: list[tuple[int, int, Word, int]] = field(default_factory=list)


def joined(lines: Sequence[Line], hyphens: Hyphens) -> Joined:
    """Lines of one paragraph as one text."""
    out = Joined()
    parts: list[str] = []
    length = 0
    for n, line in enumerate(lines):
        following = lines[n + 1].words[0].text if n + 1 < len(lines) else ""
        for i, word in enumerate(line.words):
            text = word.text
            after = "" if i + 1 < len(line.words) and line.words[i + 1].glued else " "
            if i + 1 == len(line.words) and following:
                text, after = line_end(line.words, following, hyphens)
            elif word.broken:
                text += "-"
            parts += [text, after]
            out.places.append((length, length + len(text), word, line.page))
            length += len(text) + len(after)
    out.text = "".join(parts).rstrip(" ")
    return out


@dataclass(frozen=True, slots=True)
class TextMark:
    """A mark on a range of a Joined text."""

    start: int
    end: int
    kind: MarkKind
    target: str = ""


class PageWriter:
    """A Writer that keeps, beside the text, the place of every word on its page."""

    def __init__(self) -> None:
        self._writer = DocumentBuilder()
        self._words: list[MappedWord] = []
        self._covered: dict[int, tuple[int, int]] = {}
        self._dropped: list[str] = []

    def block(
        self,
        kind: BlockKind,
        found: Joined,
        label: str = "",
        skip: int = 0,
        marks: Sequence[TextMark] = (),
    ) -> None:
        """Write a paragraph or another block; `skip` characters at its start are its label.

        What is a label alone is a paragraph.
        """
        if skip and not found.text[skip:].strip():
            kind, label, skip = "paragraph", "", 0
        self._drop(found.text[:skip], label)
        self._write(found, lambda: self._writer.begin(kind, label=label), skip, marks)

    def heading(
        self, found: Joined, level: int, number: str | None, kind: SectionKind, skip: int = 0
    ) -> None:
        """Write a heading; its number, `skip` characters at the start, is no part of the text."""
        self._drop(found.text[:skip], number or "")
        self._write(found, lambda: self._writer.begin_heading(level, number, kind), skip, ())

    def leave_out(self, reason: Reason, words: str) -> None:
        """Notes words that the pages show and the text does not hold."""
        self._writer.leave_out(reason, words)

    def without_dropped(self, shown: Iterable[str]) -> list[str]:
        """What pages show without what stands round numbers of headings and of references.

        The "." of "2." and the "[" of "[2]" are no part of a number.
        """
        dropped = Counter("".join(self._dropped))
        found = []
        for text in shown:
            for sign in [sign for sign in dropped if sign in text]:
                count = min(dropped[sign], text.count(sign))
                text = text.replace(sign, "", count)
                dropped[sign] -= count
            found.append(text)
        return found

    def added_heading(self, heading: Heading) -> None:
        """Write a heading that is printed nowhere, but names what begins on a page."""
        start = self._start
        self._writer.begin_heading(heading.level, heading.number, heading.kind)
        self._writer.add(heading.title)
        self._writer.end()
        if self._writer.length > start:
            self._cover(heading.page, start, self._writer.length)

    def table(self, rows: Sequence[Sequence[Joined]]) -> None:
        """Write a table of as many columns as each row has cells."""
        self._writer.begin_table()
        bold = all(word.bold for cell in rows[0] for _, _, word, _ in cell.places)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                text, moved = tidy(cell.text)
                self._writer.begin_cell(r, c, header=bold and r == 0)
                start = self._start
                signs = [mark for mark in _type_marks(cell.places) if mark.kind in _SIGNS]
                self._add(text, moved, signs)
                self._place(cell, start, moved)
        self._writer.end()

    def _drop(self, printed: str, label: str) -> None:
        """Keep what is printed in a label and not kept in it."""
        self._dropped += (Counter("".join(printed.split())) - Counter(label)).elements()

    @property
    def _start(self) -> int:
        return self._writer.length + (1 if self._writer.length else 0)

    def _cover(self, page: int, start: int, end: int) -> None:
        known = self._covered.get(page, (start, end))
        self._covered[page] = (min(known[0], start), max(known[1], end))

    def _write(
        self, found: Joined, begin: Callable[[], None], skip: int, marks: Sequence[TextMark]
    ) -> None:
        text, moved = tidy(found.text[skip:])
        if not text:
            return

        start = self._start
        begin()
        self._add(text, moved, [*marks, *_type_marks(found.places)], skip)
        self._writer.end()
        self._place(found, start, moved, skip)

    def _add(
        self, text: str, moved: list[int] | None, marks: Sequence[TextMark], skip: int = 0
    ) -> None:
        """Add a text to the open block or cell, with marks at places before it was tidied."""
        done = 0
        for mark in _apart(marks):
            first, last = (max(place - skip, 0) for place in (mark.start, mark.end))
            if moved is not None:
                first, last = moved[first], moved[last]
            if first < last:
                self._writer.add(text[done:first])
                with self._writer.mark(mark.kind, mark.target):
                    self._writer.add(text[first:last])
                done = last
        self._writer.add(text[done:])

    def _place(self, found: Joined, start: int, moved: list[int] | None, skip: int = 0) -> None:
        """Keep where the words of a text went that was written at `start`."""
        last = start
        covered: dict[int, tuple[int, int]] = {}
        for begun, ended, word, page in found.places:
            first, end = begun - skip, ended - skip
            if first < 0:
                continue
            if moved is not None:
                first, end = moved[first], moved[end]
            first, end = max(start + first, last), start + end
            if first < end:
                self._words.append((first, end, page, word.left, word.top, word.right, word.bottom))
                covered[page] = (covered[page][0] if page in covered else first, end)
                last = end
        for page, (first, end) in covered.items():
            self._cover(page, first, end)

    def build(self, sheets: Sequence[Sheet], **metadata: Any) -> tuple[Document, PageMap]:
        """The document and the map of its pages; `metadata` as `DocumentBuilder.build` takes it."""
        document = self._writer.build(**metadata)
        pages = []
        end = 0
        for sheet in sheets:
            covered = Span(*self._covered.get(sheet.number, (end, end)))
            end = max(end, covered.end)
            sizes = (sheet.width_pt, sheet.height_pt, sheet.rotation)
            pages.append(Page(sheet.number, sheet.label, *sizes, covered))
        return document, PageMap.of(pages, self._words)


def _type_marks(places: Sequence[tuple[int, int, Word, int]]) -> list[TextMark]:
    """What is struck, raised and lowered; bold or italic, unless most of the paragraph is."""
    if not any(w.shift or w.bold or w.italic or w.struck for _, _, w, _ in places):
        return []
    total = sum(end - start for start, end, _, _ in places)
    strong = sum(end - start for start, end, word, _ in places if word.bold) > 0.5 * total
    emphasis = sum(end - start for start, end, word, _ in places if word.italic) > 0.5 * total
    found: list[TextMark] = []
    for start, end, word, _ in places:
        kind: MarkKind | None = None
        if word.struck:
            kind = "strike"
        elif word.shift:
            kind = "sup" if word.shift > 0 else "sub"
        elif word.bold and not strong:
            kind = "strong"
        elif word.italic and not emphasis:
            kind = "emphasis"
        if kind is None:
            continue
        if found and found[-1].kind == kind and found[-1].end >= start - 1 and not word.shift:
            found[-1] = TextMark(found[-1].start, end, kind)
        else:
            found.append(TextMark(start, end, kind))
    return found


def _apart(marks: Sequence[TextMark]) -> list[TextMark]:
    """The marks in order without overlap: where two meet, the one given first stays whole."""
    kept: list[TextMark] = []
    for mark in marks:
        pieces = [(mark.start, mark.end)]
        for other in kept:
            pieces = [
                piece
                for start, end in pieces
                for piece in ((start, min(end, other.start)), (max(start, other.end), end))
                if piece[0] < piece[1]
            ]
        kept += [TextMark(start, end, mark.kind, mark.target) for start, end in pieces]
    return sorted(kept, key=lambda mark: mark.start)
