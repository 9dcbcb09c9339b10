"""The queue of files on their way into the library."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: files done of files known, the one being read, and what failed.

    `failures` pairs a file's name with the sentence that says why.
    """

    done: int = 0
    total: int = 0
    name: str = ""
    document_ids: tuple[str, ...] = ()
    failures: tuple[tuple[str, str], ...] = ()


@dataclass
class TakingIn:
    """Files that wait, one that is being read, and what became of the others."""

    _waiting: deque[Path] = field(default_factory=deque)
    _reading: Path | None = None
    _done: int = 0
    _total: int = 0
    _document_ids: list[str] = field(default_factory=list)
    _failures: list[tuple[str, str]] = field(default_factory=list)

    @property
    def busy(self) -> bool:
        """Whether a file is being read."""
        return self._reading is not None

    @property
    def reading(self) -> Path | None:
        """The file being read."""
        return self._reading

    @property
    def progress(self) -> Progress:
        """How far the import is."""
        return Progress(
            self._done,
            self._total,
            self._reading.name if self._reading else "",
            tuple(self._document_ids),
            tuple(self._failures),
        )

    def add(self, paths: Iterable[Path]) -> None:
        """Puts files, and the files of folders, at the end of the queue."""
        for path in paths:
            files = list(_files(path))
            self._waiting.extend(files)
            self._total += len(files)

    def next(self) -> Path | None:
        """The file to be read now; None when all are done."""
        self._reading = self._waiting.popleft() if self._waiting else None
        return self._reading

    def took(self, document_id: str) -> None:
        """The file being read is in the library."""
        self._done += 1
        self._document_ids.append(document_id)

    def missed(self, sentence: str) -> None:
        """The file being read could not be taken in."""
        assert self._reading is not None
        self._done += 1
        self._failures.append((self._reading.name, sentence))

    def cancel(self) -> None:
        """Forgets the files that wait."""
        self._total -= len(self._waiting)
        self._waiting.clear()


def _files(path: Path) -> Iterator[Path]:
    """The path itself, or all visible files of a folder and its folders."""
    if not path.is_dir():
        yield path
        return
    for inner in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in inner.relative_to(path).parts)
        if not hidden and inner.is_file():
            yield inner
