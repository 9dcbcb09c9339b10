"""Markdown files."""

from __future__ import annotations

import re
from random import Random

from tests.conservation.makers.formulas import tex
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
    flat,
    lines_of,
)

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#~|$])")


def write(article: Article, random: Random) -> bytes:
    """A file with pipe tables, struck words and footnotes."""
    made = _Made(random)
    body = "".join(map(made.part, article.parts))
    notes = "".join(f"[^{i}]: {escaped(n)}\n\n" for i, n in enumerate(made.notes, start=1))
    return f"# {escaped(article.title)}\n\n{body}{notes}".encode()


class _Made:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.notes: list[str] = []

    def part(self, part: Part) -> str:
        own = f"{'#' * (part.level + 1)} {self.line(part.heading)}\n\n"
        blocks = "".join(f"{self.block(block)}\n" for block in part.blocks)
        return own + blocks + "".join(map(self.part, part.parts))

    def block(self, block: Block) -> str:
        if isinstance(block, Paragraph):
            formula = f" $${tex(block.formula)}$$" if block.formula else ""
            return f"{self.line(block.pieces)}{formula}\n"
        if isinstance(block, Items):
            out = ""
            for i, item in enumerate(block.items, start=block.start):
                label = f"{i}. " if block.ordered else "- "
                lines = "\n".join(map(self.block, item)).rstrip("\n").split("\n")
                indented = [f"{' ' * len(label)}{line}" if line else "" for line in lines[1:]]
                out += "\n".join([f"{label}{lines[0]}", *indented]) + "\n"
                out += "\n" if len(item) > 1 else ""
            return out + "\n<!-- -->\n"
        if isinstance(block, Rows):
            rows = [
                f"| {' | '.join(self.line(lines_of(c)) or ' ' for c in row)} |"
                for row in block.rows
            ]
            rows.insert(1, f"|{' --- |' * block.columns}")
            caption = f"{self.line(block.caption)}\n\n" if block.caption else ""
            return caption + "\n".join(rows) + "\n"
        if isinstance(block, Quote | Terms):
            inside = "\n".join(map(self.block, flat(block)))
            return "".join(f"> {line}\n" for line in inside.rstrip("\n").split("\n"))
        return f"![{escaped(block.alternative)}](a.png)\n\n{self.line(block.caption)}\n"

    def line(self, pieces: tuple[Piece, ...]) -> str:
        out = ""
        for piece in pieces:
            words = escaped(piece.words)
            if piece.note:
                self.notes.append(piece.note)
                words = f"[^{len(self.notes)}]"
            elif piece.look in ("sup", "sub"):
                words = f"<{piece.look}>{words}</{piece.look}>"
            elif piece.look:
                sign = {"strike": "~~", "strong": "**", "emphasis": "*"}[piece.look]
                words = f"{sign}{words}{sign}"
            out += words
        return out


def escaped(text: str) -> str:
    """Text in which nothing is a sign of Markdown."""
    return _SPECIAL.sub(r"\\\1", text)
