"""Notes as a Word file: the quote in its colour, the note as a comment on it.

python-docx makes the file, its styles and its parts; what the notes add to three of the parts is
put together here as text: as elements, 100,000 notes take four times as long, and much memory.
Source: ECMA-376, part 1, 17.
"""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from reader.model.annotation import Annotation
from reader.model.note_text import Look, may_lead, runs, shown
from reader.model.notebook import Chapter, Entry, Notebook

# 17.18.40: a highlight has one of sixteen colours, and its violet hides what is read.
_COLOURS = {"yellow": "yellow", "green": "green", "blue": "cyan", "pink": "magenta"}
_VIOLET = '<w:shd w:val="clear" w:fill="DDD0FA"/>'
_LOOKS: dict[Look, str] = {"strong": "b", "heading": "b", "emphasis": "i"}
_SMALL = '<w:sz w:val="18"/>'
_UNDERLINED = '<w:u w:val="single"/>'
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT, _COMMENTS, _LINKS = (
    "word/document.xml",
    "word/comments.xml",
    "word/_rels/document.xml.rels",
)
# These stand for the notes until the file is filled.
_HERE, _END_OF_LINKS = "<!--notes-->", "</Relationships>"


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
    names = ("Heading 1", "Heading 2", "Quote")
    writer = _Writer(notebook.user, {name: made.styles[name].style_id for name in names})
    for chapter in notebook.chapters:
        writer.add_chapter(chapter)
    for parent in (made.element.body, made.part._comments_part.element):
        parent.insert(0, etree.Comment("notes"))
    empty = BytesIO()
    made.save(empty)
    return _filled(
        empty,
        {
            _TEXT: (_HERE, "".join(writer.body)),
            _COMMENTS: (_HERE, "".join(writer.comments)),
            _LINKS: (_END_OF_LINKS, "".join([*writer.links, _END_OF_LINKS])),
        },
    )


def _filled(empty: BytesIO, parts: dict[str, tuple[str, str]]) -> bytes:
    """A package with the first words replaced by the second in some of its parts."""
    out = BytesIO()
    with zipfile.ZipFile(empty) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            content = old.read(one)
            if one.filename in parts:
                words, others = parts[one.filename]
                content = content.replace(words.encode(), others.encode())
            new.writestr(one, content)
    return out.getvalue()


def holds(content: bytes, notebook: Notebook) -> bool:
    """Whether a file, read back, has every quote, and the link of every note."""
    quotes: list[str] = []
    with zipfile.ZipFile(BytesIO(content)) as package:
        links = {one.get("Target") for one in etree.fromstring(package.read(_LINKS))}
        with package.open(_TEXT) as text:
            for _, paragraph in etree.iterparse(text, tag=f"{_W}p"):
                style = paragraph.find(f"{_W}pPr/{_W}pStyle")
                if style is not None and style.get(f"{_W}val") == "Quote":
                    quotes.append("".join(t.text or "" for t in paragraph.iter(f"{_W}t")))
                paragraph.clear()
    wanted = [entry for _, entry in notebook.entries]
    return quotes == [_plain(one.quote) for one in wanted] and links >= {e.link for e in wanted}


class _Writer:
    """Writes the paragraphs, the comments and the links of a Word file.

    `styles` are the ids of styles by their names.
    """

    def __init__(self, user: str, styles: dict[str, str]) -> None:
        self.body: list[str] = []
        self.comments: list[str] = []
        self.links: list[str] = []
        # As headings by their style, a quote stands on the page of what follows.
        self._styles = {
            name: f"<w:pPr><w:pStyle w:val={quoteattr(one)}/>"
            f"{'<w:keepNext/>' if name == 'Quote' else ''}</w:pPr>"
            for name, one in styles.items()
        }
        said = {"author": _plain(user) or "Offprint", "initials": _plain(user)[:1].upper()}
        self._said_by = "".join(f" w:{k}={quoteattr(v)}" for k, v in said.items() if v)

    def add_chapter(self, chapter: Chapter) -> None:
        """Adds the notes on one document."""
        self._add(self._styles["Heading 1"], _run(chapter.document.title))
        self._add(_run(chapter.citation, _SMALL))
        path: tuple[str, ...] | None = None
        for entry in chapter.entries:
            if entry.path != path:
                path = entry.path
                title = entry.heading or chapter.document.title
                self._add(self._styles["Heading 2"], _run(title))
            self._add_entry(entry)

    def _add(self, *parts: str) -> None:
        self.body.append(f"<w:p>{''.join(parts)}</w:p>")

    def _add_entry(self, entry: Entry) -> None:
        annotation = entry.annotation
        look = _VIOLET
        if annotation.style == "underline":
            look = _UNDERLINED
        elif annotation.colour in _COLOURS:
            look = f'<w:highlight w:val="{_COLOURS[annotation.colour]}"/>'
        quote = _run(entry.quote, look)
        if annotation.note:
            self._add(self._styles["Quote"], self._commented(quote, annotation))
            self._add(*self._note(annotation.note))
        else:
            self._add(self._styles["Quote"], quote)
        if entry.earlier_quote:
            self._add(_run(f"Earlier text: {entry.earlier_quote}", _SMALL))
        opened = self._link(entry.link, _run("open", _SMALL + _UNDERLINED))
        self._add(_run(" · ".join(entry.facts) + " · ", _SMALL), opened)
        for label, text in entry.references:
            self._add(_run(f"[{label}] {text}", _SMALL))

    def _note(self, note: str) -> list[str]:
        """A note with its looks; a link that leads nowhere we know of is its words."""
        made = []
        for words, looks, address in runs(note):
            names = sorted({_LOOKS[one] for one in looks if one in _LOOKS})
            look = "".join(f'<w:{name} w:val="true"/>' for name in names)
            leads = may_lead(address)
            run = _run(words, look + _UNDERLINED if leads else look)
            made.append(self._link(address, run) if leads else run)
        return made

    def _link(self, address: str, run: str) -> str:
        name = f"link{len(self.links)}"
        self.links.append(
            f'<Relationship Id="{name}" Type="{RELATIONSHIP_TYPE.HYPERLINK}"'
            f' Target={quoteattr(_plain(address))} TargetMode="External"/>'
        )
        return f'<w:hyperlink r:id="{name}">{run}</w:hyperlink>'

    def _commented(self, run: str, annotation: Annotation) -> str:
        """A run with a note as a comment on it."""
        number = f'w:id="{len(self.comments)}"'
        day = f' w:date="{escape(annotation.created[:19])}Z"' if annotation.created else ""
        lines = shown(annotation.note).text.split("\n")
        said = "".join(f"<w:p>{_run(line)}</w:p>" for line in lines)
        self.comments.append(f"<w:comment {number}{self._said_by}{day}>{said}</w:comment>")
        return (
            f"<w:commentRangeStart {number}/>{run}<w:commentRangeEnd {number}/>"
            f"<w:r><w:commentReference {number}/></w:r>"
        )


def _run(text: str, look: str = "") -> str:
    """Words that look alike; `look` are elements of 17.3.2, in its order."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    lines = escape(_plain(text)).split("\n")
    words = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return f"<w:r>{properties}{words}</w:r>"


def _plain(text: str) -> str:
    """Text without what XML cannot hold."""
    return _NOT_IN_XML.sub("", text)
