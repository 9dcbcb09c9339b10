"""EPUB 2 and 3: the pages of the spine, one after the other, as one text.

Source: https://www.w3.org/TR/epub-33/.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from reader.importers.archive import Archive
from reader.importers.encoding import decode
from reader.importers.epub_contents import Entry, entries_in, put_headings
from reader.importers.html_blocks import write_blocks
from reader.importers.html_parsing import parse_html
from reader.importers.html_tree import Element, attribute, tag_of, text_of
from reader.importers.pictures import Assets, picture
from reader.importers.reading import Reading, read_bytes
from reader.importers.writer import Writer
from reader.importers.xml import parse_xml
from reader.model.identifiers import doi_of
from reader.problem import Problem

IMPORTER = "epub/1"
MOST_MEMBERS = 20_000
_FONTS = re.compile(r"http://(www\.idpf\.org/2008/embedding|ns\.adobe\.com/pdf/enc#RC)")
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document")


def read(path: Path) -> Reading:
    """The document of a book.

    Raises:
        Problem: when it is damaged, protected, or holds nothing to read.
    """
    untrusted_bytes = read_bytes(path)
    archive = Archive(untrusted_bytes, path.name, MOST_MEMBERS)
    _refuse_protected(archive, path.name)
    book = _Book(archive, path.name)
    writer, assets = Writer(), Assets()
    for name in book.pages:
        _write_page(writer, assets, archive, name, book)
    document = writer.build(
        id=hashlib.sha256(untrusted_bytes).hexdigest(),
        source=path.name,
        importer=IMPORTER,
        kind="book" if len(book.pages) > 3 else "article",
        **book.facts,
    )
    if not document.text.strip():
        said = (
            "holds pictures only, and no text to read"
            if assets.contents
            else "holds no text to read"
        )
        raise Problem(f"“{path.name}” {said}.")
    return Reading(document, assets.contents)


def _refuse_protected(archive: Archive, name: str) -> None:
    if "META-INF/rights.xml" in archive:
        raise Problem(f"“{name}” is protected against copying, and Offprint cannot open it.")
    if "META-INF/encryption.xml" not in archive:
        return
    for element in parse_xml(archive.read("META-INF/encryption.xml"), name).iter():
        if tag_of(element) == "encryptionmethod" and not _FONTS.match(element.get("Algorithm", "")):
            raise Problem(f"“{name}” is protected against copying, and Offprint cannot open it.")


class _Book:
    """What the package says: metadata, pages in reading order, titles of the navigation."""

    def __init__(self, archive: Archive, name: str) -> None:
        container = parse_xml(archive.read("META-INF/container.xml"), name)
        roots = [e for e in container.iter() if tag_of(e) == "rootfile" and e.get("full-path")]
        if not roots:
            raise Problem(f"“{name}” is damaged: it does not say where its pages are.")
        package_name = unquote(roots[0].get("full-path", ""))
        self._folder = dirname(package_name)
        package = parse_xml(archive.read(package_name), name)
        items = {e.get("id", ""): e for e in package.iter() if tag_of(e) == "item"}
        spine = [e for e in package.iter() if tag_of(e) == "itemref"]
        spine.sort(key=lambda e: e.get("linear") == "no")
        found = [self._page(items, items.get(e.get("idref", ""))) for e in spine]
        self.pages = [page for page in dict.fromkeys(found) if page and page in archive]
        self.facts = _facts(package, name)
        self.contents: dict[str, list[Entry]] = {}
        navigations = [i for i in items.values() if "nav" in i.get("properties", "").split()]
        older = [i for i in items.values() if i.get("media-type", "").endswith("dtbncx+xml")]
        for item in navigations + older:
            if not self.contents:
                self._take_contents(archive, self._place(item))

    def _place(self, item: Element) -> str:
        return normpath(join(self._folder, unquote(item.get("href", ""))))

    def _page(self, items: dict[str, Element], item: Element | None) -> str:
        for _ in range(8):  # fallbacks may lead round in a circle
            if item is None:
                return ""
            if item.get("media-type") in _PAGES:
                return self._place(item)
            item = items.get(item.get("fallback", ""))
        return ""

    def _take_contents(self, archive: Archive, place: str) -> None:
        """The lines of the contents by the pages that they lead to."""
        if place not in archive:
            return
        try:
            root = parse_xml(archive.read(place), place)
        except Problem:
            return
        for entry in entries_in(root, place):
            self.contents.setdefault(entry.page, []).append(entry)


def _facts(package: Element, name: str) -> dict[str, object]:
    said: dict[str, list[str]] = {}
    for element in package.iter():
        words = " ".join((element.text or "").split())
        if words:
            said.setdefault(tag_of(element), []).append(words)
    first = {tag: words[0] for tag, words in said.items()}
    date = re.match(r"\d{4}(-\d\d(-\d\d)?)?", first.get("date", ""))
    doi = next(filter(None, map(doi_of, said.get("identifier", []))), "")
    return {
        "title": first.get("title", "") or Path(name).stem,
        "authors": tuple(dict.fromkeys(said.get("creator", []))),
        "published": date[0] if date else "",
        "language": first.get("language", "").split("-")[0].lower()[:3],
        "licence": first.get("rights", "")[:300],
        "doi": doi,
    }


def _write_page(writer: Writer, assets: Assets, archive: Archive, place: str, book: _Book) -> None:
    root = parse_html(decode(archive.read(place)).text)
    prefix = f"{place}#"

    def resolve_asset(address: str) -> tuple[str, int, int] | None:
        inside = normpath(join(dirname(place), unquote(address.split("#")[0])))
        if ":" in address.split("/")[0] or inside not in archive:
            return assets.resolve(address)
        return assets.keep(picture(archive.read(inside)))

    def resolve_link(address: str) -> str:
        if re.match(r"[a-z][a-z0-9+.-]*:", address, re.I):
            return address if re.match(r"(https?|mailto|doi):", address, re.I) else ""
        page, _, name = unquote(address).partition("#")
        target = normpath(join(dirname(place), page)) if page else place
        return f"#{target}#{name}"

    writer.end()
    writer.anchor(prefix)
    body = next((e for e in root.iter() if tag_of(e) == "body"), root)
    for name in (attribute(root, "id"), attribute(body, "id")):
        if name:
            writer.anchor(prefix + name)
    entries = book.contents.get(place, [])
    put_headings(body, entries)
    own = next((entry for entry in entries if not entry.name), None)
    has_heading = any(tag_of(e) in ("h1", "h2", "h3") for e in body.iter())
    if own is not None and not has_heading and text_of(body).strip():
        writer.begin_heading(own.level)
        writer.add(own.title)
        writer.end()
    write_blocks(
        writer, body, resolve_asset=resolve_asset, resolve_link=resolve_link, prefix=prefix
    )
