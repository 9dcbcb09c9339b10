"""Figures, pictures and what goes with them in JATS."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.importers.common.companions import Companions
from reader.importers.jats.read import read
from reader.importers.result import ImportResult
from tests.importers.html.test_mhtml import PIXEL
from tests.importers.jats.test_whole import NAMESPACES


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.xml"


def reading(path: Path, body: str, *names: str) -> ImportResult:
    """What is read of an article that has pictures of these names beside it."""
    path.write_text(f"<article {NAMESPACES}><body>{body}</body></article>", encoding="utf-8")
    return read(path, Companions(lambda name: PIXEL if name in names else None))


def figures(made: ImportResult) -> list[tuple[bool, str, str]]:
    document = made.document
    return [
        (bool(f.asset), f.alternative, f.caption.cut(document.text) if f.caption else "")
        for f in document.figures
    ]


def test_pictures_of_a_figure_that_are_at_hand_are_shown(path: Path) -> None:
    made = reading(
        path,
        "<fig><label>Figure 1</label><caption><p>Two.</p></caption><graphic xlink:href='a.tif'/>"
        "<graphic xlink:href='b.png'/><long-desc>Lines</long-desc><p>Beside.</p><permissions>"
        "<copyright-statement>© Us</copyright-statement><copyright-year>2020</copyright-year>"
        "</permissions></fig><fig><alternatives><graphic xlink:href='no.eps'/>"
        "<graphic xlink:href='b'/></alternatives></fig><fig><label>3</label></fig>",
        *("a.jpg", "b.png"),
    )
    assert figures(made) == [
        (True, "", ""),
        (True, "Lines", "Figure 1 Two."),
        (True, "", ""),
        (False, "", "3"),
    ]
    assert "Beside.\n© Us" in made.document.text
    assert made.document.left_out == ()


def test_pictures_in_the_text_follow_its_paragraph(path: Path) -> None:
    made = reading(
        path,
        "<p>If x<inline-graphic xlink:href='a.png'/>3<graphic xlink:href='gone.png'><alt-text>Lost"
        "</alt-text></graphic> then.</p><graphic xlink:href='a.png'><label>A</label></graphic>"
        "<alternatives><graphic xlink:href='a.png'/></alternatives>",
        "a.png",
    )
    assert made.document.text == "If x\ufffd3 then.\nA"
    assert figures(made) == [
        *((True, "", ""), (False, "Lost", ""), (True, "", "A"), (True, "", "")),
    ]


def test_groups_files_and_formulas_that_are_pictures(path: Path) -> None:
    made = reading(
        path,
        "<fig-group><label>Figures 1, 2</label><caption><title>Both</title></caption><fig><caption>"
        "<p>One</p></caption></fig><odd>loose</odd></fig-group><supplementary-material><label>S1"
        "</label><caption><p>More</p></caption><odd>said</odd><media><caption><p>Film</p></caption>"
        "</media></supplementary-material><disp-formula><label>(1)</label><graphic "
        "xlink:href='a.png'><alt-text>x = 5</alt-text></graphic></disp-formula>"
        "<chem-struct-wrap><chem-struct>CO<sub>2</sub></chem-struct></chem-struct-wrap>"
        "<table-wrap><label>T</label><odd>no table</odd></table-wrap>",
        "a.png",
    )
    assert made.document.text == (
        "Figures 1, 2 Both\nOne\nloose\nS1 More\nsaid\nFilm\n(1)\nCO2\nT\nno table"
    )
    assert figures(made) == [(False, "", "One"), (True, "x = 5", "(1)")]
    assert made.document.left_out == ()


def test_a_table_inside_a_cell_of_a_table_of_oasis(path: Path) -> None:
    made = reading(
        path,
        "<table-wrap><alternatives><table><tgroup><colspec colname='a'/><tbody><row>"
        "<entry>A</entry><entrytbl><tbody><row><entry>1</entry><entry>2</entry></row></tbody></entrytbl></row>"
        "</tbody></tgroup></table><graphic/></alternatives></table-wrap>",
    )
    document = made.document
    assert document.text == "A\t1\t2"
    assert [b.kind for b in document.inner_blocks] == ["table"]
    assert document.tables[-1].cells[0].span.cut(document.text) == "A"
    assert document.left_out == ()


def test_words_for_pictures_that_other_forms_stand_for_are_kept(path: Path) -> None:
    made = reading(
        path,
        "<fig><alternatives><graphic xlink:href='a'><alt-text>A curve</alt-text></graphic>"
        "<textual-form>Up</textual-form></alternatives></fig>"
        "<table-wrap><alt-text>Of doses</alt-text><alternatives><graphic><alt-text>Photo</alt-text>"
        "</graphic><table><tr><td>5</td></tr></table></alternatives></table-wrap>"
        "<media xlink:href='v.mp4'><alt-text>A walk</alt-text></media>",
    )
    assert [figure.alternative for figure in made.document.figures] == ["A curve"]
    assert [(one.reason, one.words) for one in made.document.left_out] == [
        ("hidden text", "Of doses"),
        ("hidden text", "Photo"),
        ("embedded object", "A walk"),
    ]


def test_notes_of_the_front_are_text(path: Path) -> None:
    path.write_text(
        f"<article {NAMESPACES}><front><article-meta><title-group><article-title>Doses<xref "
        "ref-type='fn' rid='n'>*</xref></article-title><fn-group><fn id='n'><label>*</label>"
        "<p>Withdrawn.</p></fn></fn-group></title-group></article-meta><notes><p>Not yet checked."
        "</p></notes></front><body><p>Words.</p></body></article>",
        encoding="utf-8",
    )
    document = read(path).document
    assert {"Withdrawn.", "Not yet checked."} <= set(document.text.split("\n"))


def test_a_sign_of_its_own_font_is_named(path: Path) -> None:
    made = reading(path, "<p>K <private-char name='at least'/> 5</p>")
    assert made.document.text.strip() == "K at least 5"
