"""Word documents: through mammoth's clean HTML, after a look at what it is given."""

from __future__ import annotations

import hashlib
import re
import zlib
from io import BytesIO
from pathlib import Path
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

import mammoth

from reader.importers.archive import Archive
from reader.importers.docx_parts import OWN_STYLES, heading_styles, prepared
from reader.importers.html_blocks import write_blocks
from reader.importers.html_parsing import parse_html
from reader.importers.html_tree import Element, tag_of
from reader.importers.pictures import Assets
from reader.importers.reading import Reading, read_bytes
from reader.importers.writer import Writer
from reader.importers.xml import parse_xml
from reader.problem import Problem

IMPORTER = "docx/1"
MOST_MEMBERS = 5_000
_STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Caption'] => p.caption:fresh
small-caps => span.small-caps
"""
# What mammoth, and the parsers under it, make of damaged files.
_DAMAGES = (
    *(KeyError, ValueError, AttributeError, TypeError, IndexError, OSError, RecursionError),
    *(ExpatError, EOFError, NotImplementedError, BadZipFile, zlib.error),
)
_DOCTYPE = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)
_ENTITY = re.compile(rb"<!ENTITY\s")


def read(path: Path) -> Reading:
    """The document of a Word file (.docx).

    Raises:
        Problem: when it is damaged, encrypted, or holds nothing to read.
    """
    untrusted_bytes = read_bytes(path)
    archive = Archive(untrusted_bytes, path.name, MOST_MEMBERS)
    for name in archive.names:
        # In UTF-16 each letter has a zero beside it, and any part may be named as the document.
        part = archive.read(name).replace(b"\x00", b"")
        if (_DOCTYPE if name.endswith((".xml", ".rels")) else _ENTITY).search(part):
            raise Problem(f"“{path.name}” is damaged: it holds what no Word file holds.")
    if not any(name.endswith("document.xml") or "word/" in name for name in archive.names):
        raise Problem(f"“{path.name}” is no Word document.")
    try:
        html = mammoth.convert_to_html(
            BytesIO(prepared(untrusted_bytes, archive, path.name)),
            style_map=_STYLES + OWN_STYLES + heading_styles(archive, path.name),
            external_file_access=False,
        ).value
    except _DAMAGES:
        raise Problem(f"“{path.name}” is damaged: its text cannot be read.") from None
    facts = _facts(archive, path.name)
    root = parse_html(f"<html><body>{html or '<p></p>'}</body></html>")
    title = next((e for e in root.iter() if tag_of(e) == "h1" and e.get("class") == "title"), None)
    writer, assets = Writer(), Assets()
    write_blocks(writer, root, resolve_asset=assets.resolve, title=title)
    printed = _words(title)
    document = writer.build(
        id=hashlib.sha256(untrusted_bytes).hexdigest(),
        source=path.name,
        importer=IMPORTER,
        **{**facts, "title": printed or facts.get("title") or path.stem},
    )
    if not document.text.strip() and not document.figures:
        raise Problem(f"“{path.name}” holds no text to read.")
    return Reading(document, assets.contents)


def _words(element: Element | None) -> str:
    return " ".join("".join(map(str, element.itertext())).split()) if element is not None else ""


def _facts(archive: Archive, name: str) -> dict[str, object]:
    """What the file's properties say; people often leave there what a template said."""
    if "docProps/core.xml" not in archive:
        return {}
    try:
        root = parse_xml(archive.read("docProps/core.xml"), name)
    except Problem:
        return {}
    said = {tag_of(e): " ".join((e.text or "").split()) for e in root.iter()}
    facts: dict[str, object] = {
        "title": said.get("title", ""),
        "authors": tuple(filter(None, re.split(r"\s*;\s*", said.get("creator", "")))),
        "updated": said.get("modified", "")[:10],
        "language": said.get("language", "").split("-")[0].lower()[:3],
    }
    return {key: value for key, value in facts.items() if value}
