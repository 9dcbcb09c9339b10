"""What changes many notes at once: to be killed, or to run out of disk, while it does.

Run as `python -m benchmarks.store.upheavals NAME DATA FIRST`, it does one after the other, from the
number FIRST on, and acknowledges each on a line. `whole` says what is wrong afterwards.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path

from reader.model.anchoring.selector import describe, placed
from reader.model.annotation import Annotation, Change
from reader.model.document import Document
from reader.model.imported_note import FoundNote, FoundNotes, FoundSource
from reader.model.span import Span
from reader.paths import Paths
from reader.services.note_import import take_in
from reader.services.reanchoring import place
from reader.store import database
from reader.store.backups import backup, backups, restore
from reader.store.database import Database
from reader.store.library import Library
from reader.store.note_rows import crc, to_row
from reader.store.notes import Notes, open_notes
from tests.store.samples import a_document, an_annotation

USER = "anna"
# So many notes are changed in one step.
MANY = 40
LINES = [f"Patient {k} was given {k * 3 + 1} mg of drug {k * 7} on day {k % 9}." for k in range(80)]

Upheaval = Callable[[Path, int], None]


def edition(number: int) -> Document:
    """An edition of one article: each begins otherwise."""
    text = f"Edition {number}, revised.\n" * (1 + number % 3) + "\n".join(LINES)
    return replace(a_document(text.encode()), figures=())


@contextmanager
def opened(data: Path) -> Iterator[tuple[Library, Notes]]:
    """The library and the notes of a folder."""
    with ExitStack() as stack:
        library = stack.enter_context(closing(Library(Paths(data))))
        yield library, stack.enter_context(closing(open_notes(Paths(data), USER)))


def begin(data: Path) -> None:
    """An article with its notes, and a backup of them."""
    with opened(data) as (library, notes):
        document = edition(0)
        library.add(document, document.text.encode(), {})
        starts = (document.text.index(line) for line in LINES[:MANY])
        made = (
            Annotation(f"n{k}", describe(document, Span(start, start + 20)))
            for k, start in enumerate(starts)
        )
        notes.apply(*(Change(None, annotation) for annotation in made))
        backup(notes.path)


def taken_in(data: Path, number: int) -> None:
    """The notes of a file of another program."""
    source = FoundSource(document_id=edition(0).id)
    found = [
        FoundNote(f"{number}-{k}", source, line, note=f"file {number}")
        for k, line in enumerate(LINES[:MANY])
    ]
    with opened(data) as (library, notes):
        take_in(library, notes, FoundNotes("Stress", found))


def placed_anew(data: Path, number: int) -> None:
    """A new edition, and the notes put on it."""
    document = edition(number)
    with opened(data) as (library, notes):
        library.add(document, document.text.encode(), {})
        place(library, notes, document.id)


def restored(data: Path, number: int) -> None:
    """A backup, and one put back."""
    path = Paths(data).notes(USER)
    if number % 2:
        backup(path)
    else:
        restore(path, backups(path)[-1])


def older(data: Path, count: int = 1000) -> None:
    """A file of notes as Offprint wrote it before it knew states."""
    path = Paths(data).notes(USER)
    newest = database._SCHEMAS
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(newest / "notes_001.sql", folder)
        database._SCHEMAS = Path(folder)
        try:
            with closing(Database(path, "notes")) as before, before.transaction():
                rows = (to_row(an_annotation(k))[:17] for k in range(count))
                marks = ", ".join("?" * 18)
                before.run_many(
                    f"INSERT INTO annotation ({OLDER_COLUMNS}) VALUES ({marks})",
                    ((*row, crc(*row)) for row in rows),
                )
        finally:
            database._SCHEMAS = newest


OLDER_COLUMNS = (
    'id, document_id, "start", "end", text_hash, exact, prefix, suffix, colour, style, motivation, '
    "note, tags, created, modified, deleted, revision, crc"
)


def migrated(data: Path, _number: int) -> None:
    """The older file, opened."""
    open_notes(Paths(data), USER).close()


UPHEAVALS: dict[str, Upheaval] = {
    "taken in": taken_in,
    "placed anew": placed_anew,
    "restored": restored,
}


def whole(data: Path) -> tuple[str, Counter[str]]:
    """What is wrong with notes and library, "" for nothing, and how many notes each file gave."""
    with opened(data) as (library, notes):
        faults = [*notes.verify(), *library.verify()]
        found = notes.all()
        own = [one for one in found if one.id.startswith("n")]
        homes = {one.target.document_id for one in own}
        if len(own) != MANY or len(homes) != 1:
            faults.append(f"{len(own)} notes on {len(homes)} editions")
        elif any(placed(library.document(*homes), one.target) is None for one in own):
            faults.append("a note is not where it says")
        came = Counter(one.note for one in found if one not in own)
    return "; ".join(faults), came


if __name__ == "__main__":
    upheaval = UPHEAVALS[sys.argv[1]]
    for number in range(int(sys.argv[3]), int(sys.argv[3]) + 200):
        upheaval(Path(sys.argv[2]), number)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
