"""Hostile books, Word files and PDFs: name to content."""

from __future__ import annotations

import random
import struct
import zipfile
from collections.abc import Mapping
from io import BytesIO

_NOISE = random.Random(11).randbytes(4_000)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
_CONTAINER = (
    "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles>"
    "<rootfile full-path='a.opf'/></rootfiles></container>"
)
_PACKAGE = (
    "<package xmlns='http://www.idpf.org/2007/opf'><metadata/><manifest>{items}</manifest>"
    "<spine>{spine}</spine></package>"
)
_PAGE = "<html xmlns='http://www.w3.org/1999/xhtml'><body>{}</body></html>"
_TYPES = (
    "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
    "<Default Extension='xml' ContentType='application/xml'/>"
    "<Override PartName='/word/document.xml' ContentType='"
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>"
)
_RELATIONS = (
    "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
    "<Relationship Id='r1' Target='word/document.xml' Type='http://schemas.openxmlformats.org/"
    "officeDocument/2006/relationships/officeDocument'/></Relationships>"
)
_DOCUMENT = (
    "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>"
    "{}</w:body></w:document>"
)


def packed(members: dict[str, str | bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive of these members."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def book(more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A book of one page, in which members are replaced; empty ones are left out."""
    one = "<item id='p' href='p.xhtml' media-type='application/xhtml+xml'/>"
    members: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": _CONTAINER,
        "a.opf": _PACKAGE.format(items=one, spine="<itemref idref='p'/>"),
        "p.xhtml": _PAGE.format("<p>The only page.</p>"),
    }
    members |= more or {}
    return packed({name: content for name, content in members.items() if content})


def word(body: str = "", more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word file with this body, in which members are replaced; empty ones are left out."""
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": _DOCUMENT.format(body),
    }
    members |= more or {}
    return packed({name: content for name, content in members.items() if content})


def _flagged(archive: bytes) -> bytes:
    """The same archive with all its members said to be encrypted."""
    flagged = bytearray(archive)
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = flagged.find(signature)
        while place >= 0:
            flagged[place + at] |= 1
            place = flagged.find(signature, place + 4)
    return bytes(flagged)


def _claiming(archive: bytes, name: bytes, size: int) -> bytes:
    """The same archive with a member that claims another size than it has."""
    lying = bytearray(archive)
    place = lying.rfind(name) - 46
    assert lying[place : place + 4] == b"PK\x01\x02"
    lying[place + 24 : place + 28] = struct.pack("<I", size)
    return bytes(lying)


_PROTECTION = (
    "<encryption xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><EncryptedData "
    "xmlns='http://www.w3.org/2001/04/xmlenc#'><EncryptionMethod Algorithm='"
    "http://www.w3.org/2001/04/xmlenc#aes128-cbc'/></EncryptedData></encryption>"
)
_LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a 'laugh'>"
    + "".join(f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 20}'>" for i in range(20))
    + "]>"
)
_ZEROS = bytes(120 * 1024 * 1024)

BOOKS = {
    "empty.epub": b"",
    "noise.epub": _NOISE,
    "rar.epub": b"Rar!\x1a\x07\x00" + _NOISE,
    "cut.epub": book()[:-60],
    "no-archive-inside.epub": b"PK\x03\x04" + _NOISE,
    "without-container.epub": book({"META-INF/container.xml": ""}),
    "container-without-root.epub": book({"META-INF/container.xml": "<container/>"}),
    "container-is-noise.epub": book({"META-INF/container.xml": _NOISE}),
    "without-package.epub": book({"a.opf": ""}),
    "package-is-noise.epub": book({"a.opf": _NOISE}),
    "laughing-package.epub": book(
        {"a.opf": _LAUGHS + "<package><metadata>&t;</metadata></package>"}
    ),
    "without-spine.epub": book({"a.opf": _PACKAGE.format(items="", spine="")}),
    "without-pages.epub": book({"p.xhtml": ""}),
    "scripts-only.epub": book({"p.xhtml": _PAGE.format("<script>alert(1)</script>")}),
    "pages-that-climb.epub": book(
        {
            "a.opf": _PACKAGE.format(
                items="<item id='p' href='../../etc/passwd' media-type='application/xhtml+xml'/>",
                spine="<itemref idref='p'/>",
            )
        }
    ),
    "fallbacks-in-a-circle.epub": book(
        {
            "a.opf": _PACKAGE.format(
                items="<item id='p' fallback='q' media-type='x/y'/>"
                "<item id='q' fallback='p' media-type='x/y'/>",
                spine="<itemref idref='p'/>",
            )
        }
    ),
    "protected.epub": book({"META-INF/encryption.xml": _PROTECTION}),
    "rights.epub": book({"META-INF/rights.xml": "<rights/>"}),
    "encrypted.epub": _flagged(book()),
    "bomb.epub": book({"p.xhtml": _ZEROS}),
    "claims-4-gb.epub": _claiming(book(), b"p.xhtml", 4_000_000_000),
    "thirty-thousand-members.epub": packed({f"m{i}": "" for i in range(30_000)}),
}

WORD = {
    "empty.docx": b"",
    "noise.docx": _NOISE,
    "older-or-encrypted.docx": _OLE,
    "cut.docx": word("<w:p><w:r><w:t>Text</w:t></w:r></w:p>")[:-60],
    "without-document.docx": word("", {"word/document.xml": ""}),
    "document-is-noise.docx": word("", {"word/document.xml": _NOISE}),
    "nothing-in-it.docx": word(),
    "document-type.docx": word(
        "", {"word/document.xml": "<!DOCTYPE w:document [<!ENTITY a 'b'>]>" + _DOCUMENT.format("")}
    ),
    "laughing.docx": word("", {"word/document.xml": _LAUGHS + _DOCUMENT.format("&t;")}),
    "deep.docx": word("<w:tbl><w:tr><w:tc>" * 30_000 + "</w:tc></w:tr></w:tbl>" * 30_000),
    "encrypted.docx": _flagged(word("<w:p><w:r><w:t>Text</w:t></w:r></w:p>")),
    "bomb.docx": word("", {"word/document.xml": _ZEROS}),
    "six-thousand-members.docx": packed(
        {"[Content_Types].xml": _TYPES, **{f"word/m{i}.xml": "" for i in range(6_000)}}
    ),
    "workbook.docx": packed({"xl/workbook.xml": "<workbook/>", "mimetype": "x"}),
}

PDFS = {
    "empty.pdf": b"",
    "head-only.pdf": b"%PDF-1.7\n",
    "noise.pdf": b"%PDF-1.7\n" + _NOISE,
    "without-pages.pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
    "without-a-root.pdf": b"%PDF-1.4\n1 0 obj<</Type/Pages/Count 1>>endobj\ntrailer<<>>\n%%EOF",
    "picture.pdf": b"\x89PNG\r\n\x1a\n" + bytes(60),
}
