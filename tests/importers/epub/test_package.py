from __future__ import annotations

import struct
from pathlib import Path

import pytest

from reader.importers.epub.read import read
from reader.importers.result import ImportResult
from reader.problem import Problem
from tests.importers.archives import zipped

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 300, 200) + b"\x08\x06" * 4
CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OPS/p.opf"/></rootfiles></container>"""
FACTS = """<dc:title>Fever</dc:title><dc:creator>A. Writer</dc:creator>
<dc:date>2021-03-04T00:00Z</dc:date>
<dc:language>en-GB</dc:language><dc:rights>CC BY</dc:rights>
<dc:identifier>doi:10.1000/x1</dc:identifier>"""
NAV = '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'


def page(body: str, more: str = "") -> str:
    return (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title>t</title></head><body{more}>{body}</body></html>"
    )


def package(items: str, spine: str, facts: str = FACTS) -> str:
    return (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata>{facts}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )


def book(
    pages: dict[str, str], more: dict[str, str | bytes] | None = None, items: str = ""
) -> dict[str, str | bytes]:
    """The members of a book of these pages."""
    listed = "".join(
        f'<item id="i{i}" href="{name}" media-type="application/xhtml+xml"/>'
        for i, name in enumerate(pages)
    )
    spine = "".join(f'<itemref idref="i{i}"/>' for i in range(len(pages)))
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OPS/p.opf": package(listed + items, spine),
        **{f"OPS/{name}": content for name, content in pages.items()},
        **(more or {}),
    }


def reading(folder: Path, members: dict[str, str | bytes]) -> ImportResult:
    path = folder / "a.epub"
    path.write_bytes(zipped(members))
    return read(path)


def refused(folder: Path, members: dict[str, str | bytes]) -> str:
    with pytest.raises(Problem) as caught:
        reading(folder, members)
    return caught.value.sentence


def test_pages_follow_each_other_as_the_spine_says(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        book({"a.xhtml": page("<h1>One</h1><p>First.</p>"), "b.xhtml": page("<p>Next.</p>")}),
    ).document
    assert found.text == "One\nFirst.\nNext."
    assert (found.title, found.authors, found.publication.published) == (
        "Fever",
        ("A. Writer",),
        "2021-03-04",
    )
    assert (found.language, found.publication.licence, found.publication.doi) == (
        "en",
        "CC BY",
        "10.1000/x1",
    )
    assert [s.title for s in found.sections] == ["One"]


def test_links_lead_to_places_in_other_pages(tmp_path: Path) -> None:
    pages = {
        "a.xhtml": page(
            '<p><a href="b.xhtml#n">to it</a> <a href="b.xhtml">page</a> <a href="#here">own</a> '
            '<a href="https://example.org/">out</a> <a href="javascript:x()">bad</a> '
            '<a href="gone.xhtml#n">lost</a></p><p id="here">Here.</p>'
        ),
        "b.xhtml": page('<p>Page.</p><p id="n">There.</p>', ' id="body"'),
    }
    found = reading(tmp_path, book(pages)).document
    links = {found.text[m.span.start : m.span.end]: m.target for m in found.marks}
    assert links == {
        "to it": f"#{found.text.index('There.')}",
        "page": f"#{found.text.index('Page.')}",
        "own": f"#{found.text.index('Here.')}",
        "out": "https://example.org/",
    }


def test_the_navigation_names_pages_without_a_heading(tmp_path: Path) -> None:
    nav = page(
        '<nav epub:type="toc"><ol><li><a href="a.xhtml">Chapter one</a></li>'
        '<li><a href="b.xhtml#x">Within</a></li></ol></nav>'
    )
    pages = {"a.xhtml": page("<p>First.</p>"), "b.xhtml": page("<h2>Own</h2><p>Next.</p>")}
    found = reading(tmp_path, book(pages, {"OPS/nav.xhtml": nav}, NAV)).document
    assert found.text == "Chapter one\nFirst.\nOwn\nNext."


def test_the_older_navigation_serves_too(tmp_path: Path) -> None:
    ncx = (
        "<ncx><navMap><navPoint><navLabel><text>Chapter one</text></navLabel>"
        '<content src="a.xhtml"/></navPoint><navPoint/></navMap></ncx>'
    )
    item = '<item id="n" href="n.ncx" media-type="application/x-dtbncx+xml"/>'
    found = reading(
        tmp_path, book({"a.xhtml": page("<p>First.</p>")}, {"OPS/n.ncx": ncx}, item)
    ).document
    assert found.text == "Chapter one\nFirst."


def test_a_damaged_navigation_does_no_harm(tmp_path: Path) -> None:
    pages = {"a.xhtml": page("<p>First.</p>")}
    assert reading(tmp_path, book(pages, {"OPS/nav.xhtml": "<nav"}, NAV)).document.text == "First."


def test_pictures_come_from_the_book_alone(tmp_path: Path) -> None:
    body = (
        '<p>Words.</p><img src="i/a%20b.png" alt="inside"/><img src="https://x.org/x.png" alt=""/>'
        '<img src="../../../etc/passwd" alt=""/><img src="i/none.png" alt=""/>'
    )
    found = reading(tmp_path, book({"a.xhtml": page(body)}, {"OPS/i/a b.png": PNG}))
    assert list(found.assets.values()) == [PNG]
    assert found.document.figures[0].alternative == "inside"
    assert (found.document.figures[0].width_px, found.document.figures[0].height_px) == (300, 200)


def test_scripts_are_left_out(tmp_path: Path) -> None:
    body = "<script>bad()</script><p onclick='bad()'>Words.</p><style>p {}</style>"
    assert reading(tmp_path, book({"a.xhtml": page(body)})).document.text == "Words."


def test_footnotes_are_notes_with_marks(tmp_path: Path) -> None:
    body = (
        '<p>A claim<a epub:type="noteref" href="#f1">1</a> stands.</p>'
        '<aside epub:type="footnote" id="f1"><p>Its ground.</p></aside>'
    )
    found = reading(tmp_path, book({"a.xhtml": page(body)})).document
    assert [m.target for m in found.marks if m.kind == "reference_mark"] == [
        f"#{found.text.index('Its ground.')}"
    ]


def test_a_number_printed_before_a_note_is_its_label_where_the_text_has_a_star(
    tmp_path: Path,
) -> None:
    pages = {
        "a.xhtml": page(
            '<p id="l1">A line<a epub:type="noteref" href="#f1">*</a></p>'
            '<p id="l2">Next<a epub:type="noteref" href="#f2">*</a></p>'
            '<section epub:type="footnotes"><aside epub:type="footnote" id="f1">'
            '<p><a href="#l1">23.</a> One ground.</p></aside><aside epub:type="footnote" id="f2">'
            '<p><a href="#l2">31.</a> Another.</p></aside></section>'
        )
    }
    found = reading(tmp_path, book(pages)).document
    assert [b.label for b in found.blocks if b.kind == "note"] == ["23", "31"]
    assert "One ground." in found.text


def test_a_page_of_another_kind_is_read_by_its_fallback(tmp_path: Path) -> None:
    items = (
        '<item id="x" href="x.bin" media-type="a/b" fallback="y"/>'
        '<item id="y" href="y.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="c" href="c.bin" media-type="a/b" fallback="d"/>'
        '<item id="d" href="d.bin" media-type="a/b" fallback="c"/>'
    )
    members = book({"y.xhtml": page("<p>Words.</p>")})
    spine = '<itemref idref="x"/><itemref idref="c"/><itemref idref="gone"/>'
    members["OPS/p.opf"] = package(items, spine, "")
    found = reading(tmp_path, members).document
    assert (found.text, found.title, found.kind) == ("Words.", "a", "article")


def test_what_is_outside_the_order_comes_last(tmp_path: Path) -> None:
    members = book({"a.xhtml": page("<p>Aside.</p>"), "b.xhtml": page("<p>Main.</p>")})
    said = str(members["OPS/p.opf"]).replace('idref="i0"', 'idref="i0" linear="no"')
    assert reading(tmp_path, members | {"OPS/p.opf": said}).document.text == "Main.\nAside."


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"META-INF/rights.xml": "<rights/>"}, "is protected against copying"),
        (
            {"META-INF/encryption.xml": '<e><EncryptionMethod Algorithm="aes"/></e>'},
            "is protected against copying",
        ),
        ({"META-INF/container.xml": "<container/>"}, "does not say where its pages are"),
        ({"META-INF/container.xml": "<container"}, "is damaged"),
        ({"OPS/p.opf": "<package/>"}, "holds no text"),
        ({"OPS/p.opf": "words"}, "is damaged"),
        ({"OPS/a.xhtml": page("<script>x</script>")}, "holds no text"),
    ],
)
def test_what_cannot_be_read_is_told(
    tmp_path: Path, more: dict[str, str | bytes], said: str
) -> None:
    assert said in refused(tmp_path, book({"a.xhtml": page("<p>Words.</p>")}) | more)


def test_hidden_fonts_are_no_protection(tmp_path: Path) -> None:
    font = '<e><EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/></e>'
    members = book({"a.xhtml": page("<p>Words.</p>")}, {"META-INF/encryption.xml": font})
    assert reading(tmp_path, members).document.text == "Words."


def test_a_page_nested_without_end_keeps_its_words(tmp_path: Path) -> None:
    deep = page("<div>" * 3000 + "Words." + "</div>" * 3000)
    assert reading(tmp_path, book({"a.xhtml": deep})).document.text == "Words."


def test_a_book_without_a_spine_is_read_in_the_order_of_its_list(tmp_path: Path) -> None:
    members = book({"b.xhtml": page("<p>First.</p>"), "a.xhtml": page("<p>Next.</p>")})
    members["OPS/p.opf"] = str(members["OPS/p.opf"]).split("<spine>")[0] + "<spine/></package>"
    assert reading(tmp_path, members).document.text.split() == ["First.", "Next."]


def test_pages_of_the_contents_outside_the_spine_are_read(tmp_path: Path) -> None:
    listed = '<item id="x" href="x.xhtml" media-type="application/xhtml+xml"/>'
    more: dict[str, str | bytes] = {
        "OPS/x.xhtml": page("<p>Outside.</p>"),
        "OPS/nav.xhtml": page(
            "<nav epub:type='toc'><ol><li><a href='x.xhtml'>X</a></li></ol></nav>"
        ),
    }
    document = reading(
        tmp_path, book({"a.xhtml": page("<p>Inside.</p>")}, more, NAV + listed)
    ).document
    assert document.text.split() == ["Inside.", "X", "Outside."]


def test_pages_that_nothing_leads_to_are_listed(tmp_path: Path) -> None:
    listed = "".join(
        f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>'
        for name in ("x", "gone")
    )
    more: dict[str, str | bytes] = {"OPS/x.xhtml": page("<p>Never 5 mg.</p>")}
    document = reading(tmp_path, book({"a.xhtml": page("<p>Inside.</p>")}, more, listed)).document
    assert [(one.reason, one.words) for one in document.left_out] == [
        ("hidden text", "Never 5 mg.")
    ]


def test_the_page_of_a_frame_is_read_in_its_place(tmp_path: Path) -> None:
    listed = '<item id="x" href="x.xhtml" media-type="application/xhtml+xml"/>'
    frames = "<p>a</p><iframe src='x.xhtml'></iframe><iframe src='no.xhtml'></iframe><p>b</p>"
    more: dict[str, str | bytes] = {"OPS/x.xhtml": page("<p>Framed.</p>")}
    document = reading(tmp_path, book({"a.xhtml": page(frames)}, more, listed)).document
    assert document.text.split() == ["a", "Framed.", "b"]
    assert not document.left_out


def test_pages_that_are_not_in_the_file_are_named(tmp_path: Path) -> None:
    members = book({"a.xhtml": page("<p>Inside.</p>"), "b.xhtml": page("<p>x</p>")})
    del members["OPS/b.xhtml"]
    document = reading(tmp_path, members).document
    assert document.warnings == ("“b.xhtml” is a page of this book and is not in its file.",)


def test_another_form_of_the_book_is_listed(tmp_path: Path) -> None:
    container = CONTAINER.replace("</rootfiles>", "<rootfile full-path='OPS/q.opf'/></rootfiles>")
    members = book({"a.xhtml": page("<p>Inside.</p>")}, {"META-INF/container.xml": container})
    document = reading(tmp_path, members).document
    assert [one.words for one in document.left_out] == ["q.opf (another form of the book)"]
