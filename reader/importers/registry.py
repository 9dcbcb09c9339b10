"""Which importer reads a file: by what it begins with, then by its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

from reader.formats import BY_NAME, BY_SUFFIX
from reader.importers.other_kinds import (
    DATABASE,
    DRAWING,
    OFFICE_LOCK,
    PICTURE,
    PRESENTATION,
    SPREADSHEET,
    is_office_lock,
    kind_of_beginning,
    kind_of_ole,
    kind_of_suffix,
    kind_of_text,
    refused,
)
from reader.importers.result import LARGEST_FILE_BYTES, ImportResult
from reader.importers.xml_kinds import importer_of
from reader.problem import Problem

_ZIPPED = "zipped"
_ARCHIVES = "reader.importers.zipped"
# A short text may hold one or two that a program has left in it.
_STRAY_CONTROLS = 2
_JUNK_BYTES = 1024 + len(b"%PDF-")

_READ = "It reads PDF, EPUB, Word (.docx), OpenDocument, RTF, web pages, JATS, Markdown and text."
_HTML = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.I | re.S
)
_JATS = re.compile(
    rb"<!DOCTYPE\s+article\b|<article\b[^>]*(article-type|dtd-version|jats|nlm)", re.I
)
_MHTML = re.compile(rb"(^|\n)content-type:\s*multipart/related", re.I)
_BYTE_ORDER_MARK = re.compile(rb"^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)")
_MARK_UP = re.compile(rb"\s*<(\?xml|!doctype|[a-z])", re.I)
_XML = re.compile(rb"\s*<\?xml\b", re.I)
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument."
_OTHER_OPEN_DOCUMENTS = (
    (b"spreadsheet", SPREADSHEET),
    (b"presentation", PRESENTATION),
    (b"graphics", DRAWING),
    (b"chart", DRAWING),
    (b"image", PICTURE),
    (b"base", DATABASE),
    (b"database", DATABASE),
)
_OTHER_OFFICE = ((b"xl/workbook", SPREADSHEET), (b"ppt/presentation", PRESENTATION))


def importer_for(path: Path, untrusted_head: bytes) -> Callable[..., ImportResult]:
    """The function that reads this file; only its module is loaded.

    It takes the path, and one for files that can be locked also `password`, one for files that
    pictures lie beside also `companions`.

    `untrusted_head` is how the file begins, `HEAD_BYTES` of it.

    Raises:
        Problem: when it is of no kind that Offprint reads.
    """
    name = importer_name(path, untrusted_head)
    if name != _ZIPPED:
        return load(name)
    # An archive is read by the importer of what is in it.
    return partial(_read_in(_ARCHIVES), load=load, importer_name=importer_name)


def load(name: str) -> Callable[..., ImportResult]:
    """The reading function of a format, by its name."""
    return _read_in(BY_NAME[name].module)


def _read_in(module: str) -> Callable[..., ImportResult]:
    read: Callable[..., ImportResult] = import_module(module).read
    return read


def importer_name(path: Path, untrusted_head: bytes) -> str:
    """The format of a file of that name which begins like this; "zipped" for one in an archive.

    Raises:
        Problem: when it is of no kind that Offprint reads.
    """
    suffix = path.suffix.lower()
    by_suffix = BY_SUFFIX[suffix].name if suffix in BY_SUFFIX else ""
    if untrusted_head.startswith(b"PK\x03\x04"):
        return _archive(path, untrusted_head, by_suffix)
    if untrusted_head.startswith(b"{\\rtf"):
        return "rtf"
    if untrusted_head.startswith(b"%PDF-"):
        return "pdf"
    # Mail and printers leave junk before it; a text may well speak of it.
    if b"%PDF-" in untrusted_head[:_JUNK_BYTES] and by_suffix in ("pdf", ""):
        return "pdf"
    if untrusted_head.startswith(_OLE):
        return _compound(path, untrusted_head, by_suffix)
    if untrusted_head.startswith(b"bplist00") and b"WebMainResource" in untrusted_head:
        return "webarchive"
    is_binary = _is_binary(untrusted_head)
    if is_office_lock(path.name, untrusted_head) and is_binary:
        raise refused(path.name, OFFICE_LOCK)
    kind = kind_of_beginning(untrusted_head, is_binary)
    if kind is None and is_binary and not by_suffix:
        kind = kind_of_suffix(suffix)
    if kind is not None:
        raise refused(path.name, kind)
    if is_binary:
        raise Problem(f"“{path.name}” is of a kind that Offprint does not read. {_READ}")
    return _mark_up_or_text(path, untrusted_head, by_suffix)


def _mark_up_or_text(path: Path, untrusted_head: bytes, by_suffix: str) -> str:
    suffix = path.suffix.lower()
    head = _BYTE_ORDER_MARK.sub(b"", untrusted_head).replace(b"\x00", b"")
    if by_suffix == "mhtml" or (_MHTML.search(head) and head[:1].isalpha()):
        return "mhtml"
    # A guide to HTML in Markdown or plain text may begin with a tag: there the name decides.
    if by_suffix and BY_NAME[by_suffix].is_told_by_name:
        return by_suffix
    kind = kind_of_text(head, suffix)
    if kind is not None:
        raise refused(path.name, kind)
    if _JATS.search(head) and b"docbook" not in head.lower():
        return "jats"
    if _HTML.match(head):
        return "html"
    # XML that is no article is never read as a page: its words would run together.
    if _XML.match(head) or suffix == ".fodt" or by_suffix == "jats":
        return importer_of(head, path.name) or "jats"
    if by_suffix == "html":
        return by_suffix
    if by_suffix:
        raise Problem(f"“{path.name}” is not the {suffix} file that its name says.")
    return "html" if _MARK_UP.match(head) else "text"


def _archive(path: Path, untrusted_head: bytes, by_suffix: str) -> str:
    if b"mimetypeapplication/epub+zip" in untrusted_head:
        return "epub"
    if _OPEN_DOCUMENT in untrusted_head:
        kind = untrusted_head.partition(_OPEN_DOCUMENT)[2]
        for beginning, other in _OTHER_OPEN_DOCUMENTS:
            if kind.startswith(beginning):
                raise refused(path.name, other)
        return "odt"
    if b"word/" in untrusted_head:
        return "docx"
    for part, other in _OTHER_OFFICE if by_suffix == "docx" else ():
        if part in untrusted_head:
            raise refused(path.name, other)
    if by_suffix in ("epub", "docx", "odt"):
        return by_suffix
    return _ZIPPED


def _compound(path: Path, untrusted_head: bytes, by_suffix: str) -> str:
    """A file of Office before 2007, or a later one that is locked by a password."""
    if by_suffix == "docx":
        return "docx"
    content = untrusted_head
    if path.is_file():
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE_BYTES)
    kind = kind_of_ole(content, path.suffix.lower())
    if _ENCRYPTED in content and kind is not SPREADSHEET and kind is not PRESENTATION:
        return "docx"
    raise refused(path.name, kind)


def _is_binary(untrusted_head: bytes) -> bool:
    """Whether this is no text in any encoding: control characters, but for UTF-16's zeros."""
    if untrusted_head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    zeros = untrusted_head.count(0)
    # UTF-16 without a mark at its start: every other byte of mostly Latin text is zero.
    even, odd = untrusted_head[0::2].count(0), untrusted_head[1::2].count(0)
    if zeros and min(even, odd) * 20 <= max(even, odd) and zeros * 4 >= len(untrusted_head):
        return False
    controls = sum(untrusted_head.count(c) for c in range(32) if c not in b"\t\n\v\f\r\x1a\x1b")
    return controls > _STRAY_CONTROLS and controls * 100 > len(untrusted_head)
