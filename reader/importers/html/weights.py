"""What is in each part of a page: how much text, how much of it links, how many paragraphs."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from reader.importers.common.elements import HEADINGS, UNREAD, Element, is_hidden, tag_of


@dataclass(slots=True)
class Weight:
    """Counts over an element and all that is visible in it; texts in characters.

    Links to places in the page itself are no links here: they are contents lists and notes.
    `running` is the part of the text in paragraphs that are no mere links.
    """

    text: int = 0
    running: int = 0
    linked: int = 0
    headings: int = 0
    commas: int = 0
    paragraphs: int = 0
    items: int = 0
    links: int = 0
    images: int = 0
    inputs: int = 0
    blocks: int = 0

    def add(self, other: Weight) -> None:
        """Take in what is in a child."""
        self.text += other.text
        self.running += other.running
        self.linked += other.linked
        self.headings += other.headings
        self.commas += other.commas
        self.paragraphs += other.paragraphs
        self.items += other.items
        self.links += other.links
        self.images += other.images
        self.inputs += other.inputs
        self.blocks += other.blocks

    @property
    def link_share(self) -> float:
        """The part of the text that is in links."""
        return self.linked / self.text if self.text else 0.0


_COMMAS = ",،、，﹐︐︑⹁⸴⸲⹌"
_BLOCK_TAGS = frozenset("blockquote dl div img ol p pre table ul section article".split())
_PARAGRAPHS = frozenset("p div li td dd blockquote pre section article".split())
_SHORTEST = 40
_INPUTS = frozenset("input select textarea button".split())
_NO_INPUTS = frozenset(("hidden", "checkbox", "radio"))


def weigh(root: Element, gone: Container[Element] = ()) -> dict[Element, Weight]:
    """The weight of every visible element, as if those that are `gone` were not there."""
    visible = _visible(root, gone)
    weights: dict[Element, Weight] = {}
    for element in reversed(visible):
        weight = Weight()
        _add_text(weight, element.text)
        for child in element:
            inner = weights.get(child)
            if inner is not None:
                weight.add(inner)
            elif tag_of(child) in _INPUTS:
                weight.inputs += (child.get("type") or "").lower() not in _NO_INPUTS
            _add_text(weight, child.tail)
        _add_kind(weight, element, tag_of(element))
        if not weight.running and weight.text >= _SHORTEST and weight.link_share < 1 / 3:
            weight.running = weight.text if tag_of(element) in _PARAGRAPHS else 0
        weights[element] = weight
    return weights


def _visible(root: Element, gone: Container[Element]) -> list[Element]:
    found: list[Element] = []
    stack = [root]
    while stack:
        element = stack.pop()
        name = tag_of(element)
        if element in gone or not name:
            continue
        if element is not root and (name in UNREAD or is_hidden(element)):
            continue
        found.append(element)
        stack.extend(reversed(element))
    return found


def _add_text(weight: Weight, text: str | None) -> None:
    if not text:
        return
    weight.text += len(" ".join(text.split()))
    weight.commas += sum(map(text.count, _COMMAS)) if not text.isascii() else text.count(",")


def _add_kind(weight: Weight, element: Element, name: str) -> None:
    if name == "a" and element.get("href") and not str(element.get("href")).startswith("#"):
        weight.linked = weight.text
        weight.links += 1
    elif name == "p":
        weight.paragraphs += 1
    elif name == "li":
        weight.items += 1
    elif name == "img":
        weight.images += 1
    elif name in HEADINGS:
        weight.headings += weight.text
    if name in _BLOCK_TAGS:
        weight.blocks += 1
