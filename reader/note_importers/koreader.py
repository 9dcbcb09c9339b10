"""Highlights of KOReader: its export in JSON, and the `metadata.*.lua` that lies beside a book."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from reader.model.imported_note import FoundNote, FoundNotes, FoundSource
from reader.note_importers import lua
from reader.note_importers.fields import colour_of, each, first_text, text_of
from reader.note_importers.times import time_of, told_time_of

_LUA = re.compile(r"\s*(?:--[^\n]*\n\s*)*return\s*\{")
_AUTOMATIC = re.compile(r"^(?:in |Page \d+ )", re.I)


def holds(untrusted: Any) -> bool:
    """Whether parsed JSON is of that kind."""
    return any(isinstance(book.get("entries"), list) for book in _books(untrusted))


def holds_lua(untrusted_text: str) -> bool:
    """Whether a text is a table of Lua that a file returns."""
    return _LUA.match(untrusted_text) is not None


def read_lua(untrusted_text: str) -> FoundNotes:
    """The notes of such a table.

    Raises:
        ValueError: when it is none.
    """
    told = lua.parse(untrusted_text)
    about = _table(told.get("doc_props")) or _table(told.get("stats"))
    book = {
        "title": about.get("title", ""),
        "author": about.get("authors", ""),
        "file": told.get("doc_path", ""),
    }
    return each("KOReader", ((book, one) for one in _from_lua(told)), _note)


def _table(untrusted: Any) -> dict[Any, Any]:
    return untrusted if isinstance(untrusted, dict) else {}


def _from_lua(told: dict[Any, Any]) -> Iterator[dict[str, Any]]:
    """The records of a table, in the shape of the export.

    Since 2024 they are `annotations`; before, `highlight` had the marks by page and `bookmarks` had
    their notes, whose text began with words that KOReader put there by itself.
    """
    if isinstance(told.get("annotations"), dict):
        for one in told["annotations"].values():
            one = _table(one)
            marked = "drawer" in one
            yield {
                "text": one.get("text", ""),
                "note": one.get("note", ""),
                "time": one.get("datetime"),
                "page": one.get("pageno", one.get("page", "")),
                "color": one.get("color", ""),
                "drawer": one.get("drawer", ""),
                "sort": "highlight" if marked else "bookmark",
            }
        return
    notes = {
        (one.get("datetime"), one.get("notes")): one.get("text", "")
        for one in map(_table, _table(told.get("bookmarks")).values())
    }
    known: set[tuple[object, object]] = set()
    for page, marks in _table(told.get("highlight")).items():
        for one in map(_table, _table(marks).values()):
            known.add(key := (one.get("datetime"), one.get("text")))
            note = text_of(notes.get(key))
            yield {
                "text": one.get("text", ""),
                "note": ""
                if _AUTOMATIC.match(note) and note.endswith(tuple("0123456789"))
                else note,
                "time": one.get("datetime"),
                "page": page,
                "color": one.get("color", ""),
                "drawer": one.get("drawer", ""),
            }
    for one in map(_table, _table(told.get("bookmarks")).values()):
        when, note = one.get("datetime"), text_of(one.get("text"))
        # What KOReader itself calls a bookmark ends with its time, in any language.
        if (when, one.get("notes")) not in known and note and not note.endswith(str(when)):
            yield {"note": note, "time": when, "page": one.get("page", ""), "sort": "bookmark"}


def _books(untrusted: Any) -> list[dict[str, Any]]:
    if isinstance(untrusted, dict):
        untrusted = untrusted.get("documents", [untrusted])
    books = untrusted if isinstance(untrusted, list) else []
    return [book for book in books if isinstance(book, dict)]


def read(untrusted: Any) -> FoundNotes:
    """The notes in parsed JSON."""
    return each("KOReader", _records(untrusted), _note)


def _records(untrusted: Any) -> Iterator[tuple[dict[str, Any], Any]]:
    for book in _books(untrusted):
        entries = book.get("entries")
        for entry in entries if isinstance(entries, list) else []:
            yield book, entry


def _note(record: tuple[dict[str, Any], dict[str, Any]]) -> FoundNote | None:
    book, entry = record
    exact, note = text_of(entry.get("text")), text_of(entry.get("note"))
    bookmark = entry.get("sort") == "bookmark"
    if bookmark:
        # It stands on a page, and its text only says which.
        if not note:
            return None
        exact = ""
    if not exact and not note:
        raise ValueError("nothing is highlighted")
    drawer = str(entry.get("drawer", ""))
    when = entry.get("time") or entry.get("datetime")
    return FoundNote(
        "",
        FoundSource(
            title=first_text(book.get("title")),
            author=first_text(book.get("author")),
            file_name=re.split(r"[/\\]", text_of(book.get("file")))[-1],
        ),
        exact,
        note=note,
        colour=colour_of(entry.get("color")),
        style="underline" if drawer.startswith("under") else "highlight",
        motivation="bookmarking" if bookmark else "commenting" if note else "highlighting",
        created=time_of(when),
        told_time=told_time_of(when),
        place=text_of(entry.get("page")) if not isinstance(entry.get("page"), dict) else "",
    )
