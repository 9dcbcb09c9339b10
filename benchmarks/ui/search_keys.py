"""Search while one types: from each key to what is found, in the real window.

Run: python -m benchmarks.ui.search_keys DATA [--pause MS] [TEXT ...]. DATA is the folder of a
library, such as one of 20,000 articles; an article on what the first TEXT says is put into it.
Drawn in memory. For each text, typed letter by letter with a pause between: the milliseconds from
the first key, and from the slowest, to the rows of its results; the longest turn of the window's
loop; the processor time of the window's own thread for the dearest key.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import time
from dataclasses import dataclass, field
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_FONT_DPI"] = "96"

from PySide6.QtCore import QEventLoop
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.ui.turn_watch import TurnWatch, wait
from reader.app import make_application
from reader.importers.text.read import read_text
from reader.paths import Paths
from reader.services.workspace import Workspace
from reader.session.background import Background
from reader.session.search import READY_MS
from reader.session.session import Session
from reader.session.startup import begin
from reader.store.library import Library
from reader.store.notes import open_notes
from reader.ui.shell.header import SearchField
from reader.ui.shell.main_window import MainWindow
from reader.ui.shell.theme_manager import chosen_theme, dress
from reader.workers import search_tasks

TEXTS = ("cystic fibrosis", "treatment of patients", "clinical efect", '"dose of the"')
LONGEST_SECONDS = 20
ABOUT = """Lungs in Cystic Fibrosis

Cystic fibrosis (CF) thickens what the lungs cough up. Patients with CF inhale salt.
"""


@dataclass
class Keys:
    """What each key of a text took, in milliseconds."""

    shown: list[float] = field(default_factory=list)
    thread: list[float] = field(default_factory=list)
    turn: float = 0.0


class Typist:
    """Somebody who types into the search field of a window."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        self.session = session
        found = window.findChild(SearchField)
        assert isinstance(found, SearchField)
        self.field = found
        self.watch = TurnWatch()

    def type(self, text: str, pause_ms: int) -> Keys:
        """Types a text; each key once the one before has been answered."""
        keys = Keys()
        self.field.setFocus()
        self.field.clear()
        self.session.search.find("")
        self.until_idle()
        self.watch.clear()
        for letter in text:
            begun, spent = time.perf_counter(), time.thread_time()
            QTest.keyClicks(self.field, letter)
            self._until_shown()
            keys.shown.append(1000 * (time.perf_counter() - begun))
            self.until_idle()
            keys.thread.append(1000 * (time.thread_time() - spent))
            wait(pause_ms)
        # Whoever pauses is told what is wrong.
        wait(1000)
        self.until_idle()
        keys.turn = 1000 * max(self.watch.seconds, default=0.0)
        return keys

    def _until_shown(self) -> None:
        state = self.session.search.state
        deadline = time.monotonic() + LONGEST_SECONDS
        QApplication.processEvents()
        while state.text != self.field.text() or state.library.query.text != state.text:
            assert time.monotonic() < deadline, "nothing was answered"
            # Asleep until something comes, so that waiting takes no time of the processor.
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        QApplication.processEvents()

    def until_idle(self) -> None:
        """Waits until no work is under way."""
        QApplication.processEvents()
        while self.session.background.busy:
            wait(2)
        QApplication.processEvents()


def with_an_article(library: Library, data: Path) -> str:
    """The id of a short article that is put into the library and its index."""
    document_id = hashlib.sha256(ABOUT.encode()).hexdigest()
    document = read_text(ABOUT, document_id=document_id, source="about.txt")
    library.add(document, ABOUT.encode(), {})
    search_tasks.index(str(data), [document_id])
    return document_id


def main() -> None:
    """Types each text and prints what it took."""
    parser = argparse.ArgumentParser("python -m benchmarks.ui.search_keys")
    parser.add_argument("data", type=Path)
    parser.add_argument("--pause", type=int, default=60, help="milliseconds between two keys")
    parser.add_argument("texts", nargs="*", default=TEXTS)
    options = parser.parse_args()
    paths = Paths(options.data)
    make_application(offscreen=True)
    library = Library(paths)
    about = with_an_article(library, options.data)
    notes = open_notes(paths, "reader")
    session = Session(Workspace(paths, library, notes, "reader"), Background())
    dress(chosen_theme(session))
    window = MainWindow(session, chosen_theme(session))
    window.resize(1366, 768)
    window.show()
    session.navigation.open(about)
    begin(session)
    wait(READY_MS + 3000)
    typist = Typist(session, window)
    typist.until_idle()
    print(f"{'ms':26}{'first':>8}{'median':>8}{'slowest':>9}{'turn':>8}{'thread':>8}")
    for text in options.texts:
        keys = typist.type(text, options.pause)
        shown = sorted(keys.shown)
        print(
            f"{text:26}{keys.shown[0]:8.0f}{shown[len(shown) // 2]:8.0f}{shown[-1]:9.0f}"
            f"{keys.turn:8.0f}{max(keys.thread):8.0f}   "
            + " ".join(f"{one:.0f}" for one in keys.shown),
            flush=True,
        )
    typist.watch.stop()
    window.close()
    library.close()


if __name__ == "__main__":
    main()
