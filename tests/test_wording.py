"""The window speaks the words of docs/glossary.md, and none of those that it replaced."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# What is shown comes from these; a text is a string with a space or a capital that is no docstring.
ROOMS = ("reader/ui", "reader/session", "reader/services")
BANNED = (
    r"\b(?:take|takes|taken|taking) in\b",
    r"\b(?:next|previous) hit\b",
    r"\blook for something\b",
    r"\bturns? (?:it|its|the sense)\b",
    r"\bpeels?\b",
    r"\bsmall pages\b",
    r"\bnormal size\b",
    r"\bthrow away\b",
)
_BANNED = re.compile("|".join(BANNED), re.IGNORECASE)


def texts() -> Iterator[tuple[str, str]]:
    """Where each text stands, and the text."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            tree = ast.parse(path.read_bytes())
            silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
            for node in ast.walk(tree):
                if (
                    isinstance(node, ast.Constant)
                    and isinstance(node.value, str)
                    and id(node) not in silent
                ):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node.value


def test_no_text_of_the_window_says_what_the_glossary_replaced() -> None:
    found = [f"{where}: {text}" for where, text in texts() if _BANNED.search(text)]
    assert found == []


def test_the_guide_says_what_the_window_says() -> None:
    guide = (ROOT / "seeds" / "guide.md").read_text(encoding="utf-8")
    assert [found[0] for found in _BANNED.finditer(guide)] == []


def test_the_glossary_lists_the_words_of_the_window() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    for word in ("Next Match", "Show in Folder", "Copy Address", "Watched Folder", "Just Added"):
        assert word in glossary
