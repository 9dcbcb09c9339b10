"""Whether a confined process reads and draws files as a free one does, and how much slower it is.

python -m benchmarks.workers.confined FOLDER [COUNT [LANES]]: reads COUNT files of the folder,
spread over it, in each of the lanes ("find" is free, "read" is confined), and draws the first page
of each PDF, in another process of that kind. Prints the median of the times, and the files of which
text or pixels differ.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from statistics import median

from reader.model.pdf.tile import Tile
from reader.problem import Problem
from reader.workers import tasks
from reader.workers.page_renderer import draw
from reader.workers.pool import Lane, Workers

TILE = Tile(1, 600, 800, 0, 0, 600, 800)


def outcome(workers: Workers, lane: Lane, path: Path, staging: str) -> tuple[str, float]:
    """A hash of what is read or said of the file, and the milliseconds it took."""
    begun = time.perf_counter()
    try:
        result = workers.submit(lane, tasks.read, str(path), staging).result()
    except Problem as problem:
        said = problem.sentence.encode()
    else:
        folder = Path(result.folder)
        pictures = sorted((folder / "assets").iterdir())
        parts = [folder / "document.json", *pictures]
        said = b"".join(part.name.encode() + part.read_bytes() for part in parts)
    return hashlib.sha256(said).hexdigest(), (time.perf_counter() - begun) * 1000


def drawn(workers: Workers, lane: Lane, path: Path) -> tuple[str, float]:
    begun = time.perf_counter()
    try:
        said = workers.submit(lane, draw, str(path), TILE).result()
    except Problem as problem:
        said = problem.sentence.encode()
    return hashlib.sha256(said).hexdigest(), (time.perf_counter() - begun) * 1000


def main(folder: Path, count: int, lanes: list[Lane]) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    chosen = files[:: max(1, len(files) // count)][:count]
    found: dict[str, dict[Lane, tuple[str, float]]] = {}
    with tempfile.TemporaryDirectory() as staging, closing(Workers()) as workers:
        for number, path in enumerate(chosen):
            # Each lane is the first as often: the disk is read but once.
            for lane in lanes if number % 2 else lanes[::-1]:
                found.setdefault(f"read {path.name}", {})[lane] = outcome(
                    workers, lane, path, staging
                )
                if path.suffix.lower() == ".pdf":
                    # Not where it was read: fonts that were drawn with change a box by a hair.
                    drawing: Lane = "draw" if lane == "read" else "index"
                    found.setdefault(f"draw {path.name}", {})[lane] = drawn(workers, drawing, path)
    for what in ("read", "draw"):
        of = {name: by for name, by in found.items() if name.startswith(what)}
        # The first has the start of the process in it.
        for lane in lanes:
            times = [by[lane][1] for by in of.values()][2:]
            if times:
                print(f"{what} {lane}: median {median(times):.1f} ms, sum {sum(times):.0f} ms")
        differ = [name for name, by in of.items() if len({one[0] for one in by.values()}) > 1]
        print(f"{what}: {len(of)} files, {len(differ)} differ {differ[:5]}")
    digest = hashlib.sha256("".join(by[lanes[0]][0] for by in found.values()).encode())
    print(f"all of it: {digest.hexdigest()[:16]}")


if __name__ == "__main__":
    named: list[Lane] = ["read", "find"]
    main(
        Path(sys.argv[1]),
        int(sys.argv[2]) if len(sys.argv) > 2 else 60,
        [one for one in named if len(sys.argv) < 4 or one in sys.argv[3].split(",")],
    )
