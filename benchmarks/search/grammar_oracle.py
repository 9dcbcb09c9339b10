"""Random queries answered from the index, and by an oracle that knows only the grammar.

    python -m benchmarks.search.grammar_oracle [QUERIES] [FIRST_SEED]

Each seed is a library of its own, with notes. Prints the queries whose two answers differ, and at
last how many were asked, of the rarest form too, how many found something, and how many differ.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

from tests.search.grammar_world import World, count_forms

_QUERIES = 400


def ask(seed: int, asked: Counter[str]) -> tuple[int, int]:
    """How many queries to a library of this seed found something, and how many differ."""
    chance = Random(seed)
    found = wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), chance)
        for _ in range(_QUERIES):
            text, form = world.question()
            asked[form] += 1
            document = chance.choice(("", "", "", chance.choice(world.papers).id))
            try:
                found += world.compare(text, document) > 0
            except AssertionError as difference:
                wrong += 1
                print(f"seed {seed}, {form}: {difference}", flush=True)
    return found, wrong


def main() -> int:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    begun = time.perf_counter()
    asked: Counter[str] = Counter()
    found = wrong = 0
    while asked.total() < wanted:
        results = ask(seed, asked)
        found, wrong, seed = found + results[0], wrong + results[1], seed + 1
    total, rarest, seconds = asked.total(), count_forms(asked), time.perf_counter() - begun
    print(
        f"{total:,} queries, at least {rarest:,} of each form, {found / total:.0%} found something,"
    )
    print(f"{wrong} differ, {seconds:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
