"""PDF files written by the tests: a few objects, standard fonts, nothing compressed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

FONTS = {"plain": "F1", "bold": "F2", "italic": "F3"}
_NAMES = ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique")


@dataclass(frozen=True)
class Text:
    """Words on one line; `x` and `y` in points from the page's bottom left."""

    x: float
    y: float
    words: str
    size: float = 10
    font: str = "plain"
    turned: bool = False


@dataclass(frozen=True)
class Sheet:
    """A page to be written; `extra` goes into its dictionary.

    `fonts` and `resources` are more entries of its fonts and of its resources.
    """

    texts: Sequence[Text] = ()
    width: float = 595
    height: float = 842
    extra: str = ""
    drawn: str = ""
    fonts: str = ""
    resources: str = ""


def column(
    x: float, top: float, words: str, size: float = 10, leading: float = 12, font: str = "plain"
) -> list[Text]:
    """Lines of text, one below the other, divided at "|"."""
    return [Text(x, top - i * leading, line, size, font) for i, line in enumerate(words.split("|"))]


def pdf(
    sheets: Sequence[Sheet],
    *,
    info: str = "",
    catalogue: str = "",
    objects: Sequence[str] = (),
    trailer: str = "",
) -> bytes:
    """A whole file. `objects` are numbered from 100; pages are 10, 12, 14, …"""
    numbered: dict[int, bytes] = {}
    kids = " ".join(f"{10 + 2 * i} 0 R" for i in range(len(sheets)))
    numbered[1] = f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>".encode("latin-1")
    numbered[2] = f"<< /Type /Pages /Kids [{kids}] /Count {len(sheets)} >>".encode()
    for i, name in enumerate(_NAMES):
        numbered[3 + i] = (
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
        ).encode()
    numbered[6] = f"<< {info} >>".encode("latin-1")
    for i, sheet in enumerate(sheets):
        numbered[10 + 2 * i] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {sheet.width} {sheet.height}] "
            f"/Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R {sheet.fonts} >> "
            f"{sheet.resources} >> "
            f"/Contents {11 + 2 * i} 0 R {sheet.extra} >>"
        ).encode()
        drawn = (sheet.drawn + "\n" + "\n".join(map(_drawn, sheet.texts))).encode("cp1252")
        numbered[11 + 2 * i] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn)
    first = 100 if len(sheets) < 40 else 1_000_000
    numbered |= {first + i: one.encode("latin-1") for i, one in enumerate(objects)}
    return _file(numbered, trailer)


def _drawn(text: Text) -> str:
    words = text.words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    turn = "0 1 -1 0" if text.turned else "1 0 0 1"
    place = f"{turn} {text.x} {text.y} Tm"
    return f"BT /{FONTS[text.font]} {text.size} Tf {place} ({words}) Tj ET"


def _file(numbered: dict[int, bytes], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, content in sorted(numbered.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    size = max(numbered) + 1
    out += f"trailer\n<< /Size {size} /Root 1 0 R /Info 6 0 R {trailer} >>\n".encode()
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def locked_pdf(words: str, password: str) -> bytes:
    """A file with these words on its page that opens with the password (40 bits, revision 2).

    Source: ISO 32000-1, 7.6.3, algorithms 1 to 4.
    """
    padded = (password.encode() + _PADDING)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    file_id = b"0123456789abcdef"
    rights = (-4 & 0xFFFFFFFF).to_bytes(4, "little")
    key = hashlib.md5(padded + owner + rights + file_id).digest()[:5]
    user = _rc4(key, _PADDING)
    drawn = _drawn(Text(60, 700, words)).encode("cp1252")
    for_stream = hashlib.md5(key + (11).to_bytes(3, "little") + bytes(2)).digest()[:10]
    hidden = _rc4(for_stream, drawn)
    whole = pdf(
        [Sheet([Text(60, 700, words)])],
        objects=[f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{user.hex()}> /P -4 >>"],
        trailer=f"/Encrypt 100 0 R /ID [<{file_id.hex()}> <{file_id.hex()}>]",
    )
    plain = b"\n" + drawn
    assert plain in whole
    return whole.replace(plain, hidden + b"\n", 1)


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
