"""Rich Text Format: paragraphs, headings, lists, tables, notes and pictures.

Where no style says what a heading is, the words are read as plain text is, unless there is
something that plain text does not have.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from reader.importers.pictures import Assets, picture
from reader.importers.reading import Reading, read_bytes
from reader.importers.rtf_page import Line, Page, Table
from reader.importers.rtf_source import Event, Source
from reader.importers.text import read_text
from reader.importers.text_headings import section_kind
from reader.importers.writer import Writer
from reader.model.document import MarkKind
from reader.problem import Problem

IMPORTER = "rtf/2"
_HEADING = re.compile(r"(?:heading|überschrift|titre|título|titolo|kop|rubrik) ?([1-6])")
_NO_TITLE = re.compile(r"microsoft word|^(untitled|document\d*|.*\.(docx?|rtf))$", re.IGNORECASE)
_LONGEST_HEADING = 150


def read(path: Path) -> Reading:
    """The document of an RTF file.

    Raises:
        Problem: when it is no RTF or holds nothing to read.
    """
    untrusted_bytes = read_bytes(path)
    if not untrusted_bytes.lstrip().startswith(b"{\\rtf"):
        raise Problem(f"“{path.name}” is no RTF file.")
    source = Source(untrusted_bytes)
    page = Page()
    for event in source.events():
        page.take(event)
    page.end()
    script = _Script(page, source.styles)
    fields: dict[str, Any] = {
        "id": hashlib.sha256(untrusted_bytes).hexdigest(),
        "source": path.name,
        "importer": IMPORTER,
    }
    if script.is_plain:
        text = "\n".join(line.text.replace("\x0b", "\n") for line in page.lines)
        if not text.strip():
            raise Problem(f"“{path.name}” holds no text to read.")
        document = read_text(text, document_id=fields["id"], source=path.name)
        return Reading(replace(document, importer=IMPORTER))
    said = source.facts.get("title", "")
    script.write()
    document = script.writer.build(
        title=script.title or (said if not _NO_TITLE.search(said) else "") or path.stem,
        authors=tuple(filter(None, [source.facts.get("author", "")])),
        **fields,
    )
    if not document.text.strip() and not script.assets.contents:
        raise Problem(f"“{path.name}” holds no text to read.")
    return Reading(document, script.assets.contents)


class _Script:
    """Writes what is on a page as a document."""

    def __init__(self, page: Page, styles: dict[int, str]) -> None:
        self.writer = Writer()
        self.assets = Assets()
        self.title = ""
        self._page = page
        self._styles = styles
        self._has_levels = any(map(self._level, page.lines))

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing but paragraphs of running text."""
        return not self._has_levels and self._page.is_plain

    def write(self) -> None:
        """Writes all of it."""
        for part in self._page.parts:
            if isinstance(part, list):
                self._write_table(part)
            else:
                self._write_line(part)

    def _level(self, line: Line) -> int:
        """The level of the heading that a paragraph is by its style; 0 when it is none."""
        found = _HEADING.match(self._styles.get(line.look.style, ""))
        return int(found[1]) if found else line.look.level

    def _is_title(self, line: Line) -> bool:
        return self._styles.get(line.look.style, "") in ("title", "titel") and not self.title

    def _guessed(self, line: Line) -> bool:
        """Whether a line is a heading by its looks, where no style says so."""
        words = [event for event in line.events if event.kind == "text" and event.text.strip()]
        text = line.text.strip()
        return (
            not self._has_levels
            and len(text) <= _LONGEST_HEADING
            and not text.endswith((".", ",", ";", ":"))
            and bool(words)
            and all(event.look.bold for event in words)
        )

    def _write_line(self, line: Line) -> None:
        text = " ".join(line.text.split())
        level = self._level(line) or int(self._guessed(line))
        if not text:
            self._write_pictures(line)
            return
        if self._is_title(line):
            self.title = text
            self.writer.begin("title")
        elif level:
            number = line.label.rstrip(".)") or None
            self.writer.begin_heading(level, number, section_kind(text))
        elif line.label:
            label = line.label if any(map(str.isalnum, line.label)) else "•"
            self.writer.begin("list_item", line.depth, label)
        else:
            self.writer.begin("paragraph")
        self._write_events(line.events, plain=bool(level) or self.title == text)
        self.writer.end()
        self._write_pictures(line)
        self._write_notes(line)

    def _write_events(self, events: list[Event], plain: bool = False) -> None:
        for event in events:
            if event.kind == "number":
                name = f"#note {event.text}"
                with self.writer.mark("reference_mark", name), self.writer.mark("sup"):
                    self.writer.add(event.text)
            elif event.kind == "text":
                self._write_text(event, plain)

    def _write_text(self, event: Event, plain: bool) -> None:
        look, marks = event.look, list[tuple[MarkKind, str]]()
        if look.link.startswith(("http://", "https://", "mailto:")):
            marks.append(("link", look.link))
        if look.bold and not plain:
            marks.append(("strong", ""))
        if look.italic:
            marks.append(("emphasis", ""))
        if look.raised:
            marks.append(("sup" if look.raised > 0 else "sub", ""))
        for kind, target in marks:
            self.writer.open_mark(kind, target)
        for i, text in enumerate(event.text.split("\x0b")):
            if i:
                self.writer.line_break()
            self.writer.add(text)
        for _ in marks:
            self.writer.close_mark()

    def _write_pictures(self, line: Line) -> None:
        for event in line.events:
            kept = self.assets.keep(picture(event.content)) if event.kind == "picture" else None
            if kept is not None:
                self.writer.begin_figure(kept[0], "", kept[1], kept[2])
                self.writer.end()

    def _write_notes(self, line: Line) -> None:
        for number, lines in line.notes:
            self.writer.anchor(f"note {number}")
            for i, one in enumerate(lines):
                self.writer.begin("note", label="" if i else number)
                self._write_events(one.events)
                self.writer.end()

    def _write_table(self, table: Table) -> None:
        self.writer.begin_table()
        for row, cells in enumerate(table):
            for column, cell in enumerate(cells):
                self.writer.begin_cell(row, column)
                self._write_events(cell.events)
        self.writer.end()
        for cell in (cell for cells in table for cell in cells):
            self._write_pictures(cell)
            self._write_notes(cell)
