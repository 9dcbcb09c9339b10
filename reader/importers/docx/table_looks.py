"""How letters look in each cell of a table by the table's style and its conditions.

Source: ECMA-376, part 1, 17.7.6 (table styles) and 17.4.55 (which conditions a table takes).
"""

from __future__ import annotations

from dataclasses import dataclass

from reader.importers.common.elements import Element
from reader.importers.docx.package import W, value
from reader.importers.docx.styles import Look, Styles

_ON = ("1", "true", "on")
_BITS = {
    **{"firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100},
    **{"noHBand": 0x200, "noVBand": 0x400},
}


@dataclass(slots=True)
class TableLooks:
    """What the style of one table of so many `rows` says of the letters in its cells."""

    whole: Look
    parts: dict[str, Look]
    taken: dict[str, bool]
    bands: tuple[int, int]
    rows: int

    @classmethod
    def of(cls, table: Element, styles: Styles, rows: int) -> TableLooks:
        """The looks of a table by its style and by the conditions that it takes of it."""
        properties = table.find(f"{W}tblPr")
        said = properties.find(f"{W}tblLook") if properties is not None else None
        named = properties.find(f"{W}tblStyle") if properties is not None else None
        style_id = value(named) or styles.default_table
        digits = value(said)
        mask = int(digits, 16) if 0 < len(digits) <= 8 and _is_hexadecimal(digits) else 0
        taken = {
            name: value(said, name) in _ON if value(said, name) else bool(mask & bit)
            for name, bit in _BITS.items()
        }
        bands = styles.bands(style_id)
        return cls(styles.look(style_id), styles.conditions(style_id), taken, bands, rows)

    def of_cell(self, row: int, column: int, is_last: bool) -> Look:
        """How letters look in a cell; `is_last` when it is the last of its row."""
        if not self.parts:
            return self.whole
        taken = self.taken
        top = taken["firstRow"] and row == 0
        bottom = taken["lastRow"] and row == self.rows - 1 and not top
        left = taken["firstColumn"] and column == 0
        right = taken["lastColumn"] and is_last and not left
        applied: list[str] = []
        if not taken["noVBand"] and not left and not right:
            band = (column - taken["firstColumn"]) // self.bands[1] % 2
            applied.append(f"band{band + 1}Vert")
        if not taken["noHBand"] and not top and not bottom:
            applied.append(f"band{(row - taken['firstRow']) // self.bands[0] % 2 + 1}Horz")
        applied += ["firstCol"] * left + ["lastCol"] * right
        applied += ["firstRow"] * top + ["lastRow"] * bottom
        corner = ("n" if top else "s" if bottom else "") + ("w" if left else "e" if right else "")
        applied += [f"{corner}Cell"] if len(corner) == 2 else []
        look = dict(self.whole)
        for name in ("wholeTable", *applied):
            look |= self.parts.get(name, {})
        return look


def _is_hexadecimal(untrusted: str) -> bool:
    return all(sign in "0123456789abcdefABCDEF" for sign in untrusted)
