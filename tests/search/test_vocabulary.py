from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from reader.importers.builder.document_builder import DocumentBuilder
from reader.search.inverter import invert
from reader.search.query_ast import Term
from reader.search.segment import Field, Segment
from reader.search.spellings import Spellings
from reader.search.vocabulary import words_of
from tests.search.brute_force import distance

LETTERS = st.text("abcd", min_size=1, max_size=7)


def field_of(text: str) -> Field:
    writer = DocumentBuilder()
    writer.begin("paragraph")
    writer.add(text)
    return Segment(invert([writer.build(id="d", title="")])).fields["text"]


def found(term: Term, text: str, strict: bool = False) -> set[str]:
    field = field_of(text)
    near = Spellings([field.spelled]).close(term.text, term.edits) if term.edits else []
    return {field.words[n].decode() for n in words_of(term, [field], strict, near)[0].tolist()}


TEXT = "MS ms us US SSRIs ssri ketamine ketamines anti-dose antidote äb 5 5mg β-ketamine"


def test_a_word_stands_for_its_forms() -> None:
    assert found(Term("word", "ketamine"), TEXT) == {"ketamine", "ketamines"}
    assert found(Term("word", "ms"), TEXT) == {"ms", "MS"}
    assert found(Term("word", "SSRI"), TEXT, strict=True) == {"SSRIs"}
    assert found(Term("word", "MS"), TEXT, strict=True) == {"MS"}
    assert found(Term("word", "zebra"), TEXT) == set()


def test_an_exact_word_stands_for_itself_in_any_case() -> None:
    assert found(Term("exact", "ketamine"), TEXT) == {"ketamine"}
    assert found(Term("exact", "ssris"), TEXT) == {"SSRIs"}
    assert found(Term("exact", "ms"), TEXT) == {"ms", "MS"}
    assert found(Term("exact", "MS"), TEXT) == {"MS"}
    assert found(Term("exact", "betaketamine"), TEXT) == {"betaketamine\x1f2"}


def test_a_beginning_stands_for_all_that_begin_so() -> None:
    assert found(Term("prefix", "anti"), TEXT) == {"anti", "antidose\x1f2", "antidote"}
    assert found(Term("prefix", "ssris"), TEXT) == {"SSRIs"}
    assert found(Term("prefix", "ssr"), TEXT) == {"SSRIs", "ssri"}
    assert found(Term("prefix", "5"), TEXT) == {"5", "5mg\x1f2"}
    assert found(Term("typed", "ketami"), TEXT) == {"ketamine", "ketamines"}
    assert found(Term("typed", "SSR"), TEXT, strict=True) == {"SSRIs"}


def test_signs_stand_for_letters() -> None:
    assert found(Term("wild", "?b"), TEXT) == {"ab"}
    assert found(Term("wild", "*ketamine"), TEXT) == {"ketamine", "betaketamine\x1f2"}
    assert found(Term("wild", "m?"), TEXT) == {"ms", "MS", "mg"}
    assert found(Term("wild", "a.*"), TEXT) == set()
    assert found(Term("wild", "*longer*"), "ab") == found(Term("wild", "*longer*"), "") == set()
    assert found(Term("wild", "?"), "α 氯 ж") == {"氯", "ж"}


def test_a_misspelt_word_stands_for_those_near_it() -> None:
    assert found(Term("fuzzy", "ketamnie", 1), TEXT) == {"ketamine"}
    assert found(Term("fuzzy", "antidsoe", 1), TEXT) == {"antidose\x1f2"}
    assert found(Term("fuzzy", "sm", 1), TEXT) == {"ms", "MS", "us", "US", "mg"} - {
        "us",
        "US",
        "mg",
    }


MORE_LETTERS = st.text("abcdé氯", min_size=1, max_size=7)


@given(
    MORE_LETTERS,
    st.lists(st.lists(MORE_LETTERS, max_size=12), max_size=3),
    st.integers(1, 2),
)
def test_nearness_is_the_number_of_edits(wanted: str, texts: list[list[str]], edits: int) -> None:
    fields = [field_of(" ".join(words)) for words in texts]
    found = Spellings([field.spelled for field in fields]).close(wanted, edits)
    assert len(found) == len(fields)
    for field, numbers in zip(fields, found, strict=True):
        near = {field.words[n] for n in numbers.tolist()}
        expected = {
            word
            for word in field.words.all()
            if distance(wanted, word.decode().split("\x1f")[0].lower()) <= edits
        }
        assert near == expected
        assert len(near) == len(numbers)


@given(
    st.lists(st.text("abBé", min_size=1, max_size=5), max_size=12),
    st.text("abé?*", min_size=1, max_size=6).filter(lambda p: p.strip("?*") and {*p} & {*"?*"}),
)
def test_a_pattern_stands_for_the_words_that_it_fits(words: list[str], pattern: str) -> None:
    field = field_of(" ".join(words))
    term = Term("wild", re.sub(r"\*+", "*", pattern.replace("é", "e")))
    signs = {"*": ".*", "?": "."}
    expression = re.compile("".join(signs.get(c, c) for c in term.text), re.IGNORECASE)
    spelled = [word.decode() for word in field.words.all()]
    expected = {word for word in spelled if expression.fullmatch(word)}
    assert {field.words[n].decode() for n in words_of(term, [field], False)[0].tolist()} == expected
