"""Thousands of random queries, answered from the index and by an oracle that knows none of it."""

from __future__ import annotations

import ast
from pathlib import Path
from random import Random

import pytest

from tests.search import grammar_oracle
from tests.search.grammar_world import World


@pytest.mark.parametrize("seed", range(12))
def test_random_queries_are_answered_as_the_grammar_says(tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    world = World(tmp_path, chance)
    found = 0
    for _ in range(250):
        text, _ = world.question()
        document = chance.choice(("", "", "", chance.choice(world.papers).id))
        found += world.compare(text, document) > 0
    assert found > 150


def test_the_oracle_knows_nothing_of_what_it_judges() -> None:
    tree = ast.parse(Path(grammar_oracle.__file__).read_text(encoding="utf-8"))
    imported = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    imported += [a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names]
    assert not [name for name in imported if name.startswith(("reader", "tests"))]
