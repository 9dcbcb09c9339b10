"""Kills processes at random moments and looks for what they had acknowledged.

python -m benchmarks.kill [KILLS]: half of them while notes are edited, in bulk too, the rest while
documents are imported, notes are migrated to a newer schema, and backups are made and restored.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from reader.paths import Paths
from reader.store.backups import backups, verify_notes
from reader.store.library import Library
from reader.store.notes import DamagedNotes, Notes, open_notes
from tests.store.editing import state, states
from tests.store.killing import ROOT, edits_until_killed

_IMPORT = """
import sys
from pathlib import Path
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
from reader.store import database
from reader.store.notes import Notes
database._SCHEMAS = Path(sys.argv[2])
Notes(Path(sys.argv[1])).close()
"""
_BACK_UP = """
import sys
from pathlib import Path
from reader.store.backups import backup, backups, restore
path = Path(sys.argv[1])
while True:
    backup(path)
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
        listed = {entry.id for entry in library.entries()}
        folders = {path.name for path in paths.documents.iterdir()}
        if not known <= listed or folders != listed or (kill % 20 == 19 and library.verify()):
            raise SystemExit(f"LOST: {known - listed}, {folders ^ listed}, {library.verify()}")
        library.close()
    return len(known)


def migrations(kills: int, folder: Path, chance: random.Random) -> int:
    """Migrations to a schema that rewrites every row; the notes are whole before and after."""
    schemas = folder / "schema"
    schemas.mkdir()
    for script in (ROOT / "reader" / "store" / "schema").glob("notes_*.sql"):
        (schemas / script.name).write_bytes(script.read_bytes())
    newest = len(list(schemas.iterdir())) + 1
    (schemas / f"notes_{newest:03}.sql").write_text(
        "CREATE TABLE copied AS SELECT * FROM annotation, (SELECT 1 UNION SELECT 2);\n"
        "UPDATE annotation SET prefix = prefix;\n"
    )
    path, migrated = folder / "migrated" / "notes.db", 0
    states(path, 150)
    whole = path.read_bytes()
    for _ in range(kills):
        killed(_MIGRATE, str(path), str(schemas), after=0.05 + 0.15 * chance.random())
        if faults := verify_notes(path):
            raise SystemExit(f"LOST: {faults}")
        version = int.from_bytes(path.read_bytes()[60:64], "big")
        if version == newest:
            migrated += 1
            for left in path.parent.glob("notes.db*"):
                left.unlink()
            path.write_bytes(whole)
    return migrated


def restorings(kills: int, folder: Path, chance: random.Random) -> int:
    """Backups and restorings; the notes and every copy are whole after each kill."""
    paths = Paths(folder / "restored")
    path = paths.notes("anna")
    states(path, 120)
    for _ in range(kills):
        killed(_BACK_UP, str(path), after=0.1 + 0.3 * chance.random())
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
        ("edits acknowledged", edits, kills // 2),
        ("documents acknowledged", imports, kills // 4),
        ("migrations completed", migrations, kills // 8),
        ("backups at the end", restorings, kills // 8),
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
