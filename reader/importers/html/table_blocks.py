"""Tables of HTML as they are written: captions, cells, and tables in the cells of others."""

from __future__ import annotations

from itertools import takewhile

from reader.importers.common.cell_place import Place
from reader.importers.common.elements import Element, is_hidden, tag_of, text_of, words_of
from reader.importers.html.left_out import LeftOutParts
from reader.importers.html.lines import Around, Lines, Step
from reader.importers.html.tables import ROW_TAGS, is_data, own_caption, places


class Tables:
    """Writes tables; `places` are the cells that are still to be read, with their places."""

    def __init__(self, lines: Lines, parts: LeftOutParts, has_layout_tables: bool) -> None:
        self._lines = lines
        self._parts = parts
        self._has_layout_tables = has_layout_tables
        self._inner_waits = False
        self.places: dict[Element, Place] = {}

    def table(self, table: Element) -> Step:
        """Read a table: its caption and cells, or what stands in one that only places things."""
        inside = (
            bool(self._lines.solid)
            and self._lines.solid[-1] == "cell"
            and self._lines.cells.may_hold_table
        )
        data = not self._has_layout_tables or is_data(table)
        own = places(table) if data and (not self._lines.solid or inside) else {}
        if not own:
            return self._lines.block_of(table)
        self._leave_out_rows(table)
        caption = own_caption(table)
        if caption is not None and not text_of(caption).strip():
            caption = None
        self.places.update(own)
        children = [*([] if caption is None else [caption]), *own]
        return self._inner_table(children) if inside else self._outer_table(children, caption)

    def _leave_out_rows(self, table: Element) -> None:
        """Note what stands in a table outside the cells that are read: hidden rows, and signs."""
        for element in table.iter():
            sign = self._parts.by_sign.get(element)
            if sign is None and not (tag_of(element) in ROW_TAGS and is_hidden(element)):
                continue
            within = list(takewhile(lambda a: a is not table, element.iterancestors()))
            if any(tag_of(a) in ("td", "th") or is_hidden(a) for a in within):
                continue
            if sign is not None:
                self._parts.write(self._lines.writer, element)
            else:
                self._lines.writer.leave_out("hidden text", words_of(element))

    def _outer_table(self, children: list[Element], caption: Element | None) -> Step:
        self._lines.end()
        self._lines.writer.begin_table()
        leave_table = self._lines.solidly("cell")
        if caption is not None:
            self._lines.writer.begin_caption()
            self._lines.begun()
        self._lines.cells.open_lines()

        def leave() -> None:
            self._lines.cells.close()
            leave_table()

        return children, leave

    def _inner_table(self, children: list[Element]) -> Step:
        """A table in a cell; its caption is a line before it."""
        self._lines.cells.part()
        self._inner_waits = True

        def leave() -> None:
            self._lines.cells.end_table()

        return children, leave

    def cell(self, cell: Element) -> Step:
        """Read one of the cells in `places`."""
        place = self.places.pop(cell)
        if self._inner_waits:
            self._inner_waits = False
            self._lines.cells.begin_table()
        self._lines.cells.open_cell(cell, place)
        self._lines.places.append(Around(is_cell=True))
        self._lines.begun()

        def leave() -> None:
            self._lines.places.pop()
            self._lines.cells.close()

        return None, leave
