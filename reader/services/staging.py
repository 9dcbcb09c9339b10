"""What the reading of a file leaves in the staging folder, and the check of it on the other side.

A worker that a hostile file has taken over can write there what it likes.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reader.model.document import Document
from reader.model.serialization import document_from_plain, document_to_plain
from reader.problem import Problem
from reader.store.durable_files import write_file

if TYPE_CHECKING:
    from reader.importers.result import ImportResult

LARGEST_DOCUMENT_BYTES = 600 * 1024 * 1024
_FOLDER = re.compile(r"[A-Za-z0-9_]+")
_UNSOUND = "The file cannot be imported: what was read from it is not sound."


@dataclass(frozen=True, slots=True)
class ReadResult:
    """Where a file's document waits to be taken in: `folder` is in the staging folder.

    What has one `batch` came in one import.
    """

    document_id: str
    folder: str
    batch: str = ""


def leave(folder: Path, reading: ImportResult) -> None:
    """Write what was read from a file into its folder."""
    plain = json.dumps(document_to_plain(reading.document), ensure_ascii=False)
    write_file(folder / "document.json", plain.encode())
    (folder / "assets").mkdir(mode=0o700)
    for name, content in reading.assets.items():
        write_file(folder / "assets" / name, content)


@dataclass(frozen=True, slots=True)
class StagedDocument:
    """What `read` left, checked: the document, its pictures and the file that it was read from."""

    document: Document
    assets: dict[str, bytes]
    original: Path


@contextmanager
def checked(result: ReadResult, staging: Path) -> Iterator[StagedDocument]:
    """What `read` left under `staging`, all of it checked; it is cleared away afterwards.

    Raises:
        Problem: when it is not what a reading leaves.
    """
    name = Path(result.folder).name
    if not _FOLDER.fullmatch(name):
        raise Problem(_UNSOUND)
    folder = staging / name
    try:
        try:
            taken = _taken(folder)
        except (OSError, ValueError, RecursionError):
            raise Problem(_UNSOUND) from None
        yield taken
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _taken(folder: Path) -> StagedDocument:
    from reader.model.pdf.page_map import ASSET, PageMap
    from reader.services.companion_files import KEPT, names_kept

    untrusted_path = folder / "document.json"
    if untrusted_path.stat().st_size > LARGEST_DOCUMENT_BYTES:
        raise ValueError("too large")
    document = document_from_plain(json.loads(untrusted_path.read_bytes()))
    names = {ASSET, KEPT, *(figure.asset for figure in document.figures if figure.asset)}
    # The process that wrote this may have been taken over, and may have left links to other files.
    paths = [folder / "assets" / name for name in sorted(names)]
    assets = {p.name: p.read_bytes() for p in paths if p.is_file() and not p.is_symlink()}
    if KEPT in assets:
        for name in set(names_kept(assets[KEPT]).values()) - assets.keys():
            path = folder / "assets" / name
            if path.is_symlink():
                raise ValueError("a picture that is a link")
            assets[name] = path.read_bytes()
    if ASSET in assets:
        pages = PageMap.decode(assets[ASSET])
        pages.check()
        if pages.end > len(document.text):
            raise ValueError("the pages hold more than the text")
    (original,) = (folder / "original").iterdir()
    return StagedDocument(document, assets, original)
