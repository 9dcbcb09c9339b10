"""Files of one document: recognised, kept behind the latest, and brought to the front again."""

from __future__ import annotations

from typing import Any

import pytest

from reader.formats import BY_NAME
from reader.model.anchoring.selector import text_hash
from reader.model.document import Document
from reader.paths import Paths
from reader.problem import Problem
from reader.store.library import Library
from tests.store.samples import a_document

WORDS = " ".join(f"Sentence {k} says what number {k * k} is good for." for k in range(30))
PICTURE = {"p.png": b"picture"}


def keep(library: Library, text: str, **changes: Any) -> tuple[str, Document]:
    raw = text.encode()
    document = a_document(raw, **changes)
    return library.add(document, raw, PICTURE), document


def listed(library: Library) -> list[str]:
    return [entry.id for entry in library.catalog.entries()]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"doi": "10.1000/ABC", "title": "One"}, {"doi": "10.1000/abc", "source": "two.txt"}),
        ({"doi": "", "pmid": "7", "title": "One"}, {"doi": "", "pmid": "7", "source": "two.txt"}),
        ({"doi": "https://doi.org/10.1000/1"}, {"doi": "10.1000/1"}),
        ({"doi": "10.1000/1"}, {"doi": "10.1000/2", "replaces": ("10.1000/1",)}),
    ],
)
def test_a_later_file_with_its_identifier_takes_its_place(
    library: Library, one: dict[str, Any], other: dict[str, Any]
) -> None:
    _, first = keep(library, WORDS, **one)
    outcome, second = keep(library, WORDS.replace("good", "fit") + " More.", **other)
    assert outcome == "updated"
    assert listed(library) == [second.id]
    assert library.offers.open() == []
    # The earlier one can be found still.
    assert library.catalog.unindexed() == [first.id, second.id]
    assert [entry.later for entry in library.catalog.entries(earlier=True)] == [second.id, ""]
    assert library.document(first.id).text == WORDS
    assert library.editions.with_text(text_hash(WORDS)) == first
    assert library.editions.earlier_ids(second.id) == [first.id]
    assert library.editions.latest(first.id) == second.id
    assert library.verify() == []


def test_the_same_doi_on_another_text_is_another_document(library: Library) -> None:
    _, first = keep(library, WORDS)
    outcome, second = keep(library, WORDS.replace("Sentence", "Row").replace("good for", "made of"))
    assert outcome == "added"
    assert listed(library) == [first.id, second.id]


def test_an_edition_that_is_damaged_is_not_compared(library: Library, paths: Paths) -> None:
    _, first = keep(library, WORDS)
    (paths.document(first.id) / "1" / "document.json").write_bytes(b"{}")
    assert keep(library, WORDS + " More.")[0] == "added"
    assert library.editions.with_text(text_hash(WORDS)) is None
    (edition,) = library.editions.all(first.id)
    with pytest.raises(Problem, match="damaged"):
        library.editions.document(edition)


def test_all_editions_the_latest_first(library: Library) -> None:
    _, first = keep(library, WORDS)
    keep(library, WORDS, importer="text 2")
    _, second = keep(library, WORDS + " More.")
    _, third = keep(library, WORDS + " Still more.")
    for asked in (first.id, second.id, third.id):
        found = library.editions.all(asked)
        assert [(e.document_id, e.number, e.current) for e in found] == [
            (third.id, 1, True),
            (second.id, 1, False),
            (first.id, 2, False),
            (first.id, 1, False),
        ]
    assert library.editions.document(found[3]) == first
    assert library.editions.shown(first.id) == 2
    assert library.editions.hash_of(found[3]) == text_hash(WORDS)


def test_when_the_latest_goes_the_one_before_it_is_back(library: Library) -> None:
    _, first = keep(library, WORDS)
    _, second = keep(library, WORDS + " More.")
    _, third = keep(library, WORDS + " Still more.")
    library.remove(third.id)
    assert listed(library) == [second.id]
    assert library.editions.latest(first.id) == second.id
    library.remove(first.id)
    assert listed(library) == [second.id]
    library.remove(second.id)
    assert listed(library) == []


def test_a_document_is_taken_out_of_its_chain(library: Library) -> None:
    _, first = keep(library, WORDS)
    assert library.editions.part(first.id) == ""
    _, second = keep(library, WORDS + " More.")
    _, third = keep(library, WORDS + " Still more.")
    assert library.editions.part(first.id) == third.id
    assert listed(library) == [first.id, third.id]
    assert library.editions.earlier_ids(third.id) == [second.id]
    # Also the latest: then the one before it is to the front again.
    assert library.editions.part(third.id) == second.id
    assert listed(library) == [first.id, second.id, third.id]


def test_documents_that_older_rules_have_read_are_listed(library: Library) -> None:
    assert library.editions.outdated() == []
    assert library.editions.outdated_count() == 0
    ids = {}
    for name, importer in (
        ("now", BY_NAME["html"].importer),
        ("whole", "html/1+whole"),
        ("trashed", "html/1"),
        ("later", f"html/{BY_NAME['html'].version + 1}"),
        ("text", "text/1"),
    ):
        _, document = keep(
            library, f"Words of {name}.", importer=importer, doi="", title=name, source=name
        )
        ids[name] = document.id
    library.details.put_in_trash(ids["trashed"])
    found = library.editions.outdated()
    assert library.editions.outdated_count() == len(found)
    assert [(one.document_id, one.title, one.source, one.importer) for one in found] == [
        (ids["whole"], "whole", "whole", "html/1+whole"),
        (ids["text"], "text", "text", "text/1"),
    ]


def test_a_document_read_again_and_one_behind_another_are_not_outdated(library: Library) -> None:
    _, first = keep(library, WORDS, importer="text/1")
    assert [one.document_id for one in library.editions.outdated()] == [first.id]
    keep(library, WORDS, importer=BY_NAME["text"].importer)
    assert library.editions.outdated() == []
    _, old = keep(library, WORDS + " More.", importer="text/1", doi="10.1000/7", title="Old")
    keep(
        library,
        WORDS + " Even more.",
        importer=BY_NAME["text"].importer,
        doi="10.1000/7",
        title="New",
    )
    assert library.editions.latest(old.id) != old.id
    assert library.editions.outdated() == []
