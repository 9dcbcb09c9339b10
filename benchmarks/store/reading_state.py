"""What it costs to open and to leave a document: python -m benchmarks.store.reading_state [COUNT].

Of so many documents the user has read states (20,000), of which two are opened in turn.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from reader.app import make_application
from reader.importers.text.read import read
from reader.paths import Paths
from reader.services.workspace import Workspace
from reader.session.catalog import Catalog
from reader.session.current_document import CurrentDocument
from reader.session.navigation import Navigation
from reader.session.notifier import Notifier
from reader.store.library import Library
from reader.store.notes import Notes, open_notes

ROUNDS = 60


def fill(notes: Notes, count: int) -> None:
    """Writes the states of so many documents."""
    for number in range(count):
        notes.readings.update(
            f"{number:064x}",
            lambda reading: reading._replace(opened="2026-01-01T00:00:00.000Z", percent=50),
        )


def main() -> None:
    """Opens and leaves, and prints the median of each in milliseconds."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    make_application()
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder) / "data")
        library = Library(paths)
        ids = []
        for name in ("One", "Two"):
            file = Path(folder) / f"{name}.txt"
            file.write_text(f"{name}\n\nGive 5 mg slowly, and wait for a while.\n" * 20)
            document = read(file).document
            library.add(document, file, {})
            ids.append(document.id)
        notes = open_notes(paths, "anna")
        fill(notes, count)
        workspace = Workspace(paths, library, notes, "anna")
        catalog, notifier = Catalog(workspace), Notifier()
        current = CurrentDocument(workspace, notifier, catalog)
        navigation = Navigation(workspace, notifier, current)
        taken: dict[str, list[float]] = {}

        def timed(what: str, verb: Callable[[], object]) -> None:
            began = time.perf_counter()
            verb()
            taken.setdefault(what, []).append(time.perf_counter() - began)

        for number in range(ROUNDS):
            wanted = ids[number % 2]
            timed("open", lambda: current.open(wanted))  # noqa: B023
            navigation.report_location(number, 0.5, number + 1)
            timed("leave", navigation.save)
            timed("list", lambda: catalog.entries)
        for what, seconds in taken.items():
            sys.stdout.write(f"{what:6} {statistics.median(seconds) * 1000:7.2f} ms\n")
        workspace.close()


if __name__ == "__main__":
    main()
