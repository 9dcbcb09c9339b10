from __future__ import annotations

import pytest

from reader.paths import Paths
from reader.problem import Problem
from reader.store.library import Library
from tests.store.samples import a_document, alter

RAW = b"Give half a tablet."


def test_documents_are_listed_in_the_order_they_came(library: Library) -> None:
    assert library.catalog.first() == ""
    ids = []
    for i in range(6):
        raw = f"text {i}".encode()
        document = a_document(raw, title=f"Title {i}")
        library.add(document, raw, {})
        ids.append(document.id)
    assert [entry.id for entry in library.catalog.entries()] == ids
    assert library.catalog.first() == ids[0]
    assert library.catalog.entry(ids[2]) == library.catalog.entries()[2]
    assert library.catalog.entry("0" * 64) is None
    assert library.catalog.unindexed() == ids
    library.set_indexed(ids[1], True)
    assert library.catalog.unindexed() == [ids[0], *ids[2:]]
    library.set_indexed(ids[1], False)
    assert library.catalog.unindexed() == ids
    assert [library.document(i).title for i in ids] == [f"Title {i}" for i in range(6)]


def test_a_list_says_whether_it_is_longer_than_a_number(library: Library) -> None:
    for i in range(2):
        raw = f"text {i}".encode()
        library.add(a_document(raw), raw, {})
    assert library.catalog.is_longer_than(1)
    assert not library.catalog.is_longer_than(2)


def test_an_id_may_be_shortened_while_it_is_unique(library: Library) -> None:
    document = a_document(RAW)
    library.add(document, RAW, {})
    assert library.catalog.resolve(document.id) == document.id
    assert library.catalog.resolve(document.id[:6].upper()) == document.id
    for wrong, said in [
        (document.id[:5], "at least 6"),
        ("*" * 8, "no document's id"),
        ("0" * 8, "no document whose id begins"),
        ("", "no document's id"),
    ]:
        with pytest.raises(Problem, match=said):
            library.catalog.resolve(wrong)


def test_an_id_that_is_not_unique_is_refused(library: Library, paths: Paths) -> None:
    document = a_document(RAW)
    library.add(document, RAW, {})
    alter(
        paths.library,
        "INSERT INTO document SELECT ?, original, edition, source, title, authors, published, "
        'kind, doi, sections, characters, "references", minutes, indexed, imported, pmid, '
        "later, journal, edits, trashed, copied FROM document",
        document.id[:10] + "0" * 54,
    )
    with pytest.raises(Problem, match="more than one document"):
        library.catalog.resolve(document.id[:8])
