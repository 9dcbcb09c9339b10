"""Edits of many notes, and where sections begin."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.bulk import Bulk, edit, edit_many, headings
from reader.paths import Paths
from reader.store.library import Library
from reader.store.notes import Notes, open_notes
from tests.store.samples import added
from tests.ui.samples import an_article

GONE = "2024-02-02T00:00:00Z"


@pytest.fixture
def notes(tmp_path: Path) -> Iterator[Notes]:
    notes = open_notes(Paths(tmp_path), "anna")
    yield notes
    notes.close()


def test_many_are_tagged_in_one_step(notes: Notes, tmp_path: Path) -> None:
    ids = [added(notes, k, tags=("ward",) if k % 2 else ()).id for k in range(6)]
    assert edit(notes, [*ids, ids[0], "gone"], Bulk(("dose", "ward"), ("old",))) == 6
    assert notes.tags() == {"dose": 6, "ward": 6}
    assert edit(notes, ids, Bulk(("dose",))) == 0
    assert edit_many(str(tmp_path), "anna", ids, Bulk(remove_tags=("ward",))) == 6
    assert notes.tags() == {"dose": 6}
    notes.undo()
    notes.undo()
    assert notes.tags() == {"ward": 3}


def test_many_go_to_the_trash_and_back(notes: Notes) -> None:
    ids = [added(notes, k).id for k in range(3)]
    assert edit(notes, ids[:2], Bulk(deleted=GONE)) == 2
    assert [one.id for one in notes.trash()] == ids[:2]
    assert edit(notes, ids, Bulk(deleted="")) == 2
    assert notes.trash() == []


def test_where_sections_begin(tmp_path: Path) -> None:
    library = Library(Paths(tmp_path))
    document = an_article()
    library.add(document, document.title.encode(), {})
    library.close()
    found = headings(str(tmp_path), document.id)
    assert found[0][1] == "What Is Ketamine?"
    assert found[2][1] == "Uses Of Ketamine › Uses Of Ketamine: How Does It Work?"
    assert [start for start, _ in found] == [one.span.start for one in document.sections]
    assert headings(str(tmp_path), "f" * 64) == []
