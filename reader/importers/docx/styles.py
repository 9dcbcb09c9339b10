"""Styles of a Word file: what they say of letters and paragraphs, by themselves and inherited.

Source: ECMA-376, part 1, 17.7 (styles), 17.3.2 (run properties), 17.3.1.20 (outline levels).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from reader.importers.common.elements import Element
from reader.importers.common.symbol_fonts import is_symbol_font
from reader.importers.docx.package import W, is_on, number_of, value

Look = dict[str, Any]
"""What is said of letters: True or False of what is on or off, else the value itself."""

_SWITCHES = ("b", "i", "strike", "dstrike", "vanish", "webHidden", "smallCaps")
# What table styles say of letters that turns the sense; bold in a header row does not.
_OF_TABLES = ("strike", "dstrike", "vanish", "webHidden", "vertAlign")
_MOST_PARENTS = 20
_WIDEST_BAND = 100
_HEADING = re.compile(r"heading (\d)")


def look_of(properties: Element | None) -> Look:
    """What run properties say; what they do not say is not there."""
    look: Look = {}
    for element in properties if properties is not None else ():
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if name in _SWITCHES:
            look[name] = is_on(element)
        elif name in ("vertAlign", "rStyle"):
            look[name] = value(element)
        elif name in ("position", "sz"):
            look[name] = number_of(value(element))
        elif name == "rFonts":
            for slot in ("ascii", "hAnsi"):
                if value(element, slot):
                    look[slot] = value(element, slot)
    return look


@dataclass(slots=True)
class _Style:
    name: str
    parent: str
    look: Look
    paragraph: Element | None
    table: Element | None


@dataclass
class Styles:
    """The styles of a file by their ids; `default` is that of paragraphs that name none."""

    default: str = ""
    default_table: str = ""
    _styles: dict[str, _Style] = field(default_factory=dict)
    _looks: dict[str, Look] = field(default_factory=dict)

    @classmethod
    def read(cls, root: Element | None) -> Styles:
        """The styles of `word/styles.xml`; none when there is no such part."""
        default, default_table, made = "", "", dict[str, _Style]()
        for element in root.iter(f"{W}style") if root is not None else ():
            style_id = value(element, "styleId")
            made[style_id] = _Style(
                value(element.find(f"{W}name")).lower(),
                value(element.find(f"{W}basedOn")),
                look_of(element.find(f"{W}rPr")),
                element.find(f"{W}pPr"),
                element if value(element, "type") == "table" else None,
            )
            if value(element, "default") in ("1", "true"):
                default = style_id if value(element, "type") == "paragraph" else default
                default_table = style_id if value(element, "type") == "table" else default_table
        return cls(default, default_table, made)

    def chain(self, style_id: str) -> list[_Style]:
        """A style and those that it is based on."""
        found: list[_Style] = []
        for _ in range(_MOST_PARENTS):
            style = self._styles.get(style_id)
            if style is None:
                break
            found.append(style)
            style_id = style.parent
        return found

    def name(self, style_id: str) -> str:
        """The style's name in lower case; its id where the file does not describe it."""
        style = self._styles.get(style_id)
        return style.name if style is not None and style.name else style_id.lower()

    def look(self, style_id: str) -> Look:
        """What a style says of letters, inherited or its own."""
        found = self._looks.get(style_id)
        if found is None:
            found = {}
            for style in reversed(self.chain(style_id)):
                found |= style.look
            self._looks[style_id] = found
        return found

    @property
    def symbol_styles(self) -> dict[str, str]:
        """The fonts of signs by the ids of the styles that set them."""
        fonts = {name: str(self.look(name).get("ascii", "")) for name in self._styles}
        return {name: font for name, font in fonts.items() if is_symbol_font(font)}

    def effective(self, style_id: str, direct: Look, table: Look) -> Look:
        """How letters look in a paragraph of that style, with what is said of them directly.

        `table` is how they look by the style of the table that they stand in.
        """
        base, own = self.look(style_id), self.look(direct.get("rStyle", ""))
        look = base | own | direct
        for switch in _SWITCHES:
            if switch not in direct and base.get(switch) and own.get(switch):
                # Bold within bold stands out by being plain.
                look[switch] = False
        for name in _OF_TABLES:
            if table.get(name) and name not in direct:
                look[name] = (
                    look.get(name) or table[name] if name == "vertAlign" else not look.get(name)
                )
        return look

    def conditions(self, style_id: str) -> dict[str, Look]:
        """What a table style says of letters in parts of a table, by the part's name."""
        found: dict[str, Look] = {}
        for style in reversed(self.chain(style_id)):
            for part in style.table.iter(f"{W}tblStylePr") if style.table is not None else ():
                name = value(part, "type")
                found[name] = found.get(name, {}) | look_of(part.find(f"{W}rPr"))
        return found

    def bands(self, style_id: str) -> tuple[int, int]:
        """How many rows and how many columns make a band in a table style."""
        sizes = [1, 1]
        for style in reversed(self.chain(style_id)):
            for i, name in enumerate(("tblStyleRowBandSize", "tblStyleColBandSize")):
                said = style.table.find(f"{W}tblPr/{W}{name}") if style.table is not None else None
                if said is not None:
                    sizes[i] = min(max(number_of(value(said), 1), 1), _WIDEST_BAND)
        return sizes[0], sizes[1]

    def level(self, style_id: str) -> int:
        """The level of the heading that paragraphs of a style are, from 1; 0 when they are none."""
        for style in self.chain(style_id):
            own = style.paragraph
            outline = own.find(f"{W}outlineLvl") if own is not None else None
            if outline is not None:
                return level_of(outline)
            named = _HEADING.fullmatch(style.name)
            if named:
                return int(named[1])
        named = _HEADING.fullmatch(re.sub(r"(?<=heading)(?=\d)", " ", style_id.lower()))
        return int(named[1]) if named and style_id not in self._styles else 0

    def numbering(self, style_id: str) -> list[tuple[str, Element]]:
        """What a style and those that it is based on say of numbers, each with its style's id."""
        found: list[tuple[str, Element]] = []
        for _ in range(_MOST_PARENTS):
            style = self._styles.get(style_id)
            if style is None:
                break
            own = style.paragraph.find(f"{W}numPr") if style.paragraph is not None else None
            if own is not None:
                found.append((style_id, own))
            style_id = style.parent
        return found

    def has_header_row(self, style_id: str) -> bool:
        """Whether a table style makes the first row stand out in bold or on a ground."""
        for style in self.chain(style_id):
            for part in style.table.iter(f"{W}tblStylePr") if style.table is not None else ():
                if value(part, "type") == "firstRow":
                    return is_on(part.find(f"{W}rPr/{W}b"))
        return False


def level_of(outline: Element) -> int:
    """The heading level that an outline level is, from 1; 0 is running text."""
    number = number_of(value(outline), 9)
    return number + 1 if 0 <= number < 9 else 0
