from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.annotation import Annotation, Target, TextQuoteSelector
from reader.model.imported_note import FoundNote, FoundNotes, FoundSource
from reader.model.pdf.pdf_annotation import PrintedNote
from reader.model.search import Answer, Expansion, Hit, Query
from reader.model.span import Span
from reader.problem import Locked, Problem
from reader.services.note_import import NotesReport
from reader.services.staging import ReadResult
from reader.workers import search_tasks, tasks
from reader.workers.answers import PLAIN, decode, decoder, encode, shape_of
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
    ("a\ud800 ü", str),
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
    ([PrintedNote("k", Span(0, 3), tags=None), PrintedNote("l", Span(0, 0), tags=("a",))],
     list[PrintedNote]),
    (Answer(Query("q"), (Hit("d", "s", "note", Span(1, 2), Span(0, 3), 0.5),), 1,
            expansions=(Expansion("a", "b"),)), Answer),
    (NotesReport("ours", homeless=(("t", 1),), ids={"new": ("a",)}), NotesReport),
]  # fmt: skip


@pytest.mark.parametrize(("value", "shape"), GIVEN)
def test_what_a_task_gives_comes_back(value: Any, shape: Any) -> None:
    assert decode(encode("result", value), shape) == ("result", value)


@pytest.mark.parametrize("problem", [Problem("It is so."), Locked("It is locked.")])
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
            decode(encode("result", value), list[PrintedNote])


@pytest.mark.parametrize("value", [lambda: None, Path("a"), object(), {1, 2}, [Path("a")]])
def test_what_is_no_plain_data_is_not_sent(value: Any) -> None:
    with pytest.raises(TypeError, match="is no answer"):
        encode("result", value)


def framed(plain: Any, *blobs: bytes) -> bytes:
    head = plain if isinstance(plain, bytes) else json.dumps(plain).encode()
    return len(head).to_bytes(8, "little") + head + b"".join(blobs)


def result(value: Any, sizes: Any = ()) -> dict[str, Any]:
    return {"kind": "result", "value": value, "sizes": list(sizes)}


SPAN = {"Span": [0, 1]}


@pytest.mark.parametrize(
    ("shape", "untrusted"),
    [
        (int, b""),
        (int, b"\xff" * 8),
        (int, framed(b"{")),
        (int, framed(b"\xff\xfe")),
        (int, framed([1])),
        (int, framed({"kind": "result", "value": 1})),
        (int, framed({**result(1), "more": 1})),
        (int, framed({**result(1), "kind": "other"})),
        (int, framed({**result(1), "kind": "problem"})),
        (int, framed({**result(1), "kind": "bug"})),
        (int, framed({**result({"Problem": "a", "Locked": "b"}), "kind": "problem"})),
        (int, framed({**result({"Exception": "a"}), "kind": "problem"})),
        (int, framed({**result({"Problem": 1}), "kind": "problem"})),
        (int, framed(result(1), b"more than said")),
        (int, framed(result(1, [5]), b"less")),
        (int, framed(result(1, [-1, 1]))),
        (int, framed(result(1, [True]), b"x")),
        (int, framed(result(True))),
        (int, framed(result(1.0))),
        (str, framed(result(None))),
        (bytes, framed(result(1, [1]), b"x")),
        (bytes, framed(result(-1, [1]), b"x")),
        (bytes, framed(result("0", [1]), b"x")),
        (Literal["a"], framed(result("b"))),
        (Literal["a"], framed(result(["a"]))),
        (str | None, framed(result(1))),
        (list[int], framed(result({}))),
        (list[int], framed(result(["a"]))),
        (tuple[int, str], framed(result([1]))),
        (tuple[int, str], framed(result(7))),
        (dict[str, int], framed(result([["a"]]))),
        (Span, framed(result([0, 1]))),
        (Span, framed(result({"Span": [0]}))),
        (Span, framed(result({"Span": [3, 1]}))),
        (Span, framed(result({"Span": [0, "1"]}))),
        (Span, framed(result({"Query": ["a", "", 1, False, False, []]}))),
        (Span, framed(result({"os.system": ["true"]}))),
        (Span, framed(result({**SPAN, "Query": []}))),
        (PrintedNote, framed(result({"PrintedNote": ["k", SPAN, "no colour"]}))),
    ],
)
def test_what_is_not_of_the_shape_is_no_answer(shape: Any, untrusted: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        decode(untrusted, shape)


def test_a_pickle_is_no_answer_and_runs_nothing(tmp_path: Path) -> None:
    payload = pickle.dumps(("result", Payload(str(tmp_path / "ran"))))
    for untrusted in (payload, framed(payload)):
        with pytest.raises(ValueError, match=r"."):
            decode(untrusted, int)
    assert decode(framed(result(0, [len(payload)]), payload), bytes) == ("result", payload)
    assert not (tmp_path / "ran").exists()


def test_one_that_is_nested_without_end_is_no_answer() -> None:
    head = b'{"kind": "result", "sizes": [], "value": ' + b"[" * 200_000
    with pytest.raises((ValueError, RecursionError)):
        decode(framed(head), int)


def gives_nothing_said(value):  # type: ignore[no-untyped-def]
    return value


def gives_a_path() -> Path:
    return Path()


def gives_any() -> Any:
    return None


def gives_a_class_of_another_module() -> Sequence[Callable[[], int]]:
    return ()


@pytest.mark.parametrize(
    "function",
    [gives_nothing_said, gives_a_path, gives_any, gives_a_class_of_another_module],
)
def test_a_task_must_say_that_it_gives_plain_data(function: Any) -> None:
    with pytest.raises(TypeError, match=r"plain data|does not say"):
        shape_of(function)


def test_a_class_of_the_same_name_is_another() -> None:
    class Span:
        pass

    with pytest.raises(TypeError, match="no plain data"):
        decoder(Span)


def test_every_task_says_what_it_gives() -> None:
    assert shape_of(draw) is bytes
    assert shape_of(tasks.read) is ReadResult
    assert shape_of(tasks.notes_in_pdf) == list[PrintedNote]
    assert shape_of(tasks.notes_in_file) is FoundNotes
    assert shape_of(search_tasks.find) is Answer
    assert shape_of(search_tasks.forget) is type(None)
    assert len(PLAIN) <= 20
