"""One document with its pictures in an archive is read; whatever else is in one is said."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from reader.importers.registry import importer_for
from reader.importers.result import ImportResult
from reader.problem import Problem
from tests.importers.archives import zipped
from tests.importers.html.test_mhtml import PIXEL

PAGE = "<html><body><h1>Fever</h1><p>Give 5 mg.</p><img src='{}' alt='A curve'></body></html>"
ARTICLE = (
    "<article dtd-version='1' xmlns:xlink='http://www.w3.org/1999/xlink'><body><fig>"
    "<graphic xlink:href='f1.tif'/></fig><p>Give 5 mg.</p></body></article>"
)
LABEL = (
    "<document xmlns='urn:hl7-org:v3'><component><structuredBody><component><section><text>Give "
    "5 mg.<renderMultiMedia referencedObject='m'/></text><component><observationMedia ID='m'>"
    "<value>"
    "<reference value='f1.jpg'/></value></observationMedia></component></section></component>"
    "</structuredBody></component></document>"
)


def opened(tmp_path: Path, content: bytes, name: str = "a.zip") -> ImportResult:
    path = tmp_path / name
    path.write_bytes(content)
    return importer_for(path, content[:4096])(path)


@pytest.mark.parametrize(
    "members",
    [
        {"page one.html": PAGE.format("page%20one_files/f.png"), "page one_files/f.png": PIXEL,
         "page one_files/frame.html": "<p>A frame</p>", "__MACOSX/x.html": "x", ".hid/y.html": "y"},
        {"in/a.htm": PAGE.format("a_archivos/f.png"), "in/a_archivos/f.png": PIXEL},
        {"pkg/a.nxml": ARTICLE, "pkg/f1.jpg": PIXEL, "pkg/a.css": "p {}"},
        {"label.xml": LABEL, "f1.jpg": PIXEL},
        {"notes.md": "# Fever\n\nGive 5 mg.\n\n![A curve](img/f.png)\n", "img/f.png": PIXEL},
    ],
)  # fmt: skip
def test_a_document_in_an_archive_has_its_pictures(
    members: dict[str, str | bytes], tmp_path: Path
) -> None:
    reading = opened(tmp_path, zipped(members))
    assert "Give 5 mg." in reading.document.text
    assert list(reading.assets) == [figure.asset for figure in reading.document.figures]
    assert len(reading.assets) == 1
    assert reading.document.source == "a.zip"


def test_all_of_a_page_in_an_archive_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"a.html": "<html><body><p>Give 5 mg.</p></body></html>"}))
    document = importer_for(path, path.read_bytes()[:4096])(path, whole=True).document
    assert (document.is_web_page, document.is_cut) == (True, False)


def test_books_and_word_files_are_known_by_what_is_in_them(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="damaged"):
        opened(tmp_path, zipped({"x": "y", "META-INF/container.xml": "<a/>"}))
    with pytest.raises(Problem):
        opened(tmp_path, zipped({"x": "y" * 5000, "word/document.xml": "<a/>"}))


@pytest.mark.parametrize(("suffix", "what"), [("epub", "book"), ("docx", "Word"), ("odt", "text")])
def test_an_archive_under_another_name_or_cut_off_says_what_to_do(
    suffix: str, what: str, tmp_path: Path
) -> None:
    name = f"a.{suffix}"
    content = zipped({"notes.md": "Give 5 mg."})
    with pytest.raises(Problem, match=rf"“{name}” is .*{what}.*ending \.zip, and open that\."):
        opened(tmp_path, content, name)
    assert opened(tmp_path, content, "a.zip").document.text == "Give 5 mg."
    with pytest.raises(Problem, match=rf"“{name}” is damaged.*download or copy it again"):
        opened(tmp_path, content[:-30], name)


@pytest.mark.parametrize(
    ("members", "name", "said"),
    [
        ({"x.css": "p {}"}, "a.zip", "“a.zip” is a compressed file, and no document is in it."),
        ({"a.html": "x", "b.md": "y", "c.txt": "z", "d.pdf": "w"}, "a.zip",
         "“a.zip” holds 4 documents (a.html, b.md, c.txt, …). Unpack it"),
        ({"in/a.pdf": b"%PDF-1.7"}, "a.zip", "“a.zip” is a compressed file with “a.pdf” in it."),
        ({"a.html": ""}, "a.zip", "“a.html” in “a.zip” is empty."),
        ({"a.html": b"\x89PNG\r\n\x1a\n" * 9}, "a.zip", "“a.html” is a picture"),
        ({"[Content_Types].xml": "", "xl/a.xml": ""}, "a.xlsx", "“a.xlsx” is a spreadsheet"),
        ({"[Content_Types].xml": "", "ppt/a.xml": ""}, "a", "“a” is a presentation"),
        ({"Index/Document.iwa": ""}, "a.pages", "“a.pages” is a Pages document"),
        ({"Index/Tables.iwa": ""}, "a.numbers", "“a.numbers” is a spreadsheet"),
        ({"[Content_Types].xml": "", "FixedDocSeq.fdseq": ""}, "a.xps", "“a.xps” is an XPS doc"),
        ({"[Content_Types].xml": "", "visio/document.xml": ""}, "a.vsdx", "“a.vsdx” is a drawing"),
        ({"[Content_Types].xml": "", "x/y.bin": ""}, "a.zip",
         "“a.zip” is a compressed file, and no document is in it."),
        ({"1.png": PIXEL, "2.png": PIXEL}, "a.cbz", "“a.cbz” is a comic"),
    ],
)  # fmt: skip
def test_what_else_is_in_an_archive_is_said(
    members: dict[str, str | bytes], name: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(Problem) as caught:
        opened(tmp_path, zipped(members), name)
    assert caught.value.sentence.startswith(said)


def test_other_archives_are_to_be_unpacked(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.nxml"))
    with pytest.raises(Problem, match=r"“a\.tar” is a compressed file.*Unpack it"):
        opened(tmp_path, out.getvalue(), "a.tar")
