"""Fills a real small file system while notes are written and documents imported; needs root.

python -m benchmarks.store.full_disk: on a tmpfs of 128 MB, whose free space is set from nothing
upwards in small steps, each edit, bulk edit, undo, backup and import is there whole or not at all.
What changes many notes at once is tried anew with each page more, until it fits: so it is refused
at each page that it writes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.store.upheavals import (
    MANY,
    USER,
    Upheaval,
    begin,
    migrated,
    older,
    placed_anew,
    restored,
    taken_in,
    whole,
)
from reader.model.annotation import Change
from reader.paths import Paths
from reader.problem import Problem
from reader.store.backups import backup, backups, restore, verify_notes
from reader.store.database import Database
from reader.store.drafts import Draft
from reader.store.durable_files import utc_now
from reader.store.library import Library
from reader.store.notes import Notes
from tests.store.editing import state
from tests.store.samples import a_document, added, an_annotation

STEPS = 60
PAGE = 4096


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


def at_each_page(
    name: str,
    disk: Path,
    prepare: Callable[[Path], Any],
    verb: Upheaval,
    number: int,
    found_wrong: Callable[[Path], str],
) -> None:
    """Tries it on the same data with a page more each time, until it has fitted three times."""
    refused = fitted = page = 0
    sentences = set()
    kept, data = disk / "kept", disk / "tried"
    prepare(kept)
    while fitted < 3:
        shutil.copytree(kept, data)
        try:
            with with_free(disk, page * PAGE):
                verb(data, number)
        except Problem as problem:
            refused, fitted = refused + 1, 0
            sentences.add(problem.sentence.replace(str(disk), "…"))
        else:
            fitted += 1
        faults = found_wrong(data)
        if faults:
            raise SystemExit(f"LOST: {name} with {page} pages free: {faults}")
        # There is room again, and what was refused can be done.
        verb(data, number)
        if faults := found_wrong(data):
            raise SystemExit(f"LOST: {name} again after {page} pages: {faults}")
        shutil.rmtree(data)
        page += 1
    shutil.rmtree(kept)
    print(f"{name:24} refused {refused:3} times, at each page until it fitted")
    for sentence in sorted(sentences):
        print(f"    {sentence}")


def still_whole(data: Path) -> str:
    """What is wrong: a note that is lost or half there, a damaged row or copy."""
    path = Paths(data).notes(USER)
    faults = [fault for one in backups(path) for fault in verify_notes(one.path)]
    fault, came = whole(data)
    faults += [fault] if fault else []
    faults += [f"{count} notes of {name}" for name, count in came.items() if count != MANY]
    return "; ".join(faults)


def damaged(data: Path) -> None:
    """Notes with a backup, of which a page was overwritten."""
    begin(data)
    with Paths(data).notes(USER).open("rb+") as file:
        file.seek(4096)
        file.write(b"damaged" * 600)


def put_back(data: Path, _number: int) -> None:
    """The backup in the place of what is damaged."""
    path = Paths(data).notes(USER)
    if verify_notes(path):
        restore(path, backups(path)[-1])


def damaged_or_whole(data: Path) -> str:
    """What is wrong, when notes are either still the damaged ones or whole again."""
    path = Paths(data).notes(USER)
    if b"damaged" * 600 in path.read_bytes():
        return "" if backups(path) and not verify_notes(backups(path)[-1].path) else "no backup"
    return still_whole(data)


def a_thousand(data: Path) -> str:
    """What is wrong with a file of a thousand notes, as it was or migrated."""
    path = Paths(data).notes(USER)
    with closing(Database(path, None)) as notes:
        count = notes.value("SELECT count(*) FROM annotation")
    return "; ".join([*verify_notes(path), *(["notes are gone"] if count != 1000 else [])])


def whole_backups(path: Path) -> int:
    """How many backups there are, all of them whole."""
    found = backups(path)
    if any(verify_notes(one.path) for one in found):
        raise SystemExit("DAMAGED: a backup")
    return len(found)


def main() -> None:
    with small_disk() as disk:
        at_each_page("notes taken in", disk, begin, taken_in, 1, still_whole)
        at_each_page("notes on a new edition", disk, begin, placed_anew, 1, still_whole)
        at_each_page("a backup", disk, begin, restored, 1, still_whole)
        at_each_page("a backup put back", disk, begin, restored, 2, still_whole)
        at_each_page("in place of damaged ones", disk, damaged, put_back, 1, damaged_or_whole)
        at_each_page("older notes migrated", disk, older, migrated, 1, a_thousand)
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
            notes.positions.set("d1", next(numbers), 0)

        def read_on() -> None:
            number = next(numbers)
            notes.readings.update("d1", lambda reading: reading._replace(offset=number))

        tried("edit", disk, 4096, edit, lambda: state(notes))
        tried("bulk edit", disk, 50_000, bulk, lambda: state(notes))
        tried("undo", disk, 4096, undo, lambda: state(notes))
        draft = Draft("e", first, "", "", utc_now(), "s")

        def type_more() -> None:
            notes.drafts.put(draft._replace(note="Typed. " * next(numbers)))

        tried("draft", disk, 1024, type_more, notes.drafts.all)
        tried("position", disk, 1024, position, lambda: notes.positions.get("d1"))
        tried("reading", disk, 1024, read_on, lambda: notes.readings.get("d1"))
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

        tried("import", disk, 8192, take, lambda: [e.id for e in library.catalog.entries()])
        left: list[Path] = list(paths.staging.iterdir())
        if library.verify() or left:
            raise SystemExit(f"DAMAGED: {library.verify()} {left}")
        library.close()


if __name__ == "__main__":
    main()
