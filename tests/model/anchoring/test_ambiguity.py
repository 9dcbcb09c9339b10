from __future__ import annotations

from reader.model.anchoring.alignment import align
from reader.model.anchoring.ambiguity import in_rows, undisturbed
from reader.model.anchoring.anchor import CERTAIN, Placement, anchor
from reader.model.anchoring.selector import describe
from reader.model.anchoring.words import words
from reader.model.document import Document
from reader.model.span import Span
from tests.model.samples import ARTICLE, place

BEFORE = (
    "Every patient is weighed, and the pupils are looked at before the first drop is given. "
    "Nobody leaves the ward without a word to the nurse who holds the keys.\n"
)
AFTER = (
    "When the evening round is over, the charts go back to the desk beside the window. "
    "A second reader signs them before the lamp is put out.\n"
)
HELD = "The infusion is stopped when the pressure falls by a third, and the doctor is called.\n"
DRUGS = "Alfentanil Bupivacaine Clonidine Droperidol Ephedrine Fentanyl Glycopyrrolate".split()
ROWS = [f"{drug} | {k + 3}0 mg | slowly | by mouth | once a day\n" for k, drug in enumerate(DRUGS)]
# A long text between, so that what is edited is little of the whole.
LONG = "".join(f"Patient {n} of ward {n * 7} came back after {n * 3} days.\n" for n in range(40))


def moved(old: str, new: str, wanted: Span) -> Placement:
    return anchor(Document("new", "", new), describe(Document("old", "", old), wanted), old)


def test_a_sentence_that_is_no_twin_any_more_is_not_given_the_place_of_the_other() -> None:
    old = BEFORE + HELD + HELD + AFTER
    new = BEFORE + HELD + AFTER
    for nth in (0, 1):
        found = moved(old, new, place(old, HELD.strip(), nth))
        assert found.span is None
        assert place(new, HELD.strip()) in found.proposals


def test_twins_that_both_stay_are_told_apart_by_what_stands_beside_them() -> None:
    old = BEFORE + HELD + AFTER + HELD + ARTICLE
    new = "New. " + old
    for nth in (0, 1):
        found = moved(old, new, place(old, HELD.strip(), nth))
        assert found.span == place(new, HELD.strip(), nth)
        assert found.score >= CERTAIN


def test_a_twin_that_is_new_puts_both_in_doubt_when_they_stand_together() -> None:
    old, new = BEFORE + HELD + AFTER, BEFORE + HELD + HELD + AFTER
    assert moved(old, new, place(old, "the pressure falls by a third, and")).span is None


def test_at_the_borders_of_the_text_the_border_tells_twins_apart() -> None:
    old = HELD + BEFORE + HELD
    assert moved(old, HELD + AFTER + BEFORE + HELD, place(old, HELD.strip(), 1)).score >= CERTAIN
    assert moved(old, HELD + BEFORE + AFTER + HELD, place(old, HELD.strip())).score >= CERTAIN


def test_another_row_with_the_same_dose_is_not_taken_for_the_row_that_is_gone() -> None:
    old = BEFORE + "".join(ROWS) + AFTER
    other = ROWS[3].replace("Droperidol", "Midazolam").replace("60", "75")
    new = old.replace(ROWS[3], other)
    dose = place(old, "slowly", 3)
    assert moved(old, new, dose).span is None
    assert moved(old, new, place(old, "slowly", 5)).span == place(new, "slowly", 5)


def test_numbers_that_were_changed_on_the_way_to_what_differs_count_for_little() -> None:
    rows = [f"Given {drug} by the nurse on duty at 12 sharp {drug}\n" for drug in DRUGS]
    old = BEFORE + "".join(rows) + AFTER
    at = place(old, "by the nurse on duty", 3)
    new = old.replace(rows[3], rows[3].replace("12", "14"))
    assert moved(old, new, at).span == place(new, "by the nurse on duty", 3)


def test_what_a_twin_has_instead_of_a_lost_word_gives_it_away() -> None:
    sentences = [f"At {hour} the nurse looks at the drip and the pump again. " for hour in (6, 9)]
    old = BEFORE + AFTER.join(sentences) + ARTICLE
    new = BEFORE + AFTER + sentences[1] + ARTICLE
    assert moved(old, new, place(old, "the nurse looks at the drip")).span is None
    nine = BEFORE + sentences[1] + AFTER + ARTICLE
    assert moved(old, nine, place(old, "the nurse looks at the drip")).span is None


def test_beyond_a_long_way_nothing_tells_twins_apart() -> None:
    body = "".join(f"Ward {n} sent {n * 7} home after {n * 3} days.\n" for n in range(160))
    copied = BEFORE + body + HELD + AFTER + body + HELD + ARTICLE
    for new in ("New. " + copied, copied + "New."):
        assert moved(copied, new, place(copied, "the pressure falls", 1)).span is None
    far = BEFORE + (HELD * 300) + AFTER
    assert moved(far, "New. " + far, place(far, "the pressure falls", 150)).span is None


def test_rows_are_known_by_what_they_repeat() -> None:
    table = "".join(f"{drug} | none | 2017-05-26 | yes |\n" for drug in DRUGS * 3)
    text = BEFORE + table + AFTER
    assert in_rows(words(text), words(text).touched(place(text, "2017-05-26", 9)))
    assert not in_rows(words(ARTICLE), words(ARTICLE).touched(place(ARTICLE, "NMDA receptor")))
    assert not in_rows(words(text), words(text).touched(place(text, "pupils are looked at")))
    assert in_rows(words(table), words(table).touched(place(table, "yes |", 20)))
    assert not in_rows(words("word"), range(1))


def test_among_rows_nothing_is_placed_where_rows_were_edited() -> None:
    rows = [f"{drug} | none | 2017-05-26 | yes |\n" for drug in DRUGS * 3]
    old = BEFORE + "".join(rows) + AFTER
    new = BEFORE + "".join(rows[:6] + rows[7:]) + AFTER
    fentanyl = place(old, "Fentanyl | none", 1)
    found = moved(old, new, fentanyl)
    assert found.span is None
    assert len(found.proposals) >= 1
    assert (
        anchor(Document("new", "", new), describe(Document("old", "", old), fentanyl)).span is None
    )
    assert moved(old, "New. " + old, place(old, "pupils are looked at")).score >= CERTAIN


def test_in_a_text_that_is_nearly_all_kept_an_edit_is_far_sooner() -> None:
    old = LONG + HELD + LONG.replace("ward", "room")
    little = old.replace("Patient 1 of ward", "Patient 1 from ward")
    much = old.replace("after", "within")
    at = words(old).touched(place(old, HELD.strip()))
    assert undisturbed(align(old, little), at)
    assert not undisturbed(align(old, much), at)
    between = old.replace("Patient 25 of ward", "Patient 25 of the ward")
    assert not undisturbed(align(old, between + BEFORE * 9), at)
