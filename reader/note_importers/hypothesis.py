"""Notes of Hypothesis: what its export gives, what its service answers, and what we write for it.

Source: https://h.readthedocs.io/en/latest/api-reference/v1/.
"""

from __future__ import annotations

import re
from typing import Any

from reader.exporters.record import annotation_of
from reader.model.annotation import Annotation
from reader.model.imported_note import FoundNote, FoundNotes, FoundSource
from reader.note_importers.fields import (
    as_it_stands,
    doi_in,
    each,
    first_text,
    given,
    tags_of,
    text_of,
)
from reader.note_importers.times import time_of

_OURS = re.compile(r"urn:sha256:([0-9a-f]{64})")
_DOCUMENT = re.compile(r"offprint:([0-9a-f]{64})")


def holds(untrusted: Any) -> bool:
    """Whether parsed JSON is of that kind."""
    records = _records(untrusted)
    return bool(records) and isinstance(records[0], dict) and "uri" in records[0]


def _records(untrusted: Any) -> list[Any]:
    if isinstance(untrusted, dict):
        untrusted = untrusted.get("annotations", untrusted.get("rows"))
    return untrusted if isinstance(untrusted, list) else []


def read(untrusted: Any) -> FoundNotes:
    """The notes in parsed JSON; an answer stands on the passage that it answers to."""
    records = _records(untrusted)
    targets = {
        one.get("id"): one.get("target") for one in records if isinstance(one, dict) and "id" in one
    }
    return each("Hypothesis", records, lambda record: _note(record, targets))


def _note(untrusted: dict[str, Any], targets: dict[Any, Any]) -> FoundNote | None:
    if untrusted.get("hidden") or untrusted.get("deleted"):
        return None
    answered = untrusted.get("references") or []
    quote = _quote(untrusted.get("target"))
    if not quote and answered:
        quote = _quote(targets.get(answered[0]))
    source = _source(untrusted)
    told = untrusted.get("extra")
    if source.document_id and isinstance(told, dict) and isinstance(told.get("record"), dict):
        return given(_ours(untrusted, told["record"], source.document_id), source)
    note = text_of(untrusted.get("text"))
    created = time_of(untrusted.get("created"))
    updated = time_of(untrusted.get("updated"))
    return FoundNote(
        text_of(untrusted.get("id")),
        source,
        as_it_stands(quote.get("exact")),
        as_it_stands(quote.get("prefix")),
        as_it_stands(quote.get("suffix")),
        note,
        tags_of(untrusted.get("tags")),
        motivation="commenting" if note else "highlighting",
        created=created,
        modified=updated or created,
        start=_start(untrusted.get("target")) if source.document_id else -1,
        in_utf16=True,
    )


def _ours(untrusted: dict[str, Any], told: dict[str, Any], document_id: str) -> Annotation:
    """A note that we wrote, with what the service lets a person edit: words, note and tags."""
    quote = _quote(untrusted.get("target"))
    told = told | {"tags": untrusted.get("tags") or []}
    key, note = str(untrusted["id"]), str(untrusted.get("text") or "")
    return annotation_of(told, key, document_id, str(quote.get("exact", "")), note)


def _start(untrusted: Any) -> int:
    """Where the words begin, as the file says; -1 when it does not."""
    for selector in untrusted[0]["selector"]:
        if selector.get("type") == "TextPositionSelector":
            return int(selector["start"])
    return -1


def _quote(untrusted: Any) -> dict[str, Any]:
    targets = untrusted if isinstance(untrusted, list) else [untrusted]
    for target in targets:
        for selector in (target or {}).get("selector") or []:
            if selector.get("type") == "TextQuoteSelector":
                return {name: selector.get(name) or "" for name in ("exact", "prefix", "suffix")}
    return {}


def _source(untrusted: dict[str, Any]) -> FoundSource:
    uri = text_of(untrusted.get("uri"))
    document = untrusted.get("document") or {}
    ours = _OURS.search(uri) or _DOCUMENT.search(
        str((untrusted.get("links") or {}).get("incontext"))
    )
    told = document.get("link") or []
    addresses = [uri, *(str(one.get("href", "")) for one in told if isinstance(one, dict))]
    dois = [doi_in(address) for address in addresses]
    return FoundSource(
        document_id=ours[1] if ours else "",
        doi=next(filter(None, dois), ""),
        address=uri if uri.startswith(("http:", "https:")) else "",
        title=first_text(document.get("title")),
    )
