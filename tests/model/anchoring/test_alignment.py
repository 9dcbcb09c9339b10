from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from reader.model.anchoring.alignment import Alignment, align, compare

SENTENCES = [
    "Ketamine blocks the receptor of glutamate within a few minutes after the infusion began.",
    "Blood pressure rises for about an hour and then falls back to where it was before.",
    "Patients should be driven home by somebody else and rest for the whole of that day.",
    "A second infusion in the same week makes the first one last longer in many of them.",
    "Nobody knows yet whether months of treatment harm the bladder as the drug in clubs does.",
    "Trials with more people and longer follow up are what the field needs before all else.",
]
WORDS = st.lists(st.sampled_from("abcde"), max_size=30)


def pairs(alignment: Alignment, old: str, new: str) -> list[tuple[str, str]]:
    one, two = old.split(), new.split()
    return [(one[i], two[j] if j >= 0 else "") for i, j in enumerate(alignment.to_new)]


def plain(text: str) -> str:
    """Without the full stops, so that a word is what stands between spaces."""
    return text.replace(".", "")


def test_equal_texts_keep_every_word() -> None:
    text = " ".join(SENTENCES)
    found = align(text, text)
    assert found.to_new == list(range(len(found.to_new)))
    assert (found.shared, found.moved) == (1.0, [])


def test_a_changed_word_has_no_counterpart() -> None:
    old = plain(SENTENCES[1])
    found = align(old, old.replace("hour", "week"))
    assert [one for one, two in pairs(found, old, old) if not two] == ["hour"]


def test_a_sentence_put_in_moves_the_others_on() -> None:
    old, new = plain(" ".join(SENTENCES[:2])), plain(" ".join([SENTENCES[0], *SENTENCES[3:0:-2]]))
    found = align(old, new)
    assert all(one == two for one, two in pairs(found, old, new))
    assert found.moved == []


def test_a_sentence_that_was_moved_is_found_and_said_to_be_moved() -> None:
    old = plain(" ".join(SENTENCES))
    new = plain(" ".join([*SENTENCES[3:], SENTENCES[1].replace("an hour", "a day"), SENTENCES[0]]))
    found = align(old, new)
    lost = [one for one, two in pairs(found, old, new) if one != two]
    assert lost == ["an", "hour", *plain(SENTENCES[2]).split()]
    assert len(found.moved) >= 2


def test_what_is_changed_inside_a_moved_part_is_compared() -> None:
    moved = plain(" ".join(SENTENCES[:2]))
    changed = moved.replace("a few", "one or two").replace("then falls", "soon falls")
    stays = plain(" ".join(SENTENCES[2:] * 2))
    found = align(f"{moved} {stays} once", f"{stays} twice {changed}")
    old, new = f"{moved} {stays} once", f"{stays} twice {changed}"
    lost = {one for one, two in pairs(found, old, new) if one != two}
    assert "minutes" not in lost
    assert {"few", "then", "once"} <= lost


def test_a_short_likeness_nearby_does_not_hide_where_a_sentence_went() -> None:
    apart = plain(" ".join(SENTENCES[2:]))
    sentence = plain(SENTENCES[0])
    old = f"start {sentence} {apart} end"
    new = f"start ketamine blocks the pain {apart} end {sentence}"
    found = align(old, new)
    at = old.split().index("Ketamine")
    assert found.to_new[at] == len(new.split()) - len(sentence.split())


def test_words_that_are_alone_in_what_is_new_are_chance() -> None:
    old = "start " + " ".join(f"old{k}" for k in range(40)) + " the " + "o " * 40 + "end"
    new = "start " + " ".join(f"new{k}" for k in range(40)) + " the " + "n " * 40 + "end"
    found = align(old, new)
    assert found.to_new[41] == -1
    assert found.to_new[0] == 0
    assert found.to_new[-1] == len(new.split()) - 1


def test_texts_without_words() -> None:
    assert align("", "").shared == 0
    assert align(" ", "one").to_new == []


def test_other_texts_share_next_to_nothing() -> None:
    chance = random.Random(1)
    one = " ".join(f"a{chance.randrange(900)}" for _ in range(900))
    two = " ".join(f"b{chance.randrange(900)}" for _ in range(900))
    assert align(one, two).shared == 0


@given(WORDS, WORDS)
def test_counterparts_are_equal_and_know_each_other(a: list[str], b: list[str]) -> None:
    found = compare(a, b)
    assert (len(found.to_new), len(found.to_old)) == (len(a), len(b))
    for i, j in enumerate(found.to_new):
        if j >= 0:
            assert a[i] == b[j]
            assert found.to_old[j] == i
    for j, i in enumerate(found.to_old):
        if i >= 0:
            assert found.to_new[i] == j


@given(st.lists(st.integers(0, 5), max_size=9), st.lists(st.integers(0, 5), max_size=9))
def test_whole_sentences_in_any_order(one: list[int], two: list[int]) -> None:
    old = plain(" ".join(SENTENCES[k] for k in one)).split()
    new = plain(" ".join(SENTENCES[k] for k in two)).split()
    found = compare(old, new)
    for i, j in enumerate(found.to_new):
        if j >= 0:
            assert old[i] == new[j]
            assert found.to_old[j] == i
    only_once = set(one) & set(two) - {k for k in one if one.count(k) > 1 or two.count(k) > 1}
    # What stands once on either side is found wherever it went.
    for k in only_once:
        start = sum(len(SENTENCES[x].split()) for x in one[: one.index(k)])
        middle = start + len(SENTENCES[k].split()) // 2
        assert found.to_new[middle] >= 0
