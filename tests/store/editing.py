"""Random edits of notes, each decided by its number alone: to be killed while it makes them.

Run as `python -m tests.store.editing NOTES FIRST LAST`, it acknowledges each edit on a line.
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from pathlib import Path

from reader.model.annotation import COLOURS, Annotation, Change
from reader.store.notes import Notes
from tests.store.samples import an_annotation

_DOCUMENTS = ("d1", "d2", "d3")


def make_edit(notes: Notes, number: int) -> None:
    """The edit of that number: the same one whenever what is stored before it is the same."""
    chance = random.Random(number)
    document_id = chance.choice(_DOCUMENTS)
    here = notes.annotations(document_id)
    action = chance.choice(
        ("add", "add", "note", "note", "colour", "trash", "bulk", "undo", "redo")
    )
    if action == "undo":
        notes.undo(document_id)
    elif action == "redo":
        notes.redo(chance.choice((document_id, None)))
    elif action == "bulk":
        new = (an_annotation(number * 100 + i, document_id) for i in range(20))
        notes.apply(*(Change(None, annotation) for annotation in new))
    elif action == "add" or not here:
        notes.apply(Change(None, an_annotation(number * 100, document_id)))
    else:
        before = chance.choice(here)
        notes.apply(Change(before, _changed(before, action, number, chance)))


def _changed(before: Annotation, action: str, number: int, chance: random.Random) -> Annotation:
    if action == "note":
        return replace(before, note=f"Note {number} " * chance.randrange(1, 300))
    if action == "colour":
        return replace(before, colour=chance.choice(COLOURS), tags=(f"t{number}",))
    return replace(before, deleted="2024-02-02T00:00:00Z")


def state(notes: Notes) -> tuple[Annotation, ...]:
    """All that is stored, but for what depends on the clock."""
    kept = (*notes.all(), *notes.trash())
    return tuple(replace(annotation, created="", modified="") for annotation in kept)


def states(path: Path, last: int) -> list[tuple[Annotation, ...]]:
    """What is stored before the first edit and after each of `last` undisturbed ones."""
    notes = Notes(path)
    found = [state(notes)]
    for number in range(last):
        make_edit(notes, number)
        found.append(state(notes))
    notes.close()
    return found


if __name__ == "__main__":
    edited = Notes(Path(sys.argv[1]))
    for number in range(int(sys.argv[2]), int(sys.argv[3])):
        make_edit(edited, number)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
