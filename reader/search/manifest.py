"""Which files the index has, and their checksums: what is in doubt is built anew.

A flipped bit in an index raises nothing; it only gives wrong answers.
"""

from __future__ import annotations

import json
import os
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reader.search.arrays import DamagedError
from reader.search.schema import VERSION

NAME = "manifest.json"
_CHUNK = 1 << 20


def checksum(path: Path) -> int:
    """The CRC-32 of a file."""
    value = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            value = zlib.crc32(chunk, value)
    return value


@dataclass(frozen=True, slots=True)
class Entry:
    """A file's checksum, and its size and time of change when it was last found sound."""

    checksum: int
    size: int
    changed_ns: int


class Manifest:
    """The files of an index by name."""

    def __init__(self, folder: Path, entries: dict[str, Entry] | None = None) -> None:
        self.folder = folder
        self.entries = entries or {}

    def record(self, name: str, value: int | None = None) -> None:
        """Notes a file as it is now; `value` is its checksum, where it is known."""
        path = self.folder / name
        status = path.stat()
        known = checksum(path) if value is None else value
        self.entries[name] = Entry(known, status.st_size, status.st_mtime_ns)

    def write(self, names: set[str]) -> None:
        """Writes down what is known of these files, and forgets all others."""
        self.entries = {name: self.entries[name] for name in sorted(names)}
        plain = {
            "version": VERSION,
            "files": {n: [e.checksum, e.size, e.changed_ns] for n, e in self.entries.items()},
        }
        made = self.folder / f"{NAME}.{os.getpid()}.new"
        made.write_text(json.dumps(plain), encoding="utf-8")
        made.chmod(0o600)
        made.replace(self.folder / NAME)

    def wrong(self, name: str, thorough: bool) -> str:
        """What is wrong with a file, or ""; `thorough` reads it even if nothing seems changed."""
        entry = self.entries[name]
        try:
            status = (self.folder / name).stat()
            unchanged = status.st_size == entry.size and status.st_mtime_ns == entry.changed_ns
            if (thorough or not unchanged) and checksum(self.folder / name) != entry.checksum:
                return f"The file {name} of the search index is damaged."
        except OSError:
            return f"The file {name} of the search index is missing."
        return ""


def read_manifest(folder: Path) -> Manifest:
    """What was written down last.

    Raises:
        DamagedError: when there is none, or it is of another version or no manifest.
    """
    try:
        untrusted: Any = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if untrusted["version"] != VERSION:
            raise DamagedError("the index is of another version")
        entries = {
            str(name): Entry(*map(int, values)) for name, values in untrusted["files"].items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        raise DamagedError("the index has no manifest") from None
    return Manifest(folder, entries)
