"""No line begins with a mark, a number stays with what it counts, and words are divided."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from PySide6.QtGui import QTextCharFormat

from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Document
from reader.model.span import Span
from reader.ui.typeset.formats import Formats
from reader.ui.typeset.hyphenation import hyphenator
from reader.ui.typeset.line_breaks import held_title, held_together, title_joints
from reader.ui.typeset.reading_style import ReadingStyle
from reader.ui.typeset.text_document import TypesetDocument
from reader.ui.typeset.typesetter import Typesetter
from reader.ui.widgets.theme import LIGHT
from tests.ui.typeset.test_typesetter import format_at, shown

RAISED = QTextCharFormat.VerticalAlignment.AlignSuperScript


def cited(*pieces: str, language: str = "en") -> Document:
    """A paragraph; every other piece is a reference mark."""
    writer = DocumentBuilder()
    writer.begin("paragraph")
    for i, words in enumerate(pieces):
        if i % 2:
            with writer.mark("reference_mark", "1"):
                writer.add(words)
        else:
            writer.add(words)
    writer.begin_heading(1, kind="references")
    writer.add("References")
    writer.begin("reference", label="1")
    writer.add("An entry.")
    return writer.build(id="0" * 64, title="t", source="s", language=language)


def typeset(
    document: Document, style: ReadingStyle | None = None, room: int = 10_000
) -> TypesetDocument:
    formats = Formats(LIGHT, 1.0, style or ReadingStyle(), room)
    setter = Typesetter(document, formats, lambda name: b"")
    return setter.typeset(Span(0, len(document.text)), "by line")


def lines(made: TypesetDocument, offset: int) -> list[str]:
    """The lines of the paragraph that holds an offset, as they are broken."""
    made.documentLayout().documentSize()
    block = made.findBlock(made.offsets.position(offset))
    layout = block.layout()
    found = [layout.lineAt(i) for i in range(layout.lineCount())]
    return [block.text()[n.textStart() : n.textStart() + n.textLength()] for n in found]


@pytest.mark.parametrize(
    ("before", "mark", "is_raised"),
    [
        ("was found ", "1", True),
        ("was found.", "1–3", True),
        ("was found", "a, b", True),
        ("was found.", "[2]", True),
        ("was found ", "[2]", False),
        ("was found ", "(2005)", False),
        ("was found in ", "2005", False),
        ("as Leino said ", "Leino et al. (2005)", False),
        ("was found [see ", "2", False),
        ("was found (", "12", False),
        ("was found", "†", True),
    ],
)
def test_only_bare_figures_and_letters_are_raised(
    qapp: object, before: str, mark: str, is_raised: bool
) -> None:
    document = cited(before, mark, ")" if "(" in before else " and more.")
    made = typeset(document)
    look = format_at(made, document, mark)
    assert (look.verticalAlignment() == RAISED) is is_raised
    body = format_at(made, document, before)
    assert look.foreground() != body.foreground()
    if not is_raised:
        assert look.font().pixelSize() == body.font().pixelSize()
        assert look.font().family() == body.font().family()


@pytest.mark.parametrize("glue", [" ", ". ", ".", ",", "? ", "?", ")", "", "—"])
@pytest.mark.parametrize("mark", ["1", "[1]", "1–3", "[3, 4]"])
def test_no_line_begins_with_a_mark(qapp: object, glue: str, mark: str) -> None:
    document = cited(*[" and then some other words" + glue, mark] * 30)
    begins = re.compile(r"\s*[\d\[]")
    for room in range(308, 480, 13):
        made = typeset(document, room=room)
        for line in lines(made, 3):
            assert not begins.match(line), line
        assert shown(made, document.blocks[0].span) == document.blocks[0].span.cut(document.text)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("60 references", "60~references"),
        ("give 5 mg of it", "give 5~mg of it"),
        ("12.5 % of 40 women", "12.5~% of 40~women"),
        ("p = 0.05, n ≥ 5", "p~=~0.05, n~≥~5"),
        ("see Table 3 and Fig. 2", "see Table~3 and Fig.~2"),
        ("in 2005 patients of group 2 and 3 The", "in 2005 patients of group 2 and 3 The"),
        ("3 and 4 with 5", "3 and 4 with 5"),
    ],
)
def test_a_number_stays_with_what_it_counts(text: str, held: str) -> None:
    assert held_together(text).replace("\u00a0", "~") == held


def test_a_title_holds_short_compounds_and_its_last_words() -> None:
    title = "Treatment of MDR-TB in HIV-positive adults and non-inferiority of it"
    assert [title[i - 4 : i] for i in title_joints(title)] == ["MDR-", "HIV-", "non-"]
    assert held_title(title).endswith("inferiority of\u00a0it")
    assert held_title("Two words") == "Two words"
    assert held_title("Of a pharmacologically enormous responsiveness") == (
        "Of a pharmacologically enormous responsiveness"
    )


WORDS = "Characteristically heterogeneous responsiveness notwithstanding immunosuppression. " * 8


def test_justified_text_is_divided_and_the_text_stays_itself(qapp: object) -> None:
    document = cited(WORDS)
    ragged, even = typeset(document), typeset(document, ReadingStyle(justified=True))
    span = document.blocks[0].span
    assert not any(line.endswith("\u00ad") for line in lines(ragged, 3))
    assert any(line.endswith("\u00ad") for line in lines(even, 3))
    assert shown(even, span) == span.cut(document.text)
    for offset in range(span.start, span.end):
        assert even.offsets.offset(even.offsets.position(offset)) == offset


@pytest.mark.parametrize(
    ("language", "word", "parts"),
    [
        ("en", "hyphenation", "hyphen-a-tion"),
        ("en-GB", "responsiveness", "respons-ive-ness"),
        ("de", "Silbentrennung", "Sil-ben-tren-nung"),
        ("de-CH", "Leberzirrhose", "Leber-zir-rhose"),
    ],
)
def test_words_are_divided_by_their_language(language: str, word: str, parts: str) -> None:
    divider = hyphenator(language)
    assert divider is not None
    places = [0, *divider.places(word), len(word)]
    made = "-".join(word[a:b] for a, b in pairwise(places))
    assert made == parts
    assert divider.places("MDR-TB x2yzabc it’s McDonald") == []


def test_a_language_without_patterns_is_not_divided() -> None:
    assert hyphenator("xx") is None
    assert hyphenator("") is None
