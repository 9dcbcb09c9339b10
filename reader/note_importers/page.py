"""The web page that we write, read back."""

from __future__ import annotations

import json
import re
from html import unescape

from reader.exporters.record import annotation_of
from reader.model.deep_link import read_address
from reader.model.imported_note import FoundNote, FoundNotes, FoundSource
from reader.note_importers.fields import each, given

# In text and in values "<" and quotes are character references, so that no note can hold these.
_PARTS = re.compile(
    r"<h1>(?P<title>[^<]*)</h1>"
    r'|<blockquote id="(?P<id>[^"]*)" style="[^"]*" data-offprint="(?P<record>[^"]*)" '
    r'cite="(?P<link>[^"]*)">'
)


def holds(untrusted_text: str) -> bool:
    """Whether a page has at least one note of ours."""
    return any(found["record"] for found in _PARTS.finditer(untrusted_text))


def read(untrusted_text: str) -> FoundNotes:
    """The notes of a page that we wrote."""
    titles, records = [""], []
    for found in _PARTS.finditer(untrusted_text):
        if found["record"] is None:
            titles.append(unescape(found["title"]))
        else:
            records.append((titles[-1], found))
    return each("web page", records, _note)


def _note(record: tuple[str, re.Match[str]]) -> FoundNote:
    title, found = record
    told = json.loads(unescape(found["record"]))
    document_id, key = read_address(unescape(found["link"]))
    if not document_id:
        raise ValueError("there is no link")
    made = annotation_of(told, key, document_id, "", str(told.get("note", "")))
    return given(made, FoundSource(document_id, title=title))
