"""Kills processes at random moments and looks for what they had acknowledged.

python -m benchmarks.store.kill [KILLS]: some of them while notes are edited, in bulk too, the rest
while documents are imported, notes of other programs are taken in, notes are put on new editions,
older notes are migrated, and backups are made and restored.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from benchmarks.store.upheavals import MANY, USER, begin, older, whole
from reader.paths import Paths
from reader.store.backups import backups, verify_notes
from reader.store.library import Library
from reader.store.lost import DamagedNotes
from reader.store.notes import Notes, open_notes
from tests.store.editing import state, states
from tests.store.killing import ROOT, edits_until_killed

_IMPORT = """
import sys
from pathlib import Path
from benchmarks.store.upheavals import MANY, USER, begin, older, whole
from reader.paths import Paths
from reader.store.library import Library
from tests.store.samples import a_document
library = Library(Paths(Path(sys.argv[1])))
for number in range(int(sys.argv[2]), int(sys.argv[2]) + 50):
    raw = f"Document {number}. ".encode() * 500
    library.add(a_document(raw), raw, {"p.png": raw})
    print(a_document(raw).id, flush=True)
"""
_MIGRATE = """
import sys
from pathlib import Path
from benchmarks.store.upheavals import migrated
print("begun", flush=True)
migrated(Path(sys.argv[1]), 0)
import time
time.sleep(9)
"""
_UPHEAVAL = """
import runpy, sys
sys.argv = ["benchmarks.store.upheavals", *sys.argv[1:]]
runpy.run_module("benchmarks.store.upheavals", run_name="__main__")
"""
_BACK_UP = """
import sys
from pathlib import Path
from reader.store.backups import backup, backups, restore
path = Path(sys.argv[1])
while True:
    backup(path)
    print("made", flush=True)
    restore(path, backups(path)[-1])
"""


def killed(code: str, *arguments: str, after: float, lines: int = 0) -> list[str]:
    """Runs code, kills it `after` seconds or so many after some lines; gives its lines."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    seen = [process.stdout.readline() for _ in range(lines)]
    time.sleep(after)
    process.kill()
    rest, _ = process.communicate()
    if process.returncode > 0:
        raise SystemExit("The process that was to be killed ended by itself.")
    return [line.strip() for line in [*seen, *rest.splitlines(keepends=True)] if line[-1:] == "\n"]


def edits(kills: int, folder: Path, chance: random.Random) -> int:
    """Edits in rounds of 600; gives how many were acknowledged."""
    acknowledged = done = rounds = 0
    expected = states(folder / "undisturbed" / "notes.db", 601)
    path = folder / "0" / "notes.db"
    for _ in range(kills):
        if done >= 600:
            rounds, done = rounds + 1, 0
            path = folder / str(rounds) / "notes.db"
        before, done = done, edits_until_killed(path, done, 600, chance)
        acknowledged += done - before
        notes = Notes(path)
        stored, faults = state(notes), notes.verify()
        notes.close()
        done = next((n for n in (done, done + 1) if stored == expected[n]), -1)
        if done < 0 or faults:
            raise SystemExit(f"LOST after {before}: {faults}")
    return acknowledged


def imports(kills: int, folder: Path, chance: random.Random) -> int:
    """Imports; every acknowledged document is whole after each kill."""
    paths, known = Paths(folder / "library"), set[str]()
    for kill in range(kills):
        lines = chance.randrange(1, 8)
        known.update(
            killed(
                _IMPORT, str(paths.data), str(kill * 50), after=0.02 * chance.random(), lines=lines
            )
        )
        library = Library(paths)
        listed = {entry.id for entry in library.catalog.entries()}
        folders = {path.name for path in paths.documents.iterdir()}
        if not known <= listed or folders != listed or (kill % 20 == 19 and library.verify()):
            raise SystemExit(f"LOST: {known - listed}, {folders ^ listed}, {library.verify()}")
        library.close()
    return len(known)


def migrations(kills: int, folder: Path, chance: random.Random) -> int:
    """Migrations of an older file; gives how many were completed. The notes are whole in any
    case, and the file is migrated when it is opened again."""
    kept, data, done = folder / "kept", folder / "data", 0
    older(kept, 3000)
    for _ in range(kills):
        path = Paths(data).notes(USER)
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(kept, data)
        # A copy is made before: of so many notes that takes most of the time.
        killed(_MIGRATE, str(data), after=1.2 * chance.random(), lines=1)
        version = int.from_bytes(path.read_bytes()[60:64], "big")
        done += version > 1
        faults = [f for one in (path, *(b.path for b in backups(path))) for f in verify_notes(one)]
        with closing(open_notes(Paths(data), USER)) as notes:
            if faults or notes.verify() or len(notes.all()) != 3000:
                raise SystemExit(f"LOST: {faults} {notes.verify()} {len(notes.all())}")
    return done


def upheavals(name: str) -> Callable[[int, Path, random.Random], int]:
    """What puts many notes in or elsewhere in one step: it is there whole, or not at all."""

    def part(kills: int, folder: Path, chance: random.Random) -> int:
        data, acknowledged, first = folder / "0", 0, 1
        for kill in range(kills):
            if kill % 25 == 0:
                data, first = folder / str(kill), 1
                begin(data)
            lines = chance.randrange(0, 6)
            seen = killed(
                *(_UPHEAVAL, name, str(data), str(first)),
                after=(0.4 if not lines else 0) + 0.06 * chance.random(),
                lines=lines,
            )
            acknowledged += len(seen)
            first += len(seen)
            fault, came = whole(data)
            half = {one: n for one, n in came.items() if n != MANY}
            lost = [n for n in range(1, first) if name == "taken in" and not came[f"file {n}"]]
            if fault or half or lost:
                raise SystemExit(f"LOST: {fault} {half} {lost}")
        return acknowledged

    return part


def restorings(kills: int, folder: Path, chance: random.Random) -> int:
    """Backups and restorings; the notes and every copy are whole after each kill."""
    paths = Paths(folder / "restored")
    path = paths.notes("anna")
    states(path, 120)
    for _ in range(kills):
        killed(_BACK_UP, str(path), after=0.3 * chance.random(), lines=1)
        try:
            open_notes(paths, "anna").close()
        except DamagedNotes as damaged:
            raise SystemExit(f"LOST: {damaged.sentence}") from None
        faults = [f for one in backups(path) for f in verify_notes(one.path)]
        if faults or verify_notes(path):
            raise SystemExit(f"LOST: {faults}")
    return len(backups(path))


def main(kills: int) -> None:
    chance = random.Random(kills)
    parts: list[tuple[str, Callable[[int, Path, random.Random], int], int]] = [
        ("edits acknowledged", edits, kills * 3 // 10),
        ("documents acknowledged", imports, kills // 10),
        ("files of notes acknowledged", upheavals("taken in"), kills // 5),
        ("new editions acknowledged", upheavals("placed anew"), kills // 5),
        ("migrations completed", migrations, kills // 10),
        ("backups at the end", restorings, kills // 10),
    ]
    for name, part, share in parts:
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            count = part(share, Path(folder), chance)
            print(
                f"{share:5} kills, {count:6} {name}, nothing lost "
                f"({time.perf_counter() - start:.0f} s)",
                flush=True,
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
