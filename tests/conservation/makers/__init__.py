"""Files written at random from trees of what articles are made of, one maker a format."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from random import Random

from reader.model.document import Document
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

_NO_CONTENT = re.compile(r"(Topic \d+\s*)+|Imprint of this site|[\d ]+")


def content_left_out(document: Document) -> list[str]:
    """What was left out of a file that we wrote though it is no menu, imprint or page number."""
    return [
        f"content left out as {one.reason}: “{one.words[:120]}”"
        for one in document.left_out
        if one.reason not in ("repeated title", "unaccounted")
        and not _NO_CONTENT.fullmatch(one.words)
    ]


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
