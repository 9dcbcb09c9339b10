"""Articles in JATS."""

from __future__ import annotations

from html import escape
from random import Random

from tests.conservation.makers.formulas import mathml
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

_TAGS = {"sup": "sup", "sub": "sub", "strike": "strike", "strong": "bold", "emphasis": "italic"}


def write(article: Article, random: Random) -> bytes:
    """An article with its front, body and notes."""
    made = _Made(random)
    body = "".join(map(made.part, article.parts))
    notes = "".join(
        f'<fn id="n{i}"><label>{i}</label><p>{escape(note)}</p></fn>'
        for i, note in enumerate(made.notes, start=1)
    )
    back = f"<back><fn-group>{notes}</fn-group></back>" if notes else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?><article article-type="research-article" '
        'xmlns:mml="http://www.w3.org/1998/Math/MathML" '
        'xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta><title-group>'
        f"<article-title>{escape(article.title)}</article-title></title-group></article-meta>"
        f"</front><body>{body}</body>{back}</article>"
    ).encode()


class _Made:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.notes: list[str] = []
        self._tables = 0

    def part(self, part: Part) -> str:
        inner = "".join(map(self.block, part.blocks)) + "".join(map(self.part, part.parts))
        kind = f' sec-type="{part.name}"' if self.random.random() < 0.5 else ""
        number = f"<label>{part.number}</label>" if part.number else ""
        return f"<sec{kind}>{number}<title>{self.line(part.title)}</title>{inner}</sec>"

    def block(self, block: Block) -> str:
        if isinstance(block, Paragraph):
            formula = ""
            if block.formula:
                math = f"<mml:math>{_prefixed(mathml(block.formula))}</mml:math>"
                kind = self.random.choice(("inline-formula", "disp-formula"))
                formula = f" <{kind}>{math}</{kind}>"
            return f"<p>{self.line(block.pieces)}{formula}</p>"
        if isinstance(block, Items):
            items = ""
            for i, item in enumerate(block.items, start=block.start):
                label = f"<label>{i}.</label>" if block.start != 1 and block.ordered else ""
                items += f"<list-item>{label}{''.join(map(self.block, item))}</list-item>"
            kind = "order" if block.ordered else "bullet"
            return f'<list list-type="{kind}">{items}</list>'
        if isinstance(block, Rows):
            return self._table(block)
        if isinstance(block, Quote):
            return f"<disp-quote>{''.join(map(self.block, block.blocks))}</disp-quote>"
        if isinstance(block, Terms):
            entries = "".join(
                f"<def-item><term>{self.line(term)}</term><def>{self.block(told)}</def></def-item>"
                for term, told in block.entries
            )
            return f"<def-list>{entries}</def-list>"
        return (
            f"<fig><caption><p>{self.line(block.caption)}</p></caption>"
            f'<graphic xlink:href="a"><alt-text>{escape(block.alternative)}</alt-text></graphic>'
            "</fig>"
        )

    def line(self, pieces: tuple[Piece, ...]) -> str:
        out = ""
        for piece in pieces:
            if piece.note:
                self.notes.append(piece.note)
                number = len(self.notes)
                out += f'<xref ref-type="fn" rid="n{number}"><sup>{number}</sup></xref>'
            elif piece.look:
                tag = _TAGS[piece.look]
                out += f"<{tag}>{escape(piece.words)}</{tag}>"
            else:
                out += escape(piece.words)
        return out

    def _table(self, table: Rows) -> str:
        self._tables += 1
        caption = f"<caption><p>{self.line(table.caption)}</p></caption>" if table.caption else ""
        rows = ""
        for i, row in enumerate(table.rows):
            name = "th" if table.heads and i == 0 else "td"
            wide = f' colspan="{table.columns}"' if len(row) < table.columns else ""
            cells = (self.block(c) if isinstance(c, Items) else self.line(c) for c in row)
            rows += "<tr>" + "".join(f"<{name}{wide}>{c}</{name}>" for c in cells) + "</tr>"
        return (
            f"<table-wrap><label>Table {self._tables}</label>{caption}"
            f"<table><tbody>{rows}</tbody></table></table-wrap>"
        )


def _prefixed(math: str) -> str:
    return math.replace("</", "\0").replace("<", "<mml:").replace("\0", "</mml:")
