"""Where one waits: from the process to the content, each key, and the longest turns of the loop.

Run: python -m benchmarks.ui.waiting [--rounds N] [--pages N] [--documents N …] [--notes N …]
[--no-peers] [--start-only]. Needs Xvfb, and xdotool to try what can be done at first sight. The
floor is a bare PySide6 window with a text; peers (zathura, okular, evince, mupdf, foliate,
calibre's viewer) are measured if installed. What is started is looked at from outside: it is there
with the first picture of the middle of the screen that differs by less than a hundredth of its
pixels from the one on which the screen comes to rest. All commands take turns, and the figures are
medians; of the turns of the loop, the median of the five longest.
"""

from __future__ import annotations

import argparse
import itertools
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

from benchmarks.ui.waiting_files import a_pdf, copied, make_files, make_library
from benchmarks.ui.waiting_hands import tried

if TYPE_CHECKING:
    from PySide6.QtGui import QScreen

ROOT = Path(__file__).resolve().parent.parent.parent
SCREEN_PX = (1366, 768)
MIDDLE_PX = (383, 184, 600, 400)
# Longer than a busy machine takes from an empty page to what is drawn on it.
AT_REST_SECONDS = 2.5
LONGEST_SECONDS = 30.0
SAME_SHARE = 0.99
MEMORY = "memory after the start, MB"  # as the journey names it
FLOOR = """
from PySide6.QtWidgets import QApplication, QTextEdit
app = QApplication([])
edit = QTextEdit("The pressure of the blood rises for a while. " * 400)
edit.resize(1366, 768)
edit.show()
app.exec()
"""
PEERS = {
    **dict.fromkeys(("zathura", "okular", "evince", "mupdf"), (".pdf",)),
    **dict.fromkeys(("foliate", "ebook-viewer"), (".epub",)),
}
Command = Callable[[], list[str]]


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


def middle(screen: QScreen) -> np.ndarray:
    """The middle of the screen, a number for each pixel."""
    image = screen.grabWindow(0, *MIDDLE_PX).toImage()
    return np.frombuffer(image.constBits(), np.uint32).copy()


def is_same(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two pictures hardly differ."""
    return bool(np.mean(one == other) >= SAME_SHARE)


@contextmanager
def started(screen: QScreen, command: list[str]) -> Iterator[float]:
    """Runs a command, and gives when it was begun; ended, its window is waited for to go."""
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
        yield begun
    finally:
        # The whole group that this command began, and nothing else.
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()
        while not is_same(middle(screen), before):
            time.sleep(0.02)


def seconds_to_content(screen: QScreen, command: list[str]) -> tuple[float, np.ndarray]:
    """How long a command takes, from its start, until what it shows last is on the screen; and the
    picture of that."""
    with started(screen, command) as begun:
        pictures = [(0.0, middle(screen))]
        changed = 0.0
        while (now := time.perf_counter() - begun) < LONGEST_SECONDS:
            picture = middle(screen)
            if not is_same(picture, pictures[-1][1]):
                changed = now
                pictures.append((now, picture))
            elif changed and now - changed > AT_REST_SECONDS:
                break
            time.sleep(0.005)
        if not changed:
            raise SystemExit(f"“{' '.join(command[:3])}” showed nothing.")
        last = pictures[-1][1]
        return next((at, last) for at, one in pictures if is_same(one, last))


def commands_of(
    libraries: dict[str, Path], files: dict[str, Path], scratch: Path, pages: int, peers: bool
) -> dict[str, Command]:
    """What is measured, by its name; each is asked anew for the command of a round."""
    number = itertools.count()

    def ours(data: Path, *names: Path) -> list[str]:
        return [sys.executable, "-m", "reader", "--data", str(data), *map(str, names)]

    def unknown() -> list[str]:
        # Another each round: what was taken in is known.
        path = a_pdf(scratch / "unknown.pdf", pages, f"unknown{next(number)}")
        return ours(copied(data, scratch / "unknown"), path)

    data = next(iter(libraries.values()))
    known, *others = files.items()
    commands: dict[str, Command] = {"floor": lambda: [sys.executable, "-c", FLOOR]}
    # With what was read last: after the first of the files, the article.
    commands[f"known {known[0]}"] = partial(ours, data, known[1])
    for what, library in libraries.items():
        commands[f"start, {what}"] = partial(ours, library)
    commands |= {f"known {name}": partial(ours, data, path) for name, path in others}
    commands[f"unknown PDF of {pages} pages"] = unknown
    for peer in filter(shutil.which, PEERS if peers else ()):
        for name, path in files.items():
            if path.suffix in PEERS[peer]:
                commands[f"{peer}: {name}"] = partial(list, (peer, str(path)))
    return commands


def first_content(commands: dict[str, Command], rounds: int) -> dict[str, list[float]]:
    """Seconds to the content of each command, all taking turns; the first turn warms up."""
    from PySide6.QtGui import QGuiApplication

    app = QGuiApplication([])
    screen = app.primaryScreen()
    times: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            seconds, _ = seconds_to_content(screen, command())
            if number:
                times[name].append(seconds)
    if shutil.which("xdotool") is None:
        print("xdotool is missing: what can be done at first sight is not tried.")
        return times
    print("At first sight")
    for name, command in commands.items():
        if name.startswith(("start", "known")):
            # As it is now: what was tried with another may have left a mark, or another place.
            _, last = seconds_to_content(screen, command())
            with started(screen, command()):
                done = tried(partial(middle, screen), partial(is_same, last), is_same)
            said = ", ".join(
                f"{what} {'works' if good else 'FAILS'}" for what, good in done.items()
            )
            print(f"  {name:40s} {said}", flush=True)
    return times


def journeys(data: Path, file: Path) -> dict[str, tuple[float, ...]]:
    """Milliseconds, the median of the five longest turns and the longest, in milliseconds, of what
    one does with a file."""
    command = [sys.executable, "-m", "benchmarks.ui.waiting_journey", str(data), str(file)]
    # Without a window manager no window is active, and keys of menus go nowhere: drawn in memory.
    drawn = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    done = subprocess.run(
        command, cwd=ROOT, check=True, env=drawn, stdout=subprocess.PIPE, text=True, timeout=600
    )
    found: dict[str, tuple[float, ...]] = json.loads(done.stdout.splitlines()[-1])
    return found


def several(rounds: int, act: Callable[[], dict[str, tuple[float, ...]]]) -> None:
    """Prints the medians of several rounds of journeys."""
    found = [act() for _ in range(rounds)]
    for name in found[0]:
        spent, turn, longest = (median(one[name][i] for one in found) for i in range(3))
        said = f"{spent:9.1f} ms   turns {turn:6.1f} ms   longest {longest:6.1f} ms"
        print(f"  {name:34s} {f'{spent:9.1f}' if name == MEMORY else said}", flush=True)


def print_times(times: dict[str, list[float]]) -> None:
    """Prints each median, and its ratio to the floor and to the start."""
    floor = median(times["floor"])
    start = next(median(seconds) for name, seconds in times.items() if name.startswith("start"))
    print("From the process to the content")
    for what, seconds in times.items():
        taken = median(seconds)
        ratios = f"{taken / floor:5.2f} × the floor   {taken / start:5.2f} × the start"
        print(f"  {what:40s} {1000 * taken:7.0f} ms   {ratios}", flush=True)


def main() -> None:
    """Measures everything and prints it."""
    parser = argparse.ArgumentParser("python -m benchmarks.ui.waiting")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pages", type=int, default=500, help="of the long PDF")
    parser.add_argument("--documents", type=int, nargs="+", default=[10, 1_000, 20_000])
    parser.add_argument("--notes", type=int, nargs="+", default=[0, 5_000])
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--start-only", action="store_true", help="leave the journeys out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, display() as screen:
        folder = Path(name)
        os.environ.update(DISPLAY=screen, QT_QPA_PLATFORM="xcb", QT_FONT_DPI="96")
        os.environ.pop("WAYLAND_DISPLAY", None)
        # Modules are compiled once, as they are where Offprint is installed.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
        files = make_files(folder, options.pages)
        libraries = {
            f"{documents:,} documents, {notes:,} notes": make_library(
                folder / f"{documents}-{notes}", files, documents, notes
            )
            for documents, notes in itertools.product(options.documents, options.notes)
        }
        commands = commands_of(libraries, files, folder, options.pages, not options.no_peers)
        print_times(first_content(commands, options.rounds))
        if options.start_only:
            return
        some = max(1, options.rounds // 2)
        data = next(iter(libraries.values()))
        for what, path in list(files.items())[1:]:
            print(f"In the window: {what}", flush=True)
            several(some, partial(journeys, data, path))
        for what, library in libraries.items():
            print(f"In the window: HTML, {what}", flush=True)
            several(some, partial(journeys, library, files["HTML"]))
        print(f"In the window: unknown PDF of {options.pages} pages", flush=True)
        unknown = a_pdf(folder / "unknown.pdf", options.pages, "unknown")
        several(1, partial(journeys, copied(data, folder / "unknown"), unknown))


if __name__ == "__main__":
    main()
