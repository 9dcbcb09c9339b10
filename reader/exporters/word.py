"""Notes as a Word file: the quote in its colour, the note as a comment on it."""

from __future__ import annotations

from io import BytesIO

import docx
from docx.document import Document as WordFile
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import Pt

from reader.model.notebook import Chapter, Entry, Notebook

_COLOURS = {
    "yellow": WD_COLOR_INDEX.YELLOW,
    "green": WD_COLOR_INDEX.BRIGHT_GREEN,
    "blue": WD_COLOR_INDEX.TURQUOISE,
    "pink": WD_COLOR_INDEX.PINK,
    "violet": WD_COLOR_INDEX.VIOLET,
}
_SMALL = Pt(9)


def write(notebook: Notebook) -> bytes:
    """The file: a heading a document and a section, and each annotation under it."""
    made = docx.Document()
    made.core_properties.author = notebook.user
    made.core_properties.title = "Notes"
    for chapter in notebook.chapters:
        _write_chapter(made, chapter, notebook.user)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _write_chapter(made: WordFile, chapter: Chapter, user: str) -> None:
    made.add_heading(_plain(chapter.document.title), 1)
    made.add_paragraph(_plain(chapter.citation)).runs[0].font.size = _SMALL
    path: tuple[str, ...] | None = None
    for entry in chapter.entries:
        if entry.path != path:
            path = entry.path
            title = " › ".join(path) if entry.span is not None else "Not placed in this text"
            made.add_heading(_plain(title or chapter.document.title), 2)
        _write_entry(made, entry, user)


def _write_entry(made: WordFile, entry: Entry, user: str) -> None:
    annotation = entry.annotation
    quote = made.add_paragraph(style="Quote").add_run(_plain(entry.quote))
    quote.font.highlight_color = _COLOURS[annotation.colour]
    if annotation.note:
        note = _plain(annotation.note)
        made.add_comment(quote, text=note, author=user or "Offprint", initials=user[:1].upper())
        made.add_paragraph(note)
    page = f"p. {entry.page}" if entry.page else ""
    facts = [page, annotation.colour, *(f"#{tag}" for tag in annotation.tags)]
    facts += [annotation.created[:10], entry.link]
    line = made.add_paragraph().add_run(_plain(" · ".join(fact for fact in facts if fact)))
    line.font.size = _SMALL
    for label, text in entry.references:
        made.add_paragraph().add_run(_plain(f"[{label}] {text}")).font.size = _SMALL


def _plain(text: str) -> str:
    """Text without what XML cannot hold."""
    return "".join(c for c in text if c in "\n\t" or (c >= " " and c not in "\ufffe\uffff"))
