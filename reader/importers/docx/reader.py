"""Reads the stories of a Word file (body, notes, heads, comments) and writes them in order."""

from __future__ import annotations

from collections.abc import Iterator
from email import policy
from email.parser import BytesParser

from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.common.archive import Archive
from reader.importers.common.elements import Element
from reader.importers.common.encoding import decode, decode_page
from reader.importers.common.images import Assets
from reader.importers.common.symbol_fonts import UNKNOWN
from reader.importers.docx.numbering import Numbering
from reader.importers.docx.package import Package, W, value
from reader.importers.docx.shown import shown_runs
from reader.importers.docx.story import Story
from reader.importers.docx.styles import Styles
from reader.importers.docx.text import Notes, Sources, words_in
from reader.importers.html.blocks import write_blocks
from reader.importers.html.parsing import parse_html
from reader.importers.word.outline import (
    find_headings,
    find_references,
    take_captions,
    take_title,
    without_contents,
    without_signs,
)
from reader.importers.word.writing import Writing
from reader.model.left_out import Reason
from reader.problem import Problem

_MOST_MEMBERS = 5_000
_DEEPEST_CHUNK = 3
_NOTE_KINDS = ("footnote", "endnote")
_NO_NOTES = ("separator", "continuationSeparator", "continuationNotice")
_HTML = (b"<html", b"<!doctype html", b"<body", b"<p", b"<div", b"<table", b"<h1", b"<ul")


class DocxReader:
    """Reads one package; `shown` are then the characters that it shows."""

    def __init__(
        self, package: Package, writer: DocumentBuilder, assets: Assets, depth: int = 0
    ) -> None:
        self.shown: list[str] = []
        self.holds_unknown = False
        self._package = package
        self._writer = writer
        self._assets = assets
        self._depth = depth
        self._chunks = 0
        self._sources = Sources(package, Styles.read(self._root_of("styles")), self._notes())
        self._symbol_styles = self._sources.styles.symbol_styles
        self._numbering = Numbering(self._root_of("numbering"), self._sources.styles)
        self._sources.comments.update(self._comments())

    def write(self) -> str:
        """Write all that there is; return the title that is printed, "" when none is."""
        parts = self._story(self._package.main).read(self._body())
        title = take_title(parts)
        top = find_headings(parts)
        labels = find_references(parts)
        parts = take_captions(without_contents(parts))
        self.shown = without_signs(self.shown, parts)
        self._running_heads()
        self._writing(labels).write(parts)
        self._write_notes(labels)
        for words in self._sources.comments.values():
            self._writer.leave_out("comments", words)
        self.holds_unknown = self.holds_unknown or any(UNKNOWN in text for text in self.shown)
        printed = title or top
        return " ".join(printed.text.split()) if printed is not None else ""

    def _body(self) -> Element:
        damaged = Problem(f"“{self._package.name}” is damaged: its text cannot be read.")
        try:
            root = self._package.root(self._package.main)
        except Problem:
            raise damaged from None
        self._show(root)
        body = root.find(f"{W}body")
        if body is None:
            raise damaged
        for section in body.iter(f"{W}sectPr"):
            for kind in _NOTE_KINDS:
                self._sources.notes.take_format(kind, section.find(f"{W}{kind}Pr"))
        return body

    def _show(self, root: Element) -> None:
        self.shown += shown_runs(root, self._symbol_styles)

    def _root_of(self, kind: str) -> Element | None:
        """The first part of a kind."""
        return next((self._package.root(name) for name in self._package.related(kind)), None)

    def _story(self, part: str) -> Story:
        return Story(self._sources, self._numbering, part)

    def _writing(self, labels: set[str]) -> Writing:
        return Writing(self._writer, self._assets, labels, self._chunk)

    # Notes, comments, heads

    def _notes(self) -> Notes:
        notes = Notes()
        settings = self._root_of("settings")
        for kind in _NOTE_KINDS:
            if settings is not None:
                notes.take_format(kind, settings.find(f"{W}{kind}Pr"))
        return notes

    def _comments(self) -> Iterator[tuple[str, str]]:
        for part in self._package.related("comments"):
            root = self._package.root(part)
            self._show(root)
            for comment in root.iter(f"{W}comment"):
                yield value(comment, "id"), " ".join("".join(words_in(comment)).split())

    def _running_heads(self) -> None:
        """Heads and feet of pages are left out; what several of them say counts once."""
        said: dict[tuple[Reason, str], None] = {}
        for kind in ("header", "footer"):
            for part in self._package.related(kind, self._package.main):
                try:
                    root = self._package.root(part)
                except Problem:
                    continue
                said[
                    "running head",
                    " ".join("".join(words_in(root)).split()),
                ] = None
                for drawn in root.iter("{*}textpath"):
                    said["watermark", drawn.get("string", "")] = None
        for reason, words in said:
            self._writer.leave_out(reason, words)

    def _write_notes(self, labels: set[str]) -> None:
        """The notes that the text refers to, in its order, after all of it."""
        for kind in _NOTE_KINDS:
            for part in self._package.related(f"{kind}s"):
                root = self._package.root(part)
                own = {
                    value(e, "id"): e
                    for e in root.findall(f"{W}{kind}")
                    if value(e, "type") not in _NO_NOTES
                }
                story, writing = self._story(part), self._writing(labels)
                for note in own.values():
                    self._show(note)
                done: set[str] = set()
                while waiting := self._sources.notes.waiting(kind, done):
                    # A note may refer to another one.
                    for note_id, label in waiting:
                        done.add(note_id)
                        if note_id in own:
                            parts = story.read(own[note_id])
                            writing.note(f"{kind} {note_id}", label, parts)
                for note_id, note in own.items():
                    if note_id not in done:
                        self._writer.leave_out("hidden text", "".join(words_in(note)))

    # Files inside the file

    def _chunk(self, part: str) -> None:
        content = self._package.archive.read(part)
        head = content[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
        if content.startswith(b"PK") and self._depth < _DEEPEST_CHUNK:
            self._word_chunk(content)
        elif b"mime-version" in head or head.startswith(b"content-type"):
            self._html_chunk(*_page_of(content), part)
        elif part.lower().endswith((".htm", ".html", ".xhtml")) or any(t in head for t in _HTML):
            self._html_chunk(content, "", part)
        elif part.lower().endswith(".txt"):
            for line in decode(content).text.splitlines():
                self._writer.begin("paragraph")
                self._writer.add(line)
        else:
            self._writer.leave_out("part of another kind", part)

    def _html_chunk(self, content: bytes, said_encoding: str, part: str) -> None:
        try:
            root = parse_html(decode_page(content, said_encoding).text)
        except Problem:
            self._writer.leave_out("part of another kind", part)
            return
        self._chunks += 1
        prefix = f"chunk {self._chunks} "
        write_blocks(self._writer, root, resolve_asset=self._assets.resolve, prefix=prefix)

    def _word_chunk(self, content: bytes) -> None:
        name = self._package.name
        package = Package(Archive(content, name, _MOST_MEMBERS), name)
        inner = DocxReader(package, self._writer, self._assets, self._depth + 1)
        inner.write()
        self.shown += inner.shown
        self.holds_unknown = self.holds_unknown or inner.holds_unknown


def _page_of(untrusted_message: bytes) -> tuple[bytes, str]:
    """The page in a message of several parts, and the encoding said of it; nothing for none."""
    message = BytesParser(policy=policy.compat32).parsebytes(untrusted_message)
    for part in message.walk():
        content = part.get_payload(decode=True)
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            said = str(part.get_content_charset() or "")
            return content if isinstance(content, bytes) else b"", said
    return b"", ""
