"""The key of an encrypted notes file, and how a file tells whether it is one."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reader.paths import open_regular
from reader.problem import Problem

KEY_BYTES = 32
# What every SQLite file begins with; an encrypted one begins with a random salt.
# Source: https://www.sqlite.org/fileformat.html#magic_header_string
_CLEAR = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class Key:
    """The 32 random bytes that a user's notes are encrypted with.

    No traceback, log or message shows them: they are left out of its `repr`.
    """

    value: bytes = field(repr=False)

    @property
    def literal(self) -> str:
        """The key as SQLCipher takes it: as it is, without a derivation of its own.

        Source: https://www.zetetic.net/sqlcipher/sqlcipher-api/#PRAGMA_key
        """
        return f"x'{self.value.hex()}'"


def is_clear(path: Path) -> bool:
    """Whether anybody can read a notes file; False also where there is no file, or an empty one."""
    try:
        with open_regular(path) as file:
            return file.read(len(_CLEAR)) == _CLEAR
    except OSError:
        return False


def can_encrypt() -> bool:
    """Whether the SQLite here can encrypt. On Macs with Intel's processors it cannot."""
    # Imported here: who reads a file without a library needs no database.
    from reader.store import sqlite_driver

    return sqlite_driver.driver.__name__ != "sqlite3"


def check_can_encrypt() -> None:
    """Look whether notes can be encrypted here, before anybody is asked for a passphrase.

    Raises:
        Problem: when they cannot.
    """
    if not can_encrypt():
        raise Problem(
            "A passphrase cannot be set on this computer: this installation of Offprint has no "
            "SQLCipher for it. Encrypt the disk instead, and use an account of your own."
        )


def check_can_open(user: str) -> None:
    """Look whether locked notes can be opened here, before anybody is asked for a passphrase.

    Raises:
        Problem: when they cannot.
    """
    if not can_encrypt():
        raise cannot_open(user)


def cannot_open(user: str) -> Problem:
    """The Problem with a user's locked notes where nothing can be decrypted."""
    return Problem(
        f"The notes of “{user}” are locked with a passphrase, and this installation of Offprint "
        "cannot open them: it has no SQLCipher for this computer."
    )


def set_key(connection: Any, key: Key | None) -> None:
    """Have a new connection read and write with a key; nothing else may be asked of it before.

    Raises:
        Problem: when SQLite here cannot encrypt: then it would write what anybody can read.
    """
    if key is None:
        return
    # It would write to standard error of each wrong passphrase.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f'PRAGMA key = "{key.literal}"')
    if not connection.execute("PRAGMA cipher_version").fetchall():
        raise Problem(
            "These notes are locked with a passphrase, and this installation of Offprint cannot "
            "open such notes: it has no SQLCipher for this computer."
        )


class LockedNotes(Problem):
    """A user's notes are locked with a passphrase, and it has not been given."""

    def __init__(self, user: str) -> None:
        self.user = user
        super().__init__(f"The notes of “{user}” are locked with a passphrase.")

    def __reduce__(self) -> tuple[type[Problem], tuple[str]]:
        return type(self), (self.user,)


def key_path(notes_path: Path) -> Path:
    """The key file that belongs to a notes file."""
    return notes_path.with_name("notes.key")


def new_key_path(notes_path: Path) -> Path:
    """The key file as long as the notes, or copies of them, are being encrypted or decrypted."""
    return notes_path.with_name("notes.key-new")


def key_copy_path(notes_path: Path) -> Path:
    """The second copy of the key file: without any, the notes could never be read again."""
    return notes_path.parent / "backups" / "notes.key"


def is_locked(notes_path: Path) -> bool:
    """Whether a passphrase is needed to open a user's notes.

    Clear notes beside a key file are not the user's: those are encrypted. They are locked too, and
    found to be no notes with the key. While notes are converted, the file itself tells.
    """
    if key_path(notes_path).exists():
        return True
    if is_clear(notes_path):
        return False
    if new_key_path(notes_path).exists() and notes_path.exists():
        return True
    return key_copy_path(notes_path).exists()
