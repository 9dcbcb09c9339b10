"""The folders of a library's documents.

documents/<id>/original.<suffix> is the file as it came. documents/<id>/<edition>/document.json and
assets/ are what it was read as; said.json is what a person said of it (said.py). Editions are only
ever added, by renaming a folder that is complete and on the disk; so what has its name here is
always whole, whether the library's rows know it or not. Only a person's removal takes a folder
away: it is renamed to documents/<id>.removing, which is then deleted, and documents/<id>.removed
stays, so that no older list brings the document back.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import NamedTuple

from reader.model.document import Document
from reader.model.serialization import document_from_plain, document_to_plain, is_asset
from reader.paths import Paths, is_document_id, make_private, move, open_regular, read_regular
from reader.problem import Problem
from reader.store.durable_files import sync_folder, write_file

STALE_SECONDS = 3600.0
_REMOVING, _REMOVED = ".removing", ".removed"
_ORIGINAL = "original"
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")
_ORIGINAL_NAME = re.compile(r"original(?:\.[A-Za-z0-9]{1,8})?")


class Staged(NamedTuple):
    """A document made ready in a folder of its own, with the hashes of its files."""

    folder: Path
    document_id: str
    original: str
    file_hash: str
    asset_hashes: dict[str, str]

    def discard(self) -> None:
        """Clear the folder away, or what is left of it."""
        shutil.rmtree(self.folder, ignore_errors=True)


class Found(NamedTuple):
    """An edition that was found in its folder, with the hashes of its files."""

    number: int
    document: Document
    file_hash: str
    asset_hashes: dict[str, str]


class Homes(NamedTuple):
    """What the folder of documents holds: their ids, and those of removed ones.

    A document that is being `removing` is half gone; `removed` ones have left a tombstone.
    """

    ids: frozenset[str]
    removing: frozenset[str]
    removed: frozenset[str]


class DocumentFiles:
    """The folders under one data folder."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        make_private(paths.documents)
        make_private(paths.staging)

    def stage(
        self, document: Document, original: Path | bytes, assets: Mapping[str, bytes]
    ) -> Staged:
        """Write all files of a document, each durably, where nobody looks yet.

        Raises:
            Problem: when `original` is not the file that was read, or the disk is full.
        """
        try:
            folder = Path(tempfile.mkdtemp(dir=self._paths.staging))
            try:
                return _write(folder, document, original, assets)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
        except OSError as error:
            raise Problem(f"“{document.source}” could not be kept: {error.strerror}.") from error

    def place(self, staged: Staged, edition: int, original: str) -> None:
        """Move staged files to their place; what is there already stays.

        `original` is what the original file of a document that is there is called.

        Raises:
            Problem: when the disk does not let us.
        """
        home = self._paths.document(staged.document_id)
        try:
            if home.exists():
                if not self.original_is_whole(staged.document_id, original):
                    self._put_aside(home / original)
                    (staged.folder / staged.original).replace(home / original)
                move(staged.folder / "edition", home / str(edition))
                sync_folder(home)
            else:
                move(staged.folder / "edition", staged.folder / str(edition))
                move(staged.folder / staged.original, staged.folder / original)
                sync_folder(staged.folder)
                self._beside(staged.document_id, _REMOVED).unlink(missing_ok=True)
                move(staged.folder, home)
                sync_folder(home.parent)
        except OSError as error:
            raise Problem(f"A document could not be kept: {error.strerror}.") from error

    def next_number(self, document_id: str, after: int) -> int:
        """The number of the next edition: one that neither a row nor a folder has."""
        return 1 + max([after, *self.numbers(document_id)])

    def numbers(self, document_id: str) -> list[int]:
        """The numbers of the editions that have a folder, in their order."""
        try:
            names = [path.name for path in self._paths.document(document_id).iterdir()]
        except OSError:
            return []
        return sorted(int(name) for name in names if name.isdecimal() and name.isascii())

    def document(self, document_id: str, edition: int, file_hash: str) -> Document | None:
        """An edition of a document; None when its file is missing or not as we write it."""
        packed = self._read(document_id, edition, "document.json", file_hash)
        try:
            return None if packed is None else document_from_plain(json.loads(packed))
        except ValueError:
            return None

    def asset(self, document_id: str, edition: int, name: str, file_hash: str) -> bytes | None:
        """A picture; None when its file is missing or not as it was written."""
        if not is_asset(name):
            return None
        return self._read(document_id, edition, f"assets/{name}", file_hash)

    def _read(self, document_id: str, edition: int, name: str, file_hash: str) -> bytes | None:
        # A database may hold any text where we put numbers.
        if not isinstance(edition, int):
            return None
        try:
            content = read_regular(self._paths.document(document_id) / str(edition) / name)
        except OSError:
            return None
        return content if _hash(content) == file_hash else None

    def original_is_whole(self, document_id: str, name: str) -> bool:
        """Whether the original file is there as it came."""
        if not is_original(name):
            return False
        try:
            with open_regular(self._paths.document(document_id) / name) as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == document_id
        except OSError:
            return False

    def has(self, document_id: str) -> bool:
        """Whether there is a folder for a document."""
        return self._paths.document(document_id).exists()

    def was_removed(self, document_id: str) -> bool:
        """Whether a document left a tombstone."""
        return not self.has(document_id) and (
            self._beside(document_id, _REMOVED).exists()
            or self._beside(document_id, _REMOVING).exists()
        )

    def homes(self) -> Homes:
        """The documents that have a folder, and the removed ones; other names are none of ours."""
        found: dict[str, set[str]] = {"": set(), _REMOVING: set(), _REMOVED: set()}
        for name in os.listdir(self._paths.documents):  # noqa: PTH208 (slow for many)
            stem, dot, ending = name.partition(".")
            if dot + ending in found and is_document_id(stem):
                found[dot + ending].add(stem)
        return Homes(*map(frozenset, found.values()))

    def editions(self, document_id: str) -> list[Found]:
        """The editions that can be read in a document's folder, in their order."""
        found = []
        for number in self.numbers(document_id):
            folder = self._paths.document(document_id) / str(number)
            try:
                packed = read_regular(folder / "document.json")
                document = document_from_plain(json.loads(packed))
                assets = {p.name: _hash(read_regular(p)) for p in (folder / "assets").iterdir()}
            except (OSError, ValueError, RecursionError):
                continue
            if document.id == document_id:
                found.append(Found(number, document, _hash(packed), assets))
        return found

    def original_name(self, document_id: str) -> str:
        """What the original file in a document's folder is called, or would be."""
        home = self._paths.document(document_id)
        names = sorted(path.name for path in home.iterdir() if path.stem == _ORIGINAL)
        whole = (name for name in names if self.original_is_whole(document_id, name))
        return next(whole, names[0] if names else _ORIGINAL)

    def kept_since(self, document_id: str) -> float:
        """When the folder of a document was made, as near as can be told: seconds since 1970."""
        home = self._paths.document(document_id)
        return min(path.stat().st_mtime for path in (home, *home.iterdir()))

    def begin_removal(self, document_id: str) -> None:
        """Take a document's folder out of its place, for good.

        Raises:
            Problem: when the disk does not let us; then it is where it was.
        """
        home, going = self._paths.document(document_id), self._beside(document_id, _REMOVING)
        try:
            if going.exists():
                shutil.rmtree(going)
            if home.exists():
                move(home, going)
            self._beside(document_id, _REMOVED).touch(mode=0o600)
            sync_folder(home.parent)
        except OSError as error:
            raise Problem(f"A document could not be removed: {error.strerror}.") from error

    def take_back_removal(self, document_id: str) -> None:
        """Put a document's folder back in its place: its row could not be removed."""
        going = self._beside(document_id, _REMOVING)
        with suppress(OSError):
            if going.exists():
                move(going, self._paths.document(document_id))
            self._beside(document_id, _REMOVED).unlink(missing_ok=True)

    def end_removal(self, document_id: str) -> None:
        """Delete what was taken out; the tombstone stays, unless the document came back."""
        with suppress(OSError):
            if not self.has(document_id):
                self._beside(document_id, _REMOVED).touch(mode=0o600)
                sync_folder(self._paths.documents)
            shutil.rmtree(self._beside(document_id, _REMOVING), ignore_errors=True)

    def forget_removal(self, document_id: str) -> None:
        """Remove the tombstone of a document that is there again."""
        self._beside(document_id, _REMOVED).unlink(missing_ok=True)

    def _beside(self, document_id: str, suffix: str) -> Path:
        return self._paths.documents / f"{document_id}{suffix}"

    def put_aside(self, document_id: str) -> Path | None:
        """Move a folder that holds no document to the lost and found; return where it is then, or
        None when the disk does not let us and it stays."""
        try:
            return self._put_aside(self._paths.document(document_id))
        except OSError:
            return None

    def lost(self) -> list[Path]:
        """What was put into the lost and found of documents, and is there still."""
        folder = self._paths.lost
        found = folder.iterdir() if folder.exists() else iter(())
        return sorted(path for path in found if is_document_id(path.name.partition("-")[0]))

    def _put_aside(self, path: Path) -> Path | None:
        if not path.exists():
            return None
        folder = make_private(self._paths.lost)
        name = path.name if is_document_id(path.name) else f"{path.name} of {path.parent.name}"
        names = (f"{name}-{number}" if number > 1 else name for number in count(1))
        target = next(folder / one for one in names if not (folder / one).exists())
        move(path, target)
        sync_folder(folder)
        return target

    def clear_staging(self) -> None:
        """Clear away what interrupted imports left; a younger folder may be somebody's work."""
        if self._paths.staging.is_symlink():
            return  # what lies elsewhere is no left-over of ours
        for folder in self._paths.staging.iterdir():
            # Another process may have just put it in its place.
            with suppress(FileNotFoundError):
                if time.time() - folder.stat().st_mtime > STALE_SECONDS:
                    shutil.rmtree(folder, ignore_errors=True)


def _write(
    folder: Path, document: Document, original: Path | bytes, assets: Mapping[str, bytes]
) -> Staged:
    untrusted = original.read_bytes() if isinstance(original, Path) else original
    if _hash(untrusted) != document.id:
        raise Problem(f"“{document.source}” changed while it was read. Try again.")
    suffix = Path(document.source).suffix.lower()
    name = _ORIGINAL + (suffix if _SUFFIX.fullmatch(suffix) else "")
    write_file(folder / name, untrusted)
    packed = _JSON.encode(document_to_plain(document)).encode()
    edition = make_private(folder / "edition")
    pictures = make_private(edition / "assets")
    write_file(edition / "document.json", packed)
    for asset, content in assets.items():
        if not is_asset(asset):
            raise ValueError("a picture's name is no plain file name")
        write_file(pictures / asset, content)
    for each in (pictures, edition, folder):
        sync_folder(each)
    hashes = {asset: _hash(content) for asset, content in assets.items()}
    return Staged(folder, document.id, name, _hash(packed), hashes)


def is_original(name: object) -> bool:
    """Whether the file of a document that came is kept under that name."""
    return isinstance(name, str) and _ORIGINAL_NAME.fullmatch(name) is not None


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
