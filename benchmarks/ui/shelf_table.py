"""How long the library takes to open as a table: python -m benchmarks.ui.shelf_table [COUNT].

Aim: 100 ms with 20,000 documents, from the call until it is painted. Nothing is shown on a display.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt

from reader.app import make_application
from reader.paths import Paths
from reader.services.workspace import Workspace
from reader.session.background import Background
from reader.session.session import Session
from reader.store.database import Database
from reader.store.library import Library
from reader.store.notes import open_notes
from reader.ui.library.library_table import ShelfTable
from reader.ui.shell.theme_manager import dress
from reader.ui.widgets.theme import LIGHT


def fill(paths: Paths, count: int) -> None:
    """Writes the rows of so many documents; the table reads no more than those."""
    database = Database(paths.library, "library")
    columns = (
        "id, original, edition, source, title, authors, published, kind, doi, sections, "
        'characters, "references", minutes, indexed, imported, journal'
    )
    with database.transaction():
        database.run_many(
            f"INSERT INTO document ({columns}) "
            "VALUES (?, 'o.txt', 1, ?, ?, ?, ?, 'article', '', 9, 20000, 30, 9, 1, ?, ?)",
            [
                (
                    f"{n:064x}",
                    f"{n}.txt",
                    f"Dose {n * 7919 % 10007} of a drug and what became of it",
                    f'["Writer, {n % 977}", "Other, {n % 31}"]',
                    str(1990 + n % 36),
                    f"2025-01-01T00:00:{n % 60:02}.000Z",
                    f"Journal {n % 40}",
                )
                for n in range(count)
            ],
        )
    database.close()


def main() -> None:
    """Opens, filters and sorts the table, and prints how long each took."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    make_application(offscreen=True)
    dress(LIGHT)
    with tempfile.TemporaryDirectory() as home:
        paths = Paths(Path(home))
        Library(paths).close()
        fill(paths, count)
        library = Library(paths)
        session = Session(
            Workspace(paths, library, open_notes(paths, "anna"), "anna"), Background()
        )
        for turn in ("first", "again"):
            start = time.perf_counter()
            shelf = ShelfTable(session, LIGHT)
            shelf.resize(1110, 700)
            shelf.show()
            shelf.open()
            shelf.grab()
            print(f"open {count} documents, {turn}: {(time.perf_counter() - start) * 1000:.0f} ms")
        start = time.perf_counter()
        shelf.filter.setText("dose 42 writer")
        shelf._narrow()
        shelf.grab()
        print(f"filter by three words: {(time.perf_counter() - start) * 1000:.0f} ms")
        shelf.filter.clear()
        shelf._narrow()
        start = time.perf_counter()
        shelf.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        shelf.grab()
        print(f"sort by title: {(time.perf_counter() - start) * 1000:.0f} ms")
        session.close()
        library.close()


if __name__ == "__main__":
    main()
