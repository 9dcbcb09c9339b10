"""The files and libraries that benchmarks.ui.waiting opens: made here, from our own words."""

from __future__ import annotations

import shutil
import subprocess
import sys
import uuid
import zipfile
from pathlib import Path

from benchmarks.ui.shelf_table import fill
from reader.model.anchoring.selector import describe
from reader.model.annotation import COLOURS, Annotation, Change
from reader.model.span import Span
from reader.paths import Paths
from reader.store.durable_files import utc_now
from reader.store.library import Library
from reader.store.notes import open_notes
from tests.importers.pdf_samples import Sheet, Text, pdf

USER = "reader"
SENTENCE = "Ketamine blocks the NMDA receptor, and the pressure of the blood rises for a while."
LONG_PARAGRAPHS = 2_000
_CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""
_PACKAGE = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">a book</dc:identifier>
<dc:title>A Book For Measuring</dc:title><dc:language>en</dc:language></metadata>
<manifest>{items}</manifest><spine>{order}</spine></package>
"""


def make_files(folder: Path, pages: int) -> dict[str, Path]:
    """An article, a book, a short and a long PDF, and a text of 1 MB."""
    article = folder / "article.html"
    article.write_text(_page("An Article For Measuring", 12), encoding="utf-8")
    files = {"HTML": article, "EPUB": folder / "book.epub"}
    _write_book(files["EPUB"])
    for count in (10, pages):
        files[f"PDF of {count} pages"] = a_pdf(folder / f"{count}-pages.pdf", count)
    files["text of 1 MB"] = folder / "long.txt"
    paragraphs = [f"{number}. {f'{SENTENCE} ' * 6}" for number in range(LONG_PARAGRAPHS)]
    files["text of 1 MB"].write_text("\n\n".join(["A Long Text", *paragraphs]), encoding="utf-8")
    return files


def _page(title: str, sections: int) -> str:
    parts = [f"<html><head><title>{title}</title></head><body><h1>{title}</h1>"]
    for section in range(1, sections + 1):
        parts.append(f"<h2>{section}. Section Of The Text</h2>")
        parts += [f"<p>{f'{SENTENCE} ' * 5}</p>"] * 8
    return "\n".join([*parts, "</body></html>"])


def _write_book(path: Path) -> None:
    names = [f"chapter-{number}.xhtml" for number in range(1, 13)]
    items = "".join(
        f'<item id="{name[:-6]}" href="{name}" media-type="application/xhtml+xml"/>'
        for name in names
    )
    order = "".join(f'<itemref idref="{name[:-6]}"/>' for name in names)
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr("META-INF/container.xml", _CONTAINER)
        book.writestr("book.opf", _PACKAGE.format(items=items, order=order))
        for name in names:
            page = _page(name[:-6].replace("-", " ").title(), 3)
            book.writestr(
                name, page.replace("<html>", '<html xmlns="http://www.w3.org/1999/xhtml">')
            )


def a_pdf(path: Path, pages: int, word: str = "") -> Path:
    """A PDF of so many pages; with another word, another one."""
    sheets = [
        Sheet([Text(72, 720 - 14 * line, f"{page}.{line} {word} {SENTENCE}") for line in range(45)])
        for page in range(pages)
    ]
    path.write_bytes(pdf(sheets))
    return path


def make_library(data: Path, files: dict[str, Path], documents: int, notes: int) -> Path:
    """A library of these files and rows of others, with so many notes on the article, which was
    read last."""
    command = [sys.executable, "-m", "reader", "--data", str(data), "import"]
    command += map(str, files.values())
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    paths = Paths(data)
    fill(paths, max(0, documents - len(files)))
    library = Library(paths)
    try:
        library.set_seeded()
        (entry,) = (one for one in library.catalog.entries() if one.source == "article.html")
        article = library.document(entry.id)
    finally:
        library.close()
    places = [i for i in range(len(article.text) - 40) if article.text[i].isalpha()]
    mine = open_notes(paths, USER)
    try:
        mine.readings.update(article.id, lambda reading: reading._replace(opened=utc_now()))
        mine.apply(
            *(
                Change(
                    None,
                    Annotation(
                        str(uuid.UUID(int=number)),
                        describe(article, Span(place, place + 12)),
                        COLOURS[number % 5],
                        note="A note on it, of some length." if number % 3 == 0 else "",
                    ),
                )
                for number, place in enumerate(places[:: max(1, len(places) // max(1, notes))])
                if number < notes
            )
        )
    finally:
        mine.close()
    return data


def copied(data: Path, to: Path) -> Path:
    """A library as it is, once more, so that what is unknown to it stays so."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(data, to)
    return to
