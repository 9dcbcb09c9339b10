"""Tables of highlights as Readwise gives and takes them, and ours."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator

from reader.exporters.readwise import meant
from reader.exporters.record import annotation_of
from reader.model.deep_link import read_address
from reader.model.imported_note import FoundNote, FoundNotes, FoundSource
from reader.note_importers.fields import colour_of, doi_in, each, given, tags_of, text_of
from reader.note_importers.times import time_of, told_time_of

# What a column may be called, in small letters.
_NAMES = {
    "highlight": ("highlight", "text", "quote", "highlight text"),
    "title": ("title", "book title", "document title", "book", "article title"),
    "author": ("author", "book author", "authors", "document author"),
    "address": ("url", "source url", "link to source", "highlight url"),
    "note": ("note", "notes", "comment", "annotation"),
    "created": ("date", "highlighted at", "created", "created at"),
    "tags": ("tags", "tag"),
    "key": ("id", "highlight id"),
    "colour": ("colour", "color"),
    "link": ("link",),
    "place": ("location", "page"),
    "record": ("record",),
}
_SEPARATOR = re.compile(r'\s*"?sep=(?P<sign>.)"?[ \t]*(?:\r\n|\r|\n)', re.I)


def holds(untrusted_text: str) -> bool:
    """Whether a text is a table with a column of highlights and one of titles."""
    head = untrusted_text[:5000]
    columns = {_plain(name) for name in next(_rows(head), [])}
    return all(columns & set(_NAMES[name]) for name in ("highlight", "title"))


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").split()).strip("\ufeff")


def _rows(untrusted_text: str) -> Iterator[list[str]]:
    """The rows that hold anything; a table may say first by what its cells are parted."""
    text = untrusted_text.lstrip("\ufeff \t\r\n")
    sign = ""
    if found := _SEPARATOR.match(text):
        sign, text = found["sign"], text[found.end() :].lstrip("\ufeff \r\n")
    first = re.split(r"[\r\n]", text, maxsplit=1)[0]
    sign = sign or max(",;\t|", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign):
            if any(cell.strip() for cell in row):
                yield row
    except csv.Error:
        return


def read(untrusted_text: str) -> FoundNotes:
    """The notes of a table, a row each."""
    rows = _rows(untrusted_text)
    head = [_plain(name) for name in next(rows, [])]
    columns = {
        name: next((head.index(one) for one in known if one in head), -1)
        for name, known in _NAMES.items()
    }
    return each("Readwise", rows, lambda row: _note(row, columns))


def _note(row: list[str], columns: dict[str, int]) -> FoundNote:
    def raw(name: str) -> str:
        i = columns[name]
        return meant(row[i]) if 0 <= i < len(row) else ""

    def cell(name: str) -> str:
        return text_of(raw(name))

    if columns["highlight"] >= len(row):
        raise ValueError("the row is cut off")
    document_id, key = read_address(cell("link"))
    source = FoundSource(
        document_id=document_id,
        doi=doi_in(cell("address")),
        address=cell("address"),
        title=cell("title"),
        author=cell("author"),
    )
    if document_id and cell("record"):
        told = json.loads(raw("record"))
        # The cells are what a person sees and may have edited.
        if ", ".join(told.get("tags", [])) != raw("tags"):
            told["tags"] = list(tags_of(cell("tags")))
        told["colour"] = colour_of(cell("colour"))
        return given(annotation_of(told, key, document_id, raw("highlight"), raw("note")), source)
    note = cell("note")
    exact = cell("highlight")
    if not exact and not note:
        raise ValueError("the row is empty")
    return FoundNote(
        key or cell("key"),
        source,
        exact,
        note=note,
        tags=tags_of(cell("tags")),
        colour=colour_of(cell("colour")),
        motivation="commenting" if note else "highlighting",
        created=time_of(cell("created")),
        start=int(cell("place")) if document_id and cell("place").isdecimal() else -1,
        place="" if document_id else cell("place"),
        told_time=told_time_of(cell("created")),
    )
