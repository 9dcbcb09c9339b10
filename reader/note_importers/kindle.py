"""“My Clippings”, the text that Kindles keep, in any of their languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from reader.model.imported_note import FoundNote, FoundNotes, FoundSource
from reader.note_importers.fields import each, text_of
from reader.note_importers.times import time_of, told_time_of

_PARTED = re.compile(r"^={8,}[ \t]*$", re.M)
_BOOK = re.compile(r"^(?P<title>.*?)\s*(?:\((?P<author>[^()]*(?:\([^()]*\)[^()]*)*)\))?$")
# A note has its own word in each language, a bookmark too; all else is a highlight.
_NOTES = re.compile(
    r"\b(note|notiz|nota|notitie|notatka|заметка|anteckning|not|notat|notă|нотатка)\b|メモ|笔记|筆記|"
    r"筆记|메모|poznámk|muistiinpano|jegyzet|σημείωσ|ملاحظ|הערה|नोट",
    re.I,
)
_BOOKMARKS = re.compile(
    r"bookmark|lesezeichen|signet|marcador|segnalibro|bladwijzer|закладка|书签|書籤|ブックマーク|"
    r"zakładka|bokmärke|yer imi|북마크|záložk|kirjanmerk|könyvjelző|bogmærke|bokmerke|"
    r"σελιδοδείκτη|إشارة مرجعية|סימנייה|बुकमार्क|semn de carte",
    re.I,
)
_PLACES = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")
_CUT = re.compile(r"<You have reached the clipping limit", re.I)


@dataclass(slots=True)
class Clipping:
    """A part of the file: the book, what it says of itself, its text, and the notes on it."""

    title: str
    author: str
    said: str
    text: str
    notes: list[str] = field(default_factory=list)

    @property
    def is_note(self) -> bool:
        """Whether it is what the person wrote."""
        return bool(_NOTES.search(self._kind))

    @property
    def is_bookmark(self) -> bool:
        """Whether it only marks a place."""
        return bool(_BOOKMARKS.search(self._kind))

    @property
    def _kind(self) -> str:
        return self.said.partition("|")[0]

    @property
    def place(self) -> tuple[int, int]:
        """First and last of the place that it names last; (-1, -1) for none."""
        # The time stands behind the last sign; the first may tell the page, the next the location.
        found = _PLACES.findall(self.said.rpartition("|")[0] or self.said)
        if not found:
            return -1, -1
        first, last = found[-1]
        if len(last) < len(first):
            # "1204-8" is short for "1204-1208".
            last = first[: len(first) - len(last)] + last
        return int(first), int(last)

    @property
    def when(self) -> str:
        """What it says of its time."""
        return self.said.rpartition("|")[2]


def holds(untrusted_text: str) -> bool:
    """Whether a text is of that kind: a title, a line that begins with a dash, and a rule."""
    parts = _PARTED.split(_lines(untrusted_text[:300_000]))
    lines = parts[0].strip("\ufeff \n").split("\n")
    return len(parts) > 1 and len(lines) > 1 and lines[1].lstrip().startswith("-")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read(untrusted_text: str) -> FoundNotes:
    """The highlights of a text, each with what was written on it."""
    parts = _PARTED.split(_lines(untrusted_text))
    clippings, unread = parsed(part for part in parts if part.strip("\ufeff \n"))
    found = each("Kindle", joined(clippings), _note)
    return replace(found, unread=found.unread + unread)


def parsed(parts: Iterable[str]) -> tuple[list[Clipping], int]:
    """The clippings of the file, without bookmarks, and how many parts are none."""
    found: list[Clipping] = []
    unread = 0
    for part in parts:
        head, _, rest = part.strip("\ufeff \n").partition("\n")
        said, _, text = rest.partition("\n")
        book = _BOOK.match(head.strip())
        if book is None or not said.lstrip().startswith("-"):
            unread += 1
            continue
        one = Clipping(book["title"], book["author"] or "", said, text.strip())
        if not one.is_bookmark:
            found.append(one)
    return found, unread


def joined(clippings: list[Clipping]) -> list[Clipping]:
    """The highlights with the notes on them; a note whose highlight is not there stands alone.

    A note stands on the end of its highlight, and is written right after it, or right before.
    """
    homes: dict[int, Clipping] = {}
    for number, note in enumerate(clippings):
        if not note.is_note:
            continue
        # The nearest before it first, then the nearest behind it.
        around = [*reversed(clippings[:number]), *clippings[number + 1 :]]
        likely = [one for one in around if _is_on(note, one)]
        home = next((one for one in likely if not one.notes), likely[0] if likely else None)
        if home is not None:
            home.notes.append(note.text)
            homes[number] = home
    return [one for number, one in enumerate(clippings) if number not in homes]


def _is_on(note: Clipping, one: Clipping) -> bool:
    first, last = one.place
    return (
        not one.is_note
        and (one.title, one.author) == (note.title, note.author)
        and first >= 0
        and first <= note.place[1] <= last
    )


def _note(clipping: Clipping) -> FoundNote:
    note = clipping.text if clipping.is_note else "\n\n".join(clipping.notes)
    exact = "" if clipping.is_note or _CUT.search(clipping.text) else text_of(clipping.text)
    if not exact and not note:
        raise ValueError("nothing is highlighted")
    return FoundNote(
        "",
        FoundSource(title=clipping.title, author=clipping.author),
        exact,
        note=text_of(note),
        motivation="commenting" if note else "highlighting",
        created=time_of(clipping.when),
        told_time=told_time_of(clipping.when),
        place=clipping.said.rpartition("|")[0].strip(" -|"),
    )
