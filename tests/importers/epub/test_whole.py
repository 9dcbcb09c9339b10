"""Nothing that the pages of a book show is lost, whatever the book does with them."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from urllib.parse import quote

import pytest

from reader.importers.epub.pages import sheets_of
from reader.importers.html.parsing import parse_html
from reader.model.document import Document
from tests.importers.epub.test_package import NAV, PNG, book, page, reading

NAMES = 'xmlns:epub="http://www.idpf.org/2007/ops" xmlns:m="http://www.w3.org/1998/Math/MathML"'


def opened(folder: Path, pages: dict[str, str], **more: str) -> Document:
    nav = more.pop("nav", "")
    others: dict[str, str | bytes] = {f"OPS/{k.replace('__', '.')}": v for k, v in more.items()}
    if nav:
        others["OPS/nav.xhtml"] = page(f'<nav epub:type="toc"><ol>{nav}</ol></nav>')
    return reading(folder, book(pages, others, NAV if nav else "")).document


def also(members: dict[str, str | bytes], *names: str) -> dict[str, str | bytes]:
    """The book with these items at the end of its spine."""
    lines = "".join(f'<itemref idref="{name}"/>' for name in names)
    package = str(members["OPS/p.opf"]).replace("</spine>", f"{lines}</spine>")
    return {**members, "OPS/p.opf": package}


def outline(document: Document) -> list[tuple[int, str]]:
    return [(section.level, section.title) for section in document.sections]


def test_a_title_of_the_contents_that_leads_nowhere_stands_above_its_lines(tmp_path: Path) -> None:
    pages = {
        "a.xhtml": page('<p>Before.</p><p id="s1">One.</p><p id="s2">Two.</p>'),
        "b.xhtml": page("<h1>Printed</h1><p>Words.</p>"),
        "c.xhtml": page("<p>No heading.</p>"),
    }
    document = opened(
        tmp_path,
        pages,
        nav='<li><span>Part one</span><ol><li><a href="a.xhtml#s1">First</a></li>'
        '<li><a href="a.xhtml#s2">Second</a></li></ol></li><li><span>Part two</span><ol><li>'
        '<span>Inner</span><ol><li><a href="b.xhtml#gone">Third</a></li></ol></li><li>'
        '<a href="c.xhtml">Fourth</a></li></ol></li><li><span>Empty</span></li>',
    )
    assert outline(document) == [
        (1, "Part one"),
        (2, "First"),
        (2, "Second"),
        (1, "Part two"),
        (2, "Inner"),
        (3, "Printed"),
        (2, "Fourth"),
    ]
    assert document.text.startswith("Before.\nPart one\nFirst\nOne.")
    assert document.left_out == ()


def test_a_title_over_a_place_that_no_heading_can_stand_at_begins_the_page(tmp_path: Path) -> None:
    pages = {"a.xhtml": page('<p>Words.</p><ul><li id="n">Item</li></ul>')}
    document = opened(
        tmp_path,
        pages,
        nav='<li><span>Part</span><ol><li><a href="a.xhtml#n">Line</a></li></ol></li>',
    )
    assert outline(document)[0] == (1, "Part")
    assert "Words.\n" in document.text


@pytest.mark.parametrize(
    "name", ["Chapter 1", "a&b", "c,d", "Caf\u00e9", "p+q", "x#y", "50%25", "Cafe\u0301"]
)
def test_pages_and_places_are_found_by_what_their_addresses_mean(name: str, tmp_path: Path) -> None:
    composed = quote(unicodedata.normalize("NFC", name))
    first = page(f'<p>See <a href="{composed}.xhtml#pl%61ce">there</a>.</p>')
    second = page('<p>Words.</p><p id="place">The place.</p>')
    line = f'<li><a href="{composed}.xhtml#place">Line</a></li>'
    nav = page(f'<nav epub:type="toc"><ol>{line}</ol></nav>')
    members = book(
        {"first.xhtml": first},
        {"OPS/nav.xhtml": nav, f"OPS/{name}.xhtml": second},
        f'{NAV}<item id="x" href="{quote(name)}.xhtml" media-type="application/xhtml+xml"/>',
    )
    document = reading(tmp_path, also(members, "x")).document
    assert outline(document) == [(1, "Line")]
    (link,) = (m for m in document.marks if m.kind == "link")
    assert document.text[int(link.target[1:]) :].startswith("The place.")


def test_a_switch_is_read_once_and_a_formula_first(tmp_path: Path) -> None:
    switch = (
        "<epub:switch><epub:case required-namespace='x'>{}</epub:case><epub:case>odd</epub:case>"
        "<epub:default><span>said</span></epub:default></epub:switch>"
    )
    math = "<m:math><m:mn>5</m:mn><m:mo>=</m:mo><m:mi>x</m:mi></m:math>"
    document = opened(
        tmp_path,
        {
            "a.xhtml": page(
                f"<p>A {switch.format(math)} b {switch.format('chem')} c.</p>"
                "<ops:switch><ops:case>only</ops:case></ops:switch>",
                f" {NAMES} xmlns:ops='o'",
            )
        },
    )
    assert document.text == "A 5 = x b said c.\nonly"


def test_notes_that_the_page_hides_are_reached_from_their_marks(tmp_path: Path) -> None:
    document = opened(
        tmp_path,
        {"a.xhtml": page(
            '<p>Give<a epub:type="noteref" href="#n">1</a>.</p><section epub:type="footnotes" '
            'hidden=""><aside epub:type="footnote" id="n" style="display:none"><p>Max 4 g.</p>'
            "</aside></section>"
        )},
    )  # fmt: skip
    (mark,) = (m for m in document.marks if m.kind == "reference_mark")
    assert document.text[int(mark.target[1:]) :].startswith("Max 4 g.")


def test_pages_outside_the_order_that_links_lead_to_are_read(tmp_path: Path) -> None:
    items = '<item id="x" href="x.xhtml" media-type="application/xhtml+xml"/>'
    content = book(
        {"a.xhtml": page('<p>See <a href="x.xhtml#n">x</a>.</p>')},
        {
            "OPS/x.xhtml": page('<p id="n">Beyond.</p><p><a href="a.xhtml">Back</a></p>'),
            "OPS/y.xhtml": page("<p>Nobody leads here.</p>"),
        },
        items + '<item id="y" href="y.xhtml" media-type="application/xhtml+xml"/>',
    )
    document = reading(tmp_path, content).document
    assert document.text == "See x.\nBeyond.\nBack"


def test_pages_of_other_kinds_are_shown_or_said(tmp_path: Path) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>Dose 5</text></svg>'
    content = book(
        {"a.xhtml": page("<p>Words.</p>")},
        {"OPS/d.svg": drawing, "OPS/p.png": PNG, "OPS/t.pdf": "%PDF", "OPS/bad.svg": "<svg"},
        '<item id="d" href="d.svg" media-type="image/svg+xml"/>'
        '<item id="p" href="p.png" media-type="image/png"/>'
        '<item id="t" href="t.pdf" media-type="application/pdf"/>'
        '<item id="b" href="bad.svg" media-type="image/svg+xml"/>',
    )
    made = reading(tmp_path, also(content, "d", "p", "t", "b"))
    figures = made.document.figures
    assert [(bool(f.asset), f.alternative) for f in figures] == [
        *((True, "Dose 5"), (True, ""), (False, ""))
    ]
    assert [(one.reason, one.words) for one in made.document.left_out] == [
        ("part of another kind", "t.pdf (application/pdf)")
    ]


def test_lists_of_pages_are_left_out_and_said(tmp_path: Path) -> None:
    document = opened(
        tmp_path,
        {"a.xhtml": page('<p>Words.</p><nav epub:type="page-list"><ol><li><a href="#p">12</a></li>'
                         "</ol></nav>")},
    )  # fmt: skip
    assert document.text == "Words."
    assert [(one.reason, one.words) for one in document.left_out] == [("page number", "12")]


def test_the_style_sheets_of_a_page_come_in_their_order_with_those_they_import() -> None:
    parts = {
        "OPS/css/a b.css": "@import 'more.css'; .a {}",
        "OPS/css/more.css": '@import url("a%20b.css"); .m {}',
        "OPS/x.css": ".x {}",
    }
    root = parse_html(
        "<html><head><link rel='stylesheet' href='../css/a%20b.css?v=1'/><style>.s {}</style>"
        "<link rel='alternate stylesheet' href='../x.css'/><link rel='icon' href='../x.css'/>"
        "<link rel='stylesheet' href='../gone.css'/></head><body></body></html>"
    )
    found = list(
        sheets_of(root, "OPS/t/a.xhtml", lambda n: parts[n].encode() if n in parts else None)
    )
    assert [sheet.split("{")[0].split(";")[-1].strip() for sheet in found][-3:] == [
        *(".a", ".s", ".x")
    ]
    assert any(".m" in sheet for sheet in found)
    many = parse_html("<link rel='stylesheet' href='x.css'>" * 60)
    assert len(list(sheets_of(many, "a", lambda _: b".x {}"))) == 50


SHEET = """/* .keep { display: none } */ @import "x.css"; @font-face { font-family: x }
.gone, p#away { display: none !important } .out .in { visibility: hidden } .shown{display:none}
div .shown { display: inline } @media print { .keep { display: none } }
@media screen { .small { display: none } } .neg::before { content: "\\2212" }
.unit:after { content: ' mg'; color: red } .unit2::after { content: " mL" }
li::before { content: "• " } a[href]::after { content: "odd" } .q::before { content: counter(x) }
p:first-child { display: none } .bad::before { content: "\\d800" }
.esc::before { content: "\\"5\\" " }"""


def test_what_a_style_sheet_hides_is_listed_and_what_it_prints_is_read(tmp_path: Path) -> None:
    body = page(
        '<p class="gone">One.</p><p id="away">Two.</p><div class="out"><p><i class="in">Three</i>'
        '<b class="shown">Four</b></p></div><p class="keep">Five <i class="small">six</i> '
        '<span class="neg">3</span> <span class="unit">7</span> <span class="unit2"><b>8</b></span>'
        ' <span class="esc">9</span> <span class="gone" style="display:inline">ten</span></p>'
        '<ul><li class="bad q">Item</li></ul>'
    ).replace("<head>", '<head><link rel="stylesheet" href="s.css"/>')
    document = reading(tmp_path, book({"a.xhtml": body}, {"OPS/s.css": SHEET})).document
    assert document.text == 'Four\nFive \u22123 7 mg 8 mL "5" 9 ten\nItem'
    assert [(one.reason, one.words) for one in document.left_out] == [
        *(("hidden text", words) for words in ("One.", "Two.", "Three", "six"))
    ]


def test_signs_of_a_style_sheet_are_marks_and_every_table_is_one(tmp_path: Path) -> None:
    body = page(
        '<p>Below 10<span class="up">9</span>/L, CO<span class="down">2</span>, <span class="del">'
        "500</span> 50 mg.</p><table><tr><td>A</td><td/><td>9 mg</td></tr></table>"
    ).replace("<head>", '<head><link rel="stylesheet" href="css/s.css"/>')
    sheet = (
        ".up { vertical-align: super } .down { vertical-align: sub } "
        ".del { text-decoration: line-through }"
    )
    document = reading(tmp_path, book({"a.xhtml": body}, {"OPS/css/s.css": sheet})).document
    signs = {m.kind: m.span.cut(document.text) for m in document.marks}
    assert signs == {"sup": "9", "sub": "2", "strike": "500"}
    (table,) = document.tables
    assert [(c.column, c.span.cut(document.text)) for c in table.cells] == [
        *((0, "A"), (1, ""), (2, "9 mg"))
    ]
    assert document.left_out == ()
