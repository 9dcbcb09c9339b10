"""Where one waits: from the process to the content, each key, and the longest turn of the loop.

Run: python -m benchmarks.ui.waiting [--rounds N] [--pages N]. Needs Xvfb. The floor is a bare
PySide6 window with a text; peers (zathura, okular, evince, mupdf) are measured if installed. What
is started is looked at from outside: it is there with the first picture of the middle of the screen
that differs by less than a hundredth of its pixels from the one on which the screen comes to rest.
All commands take turns, and the figures are medians.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from tests.importers.pdf_samples import Sheet, Text, pdf

if TYPE_CHECKING:
    from PySide6.QtGui import QScreen

ROOT = Path(__file__).resolve().parent.parent.parent
SCREEN_PX = (1366, 768)
MIDDLE_PX = (383, 184, 600, 400)
AT_REST_SECONDS = 1.0
LONGEST_SECONDS = 30.0
SAME_SHARE = 0.99
FLOOR = """
from PySide6.QtWidgets import QApplication, QTextEdit
app = QApplication([])
edit = QTextEdit("The pressure of the blood rises for a while. " * 400)
edit.resize(1366, 768)
edit.show()
app.exec()
"""
PEERS = ("zathura", "okular", "evince", "mupdf")
SENTENCE = "Ketamine blocks the NMDA receptor, and the pressure of the blood rises for a while."


@contextmanager
def display() -> Iterator[str]:
    """A display of our own, as long as it lasts.

    Raises:
        SystemExit: when there is no Xvfb.
    """
    if shutil.which("Xvfb") is None:
        raise SystemExit("This needs Xvfb (Debian: apt install xvfb).")
    reading, writing = os.pipe()
    size = "x".join(map(str, (*SCREEN_PX, 24)))
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL)
    try:
        os.close(writing)
        with os.fdopen(reading) as said:
            yield f":{said.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def make_files(folder: Path, pages: int) -> dict[str, Path]:
    """An article, a short and a long PDF."""
    article = folder / "article.txt"
    lines = ["An Article For Measuring"]
    for section in range(12):
        lines += [f"{section + 1}. Section Of The Text", *[f"{SENTENCE} " * 5] * 8]
    article.write_text("\n\n".join(lines), encoding="utf-8")
    files = {"article": article}
    for count in (10, pages):
        path = folder / f"{count}-pages.pdf"
        sheets = [
            Sheet([Text(72, 720 - 14 * line, f"{page}.{line} {SENTENCE}") for line in range(45)])
            for page in range(count)
        ]
        path.write_bytes(pdf(sheets))
        files[f"PDF of {count} pages"] = path
    return files


def middle(screen: QScreen) -> np.ndarray:
    """The middle of the screen, a number for each pixel."""
    image = screen.grabWindow(0, *MIDDLE_PX).toImage()
    return np.frombuffer(image.constBits(), np.uint32).copy()


def seconds_to_content(screen: QScreen, command: list[str]) -> float:
    """How long a command takes, from its start, until what it shows last is on the screen."""
    before = middle(screen)
    begun = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        pictures = [(0.0, before)]
        changed = 0.0
        while (now := time.perf_counter() - begun) < LONGEST_SECONDS:
            picture = middle(screen)
            if np.mean(picture == pictures[-1][1]) < SAME_SHARE:
                changed = now
                pictures.append((now, picture))
            elif changed and now - changed > AT_REST_SECONDS:
                break
            time.sleep(0.005)
        if not changed:
            raise SystemExit(f"“{' '.join(command[:3])}” showed nothing.")
        last = pictures[-1][1]
        return next(at for at, one in pictures if np.mean(one == last) >= SAME_SHARE)
    finally:
        # The whole group that this command began, and nothing else.
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()
        while np.mean(middle(screen) == before) < SAME_SHARE:
            time.sleep(0.02)


def first_content(data: Path, files: dict[str, Path], rounds: int) -> dict[str, list[float]]:
    """Seconds to the content of each command, all taking turns; the first turn warms up."""
    from PySide6.QtGui import QGuiApplication

    app = QGuiApplication([])
    ours = [sys.executable, "-m", "reader", "--data", str(data)]
    commands = {"floor": [sys.executable, "-c", FLOOR]}
    commands |= {f"known {name}": [*ours, str(path)] for name, path in files.items()}
    # With what was read last: after the first of the files, the article.
    known = iter(commands.items())
    commands = dict((next(known), next(known), ("start", ours), *known))
    for peer in filter(shutil.which, PEERS):
        for name, path in files.items():
            if path.suffix == ".pdf":
                commands[f"{peer}: {name}"] = [peer, str(path)]
    times: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            seconds = seconds_to_content(app.primaryScreen(), command)
            if number:
                times[name].append(seconds)
    return times


def journeys(data: Path, file: Path) -> dict[str, tuple[float, float]]:
    """Milliseconds and the longest turn, in milliseconds, of what one does with a file."""
    command = [sys.executable, "-m", "benchmarks.ui.waiting_journey", str(data), str(file)]
    # Without a window manager no window is active, and keys of menus go nowhere: drawn in memory.
    drawn = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    done = subprocess.run(
        command, cwd=ROOT, check=True, env=drawn, stdout=subprocess.PIPE, text=True, timeout=300
    )
    found: dict[str, tuple[float, float]] = json.loads(done.stdout.splitlines()[-1])
    return found


def several(rounds: int, act: Callable[[], dict[str, tuple[float, float]]]) -> None:
    """Prints the medians of several rounds of journeys."""
    found = [act() for _ in range(rounds)]
    for name in found[0]:
        spent, turn = (median(one[name][which] for one in found) for which in (0, 1))
        print(f"  {name:34s} {spent:9.1f} ms   longest turn {turn:7.1f} ms", flush=True)


def main() -> None:
    """Measures everything and prints it."""
    parser = argparse.ArgumentParser("python -m benchmarks.ui.waiting")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--pages", type=int, default=500, help="of the long PDF")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, display() as screen:
        folder = Path(name)
        os.environ.update(DISPLAY=screen, QT_QPA_PLATFORM="xcb", QT_FONT_DPI="96")
        os.environ.pop("WAYLAND_DISPLAY", None)
        # Modules are compiled once, as they are where Offprint is installed.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
        files = make_files(folder, options.pages)
        data = folder / "data"
        taking_in = [sys.executable, "-m", "reader", "--data", str(data), "import"]
        taking_in += map(str, files.values())
        subprocess.run(taking_in, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        times = first_content(data, files, options.rounds)
        floor = median(times["floor"])
        print("From the process to the content")
        for what, seconds in times.items():
            taken = median(seconds)
            print(f"  {what:34s} {1000 * taken:9.0f} ms   {taken / floor:5.2f} × the floor")
        for what, path in files.items():
            print(f"In the window: {what}", flush=True)
            several(max(1, options.rounds // 2), partial(journeys, data, path))


if __name__ == "__main__":
    main()
