"""An index and the same documents in a list, and their answers side by side."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from reader.model.document import Document
from reader.model.search import Query
from reader.search.index import Index
from reader.search.searcher import Finder
from tests.search.brute_force import BruteForce
from tests.search.samples import a_document, filed


class Library:
    """Random documents, in the index and in a list."""

    def __init__(self, folder: Path, chance: Random) -> None:
        self.chance = chance
        self.index = Index(folder)
        self.documents: dict[str, Document] = {}
        self.finder = Finder(folder, self.documents.__getitem__, filed=filed)
        self.brute_force = BruteForce([])

    def change(self) -> None:
        """Adds, replaces and removes some, in several segments, and sometimes merges them."""
        for _ in range(self.chance.randrange(1, 4)):
            names = [f"d{self.chance.randrange(14)}" for _ in range(self.chance.randrange(1, 5))]
            batch = {name: a_document(self.chance, name) for name in names}
            self.index.add(batch.values())
            self.documents.update(batch)
        gone = [name for name in self.documents if self.chance.random() < 0.15]
        self.index.remove(gone)
        for name in gone:
            del self.documents[name]
        if self.chance.random() < 0.3:
            self.index.merge()
        self.brute_force = BruteForce(list(self.documents.values()))


def compare(library: Library, text: str, chance: Random) -> int:
    """How many hits there are; fails when the two answers differ in one, in number or score."""
    limit = chance.choice((20, 100_000))
    names = [*library.documents, ""]
    query = Query(text, chance.choice((chance.choice(names), "", "")), limit, chance.random() < 0.2)
    expected = library.brute_force.answer(query)
    answer = library.finder.find(query)
    found = [(h.document_id, h.section_id, h.kind, h.span.start, h.span.end) for h in answer.hits]
    assert answer.total == len(expected.hits), query
    assert len(found) == len(set(found)) == min(limit, answer.total), query
    if limit >= answer.total:
        assert set(found) ^ expected.hits == set(), query
    assert set(found) - expected.hits == set(), query
    for hit in () if query.document_id or not expected.scores else answer.hits:
        score = expected.scores.get((hit.document_id, hit.section_id, hit.passage), 0.0)
        assert hit.score == pytest.approx(score, rel=1e-4), query
    return answer.total
