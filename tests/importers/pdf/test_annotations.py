from __future__ import annotations

from pathlib import Path

import pytest

from reader.importers.pdf.annotations import _iso, notes_in
from reader.importers.pdf.read import read
from reader.model.pdf.page_map import ASSET, PageBox, PageMap
from reader.model.pdf.pdf_annotation import PdfAnnotation
from tests.importers.pdf_samples import Sheet, Text, pdf

WORDS = "Nobody slept well that night, and all of them said so."


def noted(tmp_path: Path, *annotations: str) -> tuple[str, list[PdfAnnotation]]:
    made = " ".join(f"<< /Type /Annot {one} >>" for one in annotations)
    texts = [Text(60, 700, WORDS), Text(60, 500, "Far below, others slept.")]
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([Sheet(texts, extra=f"/Annots [{made}]")]))
    found = read(path)
    page_map = PageMap.decode(found.assets[ASSET])
    return found.document.text, notes_in(path.read_bytes(), "a.pdf", page_map)


def quad(left: float, right: float, y: float = 700) -> str:
    top, bottom = y + 8, y - 2
    return f"{left} {top} {right} {top} {left} {bottom} {right} {bottom}"


def test_a_highlight_is_on_the_words_that_it_covers(tmp_path: Path) -> None:
    # "slept" runs from 96 to 121.
    text, (note,) = noted(
        tmp_path,
        f"/Subtype /Highlight /Rect [90 690 125 712] /QuadPoints [{quad(95, 122)}] /C [1 1 0] "
        "/Contents ( A note ) /T (Ada  Brown) /M (D:20210304070607+02'00') /NM (k)",
    )
    assert note.span.cut(text) == "slept"
    assert note == PdfAnnotation(
        "k", note.span, "yellow", "highlight", "A note", "Ada Brown", "2021-03-04T05:06:07Z"
    )


def test_the_kinds_of_marks(tmp_path: Path) -> None:
    where = f"/Rect [90 690 125 712] /QuadPoints [{quad(95, 122)}]"
    _, found = noted(
        tmp_path,
        f"/Subtype /Underline {where} /C [0 0 1]",
        f"/Subtype /StrikeOut {where} /C [1 0 0]",
        f"/Subtype /Squiggly {where} /C [0.5 0.5 0.5]",
        "/Subtype /Text /Rect [95 700 115 720] /Contents (A pin) /C [0 1 0]",
        "/Subtype /Link /Rect [95 700 115 720]",
    )
    assert [(n.key, n.style, n.colour, n.note, n.pinned) for n in found] == [
        ("1 0", "underline", "blue", "", False),
        ("1 1", "highlight", "pink", "", False),
        ("1 2", "underline", "yellow", "", False),
        ("1 3", "highlight", "green", "A pin", True),
    ]


def test_a_rectangle_is_an_area_of_its_page(tmp_path: Path) -> None:
    text, (filled, framed) = noted(
        tmp_path,
        "/Subtype /Square /Rect [100 100 300 250] /C [1 0 0] /IC [1 0 0] /Contents (Here) /NM (s)",
        "/Subtype /Square /Rect [500 700 700 720] /C [0 0 1]",
        "/Subtype /Square /Rect [95 700 95.5 720]",
        "/Subtype /Square /Rect [700 700 800 720]",
        "/Subtype /Circle /Rect [100 100 300 250]",
    )
    assert (filled.key, filled.note, filled.style, filled.colour) == (
        *("s", "Here", "highlight", "pink"),
    )
    assert filled.area is not None
    assert filled.area.box == PageBox(1, 100, 842 - 250, 300, 842 - 100)
    assert text[filled.span.start :].startswith("below, others slept")
    assert not len(filled.span)
    # As much of it as is on the page.
    assert framed.area is not None
    assert framed.area.box == PageBox(1, 500, 842 - 720, 595, 842 - 700)
    assert (framed.style, framed.colour) == ("underline", "blue")


def test_a_mark_without_points_covers_its_rectangle(tmp_path: Path) -> None:
    text, (note,) = noted(tmp_path, "/Subtype /Highlight /Rect [95 695 146 712]")
    assert note.span.cut(text) == "slept well"


def test_a_mark_on_nothing_is_left_out(tmp_path: Path) -> None:
    assert noted(tmp_path, "/Subtype /Highlight /Rect [95 100 146 112]")[1] == []


def test_a_mark_in_two_places_is_on_the_longer_passage(tmp_path: Path) -> None:
    points = f"/QuadPoints [{quad(95, 122)} {quad(60, 170, 500)}]"
    text, (note,) = noted(tmp_path, f"/Subtype /Highlight /Rect [60 490 300 712] {points}")
    assert note.span.cut(text) == "Far below, others slept."


def test_a_colour_is_known_also_with_an_appearance(tmp_path: Path) -> None:
    drawn = "/AP << /N 11 0 R >>"
    _, (note,) = noted(
        tmp_path, f"/Subtype /Highlight /Rect [95 695 146 712] /C [0.6 0.4 1] {drawn}"
    )
    assert note.colour == "violet"


@pytest.mark.parametrize(
    ("date", "iso"),
    [
        ("D:20210304050607Z", "2021-03-04T05:06:07Z"),
        ("D:20210304050607-03'30'", "2021-03-04T08:36:07Z"),
        ("D:2021", "2021-01-01T00:00:00Z"),
        ("20210304", "2021-03-04T00:00:00Z"),
        ("D:20211399", ""),
        ("D:00010101000000+23'00'", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_dates(date: str, iso: str) -> None:
    assert _iso(date) == iso
