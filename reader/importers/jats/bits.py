"""Books and their chapters in BITS, the XML of the NCBI Bookshelf, and its forerunner of the NLM.

Source: https://jats.nlm.nih.gov/extensions/bits/tag-library/2.1/.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.common.companions import NO_COMPANIONS, Companions
from reader.importers.common.elements import Element, tag_of
from reader.importers.common.images import Assets
from reader.importers.common.xml import parse_xml
from reader.importers.common.xml_tree import all_of, one_of, text_in
from reader.importers.jats.blocks import Blocks
from reader.importers.jats.document import built
from reader.importers.jats.exhibits import Resolve
from reader.importers.jats.front import facts_in, language_of
from reader.importers.jats.references import labels_of
from reader.importers.jats.showing import shown_in
from reader.importers.result import ImportResult, read_bytes
from reader.model.document import Document, SectionKind
from reader.problem import Problem

IMPORTER = "bits/1"
_MANY_PARTS = 3
_WRAPPERS = ("book-part-wrapper", "book-app-wrapper")
_MATTER = (
    *("front-matter", "book-front", "book-body", "body", "back", "book-back", "back-matter"),
    *("named-book-part-body", "floats-group"),
)
_PARTS = {
    "book-part": "",
    "book-app": "Appendix",
    "book-app-group": "Appendices",
    "front-matter-part": "",
    "foreword": "Foreword",
    "preface": "Preface",
    "dedication": "Dedication",
    "book-part-alternatives": "",
}
_CONTENTS = ("toc", "toc-group", "index", "index-group")


def read(
    path: Path, companions: Companions = NO_COMPANIONS, content: bytes | None = None
) -> ImportResult:
    """The document of a book or a chapter of one, with those of its pictures that lie beside it.

    `content` is what the file holds, where it is part of an archive.

    Raises:
        Problem: when it is damaged or holds nothing to read.
    """
    untrusted_bytes = read_bytes(path) if content is None else content
    root = parse_xml(untrusted_bytes, path.name)
    assets = Assets()
    document = _Book(root, companions.resolver(assets)).document(
        id=hashlib.sha256(untrusted_bytes).hexdigest(), source=path.name, importer=IMPORTER
    )
    if not document.text.strip():
        raise Problem(f"“{path.name}” holds no text to read.")
    return ImportResult(document, assets.contents)


class _Book:
    """Writes a book, or the one chapter that a file holds."""

    def __init__(self, root: Element, resolve: Resolve) -> None:
        self._root = root
        self._references = list(root.iter("{*}ref"))
        self._blocks = Blocks(DocumentBuilder(), labels_of(self._references), resolve)
        self._blocks.writes(dict.fromkeys(_PARTS, self._write_part))
        self._blocks.writes(dict.fromkeys(_CONTENTS, self._leave_out_contents))
        self._shown: list[Element] = []

    def document(self, **fields: Any) -> Document:
        """The book as a document."""
        root = self._root
        parts = [e for e in root if tag_of(e) in _PARTS]
        top = parts[0] if tag_of(root) in _WRAPPERS and len(parts) == 1 else root
        meta, book = _meta_of(top), _meta_of(root)
        title = self._write_title(meta)
        self._write_abstracts(meta)
        for child in top:
            if tag_of(child) in _MATTER:
                self._write_whole(child)
            elif tag_of(child) in (*_PARTS, *_CONTENTS):
                self._shown.append(child)
                self._blocks.write_block(child)
        facts = facts_in(meta) if meta is not None else {}
        facts["language"] = language_of(top) or language_of(root)
        if top is not root and book is not None:
            facts = {k: v for k, v in facts_in(book).items() if k != "doi"} | {
                k: v for k, v in facts.items() if v
            }
            facts["journal"] = text_in(_title_of(book))
        shown = shown_in(self._shown)
        many = sum(1 for _ in top.iter("{*}book-part")) > _MANY_PARTS
        return built(
            self._blocks,
            self._references,
            [shown],
            title=title or Path(fields["source"]).stem,
            kind="book" if many else "article",
            **facts,
            **fields,
        )

    def _write_title(self, meta: Element | None) -> str:
        title = _title_of(meta)
        if title is None or not text_in(title):
            return ""
        blocks = self._blocks
        self._shown.append(title)
        blocks.flow.begin("title")
        blocks.inline.write(title)
        for subtitle in _beside(title, "subtitle"):
            self._shown.append(subtitle)
            blocks.flow.add(": ")
            blocks.inline.write(subtitle)
        blocks.end()
        return text_in(title)

    def _write_abstracts(self, meta: Element | None) -> None:
        for abstract in () if meta is None else all_of(meta, "abstract"):
            self._shown.append(abstract)
            self._blocks.write_section(abstract, "Abstract", "abstract")

    def _write_whole(self, matter: Element) -> None:
        self._shown.append(matter)
        self._blocks.write_children(matter)

    def _write_part(self, part: Element) -> None:
        """A chapter, or a part of the book that holds chapters."""
        blocks, meta = self._blocks, _meta_of(part)
        title = _title_of(meta) if meta is not None else one_of(part, "title")
        label = text_in(one_of(part, "label"))
        if meta is not None:
            label = label or text_in(one_of(meta, "title-group", "label"))
        usual = _PARTS[tag_of(part)]
        said = bool(text_in(title) or usual or label)
        if text_in(title) or usual:
            kind: SectionKind = "appendix" if usual.startswith("Append") else "body"
            blocks.write_heading(title, usual, label, kind)
        elif label:
            blocks.write_heading(None, label)
        blocks.level += said
        for subtitle in _beside(title, "subtitle"):
            blocks.write_strong(subtitle)
        if meta is not None:
            self._shown += () if title is None else (title,)
            names = ", ".join(facts_in(meta)["authors"])
            if names:
                blocks.flow.begin("paragraph")
                with blocks.flow.mark("emphasis"):
                    blocks.flow.add(names)
                blocks.end()
            for abstract in all_of(meta, "abstract"):
                self._shown.append(abstract)
                blocks.write_section(abstract, "Abstract", "abstract")
        done = [e for e in part if e is title or tag_of(e) == "label" or e is meta]
        for child in part:
            if child in done or not tag_of(child):
                continue
            if tag_of(child) in _MATTER:
                blocks.write_children(child)
            elif not blocks.write_block(child):
                blocks.write_paragraph(child)
        blocks.level -= said

    def _leave_out_contents(self, contents: Element) -> None:
        """A printed list of contents, or an index: its pages are those of a book on paper."""
        self._blocks.flow.writer.leave_out("printed contents", _spaced(contents))


def _spaced(element: Element) -> str:
    return " ".join(map(str, element.itertext()))


def _meta_of(element: Element) -> Element | None:
    names = (f"{tag_of(element)}-meta", "book-meta", "book-part-meta", "collection-meta")
    return next((e for e in element if tag_of(e) in names), None)


def _title_of(meta: Element | None) -> Element | None:
    if meta is None:
        return None
    for path in (("title-group", "title"), ("book-title-group", "book-title"), ("book-title",)):
        found = one_of(meta, *path)
        if found is not None:
            return found
    return one_of(meta, "title")


def _beside(title: Element | None, name: str) -> Iterator[Element]:
    parent = None if title is None else title.getparent()
    return iter(()) if parent is None else all_of(parent, name)
