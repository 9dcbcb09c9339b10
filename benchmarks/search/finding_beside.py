"""Ours, SQLite FTS5 and tantivy question by question in one process, in processor time.

    python -m benchmarks.search.finding_beside FOLDER [ARTICLES] [--questions N]

FOLDER keeps what is made for the next run: our index as the command line imports it (`cut`), the
same after the idle merge (`merged`), and those of FTS5 and tantivy (which this Python must have).
All hold the sections of the same articles and give their 20 best. Each question is asked once, of
one after the other. Medians, and the slowest in brackets, in milliseconds.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.search.articles import an_article
from benchmarks.search.finding import IDLE_FORMS, build, merge_in_slices, questions
from reader.model.search import Query
from reader.search.searcher import Finder
from tests.search.samples import nowhere

BATCH = 200
Ask = Callable[[str, str], object]


def sections(start: int, end: int) -> Iterator[tuple[str, str]]:
    """The sections of some articles, each with the article's id."""
    for one in map(an_article, range(start, end)):
        yield from ((one.id, span.cut(one.text)) for _, span in one.outline.passages())


def ours(folder: Path) -> Ask:
    """Asks our index in a folder."""
    finder = Finder(folder, nowhere)
    finder.find(Query("dose"))

    def ask(_form: str, text: str) -> object:
        return finder.find(Query(text))

    return ask


def fts5(path: Path, count: int) -> Ask:
    """Asks SQLite FTS5."""
    is_new = not path.exists()
    database = sqlite3.connect(path)
    if is_new:
        database.execute("CREATE VIRTUAL TABLE d USING fts5(id UNINDEXED, text, tokenize = porter)")
        for start in range(0, count, BATCH):
            with database:
                rows = sections(start, min(count, start + BATCH))
                database.executemany("INSERT INTO d VALUES (?, ?)", rows)

    def ask(form: str, text: str) -> object:
        if form == "phrase":
            match = text
        elif form == "prefix of 3":
            match = f'"{text[:-1]}"*'
        elif form in ("three words, all", "common word", "rare word"):
            match = text
        elif form == "ten words":
            match = " OR ".join(text.split())
        else:
            return None
        question = "SELECT id FROM d WHERE d MATCH ? ORDER BY rank LIMIT 20"
        return database.execute(question, [match]).fetchall()

    return ask


def tantivy_way(folder: Path, count: int) -> Ask:
    """Asks tantivy."""
    import tantivy  # type: ignore[import-not-found]  # in a Python of its own

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", tokenizer_name="en_stem")
    schema = builder.build()
    is_new = not folder.exists()
    folder.mkdir(exist_ok=True)
    index = tantivy.Index(schema, path=str(folder))
    if is_new:
        writer = index.writer(num_threads=1)
        for one, text in sections(0, count):
            writer.add_document(tantivy.Document(id=one, text=text))
        writer.commit()
        writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def query(form: str, text: str) -> Any:
        if form == "prefix of 3":
            return tantivy.Query.regex_query(schema, "text", text[:-1] + ".*")
        if form == "wildcard in front":
            return tantivy.Query.regex_query(schema, "text", ".*" + text[1:])
        if form == "misspelt~":
            return tantivy.Query.fuzzy_term_query(schema, "text", text[:-1], 2)
        return index.parse_query(text, ["text"])

    def ask(form: str, text: str) -> object:
        if form == "did you mean":
            return None
        hits = searcher.search(query(form, text), 20).hits
        return [searcher.doc(address)["id"] for _, address in hits]

    return ask


def measured(ways: dict[str, Ask], count: int, asked: int) -> Iterator[tuple[str, dict[str, str]]]:
    """Each form with what each way took."""
    forms = dict(questions(count))
    for form in IDLE_FORMS:
        chance = Random(f"beside {form}")
        texts = [forms[form](chance).text for _ in range(asked)]
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for text in texts:
            for name, ask in ways.items():
                begun = time.thread_time()
                answer = ask(form, text)
                spent = time.thread_time() - begun
                if answer is not None:
                    taken[name].append(1000 * spent)
        yield (
            form,
            {
                name: f"{statistics.median(found):.1f} ({max(found):.0f})" if found else "–"
                for name, found in taken.items()
            },
        )


def main() -> None:
    """Makes what is not there, and prints a table."""
    parser = argparse.ArgumentParser("python -m benchmarks.search.finding_beside")
    parser.add_argument("folder", type=Path)
    parser.add_argument("articles", nargs="?", type=int, default=1000)
    parser.add_argument("--questions", type=int, default=40)
    options = parser.parse_args()
    folder: Path = options.folder
    folder.mkdir(exist_ok=True)
    if not (folder / "cut").exists():
        build(folder / "cut", options.articles, BATCH, merged=False)
    if not (folder / "merged").exists():
        shutil.copytree(folder / "cut", folder / "merged")
        merge_in_slices(folder / "merged")
    ways = {"ours, " + name: ours(folder / name) for name in ("cut", "merged")}
    ways["SQLite FTS5"] = fts5(folder / "fts5.db", options.articles)
    ways["tantivy"] = tantivy_way(folder / "tantivy", options.articles)
    for name in ("cut", "merged"):
        print(f"{name}: {len(list((folder / name).glob('*.arrays')))} segments")
    for name in ("cut", "merged", "tantivy", "fts5.db"):
        path = folder / name
        files = path.iterdir() if path.is_dir() else [path]
        print(f"{name}: {sum(one.stat().st_size for one in files) / 1e6:.0f} MB")
    print(f"Processes that want a core: {os.getloadavg()[0]:.0f} of {os.cpu_count()} cores.")
    print(f"| {options.articles:,} articles | {' | '.join(ways)} |\n|---|{'---|' * len(ways)}")
    for form, cells in measured(ways, options.articles, options.questions):
        print(f"| {form} | {' | '.join(cells.values())} |", flush=True)


if __name__ == "__main__":
    main()
