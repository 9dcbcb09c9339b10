"""Passphrases of users: given, changed and taken away. Workers and threads may run all of it."""

from __future__ import annotations

from contextlib import suppress

from reader.paths import Paths
from reader.problem import Problem
from reader.store import conversion, key_file
from reader.store.encryption import Key, check_can_encrypt

COPIES_REMOVED = (
    "Older copies that could not be read, and so not be encrypted, were removed: {names}."
)


def unlock(paths: Paths, user: str, secret: str) -> Key:
    """The key of a user's notes, for their passphrase or recovery code; it takes a second.

    What a killed process left clear is encrypted then.

    Raises:
        WrongPassphrase: when it is neither.
        TooSoon: when wrong ones are still waited for.
        Problem: when the key file is gone or damaged.
    """
    key = key_file.unlock(paths.notes(user), secret)
    # On a disk that is full, or cannot be written, the notes can be read all the same.
    with suppress(Problem):
        conversion.finish(paths.notes(user), key)
    return key


def set_passphrase(paths: Paths, user: str, passphrase: str, code: str) -> tuple[Key, str]:
    """Encrypt a user's notes and copies; the key, and what there is to say of older copies.

    Raises:
        Problem: when the notes are open elsewhere, or cannot be encrypted: they are as they were.
            Also when nothing can be encrypted on this computer.
    """
    check_can_encrypt()
    key, content = key_file.make_key(passphrase, code)
    removed = conversion.encrypt(paths.notes(user), key, content)
    return key, COPIES_REMOVED.format(names=", ".join(removed)) if removed else ""


def change_passphrase(paths: Paths, user: str, secret: str, passphrase: str) -> None:
    """Have another passphrase open a user's notes; these may be open meanwhile.

    Raises:
        Problem: when `secret` is neither passphrase nor recovery code, or the new one is too short.
    """
    key_file.change_passphrase(paths.notes(user), secret, passphrase)


def remove_passphrase(paths: Paths, user: str, key: Key) -> tuple[None, str]:
    """Turn a user's notes and copies into what anybody can read: no key, and nothing to say.

    Raises:
        Problem: when they are open elsewhere, or cannot be decrypted: they stay encrypted then.
    """
    conversion.decrypt(paths.notes(user), key)
    return None, ""
