"""What worker processes answer: plain data in JSON, checked against what the task said it gives.

A process that a hostile file has taken over may send anything. What comes back is built of the
classes that are listed here, by their own constructors, each value of the type that is declared;
nothing that was sent names a module or a function.
"""

from __future__ import annotations

import dataclasses
import json
import re
import struct
import types
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from reader.problem import Locked, Problem

MOST_BYTES = 1 << 30
# What tasks may give, by the module that declares it.
PLAIN = {
    "Annotation": "reader.model.annotation",
    "Answer": "reader.model.search",
    "Case": "reader.model.anchoring.review_case",
    "Expansion": "reader.model.search",
    "FoundNote": "reader.model.imported_note",
    "FoundNotes": "reader.model.imported_note",
    "FoundSource": "reader.model.imported_note",
    "Given": "reader.services.note_export",
    "Hit": "reader.model.search",
    "NoteHit": "reader.model.search",
    "NotePlaces": "reader.services.bulk_edit",
    "NotesReport": "reader.services.note_import",
    "Outcome": "reader.store.library",
    "PrintedNote": "reader.model.pdf.pdf_annotation",
    "Query": "reader.model.search",
    "ReadResult": "reader.services.staging",
    "Snippet": "reader.model.search",
    "Span": "reader.model.span",
    "Target": "reader.model.annotation",
    "TextQuoteSelector": "reader.model.annotation",
}
_PROBLEMS = {"Problem": Problem, "Locked": Locked}
_KINDS = ("result", "problem", "bug")
_HEAD = struct.Struct("<Q")

Decode = Callable[[Any, "list[bytes]"], Any]


def encode(kind: str, value: Any) -> bytes:
    """An answer as it is sent: the size of the JSON, the JSON, and byte strings after it.

    Raises:
        TypeError: when the value holds anything but plain data.
    """
    blobs: list[bytes] = []
    plain = _plain(value, blobs)
    head = json.dumps({"kind": kind, "value": plain, "sizes": [len(one) for one in blobs]})
    return b"".join((_HEAD.pack(len(head)), head.encode(), *blobs))


def _plain(value: Any, blobs: list[bytes]) -> Any:
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, bytes):
        blobs.append(value)
        return len(blobs) - 1
    if isinstance(value, list | tuple):
        return [_plain(one, blobs) for one in value]
    if isinstance(value, Mapping):
        return [[_plain(key, blobs), _plain(one, blobs)] for key, one in value.items()]
    if isinstance(value, Problem):
        return {type(value).__name__: value.sentence}
    if type(value).__name__ in PLAIN and dataclasses.is_dataclass(value):
        names = (field.name for field in dataclasses.fields(value))
        return {type(value).__name__: [_plain(getattr(value, name), blobs) for name in names]}
    raise TypeError(f"{type(value).__name__} is no answer: it is no plain data")


def decode(untrusted_bytes: bytes, shape: Any) -> tuple[str, Any]:
    """The kind of an answer, "result", "problem" or "bug", and its value.

    A result is of the `shape` that `shape_of` gives, a problem a Problem, a bug a traceback.

    Raises:
        ValueError: when it is anything else.
    """
    if len(untrusted_bytes) < _HEAD.size:
        raise ValueError("no answer")
    at = _HEAD.size + _HEAD.unpack_from(untrusted_bytes)[0]
    untrusted = json.loads(untrusted_bytes[_HEAD.size : at])
    if not isinstance(untrusted, dict) or set(untrusted) != {"kind", "value", "sizes"}:
        raise ValueError("no answer")
    blobs = []
    for size in decoder(list[int])(untrusted["sizes"], []):
        if not 0 <= size <= len(untrusted_bytes) - at:
            raise ValueError("more than was sent")
        blobs.append(untrusted_bytes[at : at + size])
        at += size
    kind = untrusted["kind"]
    if at != len(untrusted_bytes) or kind not in _KINDS:
        raise ValueError("no answer")
    expected = {"result": shape, "problem": Problem, "bug": str}[kind]
    return kind, decoder(expected)(untrusted["value"], blobs)


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
    shape = get_type_hints(holder, {**function.__globals__, **named})["return"]
    decoder(shape)
    return shape


def _load(name: str) -> Any:
    return getattr(import_module(PLAIN[name]), name)


@cache
def decoder(shape: Any) -> Decode:
    """What makes a value of a type out of JSON, and raises ValueError for all others."""
    if shape is float:
        return _exactly((int, float))
    if shape in (str, int, bool, types.NoneType):
        return _exactly((shape,))
    if shape is bytes:
        return _blob
    if shape is Problem:
        return _problem
    origin, arguments = get_origin(shape), get_args(shape)
    if origin is Literal:
        return _one_of(arguments)
    if origin in (Union, types.UnionType):
        return _any(tuple(map(decoder, arguments)))
    if origin in (list, Sequence):
        return _many(decoder(arguments[0]), list)
    if origin is tuple and arguments[-1] is Ellipsis:
        return _many(decoder(arguments[0]), tuple)
    if origin is tuple:
        return _each(tuple(map(decoder, arguments)), lambda *values: values)
    if origin in (dict, Mapping):
        return _many(_each(tuple(map(decoder, arguments)), lambda *pair: pair), dict)
    if isinstance(shape, type) and PLAIN.get(shape.__name__) == shape.__module__:
        return _instance(shape)
    raise TypeError(f"{shape} is no plain data")


def _exactly(kinds: tuple[type, ...]) -> Decode:
    def make(untrusted: Any, _: list[bytes]) -> Any:
        if type(untrusted) not in kinds:
            raise ValueError("a value of another type")
        return untrusted

    return make


def _one_of(values: tuple[Any, ...]) -> Decode:
    def make(untrusted: Any, _: list[bytes]) -> Any:
        if not isinstance(untrusted, str) or untrusted not in values:
            raise ValueError("none of the values")
        return untrusted

    return make


def _blob(untrusted: Any, blobs: list[bytes]) -> bytes:
    if type(untrusted) is not int or not 0 <= untrusted < len(blobs):
        raise ValueError("no bytes")
    return blobs[untrusted]


def _problem(untrusted: Any, _: list[bytes]) -> Problem:
    if not isinstance(untrusted, dict) or len(untrusted) != 1:
        raise ValueError("no problem")
    [(name, sentence)] = untrusted.items()
    if name not in _PROBLEMS or not isinstance(sentence, str):
        raise ValueError("no problem")
    return _PROBLEMS[name](sentence)


def _any(decoders: tuple[Decode, ...]) -> Decode:
    def make(untrusted: Any, blobs: list[bytes]) -> Any:
        for one in decoders:
            try:
                return one(untrusted, blobs)
            except ValueError:
                continue
        raise ValueError("none of the types")

    return make


def _many(one: Decode, kind: Callable[[Any], Any]) -> Decode:
    def make(untrusted: Any, blobs: list[bytes]) -> Any:
        if not isinstance(untrusted, list):
            raise ValueError("no list")
        return kind([one(value, blobs) for value in untrusted])

    return make


def _each(decoders: tuple[Decode, ...], build: Callable[..., Any]) -> Decode:
    def make(untrusted: Any, blobs: list[bytes]) -> Any:
        if not isinstance(untrusted, list) or len(untrusted) != len(decoders):
            raise ValueError("another number of values")
        return build(*(one(value, blobs) for one, value in zip(decoders, untrusted, strict=True)))

    return make


def _instance(shape: Any) -> Decode:
    name, hints = shape.__name__, get_type_hints(shape)
    fields = tuple(decoder(hints[field.name]) for field in dataclasses.fields(shape))
    build = _each(fields, shape)

    def make(untrusted: Any, blobs: list[bytes]) -> Any:
        if not isinstance(untrusted, dict) or list(untrusted) != [name]:
            raise ValueError(f"no {name}")
        return build(untrusted[name], blobs)

    return make
