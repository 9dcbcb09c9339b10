"""The printed pages' speed: a file of 500 pages, from the click to the paint.

    python -m benchmarks.ui.pages [--pages 500]

Offscreen, 1366 by 768; medians in one run. poppler's pdftoppm draws the same pages beside ours,
where it is installed; it starts anew for each page, so its own time to start is taken off.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_FONT_DPI"] = "96"

from PySide6.QtCore import QEventLoop, QTimer

from benchmarks.importers.pdf import long_pdf
from benchmarks.ui.window import report, until_idle, wait
from reader.app import make_application
from reader.model.span import Span
from reader.paths import Paths
from reader.services.workspace import Workspace
from reader.session.background import Background
from reader.session.session import Session
from reader.session.startup import begin
from reader.store.library import Library
from reader.store.notes import open_notes
from reader.ui.pdf.pdf_view import PdfView
from reader.ui.shell.main_window import MainWindow
from reader.ui.shell.theme_manager import chosen_theme, dress
from reader.workers.tasks import take_in_seeds

WATCHED_MS = 5
PAGES_TRIED = 40


class Stalls:
    """The longest time in which the event loop did not come round."""

    def __init__(self) -> None:
        self.longest_ms = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(interval=WATCHED_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        now = time.perf_counter()
        self.longest_ms = max(self.longest_ms, 1000 * (now - self._last) - WATCHED_MS)
        self._last = now

    def take(self) -> float:
        """The longest so far; a new count begins."""
        self._look()
        longest, self.longest_ms = self.longest_ms, 0.0
        return longest


def resident_mb(process_id: int) -> float:
    """The memory that a process holds now."""
    for line in Path(f"/proc/{process_id}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def drawing_process(own: int) -> int:
    """The child that uses the drawing library, by the file that it has mapped."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parent = (folder / "stat").read_text().rsplit(")", 1)[1].split()[1]
                if int(parent) == own and "pdfium" in (folder / "maps").read_text():
                    return int(folder.name)
            except OSError:
                continue
    return own


def until_drawn(sheets: PdfView) -> None:
    """Waits until what is in sight is painted as it was drawn."""
    loop = QEventLoop()
    while True:
        ratio = sheets.devicePixelRatioF()
        wanted = [
            tile
            for placed in sheets.scroller.in_sight()
            for tile in sheets.page_painter.tiles_in_sight(placed, ratio)
        ]
        if wanted and all(sheets.page_painter.tiles.holds(tile) for tile in wanted):
            sheets.viewport().repaint()
            return
        loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def poppler_ms(path: Path, page: int, width_px: int) -> float:
    """How long pdftoppm takes for a page, without its time to start."""

    def run(*arguments: str) -> float:
        begun = time.perf_counter()
        subprocess.run(["pdftoppm", *arguments], capture_output=True, timeout=60, check=False)
        return 1000 * (time.perf_counter() - begun)

    scale = ["-scale-to-x", str(width_px), "-scale-to-y", "-1"]
    with tempfile.TemporaryDirectory() as out:
        whole = run("-f", str(page), "-l", str(page), *scale, str(path), f"{out}/p")
    return whole - run("-v")


def main() -> None:
    """Measures everything once and prints it."""
    # Processes would import this file, and Qt with it, as they never do in the program.
    itself = sys.modules["__main__"]
    itself.__spec__ = None
    vars(itself).pop("__file__")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=500)
    count = parser.parse_args().pages
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "long.pdf")
        path.write_bytes(long_pdf(count))
        paths = Paths(Path(folder, "data"))
        library = Library(paths)
        take_in_seeds(library)
        app = make_application(offscreen=True)
        session = Session(
            Workspace(paths, library, open_notes(paths, "reader"), "reader"), Background()
        )
        dress(chosen_theme(session))
        window = MainWindow(session, chosen_theme(session))
        window.resize(1366, 768)
        window.show()
        session.current.open_last()
        begin(session)
        until_idle(session)
        article = session.current.document
        assert article is not None

        stalls = Stalls()
        begun = time.perf_counter()
        session.imports.add([str(path)])
        while not session.pages.as_printed or session.background.busy:
            wait(20)
        seconds = time.perf_counter() - begun
        report(f"{count} pages taken in, shown and indexed", seconds, "s", "10 + showing")
        report("the window's longest stall meanwhile", stalls.take(), "ms", "50")
        printed = session.current.document
        assert printed is not None

        session.navigation.open(article.id)
        until_idle(session)
        window.close()
        # As after a start: the process that draws does not run yet.
        session = Session(
            Workspace(paths, library, open_notes(paths, "reader"), "reader"), Background()
        )
        window = MainWindow(session, chosen_theme(session))
        window.resize(1366, 768)
        window.show()
        session.current.open_last(article.id)
        begin(session)
        until_idle(session)
        begun = time.perf_counter()
        session.navigation.open(printed.id)
        sheets = window.document_stack.printed
        assert sheets is not None
        until_drawn(sheets)
        first_ms = 1000 * (time.perf_counter() - begun)
        report("first page ever, from the click to the paint", first_ms, "ms", "300")
        stalls.take()

        times = []
        for _ in range(7):
            session.navigation.open(article.id)
            wait(30)
            until_idle(session)
            begun = time.perf_counter()
            session.navigation.open(printed.id)
            until_drawn(sheets)
            times.append(1000 * (time.perf_counter() - begun))
        report("first page, from the click to the paint", median(times), "ms", "300")
        report("the window's longest stall meanwhile", stalls.take(), "ms", "50")

        times = []
        for number in range(1, count + 1, max(1, count // PAGES_TRIED)):
            assert session.pages.go_to_page(str(number))
            begun = time.perf_counter()
            until_drawn(sheets)
            times.append(1000 * (time.perf_counter() - begun))
            until_idle(session)
        report("any page, from the jump to the paint", median(times), "ms", "50")
        report("the same, 95th percentile", quantiles(times, n=20)[18], "ms", "50")
        stalls.take()

        for number in range(60):
            start = printed.sections[0].span.start + 997 * number
            session.selection.set_span(Span(start, start + 90))
            session.marker.highlight("green")
        session.selection.set_span(None)
        session.search.find("ketamine")
        until_idle(session)
        session.pages.go_to_page("1")
        until_idle(session)
        frames = []
        bar = sheets.verticalScrollBar()
        stalls.take()
        for step in range(400):
            begun = time.perf_counter()
            bar.setValue(step * 60)
            sheets.viewport().repaint()
            frames.append(1000 * (time.perf_counter() - begun))
            wait(4)
        report("a frame of scrolling, median", median(frames), "ms", "16")
        report("the same, 95th percentile", quantiles(frames, n=20)[18], "ms", "16")
        until_idle(session)
        own, other = os.getpid(), drawing_process(os.getpid())
        report("memory of the window", resident_mb(own), "MB", "200")
        report("memory of the process that draws", resident_mb(other), "MB", "–")

        width = round(sheets.scroller.layout.all[0].area.width())
        if shutil.which("pdftoppm"):
            tried = [poppler_ms(path, number, width) for number in range(1, count, count // 12)]
            report("poppler, a page of that size", median(tried), "ms", "–")
        window.close()
        library.close()
        del app


if __name__ == "__main__":
    main()
