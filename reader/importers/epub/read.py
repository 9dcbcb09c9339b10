"""EPUB 2 and 3: the pages of the spine, one after the other, as one text.

Source: https://www.w3.org/TR/epub-33/.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from posixpath import basename, dirname, join, normpath
from urllib.parse import unquote

from reader.importers.builder.accounting import accounted
from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.common.archive import Archive
from reader.importers.common.elements import Element, attribute, tag_of, words_of
from reader.importers.common.encoding import decode_page
from reader.importers.common.images import Assets, picture
from reader.importers.common.xml import parse_xml
from reader.importers.epub.pages import prepare, sheets_of, shown_in
from reader.importers.epub.styles import BookStyles
from reader.importers.epub.toc import Entry, entries_in, put_headings
from reader.importers.html.blocks import write_blocks
from reader.importers.html.captions import alternative_of
from reader.importers.html.displayed import apply_display
from reader.importers.html.frames import open_frames
from reader.importers.html.kept_lines import keep_lines
from reader.importers.html.parsing import parse_html
from reader.importers.html.styles import Styles, declared_in, styles_of
from reader.importers.result import ImportResult, read_bytes
from reader.model.identifiers import doi_of
from reader.problem import Problem

IMPORTER = "epub/3"
MOST_MEMBERS = 20_000
_FONTS = re.compile(r"http://(www\.idpf\.org/2008/embedding|ns\.adobe\.com/pdf/enc#RC)")
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document")


def read(path: Path) -> ImportResult:
    """The document of a book.

    Raises:
        Problem: when it is damaged, protected, or holds nothing to read.
    """
    untrusted_bytes = read_bytes(path)
    archive = Archive(untrusted_bytes, path.name, MOST_MEMBERS)
    _refuse_protected(archive, path.name)
    book = _Book(archive, path.name)
    pages = _Pages(archive, book)
    count = pages.write()
    assets = pages.assets
    for kind in book.unread:
        pages.writer.leave_out("part of another kind", kind)
    missing = [f"“{one}” is a page of this book and is not in its file." for one in book.missing]
    document = pages.writer.build(
        warnings=tuple(dict.fromkeys(missing)),
        id=hashlib.sha256(untrusted_bytes).hexdigest(),
        source=path.name,
        importer=IMPORTER,
        kind="book" if count > 3 else "article",
        **book.facts,
    )
    if not document.text.strip():
        said = (
            "holds pictures only, and no text to read"
            if assets.contents
            else "holds no text to read"
        )
        raise Problem(f"“{path.name}” {said}.")
    return ImportResult(accounted(document, pages.shown, also=pages.beside), assets.contents)


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
        if "META-INF/container.xml" not in archive:
            raise Problem(
                f"“{name}” is a compressed file, and no book is in it. If it should hold something "
                "else, give it the ending .zip, and open that."
            )
        container = parse_xml(archive.read("META-INF/container.xml"), name)
        roots = [e for e in container.iter() if tag_of(e) == "rootfile" and e.get("full-path")]
        if not roots:
            raise Problem(f"“{name}” is damaged: it does not say where its pages are.")
        package_name = _package_name(archive, unquote(roots[0].get("full-path", "")))
        self._folder = dirname(package_name)
        package = parse_xml(archive.read(package_name), name)
        items = {e.get("id", ""): e for e in package.iter() if tag_of(e) == "item"}
        spine = [e for e in package.iter() if tag_of(e) == "itemref"]
        spine.sort(key=lambda e: e.get("linear") == "no")
        self._archive = archive
        self.drawings: set[str] = set()
        forms = [unquote(root.get("full-path", "")) for root in roots[1:]]
        self.unread = [f"{basename(f)} (another form of the book)" for f in forms]
        self.missing: list[str] = []
        found = [self._page(items, items.get(e.get("idref", ""))) for e in spine]
        self.pages = [page for page in dict.fromkeys(found) if page]
        listed = [
            self._place(item)
            for item in items.values()
            if item.get("media-type") in _PAGES and "nav" not in item.get("properties", "").split()
        ]
        if not spine:
            self.pages = [place for place in dict.fromkeys(listed) if place in archive]
        # Pages outside the spine, which only links lead to.
        self.others = set(listed) - set(self.pages)
        self.facts = _facts(package, name)
        self.contents: dict[str, list[Entry]] = {}
        navigations = [i for i in items.values() if "nav" in i.get("properties", "").split()]
        older = [i for i in items.values() if i.get("media-type", "").endswith("dtbncx+xml")]
        for item in navigations + older:
            if not self.contents:
                self._take_contents(archive, self._place(item))
        self.pages += [place for place in self.contents if place in self.others]

    def _place(self, item: Element) -> str:
        place = normpath(join(self._folder, unquote(item.get("href", ""))))
        return self._archive.find(place) or place

    def _page(self, items: dict[str, Element], item: Element | None) -> str:
        """The page that a line of the spine means: itself, or what stands for it."""
        first = item
        for _ in range(8):  # fallbacks may lead round in a circle
            if item is None:
                break
            if item.get("media-type") in _PAGES:
                place = self._place(item)
                if place in self._archive:
                    return place
                self.missing.append(basename(place))
                return ""
            item = items.get(item.get("fallback", ""))
        if first is None or self._place(first) not in self._archive:
            return ""
        if first.get("media-type", "").startswith("image/"):
            self.drawings.add(self._place(first))
            return self._place(first)
        self.unread.append(f"{basename(self._place(first))} ({first.get('media-type', '')})")
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
            page = archive.find(entry.page) or entry.page
            self.contents.setdefault(page, []).append(entry)


def _package_name(archive: Archive, said: str) -> str:
    """The package of the book: the one that it names, else the only one that is there."""
    others = [name for name in archive.names if name.lower().endswith(".opf")]
    return others[0] if said not in archive and len(others) == 1 else said


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


class _Pages:
    """Writes the pages of a book, one after the other."""

    def __init__(self, archive: Archive, book: _Book) -> None:
        self.writer = DocumentBuilder()
        self.assets = Assets()
        self.shown: list[str] = []
        # What is printed round the numbers of notes, which are kept without it.
        self.beside: list[str] = []
        self._archive = archive
        self._book = book
        self._pages = list(book.pages)
        self._framed: set[str] = set()
        self._sheets: dict[tuple[str, ...], tuple[BookStyles, Styles]] = {}

    def write(self) -> int:
        """Write the spine, then pages outside it that links lead to; return how many there are."""
        for place in self._pages:  # grows meanwhile
            if place in self._book.drawings:
                self._write_drawing(place)
            else:
                self._write_page(place)
        count = len(self._pages)
        for place in sorted(self._book.others - set(self._pages) - self._framed):
            # No program leads to it.
            content = self._read(place)
            if content is not None:
                root = parse_html(decode_page(content).text)
                body = next((e for e in root.iter() if tag_of(e) == "body"), root)
                self.writer.leave_out("hidden text", words_of(body))
        return count

    def _page_of(self, place: str, address: str) -> str | None:
        """The page of a frame in the page at `place`, unless it is read by itself."""
        wanted = normpath(join(dirname(place), unquote(address.split("#")[0])))
        wanted = self._archive.find(wanted) or wanted
        content = self._read(wanted) if wanted in self._book.others - set(self._pages) else None
        if content is None:
            return None
        self._framed.add(wanted)
        return decode_page(content).text

    def _read(self, name: str) -> bytes | None:
        found = self._archive.find(name)
        return self._archive.read(found) if found else None

    def _styles(self, root: Element, place: str) -> tuple[BookStyles, Styles]:
        """The style sheets of a page; most pages of a book have the same."""
        sheets = tuple(sheets_of(root, place, self._read))
        if sheets not in self._sheets:
            self._sheets[sheets] = BookStyles(sheets), styles_of(sheets)
        return self._sheets[sheets]

    def _write_page(self, place: str) -> None:
        writer = self.writer
        root = parse_html(decode_page(self._archive.read(place)).text)
        open_frames(root, lambda address: self._page_of(place, address))
        prefix = f"{place}#"
        writer.end()
        writer.anchor(prefix)
        body = next((e for e in root.iter() if tag_of(e) == "body"), root)
        for name in (attribute(root, "id"), attribute(body, "id")):
            if name:
                writer.anchor(prefix + name)
        prepare(writer, body)
        book_styles, styles = self._styles(root, place)
        looks = declared_in(body, styles)
        apply_display(body, looks)
        keep_lines(body, looks)
        book_styles.apply(writer, body)
        self.shown += shown_in(body)
        put_headings(body, self._book.contents.get(place, []))

        def resolve_asset(address: str) -> tuple[str, int, int] | None:
            inside = normpath(join(dirname(place), unquote(address.split("#")[0])))
            content = None if ":" in address.split("/")[0] else self._read(inside)
            if content is None:
                return self.assets.resolve(address)
            return self.assets.keep(picture(content))

        write_blocks(
            writer,
            body,
            resolve_asset=resolve_asset,
            resolve_link=lambda address: self._resolve_link(place, address),
            prefix=prefix,
            styles=styles,
            beside=self.beside,
            has_layout_tables=False,
        )

    def _resolve_link(self, place: str, address: str) -> str:
        if re.match(r"[a-z][a-z0-9+.-]*:", address, re.I):
            return address if re.match(r"(https?|mailto|doi):", address, re.I) else ""
        page, _, name = address.partition("#")
        target = place
        if page:
            wanted = normpath(join(dirname(place), unquote(page)))
            target = self._archive.find(wanted) or wanted
        if target in self._book.others and target not in self._pages:
            self._pages.append(target)
        return f"#{target}#{unquote(name)}"

    def _write_drawing(self, place: str) -> None:
        """A page that is one drawing."""
        content = self._archive.read(place)
        self.writer.end()
        self.writer.anchor(f"{place}#")
        found = self.assets.keep(picture(content))
        try:
            words = alternative_of(parse_xml(content, place))
        except Problem:
            words = ""
        asset, width, height = found or ("", 0, 0)
        self.writer.begin_figure(asset, words, width, height)
        self.writer.end()
