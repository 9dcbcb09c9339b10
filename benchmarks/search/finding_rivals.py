"""Ours beside SQLite FTS5, tantivy and recoll, the same articles and questions in one run.

    python -m benchmarks.search.finding_rivals [ARTICLES] [--tantivy PYTHON] [--recoll PYTHON]
        [--only NAME]

All index the sections of the articles of benchmarks.search.articles and give their 20 best; each of
200 questions a form is asked once. PYTHON is an interpreter that has tantivy. The first column is
how many articles a second were indexed, on one core but for tantivy and recoll, which take those
they want. recoll indexes files, so that each article is one of its documents, and their reading
counts.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from benchmarks.search.articles import an_article, vocabulary
from reader.model.search import Query
from reader.search.index import Index
from reader.search.searcher import Finder
from tests.search.samples import nowhere

ROOT = Path(__file__).resolve().parents[2]
ASKED = 200
BATCH = 200
Questions = dict[str, list[list[str]]]

_TANTIVY = """
import json, sys, time, tantivy
sys.path.insert(0, sys.argv[1])
from benchmarks.search.articles import an_article
count, folder = int(sys.argv[2]), sys.argv[3]
builder = tantivy.SchemaBuilder()
builder.add_text_field("id", stored=True, tokenizer_name="raw")
builder.add_text_field("text", tokenizer_name="en_stem")
index = tantivy.Index(builder.build(), path=folder)
writer = index.writer()
spent = 0.0
for start in range(0, count, 200):
    batch = [an_article(n) for n in range(start, min(count, start + 200))]
    begun = time.perf_counter()
    for one in batch:
        for _, span in one.outline.passages():
            writer.add_document(tantivy.Document(id=one.id, text=span.cut(one.text)))
    spent += time.perf_counter() - begun
begun = time.perf_counter()
writer.commit()
writer.wait_merging_threads()
spent += time.perf_counter() - begun
index.reload()
searcher = index.searcher()
times = {}
for form, questions in json.load(sys.stdin).items():
    found = times[form] = []
    for words in questions:
        if form == "phrase":
            text = '"' + " ".join(words) + '"'
        elif form.startswith("prefix"):
            text = words[0]
        else:
            text = " AND ".join(words)
        begun = time.perf_counter()
        if form.startswith("prefix"):
            query = tantivy.Query.regex_query(index.schema, "text", text + ".*")
        else:
            query = index.parse_query(text, ["text"])
        for _, address in searcher.search(query, 20).hits:
            searcher.doc(address)["id"]
        found.append((time.perf_counter() - begun) * 1000)
print(json.dumps([count / spent, times]))
"""

_RECOLL = """
import json, sys, time
from recoll import recoll
database = recoll.connect(confdir=sys.argv[1])
times = {}
for form, questions in json.load(sys.stdin).items():
    found = times[form] = []
    for words in questions:
        if form == "phrase":
            text = '"' + " ".join(words) + '"'
        elif form.startswith("prefix"):
            text = words[0] + "*"
        else:
            text = " ".join(words)
        begun = time.perf_counter()
        query = database.query()
        query.execute(text)
        for one in query.fetchmany(20):
            one.url
        found.append((time.perf_counter() - begun) * 1000)
print(json.dumps(times))
"""


def questions(count: int) -> Questions:
    """The words to ask for, by form."""
    spelled, _ = vocabulary()
    chance = Random(11)

    def phrase() -> list[str]:
        text = an_article(chance.randrange(count)).text.split()
        start = chance.randrange(100, len(text) - 10)
        return [word.strip(".,;").lower() for word in text[start : start + chance.choice((2, 3))]]

    return {
        "common word": [[chance.choice(spelled[31:90])] for _ in range(ASKED)],
        "word in 1 %": [[chance.choice(spelled[1500:2500])] for _ in range(ASKED)],
        "three words, all": [chance.sample(spelled[31:3000], 3) for _ in range(ASKED)],
        "phrase": [phrase() for _ in range(ASKED)],
        "prefix of 3": [[chance.choice(spelled[100:20_000])[:3]] for _ in range(ASKED)],
    }


def ours(count: int, asked: Questions, folder: Path) -> tuple[float, dict[str, list[float]]]:
    index, spent = Index(folder), 0.0
    for start in range(0, count, BATCH):
        batch = [an_article(n) for n in range(start, min(count, start + BATCH))]
        begun = time.perf_counter()
        index.add(batch)
        spent += time.perf_counter() - begun
    finder = Finder(folder, nowhere)
    finder.find(Query("dose"))

    def ask(form: str, words: list[str]) -> None:
        text = {"phrase": f'"{" ".join(words)}"', "prefix of 3": f"{words[0]}*"}
        finder.find(Query(text.get(form, " AND ".join(words))))

    return count / spent, _timed(asked, ask)


def fts5(count: int, asked: Questions, folder: Path) -> tuple[float, dict[str, list[float]]]:
    database = sqlite3.connect(folder / "fts5.db")
    database.execute("CREATE VIRTUAL TABLE d USING fts5(id UNINDEXED, text, tokenize = porter)")
    spent = 0.0
    for start in range(0, count, BATCH):
        rows = list(_rows(start, min(count, start + BATCH)))
        begun = time.perf_counter()
        with database:
            database.executemany("INSERT INTO d VALUES (?, ?)", rows)
        spent += time.perf_counter() - begun

    def ask(form: str, words: list[str]) -> None:
        quoted = [f'"{word}"' for word in words]
        text = {"phrase": f'"{" ".join(words)}"', "prefix of 3": f"{quoted[0]}*"}
        match = text.get(form, " AND ".join(quoted))
        question = "SELECT id FROM d WHERE d MATCH ? ORDER BY rank LIMIT 20"
        database.execute(question, [match]).fetchall()

    return count / spent, _timed(asked, ask)


def _rows(start: int, end: int) -> Iterator[tuple[str, str]]:
    for one in map(an_article, range(start, end)):
        yield from ((one.id, span.cut(one.text)) for _, span in one.outline.passages())


def _timed(asked: Questions, ask: Callable[[str, list[str]], None]) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {form: [] for form in asked}
    for form, some in asked.items():
        for words in some:
            begun = time.perf_counter()
            ask(form, words)
            times[form].append((time.perf_counter() - begun) * 1000)
    return times


def tantivy(
    python: str, count: int, asked: Questions, folder: Path
) -> tuple[float, dict[str, list[float]]]:
    command = [python, "-c", _TANTIVY, str(ROOT), str(count), str(folder)]
    done = subprocess.run(
        command, input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    speed, times = json.loads(done.stdout)
    return speed, times


def recoll(
    python: str, count: int, asked: Questions, folder: Path
) -> tuple[float, dict[str, list[float]]]:
    articles, settings = folder / "articles", folder / "settings"
    articles.mkdir()
    settings.mkdir()
    (settings / "recoll.conf").write_text(f"topdirs = {articles}\n")
    for number in range(count):
        one = an_article(number)
        (articles / f"{number}.txt").write_text(one.text, "utf-8")
    begun = time.perf_counter()
    subprocess.run(["recollindex", "-c", str(settings)], check=True, capture_output=True)
    spent = time.perf_counter() - begun
    command = [python, "-c", _RECOLL, str(settings)]
    done = subprocess.run(
        command, input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    return count / spent, json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", nargs="?", type=int, default=1000)
    parser.add_argument("--tantivy", metavar="PYTHON")
    parser.add_argument("--recoll", metavar="PYTHON")
    parser.add_argument("--only", metavar="NAME")
    options = parser.parse_args()
    asked = questions(options.articles)
    print(f"| | articles a second | {' | '.join(f'{form}: median / p99 ms' for form in asked)} |")
    print(f"|---|{'---|' * (1 + len(asked))}")
    ways: dict[str, Callable[[Path], tuple[float, dict[str, list[float]]]]] = {
        "ours": lambda folder: ours(options.articles, asked, folder),
        "SQLite FTS5": lambda folder: fts5(options.articles, asked, folder),
    }
    if options.tantivy:
        ways["tantivy"] = lambda folder: tantivy(options.tantivy, options.articles, asked, folder)
    if options.recoll:
        ways["recoll"] = lambda folder: recoll(options.recoll, options.articles, asked, folder)
    if options.only:
        ways = {options.only: ways[options.only]}
    for name, way in ways.items():
        with tempfile.TemporaryDirectory() as folder:
            speed, times = way(Path(folder))
        cells = " | ".join(
            f"{statistics.median(found):.1f} / {sorted(found)[int(len(found) * 0.99)]:.1f}"
            for found in times.values()
        )
        print(f"| {name} | {speed:.0f} | {cells} |", flush=True)


if __name__ == "__main__":
    main()
