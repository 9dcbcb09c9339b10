from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

import reader.search.matching as room
from reader.search.places import ascending, common
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
    library = Library(tmp_path / "index", chance)
    for _ in range(2):
        library.change()
        for _ in range(60):
            words = chance.choices((*ASKED, "the", "of"), k=chance.randrange(2, 5))
            compare(library, f'"{" ".join(words)}"', chance)


@given(keys, keys)
def test_what_is_common_is_in_both(one: list[int], other: list[int]) -> None:
    merged = common(ascending(np.array(one, np.int64)), ascending(np.array(other, np.int64)))
    assert merged.tolist() == sorted({*one} & {*other})
