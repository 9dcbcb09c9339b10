"""One counter a format: the words that a file shows, read without anything of `reader`."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from tests.conservation.counted import Container

FORMATS = ("text", "markdown", "html", "mhtml", "jats", "epub", "docx", "rtf", "pdf")


def counter_for(format_name: str) -> Callable[[Path], list[Container]]:
    """The function that counts what a file of this format shows."""
    count: Callable[[Path], list[Container]] = import_module(
        f"tests.conservation.counters.{format_name}"
    ).count
    return count
