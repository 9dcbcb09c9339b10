from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Document
from reader.model.search import Hit, Query
from reader.search.index import Index
from reader.search.ranking import share
from reader.search.searcher import Finder
from tests.search.samples import nowhere


def a_document(name: str, title: str, *sections: tuple[str, str]) -> Document:
    writer = DocumentBuilder()
    for heading, text in sections:
        writer.begin_heading(1, kind="references" if heading == "References" else "body")
        writer.add(heading)
        writer.begin("paragraph")
        writer.add(text)
    return writer.build(id=name, title=title)


def hits(folder: Path, documents: list[Document], text: str, limit: int = 20) -> list[Hit]:
    Index(folder).add(documents)
    return list(Finder(folder, nowhere).find(Query(text, limit=limit)).hits)


FILLER = "nothing of note stands here at all"


def test_what_a_document_is_titled_counts_more_than_a_word_in_passing(tmp_path: Path) -> None:
    found = hits(
        tmp_path,
        [
            a_document("passing", "Other matters", ("One", f"{FILLER} esketamine {FILLER}")),
            a_document("titled", "Esketamine", ("One", f"{FILLER} esketamine {FILLER}")),
        ],
        "esketamine",
    )
    assert found[0].document_id == "titled"


def test_a_rare_word_counts_more_than_a_frequent_one(tmp_path: Path) -> None:
    common = [a_document(f"c{n}", "", ("One", f"dose {FILLER}")) for n in range(9)]
    rare = a_document("rare", "", ("One", f"esketamine {FILLER}"))
    assert hits(tmp_path, [*common, rare], "dose OR esketamine")[0].document_id == "rare"


def test_no_places_are_wanted_and_all_are_counted(tmp_path: Path) -> None:
    Index(tmp_path).add([a_document("d", "", ("One", "esketamine")), a_document("e", "")])
    answer = Finder(tmp_path, nowhere).find(Query("esketamine", limit=0))
    assert (answer.hits, answer.total) == ((), 1)


def test_the_references_of_a_document_come_after_its_text(tmp_path: Path) -> None:
    document = a_document(
        "d", "", ("References", "esketamine esketamine"), ("Two", f"esketamine {FILLER * 3}")
    )
    assert [hit.kind for hit in hits(tmp_path, [document], "esketamine")] == [
        "text",
        "reference",
        "reference",
    ]


def test_hits_are_shared_out_among_documents_and_sections(tmp_path: Path) -> None:
    many = ("Many", "esketamine " * 9)
    documents = [a_document(f"d{n}", "", many, many) for n in range(4)]
    found = hits(tmp_path, documents, "esketamine", limit=8)
    places = [(hit.document_id, hit.section_id) for hit in found]
    assert sorted(places) == [(f"d{n}", f"s{s}") for n in range(4) for s in (1, 2)]


def test_with_fewer_hits_allowed_than_documents_the_best_have_one_each(tmp_path: Path) -> None:
    documents = [a_document(f"d{n}", "", ("One", "esketamine " * (n + 1))) for n in range(6)]
    found = hits(tmp_path, documents, "esketamine", limit=3)
    assert [hit.document_id for hit in found] == ["d5", "d4", "d3"]


@given(st.integers(0, 60), st.lists(st.integers(0, 20), max_size=12))
def test_shares_are_even_and_use_up_the_limit(limit: int, counts: list[int]) -> None:
    shares = share(limit, counts)
    assert sum(shares) == min(limit, sum(counts))
    assert all(0 <= some <= count for some, count in zip(shares, counts, strict=True))
    most = max(shares, default=0)
    for some, count in zip(shares, counts, strict=True):
        assert some == count or some >= most - 1


def test_words_are_given_up_one_after_the_other_until_a_page_is_full(tmp_path: Path) -> None:
    full = [a_document(f"f{n}", "", ("One", f"ketamine sedation dose {FILLER}")) for n in range(6)]
    two = [a_document(f"t{n}", "", ("One", f"ketamine sedation {FILLER}")) for n in range(4)]
    one = [a_document(f"o{n}", "", ("One", f"dose {FILLER}")) for n in range(3)]
    found = hits(tmp_path, [*one, *two, *full], "ketamine sedation dose", limit=100)
    names = list(dict.fromkeys(hit.document_id[0] for hit in found))
    assert names == ["f", "t"]
    Index(tmp_path).remove([f"t{n}" for n in range(4)])
    found = list(Finder(tmp_path, nowhere).find(Query("ketamine sedation dose", limit=100)).hits)
    assert list(dict.fromkeys(hit.document_id[0] for hit in found)) == ["f", "o"]


def test_a_sentence_in_capitals_is_answered_as_in_small_letters(tmp_path: Path) -> None:
    Index(tmp_path).add(
        a_document(f"d{n}", "", ("One", f"{words} {FILLER}"))
        for n, words in enumerate(("ketamine and anxiety", "anxiety in children", "dose", "of or"))
    )
    finder = Finder(tmp_path, nowhere)
    sentence = "the dose of ketamine (racemic) and anxiety and sedation in children"
    small, capital = (finder.find(Query(text)) for text in (sentence, sentence.upper()))
    assert [h.document_id for h in capital.hits] == [h.document_id for h in small.hits]
    assert len({hit.document_id for hit in capital.hits}) == 3
    assert not capital.signs
    either = finder.find(Query("THE DOSE OR THE ANXIETY OF CHILDREN"))
    assert either.signs
