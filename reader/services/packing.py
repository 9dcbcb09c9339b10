"""Packs a library into one file, a slice at a time, while others go on reading and writing."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from reader import __version__
from reader.paths import Paths, make_private, move
from reader.problem import Problem
from reader.services.pack_file import MANIFEST, PackedFile, is_sound, manifest
from reader.store.database import Database
from reader.store.durable_files import sync_file, sync_folder, utc_now
from reader.store.encryption import Key, is_locked
from reader.store.open_file import BESIDE
from reader.store.own_schema import refused

# What is packed already; to press it again takes time and gains nothing.
_PRESSED = {
    *(".pdf", ".epub", ".docx", ".docm", ".dotx", ".dotm", ".odt", ".ott", ".zip"),
    *(".png", ".jpg", ".jpeg", ".gif", ".webp"),
}
# What systems and programs leave beside files.
_LITTER = (".part", ".lock", ".DS_Store", "Thumbs.db", "desktop.ini")
_LEFT_BEHIND_SECONDS = 24 * 3600.0
_CHUNK_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Begun:
    """A packing that has begun: what is to be packed, the folder of copies, the unfinished file."""

    files: tuple[PackedFile, ...]
    copies: str
    part: str


def begin(data: str, target: str, keys: Mapping[str, Key] | None = None) -> Begun:
    """Copy the databases as they are now, and list what is to be packed.

    Encrypted notes stay encrypted. `keys` are of the users whose notes may be in use meanwhile.

    Raises:
        Problem: when a database is damaged, or the file cannot be written there.
    """
    paths = Paths(Path(data))
    if not paths.library.is_file():
        raise Problem(f"There is no library in “{data}” yet, so there is nothing to pack.")
    if Path(target).is_dir():
        raise Problem(f"“{target}” is a folder; say which file the library is to be packed into.")
    part, copies = "", ""
    try:
        copies = str(_folder_of_copies(paths))
        handle, part = tempfile.mkstemp(dir=Path(target).absolute().parent, prefix=".offprint-")
        os.close(handle)
        return Begun(tuple(_files(paths, Path(copies), keys or {})), copies, part)
    except BaseException as error:
        give_up(copies, part)
        if isinstance(error, OSError):
            raise _unwritten(target, error) from None
        raise


def _folder_of_copies(paths: Paths) -> Path:
    """A new folder for copies of databases; those that a killed process left are cleared away."""
    place = make_private(paths.data / "packing")
    for folder in place.iterdir():
        if folder.stat().st_mtime < time.time() - _LEFT_BEHIND_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
    return Path(tempfile.mkdtemp(dir=place))


def _files(paths: Paths, copies: Path, keys: Mapping[str, Key]) -> Iterator[PackedFile]:
    """All that belongs to the library: first the list, so that no document of it is missing."""
    with_keys = {paths.library: None} | {paths.notes(u): keys.get(u) for u in paths.users()}
    databases = [path for path in with_keys if path.is_file()]
    for path in databases:
        key = with_keys[path]
        if key is None and path != paths.library and is_locked(path):
            yield from _encrypted_files(paths, copies, path)
            continue
        copy = copies / path.relative_to(paths.data)
        make_private(copy.parent)
        with closing(Database(path, None, key=key)) as database:
            database.copy_to(copy)
        with closing(Database(copy, None, key=key)) as database:
            if found := database.integrity_errors():
                raise Problem(f"The library cannot be packed, for it is damaged: {found[0]}")
            foreign = []
            # What a newer Offprint wrote is packed as it is.
            with suppress(Problem):
                foreign = database.foreign("library" if path == paths.library else "notes")
            if foreign:
                raise refused(path, foreign)
        yield PackedFile(_name(paths, path), copy.stat().st_size)
    instead = {f"{path}{suffix}" for path in databases for suffix in ("", *BESIDE)}
    tops = [paths.documents, *(paths.user(user) for user in paths.users()), paths.lost]
    for path in (one for top in tops for one in _found_in(top)):
        name = _name(paths, path)
        if str(path) in instead or path.name.endswith(_LITTER) or ".removing/" in name:
            continue
        if not is_sound(name):
            raise Problem(
                f"“{path}” cannot be packed: not every system can have a file of this name. Move "
                "it to another folder."
            )
        with suppress(FileNotFoundError):
            yield PackedFile(name, path.stat().st_size)


def _encrypted_files(paths: Paths, copies: Path, path: Path) -> Iterator[PackedFile]:
    """Copy notes as they are, which cannot be opened here, with the log that may belong to them.

    Raises:
        Problem: when another window writes to them meanwhile.
    """
    files = [Path(f"{path}{suffix}") for suffix in ("", "-wal")]
    before = [_state(one) for one in files]
    for one in (one for one in files if one.is_file()):
        copy = copies / one.relative_to(paths.data)
        make_private(copy.parent)
        shutil.copyfile(one, copy)
        yield PackedFile(_name(paths, one), copy.stat().st_size)
    if [_state(one) for one in files] != before:
        raise Problem("Locked notes were changed while they were packed. Pack the library again.")


def _state(path: Path) -> tuple[int, int]:
    if not path.is_file():
        return 0, -1
    status = path.stat()
    return status.st_mtime_ns, status.st_size


def _found_in(folder: Path) -> Iterator[Path]:
    """The files of a folder, in the order of their names; links in it are passed over.

    Raises:
        Problem: when it is itself a link: what is there may be none of the library's.
    """
    if folder.is_symlink():
        raise Problem(
            f"“{folder}” is only a link to another folder, and is not packed. Put the folder "
            "itself in its place."
        )
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(place, name)
            if path.is_file() and not path.is_symlink():
                yield path


def _name(paths: Paths, path: Path) -> str:
    return path.relative_to(paths.data).as_posix()


def add(data: str, begun_copies: str, part: str, files: Sequence[PackedFile]) -> list[PackedFile]:
    """Pack some of the files; return them with their hashes.

    Raises:
        Problem: when a file is gone meanwhile, or the disk is full.
    """
    packed = []
    try:
        with zipfile.ZipFile(part, "a") as archive:
            for one in files:
                copy = Path(begun_copies, one.name)
                source = copy if copy.exists() else Path(data, one.name)
                try:
                    packed.append(_put(archive, source, one.name))
                except FileNotFoundError:
                    # Copies of notes come and go.
                    if "/backups/" not in one.name:
                        raise Problem(
                            "The library was changed while it was packed, so it was not. Pack it "
                            "again."
                        ) from None
    except OSError as error:
        raise _unwritten(part, error) from None
    return packed


def _put(archive: zipfile.ZipFile, source: Path, name: str) -> PackedFile:
    with source.open("rb") as file:
        info = zipfile.ZipInfo(name, time.gmtime(max(os.fstat(file.fileno()).st_mtime, 4e8))[:6])
        pressed = source.suffix.lower() in _PRESSED
        info.compress_type = zipfile.ZIP_STORED if pressed else zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        hashed, size = hashlib.sha256(), 0
        with archive.open(info, "w", force_zip64=True) as out:
            while chunk := file.read(_CHUNK_BYTES):
                hashed.update(chunk)
                size += len(chunk)
                out.write(chunk)
    return PackedFile(name, size, hashed.hexdigest())


def finish(begun_copies: str, part: str, target: str, files: Sequence[PackedFile]) -> None:
    """Write the list of what was packed, and return the file its name, in place of another.

    Raises:
        Problem: when the disk is full.
    """
    try:
        with zipfile.ZipFile(part, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(MANIFEST, manifest(__version__, utc_now(), files))
        sync_file(Path(part))
        move(Path(part), Path(target).absolute())
        sync_folder(Path(target).absolute().parent)
    except OSError as error:
        raise _unwritten(target, error) from None
    finally:
        give_up(begun_copies, part)


def give_up(begun_copies: str, part: str) -> None:
    """Clear away what an unfinished packing has made."""
    if begun_copies:
        shutil.rmtree(begun_copies, ignore_errors=True)
        with suppress(OSError):
            Path(begun_copies).parent.rmdir()
    if part:
        with suppress(OSError):
            Path(part).unlink()


def _unwritten(target: str, error: OSError) -> Problem:
    folder = Path(target).absolute().parent
    return Problem(f"The library cannot be packed into “{folder}”: {error.strerror}.")
