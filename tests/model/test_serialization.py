from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import validation as checks
from reader.model.annotation import COLOURS, Annotation, Target, TextQuoteSelector
from reader.model.document import (
    Abbreviation,
    Block,
    Cell,
    Document,
    Figure,
    Formula,
    Mark,
    Reference,
    Section,
    Table,
)
from reader.model.left_out import LeftOut
from reader.model.publication import Publication
from reader.model.serialization import (
    annotation_from_plain,
    annotation_to_plain,
    document_from_plain,
    document_to_plain,
    is_asset,
)
from reader.model.span import Span

TEXT = "Doses\nGive 0.5 mg slowly.\nAge\tDose\nold\thalf\nFigure 1\nFirst reference"


def a_document() -> Document:
    """A document with one of everything; each span is true of TEXT."""
    return Document(
        id="ab" * 32,
        title="On doses",
        text=TEXT,
        source="doses.html",
        kind="guideline",
        importer="html 1",
        authors=("A. Writer", "B. Writer"),
        language="en",
        sections=(
            Section("s1", None, 1, "1", "Doses", "body", Span(0, len(TEXT))),
            Section("s2", "s1", 2, None, "Age", "faq", Span(26, 50)),
        ),
        blocks=(
            Block("heading", Span(0, 5), ref="s1"),
            Block("list_item", Span(6, 25), 1, "•"),
            Block("table", Span(26, 43), ref="t1"),
            Block("figure", Span(44, 52), ref="f1"),
            Block("reference", Span(53, len(TEXT)), label="1.", ref="1"),
        ),
        marks=(
            Mark("strong", Span(6, 10)),
            Mark("link", Span(11, 14), "#26"),
            Mark("reference_mark", Span(15, 17), "1 2"),
            Mark("abbreviation", Span(15, 17), "#milligram"),
        ),
        tables=(
            Table(
                "t1",
                (Cell(0, 0, Span(26, 29), True), Cell(0, 1, Span(30, 34), False, 2, 3)),
                Span(26, 26),
                "Table 1",
            ),
            Table("t2", ()),
        ),
        figures=(
            Figure("f1", "a.png", Span(44, 52), "a curve", "Figure 1", 10, 20),
            Figure("f2", ""),
        ),
        references=(Reference("1", Span(53, len(TEXT)), "10.1000/2", "99"),),
        abbreviations=(Abbreviation("mg", "milligram", Span(15, 17), "list"),),
        formulas=(Formula(Span(11, 14), "<math/>"),),
        inner_blocks=(Block("list_item", Span(30, 34), 0, "1."),),
        left_out=(
            LeftOut("menu", "Home", 6),
            LeftOut("unaccounted", "5 mg", len(TEXT), True, True),
        ),
        warnings=("A picture is missing.",),
        kept_characters=3,
        total_characters=4,
        publication=Publication(
            published="2021-03",
            updated="2022",
            journal="A journal",
            volume="12",
            issue="3",
            pages="1–9",
            doi="10.1000/1",
            pmid="1234",
            licence="CC0",
            address="https://example.org/doses",
            replaces=("10.1000/0",),
        ),
    )


def an_annotation(**changes: Any) -> Annotation:
    target = Target("ab" * 32, TextQuoteSelector("half", "old ", " Fig"), Span(4, 8), "cd" * 32)
    annotation = Annotation(
        "id-1",
        target,
        "blue",
        "underline",
        "commenting",
        "A *note*",
        ("dose", "age"),
        "2024-01-01T00:00:00Z",
        "2024-01-02T00:00:00.125Z",
        "2024-01-03T00:00:00+00:00",
        7,
        "check",
        replace(target, text_hash="ef" * 32),
    )
    return replace(annotation, **changes)


def through_json(plain: dict[str, Any]) -> dict[str, Any]:
    return dict(json.loads(json.dumps(plain)))


def test_a_document_comes_back_as_it_was() -> None:
    document = a_document()
    # A field that is added to the model must be in the example, and then it must come back.
    assert all(getattr(document, f.name) for f in fields(Document) if f.init)
    assert all(getattr(document.publication, f.name) for f in fields(Publication))
    assert document_from_plain(through_json(document_to_plain(document))) == document


def test_a_document_of_defaults_comes_back_as_it_was() -> None:
    document = Document("ab" * 32, "", "")
    assert document_from_plain(through_json(document_to_plain(document))) == document


def test_what_an_earlier_offprint_wrote_is_completed() -> None:
    text_and_id = {"format": 1, "id": "ab" * 32, "title": "", "text": "Words"}
    assert document_from_plain(text_and_id) == Document("ab" * 32, "", "Words")
    plain = annotation_to_plain(an_annotation())
    del plain["style"]
    assert annotation_from_plain(plain) == an_annotation(style="highlight")


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8),
)
def test_any_text_and_marks_come_back(text: str, pairs: list[tuple[int, int]]) -> None:
    spans = [Span(min(pair), max(pair)) for pair in pairs if max(pair) <= len(text)]
    document = Document("00" * 32, text, text, marks=tuple(Mark("emphasis", s) for s in spans))
    assert document_from_plain(through_json(document_to_plain(document))) == document


def broken(path: list[Any], value: Any) -> dict[str, Any]:
    """The example as plain data, with one value replaced."""
    plain = through_json(document_to_plain(a_document()))
    inner: Any = plain
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return plain


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["format"], 2),
        (["id"], "AB" * 32),
        (["id"], "../etc"),
        (["id"], 5),
        (["title"], None),
        (["title"], "\ud800"),
        (["text"], None),
        (["text"], TEXT + "\x00"),
        (["text"], TEXT + "\x85"),
        (["text"], TEXT + "\udfff"),
        (["text"], TEXT[:20]),
        (["authors"], "A. Writer"),
        (["authors"], {"A": 1}),
        (["authors", 0], 1),
        (["kept_characters"], -1),
        (["kept_characters"], True),
        (["kept_characters"], 1.5),
        (["extra"], 1),
        (["sections"], None),
        (["sections", 0], {}),
        (["sections", 0], []),
        (["sections", 0, 1], "s9"),
        (["sections", 0, 1], 1),
        (["sections", 0, 2], 0),
        (["sections", 0, 2], "1"),
        (["sections", 1, 0], "s1"),
        (["sections", 1, 2], 1),
        (["sections", 1, 2], 65),
        (["sections", 1, 3], 3),
        (["sections", 1, 5], "chapter"),
        (["sections", 0, 7], 49),
        (["sections", 0, 6], 27),
        (["blocks", 0, 0], "heading2"),
        (["blocks", 0, 5], "s9"),
        (["blocks", 2, 5], "t9"),
        (["blocks", 3, 5], "t1"),
        (["blocks", 1, 1], 4),
        (["blocks", 1, 2], 5),
        (["blocks", 1, 3], -1),
        (["blocks", 1, 4], None),
        (["blocks", 4, 2], len(TEXT) + 1),
        (["blocks", 4, 2], 60.0),
        (["marks", 0, 0], []),
        (["marks", 0, 1], -1),
        (["marks", 1, 3], "#999"),
        (["marks", 1, 3], "#x"),
        (["marks", 1, 3], "#²"),
        (["marks", 1, 3], "#"),
        (["tables", 1, 0], "t1"),
        (["tables", 0, 1, 0, 0], -1),
        (["tables", 0, 1, 0, 4], 1),
        (["tables", 0, 1, 1, 5], 0),
        (["tables", 0, 2], [1]),
        (["tables", 0, 2], 3),
        (["figures", 0, 1], "../a.png"),
        (["figures", 0, 1], "a/b.png"),
        (["figures", 0, 1], ".a"),
        (["figures", 0, 5], -1),
        (["figures", 1, 0], "f1"),
        (["references", 0, 3], 1),
        (["references", 0, 1], 999),
        (["abbreviations", 0, 1], None),
        (["left_out", 0, 0], "no reason"),
        (["left_out", 0, 2], -1),
        (["left_out", 1, 2], len(TEXT) + 1),
        (["left_out", 0, 3], 1),
    ],
)
def test_a_document_that_is_not_sound_is_refused(path: list[Any], value: Any) -> None:
    plain = broken(path, value)
    with pytest.raises(ValueError):  # noqa: PT011  # every check has its own words
        document_from_plain(plain)


@pytest.mark.parametrize("plain", [None, [], "text", {}, 3])
def test_what_is_no_document_at_all_is_refused(plain: Any) -> None:
    with pytest.raises(ValueError, match="names expected"):
        document_from_plain(plain)


def test_a_text_longer_than_any_real_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "LONGEST_TEXT", 10)
    with pytest.raises(ValueError, match="too long"):
        document_from_plain(through_json(document_to_plain(a_document())))


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@settings(max_examples=60)
@given(st.data())
def test_anything_in_place_of_a_value_is_a_document_or_a_value_error(data: st.DataObject) -> None:
    plain = through_json(document_to_plain(a_document()))
    name = data.draw(st.sampled_from(sorted(plain)))
    plain[name] = data.draw(_JSON)
    with suppress(ValueError):
        assert isinstance(document_from_plain(plain), Document)


@pytest.mark.parametrize("name", ["a.png", "img_1-2.jpeg", "_x", "f" * 128])
def test_plain_names_are_assets(name: str) -> None:
    assert is_asset(name)


@pytest.mark.parametrize("name", ["", ".", "..", "a b", "a/b", "a\\b", "é.png", "f" * 129, "a\n"])
def test_other_names_are_no_assets(name: str) -> None:
    assert not is_asset(name)


def test_an_annotation_comes_back_as_it_was() -> None:
    annotation = an_annotation()
    assert all(getattr(annotation, f.name) for f in fields(Annotation))
    assert annotation_from_plain(through_json(annotation_to_plain(annotation))) == annotation


@given(st.text(st.characters(codec="utf-8")), st.lists(st.text(st.characters(codec="utf-8"))))
def test_any_note_and_tags_come_back(note: str, tags: list[str]) -> None:
    annotation = an_annotation(note=note, tags=tuple(tags), colour=COLOURS[0], deleted="")
    assert annotation_from_plain(through_json(annotation_to_plain(annotation))) == annotation


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", ""),
        ("id", 3),
        ("colour", "red"),
        ("style", "bold"),
        ("motivation", "liking"),
        ("note", None),
        ("note", "\ud800"),
        ("tags", "dose"),
        ("tags", [1]),
        ("created", "yesterday"),
        ("modified", "2024-01-01"),
        ("deleted", "2024-01-01T00:00:00+02:00"),
        ("revision", -1),
        ("revision", True),
        ("start", -1),
        ("end", 3),
        ("exact", None),
        ("more", 1),
        ("state", "lost"),
        ("earlier", ""),
        ("earlier", {"start": 1}),
    ],
)
def test_an_annotation_that_is_not_sound_is_refused(name: str, value: Any) -> None:
    plain = {**annotation_to_plain(an_annotation()), name: value}
    with pytest.raises(ValueError):  # noqa: PT011  # every check has its own words
        annotation_from_plain(plain)
