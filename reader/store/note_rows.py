"""Annotations as rows, what changed between two of them, and the checksum of a row."""

from __future__ import annotations

import json
import zlib
from typing import Any

from reader.model.annotation import (
    COLOURS,
    Annotation,
    Target,
    TextQuoteSelector,
    area_at,
    uri_of,
)
from reader.model.serialization import (
    MOTIVATIONS,
    STATES,
    STYLES,
    target_from_plain,
    target_to_plain,
)
from reader.model.span import Span

Plain = dict[str, Any]

COLUMNS = (
    'id, document_id, "start", "end", text_hash, exact, prefix, suffix, colour, style, motivation, '
    "note, tags, created, modified, deleted, revision, state, earlier, "
    "area"
)
_NEW = ", ".join("excluded." + name for name in f"{COLUMNS}, crc".split(", "))
_MARKS = ", ".join("?" for _ in _NEW.split(", "))
PUT = (
    f"INSERT INTO annotation ({COLUMNS}, crc) VALUES ({_MARKS}) "
    f"ON CONFLICT (id) DO UPDATE SET ({COLUMNS}, crc) = ({_NEW})"
)
# What is known of a place belongs to it, and is taken back with it.
_TARGET = ("document_id", "start", "end", "text_hash", "exact", "prefix", "suffix", "area")
_PLACE = (*_TARGET, "state", "earlier")
_KEPT_BY_US = ("modified", "revision")
# A setting of a copy alone: it is in the file, so that it cannot be parted from it.
COPY_SETTING = "backup"
# Asked of a notes file: 1 when it is a copy, and the number of its last edit.
ON_DISK = (
    f"SELECT (SELECT count(*) FROM setting WHERE name = '{COPY_SETTING}'), "
    "(SELECT coalesce(max(id), 0) FROM step)"
)
# A row has text everywhere but in its span and its revision.
_TYPES = tuple(int if at in (2, 3, 16) else str for at in range(20))


def crc(*values: Any) -> int:
    """The CRC-32 of a row's values, in their order."""
    return zlib.crc32("\x1f".join(map(str, values)).encode())


def to_json(value: Any) -> str:
    """The value as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def to_row(annotation: Annotation) -> tuple[Any, ...]:
    """The annotation's columns and their checksum."""
    target = annotation.target
    quote = target.quote
    values = (
        annotation.id,
        target.document_id,
        target.position.start,
        target.position.end,
        target.text_hash,
        quote.exact,
        quote.prefix,
        quote.suffix,
        annotation.colour,
        annotation.style,
        annotation.motivation,
        annotation.note,
        to_json(annotation.tags) if annotation.tags else "[]",
        annotation.created,
        annotation.modified,
        annotation.deleted,
        annotation.revision,
        annotation.state,
        to_json(target_to_plain(annotation.earlier)) if annotation.earlier else "",
        uri_of(target.area),
    )
    return (*values, crc(*values))


def from_row(row: tuple[Any, ...]) -> Annotation | None:
    """The annotation of a row; None when the row is not as it was written.

    In a file from elsewhere, somebody may have put a row that is none, with the right checksum.
    """
    if crc(*row[:20]) != row[20] or not _is_sound(row):
        return None
    try:
        return _annotation(row)
    except (ValueError, TypeError, RecursionError):
        return None


def _is_sound(row: tuple[Any, ...]) -> bool:
    return (
        tuple(map(type, row[:20])) == _TYPES
        and row[8] in COLOURS
        and row[9] in STYLES
        and row[10] in MOTIVATIONS
        and row[17] in STATES
    )


def tags_from_json(untrusted: Any) -> tuple[str, ...]:
    """The tags of a row; none when what stands there is no list of words."""
    if untrusted == "[]":
        return ()
    try:
        found = json.loads(untrusted)
    except (ValueError, TypeError, RecursionError):
        return ()
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        return ()
    return tuple(found)


def _annotation(row: tuple[Any, ...]) -> Annotation:
    earlier = target_from_plain(json.loads(row[18])) if row[18] else None
    quote, place = TextQuoteSelector(row[5], row[6], row[7]), Span(row[2], row[3])
    return Annotation(
        row[0],
        Target(row[1], quote, place, row[4], area_at(row[19])),
        row[8],
        row[9],
        row[10],
        row[11],
        tags_from_json(row[12]),
        row[13],
        row[14],
        row[15],
        row[16],
        row[17],
        earlier,
    )


def difference(before: Plain, after: Plain) -> tuple[Plain, Plain]:
    """The fields that differ, as they were and as they are; a place is one field."""
    names = [n for n in after if n not in _KEPT_BY_US and before[n] != after[n]]
    if not set(names).isdisjoint(_PLACE):
        names = [n for n in names if n not in _PLACE] + list(_PLACE)
    return {n: before[n] for n in names}, {n: after[n] for n in names}


def exchanged(current: Plain, was: Plain, becomes: Plain) -> Plain:
    """`current` with each field that is still as it `was` set to what it `becomes`.

    A field that was edited since keeps that edit.
    """
    result = dict(current)
    for name in was:
        group = _PLACE if name in _PLACE else (name,)
        # An entry of the log may be older than a field.
        if all(current[n] == was[n] for n in group if n in was):
            result[name] = becomes[name]
    return result
