"""Highlights that KOReader exports in JSON, of one document or of several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from reader.model.found_note import FoundNote, FoundNotes, FoundSource
from reader.note_files.reading import colour_of, each, first_text, text_of, time_of


def holds(untrusted: Any) -> bool:
    """Whether parsed JSON is of that kind."""
    return any(isinstance(book.get("entries"), list) for book in _books(untrusted))


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
    if entry.get("sort") == "bookmark":
        # It stands on a page, and its text only says which.
        return None
    if not exact and not note:
        raise ValueError("nothing is highlighted")
    drawer = str(entry.get("drawer", ""))
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
        motivation="commenting" if note else "highlighting",
        created=time_of(entry.get("time") or entry.get("datetime")),
    )
