"""PDF files written by the tests: a few objects, standard fonts, nothing compressed."""

from __future__ import annotations

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
    """A page to be written; `extra` goes into its dictionary."""

    texts: Sequence[Text] = ()
    width: float = 595
    height: float = 842
    extra: str = ""
    drawn: str = ""


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
            "/Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> >> "
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
