"""Notes as the Hypothesis service exports them, in JSON.

Its selectors count UTF-16 units and keep 32 characters of context.
Source: https://h.readthedocs.io/en/latest/api-reference/v1/.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, TextIO

from reader.exporters.json_stream import read_items, same, write_items
from reader.exporters.record import record
from reader.exporters.w3c import fragment_selector
from reader.model.annotation import Target
from reader.model.export.export_set import Chapter, Entry, ExportSet

CONTEXT = 32
_WIDE = re.compile("[\U00010000-\U0010ffff]")


def write(notebook: ExportSet, out: TextIO) -> None:
    """Write one object with all annotations."""
    write_items(_head(notebook), "annotations", _annotations(notebook), out)


def holds(content: str, notebook: ExportSet) -> bool:
    """Whether a file, read back, has the very annotations."""
    found = read_items(content, "annotations")
    return same(found, _annotations(notebook))


def _head(notebook: ExportSet) -> dict[str, Any]:
    return {
        "export_date": notebook.generated,
        "export_userid": _user(notebook),
        "client_version": "Offprint",
    }


def _user(notebook: ExportSet) -> str:
    return f"acct:{notebook.user or 'reader'}@offprint"


def _annotations(notebook: ExportSet) -> Iterator[dict[str, Any]]:
    user = _user(notebook)
    for chapter in notebook.chapters:
        # Where the text has characters of two units.
        text = chapter.document.text
        wide = [] if text.isascii() else [found.start() for found in _WIDE.finditer(text)]
        for entry in chapter.entries:
            yield _annotation(chapter, entry, user, wide)


def _annotation(chapter: Chapter, entry: Entry, user: str, wide: list[int]) -> dict[str, Any]:
    annotation, document = entry.annotation, chapter.document
    quote, position = annotation.target.quote, annotation.target.position
    source = (
        f"urn:doi:{document.publication.doi}"
        if document.publication.doi
        else f"urn:sha256:{document.id}"
    )
    span = entry.span or position
    start, end = span.start, span.end
    if entry.span:
        start, end = (offset + bisect_left(wide, offset) for offset in (start, end))
    return {
        "id": annotation.id,
        "created": annotation.created,
        "updated": annotation.modified or annotation.created,
        "user": user,
        "uri": source,
        "text": annotation.note,
        "tags": list(annotation.tags),
        "group": "__world__",
        "document": {"title": [document.title]},
        "links": {"incontext": entry.link},
        # What Hypothesis lets anybody add.
        "extra": {
            "citation": chapter.citation,
            "section": list(entry.path),
            "page": entry.page,
            "references": [{"label": label, "text": text} for label, text in entry.references],
            "record": record(annotation, quote.exact),
        },
        "target": [{"source": source, "selector": _selectors(annotation.target, start, end)}],
    }


def _selectors(target: Target, start: int, end: int) -> list[dict[str, Any]]:
    if target.area is not None:
        return [fragment_selector(target.area)]
    quote = target.quote
    return [
        {
            "type": "TextPositionSelector",
            "start": start,
            "end": end,
        },
        {
            "type": "TextQuoteSelector",
            "exact": quote.exact,
            "prefix": quote.prefix[-CONTEXT:],
            "suffix": quote.suffix[:CONTEXT],
        },
    ]
