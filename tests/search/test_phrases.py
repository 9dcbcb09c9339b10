from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

import reader.search.matcher as room
from reader.search.positions import common, in_order
from tests.search.comparing import Library, compare
from tests.search.samples import ASKED

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
