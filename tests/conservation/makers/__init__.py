"""Files written at random from trees of what articles are made of, one maker a format."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from random import Random

from tests.conservation.makers.tree import Article, article

SUFFIXES = {
    "text": "txt",
    "markdown": "md",
    "html": "html",
    "mhtml": "mhtml",
    "jats": "nxml",
    "epub": "epub",
    "docx": "docx",
    "rtf": "rtf",
    "pdf": "pdf",
}


def written(format_name: str, random: Random) -> bytes:
    """A file of this format, as `random` draws it."""
    write: Callable[[Article, Random], bytes] = import_module(
        f"tests.conservation.makers.{format_name}"
    ).write
    return write(article(random, format_name), random)


def generated_file(format_name: str, number: int, folder: Path) -> Path:
    """The file of this number, always the same, written into the folder."""
    path = folder / f"{number:05}.{SUFFIXES[format_name]}"
    path.write_bytes(written(format_name, Random(f"{format_name} {number}")))
    return path
