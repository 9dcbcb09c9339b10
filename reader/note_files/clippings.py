"""“My Clippings”, the text that Kindles keep, in any of their languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from reader.model.found_note import FoundNote, FoundNotes, FoundSource
from reader.note_files.reading import each, text_of, time_of

_PARTED = re.compile(r"^={8,}[ \t]*$", re.M)
_BOOK = re.compile(r"^(?P<title>.*?)\s*(?:\((?P<author>[^()]*(?:\([^()]*\)[^()]*)*)\))?$")
# A note has its own word in each language, a bookmark too; all else is a highlight.
_NOTES = re.compile(r"\b(note|notiz|nota|notitie|notatka|заметка)\b|メモ|笔记|筆記", re.I)
_BOOKMARKS = re.compile(
    r"bookmark|lesezeichen|signet|marcador|segnalibro|bladwijzer|закладка|书签|ブックマーク", re.I
)
_PLACES = re.compile(r"\d+(?:\s*[-–]\s*\d+)?")
_CUT = re.compile(r"<You have reached the clipping limit", re.I)


@dataclass(frozen=True, slots=True)
class _Clipping:
    title: str
    author: str
    said: str
    text: str

    @property
    def is_note(self) -> bool:
        return bool(_NOTES.search(self.said))

    @property
    def last_place(self) -> str:
        """Where the place that it names last ends: a note is on the end of its words."""
        places = _PLACES.findall(self.said.rpartition("|")[0] or self.said)
        return re.split(r"\s*[-–]\s*", places[-1])[-1] if places else ""


def holds(untrusted_text: str) -> bool:
    """Whether a text is of that kind."""
    parts = _PARTED.split(untrusted_text[:20_000].replace("\r\n", "\n"))
    return len(parts) > 1 and "\n-" in parts[0].strip()


def read(untrusted_text: str) -> FoundNotes:
    """The highlights of a text, each with the note that was written on its end."""
    parts = _PARTED.split(untrusted_text.replace("\r\n", "\n"))
    clippings = each_clipping(part for part in parts if part.strip("\ufeff \n"))
    said = [one for one in clippings if one is not None]
    notes = {(one.title, one.last_place): one.text for one in said if one.is_note}
    marked = [(one, notes.pop((one.title, one.last_place), "")) for one in said if not one.is_note]
    # A note whose highlight is not there stands alone.
    alone = [(one, one.text) for one in said if one.is_note and notes.pop(
        (one.title, one.last_place), None
    ) is not None]  # fmt: skip
    found = each("Kindle", [*marked, *alone], _note)
    return replace(found, unread=found.unread + clippings.count(None))


def each_clipping(parts: Iterator[str]) -> list[_Clipping | None]:
    """The parts of the file; None for one that is no clipping."""
    found: list[_Clipping | None] = []
    for part in parts:
        head, _, rest = part.strip("\ufeff \n").partition("\n")
        said, _, text = rest.partition("\n")
        book = _BOOK.match(head.strip())
        if book is None or not said.lstrip().startswith("-"):
            found.append(None)
        elif not _BOOKMARKS.search(said):
            found.append(_Clipping(book["title"], book["author"] or "", said, text.strip()))
    return found


def _note(record: tuple[_Clipping, str]) -> FoundNote:
    clipping, note = record
    exact = "" if clipping.is_note or _CUT.search(clipping.text) else text_of(clipping.text)
    if not exact and not note:
        raise ValueError("nothing is highlighted")
    return FoundNote(
        "",
        FoundSource(title=clipping.title, author=clipping.author),
        exact,
        note=note,
        motivation="commenting" if note else "highlighting",
        created=time_of(clipping.said.rpartition("|")[2]),
    )
