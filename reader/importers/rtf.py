"""Rich Text Format: its words, read as plain text is read."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from striprtf.striprtf import rtf_to_text

from reader.importers.reading import Reading, read_bytes
from reader.importers.text import read_text
from reader.problem import Problem

IMPORTER = "rtf/1"


def read(path: Path) -> Reading:
    """The document of an RTF file.

    Raises:
        Problem: when it is no RTF or holds nothing to read.
    """
    untrusted_bytes = read_bytes(path)
    if not untrusted_bytes.lstrip().startswith(b"{\\rtf"):
        raise Problem(f"“{path.name}” is no RTF file.")
    try:
        text = rtf_to_text(untrusted_bytes.decode("latin-1"), errors="replace")
    except (ValueError, TypeError, LookupError, OverflowError, RecursionError):
        raise Problem(f"“{path.name}” is damaged: its text cannot be read.") from None
    if not text.strip():
        raise Problem(f"“{path.name}” holds no text to read.")
    document = read_text(
        text, document_id=hashlib.sha256(untrusted_bytes).hexdigest(), source=path.name
    )
    return Reading(replace(document, importer=IMPORTER))
