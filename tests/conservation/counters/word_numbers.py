"""Numbers that Word prints before paragraphs: what numbering.xml and the styles say.

Source: ISO/IEC 29500-1, 17.9.
"""

from __future__ import annotations

import re
from typing import Any

from tests.conservation.counters.list_numbers import letters, roman

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9


def value_of(element: Any, path: str) -> str:
    """The value of a child, "" when there is none."""
    found = element.find(path.replace("w:", W)) if element is not None else None
    return (found.get(f"{W}val") or "") if found is not None else ""


class Numbering:
    """The counters of all lists of a file, which go on from paragraph to paragraph."""

    def __init__(self, numbering: Any, styles: dict[str, Any]) -> None:
        self._styles = styles
        self._abstract: dict[str, Any] = {}
        self._num: dict[str, Any] = {}
        for element in numbering if numbering is not None else ():
            if element.tag == f"{W}abstractNum":
                self._abstract[element.get(f"{W}abstractNumId")] = element
            elif element.tag == f"{W}num":
                self._num[element.get(f"{W}numId")] = element
        self._counts: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()

    def label(self, properties: Any) -> str:
        """The number of the next paragraph with these properties; "" for none or a bullet."""
        number_id, level = self._list_of(properties)
        num = self._num.get(number_id)
        if num is None or number_id == "0":
            return ""
        abstract_id = value_of(num, "w:abstractNumId")
        abstract = self._abstract.get(abstract_id)
        if abstract is None:
            return ""
        counts = self._counts.setdefault(abstract_id, [None] * _LEVELS)
        self._count(num, number_id, abstract, counts, level)
        own = self._level(num, abstract, level)
        if own is None or value_of(own, "w:numFmt") in ("bullet", "none"):
            return ""
        text = value_of(own, "w:lvlText")
        legal = own.find(f"{W}isLgl") is not None

        def shown(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            there = self._level(num, abstract, at)
            number = counts[at]
            if number is None:
                number = self._start(num, there, at)
            kind = "decimal" if legal else value_of(there, "w:numFmt")
            return _written(number, kind)

        return _PLACE.sub(shown, text)

    def _count(
        self, num: Any, number_id: str, abstract: Any, counts: list[int | None], level: int
    ) -> None:
        own = self._level(num, abstract, level)
        overridden = (number_id, level) not in self._started and self._override(num, level)
        self._started.add((number_id, level))
        before = counts[level]
        if before is None or overridden:
            counts[level] = self._start(num, own, level)
        else:
            counts[level] = before + 1
        for deeper in range(level + 1, _LEVELS):
            there = self._level(num, abstract, deeper)
            restart = value_of(there, "w:lvlRestart")
            if restart != "0" and (not restart or level < int(restart)):
                counts[deeper] = None

    def _override(self, num: Any, level: int) -> str:
        for one in num.findall(f"{W}lvlOverride"):
            if one.get(f"{W}ilvl") == str(level):
                return value_of(one, "w:startOverride")
        return ""

    def _start(self, num: Any, level: Any, at: int) -> int:
        said = self._override(num, at) or value_of(level, "w:start")
        return int(said) if said.lstrip("-").isdigit() else 0

    def _level(self, num: Any, abstract: Any, level: int) -> Any:
        for one in num.findall(f"{W}lvlOverride"):
            if one.get(f"{W}ilvl") == str(level) and one.find(f"{W}lvl") is not None:
                return one.find(f"{W}lvl")
        for one in abstract.findall(f"{W}lvl"):
            if one.get(f"{W}ilvl") == str(level):
                return one
        linked = self._styles.get(value_of(abstract, "w:numStyleLink"))
        number_id = value_of(linked, "w:pPr/w:numPr/w:numId")
        other = self._abstract.get(value_of(self._num.get(number_id), "w:abstractNumId"))
        if other is None or other is abstract:
            return None
        return self._level(self._num[number_id], other, level)

    def _list_of(self, properties: Any) -> tuple[str, int]:
        """The list of a paragraph and its level: its own, or that of its style."""
        number_id, level = (
            value_of(properties, "w:numPr/w:numId"),
            value_of(properties, "w:numPr/w:ilvl"),
        )
        style = self._styles.get(value_of(properties, "w:pStyle"))
        for _ in range(20):
            if style is None or (number_id and level):
                break
            number_id = number_id or value_of(style, "w:pPr/w:numPr/w:numId")
            level = level or value_of(style, "w:pPr/w:numPr/w:ilvl")
            style = self._styles.get(value_of(style, "w:basedOn"))
        return number_id, min(int(level), _LEVELS - 1) if level.isdigit() else 0


def _written(number: int, kind: str) -> str:
    if kind in ("lowerRoman", "upperRoman"):
        shown = roman(number)
    elif kind in ("lowerLetter", "upperLetter"):
        # Word goes on with aa, bb, cc.
        shown = letters((number - 1) % 26 + 1) * ((number - 1) // 26 + 1) if number > 0 else ""
    elif kind == "decimalZero":
        return f"{number:02}"
    elif kind == "none":
        return ""
    else:
        return str(number)
    return shown.upper() if kind.startswith("upper") else shown
