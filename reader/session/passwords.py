"""Passwords of files, for this session only: what opens a file is written nowhere."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LockedFile:
    """A file that needs a password, and the sentence that says so."""

    path: str
    sentence: str


class Passwords:
    """What opens the original files of documents, as somebody has said it."""

    def __init__(self) -> None:
        self._passwords: dict[str, str] = {}

    def get(self, document_id: str) -> str | None:
        """Return what opens the file of a document; None when nobody has said it."""
        return self._passwords.get(document_id)

    def keep(self, document_id: str, password: str) -> None:
        """Remember what opens the file of a document until the user changes."""
        self._passwords[document_id] = password

    def reset(self) -> None:
        """Forget all: another user has not said them."""
        self._passwords.clear()
