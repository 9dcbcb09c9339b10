"""Hits in notes are only in documents that the filters of a query let through."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from reader.model.search import Query
from reader.paths import Paths
from reader.services.document_filter import everywhere, fitting
from reader.store.library import Library
from tests.store.samples import a_document


@pytest.fixture
def library(paths: Paths) -> Iterator[Library]:
    library = Library(paths)
    for name, published in (("old", "2011"), ("new", "2023-05"), ("undated", "")):
        document = a_document(
            name.encode(), published=published, source="a.txt", doi="", figures=()
        )
        library.add(document, name.encode(), {})
        if name != "new":
            library.details.label("collection", document.id, ["Ward"])
    yield library
    library.close()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dose collection:Ward", {"old", "undated"}),
        ("dose -collection:Ward", {"new"}),
        ("dose from:2012", {"new"}),
        ("collection:Ward to:2012", {"old", "undated"}),
        ("from:2020 OR collection:ward dose", {"old", "new", "undated"}),
        ("from:2020 OR year:2011", {"old", "new"}),
        ("from:2020 OR dose", {"old", "new", "undated"}),
        ("(from:2020 AND dose) dose", {"new"}),
        ("(from:2020 AND dose) OR k", {"old", "new", "undated"}),
        ("-dose from:2020", {"new"}),
        ("kind:text -kind:pdf", {"old", "new", "undated"}),
        ("collection:nowhere", set()),
    ],
)
def test_documents_that_fit(library: Library, text: str, expected: set[str]) -> None:
    fits = fitting(library, Query(text))
    assert {
        name
        for name in ("old", "new", "undated")
        if fits(a_document(name.encode()).id) and fits is not everywhere
    } == expected


def test_without_filters_all_fit(library: Library) -> None:
    assert fitting(library, Query('dose -"half a tablet"')) is everywhere
    assert everywhere("any")
    assert not fitting(library, Query("from:2000"))("gone")
