"""Books are read page by page in their order, with their pictures and the links between pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.importers.epub.read import read
from reader.importers.result import ImportResult
from reader.problem import Problem
from tests.hostile.packed import book
from tests.importers.html.test_mhtml import PIXEL

PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<metadata><dc:title>On doses</dc:title><dc:creator>Ada Berg</dc:creator>
<dc:creator>Bo Low</dc:creator>
<dc:date>2020-05-06T00:00</dc:date><dc:language>en-GB</dc:language><dc:rights>CC BY</dc:rights>
<dc:identifier>urn:doi:10.1234/book.1</dc:identifier></metadata><manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="one" href="text/one.xhtml" media-type="application/xhtml+xml"/>
<item id="two" href="text/two%20b.xhtml" media-type="application/xhtml+xml"/>
<item id="odd" href="odd.bin" media-type="application/odd" fallback="three"/>
<item id="three" href="text/three.xhtml" media-type="application/xhtml+xml"/>
<item id="p" href="p.png" media-type="image/png"/></manifest>
<spine><itemref idref="three" linear="no"/><itemref idref="one"/><itemref idref="two"/>
<itemref idref="odd"/><itemref idref="gone"/></spine></package>"""
ONE = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<body id="b"><h1>First</h1><p>See <a href="two%20b.xhtml#there">there</a>, <a href="two%20b.xhtml">
the page</a> or <a href="https://x.example/">outside</a><a epub:type="noteref" href="#n1">1</a>.
<a href="javascript:alert(1)">Not this</a></p>
<script>alert(1)</script><figure><img src="../p.png" alt="A picture"/><figcaption>Grey</figcaption>
</figure><aside epub:type="footnote" id="n1"><p>A note.</p></aside></body></html>"""
TWO = '<html><body><p>No heading.</p><p id="there">The place.</p></body></html>'
THREE = "<html><body><h2>Third</h2><p>Last of all.</p></body></html>"
NAV = """<html><body><nav><ol><li><a href="text/two%20b.xhtml">The second page</a></li>
<li><a href="text/one.xhtml#x">Inside</a></li></ol></nav></body></html>"""
NCX = """<ncx><navMap><navPoint><navLabel><text>By the old way</text></navLabel>
<content src="text/two%20b.xhtml"/></navPoint></navMap></ncx>"""
PAGES: dict[str, str | bytes] = {
    "a.opf": PACKAGE,
    "text/one.xhtml": ONE,
    "text/two b.xhtml": TWO,
    "text/three.xhtml": THREE,
    "nav.xhtml": NAV,
    "toc.ncx": NCX,
    "p.png": PIXEL,
}


def opened(tmp_path: Path, content: bytes) -> ImportResult:
    path = tmp_path / "book.epub"
    path.write_bytes(content)
    return read(path)


@pytest.fixture
def reading(tmp_path: Path) -> ImportResult:
    return opened(tmp_path, book(PAGES))


def test_what_the_package_says(reading: ImportResult) -> None:
    document = reading.document
    assert (document.title, document.authors) == ("On doses", ("Ada Berg", "Bo Low"))
    assert (document.publication.published, document.language) == ("2020-05-06", "en")
    assert (document.publication.licence, document.publication.doi) == ("CC BY", "10.1234/book.1")


def test_pages_come_in_their_order_and_those_without_a_heading_get_that_of_the_contents(
    reading: ImportResult,
) -> None:
    titles = [section.title for section in reading.document.sections]
    assert titles == ["First", "The second page", "Third"]
    assert "alert" not in reading.document.text
    assert reading.document.text.endswith("Last of all.")


def test_links_lead_from_page_to_page(reading: ImportResult) -> None:
    document = reading.document
    found = {m.span.cut(document.text): m.target for m in document.marks if m.kind == "link"}
    assert found["there"] == f"#{document.text.index('The place.')}"
    assert found["the page"] == f"#{document.text.index('The second page')}"
    assert found["outside"] == "https://x.example/"
    assert "Not this" not in found
    (note,) = [m for m in document.marks if m.kind == "reference_mark"]
    assert note.target == f"#{document.text.index('A note.')}"


def test_pictures_are_those_of_the_book(reading: ImportResult) -> None:
    (figure,) = reading.document.figures
    assert reading.assets == {figure.asset: PIXEL}


def test_contents_of_the_old_kind_and_damaged_ones(tmp_path: Path) -> None:
    document = opened(tmp_path, book({**PAGES, "nav.xhtml": "<broken"})).document
    assert [section.title for section in document.sections][1] == "By the old way"


def test_many_pages_are_a_book(tmp_path: Path) -> None:
    names = [f"p{n}" for n in range(5)]
    items = "".join(
        f"<item id='{n}' href='{n}.xhtml' media-type='application/xhtml+xml'/>" for n in names
    )
    spine = "".join(f"<itemref idref='{n}'/>" for n in names)
    package = f"<package><metadata/><manifest>{items}</manifest><spine>{spine}</spine></package>"
    pages: dict[str, str | bytes] = {f"{n}.xhtml": f"<p>Page {n}</p>" for n in names}
    document = opened(tmp_path, book({"a.opf": package, **pages})).document
    assert document.kind == "book"
    assert document.title == "book"


@pytest.mark.parametrize(
    ("algorithm", "opens"),
    [
        ("http://www.idpf.org/2008/embedding", True),
        ("http://www.w3.org/2001/04/xmlenc#aes256-cbc", False),
    ],
)
def test_fonts_may_be_hidden_but_pages_not(tmp_path: Path, algorithm: str, opens: bool) -> None:
    hidden = f"<encryption><EncryptionMethod Algorithm='{algorithm}'/></encryption>"
    content = book({**PAGES, "META-INF/encryption.xml": hidden})
    if opens:
        assert opened(tmp_path, content).document.title == "On doses"
    else:
        with pytest.raises(Problem, match="protected against copying"):
            opened(tmp_path, content)


def test_a_page_is_read_in_the_letters_that_it_says(tmp_path: Path) -> None:
    page = '<?xml version="1.0" encoding="windows-1251"?><html><body><p>Доза</p></body></html>'
    made = opened(tmp_path, book({"p.xhtml": page.encode("cp1251")})).document
    assert made.text == "Доза"


def test_lines_that_the_style_of_a_book_keeps_stay_lines(tmp_path: Path) -> None:
    page = "<html><body><p style='white-space: pre-line'>Give 1 mg\nGive 3 mg</p></body></html>"
    assert opened(tmp_path, book({"p.xhtml": page})).document.text == "Give 1 mg\nGive 3 mg"


def test_a_page_that_is_a_drawing_keeps_its_powers(tmp_path: Path) -> None:
    item = "<item id='p' href='p.svg' media-type='image/svg+xml'/>"
    package = (
        "<package xmlns='http://www.idpf.org/2007/opf'><metadata/><manifest>"
        f"{item}<item id='q' href='p.xhtml' media-type='application/xhtml+xml'/></manifest>"
        "<spine><itemref idref='q'/><itemref idref='p'/></spine></package>"
    )
    drawing = (
        "<svg xmlns='http://www.w3.org/2000/svg'><text>10<tspan dy='-4'>9</tspan></text></svg>"
    )
    made = opened(tmp_path, book({"a.opf": package, "p.svg": drawing})).document
    assert [figure.alternative for figure in made.figures] == ["10⁹"]


def test_a_book_whose_container_names_the_wrong_package_opens(tmp_path: Path) -> None:
    container = (
        "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles>"
        "<rootfile full-path='OPS/wrong.opf'/></rootfiles></container>"
    )
    made = opened(tmp_path, book({"META-INF/container.xml": container})).document
    assert made.text == "The only page."
