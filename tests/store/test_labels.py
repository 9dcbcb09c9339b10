"""What the library files under a name: a collection, a tag, a kind."""

from __future__ import annotations

import pytest

from reader.store.library import Library
from tests.store.samples import a_document


@pytest.fixture
def ids(library: Library) -> dict[str, str]:
    """Four documents, by a short name."""
    found = {}
    for name, source, title, kind in (
        ("article", "a.HTML", "On doses", "article"),
        ("guideline", "b.docx", "Guideline on doses", "article"),
        ("book", "c.pdf", "All doses", "book"),
        ("note", "d.txt", "Doses?", "article"),
    ):
        document = a_document(
            name.encode(), title=title, source=source, kind=kind, doi="", figures=()
        )
        library.add(document, name.encode(), {})
        found[name] = document.id
    return found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Article", {"article", "guideline", "note"}),
        ("guideline", {"guideline"}),
        ("book", {"book"}),
        ("textbook", {"book"}),
        ("pdf", {"book"}),
        ("web", {"article"}),
        ("word", {"guideline"}),
        ("text", {"note"}),
        ("epub", set()),
        ("guide", {"guideline"}),
    ],
)
def test_documents_of_a_kind(
    library: Library, ids: dict[str, str], name: str, expected: set[str]
) -> None:
    assert library.catalog.documents_labelled("kind", name) == frozenset(
        ids[one] for one in expected
    )


def test_a_kind_that_there_is_not(library: Library, ids: dict[str, str]) -> None:
    assert len(ids) == 4
    assert library.catalog.documents_labelled("kind", "film") is None
    assert library.catalog.documents_labelled("kind", " ") is None


def test_documents_in_a_collection_and_with_a_tag(library: Library, ids: dict[str, str]) -> None:
    library.details.label("collection", ids["article"], ["Pain, acute", "Ward"])
    library.details.label("collection", ids["book"], ["Ward"])
    library.details.label("collection", ids["note"], ["Ward 7"])
    library.details.label("tag", ids["note"], ["Dose"])
    assert library.catalog.documents_labelled("collection", "ward") == frozenset(
        (
            ids["article"],
            ids["book"],
        )
    )
    assert library.catalog.documents_labelled("collection", "Pain") == frozenset((ids["article"],))
    assert library.catalog.documents_labelled("collection", "WAR") == frozenset(
        (
            ids["article"],
            ids["book"],
            ids["note"],
        )
    )
    assert library.catalog.documents_labelled("tagged", "#dose") == frozenset((ids["note"],))
    assert library.catalog.documents_labelled("tagged", "ward") is None
    assert library.catalog.documents_labelled("collection", "dose") is None


@pytest.mark.parametrize(
    ("beginning", "title"),
    [("on D", "On doses"), ("all", "All doses"), ("doses?", "Doses?"), ("dose%", ""), ("_", "")],
)
def test_a_title_that_begins_so(
    library: Library, ids: dict[str, str], beginning: str, title: str
) -> None:
    assert library.catalog.titled(beginning) == title
    library.details.put_in_trash(ids["article"])
    assert library.catalog.titled("On doses") == ""
