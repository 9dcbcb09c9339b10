"""PDF files: lines set in one column, words parted at the ends of some, tables by their columns."""

from __future__ import annotations

import re
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
from tests.importers.pdf_samples import FONTS, Sheet, pdf

_SIGNS = {"sup": "\x01", "sub": "\x02"}
_END = "\x03"
_PARTS = re.compile(r"([\x01\x02])([^\x03]*)\x03|([^\x01\x02]+)")
_LEFT, _TOP, _BOTTOM = 70.0, 770.0, 80.0
_WIDTH = 80
_HALF = 4


def write(article: Article, random: Random) -> bytes:
    """A file with page numbers, if it has more than one page."""
    made = _Made(random)
    made.line(article.title, size=18, after=20)
    for part in article.parts:
        made.part(part)
    if len(made.pages) > 1:
        for i, page in enumerate(made.pages, start=1):
            page.append(_drawn(str(i), 295, 40, 9, "plain"))
    return pdf([Sheet(drawn="\n".join(page)) for page in made.pages])


class _Made:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.pages: list[list[str]] = [[]]
        self.y = _TOP

    def part(self, part: Part) -> None:
        self.y -= 8
        self.line(words(part.heading), size=13, font="bold", after=6)
        for block in part.blocks:
            self.block(block)
            self.y -= 8
        for inner in part.parts:
            self.part(inner)

    def line(
        self, text: str, x: float = _LEFT, size: float = 10, font: str = "plain", after: float = 0
    ) -> None:
        if self.y < _BOTTOM:
            self.pages.append([])
            self.y = _TOP
        self.pages[-1].append(_drawn(text, x, self.y, size, font))
        self.y -= size * 1.2 + after

    def block(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            self._paragraph(words(block.pieces))
        elif isinstance(block, Items):
            for i, item in enumerate(block.items, start=block.start):
                label = f"{i}. " if block.ordered else "• "
                first = item[0]
                assert isinstance(first, Paragraph)
                self._paragraph(label + words(first.pieces))
                for one in item[1:]:
                    self.block(one)
        elif isinstance(block, Rows):
            self._table(block)
        elif isinstance(block, Quote | Terms):
            for one in flat(block):
                self.block(one)
        else:
            self._paragraph(words(block.caption))

    def _paragraph(self, text: str) -> None:
        lines = wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
        for i, line in enumerate(lines):
            last = line.rpartition(" ")[2]
            parts = (
                i + 1 < len(lines) and last.isascii() and last.isalpha() and len(last) > 2 * _HALF
            )
            if parts and self.random.random() < 0.5:
                lines[i + 1] = f"{last[_HALF:]} {lines[i + 1]}"
                line = f"{line[: len(line) - len(last) + _HALF]}-"
            self.line(line)

    def _table(self, table: Rows) -> None:
        if table.caption:
            self._paragraph(words(table.caption))
        if self.y < _BOTTOM + 14 * len(table.rows):
            self.y = 0
        step = 460 / max(1, table.columns)
        fits = max(12, int(step / 6.5))
        for row in table.rows:
            top = self.y
            for i, cell in enumerate(row):
                self.y = top
                text = words(lines_of(cell))
                if text:
                    self.line(wrap(text, fits)[0], _LEFT + i * step)
                    top = top if top >= _BOTTOM else _TOP
            self.y = top - 14


def words(pieces: tuple[Piece, ...]) -> str:
    """The words, with signs round those that are raised or lowered."""
    return "".join(
        f"{_SIGNS[piece.look]}{piece.words}{_END}" if piece.look in _SIGNS else piece.words
        for piece in pieces
    )


def _drawn(text: str, x: float, y: float, size: float, font: str) -> str:
    """The operators that set a line."""
    out = f"BT 1 0 0 1 {x} {y} Tm "
    for sign, raised, plain in _PARTS.findall(text):
        rise = {"": 0.0, _SIGNS["sup"]: 0.4, _SIGNS["sub"]: -0.2}[sign] * size
        own = size * (0.65 if sign else 1)
        shown = (raised or plain).replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        out += f"{rise} Ts /{FONTS[font]} {own} Tf ({shown}) Tj "
    return f"{out}ET"
