"""Answers do not depend on how the index is cut into segments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

import reader.search.merge_policy as room
from reader.model.document import Document
from reader.model.search import Answer, Query
from reader.search.index import Index
from reader.search.searcher import Finder
from tests.search.samples import a_document, a_question, filed, nowhere


def _finder(
    folder: Path, documents: Sequence[Document], gone: Sequence[Document], size: int
) -> Finder:
    """An index of so many documents a segment, from which some were removed again."""
    index = Index(folder)
    everything = [*documents, *gone]
    for start in range(0, len(everything), size):
        index.add(everything[start : start + size])
    index.remove([one.id for one in gone])
    return Finder(folder, nowhere, filed=filed)


def _said(finder: Finder, query: Query) -> Answer:
    return replace(finder.find(query), elapsed_ms=0)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_however_the_index_is_cut_the_answers_are_the_same(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "TIER", 1000)
    # Beginnings that end a phrase are looked for in either way.
    monkeypatch.setattr("reader.search.open_rows.MANY_ROWS", 50_000 * (seed % 2))
    chance = Random(seed)
    documents = [a_document(chance, f"d{number}") for number in range(60)]
    gone = [a_document(chance, f"gone{number}") for number in range(6)]
    shuffled = chance.sample(documents, len(documents))
    finders = [
        _finder(tmp_path / "one", documents, [], 60),
        _finder(tmp_path / "six", shuffled, gone, 11),
        _finder(tmp_path / "sixty", chance.sample(documents, len(documents)), gone, 1),
        _finder(tmp_path / "merged", shuffled, gone, 5),
        _finder(tmp_path / "begun", chance.sample(documents, len(documents)), gone, 2),
    ]
    Index(tmp_path / "merged").merge()
    # Idle for a moment only, with slices that hold some of the documents: finders that are open
    # already find the rest merged while they answer.
    monkeypatch.setattr("reader.search.index.SLICE_PASSAGES", 60)
    assert Index(tmp_path / "begun").merge_slice()
    names = ("one", "six", "begun", "sixty")
    cuts = [len(list((tmp_path / name).glob("*.arrays"))) for name in names]
    assert cuts[0] == 1 < cuts[1] < 10 < cuts[2] < cuts[3]
    found = 0
    for number in range(150):
        if number % 10 == 9:
            Index(tmp_path / "begun").merge_slice()
            Index(tmp_path / "sixty").merge_slice()
        query = Query(
            a_question(chance), "", chance.choice((5, 20, 100_000)), chance.random() < 0.3
        )
        expected, *others = (_said(finder, query) for finder in finders)
        found += bool(expected.hits)
        for other in others:
            assert other == expected, query
    after = [len(list((tmp_path / name).glob("*.arrays"))) for name in names]
    assert 1 < after[2] < cuts[2]
    assert 1 < after[3] < cuts[3] // 2
    assert found > 50
