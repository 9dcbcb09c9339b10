"""Unpacks a packed library into a folder of its own, checked before any use is made of it."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

from reader.paths import Paths, make_private
from reader.problem import Problem
from reader.services.library_exchange import UNPACKING
from reader.services.pack_file import PackedFile, PackedLibrary, damaged, opened
from reader.store.backups import verify_notes
from reader.store.encryption import is_locked
from reader.store.library import Library
from reader.store.notes import open_notes

_CHUNK_BYTES = 1024 * 1024
# What is written beside the files: journals, folders, a migration.
_SPARE_BYTES = 64 * 1024 * 1024


def begin(data: str, library: PackedLibrary) -> str:
    """A new folder in the data folder, on the same disk, for the files of a packed library.

    Raises:
        Problem: when there is not room enough.
    """
    try:
        place = make_private(make_private(Path(data)) / UNPACKING)
        free = shutil.disk_usage(place).free
        if free < library.size + _SPARE_BYTES:
            raise Problem(
                f"The disk has not room enough for this library: it needs "
                f"{library.size + _SPARE_BYTES:,} bytes, and {free:,} are free."
            )
        return tempfile.mkdtemp(dir=place)
    except OSError as error:
        raise Problem(f"“{data}” cannot be written: {error.strerror}.") from None


def take(pack: str, folder: str, files: Sequence[PackedFile]) -> None:
    """Unpack some of the files, each exactly as it was packed.

    Raises:
        Problem: when one is not as the list says, two would be one here, or the disk is full.
    """
    with opened(Path(pack)) as archive:
        for one in files:
            try:
                _take_one(archive, Path(pack), Path(folder), one)
            except FileExistsError:
                raise Problem(
                    f"The packed library has two files that would be one here: “{one.name}” "
                    "differs from another in capitals or accents only. Rename one of them before "
                    "it is packed."
                ) from None
            except OSError as error:
                raise Problem(
                    f"“{one.name}” cannot be unpacked into “{folder}”: {error.strerror}."
                ) from None


def _take_one(archive: zipfile.ZipFile, pack: Path, folder: Path, one: PackedFile) -> None:
    target = folder.joinpath(*one.name.split("/"))
    make_private(target.parent)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    hashed, left = hashlib.sha256(), one.size
    with (
        archive.open(one.name) as packed,
        os.fdopen(os.open(target, flags, 0o600), "wb") as file,
    ):
        # One byte more than there should be tells a file that grows without end.
        while chunk := packed.read(min(_CHUNK_BYTES, left + 1)):
            left -= len(chunk)
            if left < 0:
                raise damaged(pack)
            hashed.update(chunk)
            file.write(chunk)
    if left or hashed.hexdigest() != one.sha256:
        raise damaged(pack)


def check(folder: str) -> None:
    """Open list and notes as they will be opened, brought up to date, and wait for the disk.

    Raises:
        Problem: when a newer Offprint wrote them, or they are damaged.
    """
    paths = Paths(Path(folder))
    Library(paths).close()
    for user in paths.users():
        path = paths.notes(user)
        # What is locked is looked at when it is opened.
        if path.is_file() and not is_locked(path):
            if found := verify_notes(path):
                raise Problem(f"The packed library was not opened, for it is damaged: {found[0]}")
            with closing(open_notes(paths, user)):
                pass
    if hasattr(os, "sync"):
        os.sync()


def give_up(folder: str) -> None:
    """Clear away what was unpacked."""
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        Path(folder).parent.rmdir()
