"""Highlights of calibre's viewer, and annotations of its library, in JSON.

Source: https://manual.calibre-ebook.com/viewer.html (Export of highlights).
"""

from __future__ import annotations

from typing import Any

from reader.model.imported_note import FoundNote, FoundNotes, FoundSource
from reader.note_importers.fields import colour_of, each, text_of
from reader.note_importers.times import time_of


def holds(untrusted: Any) -> bool:
    """Whether parsed JSON is of that kind."""
    if not isinstance(untrusted, dict):
        return False
    return str(untrusted.get("type", "")).startswith("calibre_") or any(
        isinstance(one, dict) and "highlighted_text" in one for one in _records(untrusted)[:3]
    )


def _records(untrusted: dict[str, Any]) -> list[Any]:
    found = untrusted.get("highlights", untrusted.get("annotations"))
    return found if isinstance(found, list) else []


def read(untrusted: dict[str, Any]) -> FoundNotes:
    """The notes in parsed JSON; what was removed there is left out."""
    return each("calibre", _records(untrusted), _note)


def _note(untrusted: dict[str, Any]) -> FoundNote | None:
    # In a collection of a library the highlight is inside, and the book outside.
    inner = untrusted.get("annotation")
    mark = inner if isinstance(inner, dict) else untrusted
    if mark.get("removed") or mark.get("type") == "last-read":
        return None
    style = mark.get("style")
    style = style if isinstance(style, dict) else {"which": style}
    note = text_of(mark.get("notes"))
    bookmark = mark.get("type") == "bookmark"
    exact = text_of(mark.get("highlighted_text"))
    if not exact and not note and not bookmark:
        raise ValueError("nothing is highlighted")
    if bookmark:
        note = note or text_of(mark.get("title"))
    return FoundNote(
        text_of(mark.get("uuid")),
        FoundSource(
            title=text_of(untrusted.get("title") if inner else mark.get("book_title")),
            author=text_of(untrusted.get("authors")) if inner else "",
        ),
        exact,
        note=note,
        colour=colour_of(style.get("which") or style.get("background-color")),
        style="underline" if style.get("kind") == "decoration" else "highlight",
        motivation="bookmarking" if bookmark else "commenting" if note else "highlighting",
        created=time_of(mark.get("timestamp")),
        place=text_of(mark.get("start_cfi") or mark.get("pos")),
    )
