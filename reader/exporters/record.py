"""What a note is besides what a file shows of it, as one line of JSON: so that it comes back whole.

What a file shows may be edited there; a reader takes that, and the rest from the record.
"""

from __future__ import annotations

import json
from typing import Any, get_args

from reader.model.annotation import (
    COLOURS,
    Annotation,
    Motivation,
    State,
    Style,
    Target,
    TextQuoteSelector,
    area_at,
    uri_of,
)
from reader.model.span import Span

_MOTIVATIONS: tuple[Motivation, ...] = get_args(Motivation)
_STYLES: tuple[Style, ...] = get_args(Style)
_STATES: tuple[State, ...] = get_args(State)
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def record(annotation: Annotation, shown: str, **more: Any) -> dict[str, Any]:
    """The record of an annotation whose words a file shows so, without what is usual."""
    made: dict[str, Any] = {}
    if annotation.created:
        made["created"] = annotation.created
    if annotation.modified != annotation.created:
        made["modified"] = annotation.modified
    made["colour"] = annotation.colour
    if annotation.style != "highlight":
        made["style"] = annotation.style
    if annotation.motivation != _usual(annotation.note):
        made["kind"] = annotation.motivation
    if annotation.tags:
        made["tags"] = list(annotation.tags)
    if annotation.state:
        made["state"] = annotation.state
    made |= _target(annotation.target, shown)
    if annotation.earlier is not None:
        made["earlier"] = _target(annotation.earlier, "")
        made["earlier"]["document"] = annotation.earlier.document_id
    return made | more


def line_of(made: dict[str, Any]) -> str:
    """A record on one line that a comment of HTML can hold."""
    line = _ENCODE(made)
    return (
        line.replace("--", "-\\u002d").replace(">", "\\u003e")
        if "--" in line or ">" in line
        else line
    )


def annotation_of(
    untrusted: dict[str, Any], annotation_id: str, document_id: str, shown: str, note: str
) -> Annotation:
    """The annotation of a record, with the words and the note that the file shows.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: when it is no record.
    """
    kind = untrusted.get("kind") or _usual(note)
    state, style = untrusted.get("state", ""), untrusted.get("style", "highlight")
    colour = untrusted.get("colour")
    earlier = untrusted.get("earlier")
    created = _word(untrusted.get("created", ""))
    return Annotation(
        id=annotation_id,
        target=_read_target(untrusted, document_id, shown),
        colour=colour if colour in COLOURS else COLOURS[0],
        style=style if style in _STYLES else "highlight",
        motivation=kind if kind in _MOTIVATIONS else _usual(note),
        note=note,
        tags=tuple(map(_word, untrusted.get("tags", []))),
        created=created,
        modified=_word(untrusted.get("modified", created)),
        state=state if state in _STATES else "",
        earlier=None
        if earlier is None
        else _read_target(earlier, _word(earlier.get("document", document_id)), ""),
    )


def _usual(note: str) -> Motivation:
    return "commenting" if note else "highlighting"


def _target(target: Target, shown: str) -> dict[str, Any]:
    quote, position = target.quote, target.position
    made: dict[str, Any] = {}
    if quote.exact != shown:
        made["exact"] = quote.exact
    if quote.prefix:
        made["prefix"] = quote.prefix
    if quote.suffix:
        made["suffix"] = quote.suffix
    made["place"] = [position.start, position.end]
    made["text"] = target.text_hash
    if target.area is not None:
        made["area"] = uri_of(target.area)
    return made


def _read_target(untrusted: dict[str, Any], document_id: str, shown: str) -> Target:
    start, end = untrusted["place"]
    quote = TextQuoteSelector(
        _word(untrusted.get("exact", shown)),
        _word(untrusted.get("prefix", "")),
        _word(untrusted.get("suffix", "")),
    )
    position, text_hash = Span(int(start), int(end)), _word(untrusted.get("text", ""))
    area = area_at(_word(untrusted.get("area", "")))
    return Target(document_id, quote, position, text_hash, area)


def _word(untrusted: object) -> str:
    if not isinstance(untrusted, str):
        raise TypeError("not a text")
    return untrusted
