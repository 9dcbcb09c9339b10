from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from reader.model.anchoring.reanchor import settle
from reader.model.anchoring.selector import describe, text_hash
from reader.model.anchoring.status import AnchorStatus, anchor_status, is_settled
from reader.model.annotation import Annotation
from tests.model.samples import ARTICLE, a_document, place

OLD = a_document()
FAR = (
    "Before the infusion the heart is listened to and the bladder is asked about. "
    "Somebody who knows how to keep an airway open stays in the room all the time. "
)


def on(words: str, **changes: Any) -> Annotation:
    return replace(Annotation(words[:8], describe(OLD, place(ARTICLE, words))), **changes)


def texts(*known: str) -> Callable[[str], str | None]:
    return {text_hash(text): text for text in known}.get


def settled(annotation: Annotation, new: str, *old: str) -> Annotation:
    """The annotation on a new text, in a document of another id."""
    changes = settle(a_document(new, "e" * 64), [annotation], texts(*(old or (ARTICLE,))))
    (change,) = changes
    assert change.before == annotation
    assert change.after is not None
    return change.after


def test_what_is_where_it_was_needs_no_look() -> None:
    new = FAR + ARTICLE
    after = settled(on("must not drive", note="Mind"), new)
    assert after.target == describe(a_document(new, "e" * 64), place(new, "must not drive"))
    assert (after.state, after.earlier, after.note) == ("", None, "Mind")


def test_what_was_changed_or_moved_says_so_and_keeps_what_it_was_about() -> None:
    before = on("The usual dose is 0.5 mg per kg")
    after = settled(before, ARTICLE.replace("0.5 mg", "5 mg"))
    assert after.target.quote.exact == "The usual dose is 5 mg per kg"
    assert (after.state, after.earlier) == ("changed", before.target)
    words = "Blood pressure rises for about an hour. "
    before = on(words)
    after = settled(before, ARTICLE.replace(words, "").replace("Who should", words + "Who should"))
    assert (after.state, after.earlier) == ("moved", before.target)


def test_what_is_only_likely_is_to_be_checked() -> None:
    before = on("Dissociation fades by itself and needs no treatment")
    new = ARTICLE.replace("by itself and needs no treatment", "when the infusion has ended, always")
    after = settled(before, new)
    assert (after.state, after.earlier) == ("check", before.target)


def test_what_is_gone_keeps_its_words_and_is_tried_again() -> None:
    words = "Blood pressure rises for about an hour. "
    before = on(words)
    gone = ARTICLE.replace(words, "")
    lost = settled(before, gone)
    assert lost.target == replace(before.target, document_id="e" * 64)
    assert (lost.state, lost.earlier) == ("unplaced", None)
    assert settle(a_document(gone, "e" * 64), [lost], texts(ARTICLE)) == []
    back = settled(lost, FAR + ARTICLE)
    assert back.state == ""
    assert back.target.quote.exact == words


def test_over_several_editions_the_gravest_is_said_and_the_first_is_kept() -> None:
    before = on("The usual dose is 0.5 mg per kg")
    second = ARTICLE.replace("0.5 mg", "5 mg")
    after = settled(settled(before, second), FAR + second, second)
    assert (after.state, after.earlier) == ("changed", before.target)
    third = FAR * 3
    lost = settled(after, third, FAR + second)
    assert lost.state == "unplaced"
    assert lost.target.quote == before.target.quote


@pytest.mark.parametrize("state", ["earlier", "archived"])
def test_what_the_person_decided_stays(state: Any) -> None:
    assert settle(a_document(FAR), [on("must not drive", state=state)], texts()) == []
    assert is_settled(a_document(FAR), on("must not drive", state=state))
    assert not is_settled(a_document(FAR), on("must not drive"))


def test_the_same_place_found_without_the_old_text_was_not_moved() -> None:
    target = replace(describe(OLD, place(ARTICLE, "must not drive")), text_hash="")
    (change,) = settle(OLD, [Annotation("a", target)], texts())
    assert change.after is not None
    assert (change.after.state, change.after.target.text_hash) == ("", text_hash(ARTICLE))


def test_a_tally_in_words() -> None:
    states = ["", "", "moved", "changed", "check", "unplaced", "archived"]
    found = anchor_status(on("the day", state=state) for state in states)
    assert found == AnchorStatus(2, 1, 1, 1, 1)
    assert found.open == 4
    assert str(found) == "2 kept, 1 moved, 1 changed, 1 to be checked, 1 not placed"
    assert str(AnchorStatus(kept=3)) == "3 kept"


def test_when_the_text_is_again_what_it_was_nothing_is_open() -> None:
    words = "The usual dose is 0.5 mg per kg"
    second = ARTICLE.replace("0.5 mg", "5 mg")
    after = settled(settled(on(words), second), ARTICLE, second)
    assert (after.state, after.earlier, after.target.quote.exact) == ("", None, words)
    gone = ARTICLE.replace("Blood pressure rises for about an hour. ", "")
    lost = settled(on("Blood pressure rises for about an hour."), gone)
    assert settled(lost, ARTICLE).state == ""
