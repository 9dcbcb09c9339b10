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
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_BAR = re.compile(r"(?<!\\)\|")
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
    _add_lines(made, note)
    return made


def laid_out(note: str) -> Shown:
    """A note as it is shown, with the cells of its tables parted by tabs and their heads strong."""
    made = Shown()
    for number, part in enumerate(parts(note)):
        made.text += "\n" if number else ""
        if isinstance(part, str):
            _add_lines(made, part)
            continue
        for row_number, row in enumerate(part):
            made.text += "\n" if row_number else ""
            start = len(made.text)
            for cell_number, cell in enumerate(row):
                made.text += "\t" if cell_number else ""
                _add_inline(made, cell)
            if not row_number:
                made.looks.append((Span(start, len(made.text)), "heading"))
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


Table = tuple[tuple[str, ...], ...]


def parts(note: str) -> Iterator[str | Table]:
    """A note in pieces: lines of text, and the rows of each table that stands among them.

    A table is GitHub's, with bars and a line of dashes under its head, or rows whose cells are
    parted by tabs, as a spreadsheet copies them.
    """
    if "|" not in note and "\t" not in note:
        yield note
        return
    lines, kept, at = note.split("\n"), list[str](), 0
    while at < len(lines):
        rows, end = _table_at(lines, at)
        if not rows:
            kept.append(lines[at])
            at += 1
            continue
        if kept:
            yield "\n".join(kept)
            kept = []
        yield rows
        at = end
    if kept:
        yield "\n".join(kept)


def _table_at(lines: list[str], at: int) -> tuple[Table, int]:
    """The rows of a table that begins at a line, and where it ends; none when there is none."""
    end = at
    if at + 1 < len(lines) and "|" in lines[at] and _RULE.fullmatch(lines[at + 1]):
        head = _cells(lines[at])
        if len(head) == len(_cells(lines[at + 1])):
            end = at + 2
            while end < len(lines) and "|" in lines[end]:
                end += 1
            rows = [head, *map(_cells, lines[at + 2 : end])]
            wide = max(map(len, rows))
            return tuple(row + ("",) * (wide - len(row)) for row in rows), end
    tabs = lines[at].count("\t")
    while tabs and end < len(lines) and lines[end].count("\t") == tabs:
        end += 1
    if end - at < 2:
        return (), at
    return tuple(tuple(cell.strip() for cell in one.split("\t")) for one in lines[at:end]), end


def _cells(line: str) -> tuple[str, ...]:
    bare = line.strip()
    bare = bare.removeprefix("|")
    bare = bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare
    return tuple(cell.strip().replace("\\|", "|") for cell in _BAR.split(bare))


def may_lead(address: str) -> bool:
    """Whether a link may lead there: to the web, to a letter or to a note, and to nothing else."""
    return _LEADS.fullmatch(address) is not None


def _add_lines(made: Shown, lines: str) -> None:
    for number, line in enumerate(lines.split("\n")):
        if number:
            made.text += "\n"
        _add_line(made, line)


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
