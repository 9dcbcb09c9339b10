from __future__ import annotations

from reader.store.notes import Notes
from reader.store.positions import Position


def test_positions_are_kept_a_document_and_overwritten(notes: Notes) -> None:
    assert notes.positions.get("d1") is None
    notes.positions.set("d1", 5, 0)
    notes.positions.set("d2", 7, 1)
    notes.positions.set("d1", 9, 0.5)
    assert notes.positions.get("d1") == Position(9, 0.5, "2024-01-01T00:00:02.000Z")
    assert notes.positions.get("d2") == Position(7, 1.0, "2024-01-01T00:00:01.000Z")
