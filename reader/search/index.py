"""The index on disk: documents in, documents out, checked, merged, and built again in any doubt.

It is a Whoosh index whose segments our codec reads. It is disposable: whatever is wrong with it,
an empty one takes its place, and the library is indexed again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import LockError, clean_files
from whoosh.util.filelock import try_for
from whoosh.writing import SegmentWriter

from reader.model.document import Document
from reader.paths import make_private
from reader.problem import Problem
from reader.search.arrays import Arrays, DamagedError, write_arrays
from reader.search.inverter import invert
from reader.search.manifest import NAME, Manifest, read_manifest
from reader.search.merge_policy import SLICE_PASSAGES, TIER, of_a_slice, of_one_tier
from reader.search.opening import alive, indexed_ids, open_entries, open_segment
from reader.search.segment_merge import merge
from reader.search.whoosh_codec import ArraySegment
from reader.search.whoosh_index import INDEX_NAME, Contents, Segments, Writer, open_sound

BATCH_CHARACTERS = 6_000_000
_LOCK_SECONDS = 15.0
_QUICK_PASSAGES = 4096


class Index:
    """The index in a folder; it is made when something is first written to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def document_ids(self) -> set[str]:
        """The ids of all documents that can be found; none when the index is damaged or missing."""
        return indexed_ids(self.folder)

    def verify(self) -> list[str]:
        """What is wrong with the index, all of it read; nothing when it was never made."""
        if not self.folder.is_dir() or not any(self.folder.iterdir()):
            return []
        try:
            open_entries(self.folder)
            manifest = read_manifest(self.folder)
        except DamagedError as damage:
            return [f"The search index is damaged and will be built again: {damage}."]
        return [wrong for n in manifest.entries if (wrong := manifest.wrong(n, thorough=True))]

    def add(self, documents: Iterable[Document]) -> None:
        """Puts documents in, in place of earlier ones of the same ids.

        Raises:
            Problem: when the index is locked for long, or cannot be written.
        """
        for batch in _batches(documents):
            self._change({document.id for document in batch}, batch)

    def remove(self, document_ids: Iterable[str]) -> None:
        """Takes documents out.

        Raises:
            Problem: when the index is locked for long, or cannot be written.
        """
        self._change(set(document_ids), [])

    def merge(self) -> None:
        """Makes few segments of many and drops what was deleted.

        Raises:
            Problem: when the index is locked for long, or cannot be written.
        """
        while self.merge_slice():
            pass

    def mergeable(self) -> bool:
        """Whether it pays to make one of some segments; for when nobody waits."""
        try:
            return bool(self._slice())
        except DamagedError:
            # It is built again with the next change.
            return False

    def merge_slice(self) -> bool:
        """Makes one segment of some, if that pays; says whether there may be more to do.

        What takes time is done before the index is locked. When another process has changed these
        segments meanwhile, nothing is written.

        Raises:
            Problem: when the index is locked for long, or cannot be written.
        """
        try:
            chosen = self._slice()
            if chosen:
                made = self._made_one(chosen)
                with self._writing(), self._locked():
                    self._replace(chosen, made)
        except DamagedError:
            return False
        return bool(chosen)

    def _slice(self) -> Segments:
        return of_a_slice(open_sound(self.folder).listed(), SLICE_PASSAGES)

    def _replace(self, chosen: Segments, made: Arrays) -> None:
        """Puts one segment in the place of some, unless these were changed."""
        index = open_sound(self.folder)
        gone = {entry.listed for entry in chosen}

        def settle(segments: Segments, manifest: Manifest) -> Segments:
            others = [entry for entry in segments if entry.listed not in gone]
            return [*others, self._write(made, manifest)]

        if gone <= {entry.listed for entry in index.listed()}:
            self._settle(index, settle)

    def rebuild(self, documents: Iterable[Document]) -> None:
        """Begins anew with these documents.

        Raises:
            Problem: when the index is locked for long, or cannot be written.
        """
        with self._writing():
            self._clear()
        self.add(documents)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """What can go wrong while writing, said in a sentence."""
        make_private(self.folder)
        try:
            yield
        except LockError:
            raise Problem(
                "The search index is being written by another window. Try again in a minute."
            ) from None
        except OSError as error:
            raise Problem(f"The search index cannot be written: {error.strerror}.") from None

    def _clear(self) -> None:
        """Puts an empty index in the place of whatever is there."""
        if self.folder.is_symlink():
            raise Problem(
                f"“{self.folder}” is a link to another folder, where Offprint removes nothing. "
                "Remove the link; the index is built again."
            )
        with self._locked():
            for path in self.folder.iterdir():
                if path.is_file() and not path.name.endswith("WRITELOCK"):
                    # Windows removes no file that a search has mapped. It is listed no more, and
                    # the next change removes it.
                    with suppress(PermissionError):
                        path.unlink()
            self._record(Manifest(self.folder), 0, [])

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Waits until no other process writes.

        Raises:
            LockError: when that takes too long.
        """
        lock = FileStorage(str(self.folder)).lock(f"{INDEX_NAME}_WRITELOCK")
        if not try_for(lock.acquire, timeout=_LOCK_SECONDS):
            raise LockError
        try:
            yield
        except OSError:
            # A disk that is full is not to hold what was written in vain.
            with suppress(DamagedError):
                self._remove_unlisted(Contents(self.folder).listed())
            raise
        finally:
            lock.release()

    def _change(self, gone: set[str], batch: Sequence[Document]) -> None:
        """Takes documents out and puts others in, in a sound index or in a new one."""
        with self._writing():
            try:
                self._commit(open_sound(self.folder), gone, batch)
            except DamagedError:
                self._clear()
                self._commit(open_sound(self.folder), gone, batch)

    def _commit(self, index: Contents, gone: set[str], batch: Sequence[Document]) -> None:
        def settle(segments: Segments, manifest: Manifest) -> Segments:
            self._delete(segments, gone)
            new = self._write(invert(batch), manifest) if batch else None
            most = max(_QUICK_PASSAGES, 2 * TIER * new.passages if new else 0)
            kept = [s for s in [*segments, *([new] if new else [])] if s.doc_count()]
            return self._merged(kept, most, manifest)

        with self._locked():
            self._settle(index, settle)

    def _settle(self, index: Contents, settled: Callable[[Segments, Manifest], Segments]) -> None:
        """Makes the index consist of the segments that `settled` gives; under the lock."""
        manifest = Manifest(self.folder)
        # Read only now: another process may have written while we waited for the lock.
        manifest.entries |= read_manifest(self.folder).entries
        writer = Writer(index, partial(self._record, manifest))

        def policy(_writer: SegmentWriter, segments: Segments) -> Segments:
            return settled(segments, manifest)

        # Whoosh's own door for segments that its writer did not make: the policy that says which
        # segments there are when all is written.
        writer.commit(mergetype=policy)  # type: ignore[no-untyped-call]

    def _record(self, manifest: Manifest, generation: int, segments: Segments) -> None:
        """Writes down what the index now consists of, and removes every other file of an index."""
        manifest.write(tuple(one.listed for one in segments), generation)
        self._remove_unlisted(segments)
        for path in self.folder.iterdir():
            if path.is_file():
                path.chmod(0o600)

    def _remove_unlisted(self, segments: Segments) -> None:
        """Removes every file of an index but these segments; under the lock."""
        # There is no table of contents of Whoosh's, of any number: one that is there is removed.
        clean_files(FileStorage(str(self.folder)), INDEX_NAME, -1, segments)
        for path in self.folder.glob(f"{NAME}.*.new"):
            path.unlink(missing_ok=True)

    def _write(self, arrays: Arrays, manifest: Manifest) -> ArraySegment:
        entry = ArraySegment(INDEX_NAME, len(arrays["passage.document"]))
        path = entry.path(self.folder)
        manifest.record(path.name, write_arrays(path, arrays))
        return entry

    def _delete(self, segments: Segments, gone: set[str]) -> None:
        for entry in segments if gone else ():
            segment = open_segment(self.folder, entry.listed)
            numbers = [n for n, one in enumerate(segment.document_ids) if one in gone]
            passages = np.isin(segment.arrays["passage.document"], numbers)
            for passage in np.flatnonzero(passages).tolist():
                entry.delete_document(passage)

    def _merged(self, segments: Segments, most: int, manifest: Manifest) -> Segments:
        """The segments with those of a size made one, when that gives at most so many passages."""
        while chosen := of_one_tier(segments, most):
            segments = [s for s in segments if s not in chosen]
            segments.append(self._write(self._made_one(chosen), manifest))
        return segments

    def _made_one(self, chosen: Segments) -> Arrays:
        return merge(
            [open_segment(self.folder, entry.listed) for entry in chosen],
            [alive(entry.listed) for entry in chosen],
        )


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """The documents in batches that fit into memory; of an id within one, the last."""
    batch: dict[str, Document] = {}
    characters = 0
    for document in documents:
        batch[document.id] = document
        characters += len(document.text)
        if characters > BATCH_CHARACTERS:
            yield list(batch.values())
            batch, characters = {}, 0
    if batch:
        yield list(batch.values())
