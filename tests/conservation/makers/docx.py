"""Word files."""

from __future__ import annotations

from html import escape
from random import Random

from tests.conservation.makers.formulas import omml
from tests.conservation.makers.tree import (
    Article,
    Block,
    Cell,
    Items,
    Paragraph,
    Part,
    Piece,
    Quote,
    Rows,
    Terms,
    flat,
)
from tests.importers.word_files import part as word_part
from tests.importers.word_files import word_file

_LOOKS = {
    "sup": '<w:vertAlign w:val="superscript"/>',
    "sub": '<w:vertAlign w:val="subscript"/>',
    "strike": "<w:strike/>",
    "strong": "<w:b/>",
    "emphasis": "<w:i/>",
}
_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="Heading{i}"><w:name w:val="heading {i}"/></w:style>'
    for i in range(1, 5)
)
_NUMBERED = "".join(
    f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
    f'<w:lvlText w:val="%{i + 1}{end}"/></w:lvl>'
    for i, (kind, end) in enumerate((("decimal", "."), ("lowerLetter", ")"), ("lowerRoman", ".")))
)
_BULLETS = "".join(
    f'<w:lvl w:ilvl="{i}"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>'
    for i in range(3)
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def write(article: Article, random: Random) -> bytes:
    """A file with lists by numbering.xml and with footnotes."""
    made = _Made(random)
    body = made.paragraph(escape(article.title), "Title") + "".join(map(made.part, article.parts))
    numbering = word_part("numbering", "".join(made.shapes) + "".join(made.lists))
    return word_file(
        body,
        styles=_STYLES,
        footnotes="".join(made.notes),
        related=f'<Relationship Id="n" Type="{_OFFICE}/numbering" Target="numbering.xml"/>',
        more={"word/numbering.xml": numbering},
    )


class _Made:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.notes: list[str] = []
        self.lists: list[str] = []
        self.shapes: list[str] = []

    def part(self, part: Part) -> str:
        own = self.paragraph(self.runs(part.heading), f"Heading{part.level}", runs=True)
        return own + "".join(map(self.block, part.blocks)) + "".join(map(self.part, part.parts))

    def paragraph(self, words: str, style: str = "", runs: bool = False, more: str = "") -> str:
        inner = words if runs else f"<w:r><w:t>{words}</w:t></w:r>"
        named = f'<w:pStyle w:val="{style}"/>' if style else ""
        return f"<w:p><w:pPr>{named}{more}</w:pPr>{inner}</w:p>"

    def block(self, block: Block, level: int = -1, number: int = 0) -> str:
        if isinstance(block, Paragraph):
            inner = self.runs(block.pieces)
            if block.formula:
                inner += '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
                inner += f"<m:oMath>{omml(block.formula)}</m:oMath>"
            listed = (
                f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
                if level >= 0
                else ""
            )
            return self.paragraph(inner, runs=True, more=listed)
        if isinstance(block, Items):
            return self._list(block, level + 1)
        if isinstance(block, Rows):
            return self._table(block)
        if isinstance(block, Quote | Terms):
            return "".join(map(self.block, flat(block)))
        return self.paragraph(self.runs(block.caption), runs=True)

    def _list(self, block: Items, level: int) -> str:
        number = len(self.lists) + 1
        start = (
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{block.start}"/>'
            "</w:lvlOverride>"
            if block.ordered
            else ""
        )
        levels = _NUMBERED if block.ordered else _BULLETS
        self.shapes.append(f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>')
        self.lists.append(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/>{start}</w:num>'
        )
        out = ""
        for item in block.items:
            out += self.block(item[0], level, number)
            out += "".join(
                self.block(one, level) if isinstance(one, Items) else self.block(one)
                for one in item[1:]
            )
        return out

    def _table(self, table: Rows) -> str:
        out = self.paragraph(self.runs(table.caption), runs=True) if table.caption else ""
        rows = "".join(f"<w:tr>{self._cells(row, table.columns)}</w:tr>" for row in table.rows)
        return f"{out}<w:tbl><w:tblPr/>{rows}</w:tbl>{self.paragraph('')}"

    def _cells(self, row: tuple[Cell, ...], columns: int) -> str:
        out = ""
        for cell in row:
            wide = f'<w:gridSpan w:val="{columns}"/>' if len(row) < columns else ""
            inside = (
                self._list(cell, 0)
                if isinstance(cell, Items)
                else self.paragraph(self.runs(cell), runs=True)
            )
            out += f"<w:tc><w:tcPr>{wide}</w:tcPr>{inside}</w:tc>"
        return out

    def runs(self, pieces: tuple[Piece, ...]) -> str:
        out = ""
        for piece in pieces:
            if piece.note:
                name = len(self.notes) + 2
                note = self.paragraph(escape(piece.note))
                self.notes.append(f'<w:footnote w:id="{name}">{note}</w:footnote>')
                out += f'<w:r><w:footnoteReference w:id="{name}"/></w:r>'
                continue
            look = f"<w:rPr>{_LOOKS[piece.look]}</w:rPr>" if piece.look else ""
            out += f'<w:r>{look}<w:t xml:space="preserve">{escape(piece.words)}</w:t></w:r>'
        return out
