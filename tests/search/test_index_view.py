from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import reader.search.index_view as room
from reader.importers.builder.document_builder import DocumentBuilder
from reader.search.arrays import DamagedError
from reader.search.index_view import View
from reader.search.inverter import invert
from reader.search.query_ast import Term
from reader.search.segment import Segment


def a_view(text: str) -> View:
    writer = DocumentBuilder()
    writer.begin("paragraph")
    writer.add(text)
    segment = Segment(invert([writer.build(id="d", title="")]))
    return View([segment], [np.ones(1, bool)])


def test_postings_are_read_once() -> None:
    view = a_view("one two")
    term = Term("word", "one")
    assert view.postings("text", term) is view.postings("text", term)


def test_postings_used_least_recently_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    view = a_view("one two three")
    one, two, three = (Term("exact", word) for word in ("one", "two", "three"))
    first = view.postings("text", one)
    monkeypatch.setattr(room, "MOST_CACHED_BYTES", 2 * first.size)
    second = view.postings("text", two)
    assert view.postings("text", one) is first
    view.postings("text", three)
    assert view.postings("text", one) is first
    assert view.postings("text", two) is not second


def test_an_empty_view_finds_nothing() -> None:
    view = View([], [])
    assert view.count == 0
    assert len(view.postings("text", Term("word", "one")).passages) == 0
    assert not view.scope("d").any()


def test_what_has_no_words_is_as_long_as_one() -> None:
    """Lengths are divided by the usual one."""
    assert a_view("one two").usual_length("text") == 2
    assert a_view("one two").usual_length("title") == 1
    for empty in (a_view(""), View([], [])):
        assert (empty.usual_length("text"), empty.usual_length("title")) == (1, 1)


def test_a_segment_without_all_arrays_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(DamagedError, match="has no"):
        Segment({})
