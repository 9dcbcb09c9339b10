from __future__ import annotations

import pytest

from reader.model.anchoring.sense_change import is_turned


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Give 0.5 mg per kg slowly", "Give 5 mg per kg slowly"),
        ("Give 5 mg slowly", "Give 5 ml slowly"),
        ("They must not drive home", "They must drive home"),
        ("Start amlodipine in the evening", "Start enalapril in the evening"),
        ("|Gabapentin|10 mg|at night|", "|Furosemide|10 mg|at night|"),
        ("Take it, and bisoprolol with it", "Take it with it"),
        ("Take half in the morning, with water", "Take in the morning, with water"),
        # Half a sentence that is gone is no sentence that is left.
        ("Do not give the tablets at night", "give the tablets at night"),
        ("Give the tablets at night, but not after a fall", "Give the tablets at night"),
    ],
)
def test_another_number_unit_drug_or_negation_turns_a_passage(old: str, new: str) -> None:
    assert is_turned(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Blood pressure rises for an hour", "Blood pressure goes up for an hour"),
        ("The pulse is felt.", "The pulse is felt."),
        ("The pulse is felt. Give 5 mg then.", "The pulse is felt."),
        ("The pulse is felt\nGive 5 mg then", "The pulse is felt\n"),
        ("Do not wait. The pulse is felt.", "The pulse is felt."),
        ("5 mg at night\nThe pulse is felt", "The pulse is felt"),
    ],
)
def test_other_words_or_whole_sentences_that_are_gone_from_an_end_do_not(
    old: str, new: str
) -> None:
    assert not is_turned(old, new)
