"""Documents that were read by older rules than this release has, and reading them again."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from reader.model.document import WHOLE
from reader.paths import Paths, make_private
from reader.problem import Problem

if TYPE_CHECKING:
    from reader.store.library import Library


def older_sentence(count: int) -> str:
    """What is said of so many documents that were read by older rules."""
    if count == 1:
        return "1 document was read by older rules; Import Again reads it anew."
    return f"{count} documents were read by older rules; Import Again reads them anew."


def stage_original(library: Library, document_id: str, staging: Path) -> Path:
    """Give a document's original file the name that it came with, in a new folder in `staging`.

    It is the same file under a second name where the disk allows that, else a copy.

    Raises:
        Problem: when the library has no such document, or its file cannot be read.
    """
    original = library.original(document_id)
    entry = library.catalog.entry(document_id)
    assert entry is not None
    try:
        path = Path(tempfile.mkdtemp(dir=make_private(staging)), entry.source)
        try:
            os.link(original, path)
        except OSError:
            shutil.copyfile(original, path)
    except OSError as error:
        raise Problem(f"The original file cannot be read: {error.strerror}.") from error
    return path


def stage_older(data: str) -> list[tuple[str, bool]]:
    """Stage the originals of all documents that older rules have read, in the order of import.

    Each comes with whether the whole of a web page was read. A document whose file is gone is left
    out: `check` names it.
    """
    from reader.store.library import Library

    paths = Paths(Path(data))
    found = []
    with closing(Library(paths)) as library:
        for one in library.editions.outdated():
            with suppress(Problem):
                path = stage_original(library, one.document_id, paths.staging)
                found.append((str(path), one.importer.endswith(WHOLE)))
    return found
