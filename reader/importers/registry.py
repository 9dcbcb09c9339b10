"""Which importer reads a file: by what it begins with, then by its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from reader.importers.reading import Reading
from reader.problem import Problem

HEAD_BYTES = 4096
_JUNK_BYTES = 1024 + len(b"%PDF-")

_SUFFIXES = {
    "text": (".txt", ".text", ".asc"),
    "markdown": (".md", ".markdown", ".mdown", ".mkd"),
    "html": (".html", ".htm", ".xhtml", ".xht"),
    "mhtml": (".mhtml", ".mht"),
    "jats": (".nxml", ".jats"),
    "epub": (".epub",),
    "docx": (".docx", ".docm"),
    "rtf": (".rtf",),
    "pdf": (".pdf",),
}
"""The modules of this package that each have read(path) -> Reading, and the suffixes they take."""

SUFFIXES = (*(suffix for own in _SUFFIXES.values() for suffix in own), ".xml")
"""All suffixes that Offprint reads, for file dialogs and folders."""

_HTML = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.I | re.S
)
_JATS = re.compile(
    rb"<!DOCTYPE\s+article\b|<article\b[^>]*(article-type|dtd-version|jats|nlm)", re.I
)
_MHTML = re.compile(rb"(^|\n)content-type:\s*multipart/related", re.I)
_BYTE_ORDER_MARK = re.compile(rb"^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)")
_MARK_UP = re.compile(rb"\s*<(\?xml|!doctype|[a-z])", re.I)
_KNOWN_BINARY = {
    b"\xd0\xcf\x11\xe0": "file of an older Office; save it as .docx",
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF8": "picture",
    b"\x1f\x8b": "compressed file",
    b"7z\xbc\xaf": "compressed file",
    b"Rar!": "compressed file",
    b"SQLite format 3": "database",
}


def importer_for(path: Path, untrusted_head: bytes) -> Callable[..., Reading]:
    """The function that reads this file; only its module is loaded.

    It takes the path, and one for files that can be locked also `password`.

    `untrusted_head` is how the file begins, `HEAD_BYTES` of it.

    Raises:
        Problem: when it is of no kind that Offprint reads.
    """
    name = _importer_name(path, untrusted_head)
    read: Callable[..., Reading] = import_module(f"reader.importers.{name}").read
    return read


def _importer_name(path: Path, untrusted_head: bytes) -> str:
    suffix = path.suffix.lower()
    by_suffix = next((name for name, own in _SUFFIXES.items() if suffix in own), "")
    if untrusted_head.startswith(b"PK\x03\x04"):
        return _archive(path, untrusted_head, by_suffix)
    if untrusted_head.startswith(b"{\\rtf"):
        return "rtf"
    if untrusted_head.startswith(b"%PDF-"):
        return "pdf"
    # Mail and printers leave junk before it; a text may well speak of it.
    if b"%PDF-" in untrusted_head[:_JUNK_BYTES] and by_suffix in ("pdf", ""):
        return "pdf"
    for beginning, kind in _KNOWN_BINARY.items():
        if untrusted_head.startswith(beginning):
            raise Problem(f"“{path.name}” is a {kind}, which Offprint does not read.")
    if _is_binary(untrusted_head):
        raise Problem(f"“{path.name}” is of a kind that Offprint does not read.")
    head = _BYTE_ORDER_MARK.sub(b"", untrusted_head).replace(b"\x00", b"")
    if by_suffix == "mhtml" or (_MHTML.search(head) and head[:1].isalpha()):
        return "mhtml"
    # A guide to HTML in Markdown or plain text may begin with a tag: there the name decides.
    if by_suffix in ("text", "markdown"):
        return by_suffix
    if _JATS.search(head):
        return "jats"
    if _HTML.match(head):
        return "html"
    if by_suffix in ("html", "jats"):
        return by_suffix
    if by_suffix:
        raise Problem(f"“{path.name}” is not the {suffix} file that its name says.")
    if suffix == ".xml":
        return "jats" if b"<article" in head else "html"
    return "html" if _MARK_UP.match(head) else "text"


def _archive(path: Path, untrusted_head: bytes, by_suffix: str) -> str:
    if b"mimetypeapplication/epub+zip" in untrusted_head:
        return "epub"
    if b"word/" in untrusted_head or b"[Content_Types].xml" in untrusted_head:
        return "docx"
    if by_suffix in ("epub", "docx"):
        return by_suffix
    raise Problem(f"“{path.name}” is a compressed file; take the documents out of it first.")


def _is_binary(untrusted_head: bytes) -> bool:
    """Whether this is no text in any encoding: control characters, but for UTF-16's zeros."""
    if untrusted_head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    zeros = untrusted_head.count(0)
    # UTF-16 without a mark at its start: every other byte of mostly Latin text is zero.
    even, odd = untrusted_head[0::2].count(0), untrusted_head[1::2].count(0)
    if zeros and min(even, odd) * 20 <= max(even, odd) and zeros * 4 >= len(untrusted_head):
        return False
    controls = sum(untrusted_head.count(c) for c in range(32) if c not in b"\t\n\r\f\x1a\x1b")
    return controls * 100 > len(untrusted_head)
