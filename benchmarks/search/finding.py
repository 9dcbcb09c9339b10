"""How fast articles are indexed and questions answered.

    python -m benchmarks.search.finding [ARTICLES] [--folder DIR] [--questions N] [--plain]
        [--idle] [--batch N]

Articles have 3,000 words each. --folder keeps the index for the next run; --plain also indexes
200 of the articles with Whoosh as it comes, for the ratio. --idle asks the same questions before
and after the segments are merged as an idle window does it, and tells what each slice took.
Articles are indexed 200 at a time as by the command line; with --batch 20 as by the window.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from benchmarks.search.articles import an_article, articles, vocabulary
from reader.model.document import Document
from reader.model.search import Query
from reader.search.index import Index
from reader.search.searcher import Finder
from tests.search.samples import nowhere

_PLAIN = 200


def questions(articles_in_index: int) -> Iterator[tuple[str, Callable[[Random], Query]]]:
    """Each form with a way to ask one more question of it."""
    spelled, _ = vocabulary()

    def some(chance: Random, low: int, high: int) -> str:
        return chance.choice(spelled[low:high])

    def article(chance: Random) -> Document:
        return an_article(chance.randrange(articles_in_index))

    def words(chance: Random, length: int) -> list[str]:
        text = article(chance).text.split()
        start = chance.randrange(100, len(text) - 10)
        return [word.strip(".,;") for word in text[start : start + length]]

    def misspelt(chance: Random) -> str:
        word = some(chance, 500, 5000)
        place = chance.randrange(len(word) - 1)
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]

    def in_article(chance: Random) -> Query:
        document = article(chance)
        return Query(chance.choice(document.text.split()), document.id, 20_000, typing=True)

    def typed(chance: Random) -> Query:
        word = some(chance, 100, 20_000)
        return Query(word[: chance.randrange(1, len(word) + 1)], limit=60, typing=True)

    asked: dict[str, Callable[[Random], str]] = {
        "common word": lambda c: some(c, 31, 90),
        "word in 1 %": lambda c: some(c, 1500, 2500),
        "rare word": lambda c: some(c, 20_000, 60_000),
        "three words, all": lambda c: " AND ".join(some(c, 31, 3000) for _ in range(3)),
        "three words, most": lambda c: " ".join(some(c, 31, 8000) for _ in range(3)),
        "three words, any": lambda c: " OR ".join(some(c, 31, 3000) for _ in range(3)),
        "ten words": lambda c: " ".join(some(c, 31, 20_000) for _ in range(10)),
        "a sentence": lambda c: " ".join(words(c, 14)),
        "phrase": lambda c: f'"{" ".join(words(c, c.choice((2, 3))))}"',
        "phrase of stop words": lambda c: f'"{" ".join(c.choices(spelled[:20], k=2))}"',
        "prefix of 3": lambda c: some(c, 100, 20_000)[:3] + "*",
        "prefix of 2": lambda c: some(c, 100, 20_000)[:2] + "*",
        "wildcard in front": lambda c: "*" + some(c, 100, 20_000)[-4:],
        "wildcard inside": lambda c: "?".join(
            (some(c, 100, 20_000) + "xx")[i::3][:3] for i in (0, 1)
        ),
        "misspelt~": lambda c: misspelt(c) + "~",
        "did you mean": misspelt,
        "without": lambda c: f"{some(c, 31, 90)} -{some(c, 31, 3000)}",
        "near": lambda c: f"{some(c, 31, 300)} NEAR/5 {some(c, 31, 300)}",
        "title:": lambda c: f"title:{some(c, 300, 20_000)}",
        "year:": lambda c: f"{some(c, 31, 300)} year:2010..2015",
    }
    for name, text in asked.items():
        yield name, lambda chance, text=text: Query(text(chance))  # type: ignore[misc]
    yield "as you type", typed
    yield "in one article", in_article


def measure(finder: Finder, name: str, ask: Callable[[Random], Query], count: int) -> None:
    """Prints the times of one form: first each question once, then all once more."""
    chance = Random(name)
    asked = [ask(chance) for _ in range(count)]
    rows = []
    totals = []
    for _ in range(2):
        times = []
        for query in asked:
            begun = time.perf_counter()
            totals.append(finder.find(query).total)
            times.append((time.perf_counter() - begun) * 1000)
        times.sort()
        rows.append((statistics.median(times), times[int(len(times) * 0.99)], times[-1]))
    cells = "".join(f"{m:8.1f}{p:8.1f}{w:8.1f}   " for m, p, w in rows)
    print(f"{name:22}{cells}{statistics.median(totals):10,.0f}", flush=True)


def plain_whoosh(folder: Path, documents: list[Document]) -> float:
    """Documents a second that Whoosh takes in as it comes, a section a Whoosh document."""
    from whoosh.fields import ID, TEXT, Schema
    from whoosh.index import create_in

    index = create_in(str(folder), Schema(id=ID(stored=True), title=TEXT, text=TEXT))
    begun = time.perf_counter()
    writer = index.writer(limitmb=128)
    for document in documents:
        for _, span in document.outline.passages():
            writer.add_document(id=document.id, title=document.title, text=span.cut(document.text))
    writer.commit()
    return len(documents) / (time.perf_counter() - begun)


IDLE_FORMS = (
    "common word",
    "rare word",
    "three words, all",
    "phrase",
    "prefix of 3",
    "wildcard in front",
    "misspelt~",
    "did you mean",
    "ten words",
)


def idle(folder: Path, articles_in_index: int, count: int) -> None:
    """Prints the median times of the forms before and after the index is merged when idle."""
    forms = dict(questions(articles_in_index))
    columns = []
    # The process itself is as warm for the first as for the second.
    finder = Finder(folder, nowhere)
    for name in IDLE_FORMS:
        _median_ms(finder, name, forms[name], count)
    for merged in (False, True):
        if merged:
            merge_in_slices(folder)
        finder = Finder(folder, nowhere)
        finder.find(Query("dose"))
        columns.append({name: _median_ms(finder, name, forms[name], count) for name in IDLE_FORMS})
        size = sum(path.stat().st_size for path in folder.iterdir())
        print(f"{len(list(folder.glob('*.arrays')))} segments, {size / 1e6:.1f} MB", flush=True)
    before, after = columns
    for name in IDLE_FORMS:
        print(f"{name:22}{before[name]:8.1f}{after[name]:8.1f}", flush=True)


def _median_ms(finder: Finder, name: str, ask: Callable[[Random], Query], count: int) -> float:
    chance = Random(name)
    times = []
    for query in [ask(chance) for _ in range(count)]:
        begun = time.perf_counter()
        finder.find(query)
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def merge_in_slices(folder: Path) -> None:
    """Each slice in a process of its own, as the window has it done."""
    context = multiprocessing.get_context("spawn")
    while Index(folder).mergeable():
        process = context.Process(target=_merge_slice, args=(folder,))
        process.start()
        process.join()


def _merge_slice(folder: Path) -> None:
    begun = time.perf_counter()
    Index(folder).merge_slice()
    spent = time.perf_counter() - begun
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"a slice: {spent:.1f} s, {most:.0f} MB at most", flush=True)


def build(folder: Path, count: int, batch_size: int, merged: bool) -> None:
    """Indexes the articles in batches, as an import does."""
    index = Index(folder)
    spent = 0.0
    characters = 0
    for start in range(0, count, batch_size):
        batch = [an_article(n) for n in range(start, min(count, start + batch_size))]
        characters += sum(len(document.text.encode()) for document in batch)
        begun = time.perf_counter()
        index.add(batch)
        spent += time.perf_counter() - begun
    if merged:
        begun = time.perf_counter()
        index.merge()
        print(f"merging afterwards: {time.perf_counter() - begun:.1f} s")
    size = sum(path.stat().st_size for path in folder.iterdir())
    print(f"indexed {count:,} articles: {count / spent:.0f} a second on one core")
    print(f"{len(list(folder.glob('*.arrays')))} segments")
    print(
        f"index {size / 1e6:.1f} MB for {characters / 1e6:.1f} MB of text: {size / characters:.2f}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", nargs="?", type=int, default=1000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--idle", action="store_true")
    parser.add_argument("--batch", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary) / "index"
        if not folder.exists():
            build(folder, options.articles, options.batch, merged=not options.idle)
        if options.idle:
            idle(folder, options.articles, options.questions)
            return 0
        if options.plain:
            plain = Path(temporary) / "plain"
            plain.mkdir()
            print(f"Whoosh as it comes: {plain_whoosh(plain, list(articles(_PLAIN))):.0f} a second")
        index = Index(folder)
        begun = time.perf_counter()
        index.add([an_article(options.articles + 1)])
        finder = Finder(folder, nowhere)
        finder.find(Query("dose"))
        print(f"one more article, found after {(time.perf_counter() - begun) * 1000:.0f} ms")
        begun = time.perf_counter()
        Finder(folder, nowhere).find(Query("dose"))
        print(f"opened, and first answer: {(time.perf_counter() - begun) * 1000:.1f} ms")
        print(
            f"\n{'ms':22}{'first':>8}{'p99':>8}{'worst':>8}   {'again':>8}{'p99':>8}{'worst':>8}"
            f"   {'hits':>10}"
        )
        for name, ask in questions(options.articles):
            measure(finder, name, ask, options.questions)
    return 0


if __name__ == "__main__":
    sys.exit(main())
