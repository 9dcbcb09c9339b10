"""Notes follow their document to its next edition, for every user, and back with undo."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reader.model.annotation import Annotation, Change
from reader.model.describing import describe
from reader.model.document import Document
from reader.paths import Paths
from reader.placing import notes_of, place, place_all, place_one, review, step_back
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
