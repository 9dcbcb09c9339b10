"""What a PDF's bytes tell before it is read: whether it has layers, or fonts of symbols."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

_LARGEST_STREAM = 8_000_000
_MOST_UNPACKED = 64_000_000
_STREAM = re.compile(rb"stream\r?\n")
_FARTHEST = 2_000


@dataclass(frozen=True, slots=True)
class Traits:
    """What a file may have: True unless it surely has none."""

    layers: bool
    symbols: bool


def traits_of(untrusted_bytes: bytes) -> Traits:
    """Looks for names in a file and in its packed objects, not in the contents of its pages."""
    if b"/Encrypt" in untrusted_bytes:
        return Traits(layers=True, symbols=True)
    layers, symbols = _named(untrusted_bytes)
    unpacked = 0
    place = untrusted_bytes.find(b"/ObjStm")
    while place >= 0 and not (layers and symbols):
        begun = _STREAM.search(untrusted_bytes, place, place + _FARTHEST)
        if begun is not None:
            try:
                packed = memoryview(untrusted_bytes)[begun.end() : begun.end() + _LARGEST_STREAM]
                held = zlib.decompressobj().decompress(packed, _LARGEST_STREAM)
            except zlib.error:
                # Packed in another way, or damaged: it may hold anything.
                return Traits(layers=True, symbols=True)
            more = _named(held)
            layers, symbols = layers or more[0], symbols or more[1]
            unpacked += len(held)
        if unpacked > _MOST_UNPACKED:
            return Traits(layers=True, symbols=True)
        place = untrusted_bytes.find(b"/ObjStm", place + 7)
    return Traits(layers, symbols)


def _named(data: bytes) -> tuple[bool, bool]:
    symbols = any(name in data for name in (b"ingdings", b"ebdings", b"Dingbats", b"Symbol"))
    return b"/OCProperties" in data, symbols
