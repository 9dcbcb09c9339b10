"""Notes that come a second time: known, added to, reworded, and kept where both sides edited."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from reader.exporters.registry import FORMATS
from reader.model.annotation import Change
from reader.model.export.export_set import gather
from reader.model.imported_note import FoundNote, FoundNotes, FoundSource
from reader.note_importers.imports import Imports, move
from reader.note_importers.registry import read
from reader.paths import Paths
from reader.services.note_import import NotesReport, move_for, take_in
from reader.store.library import Library
from reader.store.notes import Notes, open_notes
from tests.services.test_note_import import KETAMINE, OTHER, TOLD, keep

MARKED = FoundNote(
    "", TOLD, "Patients must not drive on the day", created="2024-01-01T00:00:00+00:00"
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library(Paths(tmp_path / "data"))) as library:
        keep(library, KETAMINE)
        keep(library, replace(OTHER, text="Patients must not drive on the day.\nOther words."))
        yield library


@pytest.fixture
def notes(library: Library, tmp_path: Path) -> Iterator[Notes]:
    with closing(open_notes(Paths(tmp_path / "data"), "anna")) as notes:
        yield notes


def taken(library: Library, notes: Notes, *found: FoundNote) -> NotesReport:
    return take_in(library, notes, FoundNotes("Tests", list(found)), file_name="a.txt")


def said(notes: Notes) -> list[str]:
    return sorted(one.note for one in notes.all())


def test_a_note_that_was_added_there_comes_to_the_highlight(library: Library, notes: Notes) -> None:
    taken(library, notes, MARKED)
    added = replace(MARKED, note="Nor work", tags=("ward",), colour="blue")
    report = taken(library, notes, added)
    assert (report.new, report.updated, report.known) == (0, 1, 0)
    (one,) = notes.all()
    assert (one.note, one.tags, one.colour, one.motivation) == (
        "Nor work",
        ("ward",),
        "blue",
        "commenting",
    )
    assert taken(library, notes, added) == NotesReport("Tests", known=1)
    # And the older file brings nothing back.
    assert taken(library, notes, MARKED) == NotesReport("Tests", known=1)
    assert said(notes) == ["Nor work"]


def test_a_note_reworded_there_again_and_again_is_one_note(library: Library, notes: Notes) -> None:
    for words in ("Nor", "Nor work", "Nor work, nor cycle"):
        taken(library, notes, replace(MARKED, note=words))
        assert said(notes) == [words]
    taken(library, notes, replace(MARKED, note=""))
    assert said(notes) == [""]


def test_where_both_were_edited_both_are_kept(library: Library, notes: Notes) -> None:
    taken(library, notes, replace(MARKED, note="First", tags=("a",)))
    (one,) = notes.all()
    mine = replace(one, note="Mine", tags=("a", "mine"), colour="green")
    notes.apply(Change(one, mine))
    theirs = replace(MARKED, note="Theirs", tags=("b",), colour="pink")
    assert taken(library, notes, theirs).updated == 1
    (one,) = notes.all()
    assert (one.note, one.tags, one.colour) == ("Mine\n\nTheirs", ("a", "mine", "b"), "green")
    # What is there in our words already, or nothing, adds nothing to ours.
    for words in ("Mine", ""):
        taken(library, notes, replace(MARKED, note=words))
        assert said(notes) == ["Mine\n\nTheirs"]


def test_a_note_of_ours_that_is_empty_takes_theirs(library: Library, notes: Notes) -> None:
    taken(library, notes, replace(MARKED, note="First"))
    (one,) = notes.all()
    notes.apply(Change(one, replace(one, note="")))
    taken(library, notes, replace(MARKED, note="Second"))
    assert said(notes) == ["Second"]


def test_what_lies_in_the_trash_stays_there(library: Library, notes: Notes) -> None:
    taken(library, notes, MARKED)
    (one,) = notes.all()
    notes.apply(Change(one, replace(one, deleted="2026-01-01T00:00:00+00:00")))
    assert taken(library, notes, replace(MARKED, note="New")) == NotesReport("Tests", known=1)
    assert said(notes) == []


def test_two_notes_of_one_place_and_time_are_two(library: Library, notes: Notes) -> None:
    first, second = replace(MARKED, note="old"), replace(MARKED, note="new and longer")
    assert taken(library, notes, first, second, second) == NotesReport("Tests", new=2, known=1)
    assert said(notes) == ["new and longer", "old"]
    # One that is no longer in the file takes nothing from the other.
    assert taken(library, notes, second) == NotesReport("Tests", known=1)
    third = replace(MARKED, note="a third")
    assert taken(library, notes, first, second, third) == NotesReport("Tests", new=1, known=2)
    assert said(notes) == ["a third", "new and longer", "old"]


def test_places_tell_notes_without_a_time_apart(library: Library, notes: Notes) -> None:
    rows = [replace(MARKED, created="", place=str(n), note=f"n{n}") for n in (1, 2)]
    assert taken(library, notes, *rows).new == 2
    assert taken(library, notes, replace(rows[1], note="n2, more")).updated == 1
    assert said(notes) == ["n1", "n2, more"]


def test_two_places_of_one_file_are_two_notes_of_one_day(library: Library, notes: Notes) -> None:
    """Programs say a day, or the time of an export; words like a heading's come more than once."""
    rows = [replace(MARKED, place=place) for place in ("10", "99", "99")]
    assert taken(library, notes, *rows) == NotesReport("Tests", new=2, known=1)
    assert taken(library, notes, *rows) == NotesReport("Tests", known=3)
    # A device that counts its pages anew brings none again.
    assert taken(library, notes, replace(MARKED, place="12")) == NotesReport("Tests", known=1)


def test_notes_of_an_earlier_version_are_known(library: Library, notes: Notes) -> None:
    # It knew no times in other languages, and no places.
    taken(library, notes, replace(MARKED, created=""))
    later = replace(MARKED, told_time="2024-01-01T00:00:00+00:00", place="3")
    assert taken(library, notes, later) == NotesReport("Tests", known=1)


def test_an_import_is_remembered_and_its_notes_can_be_moved(library: Library, notes: Notes) -> None:
    lost = replace(MARKED, exact="Blood pressure rises for about an hour", created="")
    page = replace(MARKED, exact="", note="Of it all", created="")
    taken(library, notes, MARKED, lost, page)
    taken(library, notes, MARKED)
    (one,) = Imports(notes).all()
    assert (one.file_name, one.format_name, len(one.notes)) == ("a.txt", "Tests", 3)
    assert Imports(notes).of(one.notes[0]) == one
    assert Imports(notes).of("none") is None
    document = library.document(OTHER.id)
    moved = move(notes, [*one.notes, "none"], document)
    assert [(a.target.document_id, a.state) for a in moved] == [
        (OTHER.id, ""),
        (OTHER.id, "unplaced"),
        (OTHER.id, "unplaced"),
    ]
    assert moved[0].target.position.cut(document.text) == MARKED.exact
    assert move(notes, one.notes, document) == []
    assert notes.undo() is not None
    assert {a.target.document_id for a in notes.all()} == {KETAMINE.id}


def test_notes_are_moved_by_a_worker(library: Library, notes: Notes, tmp_path: Path) -> None:
    report = taken(library, notes, MARKED)
    assert move_for(str(tmp_path / "data"), "anna", report.ids["new"], OTHER.id) == (1, 0)


def test_the_report_has_the_notes_by_what_became_of_them(library: Library, notes: Notes) -> None:
    nowhere = replace(MARKED, exact="No such words are in this text at all")
    report = taken(library, notes, MARKED, nowhere, FoundNote("k", FoundSource(title="No"), "x"))
    assert {kind: len(ids) for kind, ids in report.ids.items()} == {
        "new": 2,
        "updated": 0,
        "known": 0,
        "unplaced": 1,
    }
    assert "1 not placed" in str(report)
    assert report.homeless == (("No", 1),)


def test_a_file_of_ours_that_somebody_edited_is_taken_as_an_edit(
    library: Library, notes: Notes
) -> None:
    taken(library, notes, replace(MARKED, note="First"))
    (one,) = notes.all()
    content = FORMATS["markdown"].content(gather([one], library.document, "2026"))
    assert isinstance(content, str)

    def again(old: str, new: str) -> NotesReport:
        found = read(content.replace(old, new).encode(), "notes.md")
        return take_in(library, notes, found)

    assert again("", "").known == 1
    assert again("\nFirst\n", "\nFirst, and more\n").updated == 1
    assert said(notes) == ["First, and more"]
    (now,) = notes.all()
    notes.apply(Change(now, replace(now, note="Here")))
    # The older file brings nothing back; another edit there stands beside the one here.
    assert again("", "").known == 1
    assert again("\nFirst\n", "\nThere\n").updated == 1
    assert said(notes) == ["Here\n\nThere"]


def test_an_old_markdown_file_without_records_is_read() -> None:
    text = (
        "# Ketamine in anxiety\n\nWriter A. doi:10.1000/example.1\n\n## Side effects\n\n"
        "> Patients must\n\n^id\n\nA *note*\n\nEarlier text: x\n\n"
        f"green · underlined · bookmark · #a · 2026-01-02 · [open](offprint:{KETAMINE.id}#k)\n"
    )
    (one,) = read(text.encode(), "notes.md").notes
    assert (one.key, one.exact, one.note, one.tags, one.colour, one.style, one.motivation) == (
        *("k", "Patients must", "A *note*", ("a",), "green"),
        *("underline", "bookmarking"),
    )
    assert one.created.startswith("2026-01-0")
    assert one.source.doi == "10.1000/example.1"


def test_an_old_file_of_hypothesis_without_records_is_read() -> None:
    document_id = KETAMINE.id
    selectors = [
        {"type": "TextPositionSelector", "start": 7, "end": 9},
        {"type": "TextQuoteSelector", "exact": "x"},
    ]
    told = {
        "id": "k",
        "uri": f"urn:sha256:{document_id}",
        "target": [{"selector": selectors}],
    }
    (one,) = read(json.dumps({"annotations": [told]}).encode(), "n.json").notes
    assert (one.key, one.start, one.source.document_id) == ("k", 7, document_id)
    del selectors[0]
    (one,) = read(json.dumps({"annotations": [told]}).encode(), "n.json").notes
    assert one.start == -1


def test_one_id_on_other_words_is_another_note(library: Library, notes: Notes) -> None:
    """Two files of a program that counts anew: neither writes on the passages of the other."""
    first = FoundNote("7", TOLD, "Patients must not drive on the day", note="Warn them.")
    other = FoundNote(
        "7", FoundSource(title=OTHER.title), "Other words.", note="Nothing to do with driving."
    )
    assert taken(library, notes, first).new == 1
    assert taken(library, notes, other).new == 1
    for _ in range(2):
        assert (taken(library, notes, other).new, taken(library, notes, first).new) == (0, 0)
    by_note = {one.note: one.target.quote.exact for one in notes.all()}
    assert by_note["Warn them."] == "Patients must not drive on the day"
    assert by_note["Nothing to do with driving."] == "Other words."


def test_one_id_on_a_passage_that_was_drawn_longer_is_the_note(
    library: Library, notes: Notes
) -> None:
    first = FoundNote("7", TOLD, "Patients must not drive", note="Warn them.")
    assert taken(library, notes, first).new == 1
    longer = replace(first, exact="Patients must not drive on the day", note="Warn them twice.")
    assert taken(library, notes, longer).updated == 1
    assert said(notes) == ["Warn them twice."]
