from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.annotation import Annotation, Target, TextQuoteSelector
from reader.model.imported_note import FoundNote, FoundNotes, FoundSource
from reader.model.pdf.pdf_annotation import PdfAnnotation
from reader.model.search import Answer, Expansion, Hit, Query
from reader.model.span import Span
from reader.problem import Locked, Problem
from reader.services.note_import import NotesReport
from reader.services.staging import ReadResult
from reader.workers import search_tasks, tasks
from reader.workers.answers import PLAIN, check_shape, decode, encode, shape_of
from reader.workers.page_renderer import draw
from tests.chores import Payload

TARGET = Target("d", TextQuoteSelector("words", "a ", " b"), Span(2, 7), "hash")
NOTE = FoundNote("k", FoundSource("d"), "words", annotation=Annotation("a", TARGET, tags=("x",)))
GIVEN: list[tuple[Any, Any]] = [
    (None, type(None)),
    (7, int),
    (True, bool),
    (7, float),
    (0.5, float),
    (-(2**70), int),
    ("a\ud800 ü", str),
    ((b"\x00", "a\ud800"), tuple[bytes, str]),
    ({"a\ud800": (1, 0.5)}, dict[str, tuple[int, float]]),
    (ReadResult("d", "folder\udcff", "batch"), ReadResult),
    (b"\x00\xff", bytes),
    ([b"", b"b", b"\n"], list[bytes]),
    (("a", 1), tuple[str, int]),
    (("a", "b"), tuple[str, ...]),
    ({"a": [1, 2]}, dict[str, list[int]]),
    ({"a": ("b",)}, Mapping[str, tuple[str, ...]]),
    (["a"], Sequence[str]),
    (None, str | None),
    ("added", Literal["added", "known"]),
    (ReadResult("d", "folder", "batch"), ReadResult),
    (FoundNotes("ours", [NOTE], 2, True), FoundNotes),
    ([PdfAnnotation("k", Span(0, 3), tags=None), PdfAnnotation("l", Span(0, 0), tags=("a",))],
     list[PdfAnnotation]),
    (Answer(Query("q"), (Hit("d", "s", "note", Span(1, 2), Span(0, 3), 0.5),), 1,
            expansions=(Expansion("a", "b"),)), Answer),
    (NotesReport("ours", homeless=(("t", 1),), ids={"new": ("a",)}), NotesReport),
]  # fmt: skip


@pytest.mark.parametrize(("value", "shape"), GIVEN)
def test_what_a_task_gives_comes_back(value: Any, shape: Any) -> None:
    assert decode(encode("result", value), shape) == ("result", value)


@pytest.mark.parametrize(
    "problem", [Problem("It is so."), Locked("It is locked."), Problem("a\udcff.txt")]
)
def test_a_problem_comes_back_as_what_it_is(problem: Problem) -> None:
    kind, back = decode(encode("problem", problem), int)
    assert (kind, type(back), str(back)) == ("problem", type(problem), str(problem))
    kind, several = decode(encode("result", ["added", problem]), shape_of(tasks.keep))
    assert several[0] == "added"
    assert type(several[1]) is type(problem)


@given(st.recursive(st.text() | st.integers() | st.binary(), st.lists, max_leaves=20))
def test_nothing_but_what_was_asked_for_comes_back(value: Any) -> None:
    if not isinstance(value, str):
        with pytest.raises(ValueError, match=r"."):
            decode(encode("result", value), str)
    if value != []:
        with pytest.raises(ValueError, match=r"."):
            decode(encode("result", value), list[PdfAnnotation])


@pytest.mark.parametrize(
    "value", [lambda: None, Path("a"), object(), [Path("a")], ["\ud800", Path("a")]]
)
def test_what_is_no_plain_data_is_not_sent(value: Any) -> None:
    with pytest.raises(TypeError, match="is no answer"):
        encode("result", value)


def sent(kind: bytes, value: Any) -> bytes:
    return kind + (value if isinstance(value, bytes) else msgspec.msgpack.encode(value))


PRINTED = {"key": "k", "span": {"start": 0, "end": 1}}


@pytest.mark.parametrize(
    ("shape", "untrusted"),
    [
        (int, b""),
        (int, b"r"),
        (int, b"R"),
        (int, b"\xff" * 8),
        (int, sent(b"x", 1)),
        (int, sent(b"r", b"\x01\x01")),
        (int, sent(b"r", b"\xdd\xff\xff\xff\xff")),
        (int, sent(b"r", b"\xc1")),
        (int, sent(b"R", b"1")[:1] + b"{"),
        (int, sent(b"R", b"\xff\xfe")),
        (int, sent(b"R", b"true")),
        (int, sent(b"p", 1)),
        (int, sent(b"p", {"name": "Exception", "sentence": "a"})),
        (int, sent(b"p", {"name": "Problem", "sentence": 1})),
        (int, sent(b"p", {"name": "Problem"})),
        (int, sent(b"b", 1)),
        (int, sent(b"r", True)),
        (int, sent(b"r", 1.0)),
        (str, sent(b"r", None)),
        (str, sent(b"r", b"\xa1\xff")),
        (bytes, sent(b"r", "a")),
        (bytes, sent(b"r", b"\xc6\xff\xff\xff\xff")),
        (Literal["a"], sent(b"r", "b")),
        (Literal["a"], sent(b"r", ["a"])),
        (str | None, sent(b"r", 1)),
        (list[int], sent(b"r", {})),
        (list[int], sent(b"r", ["a"])),
        (list[str], sent(b"r", b"\xdd\x7f\xff\xff\xff\xa0")),
        (tuple[int, str], sent(b"r", [1])),
        (tuple[int, str], sent(b"r", 7)),
        (dict[str, int], sent(b"r", [["a", 1]])),
        (Span, sent(b"r", [0, 1])),
        (Span, sent(b"r", {"start": 0})),
        (Span, sent(b"r", {"start": 3, "end": 1})),
        (Span, sent(b"R", b'{"start": 3, "end": 1}')),
        (Span, sent(b"r", {"start": 0, "end": "1"})),
        (Span, sent(b"r", {"text": "a"})),
        (PdfAnnotation, sent(b"r", {**PRINTED, "colour": "no colour"})),
    ],
)
def test_what_is_not_of_the_shape_is_no_answer(shape: Any, untrusted: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        decode(untrusted, shape)


def test_a_pickle_is_no_answer_and_runs_nothing(tmp_path: Path) -> None:
    payload = pickle.dumps(("result", Payload(str(tmp_path / "ran"))))
    for untrusted in (payload, sent(b"r", payload), sent(b"R", payload)):
        with pytest.raises(ValueError, match=r"."):
            decode(untrusted, int)
    assert decode(encode("result", payload), bytes) == ("result", payload)
    assert not (tmp_path / "ran").exists()


def test_one_that_is_nested_without_end_is_no_answer() -> None:
    for untrusted in (b"r" + b"\x91" * 200_000, b"R" + b"[" * 200_000):
        with pytest.raises(ValueError, match=r"."):
            decode(untrusted, int)


def gives_nothing_said(value):  # type: ignore[no-untyped-def]
    return value


def gives_a_path() -> Path:
    return Path()


def gives_any() -> Any:
    return None


def gives_either() -> Span | Query:
    return Span(0, 0)


def gives_a_set() -> set[str]:
    return set()


def gives_a_class_of_another_module() -> Sequence[Callable[[], int]]:
    return ()


@pytest.mark.parametrize(
    "function",
    [
        gives_nothing_said,
        gives_a_path,
        gives_a_set,
        gives_any,
        gives_either,
        gives_a_class_of_another_module,
    ],
)
def test_a_task_must_say_that_it_gives_plain_data(function: Any) -> None:
    with pytest.raises(TypeError, match=r"plain data|does not say|more than one"):
        shape_of(function)


def test_a_class_of_the_same_name_is_another() -> None:
    class Span:
        pass

    with pytest.raises(TypeError, match="no plain data"):
        check_shape(Span)


def test_every_task_says_what_it_gives() -> None:
    assert shape_of(draw) is bytes
    assert shape_of(tasks.read) is ReadResult
    assert shape_of(tasks.notes_in_pdf) == list[PdfAnnotation]
    assert shape_of(tasks.notes_in_file) is FoundNotes
    assert shape_of(search_tasks.find) is Answer
    assert shape_of(search_tasks.forget) is type(None)
    assert len(PLAIN) <= 21
