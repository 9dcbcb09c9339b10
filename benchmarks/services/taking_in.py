"""How many documents a second are taken in, end to end.

python -m benchmarks.services.taking_in [COUNT] [CORPORA]

Articles of 3,000 words as text, Markdown and web pages, from the drop until the last of them is in
the search index. With CORPORA, two of five files are web pages and JATS articles from there, each
time with other words in the same places. Aim: 25 a second on 4 cores. The main thread is asked
every 4 ms whether it is free: the longest it was not is what a frame of scrolling would have waited
for. Memory is that of this process and of all its workers together (Linux only).
"""

from __future__ import annotations

import html
import os
import re
import sys
import tempfile
import threading
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QTimer

from benchmarks.search.articles import an_article
from reader.paths import Paths
from reader.services.workspace import Workspace
from reader.session.background import Background
from reader.session.session import Session
from reader.store.library import Library
from reader.store.notes import open_notes

_WORD = re.compile(r"[a-z]{4,}")


def write(folder: Path, count: int) -> None:
    """Writes so many files, a third of each kind."""
    for number in range(count):
        article = an_article(number)
        blocks = [(b.kind == "heading", b.span.cut(article.text)) for b in article.blocks]
        if number % 3 == 0:
            suffix, lines = "txt", [article.title, *(text for _, text in blocks)]
        elif number % 3 == 1:
            suffix = "md"
            lines = [f"# {article.title}", *(("## " if h else "") + text for h, text in blocks)]
        else:
            suffix = "html"
            tags = [("h2" if h else "p", html.escape(text)) for h, text in blocks]
            body = "".join(f"<{tag}>{text}</{tag}>" for tag, text in tags)
            title = html.escape(article.title)
            lines = [f"<!doctype html><title>{title}</title><body><article><h1>{title}</h1>{body}"]
        (folder / f"{number:05}.{suffix}").write_text("\n\n".join(lines), encoding="utf-8")


def varied(path: Path, number: int) -> str:
    """A file of a corpus with other words in the same places, and another DOI."""
    text = path.read_text("utf-8", "replace")
    words = sorted(set(_WORD.findall(text)))
    other = {word: words[(i + 7919 * number) % len(words)] for i, word in enumerate(words)}

    def swapped(between: re.Match[str]) -> str:
        return _WORD.sub(lambda word: other[word[0]], between[0])

    text = re.sub(r">[^<]+", swapped, text) if words else text
    return re.sub(r"\b10\.(\d{4,9})/", rf"10.\1/{number}.", text)


def write_varied(folder: Path, corpora: Path, count: int) -> None:
    """Writes two of five files anew, as a corpus has them."""
    pages = sorted(p for p in (corpora / "html").rglob("*.html") if "expected" not in p.name)
    articles = sorted((corpora / "jats").rglob("*.*xml"))
    for number in range(count):
        if number % 5 in (3, 4):
            found = pages if number % 5 == 3 else articles
            path = found[number // 5 % len(found)]
            for old in folder.glob(f"{number:05}.*"):
                old.unlink()
            (folder / f"{number:05}{path.suffix}").write_text(varied(path, number), "utf-8")


def memory_mb() -> int:
    """The memory that this process and all under it hold now, in megabytes."""
    parents: dict[int, int] = {}
    held: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            said = dict(line.split(":", 1) for line in status.read_text().splitlines())
            process = int(said["Pid"])
            parents[process] = int(said["PPid"])
            held[process] = int(said.get("VmRSS", "0").split()[0]) // 1024
        except (OSError, ValueError):
            continue
    ours, total = {os.getpid()}, 0
    for process in sorted(parents):
        if process in ours or parents[process] in ours:
            ours.add(process)
            total += held[process]
    return total


def main() -> None:
    """Takes the files in and prints how long that took."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    application = QCoreApplication([])
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "in"
        folder.mkdir()
        write(folder, count)
        if len(sys.argv) > 2:
            write_varied(folder, Path(sys.argv[2]), count)
        paths = Paths(Path(home) / "data")
        library = Library(paths)
        session = Session(
            Workspace(paths, library, open_notes(paths, "anna"), "anna"), Background()
        )
        waits: list[float] = []
        last = time.perf_counter()
        start = last
        kept = 0.0

        def tick() -> None:
            nonlocal last
            now = time.perf_counter()
            waits.append((now - last) * 1000)
            last = now
            if not session.background.busy:
                application.quit()

        def ended(progress: object) -> None:
            nonlocal kept
            kept = time.perf_counter() - start if progress is None else kept

        session.imports.progress.connect(ended)
        timer = QTimer(interval=4)
        timer.timeout.connect(tick)
        session.imports.add([folder])
        timer.start()
        over = threading.Event()
        held: list[int] = []

        def watch() -> None:
            while not over.wait(2):
                held.append(memory_mb())

        threading.Thread(target=watch, daemon=True).start()
        application.exec()
        over.set()
        taken = time.perf_counter() - start
        listed = len(library.catalog.entries())
        print("failed:", len(session.imports.failures), *session.imports.failures[:1])
        print(f"{listed} of {count} documents; not indexed: {len(library.catalog.unindexed())}")
        print(f"in the library after {kept:6.1f} s: {listed / kept:6.1f} a second")
        print(f"found by search after {taken:5.1f} s: {listed / taken:6.1f} a second")
        waits.sort()
        print(
            f"main thread busy: 95th percentile {waits[int(len(waits) * 0.95)]:.1f} ms, "
            f"longest {waits[-1]:.1f} ms"
        )
        if held:
            tenths = ", ".join(str(held[len(held) * i // 10]) for i in range(10))
            print(f"memory of all processes, MB, in ten steps: {tenths}; most: {max(held)}")
        print(f"load of this machine meanwhile: {os.getloadavg()[0]:.1f}")
        session.close()
        library.close()


if __name__ == "__main__":
    main()
