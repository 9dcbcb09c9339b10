"""Fills a real small file system while notes are written and documents imported; needs root.

python -m benchmarks.full_disk: on a tmpfs of 128 MB, whose free space is set from nothing upwards
in small steps, each edit, bulk edit, undo, backup and import is there whole or not at all.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from reader.model.annotation import Change
from reader.paths import Paths
from reader.problem import Problem
from reader.store.backups import backup, backups, verify_notes
from reader.store.library import Library
from reader.store.notes import Notes
from tests.store.editing import state
from tests.store.samples import a_document, added, an_annotation

STEPS = 60


@contextmanager
def small_disk() -> Iterator[Path]:
    """A file system of 128 MB in memory."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128m", "none", folder], check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "-l", folder], check=True)


@contextmanager
def with_free(disk: Path, free: int) -> Iterator[None]:
    """Leaves so many bytes free on the disk, for a while."""
    ballast = disk / "ballast"
    room = os.statvfs(disk)
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, room.f_bavail * room.f_bsize - free))
    try:
        yield
    finally:
        ballast.unlink()


def tried(
    name: str, disk: Path, step_bytes: int, verb: Callable[[], Any], unchanged: Callable[[], Any]
) -> None:
    """Tries with more and more room; when the disk refuses, nothing may be changed."""
    refused = done = 0
    sentences = set()
    for step in range(STEPS):
        before = unchanged()
        try:
            with with_free(disk, step * step_bytes):
                verb()
        except Problem as problem:
            refused += 1
            sentences.add(problem.sentence.replace(str(disk), "…"))
            if unchanged() != before:
                raise SystemExit(f"LOST: {name} with {step * step_bytes} bytes free") from None
        else:
            done += 1
    print(f"{name:12} refused {refused:3}, done {done:3}")
    for sentence in sorted(sentences):
        print(f"    {sentence}")


def whole_backups(path: Path) -> int:
    """How many backups there are, all of them whole."""
    found = backups(path)
    if any(verify_notes(one.path) for one in found):
        raise SystemExit("DAMAGED: a backup")
    return len(found)


def main() -> None:
    with small_disk() as disk:
        paths = Paths(disk / "data")
        notes = Notes(paths.notes("anna"))
        numbers = iter(range(10, 1_000_000))
        first = added(notes, 1)

        def edit() -> None:
            notes.apply(Change(None, an_annotation(next(numbers), note="A note. " * 300)))

        def bulk() -> None:
            many = (an_annotation(next(numbers), note="A note. " * 20) for _ in range(200))
            notes.apply(*(Change(None, annotation) for annotation in many))

        def undo() -> None:
            if notes.redo() is None:
                notes.undo()

        def position() -> None:
            notes.set_position("d1", next(numbers), 0)

        tried("edit", disk, 4096, edit, lambda: state(notes))
        tried("bulk edit", disk, 50_000, bulk, lambda: state(notes))
        tried("undo", disk, 4096, undo, lambda: state(notes))
        tried("position", disk, 1024, position, lambda: notes.position("d1"))
        tried(
            "backup", disk, 500_000, lambda: backup(notes.path), lambda: whole_backups(notes.path)
        )
        current = notes.annotation(first.id)
        assert current is not None
        notes.apply(Change(current, replace(current, note="There is room again.")))
        if notes.verify():
            raise SystemExit(f"DAMAGED: {notes.verify()}")
        notes.close()
        library = Library(paths)

        def take() -> None:
            raw = f"Document {next(numbers)}. ".encode() * 4000
            library.add(a_document(raw), raw, {})

        tried("import", disk, 8192, take, lambda: [e.id for e in library.entries()])
        left: list[Path] = list(paths.staging.iterdir())
        if library.verify() or left:
            raise SystemExit(f"DAMAGED: {library.verify()} {left}")
        library.close()


if __name__ == "__main__":
    main()
