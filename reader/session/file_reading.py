"""How a file on its way into the library is read: not at all, when it is there already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from reader.problem import Problem
from reader.services.import_queue import may_have_companions
from reader.services.known_files import KnownFile, content_hash, known_file
from reader.services.staging import ReadResult
from reader.services.workspace import Workspace
from reader.session.background import Background
from reader.workers import tasks


@dataclass(frozen=True, slots=True)
class Ends:
    """Who hears what became of a file.

    `found` gets its document as soon as the library is seen to have it, `unknown` the hash of a
    file that it does not have; then one of the others is called: `known` when nothing is to be
    read, `read` with what a worker read, or `failed`.
    """

    found: Callable[[str], None]
    unknown: Callable[[str], None]
    known: Callable[[str], None]
    read: Callable[[ReadResult], None]
    failed: Callable[[Problem], None]


class FileReading:
    """Looks files up by their content and has workers read those that are new.

    Hashing is done on another thread; what is kept of a known file is checked in a worker.
    """

    def __init__(self, workspace: Workspace, background: Background) -> None:
        self._workspace = workspace
        self._background = background
        # Files of which all is to be read, not their main text only.
        self.whole: set[Path] = set()

    def begin(self, path: Path, ends: Ends) -> None:
        """Look a file up, and have it read when that gives anything new."""
        if path in self.whole:
            self.read(path, ends, whole=True)
            return
        self._background.run_aside(
            content_hash,
            path,
            then=partial(self._has_hash, path, ends),
            failed=ends.failed,
        )

    def _has_hash(self, path: Path, ends: Ends, file_hash: str) -> None:
        try:
            found = known_file(self._workspace.library, path, file_hash)
        except Problem as problem:
            ends.failed(problem)
            return
        if found is not None:
            ends.found(found.document_id)
        else:
            ends.unknown(file_hash)
        if found is None or not found.is_read_alike:
            self.read(path, ends)
            return
        self._background.run(
            "keep",
            tasks.is_sound,
            self._workspace.data,
            found.document_id,
            then=partial(self._is_checked, path, ends, found),
            failed=ends.failed,
        )

    def _is_checked(self, path: Path, ends: Ends, found: KnownFile, is_sound: bool) -> None:
        if is_sound:
            ends.known(found.document_id)
        else:
            self.read(path, ends)

    def read(self, path: Path, ends: Ends, whole: bool = False) -> None:
        """Have a file read whether it is known or not; of a web page, the `whole` of it."""
        places = str(path), self._workspace.data, str(self._workspace.paths.staging)
        read = partial(self._read_beside, path, ends, whole)
        if may_have_companions(path):
            self._background.run("keep", tasks.gather, *places, then=read, failed=ends.failed)
        else:
            read("")

    def _read_beside(self, path: Path, ends: Ends, whole: bool, gathered: str) -> None:
        """Have a file read; `gathered` is the folder of the pictures beside it."""
        self._background.run(
            "read",
            tasks.read,
            *(str(path), str(self._workspace.paths.staging), None, whole, gathered),
            then=ends.read,
            failed=ends.failed,
        )
