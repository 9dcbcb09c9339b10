"""Plain text: articles as scrapers, clipboards and old systems leave them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from reader.importers.common.encoding import decode
from reader.importers.prose.document import read_prose
from reader.importers.result import ImportResult, read_bytes
from reader.model.document import Document

IMPORTER = "text/3"


def read(path: Path) -> ImportResult:
    """The document of a plain text file.

    Raises:
        Problem: when the file cannot be read or holds no text.
    """
    untrusted_bytes = read_bytes(path)
    decoded = decode(untrusted_bytes, file_name=path.name)
    document = read_text(
        decoded.text,
        document_id=hashlib.sha256(untrusted_bytes).hexdigest(),
        source=path.name,
        warnings=decoded.warnings,
    )
    return ImportResult(document)


def read_text(
    text: str, *, document_id: str, source: str, warnings: tuple[str, ...] = ()
) -> Document:
    """The document of a plain text that lies in no file."""
    return read_prose(
        text, document_id=document_id, source=source, importer=IMPORTER, warnings=warnings
    )
