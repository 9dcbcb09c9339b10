"""Notes as Markdown: a heading a document and a section, the quote, the note, what it cites."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TextIO

from reader.model.notebook import Chapter, Entry, Notebook, in_order

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~]|&(?=#?\w+;))")
_HELD = re.compile(r"^> .*$|\[open\]\(offprint:[^()\s]+\)$", re.M)
_NO_ID = re.compile(r"[^A-Za-z0-9-]")
_FIRST = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$))|(?=[-+=]))")


def write(notebook: Notebook, out: TextIO) -> None:
    """Writes all chapters, one after the other."""
    for number, chapter in enumerate(notebook.chapters):
        if number:
            out.write("\n")
        write_chapter(chapter, out)


def holds(content: str, notebook: Notebook) -> bool:
    """Whether a file, read back, has every quote and after it the link of its note."""
    wanted = []
    for _, entry in notebook.entries:
        wanted += [f"> {line(entry.quote)}", f"[open]({entry.link})"]
    return in_order(_HELD.findall(content), wanted)


def write_chapter(chapter: Chapter, out: TextIO, block_ids: bool = False) -> None:
    """Writes the notes on one document; with `block_ids`, each quote can be pointed to."""
    out.write(f"# {escape(chapter.document.title)}\n\n{escape(chapter.citation)}\n")
    path: tuple[str, ...] | None = None
    for entry in chapter.entries:
        if entry.path != path:
            path = entry.path
            out.write(f"\n## {escape(entry.heading or chapter.document.title)}\n")
        _write_entry(entry, out, block_ids)


def _write_entry(entry: Entry, out: TextIO, block_ids: bool) -> None:
    out.write(f"\n> {line(entry.quote)}\n\n")
    if block_ids:
        out.write(f"^{_NO_ID.sub('-', entry.annotation.id)}\n\n")
    if entry.annotation.note.strip():
        out.write(entry.annotation.note.strip() + "\n\n")
    if entry.earlier_quote:
        out.write(f"Earlier text: {escape(entry.earlier_quote)}\n\n")
    out.write(f"{facts(entry)} · [open]({entry.link})\n")
    if entry.references:
        out.write("\n")
    for label, text in entry.references:
        out.write(_reference(label, text))


def facts(entry: Entry) -> str:
    """What is said of a note in a word or two; the sign of a tag stays, since programs know it."""
    return " · ".join(map(_fact, entry.facts))


# Colours, days and tags come again and again, and so do references.
@lru_cache(4096)
def _fact(fact: str) -> str:
    return fact[:1] + escape(fact[1:])


@lru_cache(4096)
def _reference(label: str, text: str) -> str:
    return f"- [{escape(label)}] {line(text)}\n"


def escape(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def line(text: str) -> str:
    """The same at the beginning of a line, where more signs mean something."""
    return _FIRST.sub(r"\1\\", escape(text))
