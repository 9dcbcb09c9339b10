"""The groups of the notebook: their names, their order, and the rows that they make."""

from __future__ import annotations

from calendar import month_name
from collections import Counter
from collections.abc import Callable, Iterable
from typing import cast

from reader.model.annotation import Colour
from reader.session.session import Session
from reader.store.note_filter import Grouping, Groups
from reader.ui.notes.notebook_rows import Heading


def named(session: Session, groups: Groups, by: Grouping) -> list[tuple[str, list[str]]]:
    """The groups under the names that people know them by, in the order of these."""
    names: dict[Grouping, Callable[[str], str]] = {
        "document": session.catalog.title,
        "tag": lambda tag: f"#{tag}" if tag else "No tag",
        "colour": lambda colour: session.annotations.meaning(cast(Colour, colour)),
        "month": month,
    }
    found = [(names[by](key), ids) for key, ids in groups.items()]
    return found if by == "month" else sorted(found, key=lambda group: group[0].casefold())


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
