"""Encrypts notes, changes their passphrase and decrypts them, again and again, to be killed at it.

python -m tests.store.converting NOTES.DB
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from reader.problem import Problem
from reader.store import conversion, key_file
from reader.store.backups import backup, backups, verify_notes
from reader.store.encryption import Key, is_clear, is_locked
from reader.store.key_file import Cost
from reader.store.notes import Notes
from tests.store.samples import added

CHEAP = Cost(1, 64, 1)
CODE = "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ"
PASSPHRASES = "the first passphrase", "another passphrase"
MARKER = "zyxomarker"
ROOT = Path(__file__).parents[2]


def begin(path: Path, count: int) -> list[str]:
    """Clear notes with marker words, and two backups of them; gives the words of the notes."""
    with closing(Notes(path)) as notes:
        for number in range(count):
            added(notes, number, note=f"{MARKER} {number} " + "word " * 20)
            if number in (0, count // 2):
                backup(path)
        return words_of(notes)


def words_of(notes: Notes) -> list[str]:
    return [one.note for one in notes.all()]


def convert(path: Path) -> None:
    """Encrypts, changes the passphrase, decrypts; says each before and after it is done."""
    while True:
        if is_locked(path):
            key = _unlocked(path)
            conversion.finish(path, key)
        else:
            key, content = key_file.make_key(PASSPHRASES[0], CODE, CHEAP)
            conversion.encrypt(path, key, content)
            _say("encrypted")
        for old, new in (PASSPHRASES, PASSPHRASES[::-1]):
            try:
                key_file.change_passphrase(path, old, new, CHEAP)
            except key_file.WrongPassphrase:
                continue
            _say("changed")
        conversion.decrypt(path, key)
        _say("decrypted")


def _say(done: str) -> None:
    sys.stdout.write(done + "\n")
    sys.stdout.flush()


def _unlocked(path: Path) -> Key:
    for passphrase in PASSPHRASES:
        try:
            return key_file.unlock(path, passphrase)
        except key_file.WrongPassphrase:
            continue
    raise SystemExit("Neither of the two passphrases is right.")


def kill_once(path: Path, chance: random.Random) -> str:
    """Kills the process at a random moment after it began to convert; gives what it said last."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.store.converting", str(path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    said = process.stdout.readline()
    time.sleep(chance.random() * 0.25)
    process.kill()
    rest, _ = process.communicate()
    assert process.returncode <= 0, "it ended by itself"
    return (said + rest).split()[-1]


def faults_after(path: Path, expected: list[str]) -> list[str]:
    """What is wrong after a kill; the notes are clear or encrypted, whole, and opened to be so."""
    key = None
    if is_locked(path):
        key = _unlocked(path)
        if key != key_file.unlock(path, CODE):
            return ["The recovery code gives another key."]
        conversion.finish(path, key)
        if found := clear_files(path.parent):
            return [f"Clear: {found}"]
    elif not is_clear(path):
        return ["The notes are neither."]
    try:
        with closing(Notes(path, key=key)) as notes:
            if words_of(notes) != expected:
                return ["Other notes are there."]
            faults = notes.verify()
    except Problem as problem:
        return [problem.sentence]
    if key is not None:
        for copy in backups(path, key):
            faults += verify_notes(copy.path, key)
    return faults


def clear_files(folder: Path) -> list[str]:
    """The files in which the marker can be read."""
    words = MARKER.encode(), MARKER.encode("utf-16-le")
    files = [one for one in folder.rglob("*") if one.is_file()]
    return [one.name for one in files if any(word in one.read_bytes() for word in words)]


if __name__ == "__main__":
    convert(Path(sys.argv[1]))
