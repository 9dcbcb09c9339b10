"""The groups of the notebook: their names, their order, and the rows that they make."""

from __future__ import annotations

from calendar import month_name
from collections import Counter
from collections.abc import Callable, Iterable
from typing import cast

from reader.model.annotation import Colour
from reader.session.session import Session
from reader.store.note_filter import Grouping, NoteFilter
from reader.ui.notes.notebook_rows import Heading

GROUPINGS: tuple[tuple[str, Grouping], ...] = (
    ("By document", "document"),
    ("By document and section", "document"),
    ("By tag", "tag"),
    ("By colour", "colour"),
    ("By month", "month"),
)
SCOPES: tuple[tuple[str, NoteFilter], ...] = (
    ("All notes", NoteFilter(states=("", "moved", "changed", "check", "unplaced", "earlier"))),
    ("Needs checking", NoteFilter(states=("moved", "changed", "check", "unplaced"))),
    ("Bookmarks", NoteFilter(motivation="bookmarking")),
    ("Archived", NoteFilter(states=("archived",))),
    ("Trash", NoteFilter(in_trash=True)),
)
SOME = "Chosen elsewhere"
TRASH = 4
BY_SECTION = 1


def named(
    session: Session, groups: Iterable[tuple[str, list[str]]], by: Grouping
) -> list[tuple[str, list[str]]]:
    """The groups under the names that people know them by, in the order of these."""
    if by == "document":
        return list(groups)
    names: dict[Grouping, Callable[[str], str]] = {
        "tag": lambda tag: f"#{tag}" if tag else "No tag",
        "colour": lambda colour: session.annotations.meaning(cast(Colour, colour)),
        "month": month,
    }
    found = [(names[by](key), ids) for key, ids in groups]
    return found if by == "month" else sorted(found, key=lambda group: group[0].casefold())


def count_of(groups: Iterable[tuple[str, list[str]]], by: Grouping) -> str:
    """How many notes there are in groups; one that has several tags is in several."""
    if by == "tag":
        count = len({one for _, ids in groups for one in ids})
    else:
        count = sum(len(ids) for _, ids in groups)
    return "1 note" if count == 1 else f"{count:,} notes"


def month(key: str) -> str:
    """A month as people say it: "March 2026" for "2026-03"."""
    year, _, number = key.partition("-")
    return f"{month_name[int(number)]} {year}" if number.isdigit() else "Without a date"


def rows_of(groups: Iterable[tuple[str, list[str]]]) -> list[Heading | str]:
    """Each group's heading with its number of notes, and their ids."""
    rows: list[Heading | str] = []
    for title, ids in groups:
        rows.append(Heading(title, len(ids)))
        rows += ids
    return rows


def rows_by_section(found: Iterable[tuple[str, str, list[str]]]) -> list[Heading | str]:
    """Documents' headings and, below them, those of their sections; `found` has their paths."""
    found = list(found)
    counts: Counter[str] = Counter()
    for title, _, ids in found:
        counts[title] += len(ids)
    rows: list[Heading | str] = []
    for title, path, ids in found:
        if counts[title]:
            rows.append(Heading(title, counts.pop(title)))
        if path:
            rows.append(Heading(path, len(ids), 1))
        rows += ids
    return rows


def why_empty(choice: NoteFilter) -> str:
    """What is said where the choice means no note."""
    if choice == SCOPES[0][1]:
        return "No notes yet. Select a passage while you read, and press [highlight] or [note]."
    if choice == SCOPES[TRASH][1]:
        return "The trash is empty."
    words = choice.words.strip()
    return f"No note matches “{words}” here." if words else "No note passes these filters."
