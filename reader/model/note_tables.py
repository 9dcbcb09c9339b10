"""The tables of a note: GitHub's, and rows that a spreadsheet copied.

By GitHub's rules, which markdown-it follows, a row's cells beyond those of the head vanish, and a
line right below a table is a row of it. Of a clinician's note nothing may vanish, so the rows are
taken here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_BAR = re.compile(r"(?<!\\)\|")

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
