"""Random questions answered from the index and word by word, until enough were asked.

    python -m benchmarks.search.oracle [QUESTIONS] [FIRST_SEED]

Each seed is a library of its own, changed and asked in turn. Prints every question whose two
answers differ, and at last how many were asked, how many found something, and how many differ.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from random import Random

from tests.search.comparing import Library, compare
from tests.search.samples import a_question

_ROUNDS = 4
_QUESTIONS = 100


def ask(seed: int) -> tuple[int, int, int]:
    """How many questions a library of this seed was asked, found something for, got wrong."""
    chance = Random(seed)
    asked = found = wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder) / "index", chance)
        for _ in range(_ROUNDS):
            library.change()
            for _ in range(_QUESTIONS):
                text = a_question(chance)
                asked += 1
                try:
                    found += compare(library, text, chance) > 0
                except AssertionError as difference:
                    wrong += 1
                    print(f"seed {seed}: {text!r}: {difference}", flush=True)
    return asked, found, wrong


def main() -> int:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    begun = time.perf_counter()
    asked = found = wrong = 0
    while asked < wanted:
        results = ask(seed)
        asked, found, wrong = asked + results[0], found + results[1], wrong + results[2]
        seed += 1
    seconds = time.perf_counter() - begun
    print(f"{asked:,} questions, {found:,} found something, {wrong} differ, {seconds:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
