"""Web pages saved as HTML."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from reader.importers.encoding import decode
from reader.importers.html_blocks import write_blocks
from reader.importers.html_locator import locate, word_length
from reader.importers.html_metadata import metadata
from reader.importers.pictures import Picture, data_picture
from reader.importers.reading import Reading, read_bytes
from reader.importers.writer import Writer
from reader.model.document import Document
from reader.problem import Problem

IMPORTER = "html/1"
LARGEST_LOCATED_BYTES = 50 * 1024 * 1024
DEEPEST = 200
_DECLARED = re.compile(
    rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)|encoding=[\"']([\w.:-]+)", re.I
)


class Assets:
    """The pictures of a document by the names that its figures use."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}

    def keep(self, found: Picture | None) -> tuple[str, int, int] | None:
        """Keeps a picture, and gives its name and size."""
        if found is None:
            return None
        name = hashlib.sha256(found.content).hexdigest()[:16] + found.suffix
        self.contents[name] = found.content
        return name, found.width_px, found.height_px

    def resolve(self, address: str) -> tuple[str, int, int] | None:
        """A picture that the page carries itself; whatever lies elsewhere is never fetched."""
        return self.keep(data_picture(address))


def read(path: Path) -> Reading:
    """The document of a saved web page.

    Raises:
        Problem: when the file cannot be read or holds no text.
    """
    untrusted_bytes = read_bytes(path)
    declared = _DECLARED.search(untrusted_bytes[:4096])
    name = (declared[1] or declared[2]).decode("ascii", "replace") if declared else ""
    decoded = decode(untrusted_bytes, name)
    assets = Assets()
    document = read_page(
        decoded.text,
        assets,
        whole=len(untrusted_bytes) > LARGEST_LOCATED_BYTES,
        id=hashlib.sha256(untrusted_bytes).hexdigest(),
        source=path.name,
        importer=IMPORTER,
        warnings=decoded.warnings,
    )
    return Reading(document, assets.contents)


def read_page(untrusted_text: str, assets: Assets, whole: bool = False, **fields: Any) -> Document:
    """The document of a page: its main content, or the `whole` of it.

    Raises:
        Problem: when there is nothing to read in it.
    """
    body, facts = _tree(untrusted_text)
    if body is None:
        return _plain(untrusted_text, **fields)
    total = word_length(body)
    content = body if whole else locate(body)
    warnings = tuple(fields.pop("warnings", ()))
    writer = Writer()
    title = str(facts.pop("title", ""))
    write_blocks(writer, content, resolve_asset=assets.resolve, title=title)
    made = writer.build(
        **{
            **facts,
            **fields,
            "title": title or Path(str(fields.get("source", ""))).stem or "Untitled",
            "warnings": warnings,
            "total_characters": total,
        }
    )
    if not made.text.strip():
        raise Problem(f"“{fields.get('source', 'The page')}” holds no text to read.")
    return linked_references(made)


def _tree(untrusted_text: str) -> tuple[Any, dict[str, Any]]:
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = lxml_html.document_fromstring(
            untrusted_text.encode("utf-8", "replace"), parser=parser
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None, {}
    # Beyond that depth the parser drops text without a word.
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        return None, {}
    body = root.find("body")
    if body is None or _depth(body) > DEEPEST:
        return None, {}
    return body, metadata(root)


def _depth(element: Any) -> int:
    deepest, level, stack = 0, 0, [(element, 0)]
    while stack:
        one, level = stack.pop()
        deepest = max(deepest, level)
        stack.extend((child, level + 1) for child in one)
    return deepest


class _Words(HTMLParser):
    """The words of a page that no tree can hold."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[list[str]] = [[]]
        self._silent = 0

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style")
        if tag in ("p", "div", "li", "h1", "h2", "h3", "br", "tr"):
            self.paragraphs.append([])

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in ("script", "style")))

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.paragraphs[-1].append(data)


def _plain(untrusted_text: str, **fields: Any) -> Document:
    words = _Words()
    words.feed(untrusted_text)
    words.close()
    writer = Writer()
    for paragraph in words.paragraphs:
        writer.begin("paragraph")
        writer.add("".join(paragraph))
    warnings = (
        *fields.pop("warnings", ()),
        "The page is built so deeply that only its words were kept.",
    )
    made = writer.build(
        title=Path(str(fields.get("source", ""))).stem or "Untitled", warnings=warnings, **fields
    )
    if not made.text.strip():
        raise Problem(f"“{fields.get('source', 'The page')}” holds no text to read.")
    return made


def linked_references(document: Document) -> Document:
    """The document with marks that led to a place in the reference list naming the reference."""
    starts = {reference.span.start: reference for reference in document.references}

    def named(target: str) -> str:
        if not target.startswith("#"):
            return target
        offset = int(target[1:])
        found = starts.get(offset) or next(
            (r for r in document.references if r.span.holds(offset)), None
        )
        return found.label if found is not None else target

    if not document.references:
        return document
    marks = tuple(
        replace(mark, target=named(mark.target)) if mark.kind == "reference_mark" else mark
        for mark in document.marks
    )
    return replace(document, marks=marks)
