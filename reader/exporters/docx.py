"""Notes as a Word file: the quote in its colour, the note as a comment on it.

python-docx makes the file, its styles and its parts; what the notes add to three of the parts is
put together here as text: as elements, 100,000 notes take four times as long, and much memory.
Source: ECMA-376, part 1, 17.
"""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from lxml import etree

from reader.exporters.controls import without_controls
from reader.model.annotation import Annotation
from reader.model.export.export_set import Chapter, Entry, ExportSet
from reader.model.note_tables import Table, parts
from reader.model.plain_text import Piece
from reader.note_markdown import Look, may_lead, runs, shown

# 17.18.40: a highlight has one of sixteen colours, and its violet hides what is read.
_COLOURS = {"yellow": "yellow", "green": "green", "blue": "cyan", "pink": "magenta"}
_VIOLET = '<w:shd w:val="clear" w:fill="DDD0FA"/>'
_LOOKS: dict[Look, str] = {"strong": "b", "heading": "b", "emphasis": "i"}
_RAISED = {
    "strike": '<w:strike w:val="true"/>',
    "sup": '<w:vertAlign w:val="superscript"/>',
    "sub": '<w:vertAlign w:val="subscript"/>',
}
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:color="A6A6A6"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_SMALL = '<w:sz w:val="18"/>'
_UNDERLINED = '<w:u w:val="single"/>'
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT, _COMMENTS, _LINKS = (
    "word/document.xml",
    "word/comments.xml",
    "word/_rels/document.xml.rels",
)
# These stand for the notes until the file is filled.
_HERE, _END_OF_LINKS = "<!--notes-->", "</Relationships>"


def write(notebook: ExportSet) -> bytes:
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
    _ = made.part.comments  # makes their part when there is none
    comments = made.part.part_related_by(RELATIONSHIP_TYPE.COMMENTS)
    assert isinstance(comments, XmlPart)
    for parent in (made.element.body, comments.element):
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


def holds(content: bytes, notebook: ExportSet) -> bool:
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
    return quotes == [_words(one) for one in wanted] and links >= {e.link for e in wanted}


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
        said = {
            "author": without_controls(user) or "Offprint",
            "initials": without_controls(user)[:1].upper(),
        }
        self._said_by = "".join(f" w:{k}={quoteattr(v)}" for k, v in said.items() if v)

    def add_chapter(self, chapter: Chapter) -> None:
        """Add the notes on one document."""
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
        quote = "".join(_piece(one, look) for one in entry.pieces or (Piece(entry.quote),))
        if annotation.note:
            self._add(self._styles["Quote"], self._commented(quote, annotation))
            for part in parts(annotation.note):
                if isinstance(part, str):
                    self._add(*self._note(part))
                else:
                    self._add_table(part)
        else:
            self._add(self._styles["Quote"], quote)
        if entry.earlier_quote:
            self._add(_run(f"Earlier text: {entry.earlier_quote}", _SMALL))
        opened = self._link(entry.link, _run("open", _SMALL + _UNDERLINED))
        self._add(_run(" · ".join(entry.facts) + " · ", _SMALL), opened)
        for label, text in entry.references:
            self._add(_run(f"[{label}] {text}", _SMALL))

    def _add_table(self, rows: Table) -> None:
        made = []
        for number, row in enumerate(rows):
            cells = []
            for cell in row:
                words = "".join(self._note(cell, "" if number else '<w:b w:val="true"/>'))
                cells.append(f"<w:tc><w:p>{words}</w:p></w:tc>")
            made.append(f"<w:tr>{''.join(cells)}</w:tr>")
        grid = '<w:gridCol w:w="1800"/>' * len(rows[0])
        self.body.append(
            f"<w:tbl><w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>"
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(made)}</w:tbl>"
        )

    def _note(self, note: str, head: str = "") -> list[str]:
        """A note with its looks; a link that leads nowhere we know of is its words."""
        made = []
        for words, looks, address in runs(note):
            names = sorted({_LOOKS[one] for one in looks if one in _LOOKS})
            look = "".join(f'<w:{name} w:val="true"/>' for name in names) or head
            leads = may_lead(address)
            run = _run(words, look + _UNDERLINED if leads else look)
            made.append(self._link(address, run) if leads else run)
        return made

    def _link(self, address: str, run: str) -> str:
        name = f"link{len(self.links)}"
        self.links.append(
            f'<Relationship Id="{name}" Type="{RELATIONSHIP_TYPE.HYPERLINK}"'
            f' Target={quoteattr(without_controls(address))} TargetMode="External"/>'
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
    lines = escape(without_controls(text)).split("\n")
    words = "<w:br/>".join(map(_line, lines))
    return f"<w:r>{properties}{words}</w:r>"


def _line(line: str) -> str:
    if "\t" not in line:
        return f'<w:t xml:space="preserve">{line}</w:t>'
    return "<w:tab/>".join(f'<w:t xml:space="preserve">{one}</w:t>' for one in line.split("\t"))


def _piece(piece: Piece, look: str) -> str:
    """Words of a quote; the elements of their looks in the order of 17.3.2."""
    struck = _RAISED["strike"] if "strike" in piece.kinds else ""
    raised = next((_RAISED[one] for one in ("sup", "sub") if one in piece.kinds), "")
    return _run(piece.words, struck + look + raised)


def _words(entry: Entry) -> str:
    """The words of a note as the elements of the file hold them."""
    return without_controls("".join(piece.words for piece in entry.pieces) or entry.quote)
