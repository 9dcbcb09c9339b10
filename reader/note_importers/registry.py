"""Tells by its content of which kind a file of notes is, and reads it."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from reader.importers.common.encoding import decode
from reader.model.imported_note import FoundNotes
from reader.note_importers import (
    calibre,
    hypothesis,
    kindle_page,
    koreader,
    markdown,
    page,
    readwise,
    w3c,
    zotero,
)
from reader.note_importers import kindle as clippings
from reader.problem import Problem

LARGEST_BYTES = 64 * 1024 * 1024
_IN_ZIP = "annotations.json"
# Word files and cards for Anki.
_ONLY_TO_READ = {"word/document.xml", "collection.anki2"}


def read(untrusted_bytes: bytes, name: str) -> FoundNotes:
    """The notes of a file.

    Raises:
        Problem: when it is of no kind that we know, too large or damaged, or none of its notes can
            be understood.
    """
    found = _read(untrusted_bytes, name)
    if found.unread and not found.notes:
        raise Problem(f"None of the notes in “{name}” can be understood.")
    return found


def _read(untrusted_bytes: bytes, name: str) -> FoundNotes:
    if len(untrusted_bytes) > LARGEST_BYTES:
        raise Problem(f"“{name}” is too large for a file of notes.")
    if untrusted_bytes.startswith(b"PK"):
        untrusted_bytes = _unpacked(untrusted_bytes, name)
    text = _decoded(untrusted_bytes, name)
    if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        return _from_json(text, name)
    # Each is known by its structure from the first character on; a note in it may hold anything.
    for holds, read_it in _TEXTS:
        if holds(text):
            return read_it(text)
    if koreader.holds_lua(text):
        try:
            return koreader.read_lua(text)
        except ValueError:
            raise Problem(f"“{name}” is damaged: it is no table of Lua.") from None
    raise Problem(f"“{name}” is no file of notes that Offprint knows.")


def _is_page(text: str) -> bool:
    return text.lstrip("\ufeff \t\r\n").startswith("<")


_TEXTS: tuple[tuple[Callable[[str], bool], Callable[[str], FoundNotes]], ...] = (
    (lambda text: _is_page(text) and page.holds(text), page.read),
    (lambda text: _is_page(text) and kindle_page.holds(text), kindle_page.read),
    (lambda text: _is_page(text) and zotero.holds(text), zotero.read),
    (readwise.holds, readwise.read),
    (clippings.holds, clippings.read),
    (markdown.holds, markdown.read),
    (zotero.holds_markdown, zotero.read_markdown),
)


def _from_json(text: str, name: str) -> FoundNotes:
    try:
        untrusted: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise Problem(f"“{name}” is damaged: it is no JSON.") from None
    try:
        if calibre.holds(untrusted):
            return calibre.read(untrusted)
        if koreader.holds(untrusted):
            return koreader.read(untrusted)
        if hypothesis.holds(untrusted):
            return hypothesis.read(untrusted)
        if w3c.holds(untrusted):
            return w3c.read(untrusted)
    except RecursionError:
        raise Problem(f"“{name}” is too deeply nested.") from None
    raise Problem(f"“{name}” holds no notes in a form that Offprint knows.")


def _unpacked(untrusted_bytes: bytes, name: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(untrusted_bytes)) as packed:
            names = packed.namelist()
            found = [one for one in names if one.rpartition("/")[2] == _IN_ZIP]
            if not found and not _ONLY_TO_READ.isdisjoint(names):
                raise Problem(
                    f"“{name}” is made to be read. Notes come back from Offprint's JSON, Markdown, "
                    "web page, table (CSV) or Hypothesis file."
                )
            if not found:
                raise Problem(f"“{name}” holds no notes in a form that Offprint knows.")
            with packed.open(found[0]) as inner:
                content = inner.read(LARGEST_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError):
        raise Problem(f"“{name}” is damaged.") from None
    if len(content) > LARGEST_BYTES:
        raise Problem(f"“{name}” is too large for a file of notes.")
    return content


def _decoded(untrusted_bytes: bytes, name: str) -> str:
    try:
        return untrusted_bytes.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Spreadsheets write the old code pages of Windows and of Macs.
        return decode(untrusted_bytes, file_name=name).text
