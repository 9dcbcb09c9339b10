"""What worker processes answer: plain data, checked against what the task said it gives.

A process that a hostile file has taken over may send anything. What comes back is built of the
classes that are listed here, each value of the type that is declared; nothing that was sent names a
module or a function.
"""

from __future__ import annotations

import dataclasses
import json
import re
import types
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from reader.problem import Locked, Problem

MOST_BYTES = 1 << 30
# What tasks may give, by the module that declares it.
PLAIN = {
    "Annotation": "reader.model.annotation",
    "Area": "reader.model.annotation",
    "Answer": "reader.model.search",
    "Case": "reader.model.anchoring.review_case",
    "Expansion": "reader.model.search",
    "FoundNote": "reader.model.imported_note",
    "FoundNotes": "reader.model.imported_note",
    "FoundSource": "reader.model.imported_note",
    "ExportResult": "reader.services.note_export",
    "Hit": "reader.model.search",
    "NoteHit": "reader.model.search",
    "NotePlaces": "reader.services.bulk_edit",
    "NotesReport": "reader.services.note_import",
    "Outcome": "reader.store.library",
    "PdfAnnotation": "reader.model.pdf.pdf_annotation",
    "Query": "reader.model.search",
    "ReadResult": "reader.services.staging",
    "Snippet": "reader.model.search",
    "Span": "reader.model.span",
    "Target": "reader.model.annotation",
    "TextQuoteSelector": "reader.model.annotation",
}
_PROBLEMS = {"Problem": Problem, "Locked": Locked}
_SCALARS = (str, int, float, bool, bytes, types.NoneType)
_HOLDERS = (list, Sequence, tuple, dict, Mapping, Union, types.UnionType)
# The first byte of an answer tells its kind and how the rest is written. MessagePack takes all but
# text with half a pair of surrogates, such as a file's name that is no UTF-8, and numbers of more
# than 64 bits; JSON takes these too.
_KINDS = {"result": b"r", "problem": b"p", "bug": b"b"}
_AS_JSON = {"result": b"R", "problem": b"P", "bug": b"B"}


class Said(msgspec.Struct, frozen=True):
    """A Problem as it is sent."""

    name: Literal["Problem", "Locked"]
    sentence: str


def encode(kind: str, value: Any) -> bytes:
    """An answer as it is sent: a byte for its kind and its writing, and the value.

    Raises:
        TypeError: when the value holds anything but plain data.
    """
    try:
        return _KINDS[kind] + _ENCODER.encode(value)
    except (UnicodeEncodeError, OverflowError):
        plain = msgspec.to_builtins(value, str_keys=True, enc_hook=_plain)
        return _AS_JSON[kind] + json.dumps(plain).encode()


def _plain(value: Any) -> Said:
    if isinstance(value, Problem):
        return Said("Locked" if isinstance(value, Locked) else "Problem", value.sentence)
    raise TypeError(f"{type(value).__name__} is no answer: it is no plain data")


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_plain)


def decode(untrusted_bytes: bytes, shape: Any) -> tuple[str, Any]:
    """The kind of an answer, "result", "problem" or "bug", and its value.

    A result is of the `shape` that `shape_of` gives, a problem a Problem, a bug a traceback.

    Raises:
        ValueError: when it is anything else.
    """
    sign, untrusted = untrusted_bytes[:1], memoryview(untrusted_bytes)[1:]
    for kind, expected in (("result", shape), ("problem", Said), ("bug", str)):
        try:
            if sign == _KINDS[kind]:
                return kind, _problems(_decoder(expected).decode(untrusted))
            if sign == _AS_JSON[kind]:
                plain = json.loads(bytes(untrusted))
                return kind, _problems(msgspec.convert(plain, expected, str_keys=True))
        except (msgspec.MsgspecError, RecursionError) as error:
            raise ValueError("an answer of another shape") from error
    raise ValueError("no answer")


def _problems(value: Any) -> Any:
    """The value, with the Problems that were sent, alone or in a list."""
    if isinstance(value, list):
        return [_problems(one) for one in value] if Said in map(type, value) else value
    return _PROBLEMS[value.name](value.sentence) if isinstance(value, Said) else value


@cache
def _decoder(shape: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(shape)


@cache
def shape_of(function: Callable[..., Any]) -> Any:
    """The type that a function says it gives, where it is made of plain data.

    Raises:
        TypeError: when it is not.
    """
    if "return" not in function.__annotations__:
        raise TypeError("a task that does not say what it gives")
    said = function.__annotations__["return"]
    # A task imports what it needs by itself: its module may not know the names by now.
    named = {name: _load(name) for name in re.findall(r"\w+", str(said)) if name in PLAIN}
    holder = types.SimpleNamespace(__annotations__={"return": said})
    known = {**function.__globals__, **named, "Problem": Said}
    shape = get_type_hints(holder, known)["return"]
    check_shape(shape)
    _decoder(shape)
    return shape


def _load(name: str) -> Any:
    return getattr(import_module(PLAIN[name]), name)


def check_shape(shape: Any) -> None:
    """Check that a type is made of plain data and of the classes listed here.

    Raises:
        TypeError: when it is not.
    """
    if shape in _SCALARS or shape is Said or get_origin(shape) is Literal:
        return
    if get_origin(shape) in _HOLDERS:
        inner: Sequence[Any] = [one for one in get_args(shape) if one is not Ellipsis]
    elif isinstance(shape, type) and PLAIN.get(shape.__name__) == shape.__module__:
        hints = get_type_hints(shape)
        inner = [hints[field.name] for field in dataclasses.fields(shape)]
    else:
        raise TypeError(f"{shape} is no plain data")
    for one in inner:
        check_shape(one)
