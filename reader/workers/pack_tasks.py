"""Packing and unpacking for worker processes: rows of plain data in and out.

A row is a file's name, its size and its SHA-256, "" before it is packed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reader.services import packing, unpacking
from reader.services.pack_file import PackedFile, PackedLibrary, look
from reader.store.encryption import Key

Row = tuple[str, int, str]


def rows_of(files: Iterable[PackedFile]) -> list[tuple[str, int, str]]:
    """Files as they go to a worker and come from one."""
    return [(one.name, one.size, one.sha256) for one in files]


def files_of(rows: Iterable[Sequence[object]]) -> list[PackedFile]:
    """Files of such rows."""
    return [PackedFile(str(name), int(str(size)), str(sha256)) for name, size, sha256 in rows]


def begin_packing(
    data: str, target: str, keys: Mapping[str, Key]
) -> tuple[list[tuple[str, int, str]], str, str]:
    """`packing.begin`: the files, the folder of copies, the unfinished file."""
    begun = packing.begin(data, target, keys)
    return rows_of(begun.files), begun.copies, begun.part


def add(data: str, copies: str, part: str, rows: Sequence[Row]) -> list[tuple[str, int, str]]:
    """`packing.add`."""
    return rows_of(packing.add(data, copies, part, files_of(rows)))


def finish(copies: str, part: str, target: str, rows: Sequence[Row]) -> None:
    """`packing.finish`."""
    packing.finish(copies, part, target, files_of(rows))


def look_at(pack: str) -> tuple[str, str, list[tuple[str, int, str]]]:
    """`pack_file.look`: the program, when it was made, the files."""
    library = look(pack)
    return library.program, library.made, rows_of(library.files)


def begin_unpacking(data: str, rows: Sequence[Row]) -> str:
    """`unpacking.begin`."""
    return unpacking.begin(data, PackedLibrary("", "", tuple(files_of(rows))))


def take(pack: str, folder: str, rows: Sequence[Row]) -> list[tuple[str, int, str]]:
    """`unpacking.take`; gives what it took."""
    unpacking.take(pack, folder, files_of(rows))
    return list(rows)


def check(folder: str) -> None:
    """`unpacking.check`."""
    unpacking.check(folder)
