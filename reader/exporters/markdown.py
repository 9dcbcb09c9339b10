"""Notes as Markdown: a heading a document and a section, the quote, the note, what it cites."""

from __future__ import annotations

import re
from typing import TextIO

from reader.model.notebook import Chapter, Entry, Notebook

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


def write(notebook: Notebook, out: TextIO) -> None:
    """Writes all chapters, one after the other."""
    for number, chapter in enumerate(notebook.chapters):
        if number:
            out.write("\n")
        _write_chapter(chapter, out)


def _write_chapter(chapter: Chapter, out: TextIO) -> None:
    out.write(f"# {escape(chapter.document.title)}\n\n{escape(chapter.citation)}\n")
    path: tuple[str, ...] | None = None
    for entry in chapter.entries:
        if entry.path != path:
            path = entry.path
            title = " › ".join(path) if entry.span is not None else "Not placed in this text"
            out.write(f"\n## {escape(title or chapter.document.title)}\n")
        _write_entry(entry, out)


def _write_entry(entry: Entry, out: TextIO) -> None:
    annotation = entry.annotation
    out.write(f"\n> {escape(entry.quote)}\n\n")
    if annotation.note:
        out.write(annotation.note.strip() + "\n\n")
    page = f"p. {entry.page}" if entry.page else ""
    facts = [
        page,
        annotation.colour,
        *(f"#{tag}" for tag in annotation.tags),
        annotation.created[:10],
    ]
    out.write(f"{' · '.join(fact for fact in facts if fact)} · [open]({entry.link})\n")
    for label, text in entry.references:
        out.write(f"\n- [{label}] {escape(text)}\n")


def escape(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", text)
