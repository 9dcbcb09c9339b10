"""Details that people write over those of files, labels of documents, and the trash."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from reader.model.document import Block, with_details
from reader.model.heading_correction import Correction
from reader.model.span import Span
from reader.paths import Paths
from reader.store.database import Database
from reader.store.library import Library
from tests.store.samples import SCHEMAS, a_document

RAW = b"Give half a tablet."


def test_details_are_written_over_those_of_the_file_and_taken_back(library: Library) -> None:
    document = a_document(RAW)
    library.add(document, RAW, {})
    values: dict[str, Any] = {
        "authors": ("B. Other", "C. Third"),
        "journal": "The Lancet",
        "licence": "CC BY",
    }
    library.edit(document.id, values)
    assert library.document(document.id) == with_details(document, values)
    assert library.imported(document.id) == document
    entry = library.catalog.entry(document.id)
    assert entry is not None
    assert (entry.authors, entry.journal) == (("B. Other", "C. Third"), "The Lancet")
    assert library.catalog.unindexed() == [document.id]
    library.edit(document.id, {"authors": document.authors, "title": "Mine"})
    assert set(library.details.edits(document.id)) == {"journal", "licence"}
    assert library.document(document.id).title == "Mine"
    library.edit(document.id, {"title": "A title", "journal": "", "licence": ""})
    assert library.document(document.id) == document
    assert library.details.edits(document.id) == {}


def test_only_known_details_are_kept(library: Library) -> None:
    document = a_document(RAW)
    library.add(document, RAW, {})
    with pytest.raises(ValueError, match="no such detail"):
        library.edit(document.id, {"text": "forged"})


def test_a_new_reading_leaves_what_people_wrote(library: Library) -> None:
    document = a_document(RAW)
    library.add(document, RAW, {})
    library.edit(document.id, {"doi": "10.1000/2"})
    better = with_details(
        document, {"importer": "text 2", "journal": "Found Now", "doi": "10.1000/3"}
    )
    assert library.add(better, RAW, {}) == "updated"
    assert library.document(document.id) == with_details(better, {"doi": "10.1000/2"})
    entry = library.catalog.entry(document.id)
    assert entry is not None
    assert (entry.doi, entry.journal) == ("10.1000/2", "Found Now")


def test_headings_are_corrected_and_stay_so(library: Library, paths: Paths) -> None:
    document = replace(a_document(RAW), blocks=(Block("heading", Span(0, len(RAW)), ref="s1"),))
    library.add(document, RAW, {})
    library.set_indexed(document.id, True)
    none = Correction(0, RAW.decode(), 0)
    library.correct(document.id, [none])
    assert library.catalog.unindexed() == [document.id]
    library.edit(document.id, {"journal": "The Lancet"})
    again = Library(paths)
    found = again.document(document.id)
    assert (found.sections, found.publication.journal, found.text) == (
        (),
        "The Lancet",
        document.text,
    )
    assert again.imported(document.id) == document
    assert again.details.corrections(document.id) == (none,)
    assert set(again.details.edits(document.id)) == {"journal"}
    entry = again.catalog.entry(document.id)
    assert entry is not None
    assert entry.sections == 0
    assert again.add(replace(document, importer="text 2"), RAW, {}) == "updated"
    assert again.document(document.id).sections == ()
    again.correct(document.id, [])
    assert again.document(document.id).sections == document.sections
    again.close()


def test_tags_and_collections_are_kept_apart(library: Library) -> None:
    document = a_document(RAW)
    library.add(document, RAW, {})
    library.details.label("tag", document.id, ["dose", "acute", "dose"])
    library.details.label("collection", document.id, ["Ward"])
    assert library.details.labels("tag") == {document.id: ("acute", "dose")}
    assert library.details.labels("collection") == {document.id: ("Ward",)}
    library.details.label("tag", document.id, [])
    assert library.details.labels("tag") == {}
    library.remove(document.id)
    assert library.details.labels("collection") == {}


def test_what_is_in_the_trash_is_not_listed_and_can_be_had_back(library: Library) -> None:
    document = a_document(RAW)
    library.add(document, RAW, {})
    library.set_indexed(document.id, True)
    library.details.put_in_trash(document.id)
    catalog = library.catalog
    assert (catalog.entries(), catalog.listed(), catalog.unindexed()) == ([], [], [])
    assert library.details.trash() == [(document.id, "A title")]
    assert [row.id for row in library.catalog.listed(trashed=True)] == [document.id]
    assert library.document(document.id) == document
    library.details.restore(document.id)
    (row,) = library.catalog.listed()
    assert library.catalog.listed_after(0, 5) == [row]
    assert library.catalog.listed_after(row.number, 5) == []
    assert (row.id, row.title, row.authors) == (document.id, "A title", '["A. Writer"]')
    assert (
        [entry.id for entry in library.catalog.entries()]
        == library.catalog.unindexed()
        == [document.id]
    )
    assert list(library.catalog.in_parts(1)) == [library.catalog.entries()]
    assert library.details.trash() == []


@pytest.mark.parametrize("importer", ["text 1", "text 2"])
def test_a_file_that_is_taken_in_again_comes_out_of_the_trash(
    library: Library, importer: str
) -> None:
    document = a_document(RAW)
    library.add(document, RAW, {})
    library.details.put_in_trash(document.id)
    again = replace(document, importer=importer)
    assert library.add(again, RAW, {}) == ("added" if importer == "text 1" else "updated")
    assert [entry.id for entry in library.catalog.entries()] == [document.id]


def test_a_library_of_before_gets_room_for_details(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reader.store import database

    before = paths.data / "before"
    before.mkdir(parents=True)
    for name in ("library_001.sql", "library_002.sql"):
        (before / name).write_bytes((SCHEMAS / name).read_bytes())
    monkeypatch.setattr(database, "_SCHEMAS", before)
    old = Database(paths.library, "library")
    columns = (
        "id, original, edition, source, title, authors, published, kind, doi, sections, characters,"
        ' "references", minutes, indexed, imported'
    )
    old.run(
        f"INSERT INTO document ({columns}) VALUES "
        "('d1', 'o', 1, 's', 't', '[]', '', 'text', '', 0, 0, 0, 0, 1, '2024')"
    )
    assert old.value("PRAGMA user_version") == 2
    old.close()
    monkeypatch.setattr(database, "_SCHEMAS", SCHEMAS)
    library = Library(paths)
    (entry,) = library.catalog.entries()
    assert (entry.id, entry.journal, library.details.trash()) == ("d1", "", [])
    assert library.details.edits("d1") == {}
    library.close()
