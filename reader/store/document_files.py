"""The folders of a library's documents.

documents/<id>/original.<suffix> is the file as it came. documents/<id>/<edition>/document.json and
assets/ are what it was read as. Editions are only ever added, by renaming a folder that is complete
and on the disk; so what the library's rows point to is always whole.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
import time
from collections.abc import Container, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from reader.model.document import Document
from reader.model.serialization import document_from_plain, document_to_plain, is_asset
from reader.paths import Paths, make_private
from reader.problem import Problem
from reader.store.durable_files import sync_folder, write_file

STALE_SECONDS = 3600.0
_ID = re.compile(r"[0-9a-f]{64}")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")
_ORIGINAL = re.compile(r"original(?:\.[A-Za-z0-9]{1,8})?")


@dataclass(frozen=True, slots=True)
class Staged:
    """A document made ready in a folder of its own, with the hashes of its files."""

    folder: Path
    document_id: str
    original: str
    file_hash: str
    asset_hashes: dict[str, str]

    def discard(self) -> None:
        """Clears the folder away, or what is left of it."""
        shutil.rmtree(self.folder, ignore_errors=True)


class Shelf:
    """The folders under one data folder."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        make_private(paths.documents)
        make_private(paths.staging)

    def stage(
        self, document: Document, original: Path | bytes, assets: Mapping[str, bytes]
    ) -> Staged:
        """Writes all files of a document, each durably, where nobody looks yet.

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

    def place(self, staged: Staged, edition: int) -> None:
        """Moves staged files to their place, over what a crash may have left there.

        Raises:
            Problem: when the disk does not let us.
        """
        home = self._paths.document(staged.document_id)
        try:
            if edition > 1:
                shutil.rmtree(make_private(home) / str(edition), ignore_errors=True)
                (staged.folder / staged.original).replace(home / staged.original)
                (staged.folder / "edition").rename(home / str(edition))
                sync_folder(home)
            else:
                shutil.rmtree(home, ignore_errors=True)
                (staged.folder / "edition").rename(staged.folder / "1")
                sync_folder(staged.folder)
                staged.folder.rename(home)
                sync_folder(home.parent)
        except OSError as error:
            raise Problem(f"A document could not be kept: {error.strerror}.") from error

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
            content = (self._paths.document(document_id) / str(edition) / name).read_bytes()
        except OSError:
            return None
        return content if _hash(content) == file_hash else None

    def original_is_whole(self, document_id: str, name: str) -> bool:
        """Whether the original file is there as it came."""
        if not is_original(name):
            return False
        try:
            with (self._paths.document(document_id) / name).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == document_id
        except OSError:
            return False

    def remove(self, document_id: str) -> None:
        """Removes all files of a document."""
        shutil.rmtree(self._paths.document(document_id), ignore_errors=True)

    def orphans(self, known_ids: Container[str]) -> list[str]:
        """The ids whose folder is there although the library does not know them."""
        names = (folder.name for folder in self._paths.documents.iterdir())
        return [name for name in names if _ID.fullmatch(name) and name not in known_ids]

    def clear_staging(self) -> None:
        """Clears away what interrupted imports left; a younger folder may be somebody's work."""
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
    name = "original" + (suffix if _SUFFIX.fullmatch(suffix) else "")
    write_file(folder / name, untrusted)
    plain = document_to_plain(document)
    packed = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
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
    return isinstance(name, str) and _ORIGINAL.fullmatch(name) is not None


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
