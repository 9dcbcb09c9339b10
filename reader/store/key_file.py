"""The key file beside encrypted notes: their key, wrapped by a passphrase and by a recovery code.

The key is random and stays the same. Argon2id makes a second key of what a person types, and the
first is in a SQLCipher database that is opened with that: SQLCipher authenticates each page, so a
wrong passphrase opens nothing. Two such databases are in a JSON file, which is replaced whole.
"""

from __future__ import annotations

import os
import secrets
import tempfile
import unicodedata
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from reader.paths import is_own_file, make_private, move, read_regular
from reader.problem import Problem
from reader.store.database import Database
from reader.store.durable_files import sync_folder, write_file
from reader.store.encryption import KEY_BYTES, Key, key_copy_path, key_path, new_key_path
from reader.store.sqlite_errors import Damaged
from reader.store.unlock_tries import UnlockTries

SHORTEST_PASSPHRASE = 8
_LARGEST_FILE_BYTES = 100_000
# Crockford's base 32: no letter looks like a digit. 32 of them are 160 random bits.
# Source: https://www.crockford.com/base32.html
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKES = str.maketrans("OIL", "011")
_CODE_LETTERS, _CODE_GROUP = 32, 4


@dataclass(frozen=True, slots=True)
class Cost:
    """What it costs to try a passphrase: rounds, memory in KiB, and lanes of Argon2id."""

    rounds: int
    memory_kib: int
    lanes: int


# Source: RFC 9106, section 4, the second recommended option.
USUAL_COST = Cost(3, 65_536, 4)


class _Wrap(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One wrapped key. A file may ask for 256 MB and 12 rounds at most: it may be planted."""

    kdf: Literal["argon2id"]
    rounds: Annotated[int, msgspec.Meta(ge=1, le=12)]
    memory_kib: Annotated[int, msgspec.Meta(ge=64, le=262_144)]
    lanes: Annotated[int, msgspec.Meta(ge=1, le=8)]
    salt: Annotated[bytes, msgspec.Meta(min_length=16, max_length=64)]
    wrapped: Annotated[bytes, msgspec.Meta(min_length=1_024, max_length=32_768)]


class _KeyFile(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    format: Literal["offprint key 1"]
    passphrase: _Wrap
    recovery: _Wrap


class WrongPassphrase(Problem):
    """What was typed is neither the passphrase nor the recovery code."""


def new_recovery_code() -> str:
    """A random code to be printed: eight groups of four letters and digits, 160 bits."""
    letters = [secrets.choice(_ALPHABET) for _ in range(_CODE_LETTERS)]
    groups = range(0, _CODE_LETTERS, _CODE_GROUP)
    return "-".join("".join(letters[at : at + _CODE_GROUP]) for at in groups)


def check_new_passphrase(passphrase: str) -> None:
    """Look whether a passphrase may be chosen.

    Raises:
        Problem: when it is too short.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise Problem(f"A passphrase has at least {SHORTEST_PASSPHRASE} letters, digits or spaces.")


def make_key(passphrase: str, recovery_code: str, cost: Cost | None = None) -> tuple[Key, bytes]:
    """A new key, and the content of the key file that holds it.

    Raises:
        Problem: when the passphrase is too short.
    """
    check_new_passphrase(passphrase)
    key = Key(secrets.token_bytes(KEY_BYTES))
    by_code = _wrapped(key, _bare(recovery_code), cost)
    return key, _encoded(_KeyFile("offprint key 1", _wrapped(key, passphrase, cost), by_code))


def unlock(notes_path: Path, secret: str) -> Key:
    """The key of a user's notes, for their passphrase or their recovery code.

    It takes a tenth of a second or more, and longer waits are asked for after wrong ones.

    Raises:
        WrongPassphrase: when it is neither.
        TooSoon: when wrong ones were tried before, and it is not yet time for another.
        Problem: when the key file is gone or damaged.
    """
    tries = UnlockTries(notes_path.with_name("notes.tries"))
    tries.check()
    key = _unwrapped(_read(notes_path), secret)
    if key is None:
        tries.failed()
        raise WrongPassphrase("This is not the passphrase, nor the recovery code.")
    tries.forget()
    return key


def change_passphrase(
    notes_path: Path, secret: str, passphrase: str, cost: Cost | None = None
) -> None:
    """Wrap the key of the notes by another passphrase; the notes and the code stay as they are.

    Raises:
        WrongPassphrase: when `secret` is neither the passphrase until now nor the recovery code.
        Problem: when the new one is too short, or the file cannot be written.
    """
    check_new_passphrase(passphrase)
    key = unlock(notes_path, secret)
    changed = msgspec.structs.replace(_read(notes_path), passphrase=_wrapped(key, passphrase, cost))
    content = _encoded(changed)
    put_key_file(key_path(notes_path), content)
    put_key_file(key_copy_path(notes_path), content)


def keep_copy(notes_path: Path) -> None:
    """Have the second copy of the key file say what the first says, and the first be there.

    A passphrase that was changed is then good for neither.
    """
    content = _encoded(_read(notes_path))
    for path in (key_path(notes_path), key_copy_path(notes_path)):
        if not is_own_file(path) or path.read_bytes() != content:
            put_key_file(path, content)


def put_key_file(path: Path, content: bytes) -> None:
    """Write a key file durably in the place of the one before: the old or the new, never half.

    Raises:
        Problem: when it cannot be written.
    """
    part = path.with_name(path.name + ".part")
    try:
        make_private(path.parent)
        part.unlink(missing_ok=True)
        write_file(part, content)
        move(part, path)
        sync_folder(path.parent)
    except OSError as error:
        raise Problem(f"“{path}” cannot be written: {error.strerror}.") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def key_file_faults(notes_path: Path) -> list[str]:
    """Whether the key of locked notes can still be had: a sentence when it cannot."""
    try:
        _read(notes_path)
    except Problem as problem:
        return [problem.sentence]
    return []


def _read(notes_path: Path) -> _KeyFile:
    """The key file, or its second copy where that is gone or damaged."""
    for path in (key_path(notes_path), new_key_path(notes_path), key_copy_path(notes_path)):
        try:
            untrusted_bytes = read_regular(path, _LARGEST_FILE_BYTES)
            return msgspec.json.decode(untrusted_bytes, type=_KeyFile)
        except (OSError, ValueError):
            continue
    raise Problem(
        f"The key file “{key_path(notes_path)}” is gone or damaged, and so is its copy among the "
        "backups. Put back one of them from a backup of this folder: without it nobody can read "
        "these notes."
    )


def _encoded(file: _KeyFile) -> bytes:
    return msgspec.json.format(msgspec.json.encode(file), indent=1)


def _unwrapped(file: _KeyFile, secret: str) -> Key | None:
    """The key that what was typed opens; None when it opens neither wrap."""
    key = _opened(file.passphrase, secret)
    if key is None and len(bare := _bare(secret)) == _CODE_LETTERS:
        key = _opened(file.recovery, bare)
    return key


def _bare(code: str) -> str:
    """A recovery code without what somebody who copies it by hand may change."""
    letters = code.upper().translate(_LOOK_ALIKES)
    return "".join(letter for letter in letters if letter in _ALPHABET)


def _derived(secret: str, salt: bytes, cost: Cost) -> Key:
    """The key that Argon2id makes of what a person types, however its accents are encoded."""
    # Here, as few starts need it.
    from argon2.low_level import Type, hash_secret_raw

    typed = unicodedata.normalize("NFC", secret).encode("utf-8", "replace")
    sizes = cost.rounds, cost.memory_kib, cost.lanes, KEY_BYTES
    return Key(hash_secret_raw(typed, salt, *sizes, Type.ID))


def _wrapped(key: Key, secret: str, wanted: Cost | None) -> _Wrap:
    cost = wanted or USUAL_COST
    salt = os.urandom(16)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "wrap.db"
        write_file(path, b"")
        with closing(Database(path, None, key=_derived(secret, salt, cost))) as wrap:
            wrap.run("CREATE TABLE wrapped (key BLOB NOT NULL)")
            wrap.run("INSERT INTO wrapped VALUES (?)", key.value)
        content = path.read_bytes()
    return _Wrap("argon2id", cost.rounds, cost.memory_kib, cost.lanes, salt, content)


def _opened(wrap: _Wrap, secret: str) -> Key | None:
    cost = Cost(wrap.rounds, wrap.memory_kib, wrap.lanes)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "wrap.db"
        write_file(path, wrap.wrapped)
        try:
            with closing(Database(path, None, key=_derived(secret, wrap.salt, cost))) as database:
                value = database.value("SELECT key FROM wrapped")
        except Damaged:
            return None
    return Key(value) if isinstance(value, bytes) and len(value) == KEY_BYTES else None
