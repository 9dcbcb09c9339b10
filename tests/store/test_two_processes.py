from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from reader.store.notes import Notes
from tests.store.killing import ROOT

_ADD = """
import sys
from pathlib import Path
from reader.store.notes import Notes
from tests.store.samples import added
notes = Notes(Path(sys.argv[1]), sys.argv[2])
for number in range(int(sys.argv[3]), int(sys.argv[3]) + 25):
    added(notes, number, sys.argv[2])
    notes.positions.set("d1", number, 0)
    if number % 5 == 0:
        notes.undo(sys.argv[2])
        notes.redo(sys.argv[2])
"""


def test_three_processes_write_at_once_and_none_loses_anything(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    writers = [
        subprocess.Popen([sys.executable, "-c", _ADD, str(path), f"pc{n}", str(n * 1000)], cwd=ROOT)
        for n in range(3)
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    notes = Notes(path)
    expected = {f"a{n * 1000 + i}" for n in range(3) for i in range(25)}
    assert {annotation.id for annotation in notes.all()} == expected
    assert notes.verify() == []
    notes.close()
