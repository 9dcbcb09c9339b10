"""A file of named NumPy arrays, opened in no time and read where it lies.

The file is a JSON header and the arrays' bytes, so that opening one runs nothing that is in it.
"""

from __future__ import annotations

import json
import mmap
import zlib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reader.paths import open_regular

Array = NDArray[Any]
Arrays = dict[str, Array]

_MAGIC = b"Offprint arrays 1\n"
_KINDS = ("|u1", "<u2", "<u4", "<i2", "<i4")
_ALIGNMENT = 8


class DamagedError(Exception):
    """A file of the index is not what was written: the index must be built again."""


def narrow(values: Array) -> Array:
    """The same whole numbers, none negative, in as few bytes each as the largest needs."""
    largest = int(values.max()) if len(values) else 0
    for kind in (np.uint8, np.uint16):
        if largest <= np.iinfo(kind).max:
            return values.astype(kind)
    return values.astype(np.uint32)


def write_arrays(path: Path, arrays: Mapping[str, Array]) -> int:
    """Writes the arrays to a new file, and gives the file's CRC-32."""
    names, offset = {}, 0
    for name, array in arrays.items():
        names[name] = [array.dtype.str, len(array), offset]
        offset += -(-array.nbytes // _ALIGNMENT) * _ALIGNMENT
    head = json.dumps(names).encode()
    start = len(_MAGIC) + 16
    head += b" " * (-(start + len(head)) % _ALIGNMENT)
    checksum = 0
    with path.open("xb") as file:
        for part in (
            _MAGIC + b"%08x%08x" % (len(head), zlib.crc32(head)) + head,
            *(_padded(array) for array in arrays.values()),
        ):
            file.write(part)
            checksum = zlib.crc32(part, checksum)
    return checksum


def _padded(array: Array) -> bytes:
    return array.tobytes() + b"\0" * (-array.nbytes % _ALIGNMENT)


def open_arrays(path: Path) -> Arrays:
    """The arrays of a file, mapped into memory.

    Raises:
        DamagedError: when the file's head or size is wrong; the arrays themselves are not read.
    """
    with open_regular(path) as file:
        try:
            whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except ValueError:
            raise DamagedError(f"{path.name} is empty") from None
    try:
        return _read_head(whole)
    except (ValueError, TypeError, KeyError, IndexError):
        raise DamagedError(f"{path.name} is not a file of arrays") from None


def _read_head(whole: memoryview) -> Arrays:
    start = len(_MAGIC) + 16
    numbers = bytes(whole[start - 16 : start])
    size, checksum = int(numbers[:8], 16), int(numbers[8:], 16)
    head = bytes(whole[start : start + size])
    if whole[: len(_MAGIC)] != _MAGIC or zlib.crc32(head) != checksum:
        raise ValueError("no head")
    arrays, end = {}, 0
    for name, (kind, length, offset) in json.loads(head).items():
        if kind not in _KINDS:
            raise ValueError(kind)
        arrays[name] = np.frombuffer(whole, kind, length, start + size + offset)
        end = start + size + offset + -(-arrays[name].nbytes // _ALIGNMENT) * _ALIGNMENT
    if end != len(whole):
        raise ValueError("wrong size")
    return arrays


def expand(starts: Array, counts: Array) -> Array:
    """The whole numbers start, start + 1, … of each range, one range after the other."""
    counts = counts.astype(np.int64)
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts.astype(np.int64) - (ends - counts), counts) + np.arange(total)


def running(counts: Array) -> Array:
    """Where each of the counted runs starts, and at last where all end."""
    ends = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=ends[1:])
    return ends


def each_once(values: Array) -> Array:
    """The numbers in order, each once. NumPy's own `unique` would load its masked arrays first."""
    ordered = np.sort(values)
    new = np.ones(len(ordered), bool)
    new[1:] = ordered[1:] != ordered[:-1]
    once: Array = ordered[new]
    return once


def pack(values: list[bytes]) -> tuple[Array, Array]:
    """Byte strings without line ends as lines of one array, and the size of each line."""
    sizes = np.fromiter(map(len, values), np.int64, len(values)) + 1
    return np.frombuffer(b"".join(value + b"\n" for value in values), np.uint8), narrow(sizes)


class Lines:
    """The byte strings that `pack` took."""

    def __init__(self, data: Array, sizes: Array) -> None:
        self.data = data
        self.sizes = sizes

    @cached_property
    def starts(self) -> Array:
        """Where each begins, and where all end."""
        return running(self.sizes).astype(np.uint32)

    def __len__(self) -> int:
        return len(self.sizes)

    def __getitem__(self, number: int) -> bytes:
        edges = self._edges
        return self._bytes[edges[number] : edges[number + 1] - 1].tobytes()

    # Looking words up asks for single ones often, which NumPy is slow at.

    @cached_property
    def _bytes(self) -> memoryview:
        return self.data.data

    @cached_property
    def _edges(self) -> memoryview:
        return self.starts.data

    def all(self) -> list[bytes]:
        """Every one, in order."""
        return self.data.tobytes().split(b"\n")[:-1]
