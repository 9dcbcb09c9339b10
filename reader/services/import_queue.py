"""The queue of files on their way into the library."""

from __future__ import annotations

import os
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from reader.formats import BY_SUFFIX, SUFFIXES


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be imported, the sentence that says why, and whether its password
    would help."""

    path: str
    sentence: str
    is_locked: bool = False

    @property
    def name(self) -> str:
        """The file's name."""
        return Path(self.path).name

    @property
    def reason(self) -> str:
        """The sentence without the name, so that files with the same reason stand together."""
        return self.sentence.replace(f"“{self.name}”", "The file")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: files done of files known, the one being read, and what failed.

    `document_ids` are those in the library now; `known` of them were there already, `updated`
    have a new edition. `failed` are the files that could not be read, `left` those that Cancel
    left out; `passed_over` says how many files of folders were of kinds that are not read.
    """

    done: int = 0
    total: int = 0
    name: str = ""
    document_ids: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    known: int = 0
    updated: int = 0
    passed_over: tuple[str, ...] = ()
    left: tuple[Path, ...] = ()

    @property
    def failures(self) -> tuple[tuple[str, str], ...]:
        """The names of the files that could not be read, each with the sentence that says why."""
        return tuple((one.name, one.sentence) for one in self.failed)

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
        taken = f"{said} imported" + (f" ({', '.join(extra)})." if extra else ".")
        count = len(self.left)
        left = f"{count} {'file was' if count == 1 else 'files were'} left out." if count else ""
        return " ".join(filter(None, (taken, left, passed_over_sentence(self.passed_over))))


@dataclass
class ImportQueue:
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
    _failed: list[Failure] = field(default_factory=list)
    _left: list[Path] = field(default_factory=list)
    _passed_over: list[str] = field(default_factory=list)
    _outcomes: Counter[str] = field(default_factory=Counter)
    _is_cancelled: bool = False

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
            tuple(self._failed),
            self._outcomes["known"],
            self._outcomes["updated"],
            tuple(kinds_of(self._passed_over)),
            tuple(self._left),
        )

    def add(self, paths: Iterable[Path]) -> None:
        """Put files, and the files of folders, at the end of the queue."""
        for path in paths:
            found = found_in([path])
            self._waiting.extend(found.files)
            self._total += len(found.files)
            self._passed_over += found.passed_over
            if not found.files:
                self._failed.append(Failure(str(path), nothing_in([path.name])))

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

    def missed(self, path: Path, sentence: str, *, is_locked: bool = False) -> None:
        """A file could not be imported; `is_locked` when its password would help."""
        self._end(path)
        self._failed.append(Failure(str(path), naming(sentence, path), is_locked))

    def _end(self, path: Path) -> None:
        self._under_way.remove(path)
        self._done += 1

    @property
    def is_awaited(self) -> bool:
        """Whether it is one file alone, which somebody asked for and still waits for."""
        return self._total == 1 and not self.quiet and not self._is_cancelled

    def cancel(self) -> None:
        """Leave the files out that wait."""
        self._is_cancelled = True
        self._left += self._waiting
        self._total -= len(self._waiting)
        self._waiting.clear()


@dataclass(frozen=True, slots=True)
class Found:
    """The documents among files and in folders, and the names of other files in the folders."""

    files: tuple[Path, ...]
    passed_over: tuple[str, ...]


def may_have_companions(path: Path) -> bool:
    """Whether a file of this name is of a kind that pictures lie beside."""
    suffix = path.suffix.lower()
    return suffix in BY_SUFFIX and BY_SUFFIX[suffix].has_companions


def found_in(paths: Iterable[Path]) -> Found:
    """What of some files and folders may be documents: all files named, and by suffix in folders.

    The folder of pictures beside a saved page is part of that page: it is neither.
    """
    files: list[Path] = []
    others: list[str] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        for one in sorted(map(Path, _files_in(str(path))), key=lambda found: found.parts):
            if one.name.lower().endswith(SUFFIXES):
                files.append(one)
            else:
                others.append(one.name)
    return Found(tuple(files), tuple(others))


def kinds_of(names: Iterable[str]) -> list[str]:
    """How many files of each kind there are among names: "3 pictures (.jpg)"."""
    from reader.importers.other_kinds import passed_over

    return passed_over(names)


def passed_over_sentence(kinds: Sequence[str]) -> str:
    """What is said of files of kinds that are not read; "" where there are none."""
    return f"Passed over: {', '.join(kinds)}." if kinds else ""


def naming(sentence: str, path: Path) -> str:
    """The sentence with the file's name in it, where it says "The file" only."""
    return re.sub(r"^The file\b", lambda _: f"“{path.name}”", sentence)


def nothing_in(names: Iterable[str]) -> str:
    """What is said of folders that hold no document."""
    return (
        f"There is no document in {', '.join(f'“{name}”' for name in names)} that Offprint reads."
    )


def files_of(path: Path) -> Iterator[Path]:
    """The path itself, or all visible files of a folder and its folders that may be documents."""
    yield from found_in([path]).files


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
    """All visible files but those of saved pages, in no order; links to folders are not followed.

    By `scandir`, which knows what is a file without asking the disk for each: the window waits for
    ten thousand of them.
    """
    from reader.importers.common.companions import is_page_folder

    waiting = [folder]
    while waiting:
        # A folder that nobody may look into holds nothing for us.
        with suppress(OSError), os.scandir(waiting.pop()) as scanned:
            entries = list(scanned)
            names = {entry.name for entry in entries}
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    if not is_page_folder(entry.name, names):
                        waiting.append(entry.path)
                elif _is_file(entry):
                    yield entry.path


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether it is a file, or a link that nobody can follow: whoever reads it says why not."""
    try:
        return entry.is_file()
    except OSError:
        return True
