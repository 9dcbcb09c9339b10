"""JSON objects that end in a long list, written and read back one item at a time.

The parts of 100,000 notes, all made before the first is written, take twice as long: they no longer
lie in the processor's cache.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TextIO

# A line for each value; indented, it would take eight times as long.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",\n", ": "))
_DECODER = json.JSONDecoder()
_AT_ONCE = 50
_BETWEEN, _END = ",\n", "]}\n"


def write_items(head: dict[str, Any], name: str, items: Iterable[Any], out: TextIO) -> None:
    """Write an object of what is in `head` and, last, of a list under `name`."""
    out.write(f"{_ENCODER.encode(head)[:-1]}{_BETWEEN}{_opening(name)}")
    rest, between = iter(items), ""
    while some := list(islice(rest, _AT_ONCE)):
        out.write(f"{between}{_ENCODER.encode(some)[1:-1]}")
        between = _BETWEEN
    out.write(_END)


def read_items(content: str, name: str) -> Iterator[Any]:
    """The items of the list under `name` in an object that was written so.

    Raises:
        ValueError: as soon as the object proves to be none of these.
    """
    # No text in the head can hold this: its quotation marks would have a backslash before them.
    head, opening, _ = content.partition(_opening(name))
    _DECODER.decode(f"{head}{opening}]}}")
    at = len(head) + len(opening)
    while not content.startswith(_END, at):
        item, at = _DECODER.raw_decode(content, at)
        yield item
        if content.startswith(_BETWEEN, at):
            at += len(_BETWEEN)
        elif not content.startswith(_END, at):
            raise ValueError("no list")
    if at + len(_END) != len(content):
        raise ValueError("more than the list")


def same(found: Iterator[Any], wanted: Iterable[Any]) -> bool:
    """Whether what is read back is what was meant, all of it and in that order."""
    try:
        return all(one == other for one, other in zip(found, wanted, strict=True))
    except ValueError:
        return False


def _opening(name: str) -> str:
    return f'"{name}": ['
