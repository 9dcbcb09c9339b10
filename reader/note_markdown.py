"""A note's Markdown as it is shown on a card: the signs gone, what they meant kept as spans.

CommonMark, as markdown-it reads it, without what people do not mean in notes: HTML, pictures,
definitions of links, entities, text set in as code, a line of dashes that makes a heading. What is
not understood stands as it was written, and each line stays a line. The whole note is kept and
exported as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from reader.model.note_tables import parts
from reader.model.span import Span

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

Look = Literal["strong", "emphasis", "code", "link", "heading"]

_LEADS = re.compile(r"(?:https?://|mailto:|offprint:)\S+")
# Without one of these a note reads as it was typed.
_SIGN = re.compile(r"[\\`*_\[]|^[ \t]*[#>+-]|^[ \t]*\d+[.)]|~~~", re.MULTILINE)
_BOX = re.compile(r"\[([ xX])\] +")
_LOOKS: dict[str, Look] = {"strong": "strong", "em": "emphasis", "link": "link"}
# As many quotes and lists as may stand inside each other; a note with more is shown as typed.
_DEEPEST = 60
# As many notes as a list shows at once, and some.
_KEPT = 512


@dataclass
class Shown:
    """The text of a note, how pieces of it look, and where links in it lead."""

    text: str = ""
    looks: list[tuple[Span, Look]] = field(default_factory=list)
    links: list[tuple[Span, str]] = field(default_factory=list)

    def link_at(self, offset: int) -> str:
        """The address that the character at an offset leads to; "" when to none."""
        return next((address for span, address in self.links if span.holds(offset)), "")

    def add(self, other: Shown) -> None:
        """Set another text behind this one, with its looks and links."""
        at = len(self.text)
        self.text += other.text
        self.looks += [(Span(at + s.start, at + s.end), look) for s, look in other.looks]
        self.links += [(Span(at + s.start, at + s.end), to) for s, to in other.links]


@lru_cache(_KEPT)
def shown(note: str) -> Shown:
    """A note as it is shown; the answer is kept, and not to be changed."""
    if not _SIGN.search(note):
        return Shown(note)
    tokens = _parser().parse(note)
    if max((token.level for token in tokens), default=0) >= _DEEPEST - 1:
        return Shown(note)
    return _Card(note, tokens).shown


@lru_cache(_KEPT)
def laid_out(note: str) -> Shown:
    """A note as it is shown, with the cells of its tables parted by tabs and their heads strong.

    The answer is kept, and not to be changed.
    """
    made = Shown()
    for number, part in enumerate(parts(note)):
        made.text += "\n" if number else ""
        if isinstance(part, str):
            made.add(shown(part))
            continue
        for row_number, row in enumerate(part):
            made.text += "\n" if row_number else ""
            start = len(made.text)
            for cell_number, cell in enumerate(row):
                made.text += "\t" if cell_number else ""
                made.add(_line(cell))
            if not row_number:
                made.looks.append((Span(start, len(made.text)), "heading"))
    return made


def _line(words: str) -> Shown:
    """Words in which no sign begins a list, a heading or a quote."""
    return _Card(words, _parser().parseInline(words)).shown if _SIGN.search(words) else Shown(words)


def runs(note: str) -> Iterator[tuple[str, frozenset[Look], str]]:
    """A note as it is shown, in pieces of one look: the words, their looks, where they lead to."""
    made = shown(note)
    spans = [span for span, _ in made.looks]
    edges = {0, len(made.text), *(s.start for s in spans), *(s.end for s in spans)}
    if not made.text:
        yield "", frozenset(), ""
    for start, end in pairwise(sorted(edges)):
        looks = frozenset(look for span, look in made.looks if span.start <= start < span.end)
        yield made.text[start:end], looks, made.link_at(start)


def may_lead(address: str) -> bool:
    """Whether a link may lead there: to the web, to a letter or to a note, and to nothing else."""
    return _LEADS.fullmatch(address) is not None


@lru_cache(1)
def _parser() -> MarkdownIt:
    # Only a note with signs needs it: loading takes 17 ms.
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST})
    unmeant = ("code", "html_block", "html_inline", "reference", "lheading", "entity", "image")
    return parser.disable([*unmeant, "autolink"])


@dataclass
class _Container:
    """A list item or a quote: what stands before its first line, and before the others."""

    first: str
    later: str

    def take(self) -> str:
        """What stands before the next line."""
        before, self.first = self.first, self.later
        return before


class _Card:
    """Writes the blocks of a note, each on the line it has in the note."""

    def __init__(self, note: str, tokens: list[Token]) -> None:
        self.shown = Shown()
        self._line = 0
        self._containers: list[_Container] = []
        self._open: list[tuple[int, Token]] = []
        for token in tokens:
            self._add(token)
        self._go_to(note.count("\n"))

    def _add(self, token: Token) -> None:
        first, end = token.map or (0, 1)
        match token.type:
            case "list_item_open":
                mark = f"{token.info}{token.markup} " if token.info else "• "
                self._containers.append(_Container(mark, "  "))
            case "blockquote_open":
                self._containers.append(_Container("› ", "› "))
            case "list_item_close" | "blockquote_close":
                # Even one without words shows that it is there.
                if (left := self._containers[-1]).first != left.later:
                    self._write(self._before())
                self._containers.pop()
            case "inline":
                self._go_to(first)
                self._begin(token)
                for child in token.children or ():
                    self._add_inline(child)
                self._line = end - 1
            case "heading_open" | "heading_close":
                self._bracket(token)
            case "fence":
                self._go_to(first)
                lines = token.content.removesuffix("\n").split("\n")
                for number, line in enumerate(lines):
                    self._write(("\n" if number else "") + self._before())
                    self._write_as(line, "code")
                self._line = end - 1
            case "hr":
                self._go_to(first)
                self._write(self._before() + "———")

    def _begin(self, token: Token) -> None:
        children = token.children or []
        box = _BOX.match(token.content) if self._containers else None
        if box and children[0].type == "text" and _BOX.match(children[0].content):
            item = self._containers[-1]
            if item.first != item.later:
                sign = "☐ " if box[1] == " " else "☑ "
                item.first = sign if item.first == "• " else item.first + sign
                children[0].content = children[0].content[box.end() :]
        self._write(self._before())

    def _add_inline(self, token: Token) -> None:
        match token.type:
            case "softbreak" | "hardbreak":
                self._write("\n" + self._before())
            case "code_inline":
                self._write_as(token.content, "code")
            case _ if token.nesting:
                self._bracket(token)
            case _:
                self._write(token.content)

    def _bracket(self, token: Token) -> None:
        """Remember where something begins, or how it looks where it ends."""
        if token.nesting > 0:
            self._open.append((len(self.shown.text), token))
            return
        start, opening = self._open.pop()
        span = Span(start, len(self.shown.text))
        self.shown.looks.append((span, _LOOKS.get(opening.type.removesuffix("_open"), "heading")))
        if opening.type == "link_open":
            self.shown.links.append((span, str(opening.attrs.get("href", ""))))

    def _go_to(self, line: int) -> None:
        self._write("\n" * (line - self._line))
        self._line = max(self._line, line)

    def _before(self) -> str:
        return "".join(container.take() for container in self._containers)

    def _write_as(self, words: str, look: Look) -> None:
        start = len(self.shown.text)
        self._write(words)
        self.shown.looks.append((Span(start, len(self.shown.text)), look))

    def _write(self, words: str) -> None:
        self.shown.text += words
