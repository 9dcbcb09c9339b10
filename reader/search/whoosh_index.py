"""Whoosh's index and its writer, with our manifest for their table of contents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex
from whoosh.writing import SegmentWriter

from reader.search.manifest import Manifest, read_manifest
from reader.search.opening import sound_manifest
from reader.search.schema import schema
from reader.search.whoosh_codec import ArrayCodec, ArraySegment, as_segment

INDEX_NAME = "MAIN"
Segments = list[ArraySegment]


class Contents(FileIndex):
    """Whoosh's index with our manifest for its table of contents.

    Whoosh's own is a pickle, which runs whatever somebody has put into it.
    """

    def __init__(self, folder: Path) -> None:
        # Not as Whoosh begins: that reads its table of contents.
        self.storage = FileStorage(str(folder))
        self.indexname = INDEX_NAME
        self._schema = schema()
        self._folder = folder

    def _read_toc(self) -> TOC:
        manifest = read_manifest(self._folder)
        return TOC(self._schema, _segments(manifest), manifest.generation)

    def listed(self) -> Segments:
        """The segments that there are."""
        return _segments(read_manifest(self._folder))

    def latest_generation(self) -> int:
        """How many times the index was written."""
        return read_manifest(self._folder).generation


def open_sound(folder: Path) -> Contents:
    """The Whoosh index in a folder, when each file is what was written.

    Raises:
        DamagedError: in any doubt.
    """
    sound_manifest(folder)
    return Contents(folder)


def _segments(manifest: Manifest) -> Segments:
    return [as_segment(one) for one in manifest.segments]


class Writer(SegmentWriter):
    """Whoosh's writer, which ends with our manifest."""

    def __init__(self, index: Contents, record: Callable[[int, Segments], None]) -> None:
        super().__init__(index, codec=ArrayCodec(), _lk=False)  # type: ignore[no-untyped-call]
        self._record = record

    def _commit_toc(self, segments: Segments) -> None:
        self._record(self.generation, segments)
