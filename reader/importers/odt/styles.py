"""Styles of OpenDocument: what is raised, struck or hidden, and how lists are numbered."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reader.importers.common.elements import Element, attribute, tag_of
from reader.importers.common.numerals import letters, roman
from reader.importers.common.symbol_fonts import is_symbol_font
from reader.model.document import MarkKind

_DEEPEST = 20
_RAISED = re.compile(r"\s*(super|sub|-?\d+(?:\.\d+)?%)")


class Styles:
    """The styles of a document by their names."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self._styles: dict[str, Element] = {}
        self._lists: dict[str, dict[int, Element]] = {}
        self._outline: dict[int, Element] = {}
        self._families: dict[str, str] = {}
        self.has_symbol_fonts = False
        for root in roots:
            for face in root.iter("{*}font-face"):
                family = attribute(face, "font-family").strip(" '\"")
                self._families.setdefault(attribute(face, "name"), family)
            for style in root.iter("{*}style", "{*}list-style", "{*}outline-style"):
                levels = {
                    int(level): e
                    for e in style
                    if (level := attribute(e, "level")).isdigit() and len(level) < 3
                }
                if tag_of(style) == "style":
                    self._styles.setdefault(attribute(style, "name"), style)
                    own = is_symbol_font(self._own_font(style))
                    self.has_symbol_fonts = self.has_symbol_fonts or own
                elif tag_of(style) == "list-style":
                    self._lists.setdefault(attribute(style, "name"), levels)
                else:
                    self._outline = self._outline or levels

    def marks(self, name: str) -> list[MarkKind]:
        """What a style says of its characters."""
        found: dict[str, str] = {}
        for style in self._line(name):
            for properties in style:
                if tag_of(properties) == "text-properties":
                    for key, value in properties.attrib.items():
                        found.setdefault(str(key).rpartition("}")[2], str(value))
        kinds: list[MarkKind] = []
        raised = _RAISED.match(found.get("text-position", ""))
        if raised and raised[1] not in ("0%", "-0%"):
            kinds.append("sub" if raised[1] == "sub" or raised[1].startswith("-") else "sup")
        if {found.get("text-line-through-style"), found.get("text-line-through-type")} - {
            None,
            "none",
        }:
            kinds.append("strike")
        if found.get("font-weight") in ("bold", "600", "700", "800", "900"):
            kinds.append("strong")
        if found.get("font-style") in ("italic", "oblique"):
            kinds.append("emphasis")
        if found.get("font-variant") == "small-caps":
            kinds.append("small_caps")
        return kinds

    def font(self, name: str) -> str:
        """The font that a style names for its characters, inherited or its own, or ""."""
        return next(filter(None, map(self._own_font, self._line(name))), "")

    def _own_font(self, style: Element) -> str:
        for properties in style:
            if tag_of(properties) == "text-properties":
                face = attribute(properties, "font-name")
                said = self._families.get(face) or face or attribute(properties, "font-family")
                return said.strip(" '\"")
        return ""

    def is_hidden(self, name: str) -> bool:
        """Whether the characters of a style are not shown."""
        for style in self._line(name):
            for properties in style:
                display = attribute(properties, "display")
                if tag_of(properties) == "text-properties" and display:
                    return display == "none"
        return False

    def is_title(self, name: str) -> bool:
        """Whether a paragraph of this style is the title of the document."""
        return any(attribute(style, "name") == "Title" for style in self._line(name))

    def list_style_of(self, name: str) -> str:
        """The list style that a paragraph style names, or ""."""
        found = (attribute(style, "list-style-name") for style in self._line(name))
        return next(filter(None, found), "")

    def label(self, list_style: str, numbers: list[int]) -> str:
        """What is printed before an item; `numbers` are its own and those of the items above."""
        level = self._lists.get(list_style, {}).get(len(numbers))
        if level is None:
            return "•"
        return _label(level, numbers)

    def first(self, list_style: str, depth: int) -> int:
        """The number that a list begins with."""
        level = self._lists.get(list_style, {}).get(depth)
        said = "" if level is None else attribute(level, "start-value")
        return int(said) if re.fullmatch(r"\d{1,6}", said) else 1

    def heading_number(self, numbers: list[int]) -> str | None:
        """The printed number of a heading, or None where headings have none."""
        level = self._outline.get(len(numbers))
        said = "" if level is None else _label(level, numbers).strip(" .:")
        return said or None

    def _line(self, name: str) -> Iterable[Element]:
        """A style and those that it is derived from."""
        for _ in range(_DEEPEST):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = attribute(style, "parent-style-name")


def is_hidden_section(section: Element) -> bool:
    """Whether a section is hidden, always or by a condition that holds."""
    display = attribute(section, "display")
    by_condition = display == "condition" and attribute(section, "is-hidden") == "true"
    return display == "none" or by_condition


def _label(level: Element, numbers: list[int]) -> str:
    if tag_of(level) == "list-level-style-bullet":
        sign = attribute(level, "bullet-char")
        return sign if sign and not "\ue000" <= sign[0] <= "\uf8ff" else "•"
    kind = attribute(level, "num-format")
    if not kind:
        return ""
    shown = attribute(level, "display-levels")
    count = int(shown) if re.fullmatch(r"\d{1,2}", shown) else 1
    said = ".".join(_counted(number, kind) for number in numbers[-max(1, count) :])
    return f"{attribute(level, 'num-prefix')}{said}{attribute(level, 'num-suffix')}".strip()


def _counted(number: int, kind: str) -> str:
    if kind in ("i", "I"):
        return roman(number) if kind == "I" else roman(number).lower()
    if kind in ("a", "A"):
        return letters(number) if kind == "A" else letters(number).lower()
    return str(number)
