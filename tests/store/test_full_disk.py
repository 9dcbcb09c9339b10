from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from reader.model.annotation import Change
from reader.paths import Paths
from reader.problem import Problem
from reader.store.backups import backup, backups, restore
from reader.store.library import Library
from reader.store.notes import Notes
from tests.store.samples import a_document, added, an_annotation, edited

if sys.platform == "win32":
    pytest.skip("Windows has no limit on a file's size", allow_module_level=True)

import resource


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    """A disk on which every write beyond `size` bytes of a file fails."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def log_size(notes: Notes) -> int:
    """How long the log of the database is now, in bytes: what an edit writes comes after that."""
    return notes.path.with_name(notes.path.name + "-wal").stat().st_size


def test_an_edit_that_the_disk_refuses_changes_nothing(notes: Notes) -> None:
    annotation = added(notes, 1, note="Before")
    refused = []
    for room in range(0, 45_000, 1_500):
        before = notes.all()
        try:
            with files_no_longer_than(log_size(notes) + room):
                annotation = edited(notes, annotation, note=f"{room} " * 1500)
        except Problem as problem:
            refused.append(problem.sentence)
            assert notes.all() == before
    assert len(refused) > 5
    assert all("nothing has been changed" in sentence for sentence in refused)
    # The disk has room again: the same store goes on.
    assert edited(notes, annotation, note="After").note == "After"
    assert notes.verify() == []


def test_a_reading_state_that_the_disk_refuses_is_as_it_was(notes: Notes) -> None:
    kept = notes.readings.update("d1", lambda reading: reading._replace(percent=1))
    with pytest.raises(Problem), files_no_longer_than(log_size(notes)):
        notes.readings.update("d1", lambda reading: reading._replace(percent=2))
    assert notes.readings.get("d1") == kept
    assert notes.readings.update("d1", lambda reading: reading._replace(percent=3)).percent == 3
    assert notes.verify() == []


def test_a_bulk_edit_that_does_not_fit_changes_nothing(notes: Notes) -> None:
    many = [Change(None, an_annotation(i, note="x" * 400)) for i in range(1200)]
    before = added(notes, 9000)
    for room in (50_000, 200_000, 400_000):
        limit = log_size(notes) + room
        with files_no_longer_than(limit), pytest.raises(Problem, match="nothing has been changed"):
            notes.apply(*many)
        assert notes.all() == [before]
    notes.apply(*many)
    assert len(notes.all()) == 1201
    assert notes.verify() == []


def test_a_backup_that_does_not_fit_is_none(notes: Notes) -> None:
    added(notes, 1)
    good = backup(notes.path)
    for number in range(2, 300):
        added(notes, number)
    with files_no_longer_than(60_000), pytest.raises(Problem):
        backup(notes.path)
    assert [b.path for b in backups(notes.path)] == [good]
    notes.close()
    content = b"x" * 100_000
    notes.path.write_bytes(content)
    with files_no_longer_than(60_000), pytest.raises(Problem):
        restore(notes.path, backups(notes.path)[0])
    assert notes.path.read_bytes() == content


def test_a_document_that_does_not_fit_is_not_added(library: Library, paths: Paths) -> None:
    raw = b"A long text. " * 20_000
    with files_no_longer_than(100_000), pytest.raises(Problem, match="could not be kept"):
        library.add(a_document(raw), raw, {})
    assert library.catalog.entries() == []
    assert list(paths.staging.iterdir()) == list(paths.documents.iterdir()) == []
    assert library.add(a_document(raw), raw, {}) == "added"
    assert library.verify() == []
