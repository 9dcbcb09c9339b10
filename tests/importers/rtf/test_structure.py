"""Rich Text keeps signs, changes, tables, boxes, forms and formulas, and lists what it leaves."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.importers.result import ImportResult
from reader.importers.rtf import read as rtf
from reader.model.document import Document
from reader.model.plain_text import plain_text
from reader.model.span import Span
from tests.importers.epub.test_package import PNG

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0\froman\fcharset0 Times;}"
    r"{\f1\froman\fcharset2 Symbol;}{\f2\fnil\fcharset2 Wingdings;}{\f3\fnil\fcharset2 Odd Signs;}"
    r"{\f4\fnil\fcharset161 Greek;}{\f5\fnil\fcharset128 MS Mincho;}}"
)


def reading(folder: Path, body: str, head: str = HEAD) -> ImportResult:
    path = folder / "letter.rtf"
    path.write_bytes((head + body + "}").encode("latin-1"))
    return rtf.read(path)


def document_of(folder: Path, body: str, head: str = HEAD) -> Document:
    return reading(folder, body, head).document


def shown(document: Document) -> str:
    return plain_text(document, Span(0, len(document.text)))


def left_out(document: Document) -> list[tuple[str, str]]:
    return [(one.reason, one.words) for one in document.left_out]


def cells(document: Document, which: int = 0) -> list[tuple[int, int, int, int, str]]:
    return [
        (c.row, c.column, c.row_span, c.column_span, c.span.cut(document.text))
        for c in document.tables[which].cells
    ]


@pytest.mark.parametrize(
    ("body", "read_as"),
    [
        (r"Give 250 {\f1 m}g", "Give 250 μg"),
        (r"K {\f1\'b3}6, {\f1\u-3917?}7, {\f2\'fe} asked", "K ≥6, ≥7, ☑ asked"),
        (r"{\f4\'e1}-blocker", "α-blocker"),
        (r"{\f5\'8a\'bf}", "漢"),
        (r"10{\super 9}/L, CO{\sub 2}, {\up6 2}{\dn4 i}x", "10⁹/L, CO₂, ²_ix"),
        (r"Give {\strike 500 mg} {\striked1 x} 50 mg", "Give ~~500 mg~~ ~~x~~ 50 mg"),
        (r"A\tab B\emspace C\line D\zwj", "A B C\nD\u200d"),
        (r"\u8805?3 {\uc2 \u945 ??x}{\uc0\u946}", "≥3 αxβ"),
        (r"See {\field{\*\fldinst REF _a \\h}{\fldrslt Table 3}}.", "See Table 3."),
        (r"{\field{\*\fldinst SYMBOL 109 \\f Symbol}{\fldrslt }}g", "μg"),
        (r"Half is {\field{\*\fldinst EQ \\f(1,2)}{\fldrslt }} tablet", "Half is 1/2 tablet"),
        (
            r"{\field{\*\fldinst IF {\field{\*\fldinst PAGE}{\fldrslt 7}} = 1}{\fldrslt no}}",
            "no",
        ),
        (r"{\field{\*\fldinst DATE}{\fldrslt }}Today", "Today"),
        (
            r"{\field{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres1}}}{\fldrslt }} asked "
            r"{\field{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres25\ffdefres0}}}} told",
            "☒ asked ☐ told",
        ),
        (
            r"{\field{\*\fldinst FORMDROPDOWN {\*\formfield{\fftype2\ffres1{\*\ffl oral}"
            r"{\*\ffl rectal}}}}{\fldrslt }}",
            "rectal",
        ),
        (
            r"{\field{\*\fldinst FORMTEXT {\*\formfield{\fftype0{\*\ffdeftext name}}}}}",
            "name",
        ),
        (r"Half: $\\frac\{1\}\{2\}$ or $5 and $6", "Half: 1/2 or $5 and $6"),
        (r"$$x = \\sqrt\{2\}$$", "x = √2"),
        (r"$$\\nobodyknows\{2\}$$ {\b x}", r"$$\nobodyknows{2}$$ x"),
        (
            r"{\mmath{\*\moMath{\mf{\mfPr{\mctrlPr\f0 }}{\mnum{\mr\msty2 a+1}}{\mden{\mr b}}}"
            r"{\mr =}{\mnary{\mnaryPr{\mchr \u8721?}}{\msub{\mr i}}{\msup{\mr n}}{\me{\mr x}}}}}",
            "(a + 1)/b = ∑ᵢ^n x".replace("ᵢ", "_i").replace("^n", "ⁿ"),
        ),
    ],
)
def test_signs_fields_and_formulas(tmp_path: Path, body: str, read_as: str) -> None:
    document = document_of(tmp_path, body)
    assert shown(document) == read_as
    assert left_out(document) == []


def test_signs_of_a_font_that_nobody_knows(tmp_path: Path) -> None:
    document = document_of(tmp_path, r"Give {\f3 x} {\f1\'ff}5 mg")
    assert document.text == "Give \ufffd \ufffd5 mg"
    assert "�" in document.warnings[0]


def test_fonts_without_braces_of_their_own(tmp_path: Path) -> None:
    head = r"{\rtf1\ansi\deff0{\fonttbl\f0\fnil Times;\f1\fnil\fcharset2 Symbol;}"
    assert document_of(tmp_path, r"{\f1 m}g", head).text == "μg"


def test_old_code_pages(tmp_path: Path) -> None:
    assert document_of(tmp_path, r"caf\'8e", r"{\rtf1\mac ").text == "café"
    assert document_of(tmp_path, r"caf\'82", r"{\rtf1\pc ").text == "café"


def test_changes_and_hidden_words(tmp_path: Path) -> None:
    document = document_of(
        tmp_path, r"Give {\deleted 50}{\revised 5} mg.{\v Secret.}\par{\b Next}\par More."
    )
    assert document.text == "Give 5 mg.\nNext\nMore."
    assert [(m.kind, m.span.cut(document.text)) for m in document.marks] == [("insert", "5")]
    assert left_out(document) == [("deleted text", "50"), ("hidden text", "Secret.")]


def test_heads_and_comments_are_listed_in_a_plain_file_too(tmp_path: Path) -> None:
    document = document_of(
        tmp_path,
        r"{\header Ward 7\par page}{\footer end}One line.{\*\annotation Why?}\par Another line.",
    )
    assert document.text == "One line.\nAnother line."
    assert left_out(document)[:3] == [
        ("running head", "Ward 7 page"),
        ("running head", "end"),
        ("comments", "Why?"),
    ]


def test_cells_that_go_on_and_edges_that_say_where_they_are(tmp_path: Path) -> None:
    document = document_of(
        tmp_path,
        r"\trowd\trhdr\clmgf\cellx2000\clmrg\cellx4000\cellx6000\pard\intbl Both\cell\cell Third"
        r"\cell\row\trowd\clvmgf\cellx2000\cellx4000\cellx6000\pard\intbl Child\cell Day\cell 5 mg"
        r"\cell\row\trowd\clvmrg\cellx2000\cellx4000\cellx6000\pard\intbl under\cell Night\cell "
        r"10 mg\cell\row\trowd\trleft2000\cellx4010\cellx6000\pard\intbl late\cell last\cell\row"
        r"\trowd\cellx4000\cellx6000\pard\intbl wide\cell end\cell\row\pard After\par",
    )
    assert cells(document) == [
        (0, 0, 1, 2, "Both"), (0, 2, 1, 1, "Third"),
        (1, 0, 2, 1, "Child"), (1, 1, 1, 1, "Day"), (1, 2, 1, 1, "5 mg"),
        (2, 1, 1, 1, "Night"), (2, 2, 1, 1, "10 mg"),
        (3, 1, 1, 1, "late"), (3, 2, 1, 1, "last"),
        (4, 0, 1, 2, "wide"), (4, 2, 1, 1, "end"),
    ]  # fmt: skip
    assert [c.header for c in document.tables[0].cells][:3] == [True, True, False]
    assert left_out(document) == [("hidden text", "under")]
    assert document.blocks[-1].span.cut(document.text) == "After"


def test_rows_that_do_not_say_where_their_cells_are(tmp_path: Path) -> None:
    document = document_of(
        tmp_path, r"\trowd\cellx900\pard\intbl a\cell b\cell\row\pard\intbl c\cell d\cell\row"
    )
    assert [c[:2] for c in cells(document)] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_a_table_in_a_cell(tmp_path: Path) -> None:
    document = document_of(
        tmp_path,
        r"\trowd\cellx3000\cellx6000\pard\intbl Before\par\pard\intbl\itap2 5 mg\nestcell 10 mg"
        r"\nestcell{\*\nesttableprops\trowd\cellx1000\cellx2000\nestrow}{\nonesttables\par}"
        r"\pard\intbl after\cell beside\cell\row\pard End\par",
    )
    assert len(document.tables) == 2
    inner = next(t for t in document.tables if t.id.endswith("i"))
    assert [(c.row, c.column, c.span.cut(document.text)) for c in inner.cells] == [
        (0, 0, "5 mg"),
        (0, 1, "10 mg"),
    ]
    outer = next(t for t in document.tables if not t.id.endswith("i"))
    assert [c.span.cut(document.text) for c in outer.cells] == [
        "Before\n5 mg\t10 mg\nafter",
        "beside",
    ]


def test_text_boxes_come_after_their_paragraph(tmp_path: Path) -> None:
    box = (
        r"{\shp{\*\shpinst{\sp{\sn fFilled}{\sv 1}}{\shptxt\pard BOX: 4 g a day\par}}"
        r"{\shprslt{\*\do{\dptxbxtext BOX: 4 g a day\par}}}}"
    )
    old = r"{\*\do{\dptxbxtext\pard Old box\par}}"
    document = document_of(tmp_path, rf"Before{box} it.\par{old}\par After.\par")
    assert [b.span.cut(document.text) for b in document.blocks] == [
        "Before it.",
        "BOX: 4 g a day",
        "Old box",
        "After.",
    ]


def test_objects_and_described_pictures(tmp_path: Path) -> None:
    formula = (
        r"{\object\objemb{\*\objclass Equation.3}{\*\objdata 0105}"
        r"{\result{\pict\wmetafile8 0102}}}"
    )
    sheet = r"{\object{\*\objclass Excel.Sheet.8}{\result{\pict\wmetafile8 0102}}}"
    named = r"{\pict{\*\picprop{\sp{\sn wzDescription}{\sv A strip}}}\pngblip " + PNG.hex() + "}"
    made = reading(tmp_path, rf"Dose {formula}\par {sheet}\par {named}\par{{\pict\bin2 ab}}\par")
    assert [f.alternative for f in made.document.figures] == [
        "Formula that cannot be shown (Equation.3)",
        "Embedded object that cannot be shown (Excel.Sheet.8)",
        "A strip",
        "Picture that cannot be shown",
    ]
    assert [o.reason for o in made.document.left_out] == ["formula", "embedded object", "picture"]
    assert list(made.assets.values()) == [PNG]


def test_pictures_in_binary(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    binary = rb"{\pict\pngblip\bin" + str(len(PNG)).encode() + b" " + PNG + b"}"
    path.write_bytes(rb"{\rtf1 words\par " + binary + rb"\par}")
    assert list(rtf.read(path).assets.values()) == [PNG]


def test_items_that_are_typed(tmp_path: Path) -> None:
    document = document_of(
        tmp_path,
        r"{\b Steps}\par Do this:\par\bullet\tab wash hands\par 1.\tab Airway\par a)\tab fluid\par"
        r"{\listtext\f1\'b7\tab}one\par{\listtext o\tab}two\par{\listtext -\tab}three\par",
    )
    assert [(b.kind, b.label, b.span.cut(document.text)) for b in document.blocks[2:]] == [
        ("list_item", "•", "wash hands"),
        ("list_item", "1.", "Airway"),
        ("list_item", "a)", "fluid"),
        ("list_item", "•", "one"),
        ("list_item", "◦", "two"),
        ("list_item", "–", "three"),
    ]
    assert left_out(document) == []


def test_styles_may_say_their_level(tmp_path: Path) -> None:
    head = HEAD + r"{\stylesheet{\s1\outlinelevel1 Own;}{\s2 Titel;}{\s3 toc 1;}}"
    document = document_of(
        tmp_path, r"\pard\s2 Protocol\par\pard\s1 2. Care\par\pard Text.\par", head
    )
    assert document.title == "Protocol"
    assert [(s.level, s.number, s.title) for s in document.sections] == [(1, "2", "Care")]


def test_marked_text_without_headings_finds_them_by_wording(tmp_path: Path) -> None:
    body = (
        r"Introduction\par\pard This has {\i been} known for a long time, and it is said again "
        r"here so that the paragraph is long enough to be one.\par Methods\par Patients were "
        r"asked about their doses of 10{\super 6} units, which they took for a week or more.\par "
        r"Results\par Nothing came of it, and so the study ended before its time with all of "
        r"them well.\par"
    )
    document = document_of(tmp_path, body)
    assert [s.title for s in document.sections] == ["Introduction", "Methods", "Results"]
    assert ("sup", "6") in [(m.kind, m.span.cut(document.text)) for m in document.marks]


def test_links_to_places(tmp_path: Path) -> None:
    document = document_of(
        tmp_path,
        r'See {\field{\*\fldinst HYPERLINK \\l "there"}{\fldrslt below}}.\par'
        r"{\*\bkmkstart there}{\*\bkmkend there}There.\par",
    )
    (link,) = [m for m in document.marks if m.kind == "link"]
    assert link.target == f"#{document.text.index('There.')}"
