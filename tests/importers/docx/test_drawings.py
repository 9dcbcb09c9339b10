"""Pictures, shapes, charts and objects of Word files are shown, or named and listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.importers.docx.read import read
from reader.importers.result import ImportResult
from tests.importers.html.test_mhtml import PIXEL
from tests.importers.word_files import paragraph, part, word_file

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_A = "http://schemas.openxmlformats.org/drawingml/2006/"
VML = "urn:schemas-microsoft-com:vml"
O = "urn:schemas-microsoft-com:office:office"  # noqa: E741
RELATED = "".join(
    f'<Relationship Id="{name}" Type="{_OFFICE}{kind}" Target="{target}"{more}/>'
    for name, kind, target, more in [
        ("png", "image", "media/a.png", ""),
        ("emf", "image", "media/b.emf", ""),
        ("away", "image", "file:///etc/passwd", ' TargetMode="External"'),
        ("chart", "chart", "charts/c.xml", ""),
        ("dm", "diagramData", "diagrams/d.xml", ""),
        ("bad", "chart", "charts/none.xml", ""),
        ("html", "aFChunk", "chunk.htm", ""),
        ("mht", "aFChunk", "chunk.mht", ""),
        ("czech", "aFChunk", "czech.htm", ""),
        ("mail", "aFChunk", "czech.mht", ""),
        ("empty", "aFChunk", "empty.mht", ""),
        ("txt", "aFChunk", "chunk.txt", ""),
        ("docx", "aFChunk", "chunk.docx", ""),
        ("rtf", "aFChunk", "chunk.rtf", ""),
        ("sub", "subDocument", "chapter.docx", ' TargetMode="External"'),
    ]
)
CHART = (
    f'<c:chartSpace xmlns:c="{_A}chart" xmlns:a="{_A}main"><c:title><a:t>Levels</a:t></c:title>'
    "<c:ser><c:v>Day 1</c:v><c:v>4.5</c:v></c:ser></c:chartSpace>"
)
DIAGRAM = (
    f'<dgm:dataModel xmlns:dgm="{_A}diagram" xmlns:a="{_A}main">'
    "<dgm:pt><a:t>Call for help</a:t></dgm:pt><dgm:pt type='pres'><a:t>no</a:t></dgm:pt>"
    "<dgm:pt><a:t>Start CPR</a:t></dgm:pt></dgm:dataModel>"
)


def reading_of(folder: Path, body: str, styles: str = "") -> ImportResult:
    path = folder / "a.docx"
    more: dict[str, str | bytes] = {
        "word/media/a.png": PIXEL,
        "word/media/b.emf": b"\x01\x00\x00\x00" * 20,
        "word/charts/c.xml": CHART,
        "word/diagrams/d.xml": DIAGRAM,
        "word/chunk.htm": "<html><body><p>Dose <b>5 mg</b>.</p><table><tr><td>a</td><td>b</td></tr>"
        "<tr><td>c</td><td>d</td></tr></table></body></html>",
        "word/chunk.mht": "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        "<p>By mail.</p>",
        "word/czech.htm": "<meta charset='windows-1250'><p>Léčba.</p>".encode("cp1250"),
        "word/czech.mht": "MIME-Version: 1.0\r\nContent-Type: text/html; charset=windows-1250"
        "\r\n\r\n<p>Půl dávky.</p>".encode("cp1250"),
        "word/empty.mht": "MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nx",
        "word/chunk.txt": "One line.\nAnother.",
        "word/chunk.docx": word_file(paragraph("Inner words.")),
        "word/chunk.rtf": "{\\rtf1 x}",
    }
    path.write_bytes(word_file(body, styles=styles, related=RELATED, more=more))
    return read(path)


def drawing(inside: str, named: str = "", size: str = "") -> str:
    return (
        f"<w:r><w:drawing><wp:inline>{size}<wp:docPr id='1' name='Picture 1' descr='{named}'/>"
        f"<a:graphic><a:graphicData>{inside}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def blip(name: str, kind: str = "embed") -> str:
    return f"<pic:pic><pic:blipFill><a:blip r:{kind}='{name}'/></pic:blipFill></pic:pic>"


def words(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


def seen(reading: ImportResult) -> list[tuple[str, str]]:
    """The blocks: their kinds, with their words or what is said of the figure."""
    document = reading.document
    figures = {f.id: f for f in document.figures}
    return [
        (b.kind, figures[b.ref].alternative if b.kind == "figure" else b.span.cut(document.text))
        for b in document.blocks
    ]


def left_out(reading: ImportResult) -> list[tuple[str, str]]:
    return [(one.reason, one.words) for one in reading.document.left_out]


def test_pictures_stand_before_or_after_the_words_beside_them(tmp_path: Path) -> None:
    body = (
        f"<w:p>{drawing(blip('png'), 'first')}{words('Text.')}{drawing(blip('png'), 'last')}</w:p>"
    )
    reading = reading_of(tmp_path, body)
    assert seen(reading) == [("figure", "first"), ("paragraph", "Text."), ("figure", "last")]
    assert left_out(reading) == []


def test_a_picture_takes_the_line_below_it_as_its_caption(tmp_path: Path) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="caption"/></w:style>'
    picture = f"<w:p>{drawing(blip('png'), 'x y z')}</w:p>"
    body = (
        picture + paragraph("What it shows", "C") + picture + paragraph("Figure 2. More")
        + picture + paragraph("Table 1. Other", "C") + picture + paragraph("Text.")
    )  # fmt: skip
    document = reading_of(tmp_path, body, styles).document
    captions = [f.caption.cut(document.text) if f.caption else "" for f in document.figures]
    assert captions == ["What it shows", "Figure 2. More", "", ""]


def test_a_small_picture_in_a_line_is_the_sign_that_it_stands_for(tmp_path: Path) -> None:
    small = "<wp:extent cx='95250' cy='95250'/>"
    body = (
        f"<w:p>{words('K ')}{drawing(blip('png'), '≥')}{words(' 6 or ')}"
        f"{drawing(blip('png'), 'minus', small)}{words('5')}</w:p>"
    )
    assert seen(reading_of(tmp_path, body)) == [("paragraph", "K ≥ 6 or minus5")]


@pytest.mark.parametrize(
    ("inside", "said", "listed"),
    [
        (drawing(blip("emf")), "Picture that cannot be shown (b.emf)", ("picture", "b.emf")),
        (drawing(blip("emf"), "ECG strip"), "ECG strip", ("picture", "ECG strip")),
        (
            drawing(blip("away", "link")),
            "Picture that cannot be shown (passwd)",
            ("picture", "passwd"),
        ),
        (drawing(blip("none")), "Picture that cannot be shown (it is missing)", None),
        (
            drawing(f"<c:chart xmlns:c='{_A}chart' r:id='chart'/>"),
            "Chart: Levels",
            ("embedded object", "Levels Day 1 4.5"),
        ),
        (
            drawing(f"<c:chart xmlns:c='{_A}chart' r:id='bad'/>"),
            "Chart",
            ("embedded object", "Chart"),
        ),
        (
            f"<w:r><w:object><v:shape xmlns:v='{VML}'><v:imagedata r:id='emf'/></v:shape>"
            f"<o:OLEObject xmlns:o='{O}' ProgID='Equation.3'/></w:object></w:r>",
            "Formula that cannot be shown (Equation.3)",
            ("formula", "Formula that cannot be shown (Equation.3)"),
        ),
        (
            f"<w:r><w:object><o:OLEObject xmlns:o='{O}' ProgID='Excel.Sheet.12'/></w:object></w:r>",
            "Embedded object that cannot be shown (Excel.Sheet.12)",
            ("embedded object", "Embedded object that cannot be shown (Excel.Sheet.12)"),
        ),
        (
            "<w:r><w:object><w:control w:name='Tick1'/></w:object></w:r>",
            "Control (Tick1)",
            ("control", "Control (Tick1)"),
        ),
        (drawing("<a:shape/>", "An arrow to step 2"), "An arrow to step 2", None),
    ],
)
def test_what_cannot_be_drawn_leaves_its_name(
    tmp_path: Path, inside: str, said: str, listed: tuple[str, str] | None
) -> None:
    reading = reading_of(tmp_path, paragraph("Before.") + f"<w:p>{inside}</w:p>")
    assert seen(reading) == [("paragraph", "Before."), ("figure", said)]
    assert left_out(reading) == ([listed] if listed else [])
    assert reading.assets == {}


def test_an_object_with_a_picture_shows_it(tmp_path: Path) -> None:
    body = (
        f"<w:p><w:r><w:object><v:shape xmlns:v='{VML}' alt='the sheet of doses' "
        f"style='width:200pt;height:1in'><v:imagedata r:id='png'/></v:shape>"
        f"<o:OLEObject xmlns:o='{O}' ProgID='Excel.Sheet.12'/></w:object></w:r></w:p>"
    )
    reading = reading_of(tmp_path, body)
    assert seen(reading) == [("figure", "the sheet of doses")]
    assert list(reading.assets.values()) == [PIXEL]
    assert left_out(reading) == []


def test_the_words_of_a_diagram_are_text(tmp_path: Path) -> None:
    inside = drawing(f"<dgm:relIds xmlns:dgm='{_A}diagram' r:dm='dm'/>", "What to do")
    reading = reading_of(tmp_path, f"<w:p>{words('Arrest')}{inside}</w:p>")
    assert seen(reading) == [
        ("paragraph", "Arrest\nCall for help\nStart CPR"),
        ("figure", "What to do"),
    ]


def test_pictures_that_only_adorn_say_nothing(tmp_path: Path) -> None:
    adorning = "<adec:decorative xmlns:adec='x' val='1'/>"
    inside = drawing(blip("png") + adorning, "a leaf in the corner")
    assert seen(reading_of(tmp_path, f"<w:p>{inside}</w:p>")) == [("figure", "")]


BOX = "<w:txbxContent>{}</w:txbxContent>"


def test_text_boxes_come_once_and_after_their_paragraph(tmp_path: Path) -> None:
    box = drawing(BOX.format(paragraph("BOX: 4 g a day")))
    old = f"<w:r><w:pict><v:shape xmlns:v='{VML}'><v:textbox>{BOX.format(paragraph('Old box'))}"
    old += "</v:textbox></v:shape></w:pict></w:r>"
    body = f"<w:p>{words('Before.')}{box}</w:p><w:p>{old}</w:p>{paragraph('After.')}"
    assert [text for _, text in seen(reading_of(tmp_path, body))] == [
        "Before.",
        "BOX: 4 g a day",
        "Old box",
        "After.",
    ]


def test_the_words_of_shapes(tmp_path: Path) -> None:
    path = f"<v:shape xmlns:v='{VML}'><v:textpath string='STOP'/></v:shape>"
    art = f"<w:r><w:pict>{path}</w:pict></w:r>"
    shape = drawing("<a:sp><a:t>in a canvas</a:t></a:sp>")
    body = f"<w:p>{art}</w:p><w:p>{shape}</w:p>"
    assert [text for _, text in seen(reading_of(tmp_path, body))] == ["STOP", "in a canvas"]


def test_a_box_in_a_cell_stays_there(tmp_path: Path) -> None:
    box = drawing(BOX.format(paragraph("in the box")))
    body = f"<w:tbl><w:tr><w:tc><w:p>{words('cell')}{box}</w:p></w:tc></w:tr></w:tbl>"
    document = reading_of(tmp_path, body).document
    assert [c.span.cut(document.text) for c in document.tables[0].cells] == ["cell\nin the box"]


def test_files_in_the_file_are_read(tmp_path: Path) -> None:
    names = ("html", "mht", "empty", "txt", "docx", "rtf", "nothing")
    body = paragraph("Before.") + "".join(f"<w:altChunk r:id='{name}'/>" for name in names)
    reading = reading_of(tmp_path, body + paragraph("After."))
    assert [text for _, text in seen(reading)] == [
        "Before.", "Dose 5 mg.", "a\tb\nc\td", "By mail.", "One line.", "Another.", "Inner words.",
        "After.",
    ]  # fmt: skip
    assert left_out(reading) == [
        ("part of another kind", "word/empty.mht"),
        ("part of another kind", "word/chunk.rtf"),
        ("part of another kind", "a file that is missing"),
    ]


def test_files_in_cells_and_parts_elsewhere_are_listed(tmp_path: Path) -> None:
    body = (
        "<w:tbl><w:tr><w:tc><w:p/><w:altChunk r:id='html'/></w:tc></w:tr></w:tbl>"
        f"<w:p>{words('Chapters:')}<w:subDoc r:id='sub'/></w:p>"
    )
    assert left_out(reading_of(tmp_path, body)) == [
        ("part of another kind", "word/chunk.htm"),
        ("part of another kind", "chapter.docx"),
    ]


def test_a_formula_that_stands_alone_is_a_block_of_its_own(tmp_path: Path) -> None:
    one = "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"
    body = (
        f"<w:p><m:oMathPara>{one}{one}</m:oMathPara></w:p><m:oMathPara>{one}</m:oMathPara>"
        f"<w:p>{words('with ')}{one}</w:p>"
    )
    reading = reading_of(tmp_path, body)
    assert seen(reading) == [
        ("formula", "a + b\na + b"),
        ("formula", "a + b"),
        ("paragraph", "with a + b"),
    ]
    assert len(reading.document.formulas) == 4


def test_parts_of_charts_in_a_part_of_notes_are_looked_for_there(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    body = f"<w:p>{words('Said')}<w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
    note = f"<w:footnote w:id='2'><w:p>{drawing(blip('png'), 'of the note')}{words('See.')}</w:p>"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{RELATED}</Relationships>"
    )
    more: dict[str, str | bytes] = {
        "word/_rels/footnotes.xml.rels": relations,
        "word/media/a.png": PIXEL,
        "word/footnotes.xml": part("footnotes", f"{note}</w:footnote>"),
    }
    path.write_bytes(word_file(body, more=more))
    reading = read(path)
    assert seen(reading) == [("paragraph", "Said[1]"), ("figure", "of the note"), ("note", "See.")]
    assert list(reading.assets.values()) == [PIXEL]


def test_pages_inside_the_file_are_read_in_the_letters_that_they_say(tmp_path: Path) -> None:
    body = "<w:altChunk r:id='czech'/><w:altChunk r:id='mail'/>"
    assert seen(reading_of(tmp_path, body)) == [
        ("paragraph", "Léčba."),
        ("paragraph", "Půl dávky."),
    ]
