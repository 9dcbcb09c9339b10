"""Notes follow their document to its next edition, for every user, and back with undo."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reader.model.anchoring.selector import describe
from reader.model.annotation import Annotation, Change
from reader.model.document import Document
from reader.paths import Paths
from reader.services.reanchoring import (
    give_back,
    notes_of,
    place,
    place_all,
    place_one,
    review,
    step_back,
)
from reader.store.library import Library
from reader.store.notes import open_notes
from tests.model.samples import ARTICLE
from tests.model.samples import place as where
from tests.store.samples import a_document

LONGER = ARTICLE + " ".join(f"Row {k} holds number {k * k}." for k in range(40))
SECOND = "A line before all others. " + LONGER.replace("0.5 mg", "5 mg")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(Paths(tmp_path))
    yield library
    library.close()


def keep(library: Library, text: str) -> Document:
    document = replace(a_document(text.encode()), figures=())
    library.add(document, text.encode(), {})
    return document


def test_they_go_to_another_file_of_the_document_and_back(library: Library, tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    first = keep(library, LONGER)
    for user in ("anna", "bert"):
        notes = open_notes(paths, user)
        for k, words in enumerate(("must not drive", "The usual dose is 0.5 mg per kg")):
            target = describe(first, where(LONGER, words))
            notes.apply(Change(None, Annotation(f"{user}{k}", target)))
        notes.close()
    paths.notes("carl").parent.mkdir()
    (tmp_path / "users" / "dora").mkdir()
    paths.notes("dora").write_bytes(b"damaged" * 1000)
    second = keep(library, SECOND)
    place_all(library, paths, second.id)
    assert not paths.notes("carl").exists()
    notes = open_notes(paths, "bert")
    one, two = notes.annotations(second.id)
    assert notes.annotations(first.id) == []
    assert (one.state, one.target.quote.exact) == ("changed", "The usual dose is 5 mg per kg")
    assert (two.state, two.target.position) == ("", where(SECOND, "must not drive"))
    assert place(library, notes, second.id) == 0
    notes.undo()
    assert [a.state for a in notes.annotations(first.id)] == ["", ""]
    assert len(notes_of(library, notes, second.id)) == 2
    notes.close()
    assert place_one(str(tmp_path), "bert", second.id) == 2


def test_they_go_to_what_a_better_importer_read(library: Library, tmp_path: Path) -> None:
    first = keep(library, LONGER)
    notes = open_notes(Paths(tmp_path), "anna")
    target = describe(first, where(LONGER, "must not drive"))
    unknown = replace(target, text_hash="00" * 32)
    notes.apply(Change(None, Annotation("a", target)), Change(None, Annotation("b", unknown)))
    better = replace(first, text=SECOND, importer="text 2", sections=(), references=())
    assert library.add(better, LONGER.encode(), {}) == "updated"
    assert place(library, notes, first.id) == 2
    assert {a.target.position for a in notes.all()} == {where(SECOND, "must not drive")}
    notes.close()


def test_for_worker_processes(library: Library, tmp_path: Path) -> None:
    first = keep(library, LONGER)
    notes = open_notes(Paths(tmp_path), "anna")
    target = describe(first, where(LONGER, "The usual dose is 0.5 mg per kg"))
    notes.apply(Change(None, Annotation("a", target)))
    assert step_back(str(tmp_path), "anna", first.id) == 0
    second = keep(library, SECOND)
    assert place_one(str(tmp_path), "anna", second.id) == 1
    (case,) = review(str(tmp_path), "anna", second.id)
    assert case.span.cut(case.old) == "The usual dose is 0.5 mg per kg"
    assert case.proposals[0].cut(SECOND) == "The usual dose is 5 mg per kg"
    assert step_back(str(tmp_path), "anna", second.id) == 1
    assert [(one.target, one.state) for one in notes.all()] == [(target, "")]
    notes.close()


def parted(library: Library, document_id: str) -> None:
    """As a person says that a document is none of the editions that it is among."""
    other = library.editions.part(document_id)
    library.offers.answer(document_id, other, "parted")


def test_notes_go_home_when_their_document_is_parted(library: Library, tmp_path: Path) -> None:
    first = keep(library, LONGER)
    notes = open_notes(Paths(tmp_path), "anna")
    for k, words in enumerate(("must not drive", "The usual dose is 0.5 mg per kg", "a week")):
        notes.apply(Change(None, Annotation(f"n{k}", describe(first, where(LONGER, words)))))
    before = notes.annotations(first.id)
    second = keep(library, SECOND)
    place(library, notes, second.id)
    made = Annotation("since", describe(second, where(SECOND, "A line before")))
    notes.apply(Change(None, made))
    thrown = notes.annotation("n2")
    assert thrown is not None
    notes.apply(Change(thrown, replace(thrown, deleted="2026-01-01T00:00:00Z")))
    now = notes.annotation("n0")
    assert now is not None
    notes.apply(Change(now, replace(now, note="Written since")))

    parted(library, first.id)
    assert give_back(library, notes, first.id) == 0
    assert place(library, notes, second.id) == 3
    assert [one.id for one in notes.annotations(second.id)] == ["since"]
    back = notes.annotations(first.id)
    assert {one.id: (one.target, one.state, one.earlier) for one in back} == {
        one.id: (one.target, one.state, one.earlier) for one in before if one.id != "n2"
    }
    assert {one.note for one in back} == {"", "Written since"}
    assert [one.target.document_id for one in notes.trash()] == [first.id]
    # What is put on the other one by hand from now on stays there.
    notes.close()
    notes = open_notes(Paths(tmp_path), "anna", now=lambda: "2999-01-01T00:00:00Z")
    note = notes.annotation("n1")
    assert note is not None
    there = describe(second, where(SECOND, "The usual dose is 5 mg per kg"))
    notes.apply(Change(note, replace(note, target=there)))
    assert place(library, notes, second.id) == 0
    assert {one.id for one in notes.annotations(second.id)} == {"n1", "since"}
    notes.close()


def test_of_three_only_the_notes_of_the_parted_one_go(library: Library, tmp_path: Path) -> None:
    notes = open_notes(Paths(tmp_path), "anna")
    texts = [LONGER, SECOND, SECOND + " And one after them."]
    documents = []
    for k, text in enumerate(texts):
        documents.append(keep(library, text))
        place(library, notes, documents[-1].id)
        target = describe(documents[-1], where(text, "must not drive"))
        notes.apply(Change(None, Annotation(f"n{k}", target)))
    first, second, third = documents
    parted(library, second.id)
    assert place(library, notes, third.id) == 1
    assert {one.id for one in notes.annotations(third.id)} == {"n0", "n2"}
    assert {one.id for one in notes.annotations(second.id)} == {"n1"}
    # The latest goes last: the note of the first is back on the first.
    parted(library, third.id)
    place(library, notes, third.id)
    assert {one.id for one in notes.annotations(third.id)} == {"n2"}
    place(library, notes, first.id)
    assert {one.id for one in notes.annotations(first.id)} == {"n0"}
    notes.close()
