"""Tells by its content of which kind a file of notes is, and reads it."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from typing import Any

from reader.model.found_note import FoundNotes
from reader.note_files import (
    calibre,
    clippings,
    hypothesis,
    koreader,
    markdown,
    readwise,
    w3c,
    zotero,
)
from reader.problem import Problem

LARGEST_BYTES = 64 * 1024 * 1024
_IN_ZIP = "annotations.json"


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
    text = _decoded(untrusted_bytes)
    if text.lstrip()[:1] in ("{", "["):
        return _from_json(text, name)
    # Our own Markdown may hold anything in its notes, so it is asked for first.
    if markdown.holds(text):
        return markdown.read(text)
    if clippings.holds(text):
        return clippings.read(text)
    if text.lstrip()[:1] == "<" and zotero.holds(text):
        return zotero.read(text)
    if readwise.holds(text):
        return readwise.read(text)
    raise Problem(f"“{name}” is no file of notes that Offprint knows.")


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
            found = [one for one in packed.namelist() if one.rpartition("/")[2] == _IN_ZIP]
            if not found:
                raise Problem(f"“{name}” holds no notes in a form that Offprint knows.")
            with packed.open(found[0]) as inner:
                content = inner.read(LARGEST_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError):
        raise Problem(f"“{name}” is damaged.") from None
    if len(content) > LARGEST_BYTES:
        raise Problem(f"“{name}” is too large for a file of notes.")
    return content


def _decoded(untrusted_bytes: bytes) -> str:
    if untrusted_bytes[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return untrusted_bytes.decode("utf-16", "replace")
    try:
        return untrusted_bytes.decode("utf-8-sig")
    except UnicodeDecodeError:
        return untrusted_bytes.decode("cp1252", "replace")
