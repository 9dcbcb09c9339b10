"""Somebody works, much goes wrong, and all that is read and written has a word that is known.

Run as `python -m tests.journeys.logged DATA FILES`; it says how far it came, and ends as a program
does that crashed.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QApplication

from reader import app
from reader.paths import Paths
from reader.services.note_export import NoteSelection
from reader.session.startup import open_files
from reader.workers import pool
from tests import chores
from tests.journeys.locking import Story, open_window, say
from tests.journeys.moving import window

ROOT = Path(__file__).resolve().parents[2]
# In text, title, name of a file, note, tag, query, and in what exceptions say.
WORD = "zyxo"


class Logged(Story):
    """Goes through what a day may bring, with the word in all of it."""

    def __init__(self, shots: Path) -> None:
        self._files = shots
        super().__init__(shots)

    def _story(self) -> Iterator[Callable[[], bool]]:
        yield lambda: window() is not None
        session = open_window().session
        session.imports.add([str(one) for one in sorted(self._files.iterdir())])
        yield lambda: not session.background.busy
        entries = session.workspace.library.catalog.entries()
        good = next(one.id for one in entries if one.source == f"{WORD}good.txt")
        session.navigation.open(good)
        self._write_at("tablet", f"{WORD}note", f"{WORD}tag")
        for query in (f"{WORD}query", f'"{WORD}', f"tag:{WORD}tag", f"({WORD} OR"):
            open_window().header.search.look_for(query)
            yield lambda: not session.background.busy
        session.users.switch(f"{WORD}user")
        session.users.switch("anna")
        session.library_commands.edit_metadata(good, {"title": f"{WORD}title by a person"})
        target = self._files.parent / f"{WORD}export.json"
        for path in (target, self._files / "no" / f"{WORD}export.json"):
            session.note_transfer.export(NoteSelection(), "json", str(path))
            yield lambda: not session.background.busy
        for path in sorted(self._files.iterdir()):
            session.note_transfer.import_file(str(path))
            yield lambda: not session.background.busy
        open_files(session, [f"offprint:{WORD}", f"offprint://{WORD}/{WORD}?note={WORD}"])
        yield lambda: not session.background.busy
        say("worked")
        lanes: tuple[pool.Lane, ...] = ("read", "keep", "draw", "find", "notes", "index", "merge")
        for lane in lanes:
            session.background.run(
                lane, chores.fail_with, f"{WORD}message", then=print, failed=session.notifier.error
            )
        yield lambda: not session.background.busy
        for one in (self._fail, self._fail_aside, self._fail_unheard, self._warn):
            QTimer.singleShot(0, one)
        waited: list[bool] = []
        QTimer.singleShot(300, lambda: waited.append(True))
        yield lambda: bool(waited)
        say("failed")
        QApplication.processEvents()
        ctypes.string_at(0)

    def _write_at(self, place: str, note: str, tag: str) -> None:
        from reader.model.span import Span

        session = open_window().session
        assert session.current.document is not None
        start = session.current.document.text.index(place)
        session.selection.set_span(Span(start, start + len(place)))
        session.marker.highlight("green")
        (annotation,) = session.annotations.all
        session.annotations.edit(annotation.id, note=note, tags=(tag,))

    def _fail(self) -> None:
        raise KeyError(f"{WORD}message")

    def _fail_aside(self) -> None:
        def fail() -> None:
            raise OSError(2, f"{WORD}message", f"/home/{WORD}/{WORD}.pdf")

        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()

    def _fail_unheard(self) -> None:
        class Fleeting:
            def __del__(self) -> None:
                raise ValueError(f"{WORD}message")

        Fleeting()

    def _warn(self) -> None:
        qWarning(f"{WORD}message")


if __name__ == "__main__":
    made: list[Logged] = []
    # The function that fails lies outside of what reading needs.
    setattr(pool, "_ALSO_READABLE", (str(ROOT),))  # noqa: B010
    raise SystemExit(
        app.run(
            Paths(Path(sys.argv[1])),
            [],
            user="anna",
            painted=lambda: made.append(Logged(Path(sys.argv[2]))),
        )
    )
