"""How long documents take on their way to the disk and back: python -m benchmarks.store.library.

Why document.json is not compressed: see the lines about zlib.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from reader.model.document import Block, Document, Mark, Section
from reader.model.serialization import document_from_plain, document_to_plain
from reader.model.span import Span
from reader.paths import Paths
from reader.store.library import Library

ROOT = Path(__file__).parents[2]
_WORDS = "receptor slowly dose ketamine 0.5 mg/kg β-blocker – infusion anxiety over minutes".split()


def a_long_document() -> tuple[Document, bytes]:
    """A text of 1 MB with 10,000 blocks and as many marks, and its file."""
    lines = [
        " ".join(_WORDS[(i * 7 + j * j) % len(_WORDS)] + str(i * j % 97) for j in range(12))[:99]
        for i in range(10_000)
    ]
    text = "\n".join(line.ljust(99, ".") for line in lines)
    raw = text.encode()
    return Document(
        hashlib.sha256(raw).hexdigest(),
        "A long document",
        text,
        sections=tuple(
            Section(f"s{i}", None, 1, None, f"Part {i}", "body", Span(i * 1000, i * 1000 + 999))
            for i in range(1000)
        ),
        blocks=tuple(Block("paragraph", Span(i * 100, i * 100 + 99)) for i in range(10_000)),
        marks=tuple(Mark("strong", Span(i * 100, i * 100 + 9)) for i in range(10_000)),
    ), raw


def measured(name: str, call: Callable[[], Any], times: int = 9) -> None:
    """Prints the median and the longest of some calls."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append((time.perf_counter() - start) * 1000)
    print(f"{name:44} {median(taken):8.2f} ms  (longest {max(taken):.2f})")


def command(*arguments: str) -> None:
    """Runs a command of Offprint in a process of its own."""
    subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *arguments],
        check=True,
        capture_output=True,
        cwd=ROOT,
    )


def main() -> None:
    document, raw = a_long_document()
    packed = json.dumps(document_to_plain(document), ensure_ascii=False).encode()
    compressed = zlib.compress(packed, 1)
    print(f"document.json: {len(packed):,} bytes, with zlib level 1 {len(compressed):,}")
    measured("pack", lambda: json.dumps(document_to_plain(document), ensure_ascii=False).encode())
    measured("and compress", lambda: zlib.compress(packed, 1))
    measured("unpack, all checked", lambda: document_from_plain(json.loads(packed)))
    measured("uncompress first", lambda: zlib.decompress(compressed))
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder))
        library = Library(paths)
        measured("add to the library, 1 MB", lambda: library.add(document, raw, {}), 1)
        library.close()

        def open_document() -> None:
            again = Library(paths)
            again.document(document.id)
            again.close()

        measured("open library and document, 1 MB", open_document)
        library = Library(paths)
        shorts = [(f"Document {i}. ".encode() * 200) for i in range(200)]
        start = time.perf_counter()
        for one in shorts:
            short = replace(document, id=hashlib.sha256(one).hexdigest(), text=one.decode())
            library.add(replace(short, sections=(), blocks=(), marks=()), one, {})
        print(
            f"{200 / (time.perf_counter() - start):.0f} short documents added in a second, durably"
        )
        measured("list of the library, 201 documents", library.catalog.entries)
        library.close()
        data = ["--data", str(Path(folder) / "data")]
        guide = str(ROOT / "seeds" / "guide.md")
        measured("main.py outline FILE", lambda: command(*data, "outline", guide), 5)
        command(*data, "import", guide)
        measured("main.py list", lambda: command(*data, "list"), 5)
        measured("main.py find WORD", lambda: command(*data, "find", "offprint"), 5)


if __name__ == "__main__":
    main()
