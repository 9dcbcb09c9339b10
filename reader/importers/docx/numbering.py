"""Numbers of lists and headings as Word prints them.

Source: ECMA-376, part 1, 17.9 (numbering).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reader.importers.common.elements import Element
from reader.importers.common.symbol_fonts import UNKNOWN, symbol_text
from reader.importers.docx.package import W, is_on, number_of, value
from reader.importers.docx.styles import Styles
from reader.importers.word.numerals import numeral_of
from reader.importers.word.parts import BULLET, Number

_PLACE = re.compile(r"%([1-9])")
_SMALL_RINGS = ("o", "\uf06f")


@dataclass(slots=True)
class _Level:
    start: int = 1
    numeral: str = "decimal"
    text: str = ""
    restarts_after: int = -1
    is_legal: bool = False
    font: str = ""
    style: str = ""
    is_picture: bool = False


@dataclass(slots=True)
class _Instance:
    """A use of a list's definition: what it counts in, and where it begins anew."""

    definition: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, _Level] = field(default_factory=dict)


class Numbering:
    """Counts the paragraphs of a document in their order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._definitions: dict[str, dict[int, _Level]] = {}
        self._instances: dict[str, _Instance] = {}
        self._links: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for element in root if root is not None else ():
            if element.tag == f"{W}abstractNum":
                self._define(element)
            elif element.tag == f"{W}num":
                self._use(element)

    def _define(self, element: Element) -> None:
        name = value(element, "abstractNumId")
        levels = {number_of(value(e, "ilvl")): _level(e) for e in element.findall(f"{W}lvl")}
        self._definitions[name] = levels
        link = value(element.find(f"{W}numStyleLink"))
        if link:
            self._links[name] = link

    def _use(self, element: Element) -> None:
        instance = _Instance(value(element.find(f"{W}abstractNumId")))
        for override in element.findall(f"{W}lvlOverride"):
            depth = number_of(value(override, "ilvl"))
            start, level = override.find(f"{W}startOverride"), override.find(f"{W}lvl")
            if level is not None:
                instance.levels[depth] = _level(level)
            if start is not None:
                instance.starts[depth] = number_of(value(start), 1)
        self._instances[value(element, "numId")] = instance

    def number(self, properties: Element | None, style_id: str) -> Number | None:
        """The number of the next paragraph; None when it has none. Counts it."""
        numbered, depth = self._place(properties, style_id)
        instance = self._instances.get(numbered)
        if instance is None:
            return None
        levels = self._levels(instance.definition) | instance.levels
        level = levels.get(depth)
        if level is None:
            return None
        # Lists of one definition go on counting, but for one that says where it begins.
        own = f"{numbered} of its own" if instance.starts else instance.definition
        counts = self._counts.setdefault(own, {})
        start = instance.starts.get(depth, level.start)
        counts[depth] = counts[depth] + 1 if depth in counts else start
        for deeper, its in levels.items():
            after = its.restarts_after if its.restarts_after >= 0 else deeper
            if deeper > depth and depth < after:
                counts.pop(deeper, None)
        if level.numeral == "bullet":
            return Number(_bullet(level), depth, True)
        return Number(_label(level, levels, counts), depth, False)

    def _place(self, properties: Element | None, style_id: str) -> tuple[str, int]:
        """The list that a paragraph is in, "" when in none, and how deep."""
        direct = properties.find(f"{W}numPr") if properties is not None else None
        numbered = value(direct.find(f"{W}numId")) if direct is not None else ""
        said = direct.find(f"{W}ilvl") if direct is not None else None
        depth = number_of(value(said)) if said is not None else -1
        for owner, own in self._styles.numbering(style_id) if not numbered or depth < 0 else ():
            of_style = value(own.find(f"{W}numId"))
            if numbered and of_style != numbered:
                break
            numbered = numbered or of_style
            inner = own.find(f"{W}ilvl")
            if depth < 0 and inner is not None:
                depth = number_of(value(inner))
            if numbered:
                depth = depth if depth >= 0 else self._depth_of_style(numbered, owner)
                break
        return numbered, min(max(depth, 0), 8)

    def _depth_of_style(self, numbered: str, style_id: str) -> int:
        instance = self._instances.get(numbered)
        levels = self._levels(instance.definition) if instance is not None else {}
        return next((depth for depth, level in levels.items() if level.style == style_id), 0)

    def _levels(self, definition: str) -> dict[int, _Level]:
        """The levels of a definition, which may be said by a style that another one defines."""
        link = self._links.get(definition)
        for _, own in self._styles.numbering(link) if link else ():
            other = self._instances.get(value(own.find(f"{W}numId")))
            if other is not None and other.definition != definition:
                return self._definitions.get(other.definition, {})
        return self._definitions.get(definition, {})


def _level(element: Element) -> _Level:
    restart = element.find(f"{W}lvlRestart")
    fonts = element.find(f"{W}rPr/{W}rFonts")
    numeral = element.find(f"{W}numFmt")
    return _Level(
        start=number_of(value(element.find(f"{W}start"), "val", "0")),
        numeral=_numeral_named(numeral),
        text=value(element.find(f"{W}lvlText")),
        restarts_after=number_of(value(restart), -1) if restart is not None else -1,
        is_legal=is_on(element.find(f"{W}isLgl")),
        font=value(fonts, "ascii") or value(fonts, "hAnsi"),
        style=value(element.find(f"{W}pStyle")),
        is_picture=element.find(f"{W}lvlPicBulletId") is not None,
    )


def _numeral_named(element: Element | None) -> str:
    """The format of a level's numbers; one of a template such as "001, 002, …" is "0" and width."""
    first = value(element, "format").partition(",")[0].strip()
    if value(element, "val") == "custom" and re.fullmatch(r"0{1,8}1", first):
        return f"0{len(first)}"
    return value(element, "val", "decimal")


def _bullet(level: _Level) -> str:
    """The sign of a bullet; "" for one of white space, the usual one for a sign without a name."""
    if level.text in _SMALL_RINGS:
        return "◦"
    sign = symbol_text(level.text, level.font).strip()
    if sign in ("-", "–", "—", "‐", "‑"):
        return "–"
    if level.is_picture:
        return BULLET
    return BULLET if UNKNOWN in sign or sign in ("·", "●", "⚫", "■", "▪") else sign


def _label(level: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
    def count(found: re.Match[str]) -> str:
        depth = int(found[1]) - 1
        its = levels.get(depth, _Level())
        numeral = "decimal" if level.is_legal else its.numeral
        return numeral_of(counts.get(depth, its.start), numeral)

    return " ".join(_PLACE.sub(count, level.text).split())
