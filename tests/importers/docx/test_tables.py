"""Tables of Word files are tables, each cell in its place and with all that is in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.importers.docx.read import read
from reader.importers.result import ImportResult
from reader.model.document import Document, Table
from tests.importers.docx.test_numbering import item, level, lists
from tests.importers.html.test_mhtml import PIXEL
from tests.importers.word_files import paragraph, word_file

BOLD = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r></w:p>"


def cell(inside: str, more: str = "") -> str:
    inside = inside if inside.startswith("<") else paragraph(inside)
    return f"<w:tc><w:tcPr>{more}</w:tcPr>{inside}</w:tc>"


def row(*cells: str, more: str = "") -> str:
    made = "".join(one if one.startswith("<w:tc>") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{more}</w:trPr>{made}</w:tr>"


def table(*rows: str, more: str = "") -> str:
    return f"<w:tbl><w:tblPr>{more}</w:tblPr>{''.join(rows)}</w:tbl>"


def reading_of(folder: Path, body: str, styles: str = "", **more: str | bytes) -> ImportResult:
    path = folder / "a.docx"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    related = f'<Relationship Id="p" Type="{kind}" Target="media/a.png"/>'
    parts: dict[str, str | bytes] = {"word/media/a.png": PIXEL, **more}
    path.write_bytes(word_file(body, styles=styles, related=related, more=parts))
    return read(path)


def grid(document: Document, which: int = 0) -> list[tuple[int, int, int, int, str]]:
    found: Table = document.tables[which]
    return [
        (c.row, c.column, c.row_span, c.column_span, c.span.cut(document.text)) for c in found.cells
    ]


def test_cells_that_span_and_rows_that_begin_late(tmp_path: Path) -> None:
    made = table(
        row("Age", cell("Dose", '<w:gridSpan w:val="2"/>')),
        row(cell("Child", '<w:vMerge w:val="restart"/>'), "Day", "5 mg"),
        row(cell("<w:p/>", "<w:vMerge/>"), "Night", "10 mg"),
        row("late", more='<w:gridBefore w:val="2"/>'),
        row(
            cell("both", '<w:hMerge w:val="restart"/>'),
            cell("<w:p/>", "<w:hMerge/>"),
            cell("alone", "<w:vMerge/>"),
        ),
        "<w:tr/>",
    )
    assert grid(reading_of(tmp_path, made).document) == [
        (0, 0, 1, 1, "Age"), (0, 1, 1, 2, "Dose"),
        (1, 0, 2, 1, "Child"), (1, 1, 1, 1, "Day"), (1, 2, 1, 1, "5 mg"),
        (2, 1, 1, 1, "Night"), (2, 2, 1, 1, "10 mg"),
        (3, 2, 1, 1, "late"),
        (4, 0, 1, 2, "both"), (4, 2, 1, 1, "alone"),
    ]  # fmt: skip


def test_rows_and_cells_in_controls_stay_in_their_places(tmp_path: Path) -> None:
    wrapped = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    made = (
        f"<w:tbl><w:tr>{cell('A')}{wrapped.format(cell('15 mg/kg'))}{cell('5 mg/kg')}</w:tr>"
        f"{wrapped.format(row('B', '20 mg/kg', '10 mg/kg'))}"
        f"<w:customXml>{row('C', '1', '2')}</w:customXml></w:tbl>"
    )
    assert [c[4] for c in grid(reading_of(tmp_path, made).document)] == [
        "A", "15 mg/kg", "5 mg/kg", "B", "20 mg/kg", "10 mg/kg", "C", "1", "2",
    ]  # fmt: skip


def test_what_is_deleted_hidden_or_covered_is_listed(tmp_path: Path) -> None:
    made = table(
        row("Drug", "Dose"),
        row("Old drug", "500 mg", more="<w:del/>"),
        row("Secret", "1 mg", more="<w:hidden/>"),
        row(cell("New", '<w:vMerge w:val="restart"/>'), cell("gone", "<w:cellDel/>")),
        row(cell("under", "<w:vMerge/>"), "50 mg"),
    )
    document = reading_of(tmp_path, made).document
    assert [c[4] for c in grid(document)] == ["Drug", "Dose", "New", "50 mg"]
    assert [(o.reason, o.words) for o in document.left_out] == [
        ("deleted text", "Old drug 500 mg"),
        ("hidden text", "Secret 1 mg"),
        ("deleted text", "gone"),
        ("hidden text", "under"),
    ]


def test_one_cell_is_a_table_too(tmp_path: Path) -> None:
    made = table(row("WARNING: never together.")) + table(row("a", "b")) + table(row("c"), row("d"))
    document = reading_of(tmp_path, made + table(row("<w:p/>"))).document
    assert [b.kind for b in document.blocks] == ["table"] * 4


def headers(document: Document) -> list[bool]:
    return [c.header for c in document.tables[0].cells]


def test_header_rows(tmp_path: Path) -> None:
    style = (
        '<w:style w:type="table" w:styleId="T"><w:name w:val="t"/><w:tblStylePr w:type="firstRow">'
        "<w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>"
    )
    rows = row("a", "b"), row("c", "d")
    named = table(row("a", "b", more="<w:tblHeader/>"), rows[1])
    assert headers(reading_of(tmp_path, named).document) == [True, True, False, False]
    styled = table(*rows, more='<w:tblStyle w:val="T"/><w:tblLook w:val="04A0"/>')
    assert headers(reading_of(tmp_path, styled, style).document) == [True, True, False, False]
    plain = table(*rows, more='<w:tblStyle w:val="T"/><w:tblLook w:val="zz"/>')
    assert headers(reading_of(tmp_path, plain, style).document) == [False] * 4
    bold = table(row(BOLD.format("a"), BOLD.format("b")), rows[1])
    assert headers(reading_of(tmp_path, bold).document) == [True, True, False, False]
    all_bold = table(*[row(BOLD.format("a"), BOLD.format("b"))] * 2)
    assert headers(reading_of(tmp_path, all_bold).document) == [False] * 4


def test_the_line_before_a_table_is_its_title(tmp_path: Path) -> None:
    body = (
        paragraph("Table 1. Doses")
        + "<w:p/>"
        + table(row("a"))
        + paragraph("Text")
        + table(row("b"))
    )
    document = reading_of(tmp_path, body).document
    captions = [t.caption.cut(document.text) if t.caption else "" for t in document.tables]
    assert captions == ["Table 1. Doses", ""]
    styles = '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="caption"/></w:style>'
    named = paragraph("Figure 1. No title of a table", "C") + table(row("a"))
    assert reading_of(tmp_path, named, styles).document.tables[0].caption is None


PICTURE = (
    "<w:p><w:r><w:drawing><wp:inline><wp:docPr id='1' name='n' descr='a chart of doses'/>"
    "<a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed='p'/></pic:blipFill>"
    "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)
FORMULA = (
    "<w:p><m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r>"
    "</m:den></m:f></m:oMath></w:p>"
)


def test_a_cell_holds_paragraphs_lists_pictures_and_formulas(tmp_path: Path) -> None:
    inside = paragraph("First.") + item("point") + PICTURE + FORMULA + "<w:p/>"
    reading = reading_of(
        tmp_path,
        table(row("a", cell(inside))) + paragraph("After."),
        **{"word/numbering.xml": lists(level(0, "%1."))},
    )
    document = reading.document
    assert [
        (b.kind, b.label, b.span.cut(document.text)) for b in document.inner_blocks
    ] == [
        ("paragraph", "", "First."),
        ("list_item", "1.", "point"),
        ("figure", "", ""),
        ("paragraph", "", "1/2"),
    ]  # fmt: skip
    assert document.figures[0].alternative == "a chart of doses"
    assert [f.span.cut(document.text) for f in document.formulas] == ["1/2"]
    assert list(reading.assets.values()) == [PIXEL]


def test_tables_in_cells_keep_their_cells(tmp_path: Path) -> None:
    innermost = table(row("x", "y"))
    inner = table(
        row("5 mg", cell(paragraph("two") + item("lines"))), row(cell(innermost), cell(PICTURE))
    )
    body = table(row("a", cell(paragraph("see") + inner + "<w:p/>")))
    document = reading_of(tmp_path, body, **{"word/numbering.xml": lists(level(0, "%1."))}).document
    assert len(document.tables) == 2
    inside = next(t for t in document.tables if t.id.endswith("i"))
    assert [(c.row, c.column, c.span.cut(document.text)) for c in inside.cells] == [
        (0, 0, "5 mg"),
        (0, 1, "two\n1. lines"),
        (1, 0, "x\ny"),
        (1, 1, "a chart of doses"),
    ]


def test_a_heading_in_a_table_begins_no_section(tmp_path: Path) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    body = paragraph("Dosing", "H1") + table(row(cell(paragraph("Drug", "H1")), "Dose"))
    document = reading_of(tmp_path, body, styles).document
    assert [s.title for s in document.sections] == ["Dosing"]
    assert [c[4] for c in grid(document)] == ["Drug", "Dose"]


STRUCK = (
    '<w:style w:type="table" w:default="1" w:styleId="Plain"><w:name w:val="Normal Table"/>'
    '</w:style><w:style w:type="table" w:styleId="Base"><w:name w:val="Base"/><w:tblPr>'
    '<w:tblStyleRowBandSize w:val="2"/></w:tblPr>{whole}</w:style>'
    '<w:style w:type="table" w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="Base"/>'
    '<w:tblStylePr w:type="{part}"><w:rPr>{looks}</w:rPr></w:tblStylePr></w:style>'
)
ALL_PARTS = '<w:tblStyle w:val="Own"/><w:tblLook w:val="01E0"/>'


def marked(folder: Path, part: str, looks: str, more: str = ALL_PARTS, whole: str = "") -> str:
    """The cells of a table of five rows whose letters a table style marks."""
    rows = [row(*(f"{letter}{i}" for letter in "abcd")) for i in range(5)]
    styles = STRUCK.format(part=part, looks=looks, whole=whole)
    document = reading_of(folder, table(*rows, more=more), styles).document
    return " ".join(m.span.cut(document.text) for m in document.marks if m.kind != "strong")


@pytest.mark.parametrize(
    ("part", "cells"),
    [
        ("firstRow", "a0 b0 c0 d0"),
        ("lastRow", "a4 b4 c4 d4"),
        ("firstCol", "a0 a1 a2 a3 a4"),
        ("lastCol", "d0 d1 d2 d3 d4"),
        ("band2Horz", "a3 b3 c3 d3"),
        ("band2Vert", "c0 c1 c2 c3 c4"),
        ("nwCell", "a0"),
        ("seCell", "d4"),
        ("wholeTable", " ".join(f"{letter}{i}" for i in range(5) for letter in "abcd")),
    ],
)
def test_what_a_table_style_strikes_is_struck(part: str, cells: str, tmp_path: Path) -> None:
    assert marked(tmp_path, part, "<w:strike/>") == cells
    assert marked(tmp_path, part, '<w:vertAlign w:val="superscript"/>') == cells


def test_a_table_takes_only_the_conditions_that_it_names(tmp_path: Path) -> None:
    none = '<w:tblStyle w:val="Own"/><w:tblLook w:val="0600" w:firstRow="0"/>'
    for part in ("firstRow", "band1Horz", "lastCol"):
        assert marked(tmp_path, part, "<w:strike/>", none) == ""
    assert marked(tmp_path, "firstRow", "<w:strike/>", "") == ""
    named = '<w:tblStyle w:val="Own"/><w:tblLook w:firstRow="1" w:noHBand="1" w:noVBand="1"/>'
    assert marked(tmp_path, "firstRow", "<w:strike/>", named) == "a0 b0 c0 d0"
    whole = "<w:rPr><w:strike/></w:rPr>"
    off = '<w:strike w:val="0"/>'
    assert marked(tmp_path, "firstRow", off, whole=whole).startswith("a1 b1")


def test_what_a_table_style_hides_is_listed(tmp_path: Path) -> None:
    styles = STRUCK.format(part="lastRow", looks="<w:vanish/>", whole="")
    inner = table(row("kept"), more="") + paragraph("gone")
    made = table(row("Drug", "Dose"), row("A", cell(inner)), more=ALL_PARTS) + paragraph("After.")
    document = reading_of(tmp_path, made, styles).document
    assert [(o.reason, o.words) for o in document.left_out if o.reason == "hidden text"] == [
        ("hidden text", "A"),
        ("hidden text", "gone"),
    ]
    assert "kept" in document.text
    assert document.text.endswith("After.")
