"""Sections begin where the outline leads, and keep their printed numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importers.pdf.test_read import reading
from tests.importers.pdf.test_structure import BODY, article, blocks, outline
from tests.importers.pdf_samples import Sheet, Text, column, pdf

ABOVE, BELOW = BODY.split("|")[:4], [*BODY.split("|")[4:], "And so it was."]


def sheet(number: int) -> Sheet:
    """A page of two parts, with a line that is no heading by its type between them."""
    above = "|".join(ABOVE).replace("month", f"month {number}")
    below = "|".join(BELOW).replace("trial", f"trial {number}")
    return Sheet(
        [*column(60, 780, above), Text(60, 500, f"Part {number} of it"), *column(60, 480, below)]
    )


def with_outline(tmp_path: Path, entries: dict[str, str], names: str = "") -> list[str]:
    """The text of each section that begins at an entry, its first line but the heading."""
    objects = [f"<< /Type /Outlines /First 101 0 R /Last {100 + len(entries)} 0 R >>"]
    for i, (title, place) in enumerate(entries.items(), 101):
        following = f"/Next {i + 1} 0 R" if i < 100 + len(entries) else ""
        objects.append(f"<< /Title ({title}) /Parent 100 0 R {following} {place} >>")
    data = pdf(
        [sheet(n) for n in (1, 2, 3)],
        catalogue=f"/Outlines 100 0 R /PageMode /UseOutlines {names}",
        objects=objects,
    )
    document = reading(tmp_path, data).document
    found = []
    for section in document.sections:
        body = document.text[section.span.start : section.span.end].split("\n")
        found.append(f"{section.title}: {body[1][:12]}")
    return found


TOP = "/Dest [14 0 R /XYZ 0 842 0]"


@pytest.mark.parametrize(
    ("place", "first"),
    [
        ("/Dest [12 0 R /XYZ null 515 null]", "Part 2 of it"),
        ("/Dest [12 0 R /XYZ 0 512 0]", "Part 2 of it"),
        ("/Dest [12 0 R /FitH 515]", "Part 2 of it"),
        ("/Dest [12 0 R /FitR 0 300 500 515]", "Part 2 of it"),
        ("/A << /S /GoTo /D [12 0 R /XYZ null 515 null] >>", "Part 2 of it"),
        ("/Dest (named)", "Part 2 of it"),
        ("/Dest [12 0 R /Fit]", "Forty adults"),
        ("/Dest [12 0 R /XYZ 0 0 0]", "Forty adults"),
        ("/Dest [12 0 R /XYZ 0 10000 0]", "Forty adults"),
        ("/Dest [12 0 R /XYZ null null null]", "Forty adults"),
    ],
)
def test_a_section_begins_where_its_entry_leads(tmp_path: Path, place: str, first: str) -> None:
    names = "/Names << /Dests << /Names [(named) [12 0 R /XYZ null 515 null]] >> >>"
    found = with_outline(tmp_path, {"Doses": place, "Warnings": TOP}, names)
    assert found == [f"Doses: {first}", "Warnings: Forty adults"]


def test_a_heading_that_is_worded_a_little_otherwise_is_that_of_the_entry(tmp_path: Path) -> None:
    place = "/Dest [12 0 R /XYZ null 515 null]"
    found = with_outline(tmp_path, {"Part 2 of it all": place, "Warnings": TOP})
    assert found[0].startswith("Part 2 of it: ")


@pytest.mark.parametrize("named", [False, True])
def test_chapters_keep_their_numbers(tmp_path: Path, named: bool) -> None:
    titles = ("Introduction", "Anatomy of the Airway")
    sheets = []
    for n, title in enumerate(titles, 1):
        head = (
            [Text(60, 760, f"Chapter {n}: {title}", 20, "bold")]
            if named
            else [Text(60, 760, str(n), 36, "bold"), Text(60, 715, title, 24, "bold")]
        )
        sheets.append(Sheet([*head, *column(60, 680 - 3 * n, BODY)]))
    document = reading(tmp_path, pdf(sheets)).document
    numbers = ["Chapter 1", "Chapter 2"] if named else ["1", "2"]
    assert [(s.number, s.title) for s in document.sections] == list(
        zip(numbers, titles, strict=True)
    )


@pytest.mark.parametrize("size", [8, 10, 14])
@pytest.mark.parametrize("pages", [0, 2])
def test_a_small_line_above_a_heading_may_be_its_number(
    tmp_path: Path, size: int, pages: int
) -> None:
    """At one place of the first page of each chapter, and of no other: it is no running head."""
    titles = ("Introduction to Quiet Rooms", "Anatomy of the Airway", "Sleep", "The Night")
    sheets = [Sheet([Text(60, 700, "A Book of Wards", 30, "bold"), *column(60, 600, BODY)])]
    for n, title in enumerate(titles, 1):
        texts = [Text(60, 760, f"CHAPTER {n}", size), Text(60, 730, title, 24, "bold")]
        sheets.append(Sheet([*texts, *column(60, 690 - 3 * n, BODY)]))
        for m in range(pages):
            head = Text(60, 800, f"Chapter {n}", 8)
            more = BODY.replace("month", f"month {n} {m}")
            sheets.append(Sheet([head, *column(60, 770 - 7 * m, more)]))
    document = reading(tmp_path, pdf(sheets)).document
    assert [(s.number, s.title) for s in document.sections] == [
        (f"CHAPTER {n}", title) for n, title in enumerate(titles, 1)
    ]
    # What stands over the other pages of a chapter is none of the text.
    assert "Chapter 1" not in document.text


def test_a_number_above_a_table_or_a_paragraph_is_none_of_a_heading(tmp_path: Path) -> None:
    texts = [
        Text(60, 760, "A Trial of Quiet Rooms", 24, "bold"),
        *column(60, 720, BODY),
        Text(60, 500, "Part 2", 10),
        *column(60, 480, BODY),
    ]
    document = reading(tmp_path, pdf([Sheet(texts)])).document
    assert "Part 2" not in [section.number for section in document.sections]


def test_headings_that_count_in_roman_numbers_have_parts_by_letters(tmp_path: Path) -> None:
    def small_capitals(y: float, number: str, first: str, others: str) -> str:
        large, small = f"({number}. {first})", f"({others})"
        return f"BT /F1 10 Tf 200 {y} Td {large} Tj /F1 8 Tf {small} Tj ET\n"

    drawn = small_capitals(760, "I", "I", "NTRODUCTION") + small_capitals(400, "II", "R", "ESULTS")
    texts = [
        *column(60, 740, "|".join(ABOVE)),
        Text(60, 660, "A. Patients", 10, "italic"),
        *column(60, 648, "|".join(BELOW)),
        Text(60, 580, "B. Drugs", 10, "italic"),
        *column(60, 568, "|".join(ABOVE)),
        *column(60, 380, "|".join(BELOW)),
    ]
    document = reading(tmp_path, pdf([Sheet(texts, drawn=drawn)])).document
    assert outline(document) == [
        (1, "I", "INTRODUCTION"),
        (2, "A", "Patients"),
        (2, "B", "Drugs"),
        (1, "II", "RESULTS"),
    ]


def test_initials_of_names_are_no_numbers(tmp_path: Path) -> None:
    texts = [*column(60, 740, BODY), Text(60, 600, "A. Smith and others", 10, "italic")]
    assert article(tmp_path, texts).document.sections == ()


def test_a_table_is_never_the_title(tmp_path: Path) -> None:
    rows = [("Drug", "Dose"), ("Ketamine", "5 mg"), ("Propofol", "9 mg")]
    texts = [
        Text(x, 760 - 24 * i, words, 18)
        for i, row in enumerate(rows)
        for x, words in zip((60, 300), row, strict=True)
    ]
    document = article(tmp_path, [*texts, *column(60, 640, BODY)]).document
    assert blocks(document, "table") == ["Drug\tDose\nKetamine\t5 mg\nPropofol\t9 mg"]
    assert document.title == "a"
