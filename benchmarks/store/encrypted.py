"""What a passphrase costs, and what kills leave.

python -m benchmarks.store.encrypted [NOTES] [KILLS]

Targets with 100,000 notes: opened in 300 ms over the time of the key derivation, a note added in
2 ms. Each of the kills ends a process that encrypts, changes the passphrase and decrypts.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.store.notes import an_annotation, measured
from reader.model.annotation import Change
from reader.paths import Paths
from reader.services import passphrases
from reader.store.key_file import new_recovery_code
from reader.store.notes import Notes, open_notes
from tests.store.converting import begin, clear_files, faults_after, kill_once

USER = "anna"
PASSPHRASE = "correct horse battery staple"
KILLED_NOTES = 60


def costs(folder: Path, count: int) -> None:
    paths = Paths(folder)
    with closing(open_notes(paths, USER)) as notes:
        for start in range(0, count, 1_000):
            some = range(start, min(start + 1_000, count))
            notes.apply(*(Change(None, an_annotation(number)) for number in some))
    measured("open, clear", 300, lambda: open_notes(paths, USER).close())
    numbers = iter(range(count, count + 1_000))
    with closing(open_notes(paths, USER)) as notes:
        _measure_adding("add, clear", notes, numbers)
    start_s = time.perf_counter()
    key, _ = passphrases.set_passphrase(paths, USER, PASSPHRASE, new_recovery_code())
    print(f"{'encrypted':42} {(time.perf_counter() - start_s) * 1000:9.0f} ms")
    measured("key derived of the passphrase", 2_000, lambda: _unlock(paths))
    measured("open, encrypted", 300, lambda: open_notes(paths, USER, key=key).close())
    with closing(open_notes(paths, USER, key=key)) as notes:
        _measure_adding("add, encrypted", notes, numbers)
        measured("list of one document", 5, lambda: notes.annotations(f"{7:064x}"))
    start_s = time.perf_counter()
    passphrases.remove_passphrase(paths, USER, key)
    print(f"{'decrypted':42} {(time.perf_counter() - start_s) * 1000:9.0f} ms")


def _measure_adding(name: str, notes: Notes, numbers: Iterator[int]) -> None:
    def add() -> None:
        notes.apply(Change(None, an_annotation(next(numbers))))

    measured(name, 2, add, times=200)


def _unlock(paths: Paths) -> None:
    passphrases.unlock(paths, USER, PASSPHRASE)


def kills(folder: Path, count: int) -> int:
    """Kills so many conversions; gives how often something was lost, half done or clear."""
    path = folder / USER / "notes.db"
    expected = begin(path, KILLED_NOTES)
    chance = random.Random(3)
    after: Counter[str] = Counter()
    bad = 0
    for number in range(count):
        after[kill_once(path, chance)] += 1
        if found := faults_after(path, expected):
            bad += 1
            print(f"kill {number}: {found}")
    print(f"{count} kills, {dict(after)} done last: {bad} lost, half done or clear")
    return bad


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        costs(Path(made), int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
        assert clear_files(Path(made)) == []
    with tempfile.TemporaryDirectory() as made:
        raise SystemExit(kills(Path(made), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000) > 0)
