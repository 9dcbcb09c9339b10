"""Thousands of random questions, answered from the index and word by word: no difference."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.search.comparing import Library, compare
from tests.search.samples import a_question


@pytest.mark.parametrize("seed", range(12))
def test_random_questions_are_answered_as_word_by_word(tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    library = Library(tmp_path / "index", chance)
    for _ in range(3):
        library.change()
        for _ in range(50):
            compare(library, a_question(chance), chance)
