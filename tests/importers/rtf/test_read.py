"""RTF: headings, lists, tables, notes, links and pictures, as word processors write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.importers.result import ImportResult
from reader.importers.rtf import read as rtf
from reader.model.document import Document
from reader.problem import Problem
from tests.importers.epub.test_package import PNG

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0\froman\fcharset0 Times;}"
    r"{\f1\froman\fcharset161 Greek;}}{\colortbl;\red0\green0\blue0;}"
    r"{\stylesheet{\s0 Normal;}{\s1\b heading 1;}{\s2 heading 2;}{\s3 Title;}{\*\cs9 Note;}}"
    r"{\info{\title Microsoft Word - letter.doc}{\author A. Writer}{\creatim\yr2020}}"
    r"{\*\generator Msftedit;}{\header Running head\par}"
)


def reading(folder: Path, body: str, head: str = HEAD) -> ImportResult:
    path = folder / "letter.rtf"
    path.write_bytes((head + body + "}").encode("latin-1"))
    return rtf.read(path)


def blocks(document: Document) -> list[tuple[str, str, str]]:
    return [(b.kind, b.label, b.span.cut(document.text)) for b in document.blocks]


def left_out(document: Document) -> list[tuple[str, str]]:
    return [(one.reason, one.words) for one in document.left_out]


def marks(document: Document, kind: str) -> list[tuple[str, str]]:
    return [(m.span.cut(document.text), m.target) for m in document.marks if m.kind == kind]


def test_its_text_is_read_in_its_encoding(tmp_path: Path) -> None:
    document = reading(tmp_path, r"\f0 Dose: \'bd tablet.\par Caf\'e9 {\f1 \'e1}.").document
    assert document.text == "Dose: ½ tablet.\nCafé α."
    assert document.importer == rtf.IMPORTER
    assert document.title


def test_styles_say_what_is_title_and_heading(tmp_path: Path) -> None:
    document = reading(
        tmp_path,
        r"\pard\s3 Ketamine\par\pard\s1\b Methods\b0\par\pard\plain Forty\line took {\b part}.\par"
        r"\pard\outlinelevel1 Who\par\pard Nobody, {\i none}, CO{\sub 2}, 10{\super 6}.\par",
    ).document
    assert blocks(document) == [
        ("title", "", "Ketamine"),
        ("heading", "", "Methods"),
        ("paragraph", "", "Forty\ntook part."),
        ("heading", "", "Who"),
        ("paragraph", "", "Nobody, none, CO2, 106."),
    ]
    assert [(s.level, s.title) for s in document.sections] == [(1, "Methods"), (2, "Who")]
    assert (document.title, document.authors) == ("Ketamine", ("A. Writer",))
    assert marks(document, "strong") == [("part", "")]
    assert marks(document, "emphasis") == [("none", "")]
    assert marks(document, "sub") == [("2", "")]
    assert marks(document, "sup") == [("6", "")]


def test_notes_stand_at_the_end_and_their_marks_lead_there(tmp_path: Path) -> None:
    document = reading(
        tmp_path,
        r"First{\super\chftn}{\footnote\pard\plain {\super\chftn} Said {\i once}.\par And again.}"
        r" and on.\par Second{\footnote Without a number.}.\par Third{\footnote Cut off",
    ).document
    assert blocks(document) == [
        ("paragraph", "", "First[1] and on."),
        ("paragraph", "", "Second[2]."),
        ("paragraph", "", "Third[3]"),
        ("note", "1", "Said once."),
        ("note", "", "And again."),
        ("note", "2", "Without a number."),
        ("note", "3", "Cut off"),
    ]
    place = document.text.index("Said")
    assert marks(document, "reference_mark")[0] == ("[1]", f"#{place}")
    assert ("once", "") in marks(document, "emphasis")


def test_lists_keep_what_is_printed_before_their_items(tmp_path: Path) -> None:
    document = reading(
        tmp_path,
        r"{\listtext\pard 1.\tab}\ilvl0 Eat.\par{\listtext 2.\tab}Drink.\par"
        r"\pard{\*\pn\pnlvlblt}{\pntext\'B7\tab}\ilvl1 Sleep.\par",
    ).document
    assert blocks(document) == [
        ("list_item", "1.", "Eat."),
        ("list_item", "2.", "Drink."),
        ("list_item", "•", "Sleep."),
    ]


def test_tables_are_rows_of_cells(tmp_path: Path) -> None:
    document = reading(
        tmp_path,
        r"Before.\par\trowd\cellx1\cellx2\pard\intbl Drug\cell Dose{\footnote Daily.}\cell\row"
        r"\pard\intbl Ketamine\par twice\cell 0.5 mg\cell\row\pard After.\par"
        r"\trowd\pard\intbl Last\cell",
    ).document
    first, second = document.tables
    cells = [(c.row, c.column, c.span.cut(document.text)) for c in first.cells]
    assert cells == [(0, 0, "Drug"), (0, 1, "Dose[1]"), (1, 0, "Ketamine\ntwice"), (1, 1, "0.5 mg")]
    assert [c.span.cut(document.text) for c in second.cells] == ["Last"]
    assert [b.kind for b in document.blocks] == [
        "paragraph", "table", "paragraph", "table", "note",
    ]  # fmt: skip


def test_pictures_are_kept_and_what_is_none_is_not(tmp_path: Path) -> None:
    hexadecimal = PNG.hex()
    made = reading(
        tmp_path,
        r"A line{\*\shppict{\pict{\*\picprop x}\picw1\pngblip " + hexadecimal + "}}"
        r"{\nonshppict{\pict\wmetafile8 0102}}.\par{\pict\jpegblip " + hexadecimal + r"}\par"
        r"{\pict\emfblip 0102}{\pict\bin4 }}}}}\par End.",
    )
    assert blocks(made.document)[0] == ("paragraph", "", "A line.")
    assert [b.kind for b in made.document.blocks] == [
        "paragraph", "figure", "figure", "figure", "figure", "paragraph",
    ]  # fmt: skip
    assert [f.alternative for f in made.document.figures] == [
        "", "", "Picture that cannot be shown", "Picture that cannot be shown",
    ]  # fmt: skip
    assert [o.reason for o in made.document.left_out] == ["running head", "picture", "picture"]
    assert list(made.assets.values()) == [PNG]


def test_links_lead_where_they_led(tmp_path: Path) -> None:
    link = r'{\field{\*\fldinst{HYPERLINK "https://example.org/a"}}{\fldrslt{\ul the paper}}}'
    inside = r'{\field{\*\fldinst HYPERLINK \\l "part"}{\fldrslt there}}'
    number = r"{\field{\*\fldinst PAGE}{\fldrslt 7}}"
    document = reading(
        tmp_path, rf"\pard\s1 Links\par\pard See {link}, {inside}, {number}."
    ).document
    assert document.text.endswith("See the paper, there, 7.")
    assert marks(document, "link") == [("the paper", "https://example.org/a")]


def test_bold_lines_are_headings_where_no_style_says_so(tmp_path: Path) -> None:
    document = reading(
        tmp_path,
        r"{\b Aims}\par We looked.{\footnote Twice.}\par {\b This is said.}\par",
    ).document
    assert [s.title for s in document.sections] == ["Aims"]
    assert document.title == "letter"


def test_hidden_and_deleted_words_are_not_read(tmp_path: Path) -> None:
    document = reading(
        tmp_path,
        r"One {\v hidden }{\deleted gone }two {\*\unknown three }\u8805?3 \u-10179?\u-8704?"
        r"{\uc0\u945 }\~\_\-\{\}\\.",
    ).document
    assert document.text == "One two ≥3 😀α\u00a0\u2011{}\\."
    assert left_out(document)[1:] == [("hidden text", "hidden"), ("deleted text", "gone")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Dose", "no RTF"),
        (rb"{\rtf1\ansi}", "no text"),
        (rb"{\rtf1\ansi\trowd\pard\intbl\cell\row}", "no text"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(content)
    with pytest.raises(Problem, match=said):
        rtf.read(path)
