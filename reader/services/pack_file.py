"""A library in one file: a ZIP of its folder, with a list of what is in it and SHA-256 of each.

`manifest.json` comes last: {"format", "version", "program", "made", "files": [[name, bytes,
sha256], ...]}. Names are those in the data folder, with "/". The search index, the log and what is
being read are not in it. Whatever comes from a file is unchecked until `look` has checked it.
"""

from __future__ import annotations

import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reader.paths import is_device
from reader.problem import Problem

SUFFIX = ".offprint-library"
MANIFEST = "manifest.json"
FORMAT, VERSION = "offprint-library", 1
# Enough for a million files.
MOST_MANIFEST_BYTES = 256 * 1024 * 1024
# What stands in the list beside a name, and before the first: size, hash and signs; versions.
_ROW_BYTES, _HEAD_BYTES = 120, 4_096
# One slice is what is done between two looks at whether the person wants no more of it.
SLICE_BYTES, SLICE_FILES = 64 * 1024 * 1024, 2000
_PLACE = re.compile(
    r"library\.db|documents/[0-9a-f]{64}(?:\.removed|/.+)|users/[^/]+/.+|lost-and-found/.+"
)
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"\\|?*]')
_SHA256 = re.compile(r"[0-9a-f]{64}")
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(ValueError, struct.error, OverflowError, MemoryError),
)


@dataclass(frozen=True, slots=True)
class PackedFile:
    """One file of a packed library; `sha256` is "" until it has been packed."""

    name: str
    size: int
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class PackedLibrary:
    """What a packed library says of itself, checked: `made` is UTC, ISO 8601."""

    program: str
    made: str
    files: tuple[PackedFile, ...]

    @property
    def size(self) -> int:
        """The bytes of all its files, unpacked."""
        return sum(one.size for one in self.files)

    @property
    def documents(self) -> int:
        """How many documents it has a folder of."""
        names = (one.name.split("/") for one in self.files)
        return len({parts[1] for parts in names if parts[0] == "documents" and len(parts) > 2})

    @property
    def users(self) -> list[str]:
        """The names of its users, sorted."""
        names = (one.name.split("/") for one in self.files)
        return sorted({parts[1] for parts in names if parts[0] == "users"})

    @property
    def summary(self) -> str:
        """How many documents there are, and whose notes."""
        count = self.documents
        said = "1 document" if count == 1 else f"{count:,} documents"
        return f"{said}, notes of {', '.join(self.users)}" if self.users else said


def is_sound(name: str) -> bool:
    """Whether a name is one of a library's files, and can be a file's on every system."""
    parts = name.split("/")
    return _PLACE.fullmatch(name) is not None and all(
        part.strip(". ") and part == part.rstrip(". ") and not _NOT_IN_NAMES.search(part)
        and not is_device(part)
        for part in parts
    )  # fmt: skip


def slices(files: Sequence[PackedFile]) -> Iterator[list[PackedFile]]:
    """The files in the order in which they come, in parts that take about a second each."""
    part: list[PackedFile] = []
    size = 0
    for one in files:
        part.append(one)
        size += one.size
        if size >= SLICE_BYTES or len(part) >= SLICE_FILES:
            yield part
            part, size = [], 0
    if part:
        yield part


def manifest(program: str, made: str, files: Sequence[PackedFile]) -> bytes:
    """The list that is packed with the files."""
    listed = [[one.name, one.size, one.sha256] for one in files]
    said = {"format": FORMAT, "version": VERSION, "program": program, "made": made}
    return json.dumps({**said, "files": listed}, ensure_ascii=False).encode()


@contextmanager
def opened(pack: Path) -> Iterator[zipfile.ZipFile]:
    """The file as an archive.

    Raises:
        Problem: when it cannot be read, or whatever is read from it is damaged.
    """
    try:
        with zipfile.ZipFile(pack) as archive:
            yield archive
    except _UNREADABLE:
        raise damaged(pack) from None
    except OSError as error:
        raise Problem(f"“{pack}” cannot be read: {error.strerror}.") from None


def damaged(pack: Path) -> Problem:
    """The Problem with a file that is not as it was packed."""
    return Problem(
        f"“{pack.name}” is no packed library, or it is damaged; nothing has been changed. Copy it "
        "again from where it was packed."
    )


def look(pack: str) -> PackedLibrary:
    """What a packed library holds: its list and its names are sound, its files not yet looked at.

    Raises:
        Problem: when it is no packed library, is damaged, or a newer Offprint packed it.
    """
    path = Path(pack)
    with opened(path) as archive:
        names = [info.filename for info in archive.infolist()]
        if MANIFEST not in names or archive.getinfo(MANIFEST).file_size > _most_bytes(names):
            raise damaged(path)
        untrusted = json.loads(archive.read(MANIFEST))
    if not isinstance(untrusted, dict) or untrusted.get("format") != FORMAT:
        raise damaged(path)
    version = untrusted.get("version")
    if not isinstance(version, int) or isinstance(version, bool):
        raise damaged(path)
    if version > VERSION:
        raise Problem(f"“{path.name}” was packed by a newer Offprint. Please update Offprint.")
    files = _files_of(untrusted.get("files"))
    said = untrusted.get("program"), untrusted.get("made")
    if files is None or not all(isinstance(one, str) for one in said):
        raise damaged(path)
    listed = [one.name for one in files]
    if sorted([*listed, MANIFEST]) != sorted(names) or len(set(names)) != len(names):
        raise damaged(path)
    if "library.db" not in listed:
        raise damaged(path)
    return PackedLibrary(str(said[0]), str(said[1]), files)


def _most_bytes(names: Sequence[str]) -> int:
    """How long the list of files of these names may be: what packs well may unpack without end."""
    listed = sum(2 * len(name.encode("utf-8", "replace")) + _ROW_BYTES for name in names)
    return min(listed + _HEAD_BYTES, MOST_MANIFEST_BYTES)


def _files_of(untrusted: Any) -> tuple[PackedFile, ...] | None:
    """The files of a list; None when it is not as we write it."""
    if not isinstance(untrusted, list):
        return None
    files = []
    for row in untrusted:
        if not isinstance(row, list) or len(row) != 3:
            return None
        name, size, sha256 = row
        if not isinstance(name, str) or not isinstance(sha256, str) or not is_sound(name):
            return None
        if not _is_number(size) or size < 0 or not _SHA256.fullmatch(sha256):
            return None
        files.append(PackedFile(name, size, sha256))
    return tuple(files)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
