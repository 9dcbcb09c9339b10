"""Notes as one web page that loads nothing from anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import TextIO

from reader.exporters.record import line_of, record
from reader.model.export.export_set import Chapter, Entry, ExportSet
from reader.model.note_tables import parts
from reader.model.plain_text import Piece
from reader.note_markdown import Look, may_lead, runs

_COLOURS = {
    "yellow": "#FFE48A",
    "green": "#C3EAB8",
    "blue": "#BFDFFB",
    "pink": "#FBCBDB",
    "violet": "#DDD0FA",
}
# In text and in values "<" is a character reference, so that no note can hold this.
_HELD = re.compile(r'<blockquote id="([^"]*)"[^>]* cite="([^"]*)">(.*?)</blockquote>', re.S)
_RAISED = {"sup": "sup", "sub": "sub", "strike": "s"}
_ELEMENTS: dict[Look, str] = {
    "strong": "strong",
    "heading": "strong",
    "emphasis": "em",
    "code": "code",
}
POLICY = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
)
_HEAD = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
{POLICY}<title>Notes</title>
<style>
body {{ font: 18px/1.55 Georgia, serif; max-width: 40em; margin: 3em auto; padding: 0 1em; }}
h1 {{ font-size: 1.6em; margin-bottom: 0.2em; }}
h2 {{ font-size: 1.1em; margin-top: 2em; }}
blockquote {{ margin: 1.2em 0 0.4em; padding: 0.2em 0.8em; border-left: 4px solid; }}
.citation, .facts, .earlier, .references {{ font: 14px/1.5 sans-serif; color: #5A616B; }}
.note {{ white-space: pre-wrap; margin: 0.4em 0; }}
table {{ border-collapse: collapse; margin: 0.4em 0; }}
th, td {{ border: 1px solid #C9CDD3; padding: 0.15em 0.6em; text-align: left; }}
</style>
</head>
<body>
"""


def write(notebook: ExportSet, out: TextIO) -> None:
    """Write the whole page; nothing of a note or a text is taken for markup."""
    out.write(_HEAD)
    for chapter in notebook.chapters:
        _write_chapter(chapter, out)
    out.write("</body>\n</html>\n")


def holds(content: str, notebook: ExportSet) -> bool:
    """Whether a file, read back, has every quote with id and link of its note, and no other."""
    return _HELD.findall(content) == [
        (escape(entry.annotation.id), escape(entry.link), quote_markup(entry))
        for _, entry in notebook.entries
    ]


def _write_chapter(chapter: Chapter, out: TextIO) -> None:
    out.write(f"<h1>{escape(chapter.document.title)}</h1>\n")
    out.write(f'<p class="citation">{escape(chapter.citation)}</p>\n')
    path: tuple[str, ...] | None = None
    for entry in chapter.entries:
        if entry.path != path:
            path = entry.path
            out.write(f"<h2>{escape(entry.heading or chapter.document.title)}</h2>\n")
        _write_entry(entry, out)


def _quote(entry: Entry) -> str:
    annotation = entry.annotation
    # With what is not shown, so that `notes import` takes the page back in without loss.
    told = line_of(record(annotation, "", note=annotation.note))
    return (
        f'<blockquote id="{escape(annotation.id)}" style="border-color: '
        f'{_COLOURS[annotation.colour]}" data-offprint="{escape(told)}" '
        f'cite="{escape(entry.link)}">{quote_markup(entry)}</blockquote>'
    )


def quote_markup(entry: Entry) -> str:
    """The words of a note as markup, raised, lowered and struck as they are."""
    return "".join(_pieces(entry.pieces)) if entry.pieces else escape(entry.quote)


def _pieces(some: Iterable[Piece]) -> Iterable[str]:
    for piece in some:
        words = escape(piece.words)
        for kind in sorted(piece.kinds & _RAISED.keys()):
            words = f"<{_RAISED[kind]}>{words}</{_RAISED[kind]}>"
        yield words


def _write_entry(entry: Entry, out: TextIO) -> None:
    annotation = entry.annotation
    out.write(f"{_quote(entry)}\n")
    if annotation.note:
        out.write(f"{note_markup(annotation.note)}\n")
    if entry.earlier_quote:
        out.write(f'<p class="earlier">Earlier text: {escape(entry.earlier_quote)}</p>\n')
    shown = escape(" · ".join(entry.facts))
    out.write(f'<p class="facts">{shown} · <a href="{escape(entry.link)}">open</a></p>\n')
    if entry.references:
        items = "".join(f"<li>[{escape(a)}] {escape(b)}</li>" for a, b in entry.references)
        out.write(f'<ul class="references">{items}</ul>\n')


def note_markup(note: str, around: str = '<p class="note">{}</p>') -> str:
    """A note as markup: its text in `around`, its tables as tables."""
    made = []
    for part in parts(note):
        if isinstance(part, str):
            made.append(around.replace("{}", markup(part)))
            continue
        rows = []
        for number, row in enumerate(part):
            name = "td" if number else "th"
            rows.append("".join(f"<{name}>{markup(cell)}</{name}>" for cell in row))
        made.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    return "".join(made)


def markup(note: str) -> str:
    """A note as it is shown, as markup; a link leads to the web, to a letter or to a note only."""
    made = []
    for words, looks, address in runs(note):
        names = [element for look, element in _ELEMENTS.items() if look in looks]
        opening, closing = "", ""
        if may_lead(address):
            opening, closing = f'<a href="{escape(address)}">', "</a>"
        for name in dict.fromkeys(names):
            opening, closing = f"{opening}<{name}>", f"</{name}>{closing}"
        made.append(f"{opening}{escape(words)}{closing}")
    return "".join(made)
