from __future__ import annotations

import random
from pathlib import Path

from reader.store.notes import Notes
from tests.store.editing import state, states
from tests.store.killing import edits_until_killed

EDITS = 200


def test_a_process_killed_at_any_moment_loses_no_acknowledged_edit(tmp_path: Path) -> None:
    expected = states(tmp_path / "undisturbed" / "notes.db", EDITS + 1)
    path = tmp_path / "killed" / "notes.db"
    chance = random.Random(7)
    done = kills = 0
    while done < EDITS:
        acknowledged = edits_until_killed(path, done, EDITS, chance)
        kills += 1
        notes = Notes(path)
        stored = state(notes)
        # One more may have been made whose acknowledgement was not written any more.
        done = next(n for n in (acknowledged, acknowledged + 1) if stored == expected[n])
        assert notes.verify() == []
        notes.close()
    assert kills >= 2
