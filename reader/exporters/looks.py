"""What a Word file and cards for Anki look like, as a web page made of what is in the file."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_COLOR_INDEX
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from reader.exporters import anki

_MARKER = {
    WD_COLOR_INDEX.YELLOW: "#FFFF66",
    WD_COLOR_INDEX.BRIGHT_GREEN: "#7FFF7F",
    WD_COLOR_INDEX.GREEN: "#9BE29B",
    WD_COLOR_INDEX.TURQUOISE: "#7FFFFF",
    WD_COLOR_INDEX.PINK: "#FF9CFF",
}


def word_page(content: bytes) -> str:
    """The paragraphs and tables of a Word file, with its comments after what they are on."""
    made = docx.Document(BytesIO(content))
    comments = {str(one.comment_id): one.text for one in made.comments}
    parts: list[str] = []
    for part in made.iter_inner_content():
        if isinstance(part, Table):
            rows = ("".join(f"<td>{_cell(cell)}</td>" for cell in row.cells) for row in part.rows)
            parts.append(f"<table border=1>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
        else:
            parts.append(_paragraph(part, comments))
    return "".join(parts)


def _cell(cell: Any) -> str:
    return "<br>".join("".join(_runs(one)) for one in cell.paragraphs)


def _paragraph(paragraph: Paragraph, comments: dict[str, str]) -> str:
    style = paragraph.style.name if paragraph.style is not None else ""
    name = {"Heading 1": "h1", "Heading 2": "h3", "Quote": "blockquote"}.get(str(style), "p")
    words = "".join(_runs(paragraph))
    for run in paragraph.runs:
        for mark in run.element.xpath("./w:commentReference/@w:id"):
            words += f" <small>[{escape(comments.get(str(mark), ''))}]</small>"
    return f"<{name}>{words}</{name}>"


def _runs(paragraph: Paragraph) -> Iterator[str]:
    for part in paragraph.iter_inner_content():
        runs = [part] if isinstance(part, Run) else part.runs
        yield from map(_run, runs)


def _run(run: Run) -> str:
    words = escape(run.text).replace("\n", "<br>").replace("\t", "&emsp;")
    font = run.font
    for is_so, name in (
        (font.bold, "b"),
        (font.italic, "i"),
        (font.underline, "u"),
        (font.strike, "s"),
        (font.superscript, "sup"),
        (font.subscript, "sub"),
    ):
        words = f"<{name}>{words}</{name}>" if is_so and words else words
    colour = _MARKER.get(font.highlight_color) if font.highlight_color else None
    if run.element.xpath("./w:rPr/w:shd"):
        colour = "#DDD0FA"
    return f'<span style="background-color: {colour}">{words}</span>' if colour else words


def anki_page(content: bytes) -> str:
    """The cards of a package: the question, a line, and what is behind it."""
    parts = []
    for card in anki.read(content):
        front, back, source, references, _ = card.fields
        parts.append(
            f"<p>{front}</p><hr><p>{back}</p><p><small>{source}</small></p>"
            f"<p><small>{references}</small></p><p>&nbsp;</p>"
        )
    return "".join(parts)
