"""Words that leave the page keep the signs that turn their sense."""

import pytest

from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Document, Mark, MarkKind
from reader.model.plain_text import pieces, plain_text, raised_and_lowered
from reader.model.span import Span

Part = str | tuple[MarkKind, str]


def made(*parts: Part) -> Document:
    writer = DocumentBuilder()
    writer.begin("paragraph")
    for part in parts:
        if isinstance(part, str):
            writer.add(part)
            continue
        with writer.mark(part[0], "1"):
            writer.add(part[1])
    return writer.build(id="a" * 64, title="t", source="s")


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (("below 10", ("sup", "9"), "/L"), "below 10⁹/L"),
        (("10", ("sup", "−3")), "10⁻³"),
        (("e", ("sup", "−kt")), "e^(−kt)"),
        (("x", ("sup", "k")), "x^k"),
        (("CO", ("sub", "2")), "CO₂"),
        (("T", ("sub", "max")), "T_max"),
        (("Give ", ("strike", "500 mg"), " 50 mg"), "Give ~~500 mg~~ 50 mg"),
        (("INR 2.5", ("reference_mark", "1"), " rises"), "INR 2.5 [1] rises"),
        (("well known", ("reference_mark", "[1]"), "."), "well known [1]."),
        (("x", ("sup", " "), "y"), "x y"),
        (("S", ("sub", "C"), ("sub", "r"), "."), "S_Cr."),
        (("plain",), "plain"),
    ],
)
def test_signs_are_kept_in_plain_words(parts: tuple[Part, ...], said: str) -> None:
    document = made(*parts)
    assert plain_text(document, Span(0, len(document.text))) == said


CITED: tuple[Part, Part] = ("reference_mark", "[1]"), ("reference_mark", "[2]")
BARE: tuple[Part, Part] = ("reference_mark", "1"), ("reference_mark", "2")


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (("as shown ", CITED[0], ", ", CITED[1], "."), "as shown."),
        (("as shown ", CITED[0], ", ", CITED[1]), "as shown"),
        (("as shown ", CITED[0], " and ", CITED[1], ", it is"), "as shown, it is"),
        (("as shown [", BARE[0], ", ", BARE[1], "]."), "as shown."),
        (("as shown (", BARE[0], "–", BARE[1], ") here"), "as shown here"),
        (("as shown [", BARE[0], "]"), "as shown"),
        (("receptor", BARE[0], " blocks"), "receptor blocks"),
        (("receptor", BARE[0], "blocks"), "receptorblocks"),
        (("receptor", BARE[0]), "receptor"),
        ((CITED[0], " Next"), " Next"),
        ((CITED[0],), ""),
        (("see ", CITED[0], " for 10", ("sup", "9"), CITED[1], "."), "see for 10⁹."),
        (("dose (mg ", CITED[0], ") is"), "dose (mg) is"),
        (("dose (", CITED[0], "; mg) is"), "dose (; mg) is"),
        (("shown", ("reference_mark", "1"), " in 2", ("reference_mark", "3"), "."), "shown in 2."),
    ],
)
def test_a_dropped_reference_mark_leaves_no_hole(parts: tuple[Part, ...], said: str) -> None:
    document = made(*parts)
    span = Span(0, len(document.text))
    assert plain_text(document, span, reference_marks=False) == said


def test_marks_that_overlap_are_dropped_once() -> None:
    text = "shown 1234."
    spans = (Span(6, 9), Span(7, 8), Span(8, 10))
    marks = tuple(Mark("reference_mark", span, "1") for span in spans)
    document = Document("a" * 64, "t", text, marks=marks)
    assert plain_text(document, Span(0, len(text)), reference_marks=False) == "shown."
    assert plain_text(document, Span(0, len(text))) == "shown [1234]."


def test_pieces_say_how_words_look() -> None:
    document = made("10", ("sup", "9"), " or ", ("strike", "5 mg"), BARE[0], ".")
    found = pieces(document, Span(0, len(document.text)), reference_marks=False)
    assert [(one.words, set(one.kinds)) for one in found] == [
        ("10", set()), ("9", {"sup"}), (" or ", set()), ("5 mg", {"strike"}), (".", set()),
    ]  # fmt: skip


def test_a_mark_that_is_both_raised_and_a_reference_is_a_reference() -> None:
    writer = DocumentBuilder()
    writer.begin("paragraph")
    writer.add("INR 2.5")
    with writer.mark("reference_mark", "1"), writer.mark("sup"):
        writer.add("1")
    document = writer.build(id="a" * 64, title="t", source="s")
    assert plain_text(document, Span(0, len(document.text))) == "INR 2.5 [1]"


def test_a_part_of_a_struck_passage_is_struck() -> None:
    document = made("Give ", ("strike", "500 mg daily"), ".")
    assert plain_text(document, Span(9, 14)) == "~~mg da~~"


def test_signs_for_single_characters_are_given_by_their_offsets() -> None:
    document = made("10", ("sup", "9"), " e", ("sup", "k"), ("sup", "t"), " H", ("sub", "2"))
    assert raised_and_lowered(document, Span(0, 8)) == {2: "⁹", 5: "^k", 6: "t"}


def test_what_is_raised_without_words_and_what_is_a_reference_have_no_sign() -> None:
    text = "x y and 2,3 or z"
    marks = (
        Mark("sup", Span(1, 2), ""),
        Mark("reference_mark", Span(8, 11), "2 3"),
        Mark("sup", Span(8, 11), ""),
        Mark("strike", Span(15, 16), ""),
    )
    document = Document("a" * 64, "t", text, marks=marks)
    assert plain_text(document, Span(0, 3)) == "x y"
    assert raised_and_lowered(document, Span(2, len(text))) == {}
