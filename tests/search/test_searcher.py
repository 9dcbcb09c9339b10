from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

import reader.search.searcher as room
from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Document
from reader.model.search import Answer, Query
from reader.model.span import Span
from reader.search.index import Index
from reader.search.searcher import Finder
from tests.search.samples import filed, nowhere


def an_article(name: str = "article") -> Document:
    """Sections, numbers glued to words, a table, references."""
    writer = DocumentBuilder()
    writer.begin_heading(1, "1")
    writer.add("What it is")
    writer.begin("paragraph")
    writer.add("Ketamine blocks the NMDA ")
    with writer.mark("reference_mark", "1"):
        writer.add("1")
    writer.add("receptor. It is old.")
    writer.begin_heading(1, "2")
    writer.add("How NMDA receptors work")
    writer.begin("paragraph")
    writer.add("Anxiety")
    with writer.mark("reference_mark", "1"):
        writer.add("1")
    writer.add(", NMDA and mg/kg: 0.5 mg/kg.")
    writer.begin_table()
    for number, text in enumerate(("Dose", "NMDA", "block", "receptor")):
        writer.begin_cell(number // 2, number % 2)
        writer.add(text)
    writer.begin_heading(1, kind="references")
    writer.add("References")
    writer.begin("reference")
    writer.add("Berg A. NMDA receptor in anxiety. 2020.")
    return writer.build(id=name, title="About ketamine", authors=("Ada Berg",), published="2021")


ARTICLE = an_article()


@pytest.fixture
def find(tmp_path: Path) -> Callable[..., Answer]:
    Index(tmp_path).add([ARTICLE])
    finder = Finder(tmp_path, nowhere)

    def ask(text: str, **options: object) -> Answer:
        return finder.find(Query(text, **options))  # type: ignore[arg-type]

    return ask


def cuts(answer: Answer) -> list[str]:
    return [hit.span.cut(ARTICLE.text) for hit in answer.hits]


def test_hits_cut_the_word_out_of_the_text(find: Callable[..., Answer]) -> None:
    answer = find("NMDA")
    assert cuts(answer) == ["NMDA"] * answer.total
    assert answer.total == ARTICLE.text.count("NMDA") == 5
    assert {hit.kind for hit in answer.hits} == {"text", "reference"}
    assert [hit.section_id for hit in answer.hits if hit.kind == "reference"] == ["s3"]
    assert all(hit.passage.covers(hit.span) for hit in answer.hits)
    assert answer.elapsed_ms > 0
    assert answer.understood == "NMDA"


def test_numbers_of_references_do_not_part_words(find: Callable[..., Answer]) -> None:
    assert cuts(find("anxiety"))[0] == "Anxiety"
    assert cuts(find('"NMDA receptor"', document_id="article")) == [
        "NMDA 1receptor",
        "NMDA receptor",
    ]


def test_no_phrase_reaches_from_one_block_into_the_next(find: Callable[..., Answer]) -> None:
    assert find('"NMDA block"').total == 0
    assert find('"receptors work anxiety"').total == 0


def test_hits_of_one_article_come_in_reading_order_and_up_to_the_limit(
    find: Callable[..., Answer],
) -> None:
    answer = find("receptor", document_id="article", limit=2)
    assert cuts(answer) == ["receptor", "receptors"]
    assert answer.total == 4


def test_the_last_word_may_be_unfinished_while_typing(find: Callable[..., Answer]) -> None:
    assert find("anx dose", typing=True).total == find("anxiety dose").total
    assert find("re receptor").understood == "re receptor"


def test_a_word_that_stands_nowhere_is_taken_as_a_beginning(find: Callable[..., Answer]) -> None:
    answer = find("nmd")
    assert answer.total == 5
    assert answer.notice == "No word is “nmd”; those that begin so are looked for."
    assert find('"nmd"').total == find("ketamine -nmd").total - 2 == find("202").total == 0


def test_signs_and_operators_are_said_in_words(find: Callable[..., Answer]) -> None:
    answer = find("NMDA -dose")
    assert (answer.understood, answer.signs) == ("NMDA without dose", True)
    assert not find("NMDA dose").signs


def test_what_is_beside_an_or_finds_by_itself(find: Callable[..., Answer]) -> None:
    title = [("title", Span(0, 0))]
    for text in ("zebra OR year:2021", "zebra OR author:berg", "zebra OR NOT xylophone"):
        answer = find(text)
        assert [(h.kind, h.span) for h in answer.hits] == title
        assert answer.total == 1
        assert [(h.kind, h.span) for h in find(text, document_id="article").hits] == title
    assert find("ketamine OR year:2021").total == find("ketamine").total
    assert find("(zebra OR year:2021) ketamine").total == find("ketamine").total
    assert find("zebra OR year:1999").hits == ()


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("ketamine year:1999", "Nothing is from 1999."),
        ("ketamine author:zorn", "Nothing is by zorn."),
        ("ketamine title:zebra", "Nothing in titles zebra."),
        ("ketamine year:2021 author:berg title:ketamine", ""),
    ],
)
def test_a_filter_that_lets_nothing_through_says_so(
    find: Callable[..., Answer], text: str, notice: str
) -> None:
    assert find(text).notice == notice


def test_a_title_that_is_no_part_of_the_text_is_one_hit(find: Callable[..., Answer]) -> None:
    answer = find("about ketamine", document_id="article")
    assert [(hit.kind, hit.span, hit.section_id) for hit in answer.hits] == [
        ("title", Span(0, 0), "")
    ]
    assert answer.total == 1


def test_questions_without_words_find_documents(find: Callable[..., Answer]) -> None:
    assert [(h.kind, h.span) for h in find("author:berg year:2021").hits] == [("title", Span(0, 0))]
    assert find("author:berg year:2022").hits == ()


def test_with_too_few_sections_that_hold_all_words_those_with_most_follow(
    find: Callable[..., Answer],
) -> None:
    answer = find("ketamine blocks zebra")
    assert answer.notice == "No section holds all the words; these hold some of them."
    assert cuts(answer)[:2] == ["Ketamine", "blocks"]
    answer = find("ketamine blocks")
    assert answer.notice == "One section holds all the words; those with some of them follow."
    assert answer.hits[0].section_id == "s1"
    answer = find("ketamine blocks nmda old zebra lion tiger bear")
    assert answer.notice == "No section holds all the words; these hold some of them."
    answer = find("nmda receptor")
    assert {hit.section_id for hit in answer.hits} == {"s1", "s2", "s3"}
    assert answer.notice == ""


def test_in_one_article_all_words_are_wanted_unless_none_has_them(
    find: Callable[..., Answer],
) -> None:
    assert {h.section_id for h in find("ketamine nmda", document_id="article").hits} == {"s1"}
    answer = find("ketamine zebra", document_id="article")
    assert answer.notice == "No section holds all the words; these hold some of them."


def test_what_is_in_quotes_or_left_out_is_never_given_up(find: Callable[..., Answer]) -> None:
    assert find('"zebra" nmda').total == 0
    assert find("nmda -receptor").total == 0
    assert find("nmda ketamine -old zebra").total == 5


def test_a_wrong_query_is_explained_and_answered_by_its_words(
    find: Callable[..., Answer],
) -> None:
    answer = find("(nmda")
    assert answer.problem == "A bracket is opened that is never closed."
    assert answer.total == 5


def test_nothing_asked_nothing_found(find: Callable[..., Answer]) -> None:
    assert find(" ").hits == ()
    assert find("zebra").hits == ()
    assert find("zebra", document_id="article").hits == ()


def test_what_answers_does_not_depend_on_how_much_is_wanted(find: Callable[..., Answer]) -> None:
    for text in ("ketamine nmda receptor dose", "does ketamine block the nmda receptor in anxiety"):
        few, many = find(text, limit=3), find(text, limit=100)
        assert few.total == many.total
        assert {hit.score for hit in few.hits} <= {hit.score for hit in many.hits}


def test_misspelt_words_have_a_suggestion(find: Callable[..., Answer]) -> None:
    assert find("nmda recpetor").suggestion == "nmda receptor"


def test_an_article_that_is_not_indexed_yet_is_searched_all_the_same(tmp_path: Path) -> None:
    read: list[str] = []

    def read_document(document_id: str) -> Document:
        read.append(document_id)
        return an_article(document_id)

    finder = Finder(tmp_path / "none", read_document)
    for _ in range(2):
        assert finder.find(Query("NMDA", document_id="new")).total == 5
    assert finder.find(Query("NMDA")).notice.startswith("The search index is being built")
    assert finder.find(Query("NMDA", document_id="other")).total == 5
    assert read == ["new", "other"]


def test_what_is_added_later_is_found(tmp_path: Path) -> None:
    index, finder = Index(tmp_path), Finder(tmp_path, nowhere)
    assert finder.find(Query("NMDA")).total == 0
    for number in range(3):
        index.add([an_article(f"d{number}")])
        answer = finder.find(Query("NMDA"))
        assert (answer.total, answer.notice) == (5 * number + 5, "")
    index.remove(["d1"])
    assert finder.find(Query("NMDA")).total == 10


def test_a_damaged_index_is_told_of_and_forgotten_when_there_is_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_RETRY_SECONDS", 0.0)
    index, finder = Index(tmp_path), Finder(tmp_path, {"article": ARTICLE}.__getitem__)
    index.add([ARTICLE])
    next(tmp_path.glob("*.arrays")).write_bytes(b"")
    (tmp_path / "manifest.json").touch()
    answer = finder.find(Query("NMDA"))
    assert answer.hits == ()
    assert answer.notice.startswith("The search index is being built")
    assert finder.find(Query("NMDA", "article")).total == 5
    index.add([ARTICLE])
    assert finder.find(Query("NMDA")).total == 5


def test_an_index_that_is_just_being_written_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Index(tmp_path)
    index.add([ARTICLE])
    manifest = tmp_path / "manifest.json"
    sound = manifest.read_bytes()
    manifest.write_bytes(b"{")
    threading.Timer(0.05, manifest.write_bytes, [sound]).start()
    assert Finder(tmp_path, nowhere).find(Query("NMDA")).total == 5


def test_filters_ask_the_library(tmp_path: Path) -> None:
    Index(tmp_path).add([an_article("d0"), an_article("d1"), an_article("d7")])
    finder = Finder(tmp_path, nowhere, filed=filed)

    def found(text: str) -> tuple[set[str], str]:
        answer = finder.find(Query(text, limit=1000))
        return {hit.document_id for hit in answer.hits}, answer.notice

    assert found('nmda collection:"first ones"') == ({"d0", "d1"}, "")
    assert found('nmda collection:"first ones" tagged:odd') == ({"d1"}, "")
    assert found('nmda -collection:"first ones"') == ({"d7"}, "")
    assert found("tagged:odd") == ({"d1", "d7"}, "")
    assert found("nmda collection:ward") == (set(), "There is no collection “ward”.")
    assert found("nmda OR (-tagged:none dose)")[1] == "No document has the tag “none”."
    assert found("in:notes kind:film")[1].startswith("There is no kind “film”: try article, ")
    assert Finder(tmp_path, nowhere).find(Query("nmda tagged:odd")).total == 0
