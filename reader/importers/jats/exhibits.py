"""Tables, figures, formulas and files of an article in JATS, with their captions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from reader.importers.builder.flow import Flow
from reader.importers.common.cell_place import Place
from reader.importers.common.elements import Element, tag_of
from reader.importers.common.xml_tree import address_of, all_of, one_of, text_in
from reader.importers.jats.tables import cells_of, holds_blocks
from reader.importers.prose.nlm_alternatives import branch_of
from reader.importers.prose.nlm_inline import Inline
from reader.model.left_out import Reason

Resolve = Callable[[str], "tuple[str, int, int] | None"]
"""Given a picture's address: its asset name, width and height, or None when it is not at hand."""

_PICTURES = ("graphic", "media", "inline-graphic")
_UNREAD = ("label", "caption", "object-id", "alt-text", "long-desc", "processing-meta")
_TERMS = ("copyright-statement", "license", "permissions", "ali:license_ref")


class _Around(Protocol):
    """What writes the blocks around exhibits, and those in them."""

    def write_block(self, element: Element) -> bool: ...
    def write_paragraph(self, element: Element) -> None: ...
    def write_children(self, element: Element) -> None: ...
    def write_strong(self, *parts: Element | None) -> None: ...
    def end(self) -> None: ...


class Exhibits:
    """Writes what stands apart from the text and has a label."""

    def __init__(self, flow: Flow, inline: Inline, around: _Around, resolve: Resolve) -> None:
        self._flow = flow
        self._inline = inline
        self._around = around
        self._resolve = resolve

    def writers(self) -> dict[str, Callable[[Element], None]]:
        """The elements that this writes."""
        return {
            "table-wrap": self._write_exhibit,
            "fig": self._write_exhibit,
            "chem-struct-wrap": self._write_exhibit,
            "array": self._write_exhibit,
            "table": self._write_table,
            "graphic": self.write_picture,
            "media": self._write_captioned,
            "supplementary-material": self._write_captioned,
            "fig-group": self._write_group,
            "table-wrap-group": self._write_group,
            "disp-formula": self._write_formula,
            "permissions": self._write_permissions,
        }

    def _write_exhibit(self, wrap: Element) -> None:
        """A table or figure: its caption goes with the first thing that it shows."""
        tables, pictures, rest = self._parts(wrap)
        captioned = False
        if tag_of(wrap) == "array" and any(tag_of(e) in ("tbody", "thead") for e in wrap):
            tables, rest = [wrap], [e for e in rest if tag_of(e) not in ("tbody", "thead", "tr")]
        for table in tables:
            cells = cells_of(table)
            if not cells:
                rest.insert(0, table)
                continue
            self._write_cells(cells, wrap if not captioned else None)
            captioned = True
        if pictures or (not captioned and tag_of(wrap) == "fig"):
            self._write_pictures(pictures, wrap, captioned)
            captioned = True
        else:
            self._leave_out_spoken([wrap, *_drawn(wrap)], "hidden text")
        if not captioned:
            self._around.write_strong(one_of(wrap, "label"))
            for caption in all_of(wrap, "caption"):
                self._around.write_children(caption)
        for part in rest:
            if tag_of(part) == "table" or not self._around.write_block(part):
                self._around.write_paragraph(part)

    def _parts(self, wrap: Element) -> tuple[list[Element], list[Element], list[Element]]:
        """The tables, the pictures and what else is in a table or figure, one form of each."""
        tables: list[Element] = []
        pictures: list[Element] = []
        rest: list[Element] = []
        for child in wrap:
            part: Element | None = child
            if tag_of(child) == "alternatives":
                shown = [e for e in child if tag_of(e) in _PICTURES and self._picture(e)]
                part = branch_of(child)
                if part is not None and tag_of(part) in _PICTURES and shown:
                    part = shown[0]
            if part is None or tag_of(part) in ("", *_UNREAD):
                continue
            if tag_of(part) == "table":
                tables.append(part)
            elif tag_of(part) in _PICTURES:
                pictures.append(part)
            else:
                rest.append(part)
        return tables, pictures, rest

    def _write_table(self, table: Element) -> None:
        cells = cells_of(table)
        if cells:
            self._write_cells(cells, None)
        else:
            self._around.write_paragraph(table)

    def _write_cells(self, cells: dict[Element, Place], wrap: Element | None) -> None:
        with self._flow.table(lambda: self._write_caption(wrap)):
            for cell, place in cells.items():
                blocks = holds_blocks(cell)
                with self._flow.cell(place, blocks):
                    if name := cell.get("id"):
                        self._flow.writer.anchor(name)
                    if tag_of(cell) == "entrytbl":
                        self._write_table(_as_table(cell))
                    else:
                        self._inline.write(cell)
                    if blocks:
                        self._around.end()
        self._around.end()

    def _write_pictures(self, pictures: list[Element], wrap: Element, captioned: bool) -> None:
        """The pictures of a figure that are at hand, or one place for those that are not."""
        spoken = " ".join(dict.fromkeys(_spoken([wrap, *pictures, *_drawn(wrap)])))
        shown = [found for one in pictures if (found := self._picture(one)) is not None]
        for found in shown[:-1]:
            with self._flow.figure(found[0], "", found[1], found[2]):
                pass
        asset, width, height = shown[-1] if shown else ("", 0, 0)
        with self._flow.figure(asset, spoken, width, height):
            if not captioned:
                self._write_caption(wrap)
            for picture in pictures:
                self._write_caption(picture)
        self._around.end()

    def _picture(self, element: Element) -> tuple[str, int, int] | None:
        return self._resolve(address_of(element)) if address_of(element) else None

    def write_picture(self, element: Element) -> None:
        """A picture by itself; one that stood for a sign only where it is at hand."""
        found = self._picture(element)
        if found is None and tag_of(element) == "inline-graphic":
            return
        asset, width, height = found or ("", 0, 0)
        with self._flow.figure(asset, " ".join(_spoken([element])), width, height):
            self._write_caption(element)
        self._around.end()

    def _write_caption(self, element: Element | None) -> None:
        """The label, title and words of a caption, one after the other in the open block."""
        if element is None:
            return
        captions = list(all_of(element, "caption"))
        titles = [t for caption in captions for t in all_of(caption, "title")]
        for part in (one_of(element, "label"), *titles):
            if part is not None and text_in(part):
                with self._flow.mark("strong"):
                    self._inline.write(part)
                self._flow.add(" ")
        for caption in captions:
            self._flow.add(caption.text or "")
            for part in caption:
                if tag_of(part) not in ("", "title", *_UNREAD):
                    if name := part.get("id"):
                        self._flow.writer.anchor(name)
                    if tag_of(part) == "p" or not self._around.write_block(part):
                        self._inline.write(part)
                    self._flow.add(" ")
                self._flow.add(part.tail or "")

    def _write_captioned(self, element: Element) -> None:
        """A file that goes with the article: what is said of it."""
        self._leave_out_spoken([element], "embedded object")
        self._flow.begin("paragraph")
        self._write_caption(element)
        self._around.end()
        for part in element:
            if tag_of(part) not in ("", *_UNREAD) and not self._around.write_block(part):
                self._around.write_paragraph(part)

    def _leave_out_spoken(self, elements: Iterable[Element], reason: Reason) -> None:
        """Note what is said, for who cannot see it, of something that is shown otherwise."""
        for words in dict.fromkeys(_spoken(elements)):
            self._flow.writer.leave_out(reason, words)

    def _write_group(self, group: Element) -> None:
        label, captions = one_of(group, "label"), list(all_of(group, "caption"))
        if label is not None or captions:
            self._flow.begin("paragraph")
            self._write_caption(group)
            self._around.end()
        for part in group:
            if tag_of(part) not in ("", *_UNREAD) and not self._around.write_block(part):
                self._around.write_paragraph(part)

    def _write_formula(self, formula: Element) -> None:
        label = text_in(one_of(formula, "label"))
        pictures = [e for e in formula.iter() if tag_of(e) in _PICTURES]
        words = [e for e in formula if tag_of(e) not in ("", *_UNREAD, *_PICTURES, "alternatives")]
        math = next(formula.iter("{*}math", "{*}tex-math", "{*}textual-form"), None)
        if pictures and math is None and not words and not (formula.text or "").strip():
            spoken = " ".join(dict.fromkeys(_spoken([formula, *pictures]))) or "Formula"
            found = next((f for one in pictures if (f := self._picture(one))), ("", 0, 0))
            with self._flow.figure(found[0], spoken, found[1], found[2]):
                self._flow.add(label)
            self._around.end()
            return
        self._flow.begin("formula")
        self._inline.write_formula(formula)
        if label:
            self._flow.add(f" {label}")
        self._around.end()

    def _write_permissions(self, permissions: Element) -> None:
        """By whose leave something is shown."""
        for part in permissions:
            if tag_of(part) in _TERMS:
                self._around.write_paragraph(part)


def _drawn(wrap: Element) -> list[Element]:
    """The pictures among the forms of something of which another form may be shown."""
    return [e for one in all_of(wrap, "alternatives") for e in one if tag_of(e) in _PICTURES]


def _spoken(elements: Iterable[Element]) -> Iterable[str]:
    """What pictures show, in words."""
    for element in elements:
        for part in element:
            if tag_of(part) in ("alt-text", "long-desc") and text_in(part):
                yield text_in(part)


def _as_table(entry: Element) -> Element:
    """A table inside a cell of a CALS table, as a table: its rows stand in it without a group."""
    table = entry.makeelement("table", None, None)
    group = entry.makeelement("tgroup", None, None)
    table.append(group)
    for child in list(entry):
        group.append(child)
    return table
