"""Word files keep headings, lists, tables, notes, pictures and formulas."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.shared import Inches

from reader.importers.docx.read import read
from reader.importers.result import ImportResult
from reader.problem import Problem
from tests.hostile.packed import word
from tests.importers.html.test_mhtml import PIXEL

FORMULA = (
    "<w:p><w:r><w:t>Energy </w:t></w:r>"
    "<m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'><m:r><m:t>E=mc"
    "</m:t></m:r></m:oMath><w:r><w:t> is known.</w:t></w:r></w:p><w:p>"
    "<m:oMathPara xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'><m:oMath>"
    "<m:r><m:t>a+b</m:t></m:r></m:oMath></m:oMathPara></w:p>"
)
STYLES = """<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:style w:type="paragraph" w:styleId="Chapter"><w:name w:val="Our chapter"/>
<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Part"><w:name w:val="Our part"/><w:basedOn w:val="Sub"/>
</w:style>
<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Our sub"/>
<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>
<w:style w:type="paragraph" w:styleId="Body"><w:basedOn w:val="Nowhere"/></w:style></w:styles>"""


def saved(tmp_path: Path, made: WordDocument | bytes) -> ImportResult:
    path = tmp_path / "letter.docx"
    if isinstance(made, bytes):
        path.write_bytes(made)
    else:
        made.save(str(path))
    return read(path)


def paragraph(text: str, style: str = "") -> str:
    properties = f"<w:pPr><w:pStyle w:val='{style}'/></w:pPr>" if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def test_headings_lists_tables_and_pictures(tmp_path: Path) -> None:
    made = docx.Document()
    made.core_properties.title = ""
    made.core_properties.author = "Ada Berg; Bo Low"
    made.core_properties.language = "en-GB"
    made.add_heading("On doses", 0)
    made.add_heading("Methods", 1)
    run = made.add_paragraph("Half a tablet, ").add_run("never more")
    run.bold = True
    made.add_heading("In detail", 2)
    made.add_paragraph("First", style="List Bullet")
    made.add_paragraph("Second", style="List Bullet")
    table = made.add_table(rows=2, cols=2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"cell {number}"
    picture = tmp_path / "p.png"
    picture.write_bytes(PIXEL)
    made.add_picture(str(picture), width=Inches(1))
    reading = saved(tmp_path, made)
    document = reading.document
    assert document.title == "On doses"
    assert document.authors == ("Ada Berg", "Bo Low")
    assert document.language == "en"
    assert [(s.level, s.title) for s in document.sections] == [(1, "Methods"), (2, "In detail")]
    assert [b.kind for b in document.blocks].count("list_item") == 2
    (strong,) = [m for m in document.marks if m.span.cut(document.text) == "never more"]
    assert strong.kind == "strong"
    assert [c.span.cut(document.text) for c in document.tables[0].cells] == [
        f"cell {n}" for n in range(4)
    ]
    assert list(reading.assets.values()) == [PIXEL]


def test_styles_of_ones_own_are_headings_by_their_level(tmp_path: Path) -> None:
    body = paragraph("One", "Chapter") + paragraph("Two", "Part") + paragraph("text", "Body")
    document = saved(
        tmp_path, word(body, {"word/styles.xml": STYLES, **relations("styles", "styles.xml")})
    ).document
    assert [(s.level, s.title) for s in document.sections] == [(1, "One"), (2, "Two")]


def relations(kind: str, target: str) -> dict[str, str | bytes]:
    """What joins another part to the document."""
    return {
        "word/_rels/document.xml.rels": "<Relationships xmlns='http://schemas.openxmlformats.org/"
        "package/2006/relationships'><Relationship Id='r1' "
        "Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
        f"{kind}' Target='{target}'/></Relationships>"
    }


def test_formulas_are_text(tmp_path: Path) -> None:
    assert saved(tmp_path, word(FORMULA)).document.text == "Energy E = mc is known.\na + b"


def test_notes_come_with_their_marks(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>Said</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
        + paragraph("And more of it.")
    )
    notes = (
        "<w:footnotes xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
        "<w:footnote w:id='2'><w:p><w:r><w:t>By whom?</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    document = saved(
        tmp_path,
        word(body, {"word/footnotes.xml": notes, **relations("footnotes", "footnotes.xml")}),
    ).document
    (mark,) = [m for m in document.marks if m.kind == "reference_mark"]
    assert mark.target == f"#{document.text.index('By whom?')}"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (word(paragraph("x"), {"docProps/core.xml": "<broken"}), ""),
        (word(), "no text"),
        (word(paragraph("text"), {"word/styles.xml": "<w:styles"}), "is damaged"),
        (word("", {"word/document.xml": "<w:document"}), "is damaged"),
        (word("", {"word/document.xml": "<!DOCTYPE a><a/>"}), "what no Word file holds"),
    ],
)
def test_what_is_damaged(tmp_path: Path, content: bytes, said: str) -> None:
    if not said:
        assert saved(tmp_path, content).document.title == "letter"
        return
    with pytest.raises(Problem, match=said):
        saved(tmp_path, content)
