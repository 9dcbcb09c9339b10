from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import closing

import numpy as np
import pytest

from reader.model.search import Query
from reader.paths import Paths
from reader.search import meaning
from reader.search.arrays import Array
from reader.search.index import Index
from reader.search.meaning import Meanings
from reader.store.library import Library
from reader.workers import search_tasks, tasks


def flags(paths: Paths) -> list[bool]:
    with closing(Library(paths)) as library:
        return [entry.indexed for entry in library.catalog.entries()]


def test_documents_are_indexed_and_flagged_then(paths: Paths, two: list[str]) -> None:
    data = str(paths.data)
    assert search_tasks.waiting(data) == two
    assert search_tasks.index(data, [two[0], "0" * 64]) == [two[0]]
    assert flags(paths) == [True, False]
    assert search_tasks.waiting(data) == [two[1]]
    search_tasks.index(data, two)
    assert search_tasks.waiting(data) == []
    assert Index(paths.index).document_ids() == set(two)


def test_a_damaged_index_is_begun_anew_and_the_rest_waits_again(
    paths: Paths, two: list[str]
) -> None:
    data = str(paths.data)
    search_tasks.index(data, two)
    for path in paths.index.iterdir():
        path.write_bytes(b"x" * 50)
    assert search_tasks.waiting(data) == two
    assert tasks.verify(data) != []
    search_tasks.index(data, [two[1]])
    assert flags(paths) == [False, True]
    search_tasks.index(data, search_tasks.waiting(data))
    assert flags(paths) == [True, True]
    assert tasks.verify(data) == []


def test_questions_are_answered_in_their_order(paths: Paths, two: list[str]) -> None:
    data = str(paths.data)
    search_tasks.index(data, two)
    asked = [Query("tablet"), Query("day"), Query("day", two[0])]
    answers = [search_tasks.find(data, one) for one in asked]
    assert [[hit.document_id for hit in answer.hits] for answer in answers] == [
        [two[0]],
        [two[1]],
        [],
    ]


def test_what_was_removed_is_forgotten(paths: Paths, two: list[str]) -> None:
    data = str(paths.data)
    search_tasks.index(data, two)
    search_tasks.forget(data, [two[0]])
    assert Index(paths.index).document_ids() == {two[1]}
    with closing(Library(paths)) as library:
        library.remove(two[1])
    assert search_tasks.waiting(data) == [two[0]]
    assert Index(paths.index).document_ids() == set()


def test_segments_are_made_one_while_nobody_waits(paths: Paths, two: list[str]) -> None:
    data = str(paths.data)
    assert not search_tasks.mergeable(data)
    for document_id in two:
        search_tasks.index(data, [document_id])
    assert search_tasks.mergeable(data)
    assert search_tasks.merge(data)
    assert not search_tasks.merge(data)
    assert len(list(paths.index.glob("*.arrays"))) == 1
    assert search_tasks.waiting(data) == []


class OneWay:
    """In the place of the model of language: all texts mean the same."""

    def encode(self, texts: Sequence[str], most_pieces: int) -> Array:
        return np.ones((len(texts), 2), np.float32)


def test_what_documents_mean_is_learnt_a_part_at_a_time(
    paths: Paths, two: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = str(paths.data)
    monkeypatch.setattr(os, "nice", lambda _: 0, raising=False)
    monkeypatch.setattr(meaning, "open_encoder", lambda: None)
    assert not search_tasks.learn_meanings(data)
    monkeypatch.setattr(meaning, "open_encoder", OneWay)
    # The first takes all the time that there is.
    monkeypatch.setattr(search_tasks, "LEARNING_SECONDS", 0)
    assert search_tasks.learn_meanings(data)
    monkeypatch.undo()
    assert len(Meanings(paths.meanings).lacking(two)) == 1
    monkeypatch.setattr(os, "nice", lambda _: 0, raising=False)
    monkeypatch.setattr(meaning, "open_encoder", OneWay)
    assert not search_tasks.learn_meanings(data)
    assert Meanings(paths.meanings).lacking(two) == []
    monkeypatch.setattr(meaning, "open_encoder", pytest.fail)
    assert not search_tasks.learn_meanings(data)


def test_what_a_document_meant_is_forgotten_with_it(
    paths: Paths, two: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = str(paths.data)
    monkeypatch.setattr(os, "nice", lambda _: 0, raising=False)
    monkeypatch.setattr(meaning, "open_encoder", OneWay)
    search_tasks.index(data, two)
    search_tasks.learn_meanings(data)
    search_tasks.forget(data, two[:1])
    assert Meanings(paths.meanings).lacking(two) == two[:1]
    # Removed by another process, which does not tell.
    with closing(Library(paths)) as library:
        library.remove(two[1])
    search_tasks.learn_meanings(data)
    assert Meanings(paths.meanings).lacking(two[1:]) == two[1:]


def test_what_a_document_meant_is_forgotten_that_is_removed_while_it_is_learnt(
    paths: Paths, two: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = str(paths.data)

    class Slow(OneWay):
        def encode(self, texts: Sequence[str], most_pieces: int) -> Array:
            with closing(Library(paths)) as library:
                for document_id in two:
                    library.remove(document_id)
            search_tasks.forget(data, two)
            return super().encode(texts, most_pieces)

    monkeypatch.setattr(os, "nice", lambda _: 0, raising=False)
    monkeypatch.setattr(meaning, "open_encoder", Slow)
    search_tasks.learn_meanings(data)
    assert list(paths.meanings.iterdir()) == []


def test_nothing_of_documents_that_are_gone_is_left_when_nobody_learns_any_more(
    paths: Paths, two: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = str(paths.data)
    monkeypatch.setattr(os, "nice", lambda _: 0, raising=False)
    monkeypatch.setattr(meaning, "open_encoder", OneWay)
    search_tasks.learn_meanings(data)
    # A process was killed while it wrote.
    (paths.meanings / f"{two[0]}.new").write_bytes(b"half")
    (paths.meanings / f"{'9' * 64}.new").write_bytes(b"half")
    with closing(Library(paths)) as library:
        library.remove(two[0])
    search_tasks.waiting(data)
    assert [path.name for path in paths.meanings.iterdir()] == [f"{two[1]}.npy"]
