"""Counters of style sheets: the numbers that they print before steps, headings and items.

Source: CSS Lists and Counters Module Level 3, https://www.w3.org/TR/css-lists-3/#auto-numbering.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from reader.importers.common.elements import Element
from reader.importers.html.lists import number_in

_PAIR = re.compile(r"([A-Za-z_-][\w-]*)(?:\s+(-?\d{1,6})(?!\w))?")


class Counters:
    """The counters that are open while the elements of a page are gone through in their order."""

    def __init__(self) -> None:
        self._open: dict[str, list[tuple[Element | None, int]]] = {}

    def count(self, scope: Element | None, declared: Mapping[str, str]) -> None:
        """Reset and increment what is declared; `scope` is the element that the numbers last in.

        That is the parent of the element that declares it.
        """
        for name, number in _pairs(declared.get("counter-reset", ""), 0):
            numbers = self._alive(name, scope)
            if numbers and numbers[-1][0] is scope:
                numbers.pop()
            numbers.append((scope, number))
        for name, number in _pairs(declared.get("counter-increment", ""), 1):
            numbers = self._alive(name, scope)
            owner, last = numbers.pop() if numbers else (scope, 0)
            numbers.append((owner, last + number))

    def printed(self, name: str, scope: Element, style: str, between: str | None) -> str:
        """The number of a counter inside `scope`, or those around it too, with `between` them."""
        numbers = [number for _, number in self._alive(name, scope)] or [0]
        shown = numbers if between is not None else numbers[-1:]
        return (between or "").join(number_in(number, style) for number in shown)

    def _alive(self, name: str, scope: Element | None) -> list[tuple[Element | None, int]]:
        numbers = self._open.setdefault(name, [])
        around = {scope, None, *(scope.iterancestors() if scope is not None else ())}
        while numbers and numbers[-1][0] not in around:
            numbers.pop()
        return numbers


def _pairs(value: str, otherwise: int) -> Iterator[tuple[str, int]]:
    for name, number in _PAIR.findall(value):
        if name.lower() != "none":
            yield name, int(number) if number else otherwise
