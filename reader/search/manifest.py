"""What the index consists of, and the checksums of its files: what is in doubt is built anew.

A flipped bit in an index raises nothing; it only gives wrong answers. And a folder may come from a
stolen stick or an old backup: this is JSON, of names and numbers that are checked, so that reading
it runs nothing that somebody has put there.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reader.paths import move, open_regular, read_regular
from reader.search.arrays import DamagedError

# Raise it with every change of analysis or arrays: an index of another version is built anew.
VERSION = 3
NAME = "manifest.json"
SUFFIX = ".arrays"
# Passages are numbered in 32 bits.
_PASSAGE_NUMBERS = 1 << 32
_CHUNK = 1 << 20
_MOST_BYTES = 1 << 26
_SEGMENT = re.compile(r"[A-Z]{1,16}_[0-9a-z]{1,32}")


def checksum(path: Path) -> int:
    """The CRC-32 of a file."""
    value = 0
    with open_regular(path) as file:
        while chunk := file.read(_CHUNK):
            value = zlib.crc32(chunk, value)
    return value


@dataclass(frozen=True, slots=True)
class Entry:
    """A file's checksum, and its size and time of change when it was last found sound."""

    checksum: int
    size: int
    changed_ns: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A segment of the index: its name, its size, and which of its passages were deleted."""

    name: str
    passages: int
    deleted: tuple[int, ...] = ()

    @property
    def file(self) -> str:
        """The name of the file that holds it."""
        return self.name + SUFFIX


class Manifest:
    """The segments of an index, in their order, and its files by name."""

    def __init__(
        self,
        folder: Path,
        entries: dict[str, Entry] | None = None,
        segments: tuple[Listed, ...] = (),
        generation: int = 0,
    ) -> None:
        self.folder = folder
        self.entries = entries or {}
        self.segments = segments
        self.generation = generation

    def record(self, name: str, value: int | None = None) -> None:
        """Notes a file as it is now; `value` is its checksum, where it is known."""
        path = self.folder / name
        status = path.stat()
        known = checksum(path) if value is None else value
        self.entries[name] = Entry(known, status.st_size, status.st_mtime_ns)

    def write(self, segments: tuple[Listed, ...], generation: int) -> None:
        """Writes down that the index is these segments, and forgets all other files."""
        self.segments, self.generation = segments, generation
        self.entries = {one.file: self.entries[one.file] for one in segments}
        plain = {
            "version": VERSION,
            "generation": generation,
            "segments": [[one.name, one.passages, list(one.deleted)] for one in segments],
            "files": {n: [e.checksum, e.size, e.changed_ns] for n, e in self.entries.items()},
        }
        made = self.folder / f"{NAME}.{os.getpid()}.new"
        made.write_text(json.dumps(plain), encoding="utf-8")
        made.chmod(0o600)
        move(made, self.folder / NAME)

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
        untrusted: Any = json.loads(read_regular(folder / NAME, _MOST_BYTES))
        # One without segments is of a version that left these to Whoosh, which pickles them.
        if untrusted["version"] != VERSION or "segments" not in untrusted:
            raise DamagedError("the index is of another version")
        segments = tuple(_listed(*one) for one in untrusted["segments"])
        entries = {
            str(name): Entry(*map(int, values)) for name, values in untrusted["files"].items()
        }
        if set(entries) != {one.file for one in segments} or len(entries) != len(segments):
            raise ValueError("other files than segments")
        return Manifest(folder, entries, segments, int(untrusted["generation"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise DamagedError("the index has no manifest") from None


def _listed(name: str, passages: int, deleted: list[int]) -> Listed:
    """A segment as untrusted JSON has it.

    Raises:
        ValueError: when the name could be another file's, or a number is none of a passage.
        TypeError: when these are no strings and numbers.
    """
    if not _SEGMENT.fullmatch(name):
        raise ValueError("no segment's name")
    if not 0 <= int(passages) < _PASSAGE_NUMBERS:
        raise ValueError("no segment's size")
    if any(not 0 <= int(one) < passages for one in deleted):
        raise ValueError("no passage of the segment")
    return Listed(name, int(passages), tuple(map(int, deleted)))
