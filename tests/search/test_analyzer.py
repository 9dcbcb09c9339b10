from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.importers.builder.document_builder import DocumentBuilder
from reader.search.analyzer import LONGEST_PIECE, RAW, analyse, fold, keys, readable


def pieces(raw: str) -> list[str]:
    return [piece.surface for piece in analyse(raw).pieces]


@pytest.mark.parametrize(
    ("raw", "surfaces", "joined"),
    [
        ("N-methyl-D-aspartate", ["n", "methyl", "d", "aspartate"], "nmethyldaspartate"),
        ("5-HT2A", ["5", "HT2A"], "5HT2A"),
        ("5HT2A", ["5", "HT2A"], "5HT2A"),
        ("TNF-α", ["TNF", "alpha"], "tnfalpha"),
        ("TNFα", ["tnfalpha"], ""),
        ("β-blocker", ["beta", "blocker"], "betablocker"),
        ("COVID-19", ["COVID", "19"], "COVID19"),
        ("dose–response", ["dose", "response"], "doseresponse"),
        ("mg/kg", ["mg", "kg"], ""),
        ("0.5", ["0.5"], ""),
        ("0.5mg", ["0.5", "mg"], "0.5mg"),
        ("0·5", ["0.5"], ""),
        ("5–10", ["5", "10"], ""),
        ("1,000", ["1000"], ""),
        ("10⁵", ["10", "5"], ""),
        ("U.S", ["u", "s"], "US"),
        ("e.g", ["e", "g"], "eg"),
        ("foo_bar", ["foo", "bar"], "foobar"),
        ("patient’s", ["patient"], ""),
        ("O’Brien", ["obrien"], ""),
        ("氯胺酮", ["氯", "胺", "酮"], "氯胺酮"),
        ("a-b-c-d-e-f-g-h-i", list("abcdefghi"), ""),
        ("_", [], ""),
    ],
)
def test_a_raw_word_has_pieces_and_a_joined_form(
    raw: str, surfaces: list[str], joined: str
) -> None:
    assert RAW.findall(raw) == [raw]
    assert pieces(raw) == surfaces
    assert analyse(raw).joined == joined


@pytest.mark.parametrize(
    ("raw", "raised"),
    [
        ("10⁹/L", "109"),
        ("10⁹", "109"),
        ("10¹²/L", "1012"),
        ("10⁹cells", ""),
        ("10⁹⁹x", ""),
        ("1.5²", ""),
        ("m²", ""),
        ("109/L", ""),
    ],
)
def test_a_power_has_a_second_form_as_it_is_typed_without_raised_digits(
    raw: str, raised: str
) -> None:
    assert analyse(raw).raised == raised


def test_pieces_say_where_they_are() -> None:
    assert [(p.start, p.end) for p in analyse("patient’s-dose").pieces] == [(0, 7), (10, 14)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("health 1conditions, anxiety3.", ["health", "1conditions", "anxiety3"]),
        ("p<0.05 (n=12)", ["p", "0.05", "n", "12"]),
        ("yes - no -- perhaps—so", ["yes", "no", "perhaps", "so"]),
        ("1,2 and 1,234,567", ["1", "2", "and", "1,234,567"]),
    ],
)
def test_text_is_cut_into_raw_words(text: str, words: list[str]) -> None:
    assert RAW.findall(text) == words


@pytest.mark.parametrize(
    ("piece", "surface"),
    [
        ("Ketamine", "ketamine"),
        ("KETAMINE", "ketamine"),
        ("NMDA", "NMDA"),
        ("SSRIs", "SSRIs"),
        ("CO₂", "CO2"),
        ("co₂", "co2"),
        ("ms", "ms"),
        ("MS", "MS"),
        ("mRNA", "mrna"),
        ("naïve", "naive"),
        ("Sjögren", "sjogren"),
        ("Møller", "moller"),
        ("œdema", "oedema"),
        ("ﬁbrosis", "fibrosis"),
        ("ﬁ", "fi"),
        ("straße", "strasse"),
        ("β", "beta"),
        ("ς", "sigma"),
        ("Ω", "omega"),
        ("λ", "lambda"),
        ("κB", "kappab"),
        ("μg", "ug"),
        ("µg", "ug"),
        ("mcg", "ug"),
        ("μ", "mu"),
        ("don’t", "dont"),
        ("θεραπεία", "θεραπεια"),
        ("m²", "m2"),
    ],
)
def test_a_piece_is_folded(piece: str, surface: str) -> None:
    assert fold(piece) == surface


def test_short_forms_are_found_with_and_without_their_capitals() -> None:
    assert keys("SSRIs") == ("ssri", "ssris", "=SSRI")
    assert keys("MS") == ("ms", "=MS")
    assert keys("ms") == ("ms",)
    assert keys("anxieties") == keys("anxiety")


def test_very_long_words_are_cut() -> None:
    assert pieces("ab" * LONGEST_PIECE) == ["ab" * (LONGEST_PIECE // 2)] * 2
    assert pieces("ä" * (LONGEST_PIECE + 1)) == ["a" * LONGEST_PIECE, "a"]


@given(st.text(max_size=60))
def test_whatever_the_text_pieces_lie_in_it_in_order(text: str) -> None:
    for match in RAW.finditer(text):
        end = 0
        for piece in analyse(match[0]).pieces:
            assert end <= piece.start < piece.end <= len(match[0])
            assert piece.surface
            end = piece.end


def test_numbers_of_references_are_blank_and_raised_digits_are_raised() -> None:
    writer = DocumentBuilder()
    writer.begin("paragraph")
    writer.add("the NMDA ")
    with writer.mark("reference_mark", "4"):
        writer.add("4")
    writer.add("receptor (")
    with writer.mark("reference_mark", "1"):
        writer.add("Smith 2020")
    writer.add(") at 10")
    with writer.mark("sup"), writer.mark("reference_mark", "9"):
        writer.add("5")
    writer.add(" and 10")
    with writer.mark("sup"):
        writer.add("5")
    writer.add(" and m")
    with writer.mark("sup"):
        writer.add("2")
    document = writer.build(id="d", title="")
    assert readable(document) == "the NMDA  receptor (Smith 2020) at 10  and 10⁵ and m2"
    assert len(readable(document)) == len(document.text)


def test_text_without_such_marks_is_as_it_is() -> None:
    writer = DocumentBuilder()
    writer.add("plain")
    document = writer.build(id="d", title="")
    assert readable(document) is document.text
