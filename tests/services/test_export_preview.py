"""How many notes would go out is what goes out, whatever is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.paths import Paths
from reader.services.export_preview import first_of
from reader.services.note_export import NoteSelection, find
from reader.store.library import Library
from reader.store.notes import Notes, open_notes
from tests.store.samples import added
from tests.ui.samples import a_flat_text, an_article


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(Paths(tmp_path))
    for document in (an_article(), a_flat_text()):
        library.add(document, document.title.encode(), {})
    library.details.label("collection", an_article().id, ["Ward"])
    yield library
    library.close()


@pytest.fixture
def notes(tmp_path: Path) -> Iterator[Notes]:
    notes = open_notes(Paths(tmp_path), "anna")
    created = "2026-01-02T12:00:00Z"
    added(notes, 1, an_article().id, tags=("dose",), note="Give", created=created)
    added(notes, 2, an_article().id, colour="pink", created="2026-02-02T12:00:00Z")
    added(notes, 3, a_flat_text().id, tags=("dose", "age"), created=created)
    added(notes, 4, a_flat_text().id, deleted=created)
    yield notes
    notes.close()


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (NoteSelection(), 3),
        (NoteSelection(document_id=an_article().id), 2),
        (NoteSelection(tags=("dose", "ward")), 2),
        (NoteSelection(colours=("pink",), tags=("dose",)), 0),
        (NoteSelection(ids=frozenset({"a1", "a4"})), 1),
        (NoteSelection(collection="Ward"), 2),
        (NoteSelection(collection="Ward", document_id=a_flat_text().id), 0),
        (NoteSelection(collection="None"), 0),
        (NoteSelection(since="2026-02"), 1),
        (NoteSelection(until="2026-01"), 2),
        (NoteSelection(quotes_only=True), 3),
    ],
)
def test_what_is_counted_goes_out(
    library: Library, notes: Notes, wanted: NoteSelection, count: int
) -> None:
    found = find(library, notes.all(), wanted)
    assert first_of(library, notes, wanted, 9) == (count, found)
    assert first_of(library, notes, wanted, 1) == (count, found[:1])
