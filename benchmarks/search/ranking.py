"""How well the best answers come first.

    python -m benchmarks.search.ranking [FOLDER] [--others PYTHON] [--forms]

FOLDER holds collections with relevance judgments, `med` and `cran` in the format of the Glasgow
collections. Ours reads each document as a file is read, and is asked as `find - --limit 100` asks;
others index title and text of whole documents and take any of the words (`ranking_rivals.py`).
PYTHON is one that has tantivy and bm25s, which are no dependencies of ours. Where the extra
"meaning" is installed, it is measured too. --forms asks the same in other forms: in capitals, and
by few words, for which the answers to the whole query are taken as right.
"""

from __future__ import annotations

import argparse
import math
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.search import ranking_rivals as others
from benchmarks.search.ranking_rivals import DEEP, Ranking
from reader.importers.text.read import read_text
from reader.model.document import Document
from reader.model.search import Query
from reader.search import function_words, ranking, synonyms
from reader.search.analyzer import STOP_WORDS
from reader.search.index import Index
from reader.search.meaning import Meaning, Meanings, open_encoder
from reader.search.meaning_extra import is_installed
from reader.search.searcher import Finder
from reader.search.word_forms import Forms
from reader.workers.search_tasks import own_forms
from tests.search.samples import nowhere

FOLDER = Path(__file__).resolve().parents[3] / "shared/corpora/ir"
# What the window asks for (`session.searching`).
LIBRARY_HITS = 60


@dataclass(frozen=True)
class Collection:
    """Documents by name, queries by name, and for each query the names that answer it."""

    name: str
    documents: dict[str, tuple[str, str]]
    queries: dict[str, str]
    relevant: dict[str, set[str]]

    @property
    def texts(self) -> dict[str, str]:
        """What others index: titles and text in one."""
        return {name: "\n".join(parts) for name, parts in self.documents.items()}

    @property
    def questions(self) -> list[str]:
        """The words of the queries that have answers."""
        return [self.queries[name] for name in self.asked]

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


Way = Callable[[Collection, Path], Ranking]


def _documents(one: Collection) -> Iterator[Document]:
    for number, (name, (title, text)) in enumerate(one.documents.items()):
        said = f"{title}\n\n{text}".strip()
        yield read_text(said, document_id=f"{number:064x}", source=f"{name}.txt")


def ours(
    one: Collection,
    folder: Path,
    related: bool = True,
    window: bool = False,
    meaning: Meaning | None = None,
) -> Ranking:
    """Our answers; in the window as they are while the question is typed."""
    names = {f"{number:064x}": name for number, name in enumerate(one.documents)}
    index = Index(folder / "ours")
    if not index.document_ids():
        index.add(_documents(one))
    finder = Finder(folder / "ours", nowhere, own_forms(), meaning=meaning)
    found = []
    for query in one.questions:
        limit = LIBRARY_HITS if window else DEEP
        asked = Query(query, "", limit, window, related, meaning=meaning is not None)
        hits = finder.find(asked).hits
        found.append([names[i] for i in dict.fromkeys(hit.document_id for hit in hits)])
    return found


def by_meaning(one: Collection, folder: Path) -> Ranking:
    """As the window asks where the extra is installed and all has been learnt."""
    place = folder / "meanings"
    encoder = open_encoder()
    assert encoder is not None
    if not place.exists():
        for document in _documents(one):
            Meanings(place).keep(document, encoder)
    return ours(one, folder, window=True, meaning=Meaning(place, lambda: encoder))


def _rebound(room: object, name: str, value: object) -> Way:
    """As the window asks, with one part of ours made another."""

    def run(one: Collection, folder: Path) -> Ranking:
        usual = getattr(room, name)
        setattr(room, name, value)
        try:
            return ours(one, folder, window=True)
        finally:
            setattr(room, name, usual)

    return run


def ways_of_others(python: str) -> dict[str, Way]:
    """Each of the others; those that `python` has only if one is given."""
    found: dict[str, Way] = {
        "Whoosh, standard analyser": lambda one, folder: others.plain_whoosh(
            one.texts, one.questions, folder, False
        ),
        "Whoosh, stemming analyser": lambda one, folder: others.plain_whoosh(
            one.texts, one.questions, folder, True
        ),
        "SQLite FTS5, porter": lambda one, _: others.fts5(one.texts, one.questions),
        "BM25 and RM3": lambda one, _: others.rm3(one.texts, one.questions),
    }
    if python:
        found["tantivy, English stems"] = lambda one, _: others.tantivy(
            one.texts, one.questions, python
        )
        found["bm25s, English stems"] = lambda one, _: others.bm25s(
            one.texts, one.questions, python
        )
    return found


WAYS_OF_OURS: dict[str, Way] = {
    "**ours, as the window asks**: 60 hits": lambda one, folder: ours(one, folder, window=True),
    "as `find -` asks: 100 hits": ours,
    "as the window asks, without related words": lambda one, folder: ours(one, folder, False, True),
    "without function words": _rebound(function_words, "IN_A_QUESTION", STOP_WORDS),
    "without the titles' part": _rebound(ranking, "TITLE_WEIGHT", 0.0),
    "without British and American spellings": _rebound(synonyms, "variants", lambda _: ()),
    "without everyday names": _rebound(synonyms, "other_names", lambda _: iter(())),
    "without short forms": _rebound(Forms, "meanings", lambda _, _short: ()),
}


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


def _words_that_count(query: str) -> list[str]:
    return [w for w in others.words(query).split() if w not in function_words.IN_A_QUESTION]


FORMS: dict[str, Callable[[str], str]] = {
    "in capitals": str.upper,
    "four words": lambda query: " ".join(_words_that_count(query)[:4]),
    "three words": lambda query: " ".join(_words_that_count(query)[:3]),
    "the last three": lambda query: " ".join(_words_that_count(query)[-3:]),
    "two words": lambda query: " ".join(_words_that_count(query)[:2]),
}


def print_forms(collections: Sequence[Collection], python: str) -> None:
    """nDCG@10 of each way to ask, for ours as the window asks and for the others."""
    ways = {n: way for n, way in ways_of_others(python).items() if "Whoosh" not in n}
    ways["ours"] = lambda one, folder: ours(one, folder, window=True)
    if is_installed():
        ways["ours with the extra"] = by_meaning
    names = [f"{one.name} {form}" for one in collections for form in FORMS]
    print(f"| | {' | '.join(names)} |\n|---|{'---|' * len(names)}")
    with tempfile.TemporaryDirectory() as place:
        for title, way in ways.items():
            cells = []
            for one in collections:
                folder = Path(place) / one.name
                folder.mkdir(exist_ok=True)
                for ask in FORMS.values():
                    asked = replace(one, queries={n: ask(q) for n, q in one.queries.items()})
                    cells.append(f"{judged(asked, way(asked, folder))[0]:.3f}")
            print(f"| {title} | {' | '.join(cells)} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--others", metavar="PYTHON", default="")
    parser.add_argument("--forms", action="store_true")
    options = parser.parse_args()
    collections = [med(options.folder / "med"), cran(options.folder / "cran")]
    if options.forms:
        print_forms(collections, options.others)
        return
    ways = ways_of_others(options.others) | WAYS_OF_OURS
    if is_installed():
        ways["as the window asks, with the extra “meaning”"] = by_meaning
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
