"""Web pages with the classes and ids that real ones have, and with what surrounds articles."""

from __future__ import annotations

from html import escape
from random import Random

from tests.conservation.makers.formulas import mathml, tex
from tests.conservation.makers.tree import (
    Article,
    Block,
    Items,
    Paragraph,
    Part,
    Piece,
    Quote,
    Rows,
    Terms,
)

_TAGS = {"sup": "sup", "sub": "sub", "strike": "s", "strong": "strong", "emphasis": "em"}
_PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


def write(article: Article, random: Random) -> bytes:
    """A whole page."""
    page = Page(random, with_tex=random.random() < 0.3)
    inner = "".join(page.part(part) for part in article.parts)
    wrap = random.choice(("article", "main", "div"))
    body = (
        f'<{wrap} class="{" ".join(article.classes)}"><h1>{escape(article.title)}</h1>'
        f"{inner}{page.notes()}</{wrap}>"
    )
    if random.random() < 0.5:
        body = f"{_menu(random)}{body}<footer><p>Imprint of this site</p></footer>"
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8>"
        f"<title>{escape(article.title)}</title></head><body>{body}</body></html>"
    ).encode()


class Page:
    """Writes the parts of an article as HTML, or as XHTML."""

    def __init__(self, random: Random, with_tex: bool = False) -> None:
        self.random = random
        self.with_tex = with_tex
        self._notes: list[str] = []

    def part(self, part: Part) -> str:
        """A section, as real pages mark it."""
        level = min(part.level + 1, 6)
        inner = f"<h{level}>{self.line(part.heading)}</h{level}>"
        inner += "".join(map(self.block, part.blocks)) + "".join(map(self.part, part.parts))
        shape = self.random.random()
        if shape < 0.3:
            return f'<section id="{part.name}">{inner}</section>'
        if shape < 0.6:
            return f'<div class="{part.name}">{inner}</div>'
        if shape < 0.7:
            return f"<details><summary>{self.line(part.title)}</summary>{inner}</details>"
        return inner

    def block(self, block: Block) -> str:
        """A paragraph, a list, a table, a figure."""
        if isinstance(block, Paragraph):
            formula = ""
            if block.formula and self.with_tex:
                formula = f" \\({escape(tex(block.formula))}\\)"
            elif block.formula:
                space = "http://www.w3.org/1998/Math/MathML"
                formula = f' <math xmlns="{space}">{mathml(block.formula)}</math>'
            return f"<p>{self.line(block.pieces)}{formula}</p>"
        if isinstance(block, Items):
            name = "ol" if block.ordered else "ul"
            start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
            items = "".join(f"<li>{self._inside(item)}</li>" for item in block.items)
            return f"<{name}{start}>{items}</{name}>"
        if isinstance(block, Rows):
            return self._table(block)
        if isinstance(block, Quote):
            return f"<blockquote>{''.join(map(self.block, block.blocks))}</blockquote>"
        if isinstance(block, Terms):
            entries = "".join(
                f"<dt>{self.line(term)}</dt><dd>{self.block(told)}</dd>"
                for term, told in block.entries
            )
            return f"<dl>{entries}</dl>"
        return (
            f'<figure><img src="{_PIXEL}" alt="{escape(block.alternative)}"/>'
            f"<figcaption>{self.line(block.caption)}</figcaption></figure>"
        )

    def line(self, pieces: tuple[Piece, ...]) -> str:
        """Words with their marks."""
        out = ""
        for piece in pieces:
            if piece.note:
                self._notes.append(piece.note)
                number = len(self._notes)
                out += f'<sup id="r{number}"><a href="#n{number}">{number}</a></sup>'
            elif piece.look:
                tag = _TAGS[piece.look]
                out += f"<{tag}>{escape(piece.words)}</{tag}>"
            else:
                out += escape(piece.words)
        return out

    def notes(self) -> str:
        """What the marks in the lines lead to."""
        notes = "".join(
            f'<li id="n{i}"><p>{escape(note)} <a href="#r{i}">↩</a></p></li>'
            for i, note in enumerate(self._notes, start=1)
        )
        self._notes = []
        return f"<h2>Notes</h2><ol>{notes}</ol>" if notes else ""

    def _inside(self, blocks: tuple[Block, ...]) -> str:
        first, rest = blocks[0], blocks[1:]
        assert isinstance(first, Paragraph)
        own = self.line(first.pieces) if self.random.random() < 0.7 else self.block(first)
        return own + "".join(map(self.block, rest))

    def _table(self, table: Rows) -> str:
        caption = f"<caption>{self.line(table.caption)}</caption>" if table.caption else ""
        rows = ""
        for i, row in enumerate(table.rows):
            name = "th" if table.heads and i == 0 else "td"
            wide = f' colspan="{table.columns}"' if len(row) < table.columns else ""
            cells = (self.block(c) if isinstance(c, Items) else self.line(c) for c in row)
            rows += "<tr>" + "".join(f"<{name}{wide}>{c}</{name}>" for c in cells) + "</tr>"
        return f"<table>{caption}{rows}</table>"


def _menu(random: Random) -> str:
    links = "".join(f'<li><a href="/{i}">Topic {i}</a></li>' for i in range(random.randint(2, 8)))
    return f"<nav><ul>{links}</ul></nav>"
