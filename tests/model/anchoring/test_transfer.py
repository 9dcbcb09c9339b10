from __future__ import annotations

from reader.model.anchoring.alignment import align
from reader.model.anchoring.transfer import Place, carry, nearness
from reader.model.anchoring.words import split
from reader.model.span import Span
from tests.model.samples import place

OLD = (
    "Before the visit the patient fasts. The usual dose is 5 mg twice daily for a week. "
    "After it the nurse measures the pulse and writes it down in the record."
)


def carried(old: str, new: str, words: str) -> Place | None:
    return carry(align(old, new), split(old), split(new), place(old, words))


def went_to(old: str, new: str, words: str) -> str:
    found = carried(old, new, words)
    assert found is not None
    return found.span.cut(new)


def test_what_stayed_is_whole_and_has_its_neighbours() -> None:
    new = "Something new. " + OLD
    found = carried(OLD, new, "5 mg twice")
    assert found is not None
    assert found.span == place(new, "5 mg twice")
    assert (found.near, found.size, found.left, found.right) == (1.0, 3, 1.0, 1.0)


def test_what_was_changed_is_held_by_its_neighbours() -> None:
    new = OLD.replace("5 mg twice", "10 mg once")
    assert went_to(OLD, new, "5 mg twice daily") == "10 mg once daily"
    assert went_to(OLD, new, "dose is 5 mg twice") == "dose is 10 mg once"


def test_a_word_in_place_of_another_counts_as_its_change() -> None:
    new = OLD.replace("daily", "dailies")
    found = carried(OLD, new, "daily")
    assert found is not None
    assert found.span.cut(new) == "dailies"
    assert 0 < found.near < 1
    assert found.size == 0


def test_the_very_first_and_last_words_are_changed() -> None:
    assert went_to(OLD, OLD.replace("Before", "Ahead of"), "Before the") == "Ahead of the"
    new = OLD.replace("record.", "records")
    assert went_to(OLD, new, "record.") == "records"


def test_what_is_gone_has_no_place() -> None:
    assert carried(OLD, OLD.replace(" for a week", ""), "for a week") is None


def test_what_is_new_beside_a_passage_is_not_taken_in() -> None:
    long = " which every guideline of the last ten years has named as the right one"
    new = OLD.replace("twice daily", "twice" + long + " daily")
    assert went_to(OLD, new, "mg twice") == "mg twice"
    new = OLD.replace("dose is 5", "dose" + long + " 5")
    assert went_to(OLD, new, "is 5 mg") == "5 mg"


def test_a_passage_inside_words_keeps_its_cut() -> None:
    assert went_to(OLD, "New. " + OLD, "ual dose is 5 mg twi") == "ual dose is 5 mg twi"
    new = OLD.replace("usual", "us").replace("twice", "tw")
    assert went_to(OLD, new.replace("us ", "usual "), "ual dose") == "ual dose"


def test_a_passage_torn_apart_is_where_its_larger_part_is() -> None:
    parts = OLD.split(". ")
    new = f"{parts[1]}. {'It is not so with all of them. ' * 6}{parts[2]} {parts[0]}."
    assert went_to(OLD, new, "a week. After it the nurse measures the pulse") == (
        "After it the nurse measures the pulse"
    )


def test_what_came_in_place_of_a_part_that_moved_is_not_taken_in() -> None:
    went = "the nurse who came last in the morning measures"
    stays = "pulse and pressure of all patients who had the infusion"
    old = f"On the ward {went} {stays}. They go home."
    new = f"{old.replace(went, 'somebody writes down')} Far from there {went} nothing at all."
    assert went_to(old, new, f"{went} {stays}") == stays


def test_a_place_between_words_stays_a_place() -> None:
    gap = OLD.index(" The usual")
    for new in ("New words. " + OLD, OLD.replace("fasts.", "eats:"), OLD.replace("The", "A")):
        found = carry(align(OLD, new), split(OLD), split(new), Span(gap, gap))
        assert found is not None
        assert len(found.span) == 0
        assert new[found.span.start :].lstrip().startswith(("The usual", "A usual"))
    inside = carry(align(OLD, OLD), split(OLD), split(OLD), Span(2, 2))
    assert inside is not None
    assert inside.span == Span(2, 2)


def test_a_place_between_words_that_are_gone() -> None:
    old, new = "one two three", "four five six"
    assert carry(align(old, new), split(old), split(new), Span(3, 4)) is None
    assert carry(align("", new), split(""), split(new), Span(0, 0)) is None


def test_the_end_of_the_text_is_a_place() -> None:
    found = carry(
        align(OLD, OLD + " More."), split(OLD), split(OLD + " More."), Span(len(OLD), len(OLD))
    )
    assert found is not None
    assert found.span == Span(len(OLD), len(OLD))


def test_long_passages_are_compared_by_words() -> None:
    quote = [f"word{k}" for k in range(1000)]
    assert nearness(quote, quote[:900]) == 0.9
    assert nearness(["ab"], ["ac"]) == 0.5
