"""Formulas of Rich Text: the same constructs as Word's, with an "m" before their names.

Source: Rich Text Format Specification 1.9.1, "Mathematics".
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from reader.importers.common.elements import Element

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DEEPEST = 120


@dataclass(slots=True)
class MathGroup:
    """A group within a formula, as an element of Office Math."""

    element: Element
    depth: int = 0

    @classmethod
    def root(cls) -> MathGroup:
        """The formula itself."""
        return cls(etree.Element(f"{_M}oMath"))

    def begin(self, name: str) -> MathGroup:
        """The group of a construct, a part of one, or a property."""
        if self.depth > _DEEPEST or not name.isalnum():
            return self
        return MathGroup(etree.SubElement(self.element, _M + name), self.depth + 1)

    def end(self, said: str) -> None:
        """Keep what was said in the group: the letters of a run, the value of a property."""
        said = said.replace("\x0b", " ")
        if self.element.tag == f"{_M}r":
            etree.SubElement(self.element, f"{_M}t").text = said
        elif said.strip() and not len(self.element):
            self.element.set(f"{_M}val", said.strip())
