"""What SQLite's errors mean to a person."""

from __future__ import annotations

from pathlib import Path

from reader.problem import Problem

BUSY = 5
_DAMAGED = {11, 26}
_CODES = {
    "database is locked": BUSY,
    "attempt to write a readonly database": 8,
    "disk I/O error": 10,
    "database disk image is malformed": 11,
    "database or disk is full": 13,
    "unable to open database file": 14,
    "file is not a database": 26,
}
_SENTENCES = {
    3: "“{path}” cannot be written: you have no permission.",
    BUSY: "“{path}” is in use by another program. Try again in a moment.",
    6: "“{path}” is in use by another program. Try again in a moment.",
    8: "“{path}” cannot be written; nothing has been changed.",
    10: "The disk reported an error while “{path}” was used; nothing has been changed.",
    13: "The disk is full; nothing has been changed in “{path}”.",
    14: "“{path}” cannot be opened.",
}


class Damaged(Problem):
    """A file that is no readable database of ours any more; it is left as it is.

    `foreign` is what it holds that Offprint did not make, in words; "" for nothing.
    """

    def __init__(self, sentence: str, foreign: str = "") -> None:
        super().__init__(sentence)
        self.foreign = foreign


def code_of(error: Exception) -> int:
    """SQLite's primary result code; the drivers do not both name them, nor always give them."""
    code = int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
    return code or _CODES.get(str(error), 0)


def problem_of(error: Exception, path: Path) -> Problem | None:
    """The Problem that an error is to a person; None for one that is a fault of ours."""
    code = code_of(error)
    if code in _DAMAGED:
        return Damaged(f"“{path}” is damaged and cannot be read; it has been left as it is.")
    return Problem(_SENTENCES[code].format(path=path)) if code in _SENTENCES else None
