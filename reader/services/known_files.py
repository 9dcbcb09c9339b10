"""Whether the library holds a file already: asked by its content, before anybody reads it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

from reader.formats import BY_NAME, BY_SUFFIX

if TYPE_CHECKING:
    from reader.store.library import Library

_LARGEST_BYTES = 150 * 1024 * 1024


class KnownFile(NamedTuple):
    """The document that the library has of a file.

    `is_read_alike` is true when reading the file again now would give the same document: the same
    rules read it, and nothing that lies beside such files belongs to it.
    """

    document_id: str
    is_read_alike: bool


def content_hash(path: Path) -> str:
    """Return the SHA-256 of a file's content; "" when it is too large or cannot be read.

    Whoever reads the file then says why.
    """
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST_BYTES:
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def known_file(library: Library, path: Path, file_hash: str) -> KnownFile | None:
    """Return the document that the library has of a file with this content; None for none.

    One in the trash is none: an import brings it back.

    Raises:
        Problem: when the library cannot be read.
    """
    importer = library.editions.importer(file_hash) if file_hash else ""
    if not importer or library.details.is_trashed(file_hash):
        return None
    expected = BY_SUFFIX.get(path.suffix.lower())
    now = BY_NAME.get(importer.partition("/")[0])
    alike = (
        now is not None and now is expected and importer == now.importer and not now.has_companions
    )
    return KnownFile(file_hash, alike)


class HashedAside:
    """The content hash of a file, computed on a thread of its own while a start goes on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._hash = ""
        self._thread = Thread(target=self._compute, name="hash", daemon=True)
        self._thread.start()

    def _compute(self) -> None:
        self._hash = content_hash(self.path)

    def result(self, longest_seconds: float) -> str:
        """Wait for the hash, so long at most; return "" when it is not there by then."""
        self._thread.join(longest_seconds)
        return self._hash
