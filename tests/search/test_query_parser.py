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
    Marked,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Term,
    Years,
)
from reader.search.query_parser import MOST_WORDS, parse
from reader.search.saying import in_words, is_more_than_words, say
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
        ("DOSE AND ANXIETY OF THE ZEBRAS", (word("dose"), word("anxiety"), word("zebras"))),
        ("DOSE AND ZEBRAS AND ANXIETY", (And((word("dose"), word("zebras"), word("anxiety"))),)),
        ("HIV NOT MALARIA", (word("hiv"), Not(word("malaria")))),
        ("OESOPHAGUS OR SJOGREN", (Or((word("oesophagus"), word("sjogren"))),)),
        ("OESOPHAGUS", (word("oesophagus"),)),
        ("OR 2.5", (word("OR"), word("2.5"))),
        ("adjusted OR -2.5", (word("adjusted"), word("OR"), word("2.5"))),
        ("5 OR 10", (Or((word("5"), word("10"))),)),
        ("5 mg OR 10", (word("5"), Or((word("mg"), word("10"))))),
        ("OR", (word("OR"),)),
        ("AND", (word("AND"),)),
        ("NOT", (word("NOT"),)),
        ("NEAR/2", (Phrase((word("NEAR"), word("2"))),)),
        ("OR k", (word("OR"), A)),
        ("k OR", (A, word("OR"))),
        ("k NOT", (A, word("NOT"))),
        ("k OR , x", (Or((A, B)),)),
        ("k AND -", (A, word("AND"))),
        ("k AND NOT x", (And((A, Not(B))),)),
        ("k NEAR/ x", (A, word("NEAR"), B)),
        ("k NOT NOT x", (A, Not(Not(B)))),
        ("k OR AND x", (A, And((word("OR"), B)))),
        ("title:OR", (Field("title", word("OR")),)),
        ("title:NOT k", (Field("title", word("NOT")), A)),
        (
            "T-score -2.5",
            (Either((Phrase((word("t"), word("score"))), word("tscore"))), word("2.5")),
        ),
        ("excess −4", (word("excess"), word("4"))),
        ("-5 °C", (word("5"), word("c"))),
        ("k -.5", (A, word("5"))),
        ("?etamine", (Term("wild", "?etamine"),)),
        ("?", ()),
        ("CYP3A4*22", (word("CYP3A4"), word("22"))),
        ("l'hôpital d’anxiété", (word("hopital"), word("anxiete"))),
        (
            '"l\'hôpital"',
            (Either((Phrase((exact("l"), exact("hopital"))), exact("lhopital"))),),
        ),
        ("10 000 u", (Either((Phrase((word("10"), word("000"))), word("10000"))), word("u"))),
        ("10\u202f000", (word("10000"),)),
        (
            '"10 000 u"',
            (Phrase((Either((Phrase((exact("10"), exact("000"))), exact("10000"))), exact("u"))),),
        ),
        ("K 10 0000", (A, word("10"), word("0000"))),
        ("What causes obesity?", (word("causes"), word("obesity"))),
        ("Does it help?", (word("help"),)),
        ("what k?t helps", (word("what"), Term("wild", "k?t"), word("helps"))),
        ("what", (word("what"),)),
        ("what of k", (A,)),
        ("between k", (word("between"), A)),
        ("between k and x for y with z", (A, B, C, D)),
        ("does k", (word("does"), A)),
        ("colour:Pink tag:#dose", (Marked("colour", "Pink"), Marked("tag", "dose"))),
        ("k OR tag:dose", (Or((A, Marked("tag", "dose"))),)),
        ("-tag:dose k", (Not(Marked("tag", "dose")), A)),
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
        ("हृदयं~", (Term("fuzzy", "हृदयं", 1),)),
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
        ("k OR ()", "OR needs a word on either side.", (A,)),
        ('k AND ""', "AND needs a word on either side.", (A,)),
        ("k NEAR/2 _", "NEAR needs a word on either side.", (A,)),
        ("k NEAR -x", "NEAR stands between two words or phrases.", (A, B)),
        ("k NOT ()", "After NOT comes what to leave out.", (A,)),
        ("k -in:title", "After NOT comes what to leave out.", (A, word("title"))),
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
        ("रोगी", (Term("typed", "रोगी"),)),
        ('"k रोगी', (Phrase((exact("k"), Term("typed", "रोगी"))),)),
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
        ("k NOT ", (A,)),
        ("k NEAR/3", (A,)),
        ("OR", (Term("typed", "OR"),)),
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
    ("query", "words"),
    [
        ("ketamine", "ketamine"),
        ('"NMDA receptor"', '"NMDA receptor"'),
        ("k OR (x AND y)", "k or (x y)"),
        ("(k OR x) AND y", "(k or x) y"),
        ("k NOT x -y", "k without x and without y"),
        ("k NOT (x OR y)", "k without (x or y)"),
        ("k OR NOT x", "k or (without x)"),
        ("k NEAR/3 x", "k near x (at most 3 words between)"),
        ("k NEAR/1 x", "k near x (at most 1 word between)"),
        ("ket*", "ket*"),
        ("k?t", "k?t"),
        ("doze~1", "nearly doze"),
        ("title:k", "in titles k"),
        ("author:k", "by k"),
        ("year:2019..2023", "from 2019 to 2023"),
        ("year:2019..", "from 2019 on"),
        ("year:..2020", "up to 2020"),
        ("year:2020", "from 2020"),
        ("kind:pdf", "of the kind “pdf”"),
        ('collection:"Pain, acute"', "in the collection “Pain, acute”"),
        ("k -tagged:dose", "k without tagged “dose”"),
        ("colour:pink OR tag:x", "marked in “pink” or with the note tag “x”"),
        ("k in:title in:text", "k only in title and text"),
        ("k -in:notes", "k not in notes"),
        ("in:notes", "only in notes"),
        ("β-blocker", '"beta blocker"'),
        ("氯胺酮", "氯胺酮"),
        ("หัวใจ", "หัวใจ"),
        ("ความดันโลหิตสูง dose", '"ความดันโลหิตสูง" dose'),
        ("HIV NOT MALARIA", "hiv without malaria"),
    ],
)
def test_a_query_is_said_in_words(query: str, words: str) -> None:
    asked = parse(query)
    assert in_words(asked.parts, asked.regions, asked.notes) == words


def test_what_is_more_than_words() -> None:
    for query in ("k", '"k x"', "β-blocker"):
        assert not is_more_than_words(parse(query).parts)
    for query in ("k -x", "k*", "k OR x", "year:2020", "x-k*"):
        assert is_more_than_words(parse(query).parts)


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
    ("query", "notes"),
    [
        ("in:notes dose", "only"),
        ("colour:Pink", "only"),
        ("dose -x tag:#dose", "only"),
        ("dose -in:notes", "none"),
        ("NOT in:notes dose", "none"),
        ("dose", ""),
        ("dose OR tag:x", ""),
        ("-tag:x dose", ""),
    ],
)
def test_whether_notes_are_asked(query: str, notes: str) -> None:
    asked = parse(query)
    assert not asked.problem
    assert asked.notes == notes


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ('tag:""', "After tag: comes a name."),
        ('colour:"  "', "After colour: comes a name."),
        ("-tag:x", "Say also what to look for, not only what to leave out."),
    ],
)
def test_what_is_wrong_with_a_question_about_notes(query: str, problem: str) -> None:
    assert parse(query).problem == problem


def test_notes_are_not_found_when_there_are_none(tmp_path: Path) -> None:
    answer = Finder(tmp_path, nowhere).find(Query("in:notes k"))
    assert (answer.hits, answer.notes, answer.notes_only) == ((), (), True)
