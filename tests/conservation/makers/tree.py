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


@dataclass(frozen=True)
class Rows:
    caption: tuple[Piece, ...]
    heads: bool
    rows: tuple[tuple[tuple[Piece, ...], ...], ...]


@dataclass(frozen=True)
class Picture:
    alternative: str
    caption: tuple[Piece, ...]


Block = Paragraph | Items | Rows | Picture


@dataclass(frozen=True)
class Part:
    """A section; `name` is for its class or id."""

    title: tuple[Piece, ...]
    name: str
    level: int
    blocks: tuple[Block, ...]
    parts: tuple[Part, ...] = ()


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
    parts = tuple(draw.part(1) for _ in range(random.randint(1, 4)))
    return Article(draw.title().capitalize(), parts, classes=tuple(random.sample(NAMES, 3)))


class _Draw:
    def __init__(self, random: Random, plain: bool, marked: bool) -> None:
        self.random = random
        self.signs = _PLAIN_SIGNS if plain else _SIGNS
        self.marked = self.raised = marked

    def part(self, level: int) -> Part:
        blocks = tuple(self.block(0) for _ in range(self.random.randint(1, 4)))
        deeper = level < 3 and self.random.random() < 0.3
        parts = tuple(
            self.part(level + 1) for _ in range(self.random.randint(1, 2) if deeper else 0)
        )
        title = (Piece(self.heading()),)
        return Part(title, self.random.choice(NAMES), level, blocks, parts)

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
        if kind < 0.93:
            return self.table()
        return Picture(f"Chart of {self.words(3)}", self.line(1))

    def table(self) -> Rows:
        columns = self.random.randint(1, 5)
        rows = tuple(
            tuple(self.cell() for _ in range(columns)) for _ in range(self.random.randint(1, 6))
        )
        return Rows(self.line(1) if self._rarely(0.5) else (), self._rarely(0.7) > 0, rows)

    def cell(self) -> tuple[Piece, ...]:
        kind = self.random.random()
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
