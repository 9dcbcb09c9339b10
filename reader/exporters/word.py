"""Notes as a Word file: the quote in its colour, the note as a comment on it.

python-docx makes and saves the file; paragraphs are put together here, since with its own verbs
the time grows with the square of their number.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

from reader.model.annotation import Annotation
from reader.model.note_text import Look, may_lead, runs, shown
from reader.model.notebook import Chapter, Entry, Notebook

# ECMA-376, 17.18.40: a highlight has one of sixteen colours, and its violet hides what is read.
_COLOURS = {"yellow": "yellow", "green": "green", "blue": "cyan", "pink": "magenta"}
_VIOLET = "DDD0FA"
_LOOKS: dict[Look, str] = {"strong": "b", "heading": "b", "emphasis": "i"}
_ORDER = ("b", "i", "sz", "highlight", "u", "shd")
_SMALL_HALF_POINTS = "18"


def write(notebook: Notebook) -> bytes:
    """The file: a heading a document and a section, and each annotation under it."""
    made = docx.Document()
    made.core_properties.author = notebook.user
    made.core_properties.title = "Notes"
    # Else they are those of the file that python-docx begins with.
    made.core_properties.comments = ""
    if notebook.generated:
        written = datetime.fromisoformat(notebook.generated)
        made.core_properties.created = made.core_properties.modified = written
    writer = _Writer(made, notebook.user)
    for chapter in notebook.chapters:
        writer.add_chapter(chapter)
    writer.end()
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
    return quotes == [_plain(one.quote) for one in wanted] and links >= {e.link for e in wanted}


class _Writer:
    """Adds paragraphs at the end of a Word file."""

    def __init__(self, made: WordFile, user: str) -> None:
        self._user = user
        self._relations = made.part.rels
        self._comments: Any = made.part._comments_part.element
        self._commented = 0
        self._body: Any = made.element.body
        # What a page is like stands last; without it in the way, paragraphs are just appended.
        self._last = self._body.sectPr
        self._body.remove(self._last)
        self._styles = {
            name: made.styles[name].style_id for name in ("Heading 1", "Heading 2", "Quote")
        }

    def end(self) -> None:
        """Makes the file whole."""
        self._body.append(self._last)

    def add_chapter(self, chapter: Chapter) -> None:
        """Adds the notes on one document."""
        self._add(self._paragraph("Heading 1"), chapter.document.title)
        self._add_small(chapter.citation)
        path: tuple[str, ...] | None = None
        for entry in chapter.entries:
            if entry.path != path:
                path = entry.path
                title = entry.heading or chapter.document.title
                self._add(self._paragraph("Heading 2"), title)
            self._add_entry(entry)

    def _add_entry(self, entry: Entry) -> None:
        annotation = entry.annotation
        quote = self._paragraph("Quote")
        if annotation.note:
            self._comment(quote, "commentRangeStart")
        if annotation.style == "underline":
            self._add(quote, entry.quote, u="single")
        elif annotation.colour in _COLOURS:
            self._add(quote, entry.quote, highlight=_COLOURS[annotation.colour])
        else:
            self._add(quote, entry.quote, shd=_VIOLET)
        if annotation.note:
            self._comment(quote, "commentRangeEnd")
            self._comment(_child(quote, "r"), "commentReference")
            self._add_comment(annotation)
            self._add_note(self._paragraph(), annotation.note)
        if entry.earlier_quote:
            self._add_small(f"Earlier text: {entry.earlier_quote}")
        facts = self._add_small(" · ".join(entry.facts) + " · ")
        self._add(self._link(facts, entry.link), "open", sz=_SMALL_HALF_POINTS, u="single")
        for label, text in entry.references:
            self._add_small(f"[{label}] {text}")

    def _paragraph(self, style: str = "") -> Any:
        paragraph = _child(self._body, "p")
        if style:
            properties = _child(paragraph, "pPr")
            _child(properties, "pStyle", self._styles[style])
            # As headings by their style, it stands on the page of what follows.
            if style == "Quote":
                _child(properties, "keepNext")
        return paragraph

    def _add(self, parent: Any, text: str, **look: str) -> None:
        """Adds words to a paragraph; a look is named as in ECMA-376, 17.3.2, in its order."""
        run = _child(parent, "r")
        if look:
            properties = _child(run, "rPr")
            for name in sorted(look, key=_ORDER.index):
                value = look[name]
                one = _child(properties, name, "clear" if name == "shd" else value)
                if name == "shd":
                    one.set(qn("w:fill"), value)
        for number, line in enumerate(_plain(text).split("\n")):
            if number:
                _child(run, "br")
            words = _child(run, "t")
            words.text = line
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def _add_note(self, paragraph: Any, note: str) -> None:
        """Adds a note with its looks; a link that leads nowhere we know of is its words."""
        for words, looks, address in runs(note):
            look = {_LOOKS[one]: "true" for one in sorted(looks) if one in _LOOKS}
            if may_lead(address):
                self._add(self._link(paragraph, address), words, u="single", **look)
            else:
                self._add(paragraph, words, **look)

    def _link(self, paragraph: Any, address: str) -> Any:
        relation = f"link{len(self._relations)}"
        self._relations.add_relationship(
            RELATIONSHIP_TYPE.HYPERLINK, _plain(address), relation, is_external=True
        )
        return etree.SubElement(paragraph, qn("w:hyperlink"), {qn("r:id"): relation})

    def _add_small(self, text: str) -> Any:
        paragraph = self._paragraph()
        self._add(paragraph, text, sz=_SMALL_HALF_POINTS)
        return paragraph

    def _comment(self, parent: Any, name: str) -> None:
        etree.SubElement(parent, qn(f"w:{name}"), {qn("w:id"): str(self._commented)})

    def _add_comment(self, annotation: Annotation) -> None:
        said = {
            "id": str(self._commented),
            "author": _plain(self._user) or "Offprint",
            "initials": _plain(self._user)[:1].upper(),
            "date": annotation.created[:19] + "Z" if annotation.created else "",
        }
        known = {qn(f"w:{name}"): value for name, value in said.items() if value}
        comment = etree.SubElement(self._comments, qn("w:comment"), known)
        for line in shown(annotation.note).text.split("\n"):
            self._add(_child(comment, "p"), line)
        self._commented += 1


def _child(parent: Any, name: str, value: str = "") -> Any:
    return etree.SubElement(parent, qn(f"w:{name}"), {qn("w:val"): value} if value else None)


def _plain(text: str) -> str:
    """Text without what XML cannot hold."""
    return "".join(c for c in text if c in "\n\t" or (c >= " " and c not in "\ufffe\uffff"))
