"""Edits of many notes, and where sections begin."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.anchoring.selector import describe
from reader.model.annotation import Annotation, Change
from reader.model.span import Span
from reader.paths import Paths
from reader.services import bulk_edit
from reader.services.bulk_edit import (
    Bulk,
    NotePlaces,
    by_group,
    by_section,
    edit,
    edit_many,
    note_places,
)
from reader.store.catalog import GONE
from reader.store.library import Library
from reader.store.note_filter import NoteFilter
from reader.store.notes import Notes, open_notes
from tests.store.samples import added
from tests.ui.samples import an_article

WHEN = "2024-02-02T00:00:00Z"


@pytest.fixture
def notes(tmp_path: Path) -> Iterator[Notes]:
    notes = open_notes(Paths(tmp_path), "anna")
    yield notes
    notes.close()


def test_many_are_tagged_in_one_step(notes: Notes, tmp_path: Path) -> None:
    ids = [added(notes, k, tags=("ward",) if k % 2 else ()).id for k in range(6)]
    assert edit(notes, [*ids, ids[0], "gone"], Bulk(("dose", "ward"), ("old",))) == 6
    assert notes.queries.tags() == {"dose": 6, "ward": 6}
    assert edit(notes, ids, Bulk(("dose",))) == 0
    assert edit_many(str(tmp_path), "anna", ids, Bulk(remove_tags=("ward",))) == 6
    assert notes.queries.tags() == {"dose": 6}
    notes.undo()
    notes.undo()
    assert notes.queries.tags() == {"ward": 3}


def test_many_go_to_the_trash_and_back(notes: Notes) -> None:
    ids = [added(notes, k).id for k in range(3)]
    assert edit(notes, ids[:2], Bulk(deleted=WHEN)) == 2
    assert [one.id for one in notes.trash()] == ids[:2]
    assert edit(notes, ids, Bulk(deleted="")) == 2
    assert notes.trash() == []


def test_where_sections_begin(tmp_path: Path) -> None:
    library = Library(Paths(tmp_path))
    document = an_article()
    library.add(document, document.title.encode(), {})
    library.close()
    found = note_places(str(tmp_path), "anna", document.id).headings
    assert found[0][1] == "What Is Ketamine?"
    assert found[2][1] == "Uses Of Ketamine › Uses Of Ketamine: How Does It Work?"
    assert [start for start, _ in found] == [one.span.start for one in document.sections]
    assert note_places(str(tmp_path), "anna", "f" * 64) == NotePlaces([], {})


def test_quotes_read_as_the_page_does(tmp_path: Path) -> None:
    writer = DocumentBuilder()
    writer.begin("paragraph")
    writer.add("Give 10")
    with writer.mark("sup"):
        writer.add("9")
    writer.add(" cells.")
    document = writer.build(id=hashlib.sha256(b"x").hexdigest(), title="Cells", source="a.txt")
    paths = Paths(tmp_path)
    with closing(Library(paths)) as library:
        library.add(document, b"x", {})
        later = replace(document, importer="text/99", text="Now: " + document.text, marks=())
        with closing(open_notes(paths, "anna")) as notes:
            ids = [
                notes.apply(Change(None, Annotation(str(uuid4()), describe(document, span))))[0]
                for span in (Span(0, 8), Span(9, 14))
            ]
            gone = ids[0].after
            assert gone is not None
            notes.apply(Change(gone, replace(gone, deleted=WHEN)))
        assert note_places(str(tmp_path), "anna", document.id).quotes == {gone.id: "Give 10⁹"}
        # The words are those of the text that they were marked in.
        library.add(later, b"x", {})
        assert note_places(str(tmp_path), "anna", document.id).quotes == {gone.id: "Give 10⁹"}
    shutil.rmtree(paths.document(document.id) / "1")
    assert note_places(str(tmp_path), "anna", document.id).quotes == {}


def test_notes_by_document_and_section(tmp_path: Path, notes: Notes) -> None:
    library = Library(Paths(tmp_path))
    document = an_article()
    library.add(document, document.title.encode(), {})
    library.close()
    start = document.text.index("Small doses")
    target = describe(document, Span(start, start + 5))
    notes.apply(Change(None, Annotation("x", target)))
    lost = replace(target, text_hash="00" * 32)
    notes.apply(Change(None, Annotation("y", lost, state="unplaced")))
    other = added(notes, 1, "of a document that is gone")
    found = by_section(str(tmp_path), "anna", NoteFilter())
    assert sorted(found) == [
        ("A document that is no longer in the library", "", [other.id]),
        (document.title, "", ["y"]),
        (document.title, "What Is Ketamine?", ["x"]),
    ]


@pytest.mark.parametrize("many", [0, 200])
def test_groups_are_called_after_their_documents(
    notes: Notes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(bulk_edit, "MANY_DOCUMENTS", many)
    with closing(Library(Paths(tmp_path))) as library:
        library.add(an_article(), an_article().title.encode(), {})
    added(notes, 1, "d9", tags=("ward",))
    added(notes, 2, an_article().id)
    by_title = by_group(str(tmp_path), "anna", NoteFilter(), "document")
    names = sorted((GONE, an_article().title), key=str.casefold)
    assert [name for name, _ in by_title] == names
    assert dict(by_title) == {GONE: ["a1"], an_article().title: ["a2"]}
    by_tag = by_group(str(tmp_path), "anna", NoteFilter(), "tag")
    assert by_tag == list(notes.queries.grouped(NoteFilter(), "tag").items())
