"""The queue of files on their way into the library."""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: files done of files known, the one being read, and what failed.

    `document_ids` are those in the library now; `known` of them were there already, `updated`
    have a new edition. `failures` pairs a file's name with the sentence that says why.
    """

    done: int = 0
    total: int = 0
    name: str = ""
    document_ids: tuple[str, ...] = ()
    failures: tuple[tuple[str, str], ...] = ()
    known: int = 0
    updated: int = 0

    @property
    def summary(self) -> str:
        """What became of the files, in a sentence."""
        count = len(self.document_ids)
        said = "1 document was" if count == 1 else f"{count} documents were"
        extra = [
            f"{number} {what}"
            for number, what in ((self.known, "known already"), (self.updated, "updated"))
            if number
        ]
        return f"{said} taken in" + (f" ({', '.join(extra)})." if extra else ".")


@dataclass
class TakingIn:
    """Files that wait, some that are being read, and what became of the others.

    `quiet` is whether nobody asked for them now, so that none is opened. `batch` tells what comes
    in this import from what came in others.
    """

    quiet: bool = False
    batch: str = field(default_factory=lambda: os.urandom(16).hex())
    _waiting: deque[Path] = field(default_factory=deque)
    _under_way: list[Path] = field(default_factory=list)
    _done: int = 0
    _total: int = 0
    _document_ids: list[str] = field(default_factory=list)
    _failures: list[tuple[str, str]] = field(default_factory=list)
    _outcomes: Counter[str] = field(default_factory=Counter)

    @property
    def under_way(self) -> int:
        """How many files are being read or kept."""
        return len(self._under_way)

    @property
    def progress(self) -> Progress:
        """How far the import is."""
        return Progress(
            self._done,
            self._total,
            self._under_way[0].name if self._under_way else "",
            tuple(self._document_ids),
            tuple(self._failures),
            self._outcomes["known"],
            self._outcomes["updated"],
        )

    def add(self, paths: Iterable[Path]) -> None:
        """Puts files, and the files of folders, at the end of the queue."""
        for path in paths:
            files = list(files_of(path))
            self._waiting.extend(files)
            self._total += len(files)

    def next(self) -> Path | None:
        """The file to be read now; None when none waits."""
        if not self._waiting:
            return None
        self._under_way.append(self._waiting.popleft())
        return self._under_way[-1]

    def took(self, path: Path, document_id: str, outcome: str) -> None:
        """A file is in the library."""
        self._end(path)
        self._document_ids.append(document_id)
        self._outcomes[outcome] += 1

    def missed(self, path: Path, sentence: str) -> None:
        """A file could not be taken in."""
        self._end(path)
        self._failures.append((path.name, sentence))

    def _end(self, path: Path) -> None:
        self._under_way.remove(path)
        self._done += 1

    def cancel(self) -> None:
        """Forgets the files that wait."""
        self._total -= len(self._waiting)
        self._waiting.clear()


def files_of(path: Path) -> Iterator[Path]:
    """The path itself, or all visible files of a folder and its folders."""
    if not path.is_dir():
        yield path
        return
    yield from sorted(map(Path, _files_in(str(path))), key=lambda found: found.parts)


def states_of(folder: str) -> dict[str, list[int]] | None:
    """The files of a folder, each with its size and when it was changed; None without a folder."""
    if not folder or not Path(folder).is_dir():
        return None
    return {str(path): _state(path) for path in files_of(Path(folder))}


def _state(path: Path) -> list[int]:
    try:
        status = path.stat()
    except OSError:
        return []
    return [status.st_size, status.st_mtime_ns]


def _files_in(folder: str) -> Iterator[str]:
    """All visible files, in no order; links to folders are not followed.

    By `scandir`, which knows what is a file without asking the disk for each: the window waits for
    ten thousand of them.
    """
    waiting = [folder]
    while waiting:
        # A folder that nobody may look into holds nothing for us.
        with suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                elif entry.is_file():
                    yield entry.path
