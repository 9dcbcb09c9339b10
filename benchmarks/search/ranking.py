"""How well the best answers come first.

    python -m benchmarks.search.ranking [FOLDER] [--tantivy PYTHON]

FOLDER holds collections with relevance judgments, `med` and `cran` in the format of the Glasgow
collections. Ours reads each document as a file is read, and is asked as `find - --limit 100` asks;
the others index title and text of whole documents and take any of the words. PYTHON is one that
has tantivy, which is no dependency of ours.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from whoosh.analysis.analyzers import StandardAnalyzer, StemmingAnalyzer
from whoosh.fields import ID, TEXT, Schema
from whoosh.index import create_in
from whoosh.qparser.default import QueryParser
from whoosh.qparser.syntax import OrGroup

from reader.importers.text.read import read_text
from reader.model.search import Query
from reader.search import ranking
from reader.search.index import Index
from reader.search.searcher import Finder

FOLDER = Path(__file__).resolve().parents[3] / "shared/corpora/ir"
DEEP = 100
# What the window asks for (`session.searching`).
LIBRARY_HITS = 60
Ranking = list[list[str]]

_TANTIVY = """
import json, sys, tantivy
documents, queries = json.load(sys.stdin)
builder = tantivy.SchemaBuilder()
builder.add_text_field("id", stored=True, tokenizer_name="raw")
builder.add_text_field("text", tokenizer_name="en_stem")
index = tantivy.Index(builder.build())
writer = index.writer()
for name, text in documents:
    writer.add_document(tantivy.Document(id=name, text=text))
writer.commit()
index.reload()
searcher = index.searcher()
found = []
for words in queries:
    hits = searcher.search(index.parse_query(words, ["text"]), 100).hits
    found.append([searcher.doc(address)["id"][0] for _, address in hits])
print(json.dumps(found))
"""


@dataclass(frozen=True)
class Collection:
    """Documents by name, queries by name, and for each query the names that answer it."""

    name: str
    documents: dict[str, tuple[str, str]]
    queries: dict[str, str]
    relevant: dict[str, set[str]]

    @property
    def asked(self) -> list[str]:
        """The queries that have answers."""
        return [name for name in self.queries if self.relevant.get(name)]


def entries(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The entries of a file: number, and each field by its letter."""
    for part in re.split(r"^\.I\s+", path.read_text(errors="replace"), flags=re.MULTILINE)[1:]:
        number, _, rest = part.partition("\n")
        fields = re.split(r"^\.([A-Z])\s*$\n?", rest, flags=re.MULTILINE)
        yield number.strip(), dict(zip(fields[1::2], fields[2::2], strict=False))


def med(folder: Path) -> Collection:
    relevant: dict[str, set[str]] = {}
    for line in (folder / "MED.REL").read_text().splitlines():
        query, document, *_ = line.split()
        relevant.setdefault(query, set()).add(document)
    documents = {n: ("", f.get("W", "")) for n, f in entries(folder / "MED.ALL")}
    queries = {n: " ".join(f["W"].split()) for n, f in entries(folder / "MED.QRY")}
    return Collection("MED", documents, queries, relevant)


def cran(folder: Path) -> Collection:
    relevant: dict[str, set[str]] = {}
    for line in (folder / "cranqrel").read_text().splitlines():
        query, document, degree = line.split()[:3]
        if int(degree) > 0:
            relevant.setdefault(query, set()).add(document)
    documents = {
        n: (" ".join(f.get("T", "").split()), f.get("W", ""))
        for n, f in entries(folder / "cran.all.1400")
    }
    # Judgments count the queries, whatever their numbers.
    found = enumerate(entries(folder / "cran.qry"), start=1)
    queries = {str(i): " ".join(f["W"].split()) for i, (_, f) in found}
    return Collection("Cranfield", documents, queries, relevant)


def ours(one: Collection, folder: Path, related: bool, window: bool = False) -> Ranking:
    names = {f"{number:064x}": name for number, name in enumerate(one.documents)}
    index = Index(folder / "ours")
    if not index.document_ids():
        index.add(
            read_text(f"{title}\n\n{text}".strip(), document_id=document_id, source=f"{name}.txt")
            for (document_id, name), (title, text) in zip(
                names.items(), one.documents.values(), strict=True
            )
        )
    finder = Finder(folder / "ours", lambda _: read_text("", document_id="", source=""))
    found = []
    for name in one.asked:
        limit = LIBRARY_HITS if window else DEEP
        hits = finder.find(Query(one.queries[name], "", limit, window, related)).hits
        found.append([names[i] for i in dict.fromkeys(hit.document_id for hit in hits)])
    return found


def without_titles(one: Collection, folder: Path) -> Ranking:
    weight, ranking.TITLE_WEIGHT = ranking.TITLE_WEIGHT, 0.0
    try:
        return ours(one, folder, related=False)
    finally:
        ranking.TITLE_WEIGHT = weight


def plain_whoosh(one: Collection, folder: Path, stemming: bool) -> Ranking:
    place = folder / f"whoosh{stemming}"
    place.mkdir()
    analyzer = StemmingAnalyzer() if stemming else StandardAnalyzer()
    index = create_in(str(place), Schema(id=ID(stored=True), text=TEXT(analyzer)))
    writer = index.writer(limitmb=128)
    for name, parts in one.documents.items():
        writer.add_document(id=name, text="\n".join(parts))
    writer.commit()
    parser = QueryParser("text", index.schema, group=OrGroup)
    with index.searcher() as searcher:
        return [
            [hit["id"] for hit in searcher.search(parser.parse(_words(one, name)), limit=DEEP)]
            for name in one.asked
        ]


def fts5(one: Collection, _folder: Path) -> Ranking:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE d USING fts5(name UNINDEXED, text, tokenize = porter)")
    rows = [(name, "\n".join(parts)) for name, parts in one.documents.items()]
    database.executemany("INSERT INTO d VALUES (?, ?)", rows)
    question = f"SELECT name FROM d WHERE d MATCH ? ORDER BY rank LIMIT {DEEP}"
    return [
        [row[0] for row in database.execute(question, [" OR ".join(_words(one, name).split())])]
        for name in one.asked
    ]


def tantivy(python: str) -> Callable[[Collection, Path], Ranking]:
    def run(one: Collection, _folder: Path) -> Ranking:
        documents = [(name, "\n".join(parts)) for name, parts in one.documents.items()]
        asked = json.dumps([documents, [_words(one, name) for name in one.asked]])
        done = subprocess.run(
            [python, "-c", _TANTIVY], input=asked, capture_output=True, text=True, check=True
        )
        found: Ranking = json.loads(done.stdout)
        return found

    return run


def _words(one: Collection, name: str) -> str:
    """A query without signs, which mean something else to each."""
    return " ".join(re.findall(r"[a-z0-9]+", one.queries[name].lower()))


def judged(one: Collection, found: Sequence[Sequence[str]]) -> tuple[float, float]:
    """nDCG@10 and recall@100, averaged over the queries; each answer is right or wrong."""
    gains, recalls = [], []
    for name, documents in zip(one.asked, found, strict=True):
        right = one.relevant[name]
        gain = sum(1 / math.log2(i + 2) for i, d in enumerate(documents[:10]) if d in right)
        ideal = sum(1 / math.log2(i + 2) for i in range(min(10, len(right))))
        gains.append(gain / ideal)
        recalls.append(len(right & set(documents[:DEEP])) / len(right))
    return statistics.mean(gains), statistics.mean(recalls)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--tantivy", metavar="PYTHON")
    options = parser.parse_args()
    collections = [med(options.folder / "med"), cran(options.folder / "cran")]
    ways: dict[str, Callable[[Collection, Path], Ranking]] = {
        "Whoosh, standard analyser": lambda one, folder: plain_whoosh(one, folder, False),
        "Whoosh, stemming analyser": lambda one, folder: plain_whoosh(one, folder, True),
        "SQLite FTS5, porter": fts5,
    }
    if options.tantivy:
        ways["tantivy, English stems"] = tantivy(options.tantivy)
    ways |= {
        "ours: BM25 with Lucene's idf over text and titles above it": without_titles,
        "and 0.3 of the same over titles": lambda one, folder: ours(one, folder, False),
        "and related words (all that `find -` does)": lambda one, folder: ours(one, folder, True),
        "as the window asks": lambda one, folder: ours(one, folder, True, window=True),
    }
    names = " | ".join(f"{one.name} nDCG@10 | recall@100" for one in collections)
    print(f"| | {names} | mean nDCG@10 | seconds |\n|---|{'---|' * (2 * len(collections) + 2)}")
    with tempfile.TemporaryDirectory() as place:
        for title, way in ways.items():
            begun, scores = time.perf_counter(), []
            for one in collections:
                folder = Path(place) / one.name
                folder.mkdir(exist_ok=True)
                scores.append(judged(one, way(one, folder)))
            cells = " | ".join(f"{gain:.4f} | {recall:.4f}" for gain, recall in scores)
            mean = statistics.mean(gain for gain, _ in scores)
            print(f"| {title} | {cells} | {mean:.4f} | {time.perf_counter() - begun:.1f} |")


if __name__ == "__main__":
    main()
