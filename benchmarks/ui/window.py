"""The window's speed: start, opening, finding as one types, marking, scrolling, memory.

Run: python -m benchmarks.ui.window. Offscreen, so that it runs anywhere; every figure is a median
of several in one run, for machines are noisy. Targets stand beside the figures.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_FONT_DPI"] = "96"

from PySide6.QtCore import QEventLoop, QTimer

from reader.app import make_application
from reader.importers.text.read import read_text
from reader.model.span import Span
from reader.paths import Paths
from reader.services.workspace import Workspace
from reader.session.background import Background
from reader.session.session import Session
from reader.session.startup import begin
from reader.store.library import Library
from reader.store.notes import open_notes
from reader.ui.shell.main_window import MainWindow
from reader.ui.shell.theme_manager import chosen_theme, dress
from reader.workers.tasks import take_in_seeds

STARTS = 9
_START = """
import sys, time, resource
from pathlib import Path
from reader import app
from reader.paths import Paths
def painted():
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(time.time(), used, flush=True)
    from PySide6.QtWidgets import QApplication
    QApplication.quit()
app.run(Paths(Path(sys.argv[1])), [], user="reader", painted=painted)
"""
SENTENCE = "Ketamine blocks the NMDA receptor, and the pressure of the blood rises for a while. "


def start(data: str) -> tuple[float, int]:
    """Seconds from before the process is made until the article is painted, and its memory."""
    times, used = [], []
    for _ in range(STARTS):
        begun = time.time()
        done = subprocess.run(
            [sys.executable, "-c", _START, data], capture_output=True, text=True, check=True
        )
        painted, megabytes = done.stdout.split()
        times.append(float(painted) - begun)
        used.append(int(megabytes))
    return median(times[1:]), max(used)


def wait(time_ms: int) -> None:
    """Lets the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(time_ms, loop.quit)
    loop.exec()


def until_idle(session: Session) -> None:
    """Waits until no work is under way."""
    wait(30)
    while session.background.busy:
        wait(10)


def long_text(characters: int) -> str:
    """A text of about so many characters, with a heading every 20 paragraphs."""
    lines: list[str] = ["A Long Text For Measuring"]
    size = 0
    while size < characters:
        if len(lines) % 21 == 1:
            lines.append(f"{len(lines) // 21 + 1}. Section Of The Text")
        lines.append(SENTENCE * 5)
        size += len(lines[-1])
    return "\n".join(lines)


def report(what: str, value: float, unit: str, target: str) -> None:
    """Prints one figure with its target."""
    print(f"{what:54s} {value:8.1f} {unit:3s} (target {target})", flush=True)


def main() -> None:
    """Measures everything once and prints it."""
    with tempfile.TemporaryDirectory() as data:
        paths = Paths(Path(data))
        library = Library(paths)
        take_in_seeds(library)
        seconds, used = start(data)
        report("process start to painted article", 1000 * seconds, "ms", "500")
        report("memory after start", used, "MB", "130")

        app = make_application(offscreen=True)
        text = long_text(1_000_000)
        document = read_text(text, document_id="", source="long.txt")
        import hashlib
        from dataclasses import replace

        document = replace(document, id=hashlib.sha256(text.encode()).hexdigest())
        library.add(document, text.encode(), {})
        session = Session(
            Workspace(paths, library, open_notes(paths, "reader"), "reader"), Background()
        )
        dress(chosen_theme(session))
        window = MainWindow(session, chosen_theme(session))
        window.resize(1366, 768)
        window.show()
        session.current.open_last()
        begin(session)
        wait(200)
        until_idle(session)
        short = session.current.document
        assert short is not None

        times = []
        for _ in range(5):
            session.navigation.open(short.id)
            wait(20)
            begun = time.perf_counter()
            session.navigation.open(document.id)
            window.document_stack.page.viewport().repaint()
            times.append(time.perf_counter() - begun)
        report("a 1 MB text from the click to the paint", 1000 * median(times), "ms", "250")

        frames = []
        bar = window.document_stack.page.verticalScrollBar()
        for step in range(400):
            bar.setValue(step * 60)
            begun = time.perf_counter()
            window.document_stack.page.viewport().repaint()
            frames.append(time.perf_counter() - begun)
        report(
            "a frame of scrolling, 95th percentile", 1000 * quantiles(frames, n=20)[18], "ms", "16"
        )

        session.navigation.open(short.id)
        until_idle(session)
        times = []
        for number in range(25):
            session.selection.set_span(Span(2000 + 40 * number, 2030 + 40 * number))
            begun = time.perf_counter()
            session.marker.highlight("green")
            window.document_stack.page.viewport().repaint()
            times.append(time.perf_counter() - begun)
        report("highlight, from the key to the paint", 1000 * median(times), "ms", "30")

        session.search.find("warm")
        until_idle(session)
        times = []
        for word in ("n", "nm", "nmd", "nmda", "k", "ke", "ket", "glut", "amp", "seroto"):
            shown: list[float] = []

            def note(shown: list[float] = shown) -> None:
                shown.append(time.perf_counter())

            session.search.results_changed.connect(note)
            begun = time.perf_counter()
            session.search.find(word)
            while not shown:
                app.processEvents()
            times.append(shown[0] - begun)
            session.search.results_changed.disconnect(note)
            until_idle(session)
        report("a key press to the first results", 1000 * median(times), "ms", "50")
        report("the same, slowest", 1000 * max(times), "ms", "50")
        report(
            "memory with a 1 MB text open",
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "MB",
            "–",
        )
        window.close()
        library.close()


if __name__ == "__main__":
    main()
