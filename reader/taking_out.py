"""Notes on their way out: which ones, in which format, to which file. No Qt."""

from __future__ import annotations

import os
import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from reader.exporters.registry import FORMATS
from reader.model.annotation import Annotation
from reader.model.document import Document
from reader.model.notebook import Notebook, gather
from reader.model.pages import ASSET, PageMap
from reader.paths import Paths
from reader.problem import Problem
from reader.store.durable import utc_now
from reader.store.library import Library
from reader.store.notes import Notes, open_notes


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which notes go out: "" and () mean all. With several tags or colours, any of them will do."""

    document_id: str = ""
    tags: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    ids: frozenset[str] = frozenset()

    def lets_through(self, annotation: Annotation) -> bool:
        """Whether an annotation is wanted."""
        return (
            self.document_id in ("", annotation.target.document_id)
            and (not self.tags or not set(self.tags).isdisjoint(annotation.tags))
            and (not self.colours or annotation.colour in self.colours)
            and (not self.ids or annotation.id in self.ids)
        )


def notebook(library: Library, notes: Notes, user: str, wanted: Wanted) -> Notebook:
    """The wanted notes of a user, with their documents."""

    def document_of(document_id: str) -> Document | None:
        with suppress(Problem):
            return library.document(document_id)
        return None

    found = [annotation for annotation in notes.all() if wanted.lets_through(annotation)]

    def pages_of(document: Document) -> PageMap | None:
        if not document.importer.startswith("pdf/"):
            return None
        with suppress(Problem):
            return PageMap.decode(library.asset(document.id, ASSET))
        return None

    return gather(found, document_of, utc_now(), user, pages_of)


def as_text(format_name: str, made: Notebook) -> str:
    """A notebook in a format as a text; in Markdown when the format is none."""
    one = FORMATS[format_name]
    content = (one if one.is_text else FORMATS["markdown"]).content(made)
    assert isinstance(content, str)
    return content


def export(data: str, user: str, wanted: Wanted, format_name: str, target: str) -> int:
    """Writes the wanted notes to a file, and gives their number.

    The file is written beside its place and moved there when it is whole.

    Raises:
        Problem: when it cannot be written; what was there before is then still there.
    """
    paths = Paths(Path(data))
    with closing(Library(paths)) as library, closing(open_notes(paths, user)) as notes:
        made = notebook(library, notes, user, wanted)
    write_whole(Path(target), FORMATS[format_name].content(made))
    return made.count


def write_whole(target: Path, content: str | bytes) -> None:
    """Writes a file, text as UTF-8, so that there is all of it or what was there before.

    Raises:
        Problem: when it cannot be written.
    """
    part = ""
    try:
        handle, part = tempfile.mkstemp(dir=target.absolute().parent, prefix=".offprint-")
        with os.fdopen(handle, "wb") as out:
            out.write(content.encode() if isinstance(content, str) else content)
            out.flush()
            os.fsync(out.fileno())
        Path(part).replace(target)
    except OSError as error:
        if part:
            with suppress(OSError):
                Path(part).unlink()
        raise Problem(f"“{target}” cannot be written: {error.strerror}.") from None
