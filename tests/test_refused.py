"""What changes many notes at once is there whole or not at all when the disk is full."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from reader.model.anchoring.selector import describe
from reader.model.annotation import Annotation, Change
from reader.model.document import Document
from reader.model.imported_note import FoundNote, FoundNotes, FoundSource
from reader.paths import Paths
from reader.problem import Problem
from reader.services.note_import import take_in
from reader.services.reanchoring import place
from reader.store.library import Library
from reader.store.notes import Notes, open_notes
from tests.model.samples import place as where
from tests.store.samples import a_document

if sys.platform == "win32":
    pytest.skip("Windows has no limit on a file's size", allow_module_level=True)

from tests.store.test_full_disk import files_no_longer_than, log_size

LINES = [f"Patient {k} was given {k * 3 + 1} mg of drug {k * 7} on day {k % 9}." for k in range(60)]
FIRST = "\n".join(LINES)
SECOND = "A line before all others.\n" + FIRST


def keep(library: Library, text: str) -> Document:
    document = replace(a_document(text.encode()), figures=())
    library.add(document, text.encode(), {})
    return document


def refused(notes: Notes, room: int, step: Callable[[], object]) -> bool:
    """Whether the disk refused a step, with so many bytes left for the notes' log."""
    before = sorted(notes.all(), key=lambda one: one.id)
    try:
        with files_no_longer_than(log_size(notes) + room):
            step()
    except Problem as problem:
        assert "nothing has been changed" in problem.sentence
        assert sorted(notes.all(), key=lambda one: one.id) == before
        return True
    finally:
        assert notes.verify() == []
    return False


def test_notes_go_to_a_new_edition_all_or_none(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    with closing(Library(paths)) as library, closing(open_notes(paths, "anna")) as notes:
        first = keep(library, FIRST)
        made = (Annotation(f"n{k}", describe(first, where(FIRST, LINES[k]))) for k in range(40))
        notes.apply(*(Change(None, annotation) for annotation in made))
        second = keep(library, SECOND)
        rooms = iter(range(0, 4_000_000, 8_192))
        tries = 0
        while refused(notes, next(rooms), lambda: place(library, notes, second.id)):
            tries += 1
        assert tries > 3
        assert len(notes.annotations(second.id)) == 40
        assert notes.annotations(first.id) == []


def test_notes_of_a_file_are_taken_in_all_or_none(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    with closing(Library(paths)) as library, closing(open_notes(paths, "anna")) as notes:
        source = FoundSource(document_id=keep(library, FIRST).id)
        found = FoundNotes("Tests", [FoundNote(f"{k}", source, LINES[k]) for k in range(40)])
        rooms = iter(range(0, 4_000_000, 8_192))
        tries = 0
        while refused(notes, next(rooms), lambda: take_in(library, notes, found)):
            tries += 1
        assert tries > 3
        assert len(notes.all()) == 40
