from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.search import Query
from reader.search.query_ast import (
    And,
    Either,
    Field,
    Filed,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Term,
    Years,
    say,
)
from reader.search.query_parser import MOST_WORDS, parse
from reader.search.searcher import Finder
from tests.search.samples import nowhere


def word(text: str) -> Term:
    return Term("word", text)


def prefix(text: str) -> Term:
    return Term("prefix", text)


def exact(text: str) -> Term:
    return Term("exact", text)


A, B, C, D = map(word, "kxyz")


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("", ()),
        ("…", ()),
        ("*", ()),
        ('""', ()),
        ("()", ()),
        ("_", ()),
        ("Ketamine anxiety", (word("ketamine"), word("anxiety"))),
        ("the effect of it", (word("effect"),)),
        ("the", (word("the"),)),
        ("IT", (word("IT"),)),
        ("the -k", (word("the"), Not(A))),
        ("KETAMINE FOR ANXIETY", (word("ketamine"), word("anxiety"))),
        ("NMDA AMPA", (word("NMDA"), word("AMPA"))),
        ("NMDA,AMPA", (word("NMDA"), word("AMPA"))),
        ('"NMDA receptor"', (Phrase((exact("NMDA"), exact("receptor"))),)),
        ("“anxious”", (exact("anxious"),)),
        ('"nmd* rec?ptor?"', (Phrase((Term("prefix", "nmd"), Term("wild", "rec?ptor"))),)),
        ("k -x", (A, Not(B))),
        ("k NOT x", (A, Not(B))),
        ("k -(x y)", (A, Not(And((B, C))))),
        ("k OR x", (Or((A, B)),)),
        ("k x OR y", (A, Or((B, C)))),
        ("k AND x OR y AND z", (Or((And((A, B)), And((C, D)))),)),
        ("(k x) OR y", (Or((And((A, B)), C)),)),
        ("k NEAR/3 x", (Near((A, B), 3),)),
        ("k NEAR x NEAR/2 y", (Near((A, B, C), 2),)),
        ('"k x"~4', (Near((exact("k"), exact("x")), 4),)),
        ("ket*", (Term("prefix", "ket"),)),
        ("k?t*ne", (Term("wild", "k?t*ne"),)),
        ("K**t", (Term("wild", "k*t"),)),
        ("what?", (word("what"),)),
        (
            "anti-dep*",
            (Either((Phrase((word("anti"), Term("prefix", "dep"))), Term("prefix", "antidep"))),),
        ),
        ("ketamne~", (Term("fuzzy", "ketamne", 2),)),
        ("doze~", (Term("fuzzy", "doze", 1),)),
        ("ab~", (word("ab"),)),
        ("doze~2", (Term("fuzzy", "doze", 2),)),
        ("mg/kg", (Phrase((word("mg"), word("kg"))),)),
        ("β-blocker", (Either((Phrase((word("beta"), word("blocker"))), word("betablocker"))),)),
        ("title:k", (Field("title", A),)),
        ('title:"k x" y', (Field("title", Phrase((exact("k"), exact("x")))), C)),
        ("author:(k x)", (Field("author", A), Field("author", B))),
        ("year:2020 k", (Years(2020, 2020), A)),
        ("year:2019..2023", (Years(2019, 2023),)),
        ("year:2019-2023", (Years(2019, 2023),)),
        ("year:..2020", (Years(0, 2020),)),
        ("year:2020..", (Years(2020, 9999),)),
        ("subtitle:k", (word("subtitle"), A)),
        ("aim: k", (word("aim"), A)),
    ],
)
def test_what_is_asked(query: str, parts: tuple[object, ...]) -> None:
    asked = parse(query)
    assert asked.parts == parts
    assert asked.problem == ""


def test_regions_hold_for_the_whole_query() -> None:
    asked = parse("k in:References x in:title")
    assert asked.parts == (A, B)
    assert asked.regions == ("references", "title")


@pytest.mark.parametrize(
    ("query", "problem", "words"),
    [
        ("(k x", "A bracket is opened that is never closed.", (A, B)),
        ("k) x", "A bracket is closed that was never opened.", (A, B)),
        ('"k x', "A quotation mark is missing: “…” needs both.", (A, B)),
        ("OR k", "OR needs a word on either side.", (A,)),
        ("k OR", "OR needs a word on either side.", (A,)),
        ("k AND -", "AND needs a word on either side.", (A,)),
        ("k NEAR/2", "NEAR needs a word on either side.", (A,)),
        ("k NEAR -x", "NEAR stands between two words or phrases.", (A, B)),
        ("k NOT", "After NOT comes what to leave out.", (A,)),
        ("-k", "Say also what to look for, not only what to leave out.", (A,)),
        (
            "year:soon",
            "A year looks like year:2020 or year:2019..2023.",
            (word("year"), word("soon")),
        ),
        ("in:k", "After in: comes title, text, references or notes.", (A,)),
        ("title:*", "After title: comes a word or a phrase.", (word("title"),)),
        ("(" * 30 + "k" + ")" * 30, "There are too many brackets in each other.", (A,)),
    ],
)
def test_what_is_wrong_is_said_and_the_words_are_taken_all_the_same(
    query: str, problem: str, words: tuple[object, ...]
) -> None:
    asked = parse(query)
    assert asked.problem == problem
    assert asked.parts == words


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("nmd", (Term("typed", "nmd"),)),
        ("n", (word("n"),)),
        ("k nmd", (A, Term("typed", "nmd"))),
        ("nmda ", (word("nmda"),)),
        ("nmda,", (word("nmda"),)),
        ("th", (Term("typed", "th"),)),
        ("the", (Term("typed", "the"),)),
        ('"nmda rec', (Phrase((exact("nmda"), Term("typed", "rec"))),)),
        ('"nmda ', (exact("nmda"),)),
        ('"nmda rec"', (Phrase((exact("nmda"), exact("rec"))),)),
        ("(k", (A,)),
        ("k OR", (A,)),
        ("k OR nm", (Or((A, Term("typed", "nm"))),)),
    ],
)
def test_while_typing_the_last_word_may_be_unfinished(query: str, parts: object) -> None:
    asked = parse(query, typing=True)
    assert asked.parts == parts
    assert asked.problem == ""


def test_very_many_words_are_cut_with_a_notice() -> None:
    asked = parse(" ".join(f"w{n}" for n in range(MOST_WORDS + 5)))
    assert len(asked.parts) == MOST_WORDS
    assert asked.notice == f"Only the first {MOST_WORDS} words are looked for."


@given(st.text(max_size=80), st.booleans())
def test_any_text_is_taken_somehow(text: str, typing: bool) -> None:
    parse(text, typing)


@given(
    st.lists(
        st.sampled_from(
            [
                "k",
                "OR",
                "AND",
                "NOT",
                "-",
                "(",
                ")",
                '"',
                "NEAR/2",
                "title:",
                "in:",
                "year:",
                "*",
                "~2",
                " ",
            ]
        ),
        max_size=14,
    )
)
def test_any_string_of_signs_is_taken_somehow(signs: list[str]) -> None:
    parse(" ".join(signs))
    parse("".join(signs), typing=True)


@pytest.mark.parametrize(
    "query",
    [
        "ketamine",
        '"NMDA receptor"',
        "k OR (x AND y)",
        "(k OR x) AND y",
        "NOT k",
        "NOT (k OR x)",
        "k NEAR/3 x",
        "ket*",
        "k?t",
        "doze~1",
        "title:k",
        "year:2019..2023",
        "year:2019..",
        "year:..2020",
        "kind:pdf",
        'collection:"Pain, acute"',
        "NOT tagged:dose",
    ],
)
def test_a_query_can_be_said_as_it_is_typed(query: str) -> None:
    parts = parse(f"{query} k").parts
    assert say(parts[0]) == query


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("from:2019", Years(2019, 9999)),
        ("to:2019", Years(0, 2019)),
        ("Kind:PDF", Filed("kind", "PDF")),
        ('collection:"Pain,  acute"', Filed("collection", "Pain, acute")),
        ("tagged:#dose", Filed("tagged", "#dose")),
    ],
)
def test_filters(query: str, part: Node) -> None:
    assert parse(query).parts == (part,)


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("k from:soon", "After from: comes a year, as in from:2019."),
        ("k to:20", "After to: comes a year, as in to:2019."),
        ('k collection:""', "After collection: comes a name."),
        ("-kind:pdf", "Say also what to look for, not only what to leave out."),
    ],
)
def test_filters_that_say_nothing(query: str, problem: str) -> None:
    assert parse(query).problem == problem
    assert parse(query, typing=True).problem == ""


def test_either_says_the_first_spelling() -> None:
    assert say(parse("β-blocker").parts[0]) == '"beta blocker"'


@pytest.mark.parametrize(
    ("query", "words", "of_notes", "colour", "tag"),
    [
        ("in:notes dose", "dose", True, "", ""),
        ("colour:Pink", "", True, "pink", ""),
        ('tag:"first dose" -x "half a" k* title:y', "half a k", True, "", "first dose"),
        ("tag:#dose year:2020 author:berg k~1", "k~1", True, "", "dose"),
        ("dose", "dose", False, "", ""),
    ],
)
def test_what_is_asked_of_the_notes(
    query: str, words: str, of_notes: bool, colour: str, tag: str
) -> None:
    asked = parse(query)
    assert not asked.problem
    assert (asked.words, asked.of_notes, asked.colour, asked.tag) == (words, of_notes, colour, tag)


def test_notes_are_in_no_index(tmp_path: Path) -> None:
    assert Finder(tmp_path, nowhere).find(Query("in:notes k")).hits == ()
