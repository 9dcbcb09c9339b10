"""Plain text files."""

from __future__ import annotations

from random import Random
from textwrap import wrap

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


def write(article: Article, random: Random) -> bytes:
    """A file whose lines are paragraphs, or are wrapped."""
    made = _Made(random.choice((0, 72)))
    parts = "".join(map(made.part, article.parts))
    return f"{article.title}\n\n{parts}".encode()


class _Made:
    def __init__(self, width: int) -> None:
        self.width = width

    def part(self, part: Part) -> str:
        blocks = "".join(map(self.block, part.blocks))
        return f"\n{words(part.heading)}\n\n{blocks}" + "".join(map(self.part, part.parts))

    def block(self, block: Block) -> str:
        if isinstance(block, Paragraph):
            return f"{self._lines(words(block.pieces))}\n\n"
        if isinstance(block, Items):
            out = ""
            for i, item in enumerate(block.items, start=block.start):
                label = f"{i}. " if block.ordered else "- "
                out += label + "\n".join(self.block(one).strip("\n") for one in item) + "\n"
            return out + "\n"
        if isinstance(block, Rows):
            rows = "\n".join("\t".join(words(lines_of(cell)) for cell in row) for row in block.rows)
            return f"{words(block.caption)}\n\n{rows}\n\n"
        if isinstance(block, Quote | Terms):
            return "".join(map(self.block, flat(block)))
        return f"{words(block.caption)}\n\n"

    def _lines(self, text: str) -> str:
        return "\n".join(wrap(text, self.width, break_long_words=False)) if self.width else text


def words(pieces: tuple[Piece, ...]) -> str:
    """The words alone."""
    return "".join(piece.words for piece in pieces)
