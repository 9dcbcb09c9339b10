"""Hostile PDFs, each a few objects made by code: those that are opened, and those refused."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

_FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_WORDS = "BT /F1 12 Tf 72 700 Td (Words that can be read.) Tj ET"


def stream(content: bytes | str, entries: str = "") -> bytes:
    """A stream object; `entries` go into its dictionary."""
    held = content.encode("latin-1") if isinstance(content, str) else content
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(held), entries.encode(), held)


def deflated(content: bytes | str, entries: str = "", times: int = 1) -> bytes:
    """The same, deflated; `times` over again."""
    held = content.encode("latin-1") if isinstance(content, str) else content
    for _ in range(times):
        held = zlib.compress(held, 9)
    filters = "/FlateDecode " * times
    return stream(held, f"/Filter [{filters}] {entries}")


def sheet(
    page: str = "", drawn: bytes | str = _WORDS, more: Mapping[int, str | bytes] | None = None
) -> bytes:
    """A file of one page, on which `drawn` is drawn; `page` goes into the page's dictionary.

    Objects of `more` come beside, or instead: 1 is the catalogue, 2 the pages, 3 the page, 4 its
    contents, 5 a font.
    """
    box = "" if "/MediaBox" in page else "/MediaBox [0 0 612 792]"
    resources = "" if "/Resources" in page else "/Resources << /Font << /F1 5 0 R >> >>"
    objects: dict[int, str | bytes] = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: f"<< /Type /Page /Parent 2 0 R {box} {resources} /Contents 4 0 R {page} >>",
        4: drawn if isinstance(drawn, bytes) else stream(drawn),
        5: _FONT,
    }
    return whole({**objects, **(more or {})})


def whole(objects: Mapping[int, str | bytes], trailer: str = "/Root 1 0 R") -> bytes:
    """A file of these objects."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, content in sorted(objects.items()):
        places[number] = len(out)
        held = content.encode("latin-1") if isinstance(content, str) else content
        out += b"%d 0 obj\n%s\nendobj\n" % (number, held)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<< /Size %d %s >>\n" % (max(objects) + 1, trailer.encode())
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def many_pages(count: int) -> bytes:
    """So many pages that share one content."""
    kids = " ".join(f"{10 + i} 0 R" for i in range(count))
    page = (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources 6 0 R >>"
    )
    more: dict[int, str | bytes] = {
        2: f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        6: "<< /Font << /F1 5 0 R >> >>",
    }
    return sheet(more={**more, **{10 + i: page for i in range(count)}})


def _annotations(count: int, kind: str) -> bytes:
    each = " ".join(f"{10 + i} 0 R" for i in range(count))
    one = f"<< /Type /Annot /Subtype /{kind} /Rect [72 695 200 715] /Contents (So many) "
    one += (
        "/QuadPoints [72 715 200 715 72 695 200 695] /A << /S /URI /URI (https://a.example) >> >>"
    )
    return sheet(f"/Annots [{each}]", more={10 + i: one for i in range(count)})


def _outline(count: int, deep: bool) -> bytes:
    more: dict[int, str | bytes] = {
        1: "<< /Type /Catalog /Pages 2 0 R /Outlines 9 0 R >>",
        9: f"<< /Type /Outlines /First 10 0 R /Last 10 0 R /Count {count} >>",
    }
    for i in range(10, 10 + count):
        follows = f"/First {i + 1} 0 R /Last {i + 1} 0 R" if deep else f"/Next {i + 1} 0 R"
        follows = follows if i < 9 + count else ""
        more[i] = f"<< /Title (Part {i}) /Parent {i - 1} 0 R /Dest [3 0 R /Fit] {follows} >>"
    return sheet(more=more)


def _outline_in_a_circle() -> bytes:
    one = "<< /Title (A) /Parent 9 0 R /Dest [3 0 R /Fit] /First 10 0 R /Next 11 0 R >>"
    other = "<< /Title (B) /Parent 9 0 R /Dest [3 0 R /Fit] /First 9 0 R /Next 10 0 R >>"
    catalogue = "<< /Type /Catalog /Pages 2 0 R /Outlines 9 0 R >>"
    return sheet(more={1: catalogue, 9: "<< /First 10 0 R >>", 10: one, 11: other})


def _drawing(objects: Mapping[int, str | bytes]) -> bytes:
    """A page that draws object 10 as a form or a picture, besides its words."""
    resources = "/Resources << /Font << /F1 5 0 R >> /XObject << /X0 10 0 R >> >>"
    return sheet(resources, f"{_WORDS} q 400 0 0 400 50 50 cm /X0 Do Q", objects)


def _picture(content: bytes, entries: str) -> bytes:
    return _drawing({10: stream(content, f"/Type /XObject /Subtype /Image {entries}")})


def _forms(count: int) -> bytes:
    """Forms that draw each other in a circle."""
    forms: dict[int, str | bytes] = {}
    for i in range(10, 10 + count):
        following = "10 0 R" if i == 9 + count else f"{i + 1} 0 R"
        entries = "/Type /XObject /Subtype /Form /BBox [0 0 1 1] "
        entries += f"/Resources << /XObject << /X0 {following} >> >>"
        forms[i] = stream("/X0 Do", entries)
    return _drawing(forms)


def _laughing_forms(depth: int, times: int) -> bytes:
    """Forms that draw the next one so many times each."""
    forms: dict[int, str | bytes] = {}
    for i in range(10, 10 + depth):
        entries = "/Type /XObject /Subtype /Form /BBox [0 0 1 1] "
        entries += f"/Resources << /XObject << /X0 {i + 1} 0 R >> >>"
        forms[i] = stream("/X0 Do " * times, entries)
    forms[10 + depth] = stream("0 0 1 1 re f", "/Type /XObject /Subtype /Form /BBox [0 0 1 1]")
    return _drawing(forms)


def _jbig2(width: int, height: int) -> bytes:
    """A page of so many dots, whose one region claims as many, of almost no bytes."""
    info = struct.pack(">IBBI", 0, 48, 1, 19) + struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIB", width, height, 0, 0, 0) + b"\x00" + bytes(8) + bytes(30)
    return info + struct.pack(">IBBI", 1, 38, 1, len(region)) + region


def _jpx(width: int, height: int) -> bytes:
    """A JPEG 2000 code stream of so many dots, of almost no bytes."""
    size = (
        struct.pack(">HIIIIIIIIH", 0, width, height, 0, 0, width, height, 0, 0, 1) + b"\x07\x01\x01"
    )
    size = b"\xff\x51" + struct.pack(">H", len(size) + 2) + size
    coding = b"\xff\x52\x00\x0c\x00\x00\x00\x01\x00\x05\x04\x04\x00\x01"
    steps = b"\xff\x5c\x00\x13\x40" + b"\x40\x48" * 8
    tile = b"\xff\x90\x00\x0a\x00\x00\x00\x00\x00\x00\x00\x01\xff\x93" + bytes(40)
    return b"\xff\x4f" + size + coding + steps + tile + b"\xff\xd9"


_GREY = "/ColorSpace /DeviceGray /BitsPerComponent 8"

SHOWN: dict[str, bytes] = {
    "200-inch.pdf": sheet("/MediaBox [0 0 14400 14400]"),
    "thousand-miles.pdf": sheet("/MediaBox [0 0 4561920000 4561920000]"),
    "user-unit.pdf": sheet("/MediaBox [0 0 14400 14400] /UserUnit 1000"),
    "no-size.pdf": sheet("/MediaBox [0 0 0 0]"),
    "inside-out.pdf": sheet("/MediaBox [612 792 0 0]"),
    "no-numbers.pdf": sheet("/MediaBox [(a) null 1e400 -1e400]"),
    "a-line-wide.pdf": sheet("/MediaBox [0 0 0.001 100000]"),
    "odd-rotation.pdf": sheet("/Rotate 2147483647"),
    "10000-pages.pdf": many_pages(10_000),
    "8000-highlights.pdf": _annotations(8_000, "Highlight"),
    "20000-links.pdf": _annotations(20_000, "Link"),
    "20000-fields.pdf": _annotations(20_000, "Widget"),
    "deep-outline.pdf": _outline(20_000, deep=True),
    "long-outline.pdf": _outline(50_000, deep=False),
    "outline-in-a-circle.pdf": _outline_in_a_circle(),
    "form-of-itself.pdf": _forms(1),
    "deep-forms.pdf": _forms(5_000),
    "laughing-forms.pdf": _laughing_forms(5, 10),
    "deep-states.pdf": sheet(drawn=deflated("q " * 1_000_000 + _WORDS)),
    "deep-arrays.pdf": sheet(drawn=deflated("[" * 1_000_000 + _WORDS)),
    "deep-dictionary.pdf": sheet("/Deep " + "[" * 50_000 + "]" * 50_000),
    "content-bomb.pdf": sheet(drawn=deflated(bytes(60_000_000), times=2)),
    "words-bomb.pdf": sheet(
        drawn=deflated("BT /F1 12 Tf 72 700 Td " + "(word ) Tj " * 200_000 + "ET")
    ),
    "words-upon-words.pdf": sheet(
        drawn=deflated("BT /F1 12 Tf " + "1 0 0 1 72 700 Tm (word ) Tj " * 60_000 + "ET")
    ),
    "words-all-over.pdf": sheet(
        drawn=deflated(
            "BT /F1 1 Tf "
            + "".join(
                f"1 0 0 1 {i * 7919 % 612} {i * 104729 % 792} Tm (word) Tj " for i in range(20_000)
            )
            + "ET"
        )
    ),
    "lines-bomb.pdf": sheet(drawn=deflated("0 0 m 612 792 l S " * 200_000)),
    "curves-in-one-path.pdf": sheet(
        drawn=deflated("0 0 m " + "0 792 612 0 612 792 c 612 0 0 792 0 0 c " * 20_000 + "f*")
    ),
    "picture-bomb.pdf": _drawing(
        {
            10: deflated(
                bytes(8_000 * 8_000),
                f"/Type /XObject /Subtype /Image /Width 8000 /Height 8000 {_GREY}",
            )
        }
    ),
    "picture-claims.pdf": _picture(b"\0", f"/Width 2000000000 /Height 2000000000 {_GREY}"),
    "jbig2-bomb.pdf": _picture(
        _jbig2(65_535, 65_535),
        "/Width 65535 /Height 65535 /ColorSpace /DeviceGray /BitsPerComponent 1 "
        "/Filter /JBIG2Decode",
    ),
    "jpx-bomb.pdf": _picture(_jpx(60_000, 60_000), "/Width 60000 /Height 60000 /Filter /JPXDecode"),
    "dashes.pdf": sheet(drawn="[0.00001] 0 d 0 0 m 612 792 l S " * 50 + _WORDS),
    "tiny-tiles.pdf": sheet(
        "/Resources << /Font << /F1 5 0 R >> /Pattern << /P 10 0 R >> >>",
        f"/Pattern cs /P scn 0 0 612 792 re f {_WORDS}",
        {
            10: stream(
                "0 0 1 1 re f",
                "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] "
                "/XStep 0.001 /YStep 0.001 /Resources << >>",
            )
        },
    ),
    "names-in-a-circle.pdf": sheet(
        "/Annots [11 0 R]",
        more={
            1: "<< /Type /Catalog /Pages 2 0 R /Names << /Dests 9 0 R >> >>",
            9: "<< /Kids [9 0 R 9 0 R] /Limits [(a) (z)] >>",
            11: "<< /Type /Annot /Subtype /Link /Rect [72 695 200 715] /Dest (m) >>",
        },
    ),
    "font-of-itself.pdf": sheet(
        more={
            5: "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] "
            "/CharProcs << /a 10 0 R >> /Encoding << /Differences [87 /a] >> /FirstChar 87 "
            "/LastChar 87 /Widths [1] /Resources << /Font << /F1 5 0 R >> >> >>",
            10: stream("1 0 d0 BT /F1 1 Tf (WWWWWWWW) Tj ET"),
        }
    ),
    "size-in-a-circle.pdf": sheet("/MediaBox 10 0 R", more={10: "10 0 R"}),
    "parent-of-itself.pdf": sheet(
        "/Parent 3 0 R", more={2: "<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 2 0 R >>"}
    ),
    "pages-in-a-circle.pdf": sheet(
        more={2: "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 1000 /Parent 2 0 R >>"}
    ),
    "claims-pages.pdf": sheet(more={2: "<< /Type /Pages /Kids [3 0 R] /Count 4000 >>"}),
    "claims-2-billion-pages.pdf": sheet(
        more={2: "<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>"}
    ),
    "cut-off.pdf": many_pages(30)[:-400],
}

# What draws no letters, or where none can be found.
WITHOUT_WORDS = {
    "a-line-wide.pdf",
    "deep-arrays.pdf",
    "content-bomb.pdf",
    "lines-bomb.pdf",
    "curves-in-one-path.pdf",
}

REFUSED: dict[str, bytes] = {
    "20001-pages.pdf": many_pages(20_001),
    "table-in-a-circle.pdf": whole({1: "<< /Type /Nothing >>"}, "/Root 9 0 R /Prev 9"),
    "unknown-lock.pdf": whole(
        {1: "<< /Type /Catalog /Pages 2 0 R >>", 2: "<< /Type /Pages /Count 0 /Kids [] >>"},
        "/Root 1 0 R /Encrypt << /Filter /Own /V 99 >>",
    ),
    "no-pages.pdf": sheet(more={2: "<< /Type /Pages /Kids [] /Count 0 >>"}),
    "packed-in-itself.pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Extends 1 0 R "
    b"/Length 8 >>\nstream\n1 0 1 0 R\nendstream\nendobj\nstartxref\n9\n%%EOF\n",
}

# PDFium looks for the label of its page until the process ends.
DEADLY = sheet(
    more={
        1: "<< /Type /Catalog /Pages 2 0 R /PageLabels 9 0 R >>",
        9: "<< /Kids [9 0 R] /Limits [0 9] >>",
    }
)
