"""What is taken out of a page: a sign stays in its place, with the words and the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.common.elements import (
    Element,
    is_hidden,
    name_words,
    roles_of,
    tag_of,
    words_of,
)
from reader.importers.formula.write import write_mathml
from reader.importers.html.boilerplate import kinds_of
from reader.importers.html.lists import keep_numbers
from reader.importers.html.sections import holds_data, holds_section
from reader.model.left_out import LeftOut, Reason
from reader.model.plain_text import plain_text
from reader.model.span import Span

_BY_KIND: dict[str, Reason] = {
    "advert": "advertisement",
    "comment": "comments",
    "banner": "banner",
    "menu": "menu",
}
_NEVER_SECTIONS = frozenset(
    ("advertisement", "comments", "by-line", "hidden text", "repeated title")
)
_LEAST_SECTION = 100
_WITHOUT_WORDS = frozenset("checkbox color file hidden image password radio range".split())
_LONGEST_BYLINE = 300
_BYLINES = frozenset("author authors byline contrib contribs contributors dateline".split())
_BANNER = re.compile(r"cookie|copyright|©|all rights reserved|newsletter|subscri|sign up", re.I)


@dataclass
class LeftOutParts:
    """The parts that are taken out of one page.

    A comment takes the place of each in the tree, so that it is known where the part stood.
    """

    by_sign: dict[Element, LeftOut] = field(default_factory=dict)

    def take_out(self, element: Element, reason: Reason | None = None) -> None:
        """Take the element out of the tree; the text after it stays."""
        parent = element.getparent()
        if parent is None:
            return
        if not is_hidden(element):
            keep_numbers(element)
        _set_formulas_as_lines(element)
        sign = self._sign(element, reason)
        if sign is None:
            sign = etree.Comment("")
        sign.tail, element.tail = element.tail, None
        parent.replace(element, sign)

    def take_text(self, element: Element, place: str, reason: Reason) -> None:
        """Take the words out that stand before the first child ("text"), or after ("tail")."""
        words = " ".join((getattr(element, place) or "").split())
        setattr(element, place, None)
        if words:
            sign = etree.Comment("")
            self.by_sign[sign] = LeftOut(reason, words)
            parent = element if place == "text" else element.getparent()
            if parent is not None:
                parent.insert(0 if place == "text" else parent.index(element) + 1, sign)

    def write(self, writer: DocumentBuilder, sign: Element) -> None:
        """Note the part that a sign stands for, once; other comments stand for nothing."""
        one = self.by_sign.pop(sign, None)
        if one is not None:
            writer.leave_out(one.reason, one.words, one.heading, one.table)

    def write_rest(self, writer: DocumentBuilder) -> None:
        """Note the parts whose signs are not gone through: in hidden parts, beside captions."""
        for sign in list(self.by_sign):
            self.write(writer, sign)

    def _sign(self, element: Element, reason: Reason | None) -> Element | None:
        for hidden in _hidden_in(element):
            # It has no place of its own in what is left: it is noted at the end.
            self.by_sign[etree.Comment("")] = LeftOut("hidden text", words_of(hidden))
        words = " ".join(filter(None, (words_of(element), *_said_without_text(element))))
        if not words:
            return None
        why: Reason = "hidden text" if is_hidden(element) else reason or reason_of(element)
        sign: Element = etree.Comment("")
        may_matter = why not in _NEVER_SECTIONS and not _is_linked(element, words)
        is_long = may_matter and len(words) >= _LEAST_SECTION
        self.by_sign[sign] = LeftOut(
            why,
            words,
            heading=is_long and holds_section(element, strictly=True),
            table=may_matter and holds_data(element),
        )
        return sign


def _set_formulas_as_lines(element: Element) -> None:
    """Put the linear reading of each formula in its place: its signs alone say something else."""
    for math in list(element.iter("math", "{*}math")):
        writer = DocumentBuilder()
        writer.begin("paragraph")
        write_mathml(writer, math)
        line = writer.build(id="", title="")
        tail = math.tail
        math.clear()
        math.tail = tail
        etree.SubElement(math, "mtext").text = plain_text(line, Span(0, len(line.text)))


def _hidden_in(element: Element) -> Iterator[Element]:
    """The parts of an element that nobody sees and that hold words, the outermost of each."""
    stack = [child for child in element if tag_of(child)]
    while stack:
        one = stack.pop()
        if not is_hidden(one):
            stack.extend(child for child in one if tag_of(child))
        elif words_of(one):
            yield one


def _said_without_text(element: Element) -> Iterator[str]:
    """What pictures and buttons in an element say by attributes."""
    for one in element.iter("img", "input"):
        said = one.get("alt") if tag_of(one) == "img" else value_of(one)
        if said and not is_hidden(one):
            yield " ".join(said.split())


def value_of(element: Element) -> str:
    """What is written in the field of a form or on its button; "" of all else."""
    kind = (element.get("type") or "text").strip().lower()
    if tag_of(element) == "input" and kind == "image":
        return " ".join((element.get("alt") or "").split())
    if tag_of(element) != "input" or kind in _WITHOUT_WORDS:
        return ""
    return " ".join((element.get("value") or "").split())


def _is_linked(element: Element, words: str) -> bool:
    """Whether most of the words are in links: a menu, whatever it holds beside them."""
    links = ("".join(map(str, a.itertext())) for a in element.iter("a", "{*}a"))
    return 2 * sum(len(" ".join(link.split())) for link in links) > len(words)


def reason_of(element: Element) -> Reason:
    """Why a part that is none of the main content is left out, by what it is called."""
    for one in _outer_and_inner(element):
        name = tag_of(one)
        roles = roles_of(one)
        if name == "nav" or roles & {"navigation", "menu", "menubar", "search"}:
            return "menu"
        if name_words(one) & _BYLINES and len(words_of(element)) < _LONGEST_BYLINE:
            return "by-line"
        for kind in kinds_of(one):
            if kind in _BY_KIND:
                return _BY_KIND[kind]
        if name in ("footer", "header") or roles & {"banner", "contentinfo"}:
            return "banner"
        if name in ("button", "select", "textarea", "input"):
            return "control"
    return "banner" if _BANNER.search(words_of(element)[:2000]) else "menu"


def _outer_and_inner(element: Element) -> Iterator[Element]:
    """The element, what alone is in it, and what it stands in."""
    one = element
    for _ in range(4):
        yield one
        inner = [child for child in one if tag_of(child)]
        if len(inner) != 1:
            break
        one = inner[0]
    for count, ancestor in enumerate(element.iterancestors()):
        if count == 3 or tag_of(ancestor) in ("body", "main", "article"):
            break
        yield ancestor
