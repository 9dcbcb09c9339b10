"""Where the library, each user's notes, the index and the log live."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
import time
import unicodedata
from dataclasses import dataclass
from functools import cache
from io import BufferedReader
from pathlib import Path

from reader.problem import Problem

_LONGEST_NAME = 64
_LONGEST_NAME_BYTES = 200
_DEVICE = re.compile(
    r"(?:con(?:in\$|out\$)?|prn|aux|nul|clock\$|(?:com|lpt)[0-9¹²³])\s*(?:\..*)?", re.I | re.S
)
_DOCUMENT_ID = re.compile(r"[0-9a-f]{64}")
_MOST_BYTES = 1 << 30
_NO_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_TRIES = 40
_BETWEEN_TRIES_SECONDS = 0.05
# Windows has devices of these names in every folder, whatever ending follows.
# Source: https://learn.microsoft.com/windows/win32/fileio/naming-a-file


@dataclass(frozen=True, slots=True)
class Paths:
    """The places under one data folder."""

    data: Path

    @property
    def library(self) -> Path:
        """The library's database."""
        return self.data / "library.db"

    @property
    def documents(self) -> Path:
        """The folder that holds a folder a document, named by its id."""
        return self.data / "documents"

    @property
    def index(self) -> Path:
        """The folder of the disposable search index."""
        return self.data / "index"

    @property
    def meanings(self) -> Path:
        """The folder of disposable vectors of what documents mean."""
        return self.data / "meanings"

    @property
    def log(self) -> Path:
        """The folder of logs and error reports."""
        return self.data / "log"

    @property
    def staging(self) -> Path:
        """The folder where imports are made ready; what is in it at start is left-overs."""
        return self.data / "staging"

    @property
    def lost(self) -> Path:
        """The folder of what was found and could not be put in its place again."""
        return self.data / "lost-and-found"

    def document(self, document_id: str) -> Path:
        """The folder of one document.

        Raises:
            Problem: when that is no document's id: a database may hold anything, and what goes
                with a document is removed with it.
        """
        if not is_document_id(document_id):
            raise Problem("The library names a document that cannot be one. It is damaged.")
        return self.documents / document_id

    def user(self, name: str) -> Path:
        """The folder of one user, however the name is capitalised and its accents are encoded.

        Raises:
            Problem: when the name could not be a folder's on every system, or there are folders
                that differ in capitals only, and none is spelt like this.
        """
        known = self.users()
        if name in known:
            return self.data / "users" / name
        name = unicodedata.normalize("NFC", name)
        same = [one for one in known if _folded(one) == _folded(name)]
        if len(same) > 1:
            raise Problem(f"There are several users of this name: {_listed(same)}.")
        if same:
            return self.data / "users" / same[0]
        if not _is_name(name):
            raise Problem(
                "A user's name starts with a letter or digit and holds letters, digits, spaces "
                "and . @ ' - only."
            )
        if is_device(name):
            raise Problem(f"“{name}” is the name of a device on Windows. Choose another name.")
        return self.data / "users" / name

    def notes(self, user: str) -> Path:
        """The database of one user's notes."""
        return self.user(user) / "notes.db"

    def users(self) -> list[str]:
        """The names of all users, sorted."""
        folder = self.data / "users"
        return sorted(p.name for p in folder.iterdir() if p.is_dir()) if folder.is_dir() else []

    def clashes(self) -> list[str]:
        """What to say of users whose names differ in capitals or the encoding of accents only."""
        by_name: dict[str, list[str]] = {}
        for name in self.users():
            by_name.setdefault(_folded(name), []).append(name)
        return [
            f"The users {_listed(names)} differ in capitals or accents only. They are kept apart "
            "here; elsewhere their folders may become one, so give all but one another name."
            for names in by_name.values()
            if len(names) > 1
        ]


def _folded(name: str) -> str:
    """What is the same for names that one folder would have on some system.

    Letter by letter, as file systems do: "ß" is not "ss", for these may be two people.
    """
    composed = unicodedata.normalize("NFC", name)
    folded = (c.casefold() if len(c.casefold()) == 1 else c.lower() for c in composed)
    return unicodedata.normalize("NFC", "".join(folded))


def _is_name(name: str) -> bool:
    """Whether a folder can be called so everywhere."""
    letters = all(c.isalnum() or c in "_ .@'’-" or unicodedata.category(c)[0] == "M" for c in name)
    fits = len(name) <= _LONGEST_NAME and len(name.encode()) <= _LONGEST_NAME_BYTES
    return letters and fits and name[:1].isalnum() and not name.endswith((".", " "))


def is_document_id(untrusted: object) -> bool:
    """Whether something is written as ids of documents are: SHA-256 in hexadecimal digits."""
    return isinstance(untrusted, str) and _DOCUMENT_ID.fullmatch(untrusted) is not None


def is_device(name: str) -> bool:
    """Whether Windows takes a file name, whatever its ending, for a device.

    Source: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
    """
    return _DEVICE.fullmatch(name) is not None


def _listed(names: list[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return " and ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))


def find_data(option: str | None, program: Path) -> Path:
    """The data folder: the option, OFFPRINT_HOME, one beside the program, or the platform's."""
    if option:
        return Path(option).expanduser().absolute()
    if os.environ.get("OFFPRINT_HOME"):
        return Path(os.environ["OFFPRINT_HOME"]).expanduser().absolute()
    beside = program / "offprint-data"
    if beside.is_dir():
        return beside
    # Imported here: a start with a known folder need not pay for it.
    from platformdirs import user_data_path

    return user_data_path("Offprint", appauthor=False)


def make_private(folder: Path) -> Path:
    """The folder, made with its parents so that only its owner can look in.

    Raises:
        Problem: when it cannot be made.
    """
    try:
        # mkdir's own `parents` would make them for everybody to look in.
        for missing in reversed([f for f in (folder, *folder.parents) if not f.exists()]):
            missing.mkdir(mode=0o700, exist_ok=True)
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise Problem(f"The folder “{folder}” cannot be made: {error.strerror}.") from None
    return folder


def open_regular(path: Path) -> BufferedReader:
    """A file of the data folder, opened to be read.

    In a folder from elsewhere, a pipe may be in its place, which is waited for without end, or a
    link to a device that never ends.

    Raises:
        OSError: when it is no file, or cannot be opened.
    """
    handle = os.open(path, os.O_RDONLY | _NO_WAITING)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "it is no file", str(path))
    return os.fdopen(handle, "rb")


def read_regular(path: Path, most_bytes: int = _MOST_BYTES) -> bytes:
    """The content of a file of the data folder.

    Raises:
        OSError: when it is no file, is larger than `most_bytes`, or cannot be read.
    """
    with open_regular(path) as file:
        if os.fstat(file.fileno()).st_size > most_bytes:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
        return file.read(most_bytes)


def is_own_file(path: Path) -> bool:
    """Whether a file is there that has this one name: no link to another, no pipe, no device."""
    try:
        status = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and status.st_nlink == 1


def make_way(path: Path) -> Path:
    """The path, for a file to be written: what is there and is only a link to another goes.

    Raises:
        OSError: when it cannot be removed.
    """
    if not is_own_file(path):
        path.unlink(missing_ok=True)
    return path


def move(source: Path, target: Path) -> None:
    """Rename a file or folder, in place of a file of that name.

    On Windows a scanner may hold what was just written; then it is tried again for two seconds.

    Raises:
        OSError: when it cannot be renamed.
    """
    tries = _TRIES if sys.platform == "win32" else 1
    for _ in range(tries - 1):
        try:
            source.replace(target)
        except PermissionError:
            time.sleep(_BETWEEN_TRIES_SECONDS)
        else:
            return
    source.replace(target)


def resources() -> Path:
    """The folder of fonts, icons and themes, in the source tree as in an installed package."""
    return _beside("resources")


def seeds() -> Path:
    """The folder of the documents that a new library starts with."""
    return _beside("seeds")


@cache
def _beside(name: str) -> Path:
    package = Path(__file__).resolve().parent
    inside = package / "_data" / name
    return inside if inside.is_dir() else package.parent / name
