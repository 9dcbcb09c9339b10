"""How characters of Rich Text look, and the paragraph, row and cell that they stand in.

Source: Rich Text Format Specification 1.9.1, "Font (Character) Formatting Properties",
"Paragraph Formatting Properties", "Table Definitions".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Look:
    """How characters look, and the paragraph that they stand in.

    `raised` is 1 of what stands higher and −1 of what stands lower; `size` counts in half points;
    `level` is that of a heading, from 1, or 0; `style` is the number of the paragraph's style;
    `table_level` is 1 in a table, 2 in a table in a cell, and so on; `link` is where a click leads.
    """

    bold: bool = False
    italic: bool = False
    struck: bool = False
    inserted: bool = False
    small_caps: bool = False
    raised: int = 0
    hidden: bool = False
    deleted: bool = False
    font: int = -1
    size: int = 0
    skipped: int = 1
    level: int = 0
    style: int = 0
    depth: int = 0
    table_level: int = 0
    link: str = ""

    def plain(self, font: int) -> Look:
        """The look of a paragraph without any formatting of its characters."""
        return Look(
            font=font,
            skipped=self.skipped,
            level=self.level,
            style=self.style,
            depth=self.depth,
            table_level=self.table_level,
            link=self.link,
        )


_RAISED = {"super": 1, "up": 1, "sub": -1, "dn": -1, "nosupersub": 0}


_SWITCHES: dict[str, Callable[[Look, bool], Look]] = {
    "b": lambda look, on: replace(look, bold=on),
    "i": lambda look, on: replace(look, italic=on),
    "strike": lambda look, on: replace(look, struck=on),
    "striked": lambda look, on: replace(look, struck=on),
    "revised": lambda look, on: replace(look, inserted=on),
    "scaps": lambda look, on: replace(look, small_caps=on),
    "v": lambda look, on: replace(look, hidden=on),
    "deleted": lambda look, on: replace(look, deleted=on),
}


def changed(look: Look, name: str, value: int | None, default_font: int) -> Look:
    """The look after a word of formatting; the same after one that says nothing of it."""
    on = value != 0
    switch = _SWITCHES.get(name)
    if switch is not None:
        return switch(look, on)
    if name in _RAISED:
        return replace(look, raised=_RAISED[name] if on else 0)
    if name == "plain":
        return look.plain(default_font)
    if name == "pard":
        return replace(look, level=0, style=0, depth=0, table_level=0)
    if name == "intbl":
        return replace(look, table_level=max(look.table_level, 1))
    if name == "uc":
        return replace(look, skipped=max(0, min(value or 0, 8)))
    if value is None:
        return look
    if name == "itap":
        return replace(look, table_level=max(0, min(value, 20)))
    if name == "outlinelevel":
        return replace(look, level=value + 1 if 0 <= value < 9 else 0)
    if name == "s":
        return replace(look, style=value)
    if name == "ilvl":
        return replace(look, depth=max(0, min(value, 8)))
    if name == "f":
        return replace(look, font=value)
    if name == "fs":
        return replace(look, size=value)
    return look


@dataclass(slots=True)
class CellPlace:
    """What a row says of one cell: its right edge in twips, and whether it goes on."""

    edge: int = 0
    goes_on_beside: bool = False
    goes_on_above: bool = False
    begins_above: bool = False


@dataclass(slots=True)
class RowPlaces:
    """What a row says of its cells; `left` is where the first begins, in twips."""

    left: int = 0
    is_header: bool = False
    is_deleted: bool = False
    cells: list[CellPlace] = field(default_factory=list)
    waiting: CellPlace = field(default_factory=CellPlace)

    def take(self, name: str, value: int | None) -> None:
        """Take one word of a row's definition."""
        if name == "trleft":
            self.left = value or 0
        elif name == "trhdr":
            self.is_header = True
        elif name == "clmrg":
            self.waiting.goes_on_beside = True
        elif name == "clvmrg":
            self.waiting.goes_on_above = True
        elif name == "clvmgf":
            self.waiting.begins_above = True
        elif name == "cellx":
            self.waiting.edge = value or 0
            self.cells.append(self.waiting)
            self.waiting = CellPlace()


ROW_WORDS = frozenset(("trleft", "trhdr", "clmrg", "clvmrg", "clvmgf", "clmgf", "cellx"))
