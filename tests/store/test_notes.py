from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from reader.model.annotation import Annotation, Area, Change
from reader.paths import Paths
from reader.problem import Problem
from reader.settings import THEME, Setting
from reader.store.notes import Notes, open_notes
from reader.store.positions import Position
from tests.store.samples import a_clock, added, an_annotation, edited


def test_a_new_annotation_gets_its_times_and_revision(notes: Notes) -> None:
    new = an_annotation(note="A *note*", tags=("dose", "age"), colour="blue", style="underline")
    (change,) = notes.apply(Change(None, new))
    made = "2024-01-01T00:00:00.000Z"
    assert change == Change(None, replace(new, created=made, modified=made, revision=1))
    assert notes.annotation("a1") == change.after
    assert notes.annotation("a2") is None


def test_an_annotation_from_elsewhere_keeps_its_times(notes: Notes) -> None:
    there = "2020-05-05T05:05:05Z"
    annotation = added(notes, created=there, modified=there, revision=4)
    assert (annotation.created, annotation.modified, annotation.revision) == (there, there, 5)


def test_an_edit_raises_the_revision_and_the_time(notes: Notes) -> None:
    first = added(notes)
    second = edited(notes, first, note="Later")
    assert second == replace(first, note="Later", revision=2, modified="2024-01-01T00:00:01.000Z")
    assert notes.all() == [second]


def test_the_area_of_a_page_is_kept_and_goes_with_its_place(notes: Notes) -> None:
    area = Area("d" * 64, 3, 72, 100.5, 200, 50.25)
    plain = an_annotation()
    first = added(notes, target=replace(plain.target, area=area))
    assert notes.annotation("a1") == first
    moved = replace(first.target, area=replace(area, page=4), document_id="d2")
    assert edited(notes, first, target=moved, state="unplaced").target == moved
    notes.undo()
    found = notes.annotation("a1")
    assert found is not None
    assert (found.target, found.state) == (first.target, "")
    notes.redo()
    assert notes.some(["a1"])[0].target == moved
    assert notes.verify() == []


def test_a_clock_that_goes_back_makes_no_edit_seem_older(paths: Paths) -> None:
    times = iter(["2024-06-01T00:00:00.000Z", "2024-05-01T00:00:00.000Z"])
    notes = Notes(paths.notes("anna"), now=lambda: next(times))
    second = edited(notes, added(notes), note="Later")
    assert second.modified == "2024-06-01T00:00:00.000Z"
    notes.close()


def test_annotations_come_in_reading_order(notes: Notes) -> None:
    late, wide, early = (added(notes, i, start=s) for i, s in ((1, 90), (2, 20), (3, 5)))
    narrow = added(notes, 4, start=20)
    other = added(notes, 5, "d0")
    assert notes.annotations("d1") == [early, wide, narrow, late]
    assert notes.all() == [other, early, wide, narrow, late]
    assert notes.annotations("d9") == []
    assert notes.queries.counts() == {"d1": 4, "d0": 1}


def test_everything_is_there_after_a_restart(notes: Notes, paths: Paths) -> None:
    annotation = edited(notes, added(notes), note="Kept")
    notes.positions.set("d1", 5, 0.25)
    notes.set_setting(THEME, "dark")
    notes.close()
    again = open_notes(paths, "anna")
    assert again.all() == [annotation]
    assert again.positions.get("d1") == Position(5, 0.25, "2024-01-01T00:00:02.000Z")
    assert again.setting(THEME) == "dark"
    assert again.path == paths.notes("anna")
    assert again.verify() == []
    again.close()


def test_users_are_kept_apart(notes: Notes, paths: Paths) -> None:
    added(notes)
    other = open_notes(paths, "ben")
    assert other.all() == []
    other.close()
    with pytest.raises(Problem, match="user's name"):
        open_notes(paths, "../anna")


def test_the_trash_holds_what_is_deleted_until_it_is_purged(notes: Notes) -> None:
    kept, gone = added(notes, 1), added(notes, 2, note="secret")
    gone = edited(notes, gone, deleted="2024-02-02T00:00:00Z")
    assert notes.all() == notes.annotations("d1") == [kept]
    assert notes.trash() == [gone]
    assert notes.queries.counts() == {"d1": 1}
    assert notes.queries.search("secret") == []
    assert notes.annotation("a2") == gone
    restored = edited(notes, gone, deleted="")
    assert notes.all() == [kept, restored]
    notes.purge("a2")
    assert notes.annotation("a2") is None
    assert notes.history("a2") == []
    assert notes.verify() == []
    # Nothing brings it back: those steps have nothing left in them.
    assert [c.annotation_id for c in notes.undo() or ()] == ["a1"]
    assert notes.undo() is None
    assert [c.annotation_id for c in notes.redo() or ()] == ["a1"]
    assert notes.redo() is None


def test_several_changes_are_one_step(notes: Notes) -> None:
    one, two = an_annotation(1), an_annotation(2, "d2")
    stored = notes.apply(Change(None, one), Change(None, two))
    assert [change.annotation_id for change in stored] == ["a1", "a2"]
    assert len(notes.undo() or ()) == 2
    assert notes.all() == []
    assert notes.undo() is None


def test_a_change_may_build_on_one_before_it_in_the_same_step(notes: Notes) -> None:
    new = an_annotation()
    noted = replace(new, note="At once")
    notes.apply(Change(None, new), Change(new, noted))
    assert [a.note for a in notes.all()] == ["At once"]
    notes.undo()
    assert notes.all() == []
    notes.redo()
    assert [a.note for a in notes.all()] == ["At once"]


def test_when_one_change_fails_none_is_made(notes: Notes) -> None:
    there = added(notes, 1)
    with pytest.raises(Problem, match="already there"):
        notes.apply(Change(None, an_annotation(2)), Change(None, an_annotation(1)))
    assert notes.all() == [there]
    with pytest.raises(Problem, match="gone"):
        notes.apply(Change(an_annotation(7), an_annotation(7, note="x")))
    with pytest.raises(Problem, match="gone"):
        notes.apply(Change(an_annotation(7), None))


def test_a_change_that_changes_nothing_is_no_step(notes: Notes) -> None:
    annotation = added(notes)
    assert notes.apply(Change(annotation, annotation)) == (Change(annotation, annotation),)
    assert notes.apply() == ()
    assert notes.annotation("a1") == annotation
    assert len(notes.history("a1")) == 1


def test_another_window_may_change_other_fields_meanwhile(notes: Notes, paths: Paths) -> None:
    first = added(notes)
    other = Notes(paths.notes("anna"), "other")
    edited(other, first, colour="pink")
    merged = edited(notes, first, note="Mine")
    assert (merged.colour, merged.note) == ("pink", "Mine")
    same = edited(notes, first, colour="pink")
    assert same == merged
    with pytest.raises(Problem, match="changed meanwhile in another window"):
        edited(notes, first, note="Other")
    with pytest.raises(Problem, match="changed meanwhile"):
        edited(notes, first, colour="green", note="Mine")
    assert notes.all() == other.all() == [merged]
    other.close()


def test_a_note_deleted_for_good_elsewhere_cannot_be_edited(notes: Notes, paths: Paths) -> None:
    first = added(notes)
    other = Notes(paths.notes("anna"), "other")
    other.apply(Change(first, None))
    with pytest.raises(Problem, match="gone"):
        edited(notes, first, note="Mine")
    other.close()


def test_a_window_learns_what_another_changed(notes: Notes, paths: Paths) -> None:
    other = Notes(paths.notes("anna"), "other")
    added(notes, 1)
    assert notes.news() == set()
    added(other, 2, "d2")
    added(other, 3, "d3")
    added(notes, 4, "d4")
    assert notes.news() == {"d2", "d3"}
    assert notes.news() == set()
    assert other.news() == {"d1", "d4"}
    other.close()


def test_a_note_has_a_history(notes: Notes) -> None:
    first = added(notes)
    second = edited(notes, first, note="Two")
    notes.undo()
    notes.apply(Change(notes.annotation("a1"), None))
    versions = notes.history("a1")
    assert [(v.kind, v.made, v.device) for v in versions] == [
        ("edit", "2024-01-01T00:00:00.000Z", "ward-pc"),
        ("edit", "2024-01-01T00:00:01.000Z", "ward-pc"),
        ("undo", "2024-01-01T00:00:02.000Z", "ward-pc"),
        ("edit", "2024-01-01T00:00:03.000Z", "ward-pc"),
    ]
    notes_then = [v.annotation.note if v.annotation else None for v in versions]
    assert notes_then == ["", "Two", "", None]
    assert second.note == "Two"


@pytest.mark.parametrize("value", ["dark", 1.25, None, True, ["é", {"a": [1]}], {"yellow": "Dose"}])
def test_settings_are_anything_that_json_holds(notes: Notes, value: object) -> None:
    one: Setting[object] = Setting("name", "default", lambda _: True)
    notes.set_setting(one, "before")
    notes.set_setting(one, value)
    assert notes.setting(one) == value
    assert notes.setting(Setting("other", "default", lambda _: True)) == "default"
    assert notes.setting(Setting("name", "default", lambda _: False)) == "default"


@pytest.mark.parametrize(
    "changes", [{"note": "\ud800"}, {"deleted": "yesterday"}, {"colour": "red"}, {"tags": (1,)}]
)
def test_an_unsound_annotation_is_a_bug_and_changes_nothing(
    notes: Notes, changes: dict[str, Any]
) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # each has its own words
        added(notes, **changes)
    assert notes.all() == []
    assert notes.undo() is None


def test_the_device_and_clock_have_defaults(paths: Paths) -> None:
    notes = open_notes(paths, "anna")
    annotation: Annotation = added(notes)
    assert annotation.created.endswith("Z")
    assert len(annotation.created) == len("2024-01-01T00:00:00.000Z")
    notes.close()


def test_the_clock_of_the_tests_is_one(notes: Notes) -> None:
    clock = a_clock()
    assert [clock(), clock()] == ["2024-01-01T00:00:00.000Z", "2024-01-01T00:00:01.000Z"]
