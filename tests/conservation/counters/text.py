"""Plain text: what stands there is what is shown, line by line."""

from __future__ import annotations

from pathlib import Path

from tests.conservation.counted import Container, Counting
from tests.conservation.counters.decoding import decoded
from tests.conservation.counters.tex import with_tex


def count(path: Path) -> list[Container]:
    """The lines of the file."""
    counting = Counting()
    for line in decoded(path.read_bytes()).splitlines():
        counting.add(line)
        counting.end("line")
    return with_tex(counting.containers)
