"""Lists of an article in JATS: their items, and what is printed before each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from reader.importers.builder.flow import Flow
from reader.importers.common.elements import Element, tag_of
from reader.importers.common.numerals import letters, roman
from reader.importers.common.xml_tree import all_of, one_of, text_in
from reader.importers.prose.nlm_inline import Inline
from reader.model.document import BlockKind

_WORDS = ("p", "title", "subtitle", "label")
_UNREAD = ("object-id", "processing-meta", "alt-text", "long-desc", "index-term")
_NUMBERED = ("order", "arabic", "ordered", "number")


def items_of(element: Element) -> list[Element]:
    """The items of a list and of no other inside it."""
    return [child for child in element if tag_of(child) == "list-item"]


def label_of(element: Element, number: int) -> str:
    """What is printed before the item of that number, where it has no label of its own."""
    kind = (element.get("list-type") or "bullet").lower()
    counted = ""
    if kind in _NUMBERED:
        counted = str(number)
    elif kind.startswith("alpha"):
        counted = letters(number)
    elif kind.startswith("roman"):
        counted = roman(number)
    if not counted:
        return "" if kind in ("simple", "none") else "•"
    if kind.endswith("lower"):
        counted = counted.lower()
    return " ".join(filter(None, (element.get("prefix-word"), f"{counted}.")))


class Numbering:
    """The number that each list begins with: one may go on where an earlier one ended."""

    def __init__(self) -> None:
        self._next: dict[str, int] = {}

    def first(self, element: Element) -> int:
        """The number of a list's first item; lists are asked for in reading order."""
        first = self._next.get(element.get("continued-from") or "", 1)
        if name := element.get("id"):
            self._next[name] = first + len(items_of(element))
        return first


class _Around(Protocol):
    """What writes the blocks around lists, and those in them."""

    def is_block(self, element: Element) -> bool: ...
    def write_block(self, element: Element) -> bool: ...
    def write_strong(self, *parts: Element | None) -> None: ...
    def write_alone(self, label: str, kind: BlockKind, depth: int) -> None: ...
    def anchor(self, element: Element) -> None: ...
    def end(self) -> None: ...


class Lists:
    """Writes lists and lists of definitions.

    `definitions` are the short forms that lists of abbreviations say, each with what it means.
    """

    def __init__(self, flow: Flow, inline: Inline, around: _Around) -> None:
        self._flow = flow
        self._inline = inline
        self._around = around
        self._depth = 0
        self._numbering = Numbering()
        self.definitions: list[tuple[str, str]] = []

    def writers(self) -> dict[str, Callable[[Element], None]]:
        """The elements that this writes."""
        return {"list": self._write_list, "def-list": self._write_definitions}

    def _write_list(self, element: Element) -> None:
        titles = [e for e in element if tag_of(e) in ("label", "title")]
        if titles:
            self._around.write_strong(*titles)
        first = self._numbering.first(element)
        for number, item in enumerate(items_of(element), start=first):
            label = text_in(one_of(item, "label")) or label_of(element, number)
            self._flow.end()
            self._around.anchor(item)
            self._write_item(item, self._depth, label)

    def _write_item(self, item: Element, depth: int, label: str = "") -> None:
        """What is in an item of a list, its first words with `label` before them."""
        before, self._depth = self._depth, depth + 1
        if (item.text or "").strip():
            self._flow.begin("list_item", depth, label)
            label = ""
            self._flow.add(item.text or "")
        for child in item:
            tag = tag_of(child)
            if self._around.is_block(child) and tag not in _WORDS:
                # Nothing but words takes a label.
                self._around.write_alone(label if label != "•" else "", "list_item", depth)
                label = ""
                self._around.write_block(child)
            elif tag not in ("", "label", *_UNREAD):
                self._flow.begin("list_item", depth, label)
                self._around.anchor(child)
                self._inline.write(child)
                self._around.end()
                label = ""
            if (child.tail or "").strip():
                self._flow.add(child.tail or "")
        self._around.end()
        self._around.write_alone(label if label != "•" else "", "list_item", depth)
        self._depth = before

    def _write_definitions(self, element: Element) -> None:
        for item in element:
            if tag_of(item) != "def-item":
                if tag_of(item) not in ("", *_UNREAD) and not self._around.write_block(item):
                    self._around.write_strong(item)
                continue
            terms, meanings = list(all_of(item, "term")), list(all_of(item, "def"))
            if terms and meanings:
                self.definitions.append((text_in(terms[0]), text_in(meanings[0])))
            self._around.anchor(item)
            for part in item:
                if tag_of(part) == "def":
                    self._around.anchor(part)
                    self._write_item(part, self._depth + 1)
                elif tag_of(part) and tag_of(part) not in _UNREAD:
                    self._flow.begin("list_item", self._depth)
                    with self._flow.mark("strong"):
                        self._inline.write(part)
                    self._around.end()
