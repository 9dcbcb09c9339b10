"""Whoosh's own searcher on our index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from whoosh.qparser.default import QueryParser
from whoosh.query.qcore import Every, Query
from whoosh.query.terms import FuzzyTerm, Prefix, Term
from whoosh.reading import TermNotFound
from whoosh.searching import Searcher

from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Document
from reader.search.index import Index
from reader.search.whoosh_codec import ArrayCodec, ArraySegment
from reader.search.whoosh_index import open_sound


def a_document(name: str, *paragraphs: str) -> Document:
    writer = DocumentBuilder()
    for paragraph in paragraphs:
        writer.begin_heading(1)
        writer.add("Part")
        writer.begin("paragraph")
        writer.add(paragraph)
    return writer.build(id=name, title="Anxiety", published="2021")


@pytest.fixture
def searcher(tmp_path: Path) -> Iterator[Searcher]:
    index = Index(tmp_path)
    index.add(
        [a_document("one", "The NMDA receptor", "receptor of NMDA"), a_document("gone", "NMDA")]
    )
    index.remove(["gone"])
    with open_sound(tmp_path).searcher() as searcher:
        yield searcher


def found(searcher: Searcher, query: Query) -> set[tuple[str, str]]:
    return {(hit["document"], hit["section"]) for hit in searcher.search(query, limit=None)}


def test_whoosh_finds_words_and_phrases_in_our_segments(searcher: Searcher) -> None:
    parser = QueryParser("text", searcher.schema)
    assert found(searcher, parser.parse("nmda")) == set()
    assert found(searcher, parser.parse("NMDA")) == {("one", "s1"), ("one", "s2")}
    assert found(searcher, parser.parse('"NMDA receptor"')) == {("one", "s1")}
    assert found(searcher, Prefix("text", "rec")) == {("one", "s1"), ("one", "s2")}
    assert found(searcher, Term("title", "anxiety")) == {("one", "s1"), ("one", "s2"), ("one", "")}


def test_whoosh_reads_what_is_stored(searcher: Searcher) -> None:
    [hit] = [h for h in searcher.search(Every()) if h["section"] == "s2"]
    assert dict(hit) == {
        "document": "one",
        "section": "s2",
        "start": 23,
        "end": 44,
        "kind": 0,
        "year": 2021,
    }


def test_whoosh_reads_words_and_numbers(searcher: Searcher) -> None:
    reader = searcher.reader()
    assert list(reader.lexicon("title")) == [b"anxiety", b"part"]
    assert list(reader.field_terms("title")) == ["anxiety", "part"]
    assert [term for term in reader.all_terms() if term[0] == "title"] == [
        ("title", b"anxiety"),
        ("title", b"part"),
    ]
    assert sorted(reader.indexed_field_names()) == ["author", "context", "text", "title"]
    assert ("text", b"NMDA") in reader
    assert ("text", b"zebra") not in reader
    assert reader.doc_frequency("text", "NMDA") == 3
    assert reader.frequency("text", "receptor") == 2
    assert reader.doc_frequency("text", "zebra") == 0
    with pytest.raises(TermNotFound):
        reader.term_info("text", "zebra")
    assert dict(reader.iter_from("title", "b")).keys() == {("title", b"part")}
    assert dict(reader.iter_from("text", "s")).keys() == {
        ("text", b"the"),
        ("title", b"anxiety"),
        ("title", b"part"),
    }
    assert ("title", b"part") in dict(reader)
    assert reader.doc_count_all() == 5
    assert reader.doc_count() == 3
    assert reader.has_deletions()
    assert not reader.is_deleted(0)
    assert reader.is_deleted(3)
    assert reader.doc_field_length(0, "text") == 4
    assert reader.field_length("text") == 12
    assert reader.min_field_length("text") == 1
    assert reader.max_field_length("text") == 4


def test_deleting_can_be_taken_back() -> None:
    entry = ArraySegment("MAIN", 3)
    entry.delete_document(1)
    assert list(entry.deleted_docs()) == [1]
    entry.delete_document(1, delete=False)
    assert not entry.is_deleted(1)
    entry.set_doc_count(4)
    assert entry.doc_count() == 4
    assert not entry.should_assemble()


def test_what_our_codec_does_not_do_it_says(searcher: Searcher) -> None:
    codec = ArrayCodec()
    with pytest.raises(NotImplementedError, match="written"):
        codec.postings_writer(None)
    with pytest.raises(NotImplementedError, match="ArrayTerms"):
        codec.postings_reader(None, None, None)
    with pytest.raises(NotImplementedError, match="vocabulary"):
        found(searcher, FuzzyTerm("text", "recepter"))
