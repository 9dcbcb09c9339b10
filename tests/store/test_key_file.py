from __future__ import annotations

import json
import logging
import os
import pickle
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from reader.problem import Problem
from reader.store import key_file
from reader.store.database import Database
from reader.store.encryption import Key, LockedNotes, key_copy_path, key_path, set_key
from reader.store.key_file import (
    WrongPassphrase,
    change_passphrase,
    keep_copy,
    make_key,
    new_recovery_code,
    put_key_file,
    unlock,
)
from reader.store.unlock_tries import LONGEST_WAIT_SECONDS, TooSoon, UnlockTries
from tests.store.converting import CHEAP, CODE


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "anna" / "notes.db"


@pytest.fixture
def key(path: Path) -> Key:
    key, content = make_key("correct horse", CODE, CHEAP)
    put_key_file(key_path(path), content)
    return key


def test_passphrase_and_recovery_code_give_the_key(path: Path, key: Key) -> None:
    assert unlock(path, "correct horse") == key
    assert unlock(path, CODE) == key
    # As somebody copies it from paper.
    assert unlock(path, CODE.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == key
    for wrong in ("correct horsE", CODE[:-1] + "0"):
        with pytest.raises(WrongPassphrase):
            unlock(path, wrong)


def test_a_passphrase_is_the_same_however_its_accents_are_encoded(path: Path) -> None:
    key, content = make_key("café au lait", CODE, CHEAP)
    put_key_file(key_path(path), content)
    assert unlock(path, "cafe\u0301 au lait") == key


def test_a_key_file_holds_no_secret_and_no_code(path: Path, key: Key) -> None:
    content = key_path(path).read_bytes()
    assert os.name == "nt" or key_path(path).stat().st_mode & 0o777 == 0o600
    assert set(json.loads(content)) == {"format", "passphrase", "recovery"}
    for secret in (key.value, key.value.hex().encode(), b"horse", CODE.encode()):
        assert secret not in content


def test_a_key_is_shown_by_nothing(key: Key, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("reader").info("%r %s", key, key)
    assert key.value.hex() not in caplog.text + repr(key) + str(key)
    assert repr(key) == "Key()"
    assert pickle.loads(pickle.dumps(key)) == key
    assert pickle.loads(pickle.dumps(LockedNotes("anna"))).user == "anna"


def test_another_passphrase_wraps_the_same_key(path: Path, key: Key) -> None:
    before = json.loads(key_path(path).read_bytes())
    change_passphrase(path, "correct horse", "battery staple", CHEAP)
    after = json.loads(key_path(path).read_bytes())
    assert after["recovery"] == before["recovery"]
    assert after["passphrase"]["salt"] != before["passphrase"]["salt"]
    assert key_copy_path(path).read_bytes() == key_path(path).read_bytes()
    assert unlock(path, "battery staple") == key
    with pytest.raises(WrongPassphrase):
        unlock(path, "correct horse")
    change_passphrase(path, CODE, "a third one", CHEAP)
    assert unlock(path, "a third one") == key
    with pytest.raises(Problem, match="at least 8"):
        change_passphrase(path, CODE, "short", CHEAP)
    with pytest.raises(Problem, match="at least 8"):
        make_key("short", CODE)


def test_a_copy_is_kept_that_says_the_same(path: Path, key: Key) -> None:
    keep_copy(path)
    assert key_copy_path(path).read_bytes() == key_path(path).read_bytes()
    key_path(path).write_bytes(b"damaged")
    assert unlock(path, "correct horse") == key
    keep_copy(path)
    assert key_copy_path(path).read_bytes() == key_path(path).read_bytes()
    keep_copy(path)
    for one in (key_path(path), key_copy_path(path)):
        one.write_bytes(b"damaged")
    with pytest.raises(Problem, match="gone or damaged"):
        unlock(path, "correct horse")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rounds", 13),
        ("rounds", True),
        ("memory_kib", 262_145),
        ("memory_kib", 1),
        ("lanes", 9),
        ("salt", "YQ=="),
        ("salt", "A" * 400),
        ("wrapped", "A" * 80_000),
        ("kdf", "pbkdf2"),
        ("more", 1),
    ],
)
def test_a_planted_key_file_is_refused_before_anything_is_derived(
    path: Path, key: Key, monkeypatch: pytest.MonkeyPatch, name: str, value: Any
) -> None:
    monkeypatch.setattr(key_file, "_derived", None)
    plain = json.loads(key_path(path).read_bytes())
    plain["passphrase"][name] = value
    key_path(path).write_text(json.dumps(plain))
    with pytest.raises(Problem, match="gone or damaged"):
        unlock(path, "correct horse")


def test_a_key_file_that_is_too_large_is_not_read(path: Path, key: Key) -> None:
    content = key_path(path).read_bytes()
    key_path(path).write_bytes(content + b" " * 100_000)
    with pytest.raises(Problem, match="gone or damaged"):
        unlock(path, "correct horse")


def test_a_wrap_that_holds_no_key_gives_none(
    path: Path, key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Database, "value", lambda *_: "text")
    with pytest.raises(WrongPassphrase):
        unlock(path, "correct horse")


def test_a_full_disk_leaves_the_key_file_as_it_was(
    path: Path, key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = key_path(path).read_bytes()
    monkeypatch.setattr(key_file, "move", refuse)
    with pytest.raises(Problem, match="No space left"):
        change_passphrase(path, "correct horse", "battery staple", CHEAP)
    assert key_path(path).read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == ["notes.key"]


def test_recovery_codes_are_random_and_easy_to_copy() -> None:
    codes = {new_recovery_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(len(code.split("-")) == 8 and len(code) == 39 for code in codes)
    assert not set("".join(codes)) & set("ILOU")


def test_the_usual_cost_is_what_a_planted_file_may_ask_for() -> None:
    cost = key_file.USUAL_COST
    assert (cost.rounds, cost.memory_kib, cost.lanes) == (3, 65_536, 4)
    assert issubclass(msgspec.ValidationError, ValueError)


def test_an_sqlite_without_encryption_is_not_written_to() -> None:
    asked = []

    def execute(sql: str) -> SimpleNamespace:
        asked.append(sql)
        return SimpleNamespace(fetchall=list)

    with pytest.raises(Problem, match="has no SQLCipher"):
        set_key(SimpleNamespace(execute=execute), Key(bytes(32)))
    assert all(sql.startswith("PRAGMA") for sql in asked)


def test_wrong_passphrases_are_waited_for_longer_and_longer(tmp_path: Path) -> None:
    clock = [1_000.0]

    def tries() -> UnlockTries:
        return UnlockTries(tmp_path / "notes.tries", lambda: clock[0])

    for _ in range(3):
        tries().check()
        tries().failed()
    waits = []
    for _ in range(12):
        with pytest.raises(TooSoon) as raised:
            tries().check()
        waits.append(raised.value.seconds)
        clock[0] += raised.value.seconds
        tries().check()
        tries().failed()
    assert waits[:4] == [3, 5, 9, 17]
    assert waits[-1] == LONGEST_WAIT_SECONDS + 1
    # A clock that is put back makes nobody wait for years.
    clock[0] -= 10_000_000
    with pytest.raises(TooSoon, match="Try again in 301 seconds"):
        tries().check()
    clock[0] += 200
    with pytest.raises(TooSoon, match="Try again in 101 seconds"):
        tries().check()
    clock[0] += 101
    tries().check()
    tries().failed()
    tries().forget()
    tries().check()


def test_one_second_is_said_as_one(tmp_path: Path) -> None:
    assert "in 1 second." in str(TooSoon(1))


@pytest.mark.parametrize("content", [b"", b"[1]", b"{}", b'["x", 2]', b"\xff", b"[null, null]"])
def test_a_damaged_count_of_tries_counts_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "notes.tries").write_bytes(content)
    UnlockTries(tmp_path / "notes.tries").check()


def test_tries_are_let_be_where_nothing_can_be_written(tmp_path: Path) -> None:
    tries = UnlockTries(tmp_path / "no folder" / "notes.tries")
    tries.failed()
    tries.forget()
    tries.check()
    (tmp_path / "folder").mkdir()
    UnlockTries(tmp_path / "folder").forget()


def test_a_file_is_not_opened_without_encryption(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise Problem("no SQLCipher")

    monkeypatch.setattr("reader.store.database.set_key", refuse)
    with pytest.raises(Problem, match="no SQLCipher"):
        Database(tmp_path / "notes.db", "notes", key=Key(bytes(32)))
