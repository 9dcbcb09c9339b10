"""A note's Markdown as it is shown on a card: the signs gone, what they meant kept as spans.

Of Markdown this takes what people write in notes: strong, emphasis, code, links, lists, headings,
quotes and rules. Anything else stands as it was written. The whole note is kept and exported as it
was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from reader.model.span import Span

Look = Literal["strong", "emphasis", "code", "link", "heading"]

_INLINE = re.compile(
    r"(?P<escape>\\[\\`*_\[\]#>~-])"
    r"|`(?P<code>[^`\n]+)`"
    r"|\[(?P<words>[^\]\n]+)\]\((?P<address>[^()\s]+)\)"
    r"|(?P<two>\*\*|__)(?=\S)(?P<strong>[^\n]+?)(?<=\S)(?P=two)"
    r"|(?<![\w*])\*(?=[^\s*])(?P<star>[^*\n]+?)(?<=\S)\*(?![\w*])"
    r"|(?<![\w_])_(?=[^\s_])(?P<under>[^_\n]+?)(?<=\S)_(?![\w_])"
)
_LEADS = re.compile(r"(?:https?://|mailto:|offprint:)\S+")
# Without one of these a note reads as it was typed.
_SIGN = re.compile(r"[\\`*_\[#>+-]")
_BULLET = re.compile(r"^(\s*)[-*+] +(?:\[([ xX])\] +)?")
_HEADING = re.compile(r"^#{1,6} +")
_QUOTE = re.compile(r"^> ?")


@dataclass
class Shown:
    """The text of a note, how pieces of it look, and where links in it lead."""

    text: str = ""
    looks: list[tuple[Span, Look]] = field(default_factory=list)
    links: list[tuple[Span, str]] = field(default_factory=list)

    def link_at(self, offset: int) -> str:
        """The address that the character at an offset leads to; "" when to none."""
        return next((address for span, address in self.links if span.holds(offset)), "")


def shown(note: str) -> Shown:
    """A note as it is shown."""
    made = Shown()
    for number, line in enumerate(note.split("\n")):
        if number:
            made.text += "\n"
        _add_line(made, line)
    return made


def runs(note: str) -> Iterator[tuple[str, frozenset[Look], str]]:
    """A note as it is shown, in pieces of one look: the words, their looks, where they lead to."""
    if not _SIGN.search(note):
        yield note, frozenset(), ""
        return
    made = shown(note)
    spans = [span for span, _ in made.looks]
    edges = {0, len(made.text), *(s.start for s in spans), *(s.end for s in spans)}
    for start, end in pairwise(sorted(edges)):
        looks = frozenset(look for span, look in made.looks if span.start <= start < span.end)
        yield made.text[start:end], looks, made.link_at(start)


def may_lead(address: str) -> bool:
    """Whether a link may lead there: to the web, to a letter or to a note, and to nothing else."""
    return _LEADS.fullmatch(address) is not None


def _add_line(made: Shown, line: str) -> None:
    start = len(made.text)
    bullet = _BULLET.match(line)
    heading = _HEADING.match(line)
    if bullet:
        box = {" ": "☐ ", "x": "☑ ", "X": "☑ "}.get(bullet[2] or "", "• ")
        made.text += bullet[1] + box
        _add_inline(made, line[bullet.end() :])
    elif heading:
        _add_inline(made, line[heading.end() :])
        made.looks.append((Span(start, len(made.text)), "heading"))
    elif re.fullmatch(r"\s*(?:-{3,}|\*{3,})\s*", line):
        made.text += "———"
    else:
        quote = _QUOTE.match(line)
        made.text += "› " if quote else ""
        _add_inline(made, line[quote.end() :] if quote else line)


def _add_inline(made: Shown, text: str) -> None:
    at = 0
    for found in _INLINE.finditer(text):
        made.text += text[at : found.start()]
        at = found.end()
        start = len(made.text)
        if found["escape"]:
            made.text += found["escape"][1]
        elif found["code"]:
            made.text += found["code"]
            made.looks.append((Span(start, len(made.text)), "code"))
        elif found["words"]:
            made.text += found["words"]
            span = Span(start, len(made.text))
            made.looks.append((span, "link"))
            made.links.append((span, found["address"]))
        else:
            look: Look = "strong" if found["strong"] else "emphasis"
            _add_inline(made, found["strong"] or found["star"] or found["under"])
            made.looks.append((Span(start, len(made.text)), look))
    made.text += text[at:]
