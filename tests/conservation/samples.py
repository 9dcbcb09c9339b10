"""One article that has a thing of each kind that may be lost, and documents with something lost."""

from __future__ import annotations

from dataclasses import replace

from reader.model.document import Document, MarkKind
from reader.model.span import Span
from tests.conservation.makers.tree import (
    Article,
    Formula,
    Items,
    Paragraph,
    Part,
    Picture,
    Piece,
    Rows,
)


def sample(plain: bool) -> Article:
    """The article; `plain` has signs of Windows-1252 only."""
    minus, at_least = ("-", ">") if plain else ("−", "≥")
    first = Paragraph(
        (
            Piece(f"Give 2.5 mg every morning, do not exceed 40 units. Range {minus}17 to 21 °C"),
            Piece(f" and {at_least}83 % or 600–900 mL/h. Platelets 10"),
            Piece("9", "sup"),
            Piece("/L, CO"),
            Piece("2", "sub"),
            Piece(" and "),
            Piece("500 mcg", "strike"),
            Piece(" are measured"),
            Piece("", note="Measured in the first ward."),
            Piece("."),
        )
    )
    rows = Rows(
        (Piece("Doses of it by weight."),),
        True,
        (
            _row("Weight", "Dose", "Times"),
            _row("11 kg", "1.5 mg", "3 times"),
            _row("22 kg", "3.25 mg", "4 times"),
            _row("33 kg", "4.75 mg", "6 times"),
        ),
    )
    steps = Items(True, 1, tuple((_line(words),) for words in _STEPS))
    bullets = Items(False, 1, tuple((_line(words),) for words in _BULLETS))
    sign = {s: Formula("sign", s) for s in ("140", "72", "+", "x", "y", "k")}
    over = Formula("row", "", (sign["140"], sign["+"], sign["x"]))
    under = Formula("row", "", (sign["72"], sign["+"], sign["y"]))
    root = Formula("root", "", (sign["k"],))
    fraction = Formula("fraction", "", (over, under))
    formula = Formula("row", "", (fraction, sign["+"], root))
    picture = Picture("Curve of the levels over a day", (Piece("Levels after one dose."),))
    return Article(
        "A guide to the test drug",
        (
            Part((Piece("Dosing"),), "recommended-dose", 1, (first, rows)),
            Part(
                (Piece("Immediate management"),),
                "immediate-management",
                1,
                (steps, Paragraph((Piece("The clearance is computed."),), formula), bullets),
            ),
            Part((Piece("Social history"),), "social-history", 1, (_line(_HISTORY), picture)),
            Part((Piece("Sources"),), "related", 1, tuple(map(_line, _SOURCES))),
        ),
    )


_STEPS = (
    "Stop the infusion at once.",
    "Check potassium before each dose.",
    "Call the ward if pressure falls.",
)
_BULLETS = ("Never with heparin.", "Always with water.")
_HISTORY = "Ask for alcohol without blame. Note 1000 2000 and 3000 steps as walked."
_SOURCES = (
    "Smith J. A trial of doses in sepsis. Ward Medicine 2019.",
    "Brown K. A trial of rates in shock. Ward Medicine 2021.",
)


def _row(*cells: str) -> tuple[tuple[Piece, ...], ...]:
    return tuple((Piece(cell),) for cell in cells)


def _line(words: str) -> Paragraph:
    return Paragraph((Piece(words),))


# What may be lost of a document


def without(document: Document, words: str, put: str = "", within: str = "") -> Document:
    """The document with `put` in the place of the words, which stand within others in its text."""
    place = document.text.index(within or words)
    start = document.text.index(words, place)
    return cut(document, Span(start, start + len(words)), put)


def cut(document: Document, span: Span, put: str = "") -> Document:
    """The document with `put` in the place of the span, all else where it was."""
    text = document.text[: span.start] + put + document.text[span.end :]

    def moved(other: Span) -> Span:
        return Span(_at(other.start), _at(other.end))

    def _at(offset: int) -> int:
        if offset <= span.start:
            return offset
        if offset < span.end:
            return span.start + min(len(put), offset - span.start)
        return offset + len(put) - (span.end - span.start)

    return replace(
        document,
        text=text,
        sections=tuple(replace(s, span=moved(s.span)) for s in document.sections),
        blocks=tuple(replace(b, span=moved(b.span)) for b in document.blocks),
        inner_blocks=tuple(replace(b, span=moved(b.span)) for b in document.inner_blocks),
        marks=tuple(replace(m, span=moved(m.span)) for m in document.marks),
        formulas=tuple(replace(f, span=moved(f.span)) for f in document.formulas),
        references=tuple(replace(r, span=moved(r.span)) for r in document.references),
        abbreviations=tuple(replace(a, span=moved(a.span)) for a in document.abbreviations),
        figures=tuple(
            replace(f, caption=moved(f.caption) if f.caption else None) for f in document.figures
        ),
        tables=tuple(
            replace(
                table,
                cells=tuple(replace(c, span=moved(c.span)) for c in table.cells),
                caption=moved(table.caption) if table.caption else None,
            )
            for table in document.tables
        ),
    )


def unmarked(document: Document, kinds: tuple[MarkKind, ...], words: str) -> Document:
    """The document without the marks of these kinds on the words."""
    marks = tuple(
        m for m in document.marks if m.kind not in kinds or m.span.cut(document.text) != words
    )
    assert len(marks) < len(document.marks)
    return replace(document, marks=marks)


def unlabelled(document: Document, words: str) -> Document:
    """The document without the label of the block that begins with the words."""
    blocks = tuple(
        replace(b, label="") if b.span.cut(document.text).startswith(words) else b
        for b in document.blocks
    )
    if blocks == document.blocks:
        # The label stands in the text.
        start = document.text.index(words)
        line = document.text.rindex("\n", 0, start) + 1
        return cut(document, Span(line, start))
    return replace(document, blocks=blocks)
