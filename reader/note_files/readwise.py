"""Tables of highlights as Readwise gives and takes them, and ours."""

from __future__ import annotations

import csv
import io

from reader.exporters.readwise import meant
from reader.model.address import read_address
from reader.model.found_note import FoundNote, FoundNotes, FoundSource
from reader.note_files.reading import colour_of, doi_in, each, tags_of, text_of, time_of

# What a column may be called, in small letters.
_NAMES = {
    "highlight": ("highlight", "text", "quote"),
    "title": ("title", "book title", "document title"),
    "author": ("author", "book author", "authors"),
    "address": ("url", "source url", "link to source"),
    "note": ("note", "notes", "comment"),
    "created": ("date", "highlighted at", "created"),
    "tags": ("tags", "tag"),
    "key": ("id", "highlight id"),
    "colour": ("colour", "color"),
    "link": ("link",),
    "start": ("location",),
}


def holds(untrusted_text: str) -> bool:
    """Whether a text is a table with a column of highlights and one of titles."""
    columns = {name.casefold().strip() for name in next(_rows(untrusted_text[:5000]), [])}
    return all(columns & set(_NAMES[name]) for name in ("highlight", "title"))


def _rows(untrusted_text: str) -> csv.Reader:  # type: ignore[name-defined]
    first = untrusted_text.partition("\n")[0]
    sign = max(",;\t", key=first.count)
    return csv.reader(io.StringIO(untrusted_text, newline=""), delimiter=sign)


def read(untrusted_text: str) -> FoundNotes:
    """The notes of a table, a row each."""
    rows = _rows(untrusted_text)
    head = [name.casefold().strip() for name in next(rows, [])]
    columns = {
        name: next((head.index(one) for one in known if one in head), -1)
        for name, known in _NAMES.items()
    }
    return each("Readwise", (row for row in rows if any(row)), lambda row: _note(row, columns))


def _note(row: list[str], columns: dict[str, int]) -> FoundNote:
    def cell(name: str) -> str:
        i = columns[name]
        return text_of(meant(row[i])) if 0 <= i < len(row) else ""

    if columns["highlight"] >= len(row):
        raise ValueError("the row is cut off")
    document_id, key = read_address(cell("link"))
    note = cell("note")
    exact = cell("highlight")
    if not exact and not note:
        raise ValueError("the row is empty")
    return FoundNote(
        key or cell("key"),
        FoundSource(
            document_id=document_id,
            doi=doi_in(cell("address")),
            address=cell("address"),
            title=cell("title"),
            author=cell("author"),
        ),
        exact,
        note=note,
        tags=tags_of(cell("tags")),
        colour=colour_of(cell("colour")),
        motivation="commenting" if note else "highlighting",
        created=time_of(cell("created")),
        start=int(cell("start")) if document_id and cell("start").isdecimal() else -1,
    )
