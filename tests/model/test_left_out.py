"""What is said about the parts of a file that are not in the page."""

import pytest

from reader.model.left_out import LeftOut, is_clear, is_trifle, sentence


@pytest.mark.parametrize(
    ("one", "matters"),
    [
        (LeftOut("menu", "Home About"), False),
        (LeftOut("menu", "Give 5 mg daily"), True),
        (LeftOut("menu", "Dose Age", table=True), True),
        (LeftOut("banner", "A section with prose", heading=True), True),
        (LeftOut("menu", "3 hours ago, 50 % off"), False),
        (LeftOut("deleted text", "every 3 hours"), False),
        (LeftOut("part of another kind", "every 3 hours"), True),
        (LeftOut("running head", "Give 5 mg"), False),
        (LeftOut("hidden text", "Give 5 mg"), False),
        (LeftOut("unaccounted", "x"), True),
    ],
)
def test_what_a_clinician_may_miss_matters(one: LeftOut, matters: bool) -> None:
    assert one.matters is matters


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ([], ""),
        ([LeftOut("menu", "Home")], ""),
        ([LeftOut("hidden text", "word " * 500)], ""),
        ([LeftOut("menu", "word " * 100)], "1 part of this page was left out as menus."),
        (
            [LeftOut("menu", "word " * 100), LeftOut("banner", "word " * 9)],
            "2 parts of this page were left out.",
        ),
        ([LeftOut("comments", "word " * 100)], "1 part of this page was left out."),
        ([LeftOut("menu", "Dose", table=True)], "1 table of this file is not in the page."),
        (
            [
                LeftOut("menu", "Dose", table=True),
                LeftOut("menu", "Dose", table=True, heading=True),
                LeftOut("menu", "Doses", heading=True),
                LeftOut("menu", "5 mg"),
                LeftOut("menu", "Home"),
            ],
            "2 tables and 1 section and 1 passage with a number of this file are not in the page.",
        ),
    ],
)
def test_the_head_of_the_page_says_what_is_missing(left_out: list[LeftOut], said: str) -> None:
    assert sentence(left_out, 1_000) == said


def test_words_lost_by_mistake_are_said_first() -> None:
    lost = [LeftOut("menu", "Dose", table=True), LeftOut("unaccounted", "not")]
    assert "mistake of Offprint" in sentence(lost, 10_000)


def test_a_long_document_may_leave_out_more_menus() -> None:
    menu = [LeftOut("menu", "word " * 100)]
    assert is_trifle(menu, 10_000)
    assert not is_trifle(menu, 1_000)


def test_a_page_of_which_most_sentences_are_left_out_says_so_clearly() -> None:
    sentences = "Here are ten words of a sentence that goes on for long. " * 20
    left_out = [LeftOut("banner", sentences)]
    assert sentence(left_out, 800) == "Most of the words of this page were left out."
    assert is_clear(left_out, 800)
    assert not is_clear(left_out, 4_000)
    assert not is_clear([LeftOut("menu", "word " * 1_000)], 800)
    assert is_clear([LeftOut("menu", "5 mg daily")], 800)
