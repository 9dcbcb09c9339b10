from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from reader.formats import SUFFIXES
from reader.importers.other_kinds import KINDS, passed_over, refused
from reader.importers.registry import importer_for, importer_name, load
from reader.problem import Problem


def an_archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "application/epub+zip" if name == "mimetype" else "x")
    return out.getvalue()


EPUB = an_archive("mimetype", "META-INF/container.xml")
EPUB_KIND = b"application/epub+zip"
CALC_KIND = b"application/vnd.oasis.opendocument.spreadsheet"
DRAW_KIND = b"application/vnd.oasis.opendocument.graphics"
ODT = an_archive("mimetype").replace(EPUB_KIND, b"application/vnd.oasis.opendocument.text")
OLE = b"\xd0\xcf\x11\xe0" + bytes(40)
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
        ("a.xml", b"<?xml version='1.0'?><!-- <html> --><set><article dtd-version='1'>", "jats"),
        ("a.xml", b"<?xml version='1.0'?><pmc-articleset><article>", "jats"),
        ("a.xml", b"<?xml version='1.0'?><!DOCTYPE b [<!ENTITY a 'x'>]> <book-part>", "bits"),
        ("a.nxml", b"<book dtd-version='2.0'>", "bits"),
        ("a.xml", b"<PubmedArticleSet>", "pubmed"),
        ("a.xml", b"<document xmlns='urn:hl7-org:v3'>", "spl"),
        ("a.fodt", b"<?xml version='1.0'?><office:document xmlns:office='x'>", "odt"),
        ("a.xml", b"<?xml version='1.0'?><x:html>", "html"),
        ("a.xml", b"no mark-up at all", "jats"),
        ("a.webarchive", b"<?xml?><plist><dict><key>WebMainResource</key>", "webarchive"),
        ("a.webarchive", b"bplist00\xd1\x01\x02_\x10\x0fWebMainResource", "webarchive"),
        ("a.html", b"<article article-type='research-article'>", "jats"),
        ("a.mht", b"From: <Saved>\nContent-Type: multipart/related;", "mhtml"),
        ("a", b"From: <Saved>\nContent-Type: multipart/related;", "mhtml"),
        ("a.epub", EPUB, "epub"),
        ("a.zip", EPUB, "epub"),
        ("a.docx", DOCX, "docx"),
        ("a.bin", DOCX, "docx"),
        ("a.docx", an_archive("first.xml"), "docx"),
        ("a.docx", b"\xd0\xcf\x11\xe0", "docx"),
        ("a", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "docx"),
        ("a.odt", ODT, "odt"),
        ("a.zip", an_archive("a.txt"), "zipped"),
        ("a.doc", b"<html><body>Words", "html"),
        ("a.txt", b"TY  - JOUR is how RIS begins", "text"),
        ("a.txt", b"MZ and BM and ID3 begin words", "text"),
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
    assert importer_name(Path(name), head[:4096]) == importer


@pytest.mark.parametrize(
    ("name", "head", "said"),
    [
        ("a.pdf", b"Plain words", "“a.pdf” is not the .pdf file that its name says."),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "is a picture"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "is a picture"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "In Word, choose File > Save As…"),
        ("a.bin", OLE + "WordDocument".encode("utf-16-le"), "is a Word file of the old kind"),
        ("a", OLE + "Workbook".encode("utf-16-le"), "is a spreadsheet"),
        ("a", OLE + "Other".encode("utf-16-le"), "is a file of an older Office program"),
        (
            "a.gz",
            b"\x1f\x8b\x08\x00\x00",
            "is a compressed file, which Offprint does not read. Unp",
        ),
        ("a.azw3", b"Name" + bytes(56) + b"BOOKMOBI", "is a Kindle book, which"),
        ("a.mobi", bytes(200), "Convert it to EPUB with calibre"),
        ("a.tif", b"II*\x00\x08", "is a picture"),
        ("a.webp", b"RIFF\x00\x01\x02\x03WEBPVP8 ", "is a picture"),
        ("a.svg", b"<?xml version='1.0'?><svg>", "is a picture"),
        ("a.ods", an_archive("mimetype").replace(EPUB_KIND, CALC_KIND), "is a spreadsheet"),
        ("a.ris", b"TY  - JOUR", "is a list of references, no article, which"),
        ("a.nbib", b"PMID- 1", "reference manager such as Zotero"),
        ("a.bib", b"@article{a,", "is a list of references"),
        ("a", b"PMID- 1", "is a list of PubMed’s references"),
        ("a.url", b"[InternetShortcut]", "is a link to a page, not the page itself, which"),
        ("a.eml", b"From: a@x.example", "is a mail"),
        ("a.xml", b"<?xml version='1.0'?><other>", "is XML of another kind (“other”)"),
        ("a.nxml", b"<other>", "It is no article"),
        ("a.xml", b"<TEI xmlns='x'>", "is a text in TEI"),
        ("a.xml", b"<TEI.2>", "is a text in TEI"),
        ("a.xml", b"<article xmlns='http://docbook.org/ns/docbook'>", "is a text in DocBook"),
        ("a", b"<?xml version='1.0'?><rss>", "is a list of news"),
        ("a.txt", bytes(range(256)) * 4, "is of a kind that Offprint does not read"),
        ("a.exe", b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00" * 50, "is a program"),
        ("a.docx", b"Plain words", "is not the .docx file that its name says"),
        ("a.epub", b"Plain words", "is not the .epub file"),
        ("a.ps", b"%!PS-Adobe-3.0\n", "is a PostScript file, which"),
        ("a", b"%!PS-Adobe-3.0\n", "Convert it to PDF, and open that."),
        ("a.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n", "is a picture"),
        ("a.svg", b"<svg xmlns='x'><text>5 mg</text></svg>", "is a picture"),
        ("a.flac", b"fLaC" + bytes(40), "is a recording"),
        ("a.mkv", b"\x1aE\xdf\xa3", "is a recording"),
        ("a.zst", b"\x28\xb5\x2f\xfd", "Unpack it"),
        ("a.one", b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", "is a file of another word processor"),
        ("a.gdoc", b'{"url": "x"}', "is a link to a page"),
        ("a.acsm", b"<?xml version='1.0'?><fulfillmentToken>", "is a licence for a book"),
        ("~$a.docx", b"\x04Anna" + bytes(157), "Open the document itself"),
        ("a.odg", an_archive("mimetype").replace(EPUB_KIND, DRAW_KIND), "is a drawing, which"),
        ("a.docx", an_archive("[Content_Types].xml", "xl/workbook.xml"), "is a spreadsheet"),
        ("a.docm", an_archive("[Content_Types].xml", "ppt/presentation.xml"), "a presentation"),
        ("a.rtf", b"Plain words", "is not the .rtf file"),
    ],
)
def test_what_we_do_not_read_is_refused_in_a_sentence(name: str, head: bytes, said: str) -> None:
    with pytest.raises(Problem) as caught:
        importer_name(Path(name), head[:4096])
    assert said in caught.value.sentence


def test_the_importer_is_the_modules_read() -> None:
    assert importer_for(Path("a.txt"), b"Words").__module__ == "reader.importers.text.read"


def test_suffixes_are_lower_case_and_told_once() -> None:
    assert len(set(SUFFIXES)) == len(SUFFIXES)
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in SUFFIXES)


def test_a_compound_file_is_known_by_what_is_far_inside(tmp_path: Path) -> None:
    path = tmp_path / "locked"
    path.write_bytes(OLE + bytes(9000) + "EncryptedPackage".encode("utf-16-le"))
    assert importer_name(path, OLE) == "docx"
    path.write_bytes(OLE + bytes(9000) + "PowerPoint Document".encode("utf-16-le"))
    with pytest.raises(Problem, match="“locked” is a presentation"):
        importer_name(path, OLE)


def test_what_a_folder_holds_besides_is_counted_by_kind() -> None:
    names = ["a.png", "b.JPG", "c.xlsx", "d.doc", "README", "e.q", "f.r", "g.s", "h.t", "i.azw3"]
    assert passed_over(names) == [
        "2 pictures (.png, .jpg)",
        "1 spreadsheet (.xlsx)",
        "1 Word file of the old kind (.doc)",
        "1 Kindle book (.azw3)",
        "5 other files (without a suffix, .q, .r, .s, …)",
    ]
    assert passed_over(["x.q"]) == ["1 other file (.q)"]


def test_every_sentence_of_a_kind_names_the_file_and_the_way_out() -> None:
    for kind in KINDS:
        sentence = refused("a.b", kind).sentence
        assert sentence.startswith("“a.b” is a")
        assert sentence.endswith(".")
        assert kind.way_out in sentence


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_a_text_that_is_none_is_named(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    for content in (b"%PDF-1.7 " + b"words " * 9, b"<p>words " + bytes(range(1, 9)) * 40):
        path.write_bytes(content)
        module = {"a.txt": "text", "a.md": "markdown", "a.html": "html"}[name]
        with pytest.raises(Problem, match=f"^“{name}” holds no text"):
            load(module)(path)


@pytest.mark.parametrize(
    "content", [b"Adrenaline 1 mg\x0bAtropine 3 mg", b"A dose of\x00 5 mg\x07"]
)
def test_a_short_text_with_a_stray_control_is_a_text(content: bytes) -> None:
    assert importer_name(Path("a.txt"), content) == "text"
