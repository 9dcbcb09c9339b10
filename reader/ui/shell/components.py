"""What is handed over with Offprint and was made by others: names, versions, licences."""

from __future__ import annotations

import platform
import re
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from PySide6.QtCore import qVersion

from reader.paths import resources
from reader.store.database import driver

# As resources/locks/run.txt has them, which is not handed over; a test holds both together.
PACKAGES = (
    *("argon2-cffi", "argon2-cffi-bindings", "cffi", "pycparser"),
    *("cached-property", "chardet", "chevron", "frozendict", "genanki", "latex2mathml"),
    *("lxml", "markdown-it-py", "mdit-py-plugins", "mdurl", "msgspec", "numpy", "platformdirs"),
    *("pycryptodomex", "pypdfium2", "pyphen", "pyside6-essentials", "pystemmer", "python-docx"),
    *("pyyaml", "pyzipper", "shiboken6", "sqlcipher3", "typing-extensions", "whoosh3"),
)
_TEXTS = re.compile(r"licen[cs]e|copying|notice|authors", re.I)
_CLASS = "License :: OSI Approved :: "
# A licence that a package names in more words than this is named by its first line.
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Component:
    """Something by others; `texts` are its licences as they came with it."""

    name: str
    version: str
    licence: str
    texts: tuple[str, ...] = ()


def components() -> list[Component]:
    """All of them that are there, by name; the first ones hold the others."""
    found = [
        Component("Python", platform.python_version(), "PSF-2.0"),
        Component("Qt", qVersion(), "LGPL-3.0-only"),
        Component("SQLite", driver.sqlite_version, "public domain"),
    ]
    for name in PACKAGES:
        try:
            found.append(_component(distribution(name)))
        except PackageNotFoundError:
            continue  # needed on other systems only
    fonts, icons = resources() / "fonts", resources() / "icons"
    return [
        *found,
        Component("Source Serif", "", "OFL-1.1", _read(fonts / "OFL-serif.md")),
        Component("Inter", "", "OFL-1.1", _read(fonts / "OFL-sans.txt")),
        Component("OpenDyslexic", "", "OFL-1.1", _read(fonts / "dyslexic" / "OFL-dyslexic.txt")),
        Component("Lucide icons", "", "ISC", _read(icons / "LICENSE-lucide.txt")),
    ]


def _component(one: Distribution) -> Component:
    said = one.metadata
    classes = [c.removeprefix(_CLASS) for c in said.get_all("Classifier") or () if _CLASS in c]
    stated = (*(said.get_all("License-Expression") or ()), *(said.get_all("License") or ()), "")
    named = stated[0].strip()
    if not named or len(named) > _LONGEST_NAME:
        named = ", ".join(classes) or named.partition("\n")[0]
    files = [file for file in one.files or () if _TEXTS.search(file.name) and "info" in str(file)]
    texts = [text for file in files for text in _read(Path(str(one.locate_file(file))))]
    return Component(said["Name"], one.version, named or "see its text", tuple(texts))


def _read(path: Path) -> tuple[str, ...]:
    try:
        return (path.read_text(encoding="utf-8", errors="replace").strip(),)
    except OSError:
        return ()


def licence_page(own: str, found: list[Component]) -> str:
    """All licences on one page: the list first, then their texts."""
    heads = [" ".join(filter(None, (one.name, one.version))) for one in found]
    lines = [f"{head}: {one.licence}" for head, one in zip(heads, found, strict=True)]
    parts = [own, "Made by others, and handed over with it:\n\n" + "\n".join(lines)]
    for head, one in zip(heads, found, strict=True):
        if one.texts:
            parts.append("\n\n".join((f"— {head} —", *one.texts)))
    return "\n\n\n".join(parts)
