from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reader.model.anchoring.anchor import CERTAIN, LIKELY, Placement, anchor
from reader.model.anchoring.selector import describe, text_hash
from reader.model.annotation import Target, TextQuoteSelector
from reader.model.document import Document
from reader.model.span import Span
from tests.model.samples import ARTICLE, a_document, place

OLD = a_document()
FAR = (
    "Before the infusion the heart is listened to and the bladder is asked about. "
    "Somebody who knows how to keep an airway open stays in the room all the time. "
)


def moved_to(new: str, words: str, nth: int = 0, old_text: str | None = ARTICLE) -> Placement:
    """Where a passage of the article is in another text."""
    target = describe(OLD, place(ARTICLE, words, nth))
    return anchor(a_document(new), target, old_text)


def test_the_hash_is_sha_256_of_utf_8() -> None:
    assert text_hash("dose – 5 µg") == hashlib.sha256("dose – 5 µg".encode()).hexdigest()


def test_a_description_is_words_surroundings_and_place() -> None:
    span = place(ARTICLE, "NMDA receptor")
    target = describe(OLD, span)
    assert target.document_id == OLD.id
    assert target.position == span
    assert target.text_hash == text_hash(ARTICLE)
    assert target.quote.exact == "NMDA receptor"
    assert target.quote.prefix == ARTICLE[: span.start][-64:]
    assert target.quote.suffix == ARTICLE[span.end : span.end + 64]
    assert len(target.quote.suffix) == 64


@given(st.integers(0, len(ARTICLE)), st.integers(0, len(ARTICLE)))
def test_anchor_is_the_inverse_of_describe(one: int, two: int) -> None:
    span = Span(min(one, two), max(one, two))
    assert anchor(OLD, describe(OLD, span)) == Placement(span, "kept", 1.0)


def test_a_hash_alone_is_not_believed() -> None:
    target = describe(OLD, place(ARTICLE, "the day"))
    other = replace(target, position=place(ARTICLE, "NMDA"))
    found = anchor(OLD, other)
    assert found.span is not None
    assert found.span.cut(ARTICLE) == "the day"


def test_an_old_text_that_does_not_fit_is_not_asked() -> None:
    new = FAR + ARTICLE
    assert moved_to(new, "must not drive", old_text="x" * 2000).span == place(new, "must not drive")


@pytest.mark.parametrize("old_text", [ARTICLE, None])
def test_what_comes_before_moves_a_passage_on(old_text: str | None) -> None:
    new = FAR + ARTICLE
    found = moved_to(new, "must not drive on the day", old_text=old_text)
    assert found.span == place(new, "must not drive on the day")
    assert found.score >= CERTAIN
    assert not found.changed


def test_among_the_same_neighbours_it_is_kept_elsewhere_it_is_moved() -> None:
    first, second = "Blood pressure rises for about an hour. ", "Dissociation fades by itself and"
    assert moved_to(FAR + ARTICLE, second).state == "kept"
    new = ARTICLE.replace(first, "").replace("Who should", first + "Who should")
    assert moved_to(new, first).span == place(new, first)
    assert moved_to(new, first).state == "moved"
    assert moved_to(new, second).state == "kept"


@pytest.mark.parametrize(
    ("words", "before", "after"),
    [
        ("The usual dose is 0.5 mg per kg", "0.5 mg", "5 mg"),
        ("Patients must not drive on the day", "must not", "must"),
        ("Patients must not drive on the day", "must not", "need not"),
        ("blocks the NMDA receptor", "NMDA", "AMPA"),
        ("over forty minutes.", "forty", "fourteen"),
    ],
)
def test_a_change_of_sense_is_always_said(words: str, before: str, after: str) -> None:
    new = ARTICLE.replace(before, after)
    found = moved_to(new, words)
    assert found.span == place(new, words.replace(before, after).strip())
    assert found.changed


def test_another_power_of_ten_is_a_change_though_found_as_the_same() -> None:
    old = a_document(ARTICLE + " They counted 10⁹ cells in it.")
    new = a_document(ARTICLE + " They counted 109 cells in it.")
    found = anchor(new, describe(old, place(old.text, "10⁹ cells")), old.text)
    assert found.span == place(new.text, "109 cells")
    assert found.changed


def test_white_space_and_quotes_are_no_change() -> None:
    old, new = ARTICLE.replace("the day", "“the day”"), ARTICLE.replace("the day", '"the\n day"')
    target = describe(a_document(old), place(old, "“the day”"))
    found = anchor(a_document(new), target, old)
    assert found.span == place(new, '"the\n day"')
    assert not found.changed


def test_white_space_of_a_passage_is_kept_as_far_as_it_is_there() -> None:
    words = " Who should not have it"
    wide = describe(Document("old", "", "One.\n \n" + words[1:] + " \n\nTwo."), Span(5, 32))
    assert anchor(Document("new", "", words[1:] + "\nTwo."), wide).span == Span(0, 22)
    new = Document("new", "", "Zero. One.\n \n" + words[1:] + " \tTwo.")
    assert anchor(new, wide).span == Span(11, 36)


def test_a_passage_half_rewritten_is_to_be_checked() -> None:
    words = "Dissociation fades by itself and needs no treatment"
    new = ARTICLE.replace("by itself and needs no treatment", "when the infusion has ended, always")
    found = moved_to(new, words)
    assert found.state == "check"
    assert LIKELY <= found.score < CERTAIN
    assert found.changed


def test_a_passage_taken_out_is_not_placed() -> None:
    words = "Blood pressure rises for about an hour. "
    assert moved_to(ARTICLE.replace(words, ""), words) == Placement(None, "unplaced", 0.0)


def test_a_twin_does_not_take_the_place_of_what_is_gone() -> None:
    twin = "Use it with care."
    old = ARTICLE.replace("\n\nSide", f" {twin}\n\nSide").replace("\n\nQues", f" {twin}\n\nQues")
    first = place(old, twin)
    new = old[: first.start - 1] + old[first.end :]
    found = anchor(a_document(new), describe(a_document(old), first), old)
    assert found.span is None
    assert found.proposals == (place(new, twin),)
    second = anchor(a_document(new), describe(a_document(old), place(old, twin, 1)), old)
    assert second.span == place(new, twin)


def test_the_words_elsewhere_dispute_a_place_that_was_changed() -> None:
    words = "Dissociation fades by itself and needs no treatment"
    new = ARTICLE.replace(words, "Dissociation may stay and needs some treatment")
    new += f"\n\nOnly here is it true. {words} if the dose was small."
    found = moved_to(new, words)
    assert found.span is None
    assert place(new, words) in found.proposals
    assert len(found.proposals) == 2


def test_a_few_words_elsewhere_dispute_nothing() -> None:
    new = ARTICLE.replace("rises for about", "rose for about") + "\n\nLater it rises."
    assert moved_to(new, "pressure rises").span == place(new, "pressure rose")


def test_a_short_passage_that_went_elsewhere_alone() -> None:
    words = "Who should not have it?"
    new = ARTICLE.replace(words + " ", "").replace("Ketamine blocks", words + " Ketamine blocks")
    found = moved_to(new, words)
    assert found.span is None or found.state == "check"
    assert place(new, words) in (found.span, *found.proposals)


def test_a_word_alone_among_what_is_new_is_only_proposed() -> None:
    old = "It was dose that counted. " + ARTICLE
    new = "Many other words that say nothing at all of it, yet dose is here. " + ARTICLE
    target = describe(a_document(old), place(old, "dose"))
    assert anchor(a_document(new), target, old).span is None


def test_a_few_words_that_stayed_alone_are_only_proposed() -> None:
    words = "subanaesthetic intravenous administration"
    before = "None of them says what a careful reader wants to know about"
    after = "because nobody has asked for it since those first reports came out"
    old = f"{ARTICLE} {before} {words} {after}. {FAR}"
    other = "Ten newer trials, all of them larger, have since compared tablets with"
    new = f"{ARTICLE} {other} {words} under supervision by staff trained at two hospitals. {FAR}"
    found = anchor(a_document(new), describe(a_document(old), place(old, words)), old)
    assert found.span is None
    assert found.proposals == (place(new, words),)


def test_one_neighbour_is_enough_for_words_that_are_whole() -> None:
    words = "Blood pressure rises for about an hour."
    new = ARTICLE[: ARTICLE.index(words) + len(words)]
    found = moved_to(new, words)
    assert found.span == place(new, words)
    assert found.score == pytest.approx(0.95)


def test_one_neighbour_and_less_than_all_is_to_be_checked() -> None:
    words = "Blood pressure rises for about an hour."
    new = ARTICLE[: ARTICLE.index(words)] + "Blood pressure falls for about an hour."
    assert moved_to(new, words).state == "check"
    few = ARTICLE[: ARTICLE.index("an hour.")] + "an hours"
    assert moved_to(few, "an hour.").score < CERTAIN


def test_a_sentence_alone_in_another_place_is_certain_only_when_whole() -> None:
    words = "People with a recent stroke should not."
    apart = " ".join(f"filler{k}" for k in range(60))
    without = ARTICLE.replace(words, "")
    found = moved_to(f"{apart} {words} {apart}\n{without}", words)
    assert found.state == "moved"
    assert found.score == pytest.approx(0.95)
    longer = "People with a recent stroke or a bad heart should not have any of it at all."
    old = ARTICLE.replace(words, longer)
    new = f"{apart} {longer.replace('any', 'much')} {apart}\n{without}"
    changed = anchor(a_document(new), describe(a_document(old), place(old, longer)), old)
    assert changed.state == "check"


def test_nothing_is_placed_in_a_document_that_is_another() -> None:
    other = FAR * 3 + "Patients must not drive on the day of the infusion." + FAR * 3
    found = moved_to(other, "Patients must not drive on the day")
    assert found.span is None
    assert place(other, "Patients must not drive on the day") in found.proposals


def test_without_the_old_text_words_that_are_there_twice_need_their_neighbours() -> None:
    new = FAR + ARTICLE
    assert moved_to(new, "the day", old_text=None).span == place(new, "the day")
    found = moved_to("on the other day in the end", "the", 2, None)
    assert found.span is None
    assert len(found.proposals) == 2


def test_without_the_old_text_what_is_like_it_is_to_be_checked() -> None:
    new = FAR + ARTICLE.replace("must not drive", "should not drive")
    found = moved_to(new, "must not drive on the day", old_text=None)
    assert found.span == place(new, "should not drive on the day")
    assert found.state == "check"
    assert found.changed


def test_without_the_old_text_two_likenesses_are_proposals() -> None:
    sentence = "Patients must not drive on the day of the infusion."
    around = ARTICLE[place(ARTICLE, sentence).start - 60 : place(ARTICLE, sentence).end + 60]
    new = around.replace("must", "should") + FAR * 3 + around.replace("must", "may")
    found = moved_to(new, sentence, old_text=None)
    assert found.span is None
    assert len(found.proposals) == 2


def test_without_the_old_text_and_without_the_words() -> None:
    assert moved_to(FAR, "must not drive", old_text=None) == Placement(None, "unplaced", 0.0)


def test_a_bookmark_has_no_words() -> None:
    at = place(ARTICLE, "Patients must").start
    target = describe(OLD, Span(at, at))
    new = FAR + ARTICLE
    wanted = Span(at + len(FAR), at + len(FAR))
    assert anchor(a_document(new), target, ARTICLE).span == wanted
    assert anchor(a_document(new), target).span in (wanted, None)


def test_a_target_that_says_next_to_nothing() -> None:
    empty = Target("d", TextQuoteSelector(""), Span(0, 0), "")
    assert anchor(OLD, empty).span is None
    assert anchor(Document("d", "", ""), empty).span is None


@given(
    st.integers(0, len(ARTICLE) - 1),
    st.integers(1, 80),
    st.integers(0, len(ARTICLE)),
    st.integers(0, 30),
    st.text(alphabet="xyz ", max_size=60),
)
def test_whatever_is_done_elsewhere_a_passage_is_found(
    start: int, size: int, at: int, cut: int, put_in: str
) -> None:
    span = Span(start, min(len(ARTICLE), start + size))
    assume(span.cut(ARTICLE).strip())
    assume(at + cut <= span.start - 80 or at >= span.end + 80)
    new = ARTICLE[:at] + put_in + ARTICLE[at + cut :]
    found = anchor(a_document(new), describe(OLD, span), ARTICLE)
    assert found.span is not None
    assert found.span.cut(new).split() == span.cut(ARTICLE).split()
    assert abs(found.span.start - start) <= len(put_in) + cut + 1
    assert found.state == "kept"


@given(st.text(max_size=200), st.text(max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_any_text_at_all(old: str, new: str, one: int, two: int) -> None:
    low, high = sorted((min(one, len(old)), min(two, len(old))))
    target = describe(a_document(old.encode(errors="replace").decode()), Span(low, high))
    for old_text in (old, None):
        found = anchor(a_document(new.encode(errors="replace").decode()), target, old_text)
        assert (found.span is None) == (found.state == "unplaced")
        assert 0 <= found.score <= 1
        assert found.span is None or found.span.end <= len(new)


REWRITTEN = (
    "Glutamate then rises in the prefrontal cortex",
    "Glutamate, as has been shown since, goes up there",
)


def test_between_neighbours_that_stayed_a_third_of_a_passage_is_enough_for_a_badge() -> None:
    old, new = REWRITTEN
    found = moved_to(ARTICLE.replace(old, new), old)
    assert found.state == "check"
    assert found.changed
    assert found.span is not None
    assert "goes up there" in found.span.cut(ARTICLE.replace(old, new))


@pytest.mark.parametrize("turned", ["{} 5 mg", "{}, but not for long"])
def test_not_where_a_number_or_a_negation_came_in(turned: str) -> None:
    old, new = REWRITTEN
    changed = ARTICLE.replace(old, turned.format(new))
    found = moved_to(changed, old)
    assert found.span is None
    assert found.proposals


def test_beside_neighbours_of_one_side_half_of_eight_words_is_enough() -> None:
    words = "Patients must not drive on the day of the infusion. Dissociation fades by itself"
    kept = words.partition(". ")[0] + "."
    rest = ARTICLE[ARTICLE.index("Dissociation") :]
    new = ARTICLE.replace(rest, "Nobody knows anything else about what came of it afterwards.\n")
    found = moved_to(new, words)
    assert found.state == "check"
    assert found.span == place(new, kept[:-1] + ".")


def test_a_row_of_a_table_between_rows_that_stayed_is_to_be_checked() -> None:
    names = [f"Name{chr(97 + k // 26)}{chr(97 + k % 26)}" for k in range(120)]
    rows = [f"| {name} | YES | NO | of no use | none | none |\n" for name in names]
    old = ARTICLE + "".join(rows)
    new = ARTICLE + "".join((*rows[:70], "| Newcomer | YES | NO | of use | none | none |\n"))
    new += "".join(rows[70:])
    span = place(old, rows[68].strip())
    found = anchor(a_document(new), describe(a_document(old), span), old)
    assert found.state == "check"
    assert found.span == place(new, rows[68].strip())
    # In a text of which much else is other too, it is only proposed.
    much = FAR * 3 + new[len(ARTICLE) :]
    found = anchor(a_document(much), describe(a_document(old), span), old)
    assert found.span is None
    assert found.proposals[0] == place(much, rows[68].strip())
