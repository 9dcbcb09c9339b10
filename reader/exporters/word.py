"""Notes as a Word file: the quote in its colour, the note as a comment on it."""

from __future__ import annotations

from io import BytesIO

import docx
from docx.document import Document as WordFile
from docx.enum.text import WD_COLOR_INDEX
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

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


def holds(content: bytes, notebook: Notebook) -> bool:
    """Whether a file, read back, has every quote, and the link of every note."""
    made = docx.Document(BytesIO(content))
    links = {one.target_ref for one in made.part.rels.values() if one.is_external}
    quotes = [
        "".join(words.text or "" for words in paragraph.iter(qn("w:t")))
        for paragraph in made.element.body.iter(qn("w:p"))
        if paragraph.style == "Quote"
    ]
    wanted = [entry for _, entry in notebook.entries]
    return quotes == [_plain(one.quote) for one in wanted] and links == {e.link for e in wanted}


def _write_chapter(made: WordFile, chapter: Chapter, user: str) -> None:
    made.add_heading(_plain(chapter.document.title), 1)
    _add_small(made, chapter.citation)
    path: tuple[str, ...] | None = None
    for entry in chapter.entries:
        if entry.path != path:
            path = entry.path
            made.add_heading(_plain(entry.heading or chapter.document.title), 2)
        _write_entry(made, entry, user)


def _write_entry(made: WordFile, entry: Entry, user: str) -> None:
    annotation = entry.annotation
    quote = made.add_paragraph(style="Quote").add_run(_plain(entry.quote))
    quote.font.highlight_color = _COLOURS[annotation.colour]
    if annotation.note:
        note = _plain(annotation.note)
        made.add_comment(quote, text=note, author=user or "Offprint", initials=user[:1].upper())
        made.add_paragraph(note)
    if entry.earlier_quote:
        _add_small(made, f"Earlier text: {entry.earlier_quote}")
    line = _add_small(made, " · ".join(entry.facts) + " · ")
    _add_link(line, entry.link, "open")
    for label, text in entry.references:
        _add_small(made, f"[{label}] {text}")


def _add_small(made: WordFile, text: str) -> Paragraph:
    paragraph = made.add_paragraph()
    paragraph.add_run(_plain(text)).font.size = _SMALL
    return paragraph


def _add_link(paragraph: Paragraph, address: str, words: str) -> None:
    """Adds words that lead to an address; python-docx reads links and makes none."""
    # With `relate_to` the time would grow with the square of the number of links.
    relations = paragraph.part.rels
    relation = f"link{len(relations)}"
    relations.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, address, relation, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = paragraph.add_run(words)
    run.font.size = _SMALL
    run.font.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def _plain(text: str) -> str:
    """Text without what XML cannot hold."""
    return "".join(c for c in text if c in "\n\t" or (c >= " " and c not in "\ufffe\uffff"))
