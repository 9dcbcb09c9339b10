"""Pictures of documents: what kind they are, how large, and whether they are safe to keep."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import struct
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

LARGEST_BYTES = 30 * 1024 * 1024
LARGEST_PIXELS = 50_000_000
_SVG_SIZE = re.compile(rb"<svg\b[^>]*>", re.IGNORECASE | re.DOTALL)
_SVG_ACTIVE = re.compile(
    rb"<script|<foreignobject|<!entity|<!doctype|\bon\w+\s*=|javascript:|@import"
    rb"|(?:href|src)\s*=\s*[\"']?\s*(?!#|data:image/)[^\"'\s>]",
    re.IGNORECASE,
)
_DATA = re.compile(r"data:image/[\w.+-]+((?:;[\w=-]+)*),", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's bytes, the suffix that says its kind, and its size in pixels."""

    content: bytes
    suffix: str
    width_px: int
    height_px: int


def picture(untrusted_bytes: bytes) -> Picture | None:
    """The picture that bytes are; None when they are none that we show, or too large."""
    if not 16 <= len(untrusted_bytes) <= LARGEST_BYTES:
        return None
    size = _size(untrusted_bytes)
    if size is None:
        return None
    suffix, width, height = size
    if width < 1 or height < 1 or width * height > LARGEST_PIXELS:
        return None
    return Picture(untrusted_bytes, suffix, width, height)


def data_picture(untrusted_address: str) -> Picture | None:
    """The picture inside a data: address; None when it holds none."""
    head = _DATA.match(untrusted_address)
    if not head or len(untrusted_address) > 2 * LARGEST_BYTES:
        return None
    rest = untrusted_address[head.end() :]
    if "base64" in head[1].lower():
        try:
            return picture(base64.b64decode(rest + "=" * (-len(rest) % 4)))
        except (binascii.Error, ValueError):
            return None
    return picture(unquote_to_bytes(rest))


class Assets:
    """The pictures of a document by the names that its figures use."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}

    def keep(self, found: Picture | None) -> tuple[str, int, int] | None:
        """Keep a picture, and return its name and size."""
        if found is None:
            return None
        name = hashlib.sha256(found.content).hexdigest()[:16] + found.suffix
        self.contents[name] = found.content
        return name, found.width_px, found.height_px

    def resolve(self, untrusted_address: str) -> tuple[str, int, int] | None:
        """A picture that the page carries itself; whatever lies elsewhere is never fetched."""
        return self.keep(data_picture(untrusted_address))


def _size(data: bytes) -> tuple[str, int, int] | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR" and len(data) >= 24:
        return ".png", *struct.unpack(">II", data[16:24])
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return ".gif", *struct.unpack("<HH", data[6:10])
    if data.startswith(b"\xff\xd8"):
        return _jpeg_size(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp_size(data)
    if b"<svg" in data[:4096].lower():
        return _svg_size(data)
    return None


def _jpeg_size(data: bytes) -> tuple[str, int, int] | None:
    at = 2
    while at + 9 < len(data):
        if data[at] != 0xFF:
            at += 1
            continue
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return ".jpg", width, height
        if marker == 0xFF or 0xD0 <= marker <= 0xD9 or marker == 0x01:
            at += 1 if marker == 0xFF else 2
            continue
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def _webp_size(data: bytes) -> tuple[str, int, int] | None:
    kind = data[12:16]
    if kind == b"VP8X" and len(data) >= 30:
        width = 1 + int.from_bytes(data[24:27], "little")
        return ".webp", width, 1 + int.from_bytes(data[27:30], "little")
    if kind == b"VP8L" and len(data) >= 25:
        bits = int.from_bytes(data[21:25], "little")
        return ".webp", 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 " and len(data) >= 30:
        width, height = struct.unpack("<HH", data[26:30])
        return ".webp", width & 0x3FFF, height & 0x3FFF
    return None


def _svg_size(data: bytes) -> tuple[str, int, int] | None:
    head = _SVG_SIZE.search(data)
    if head is None or _SVG_ACTIVE.search(
        re.sub(rb"xmlns(:\w+)?\s*=\s*[\"'][^\"']*[\"']", b"", data)
    ):
        return None
    words = head[0].decode("utf-8", "replace")
    box = re.search(r"viewBox\s*=\s*[\"']\s*([-\d.eE,\s]+)", words)
    wide, tall = (
        re.search(rf"\b{name}\s*=\s*[\"']\s*([\d.]+)(?:px)?\s*[\"']", words)
        for name in ("width", "height")
    )
    if wide and tall:
        return ".svg", round(float(wide[1])), round(float(tall[1]))
    numbers = [float(n) for n in re.split(r"[,\s]+", box[1].strip()) if n] if box else []
    if len(numbers) == 4:
        return ".svg", round(numbers[2]), round(numbers[3])
    return ".svg", 600, 400
