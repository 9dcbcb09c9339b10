from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from reader.model.annotation import COLOURS, Annotation, Change
from reader.paths import Paths
from reader.store.notes import Notes
from tests.store.samples import a_clock, added, an_annotation, edited

State = dict[str, Annotation]
GONE = "2024-02-02T00:00:00Z"
_DOCUMENTS = ("d1", "d2")


def bare(annotation: Annotation) -> Annotation:
    """The annotation without what the store itself counts."""
    return replace(annotation, revision=0, modified="", created="")


def bare_all(notes: Notes) -> list[Annotation]:
    return [bare(annotation) for annotation in notes.all()]


def test_every_edit_is_undone_and_made_again(notes: Notes) -> None:
    states = [bare_all(notes)]
    annotation = added(notes)
    states.append(bare_all(notes))
    for changes in ({"note": "One"}, {"colour": "pink", "tags": ("x",)}, {"deleted": GONE}):
        annotation = edited(notes, annotation, **changes)
        states.append(bare_all(notes))
    for state in reversed(states[:-1]):
        assert notes.undo() is not None
        assert bare_all(notes) == state
    assert notes.undo() is None
    for state in states[1:]:
        assert notes.redo() is not None
        assert bare_all(notes) == state
    assert notes.redo() is None


def test_undo_survives_a_restart(notes: Notes, paths: Paths) -> None:
    edited(notes, added(notes), note="One")
    notes.undo()
    notes.close()
    again = Notes(paths.notes("anna"), now=a_clock())
    again.redo()
    assert [a.note for a in again.all()] == ["One"]
    again.undo()
    again.undo()
    assert again.all() == []
    again.close()


def test_after_a_new_edit_what_was_undone_is_not_made_again(notes: Notes) -> None:
    edited(notes, added(notes), note="One")
    notes.undo()
    edited(notes, notes.all()[0], colour="green")
    assert notes.redo() is None
    notes.undo()
    assert [c.after and c.after.colour for c in notes.redo() or ()] == ["green"]
    assert notes.redo() is None


def test_each_document_has_its_own_undo(notes: Notes) -> None:
    added(notes, 1, "d1")
    added(notes, 2, "d2")
    added(notes, 3, "d1")
    assert [c.annotation_id for c in notes.undo("d1") or ()] == ["a3"]
    assert [c.annotation_id for c in notes.undo("d2") or ()] == ["a2"]
    assert notes.undo("d2") is None
    assert [c.annotation_id for c in notes.undo("d1") or ()] == ["a1"]
    assert [c.annotation_id for c in notes.redo("d2") or ()] == ["a2"]
    assert [c.annotation_id for c in notes.redo() or ()] == ["a1"]
    assert [c.annotation_id for c in notes.redo("d1") or ()] == ["a3"]
    assert notes.redo() is None
    assert notes.redo("d1") is None


def test_an_edit_that_came_later_from_elsewhere_is_kept(notes: Notes) -> None:
    one, two = added(notes, 1, "d1"), added(notes, 2, "d2")
    notes.apply(
        Change(one, replace(one, tags=("bulk",), colour="pink")),
        Change(two, replace(two, tags=("bulk",))),
    )
    later = edited(notes, notes.annotations("d2")[0], tags=("own",))
    # The step touched both documents, so it is undone from either, but not over the later edit.
    changes = notes.undo("d1") or ()
    assert [(c.annotation_id, c.after and c.after.tags) for c in changes] == [("a1", ())]
    assert notes.annotations("d1")[0].colour == "yellow"
    assert notes.annotations("d2") == [later]


def test_a_place_is_undone_as_a_whole_or_not_at_all(notes: Notes) -> None:
    first = added(notes, 1)
    moved = replace(
        first.target,
        position=replace(first.target.position, end=99),
        quote=replace(first.target.quote, exact="other words"),
    )
    second = edited(notes, first, target=moved)
    assert notes.undo() is not None
    assert notes.all()[0].target == first.target
    notes.redo()
    assert notes.all()[0].target == second.target


def test_a_step_with_nothing_left_to_take_back_is_passed_over(notes: Notes) -> None:
    one, two = added(notes, 1, "d1"), added(notes, 2, "d2")
    (a, b) = notes.apply(
        Change(one, replace(one, note="bulk")), Change(two, replace(two, note="bulk"))
    )
    assert a.after is not None
    assert b.after is not None
    edited(notes, a.after, note="own 1")
    edited(notes, b.after, note="own 2")
    # In d1: the own note, then the bulk step of which a2's part was overwritten.
    notes.undo("d1")
    notes.undo("d1")
    assert [x.note for x in notes.all()] == ["", "own 2"]
    # In d2: the own note; what the bulk step did there was undone with d1 and is not met again.
    notes.undo("d2")
    assert [x.note for x in notes.all()] == ["", "bulk"]
    assert [c.after for c in notes.undo("d2") or ()] == [None]


def test_what_is_undone_elsewhere_meanwhile_is_passed_over(notes: Notes) -> None:
    one = added(notes, 1, "d1")
    two = added(notes, 2, "d2")
    notes.apply(Change(one, replace(one, note="x")), Change(two, None))
    notes.apply(Change(None, an_annotation(2, "d2")))
    # Undoing the bulk step from d1: a2 is there again already, so only a1 changes.
    assert [c.annotation_id for c in notes.undo("d1") or ()] == ["a1"]
    assert len(notes.annotations("d2")) == 1


def test_an_edit_of_what_is_gone_for_good_is_passed_over(notes: Notes) -> None:
    one, two = added(notes, 1, "d1"), added(notes, 2, "d2")
    notes.apply(Change(one, replace(one, note="x")), Change(two, replace(two, note="x")))
    notes.apply(Change(notes.annotation("a2"), None))
    assert [c.annotation_id for c in notes.undo("d1") or ()] == ["a1"]
    assert notes.annotations("d2") == []


class Undoing(RuleBasedStateMachine):
    """Random edits, undone and made again, against a list of the states that each document had."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Paths(Path(self.folder.name)).notes("anna")
        self.notes = Notes(self.path, now=a_clock())
        self.states: dict[str, list[list[Annotation]]] = {d: [[]] for d in _DOCUMENTS}
        self.at = dict.fromkeys(_DOCUMENTS, 0)
        self.number = 0

    def stepped(self, document_id: str) -> None:
        """Takes note of a state that an edit made; what had been undone is forgotten."""
        self.at[document_id] += 1
        del self.states[document_id][self.at[document_id] :]
        state = [bare(a) for a in self.notes.annotations(document_id)]
        self.states[document_id].append(state)

    @rule(document_id=st.sampled_from(_DOCUMENTS))
    def add(self, document_id: str) -> None:
        self.number += 1
        added(self.notes, self.number, document_id)
        self.stepped(document_id)

    @rule(
        document_id=st.sampled_from(_DOCUMENTS),
        pick=st.integers(0, 9),
        colour=st.sampled_from(COLOURS),
        note=st.sampled_from(["", "One", "Two"]),
    )
    def edit(self, document_id: str, pick: int, colour: str, note: str) -> None:
        here = self.notes.annotations(document_id)
        if here:
            before = here[pick % len(here)]
            after = edited(self.notes, before, colour=colour, note=note)
            if after != before:
                self.stepped(document_id)

    @rule(document_id=st.sampled_from(_DOCUMENTS), pick=st.integers(0, 9))
    def remove(self, document_id: str, pick: int) -> None:
        here = self.notes.annotations(document_id)
        if here:
            self.notes.apply(Change(here[pick % len(here)], None))
            self.stepped(document_id)

    @rule(document_id=st.sampled_from(_DOCUMENTS))
    def tag_all(self, document_id: str) -> None:
        here = self.notes.annotations(document_id)
        self.number += 1
        self.notes.apply(*(Change(a, replace(a, tags=(f"t{self.number}",))) for a in here))
        if here:
            self.stepped(document_id)

    @rule(document_id=st.sampled_from(_DOCUMENTS))
    def undo(self, document_id: str) -> None:
        done = self.notes.undo(document_id) is not None
        assert done == (self.at[document_id] > 0)
        self.at[document_id] -= done

    @rule(document_id=st.sampled_from(_DOCUMENTS))
    def redo(self, document_id: str) -> None:
        done = self.notes.redo(document_id) is not None
        assert done == (self.at[document_id] < len(self.states[document_id]) - 1)
        self.at[document_id] += done

    @rule()
    def restart(self) -> None:
        self.notes.close()
        self.notes = Notes(self.path, now=a_clock())

    @invariant()
    def each_document_is_in_its_state(self) -> None:
        for document_id in _DOCUMENTS:
            state = [bare(a) for a in self.notes.annotations(document_id)]
            assert state == self.states[document_id][self.at[document_id]]

    @invariant()
    def the_history_leads_to_what_is_stored(self) -> None:
        for annotation in self.notes.all():
            last = self.notes.history(annotation.id)[-1].annotation
            assert last is not None
            assert bare(last) == bare(annotation)

    def teardown(self) -> None:
        assert self.notes.verify() == []
        self.notes.close()
        self.folder.cleanup()


Undoing.TestCase.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
TestUndoing = Undoing.TestCase


def test_the_latest_edit_is_that_which_undo_takes_back(notes: Notes) -> None:
    assert notes.latest_edit("d1") is None
    notes.apply(Change(None, an_annotation(1)))
    first = notes.latest_edit("d1")
    notes.apply(Change(None, an_annotation(2)))
    assert first is not None
    assert notes.latest_edit("d1") not in (None, first)
    assert notes.latest_edit("d2") is None
    notes.undo("d1")
    assert notes.latest_edit("d1") == first
    notes.undo("d1")
    assert notes.latest_edit("d1") is None
