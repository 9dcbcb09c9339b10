"""Articles as trees: sections, paragraphs, lists, tables, notes, formulas, pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Literal

Look = Literal["", "sup", "sub", "strike", "strong", "emphasis"]

NAMES = (
    "immediate-management", "infusion-related-reactions", "social-history", "media-body",
    "sidebar", "share", "related", "menu-of-options", "advanced-airway", "comment-on-dosing",
    "footer-notes", "header-dose", "navigation-of-care", "content", "main", "article-body",
    "banner-blood", "promoted-care", "tab-panel", "popup", "recommended-dose", "subscribe",
    "print-only", "tool-box", "widget", "author-note", "breadcrumb", "meta", "cookie",
)  # fmt: skip
_WORDS = (
    "give take avoid monitor start stop reduce repeat check do not never unless if no without "
    "morphine ketamine adrenaline apixaban heparin insulin potassium calcium sodium creatinine "
    "dose bolus infusion rate level weight age renal hepatic severe mild acute chronic adults "
    "children pregnancy bleeding shock sepsis airway pressure pain before after every within daily"
).split()
_UNITS = ("mg", "µg", "mg/kg", "mmol/L", "mL/h", "units", "%", "mmHg", "°C", "g", "mg/kg/h")
_SIGNS = ("≥", "≤", "<", ">", "±", "−", "~", "")
_PLAIN_SIGNS = ("<", ">", "±", "-", "~", "")
_TITLES = (
    "Dosing", "Warnings", "Social history", "Related reactions", "Share of risk", "Media",
    "Immediate management", "Advertising to patients", "Follow-up", "Menu of options",
    "Contraindications", "Sidebar of doses", "Comments on dosing", "Contents of the kit",
    "Recommended dose", "Header of the chart", "Cookies and sugar", "Notes on the infusion",
)  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """Words of one look; or a formula, a note, a picture within a line."""

    words: str
    look: Look = ""
    note: str = ""


@dataclass(frozen=True)
class Formula:
    """A sign, or a row, a fraction, a power, an index, a root of others."""

    kind: Literal["sign", "row", "fraction", "power", "index", "root", "brackets"]
    sign: str = ""
    parts: tuple[Formula, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    pieces: tuple[Piece, ...]
    formula: Formula | None = None


@dataclass(frozen=True)
class Items:
    ordered: bool
    start: int
    items: tuple[tuple[Block, ...], ...]


Cell = tuple[Piece, ...] | Items


@dataclass(frozen=True)
class Rows:
    """A table; a row of one cell in a table of more columns spans them all."""

    caption: tuple[Piece, ...]
    heads: bool
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def columns(self) -> int:
        return max(map(len, self.rows))


@dataclass(frozen=True)
class Quote:
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Terms:
    """What is explained, and how."""

    entries: tuple[tuple[tuple[Piece, ...], Block], ...]


@dataclass(frozen=True)
class Picture:
    alternative: str
    caption: tuple[Piece, ...]


Block = Paragraph | Items | Rows | Picture | Quote | Terms


@dataclass(frozen=True)
class Part:
    """A section; `name` is for its class or id, `number` is printed before its title."""

    title: tuple[Piece, ...]
    name: str
    level: int
    blocks: tuple[Block, ...]
    parts: tuple[Part, ...] = ()
    number: str = ""

    @property
    def heading(self) -> tuple[Piece, ...]:
        """The title behind its number."""
        return (Piece(f"{self.number} "), *self.title) if self.number else self.title


@dataclass(frozen=True)
class Article:
    title: str
    parts: tuple[Part, ...]
    language: str = "en"
    classes: tuple[str, ...] = field(default=())


def article(random: Random, format_name: str) -> Article:
    """An article of one to four sections, with signs that the format's files can hold."""
    draw = _Draw(random, plain=format_name == "pdf", marked=format_name not in ("text", "pdf"))
    draw.raised = format_name != "text"
    draw.blocks_in_cells = format_name in ("html", "mhtml", "epub", "jats", "docx")
    numbered = random.random() < 0.3
    numbers = [f"{i}." if numbered else "" for i in range(1, random.randint(1, 4) + 1)]
    parts = [draw.part(1, number) for number in numbers]
    if random.random() < 0.3:
        parts.append(draw.references())
    return Article(draw.title().capitalize(), tuple(parts), classes=tuple(random.sample(NAMES, 3)))


class _Draw:
    def __init__(self, random: Random, plain: bool, marked: bool) -> None:
        self.random = random
        self.signs = _PLAIN_SIGNS if plain else _SIGNS
        self.marked = self.raised = marked
        self.blocks_in_cells = False

    def part(self, level: int, number: str = "") -> Part:
        blocks = tuple(self.block(0) for _ in range(self.random.randint(1, 4)))
        deeper = level < 3 and self.random.random() < 0.3
        parts = tuple(
            self.part(level + 1, f"{number.rstrip('.')}.{i}" if number else "")
            for i in range(1, self.random.randint(1, 2) + 1 if deeper else 1)
        )
        title = (Piece(self.heading()),)
        return Part(title, self.random.choice(NAMES), level, blocks, parts, number)

    def references(self) -> Part:
        items = tuple(
            (
                Paragraph(
                    (Piece(f"Smith {letter}. {self.words(4).capitalize()}. 20{i + 10};{i}:{i}7."),)
                ),
            )
            for i, letter in enumerate("ABCD"[: self.random.randint(1, 4)], start=1)
        )
        return Part((Piece("References"),), "references", 1, (Items(True, 1, items),))

    def block(self, depth: int) -> Block:
        kind = self.random.random()
        if kind < 0.5 or depth > 1:
            formula = self.formula(2) if self.marked and self.random.random() < 0.2 else None
            return Paragraph(self.line(self.random.randint(1, 4)), formula)
        if kind < 0.72:
            items = tuple(
                (Paragraph(self.line(1)), *((self.block(depth + 1),) * self._rarely(0.15)))
                for _ in range(self.random.randint(1, 5))
            )
            return Items(self.random.random() < 0.5, self.random.choice((1, 1, 1, 3)), items)
        if kind < 0.88:
            return self.table()
        if kind < 0.91:
            return Quote((Paragraph(self.line(2)),))
        if kind < 0.94:
            lines = [self.line(1) for _ in range(self.random.randint(1, 3))]
            return Terms(tuple(((Piece(self.words(2)),), Paragraph(line)) for line in lines))
        return Picture(f"Chart of {self.words(3)}", self.line(1))

    def table(self) -> Rows:
        columns = self.random.randint(1, 5)
        rows = tuple(
            tuple(self.cell() for _ in range(1 if i and self._rarely(0.1) else columns))
            for i in range(self.random.randint(1, 6))
        )
        return Rows(self.line(1) if self._rarely(0.5) else (), self._rarely(0.7) > 0, rows)

    def cell(self) -> Cell:
        kind = self.random.random()
        if self.blocks_in_cells and kind > 0.93:
            items = tuple((Paragraph(self.line(1)),) for _ in range(self.random.randint(1, 3)))
            return Items(self._rarely(0.5) > 0, 1, items)
        if kind < 0.1:
            return ()
        if kind < 0.5:
            return (Piece(self.number()),)
        return self.line(1) if kind < 0.9 else self.line(3)

    def line(self, sentences: int) -> tuple[Piece, ...]:
        pieces: list[Piece] = []
        for _ in range(sentences):
            pieces.append(
                Piece(f"{self.words(self.random.randint(2, 8)).capitalize()} {self.number()}")
            )
            if self.raised and self._rarely(0.25):
                pieces.append(Piece(" 10"))
                pieces.append(Piece(str(self.random.randint(2, 12)), "sup"))
                pieces.append(Piece("/L"))
            if self.raised and self._rarely(0.15):
                pieces.append(Piece(" CO"))
                pieces.append(Piece("2", "sub"))
            if self.marked and self._rarely(0.1):
                pieces.append(Piece(" "))
                pieces.append(
                    Piece(self.number(), self.random.choice(("strike", "strong", "emphasis")))
                )
            if self.marked and self._rarely(0.1):
                pieces.append(Piece("", note=f"{self.words(4).capitalize()} {self.number()}."))
            pieces.append(Piece(". "))
        pieces[-1] = Piece(".")
        return tuple(pieces)

    def number(self) -> str:
        kind = self.random.random()
        sign = self.random.choice(self.signs)
        amount = f"{self.random.randint(0, 400)}"
        if kind < 0.4:
            amount = f"{amount}.{self.random.randint(0, 9)}"
        elif kind < 0.6:
            amount = f"{amount}–{self.random.randint(401, 900)}"
        return f"{sign}{amount} {self.random.choice(_UNITS)}"

    def words(self, count: int) -> str:
        return " ".join(self.random.choices(_WORDS, k=count))

    def title(self) -> str:
        return self.words(self.random.randint(3, 6))

    def heading(self) -> str:
        chosen = self.random.choice(_TITLES)
        return chosen if self._rarely(0.5) else f"{chosen} of {self.words(2)}"

    def formula(self, depth: int) -> Formula:
        kind = self.random.choice(("row", "fraction", "power", "index", "root", "brackets"))
        if depth == 0:
            return self.sign()
        inner = self.formula(depth - 1), self.formula(depth - 1)
        if kind == "row":
            return Formula(
                "row", "", (inner[0], Formula("sign", self.random.choice("+−×=≤")), inner[1])
            )
        if kind in ("power", "index"):
            return Formula(kind, "", (self.sign(), self.sign()))  # type: ignore[arg-type]
        count = 2 if kind == "fraction" else 1
        return Formula(kind, "", inner[:count])  # type: ignore[arg-type]

    def sign(self) -> Formula:
        drawn = self.random.random()
        number = f"{self.random.randint(1, 200)}" + (
            f".{self.random.randint(1, 9)}" if drawn < 0.2 else ""
        )
        return Formula("sign", number if drawn < 0.6 else self.random.choice("abkmxyαβμ"))

    def _rarely(self, share: float) -> int:
        return int(self.random.random() < share)


def lines_of(cell: Cell) -> tuple[Piece, ...]:
    """The words of a cell of a format whose cells hold words only."""
    assert not isinstance(cell, Items)
    return cell


def flat(block: Quote | Terms) -> tuple[Block, ...]:
    """Its paragraphs, for formats that have no such block."""
    if isinstance(block, Quote):
        return block.blocks
    return tuple(one for term, told in block.entries for one in (Paragraph(term), told))
