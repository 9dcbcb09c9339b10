from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from reader.importers.registry import SUFFIXES, _importer_name, importer_for
from reader.problem import Problem


def an_archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "application/epub+zip" if name == "mimetype" else "x")
    return out.getvalue()


EPUB = an_archive("mimetype", "META-INF/container.xml")
DOCX = an_archive("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("name", "head", "importer"),
    [
        ("a.txt", b"Plain words", "text"),
        ("a.TXT", b"Plain words", "text"),
        ("a", b"Plain words", "text"),
        ("a.log", b"Plain words", "text"),
        ("a.log", "Gr\u00fc\u00dfe".encode("cp1252"), "text"),
        ("a.txt", "Words".encode("utf-16"), "text"),
        ("a.txt", "Words, in English.".encode("utf-16-le"), "text"),
        ("a.txt", "Words, in English.".encode("utf-16-be"), "text"),
        ("a.txt", b"<p>is how a paragraph begins</p>", "text"),
        ("a.txt", b"", "text"),
        ("a.md", b"# Title", "markdown"),
        ("a.md", b"<html> is how a page begins", "markdown"),
        ("a.html", b"<p>Words", "html"),
        ("a.html", b"\xef\xbb\xbf<!DOCTYPE html><title>T</title>", "html"),
        ("a", b"<!-- saved -->\n<!doctype HTML>", "html"),
        ("a", b"  <html lang='en'>", "html"),
        ("a.php", b"<div>Words</div>", "html"),
        ("a", "<html><body>Words</body></html>".encode("utf-16"), "html"),
        ("a.xhtml", b"<?xml version='1.0'?>\n<html xmlns='x'>", "html"),
        ("a.xml", b"<?xml version='1.0'?><!DOCTYPE article PUBLIC 'JATS'><article>", "jats"),
        ("a.xml", b"<article dtd-version='1.2'>", "jats"),
        ("a.xml", b"<?xml version='1.0'?><article>", "jats"),
        ("a.xml", b"<?xml version='1.0'?><other>", "html"),
        ("a.nxml", b"<?xml version='1.0'?><other>", "jats"),
        ("a.html", b"<article article-type='research-article'>", "jats"),
        ("a.mht", b"From: <Saved>\nContent-Type: multipart/related;", "mhtml"),
        ("a", b"From: <Saved>\nContent-Type: multipart/related;", "mhtml"),
        ("a.epub", EPUB, "epub"),
        ("a.zip", EPUB, "epub"),
        ("a.docx", DOCX, "docx"),
        ("a.bin", DOCX, "docx"),
        ("a.docx", an_archive("first.xml"), "docx"),
        ("a.rtf", b"{\\rtf1\\ansi Words}", "rtf"),
        ("a.doc", b"{\\rtf1\\ansi Words}", "rtf"),
        ("a.pdf", b"%PDF-1.7\n", "pdf"),
        ("a.txt", b"%PDF-1.7\n", "pdf"),
        ("a.pdf", b"\x1b%-12345X@PJL\r\n%PDF-1.4\n", "pdf"),
        ("a", bytes(range(256)) * 2 + b"%PDF-1.4\n", "pdf"),
        ("a.txt", b"A file begins with %PDF- and a version.", "text"),
    ],
)
def test_the_content_decides_then_the_name(name: str, head: bytes, importer: str) -> None:
    assert _importer_name(Path(name), head[:4096]) == importer


@pytest.mark.parametrize(
    ("name", "head", "said"),
    [
        ("a.pdf", b"Plain words", "“a.pdf” is not the .pdf file that its name says."),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "is a picture"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "is a picture"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "save it as .docx"),
        ("a.zip", an_archive("a.txt"), "is a compressed file; take the documents out"),
        ("a.txt", bytes(range(256)) * 4, "is of a kind that Offprint does not read"),
        ("a.exe", b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00" * 50, "of a kind"),
        ("a.docx", b"Plain words", "is not the .docx file that its name says"),
        ("a.epub", b"Plain words", "is not the .epub file"),
        ("a.rtf", b"Plain words", "is not the .rtf file"),
    ],
)
def test_what_we_do_not_read_is_refused_in_a_sentence(name: str, head: bytes, said: str) -> None:
    with pytest.raises(Problem) as caught:
        _importer_name(Path(name), head[:4096])
    assert said in caught.value.sentence


def test_the_importer_is_the_modules_read() -> None:
    assert importer_for(Path("a.txt"), b"Words").__module__ == "reader.importers.text"


def test_suffixes_are_lower_case_and_told_once() -> None:
    assert len(set(SUFFIXES)) == len(SUFFIXES)
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in SUFFIXES)
