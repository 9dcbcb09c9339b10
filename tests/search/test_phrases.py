from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

import reader.search.matcher as room
import reader.search.open_rows as open_room
import reader.search.postings as postings_room
from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.search import Query
from reader.search.index import Index
from reader.search.positions import common, in_order
from reader.search.searcher import Finder
from tests.search.comparing import Library, compare
from tests.search.samples import ASKED, nowhere

keys = some.lists(some.integers(0, 40))


@pytest.mark.parametrize(("few", "block"), [(0, 1), (0, 10**9), (3, 20)])
def test_phrases_are_the_same_however_the_work_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int, block: int
) -> None:
    monkeypatch.setattr(room, "FEW_STARTS", few)
    monkeypatch.setattr(room, "BLOCK", block)
    chance = Random(few + block)
    found = 0
    library = Library(tmp_path / "index", chance)
    for _ in range(2):
        library.change()
        for _ in range(60):
            words = chance.choices((*ASKED, "the", "of"), k=chance.randrange(2, 5))
            found += compare(library, f'"{" ".join(words)}"', chance)
            found += compare(library, f"{words[0]} NEAR/2 {words[1]} in:text", chance)
    assert found


@pytest.mark.parametrize("chunk", [1, 10**6])
def test_a_phrase_may_end_in_a_beginning_of_very_many_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(open_room, "MANY_ROWS", 0)
    monkeypatch.setattr(postings_room, "CHUNK", chunk)
    chance = Random(chunk)
    found = 0
    library = Library(tmp_path / "index", chance)
    for _ in range(3):
        library.change()
        for _ in range(40):
            *words, last = chance.choices((*ASKED, "the", "of"), k=chance.randrange(2, 4))
            begun = f'"{" ".join(words)} {last[: chance.randrange(1, 3)]}*"'
            found += compare(library, chance.choice((begun, f"{begun} in:title")), chance)
    assert found


def test_none_of_very_many_words_that_end_a_phrase_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Index(tmp_path)
    for name, word in {"a": "notion", "b": "notion", "c": "nation"}.items():
        writer = DocumentBuilder()
        writer.begin_heading(1)
        writer.add("Part")
        writer.begin("paragraph")
        writer.add(f"dose of {word} and a dose of")
        writer.begin_heading(1)
        writer.add("notion")
        index.add([writer.build(id=name, title="")])
    monkeypatch.setattr(postings_room, "MOST_PLACED_ROWS", 2)
    monkeypatch.setattr(open_room, "MANY_ROWS", 2)
    monkeypatch.setattr(room, "BLOCK", 1)
    answer = Finder(tmp_path, nowhere).find(Query('"dose of n', typing=True))
    assert sorted({hit.document_id for hit in answer.hits}) == ["a", "b", "c"]
    # What ends with its section is not followed by the heading of the next.
    assert (answer.total, answer.notice) == (3, "")


@given(keys, keys)
def test_what_is_common_is_in_both(one: list[int], other: list[int]) -> None:
    merged = common(np.unique(np.array(one, np.int64)), np.unique(np.array(other, np.int64)))
    assert merged.tolist() == sorted({*one} & {*other})


@given(some.lists(some.tuples(keys.map(len), some.sampled_from((1, 2, 900))), max_size=30))
def test_places_are_sorted_alike_whether_they_fit_one_number_or_not(
    places: list[tuple[int, int]],
) -> None:
    sorted_ones = sorted({*places}, key=lambda one: (one[0], -one[1]))
    for shift in (0, 1 << 58):
        found = in_order(
            np.array([key + shift for key, _ in places], np.int64),
            np.array([width for _, width in places], np.int64),
        )
        pairs = zip((found.keys - shift).tolist(), found.widths.tolist(), strict=True)
        assert [*pairs] == sorted_ones
