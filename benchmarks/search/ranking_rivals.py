"""The ranking of others, for the same documents and queries: titles and text of whole documents.

Each takes any of the words. bm25s and tantivy are no dependencies of ours, and run in a Python that
has them. BM25+RM3 is written here as Anserini has it (k1 0.9, b 0.4, ten documents, ten words, half
the weight), over Snowball's stems and Lucene's stop words, which FTS5 and Whoosh do not have.
"""

from __future__ import annotations

import json
import math
import re
import sqlite3
import subprocess
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from Stemmer import Stemmer
from whoosh.analysis.analyzers import StandardAnalyzer, StemmingAnalyzer
from whoosh.fields import ID, TEXT, Schema
from whoosh.index import create_in
from whoosh.qparser.default import QueryParser
from whoosh.qparser.syntax import OrGroup

from reader.search.analyzer import STOP_WORDS

DEEP = 100
Ranking = list[list[str]]
_WORD = re.compile(r"[a-z0-9]+")
_K1, _B = 0.9, 0.4
_FEEDBACK_DOCUMENTS = 10
_FEEDBACK_WORDS = 10
_OWN = 0.5

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

_BM25S = """
import json, sys, bm25s, Stemmer
documents, queries = json.load(sys.stdin)
how = dict(stopwords="en", stemmer=Stemmer.Stemmer("english"), show_progress=False)
index = bm25s.BM25()
index.index(bm25s.tokenize([text for _, text in documents], **how), show_progress=False)
asked = bm25s.tokenize(queries, return_ids=False, **how)
numbers, scores = index.retrieve(asked, k=100, show_progress=False)
json.dump(
    [[documents[n][0] for n, s in zip(*row) if s > 0]
     for row in zip(numbers.tolist(), scores.tolist())], sys.stdout)
"""


def plain_whoosh(
    texts: Mapping[str, str], queries: Sequence[str], folder: Path, stemming: bool
) -> Ranking:
    place = folder / f"whoosh{stemming}"
    place.mkdir()
    analyzer = StemmingAnalyzer() if stemming else StandardAnalyzer()
    index = create_in(str(place), Schema(id=ID(stored=True), text=TEXT(analyzer)))
    writer = index.writer(limitmb=128)
    for name, text in texts.items():
        writer.add_document(id=name, text=text)
    writer.commit()
    parser = QueryParser("text", index.schema, group=OrGroup)
    with index.searcher() as searcher:
        return [
            [hit["id"] for hit in searcher.search(parser.parse(words(query)), limit=DEEP)]
            for query in queries
        ]


def fts5(texts: Mapping[str, str], queries: Sequence[str]) -> Ranking:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE d USING fts5(name UNINDEXED, text, tokenize = porter)")
    database.executemany("INSERT INTO d VALUES (?, ?)", texts.items())
    question = f"SELECT name FROM d WHERE d MATCH ? ORDER BY rank LIMIT {DEEP}"
    return [
        [row[0] for row in database.execute(question, [" OR ".join(words(query).split())])]
        for query in queries
    ]


def tantivy(texts: Mapping[str, str], queries: Sequence[str], python: str) -> Ranking:
    return _elsewhere(_TANTIVY, texts, queries, python)


def bm25s(texts: Mapping[str, str], queries: Sequence[str], python: str) -> Ranking:
    return _elsewhere(_BM25S, texts, queries, python)


def _elsewhere(code: str, texts: Mapping[str, str], queries: Sequence[str], python: str) -> Ranking:
    """What the code answers in a Python that has what it imports."""
    asked = json.dumps([list(texts.items()), [words(query) for query in queries]])
    done = subprocess.run([python, "-c", code], input=asked, stdout=-1, text=True, check=True)
    found: Ranking = json.loads(done.stdout)
    return found


def rm3(texts: Mapping[str, str], queries: Sequence[str]) -> Ranking:
    """BM25, and then BM25 with the words of its ten best documents."""
    bags = {name: _bag(text) for name, text in texts.items()}
    postings: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for name, bag in bags.items():
        for word, count in bag.items():
            postings[word].append((name, count))
    lengths = {name: bag.total() for name, bag in bags.items()}
    average = sum(lengths.values()) / len(lengths)

    def scored(weights: Mapping[str, float]) -> Counter[str]:
        scores: Counter[str] = Counter()
        for word, weight in weights.items():
            holding = len(postings[word])
            rarity = math.log(1 + (len(bags) - holding + 0.5) / (holding + 0.5))
            for name, count in postings[word]:
                damping = _K1 * (1 - _B + _B * lengths[name] / average)
                scores[name] += weight * rarity * count * (_K1 + 1) / (count + damping)  # type: ignore[assignment]
        return scores

    found = []
    for query in queries:
        own = _bag(words(query))
        best = scored(own).most_common(_FEEDBACK_DOCUMENTS)
        shared: Counter[str] = Counter()
        for name, score in best:
            for word, count in bags[name].items():
                shared[word] += score * count / lengths[name]  # type: ignore[assignment]
        chosen = dict(shared.most_common(_FEEDBACK_WORDS))
        weights: defaultdict[str, float] = defaultdict(float)
        for word, count in own.items():
            weights[word] += _OWN * count / own.total()
        for word, share in chosen.items():
            weights[word] += (1 - _OWN) * share / sum(chosen.values())
        found.append([name for name, _ in scored(weights).most_common(DEEP)])
    return found


_stem = Stemmer("english").stemWord


def _bag(text: str) -> Counter[str]:
    return Counter(_stem(w) for w in _WORD.findall(text.lower()) if w not in STOP_WORDS)


def words(query: str) -> str:
    """A query without signs, which mean something else to each."""
    return " ".join(_WORD.findall(query.lower()))
