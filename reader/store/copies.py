"""What a copy of a user's notes says of itself: its number, why it was made, and what it holds."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, get_args

from reader.problem import Problem
from reader.store.database import Database, has_table
from reader.store.encryption import Key
from reader.store.note_rows import COPY_SETTING, crc, to_json

Reason = Literal[
    "",
    "start",
    "before migration",
    "before import",
    "before restore",
    "by hand",
    "file was replaced",
    "what is not Offprint's was taken out",
]
_MOST = 1 << 53


@dataclass(frozen=True, slots=True)
class Holding:
    """What is in a copy.

    `number` counts the copies of a user's notes as they are made, from 1; 0 is for those of an
    older Offprint. `notes` are those that are not in the trash, `all_notes` with the trash, and
    `newest` is when the last of them was edited: UTC, ISO 8601, or "".
    """

    number: int
    reason: Reason
    notes: int
    all_notes: int
    newest: str


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the notes, when it was made by the clock: UTC, and what it holds.

    `holds` is None when the copy cannot be read.
    """

    path: Path
    made: datetime
    holds: Holding | None = None

    @property
    def name(self) -> str:
        """Its file name."""
        return self.path.name

    @property
    def number(self) -> int:
        """Its place in the order in which copies were made."""
        return self.holds.number if self.holds is not None else 0

    @property
    def summary(self) -> str:
        """How many notes it holds, when the last was edited, and why it was made."""
        held = self.holds
        if held is None:
            return "cannot be read"
        said = ["1 note" if held.notes == 1 else f"{held.notes} notes"]
        if held.newest:
            said.append(f"the last edited {held.newest[:16].replace('T', ' ')} UTC")
        if held.reason:
            said.append(held.reason)
        return ", ".join(said)


def write_holding(copy: Database, number: int, reason: Reason) -> None:
    """Have a copy say what it is; others never do."""
    notes, all_notes, newest = _counted(copy)
    values = COPY_SETTING, to_json([number, reason, notes, all_notes, newest])
    copy.run("INSERT OR REPLACE INTO setting VALUES (?, ?, ?)", *values, crc(*values))


def holding(path: Path, key: Key | None = None) -> Holding | None:
    """What a copy holds: what it says, or, when it was made by an older Offprint, what is counted;
    None when it cannot be read."""
    try:
        with closing(Database(path, None, key=key)) as copy:
            if (
                copy.foreign("notes")
                or not has_table(copy, "annotation")
                or not has_table(copy, "setting")
            ):
                return None
            for value, checksum in copy.rows(
                "SELECT value, crc FROM setting WHERE name = ?", COPY_SETTING
            ):
                if crc(COPY_SETTING, value) == checksum:
                    return _said(value)
            return Holding(0, "", *_counted(copy))
    except Problem:
        return None


def _said(untrusted_value: Any) -> Holding | None:
    """What a copy says of itself; None when nobody of ours said it."""
    try:
        number, reason, notes, all_notes, newest = json.loads(untrusted_value)
    except (ValueError, TypeError, RecursionError):
        return None
    counted = number, notes, all_notes
    if reason not in get_args(Reason) or not isinstance(newest, str):
        return None
    is_sound = all(type(one) is int and 0 <= one < _MOST for one in counted)
    return Holding(number, reason, notes, all_notes, newest) if is_sound else None


def _counted(notes: Database) -> tuple[int, int, str]:
    """How many notes there are, without the trash and with it, and when one was edited last."""
    (row,) = notes.rows(
        "SELECT coalesce(sum(deleted = ''), 0), count(*), coalesce(max(modified), '') "
        "FROM annotation"
    )
    return row[0], row[1], row[2]


def forget_holding(notes: Database) -> None:
    """Have notes that were a copy say so no more."""
    notes.run("DELETE FROM setting WHERE name = ?", COPY_SETTING)
