"""What belongs to one user of one data folder: the paths, the library, and the user's notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.paths import Paths
from reader.store.encryption import Key
from reader.store.library import Library
from reader.store.notes import Notes, open_notes

if TYPE_CHECKING:
    from reader.store.copies import Backup


class Workspace:
    """The data that every part works on; `notes` and `user` change when the user does."""

    def __init__(self, paths: Paths, library: Library, notes: Notes, user: str) -> None:
        self.paths = paths
        self.library = library
        self.notes = notes
        self.user = user

    @property
    def data(self) -> str:
        """The data folder as workers take it."""
        return str(self.paths.data)

    @property
    def key(self) -> Key | None:
        """What the notes are encrypted with: workers need it to open them. None for clear ones."""
        return self.notes.key

    def switch(self, user: str, key: Key | None = None) -> None:
        """Open another user's notes, new ones for a new name, and close those of this one.

        Raises:
            LockedNotes: when they have a passphrase, and there is no `key`.
            Problem: when they cannot be opened; this user's notes stay open then.
        """
        notes = open_notes(self.paths, user, key=key)
        self.notes.close()
        self.notes, self.user = notes, user

    def restore(self, chosen: Backup) -> str:
        """Put a backup in the place of the notes and open them anew; return what was done.

        Raises:
            Problem: when the backup cannot be put there; the notes are as they were then.
        """
        # Imported here: a start restores nothing.
        from reader.store.backups import restore

        self.notes.close()
        try:
            return restore(self.notes.path, chosen, key=self.key)
        finally:
            self.notes = open_notes(self.paths, self.user, key=self.key)

    def reopen(self) -> None:
        """Open the notes anew, after their file was written to by another process.

        Raises:
            Problem: when they cannot be opened.
        """
        self.notes.close()
        self.notes = open_notes(self.paths, self.user, key=self.key)

    def close(self) -> None:
        """Close the notes. The library belongs to whoever opened it."""
        self.notes.close()
