"""RTF files."""

from __future__ import annotations

from random import Random

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

_LOOKS = {
    "sup": "\\super ",
    "sub": "\\sub ",
    "strike": "\\strike ",
    "strong": "\\b ",
    "emphasis": "\\i ",
}


def write(article: Article, random: Random) -> bytes:
    """A file with styles, so that it has headings."""
    made = _Made(random)
    body = "".join(map(made.part, article.parts))
    styles = "".join(f"{{\\s{i} heading {i};}}" for i in range(1, 5))
    return (
        f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0\\fcharset0 Arial;}}}}"
        f"{{\\stylesheet{styles}}}{{\\info{{\\title {escaped(article.title)}}}}}\n{body}}}"
    ).encode("ascii")


class _Made:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.notes = 0

    def part(self, part: Part) -> str:
        own = f"\\pard\\plain\\s{part.level} {self.line(part.heading)}\\par\n"
        return own + "".join(map(self.block, part.blocks)) + "".join(map(self.part, part.parts))

    def block(self, block: Block) -> str:
        if isinstance(block, Paragraph):
            return f"\\pard\\plain {self.line(block.pieces)}\\par\n"
        if isinstance(block, Items):
            out = ""
            for i, item in enumerate(block.items, start=block.start):
                first = item[0]
                assert isinstance(first, Paragraph)
                label = f"{i}." if block.ordered else "\\'95"
                text = f"{{\\listtext {label}\\tab}}\\ls1 {self.line(first.pieces)}"
                out += f"\\pard\\plain {text}\\par\n" + "".join(map(self.block, item[1:]))
            return out
        if isinstance(block, Rows):
            return self._table(block)
        if isinstance(block, Quote | Terms):
            return "".join(map(self.block, flat(block)))
        return f"\\pard\\plain {self.line(block.caption)}\\par\n"

    def _table(self, table: Rows) -> str:
        out = f"\\pard\\plain {self.line(table.caption)}\\par\n" if table.caption else ""
        for row in table.rows:
            edges = "".join(f"\\cellx{2000 * (i + 1)}" for i in range(len(row)))
            cells = "".join(
                f"\\pard\\plain\\intbl {self.line(lines_of(cell))}\\cell " for cell in row
            )
            out += f"\\trowd{edges}\n{cells}\\row\n"
        return out

    def line(self, pieces: tuple[Piece, ...]) -> str:
        out = ""
        for piece in pieces:
            if piece.note:
                self.notes += 1
                out += (
                    f"{{\\super \\chftn}}{{\\footnote\\pard\\plain {{\\super \\chftn}} "
                    f"{escaped(piece.note)}}}"
                )
            elif piece.look:
                out += f"{{{_LOOKS[piece.look]}{escaped(piece.words)}}}"
            else:
                out += escaped(piece.words)
        return out


def escaped(text: str) -> str:
    """Text as RTF holds it: by its number what is not ASCII."""
    out = ""
    for character in text:
        if character in "\\{}":
            out += f"\\{character}"
        elif character.isascii():
            out += character
        elif character in "µ±°–":
            out += f"\\'{character.encode('cp1252').hex()}"
        else:
            out += f"\\u{ord(character)}?"
    return out
