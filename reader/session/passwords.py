"""Passwords of files, for this session only: what opens a file is written nowhere."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from reader.problem import Problem


class LockedFile(NamedTuple):
    """A file that needs a password, and the sentence that says so."""

    path: str
    sentence: str


class Passwords:
    """What opens the original files of documents, as somebody has said it."""

    def __init__(self) -> None:
        self._passwords: dict[str, str] = {}
        self._known: dict[str, str] = {}  # by path: what people call a file of the library

    def get(self, document_id: str) -> str | None:
        """Return what opens the file of a document; None when nobody has said it."""
        return self._passwords.get(document_id)

    def keep(self, document_id: str, password: str) -> None:
        """Remember what opens the file of a document until the user changes."""
        self._passwords[document_id] = password

    def call(self, path: str, known: str) -> None:
        """Ask for the password of a file of the library by the name that it came with."""
        self._known[path] = known

    def locked(self, path: str, problem: Problem) -> LockedFile:
        """A file whose password is to be asked for."""
        stored = Path(path).name
        return LockedFile(path, problem.renamed(stored, self._known.get(path, stored)).sentence)

    def reset(self) -> None:
        """Forget all: another user has not said them."""
        self._passwords.clear()
