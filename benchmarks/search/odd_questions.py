"""How long the strangest questions take, and whether many of them fill the memory.

    python -m benchmarks.search.odd_questions INDEX [QUESTIONS]

INDEX is a folder that `benchmarks.search.finding --folder` left. First forms that reach very far,
each alone; then so many random strings of signs, other scripts and words, with the slowest of them
and the memory after each tenth.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path
from random import Random

from benchmarks.search.articles import vocabulary
from reader.model.search import Query
from reader.search.searcher import Finder
from tests.search.samples import nowhere

LONG = 10_000
FAR = (
    "*e*",
    "s*",
    "*tion",
    '"of the"',
    '"the the in"',
    '"*tion of the"',
    "*tion NEAR/5 the",
    "the NEAR/3 of",
    "*e* *a*",
    "title:*e*",
    "*e* in:text",
    "a* b* c* d* e* f*",
    "the NEAR of NEAR in NEAR and",
    '"*e* *a* *i*"',
)
SIGNS = (
    *"\"“”„()*?~-+:;,.\0\n\t\\/|&!^$%#@[]{}<>='",
    *("AND", "OR", "NOT", "NEAR/3", "in:", "title:", "year:", "from:", "kind:", "tag:", "~2"),
    *(
        "\u202e",
        "\u200d",
        "\ufeff",
        "\U0001f600",
        "שלום",
        "مرحبا",
        "氯胺酮",
        "é",
        "e\u0301",
        "\udcff",
    ),
)


def memory_mb() -> float:
    """The largest memory that this process had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def ask(finder: Finder, text: str) -> float:
    """Milliseconds that an answer takes."""
    begun = time.perf_counter()
    finder.find(Query(text, limit=20, typing=len(text) % 2 == 0, related=True))
    return (time.perf_counter() - begun) * 1000


def a_string(chance: Random, words: list[str]) -> str:
    """Signs and words in any order, now and then very long."""
    length = LONG if chance.random() < 0.02 else chance.randrange(1, 14)
    parts: list[str] = []
    size = 0
    while size < length:
        parts.append(chance.choice(words) if chance.random() < 0.4 else chance.choice(SIGNS))
        parts.append(chance.choice(("", "", " ")))
        size += len(parts[-2]) if length == LONG else 1
    return "".join(parts)


def main() -> int:
    finder = Finder(Path(sys.argv[1]), nowhere)
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    finder.find(Query("dose"))
    print(f"{'':32}{'first':>8}{'again':>8}   ms")
    extremes = (
        "a" * LONG,
        "a " * LONG,
        '"' * LONG,
        "(" * LONG,
        "* " * LONG,
        "-" * LONG,
        "a*b?" * 2500,
    )
    for text in (*FAR, *extremes):
        print(
            f"{text[:30]:32}{ask(finder, text):8.0f}{ask(finder, text):8.0f}{memory_mb():9.0f} MB",
            flush=True,
        )
    chance = Random(1)
    words, _ = vocabulary()
    slowest: list[tuple[float, str]] = []
    for number in range(count):
        text = a_string(chance, words)
        slowest = sorted([*slowest, (ask(finder, text), text)], reverse=True)[:5]
        if (number + 1) % (count // 10 or 1) == 0:
            print(
                f"{number + 1:7,} questions, slowest {slowest[0][0]:.0f} ms, {memory_mb():.0f} MB"
            )
    for time_ms, text in slowest:
        print(f"{time_ms:8.0f} ms  {text[:90]!a}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
