"""Tables drawn in a Markdown text: grids of "+", "-" and "|", and columns under rows of dashes.

Source: the Pandoc User's Guide, extensions `grid_tables`, `simple_tables`, `multiline_tables`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock

_BORDER = re.compile(r"\+(?:[-=:]+\+)+\s*")
_HEAD_BORDER = re.compile(r"\+(?:[=:]+\+)+\s*")
_RULE = re.compile(r" {0,3}-{3,}(?: +-{2,})+\s*")
_WHOLE_RULE = re.compile(r" {0,3}-{10,}\s*")
_DASHES = re.compile(r"-+")
_MOST_LINES = 5000

Row = list[str]


def drawn_tables(parser: MarkdownIt) -> None:
    """Have a parser read tables that are drawn."""
    ends: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("code", "grid_table", _grid, ends)
    parser.block.ruler.before("code", "columns_table", _columns)


def _grid(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start) or not _BORDER.fullmatch(_line(state, start).strip()):
        return False
    lines: list[str] = []
    while start + len(lines) < min(end, start + _MOST_LINES):
        line = _line(state, start + len(lines)).strip()
        if not line.startswith(("+", "|")):
            break
        lines.append(line)
    while lines and not _BORDER.fullmatch(lines[-1]):
        lines.pop()
    rows, heads = _rows_of_grid(lines)
    if len(lines) < 3:
        return False
    if not silent:
        if rows:
            _write(state, rows, heads)
        else:
            # A cell over several rows: its lines are shown as they are drawn.
            drawn = state.push("code_block", "code", 0)
            drawn.content = "\n".join(lines) + "\n"
        state.line = start + len(lines)
    return True


def _rows_of_grid(lines: Sequence[str]) -> tuple[list[list[Row]], int]:
    """The rows, each cell its lines, and how many stand over the head's border.

    No rows where a border does not go through: a cell over several rows.
    """
    if len(lines) < 3 or any(
        "+" in line and line.startswith("|") and "--" in line for line in lines
    ):
        return [], 0
    rows: list[list[Row]] = []
    group: list[str] = []
    heads = 0
    for line in lines[1:]:
        if not _BORDER.fullmatch(line):
            group.append(line)
            continue
        if group:
            rows.append(_cells_of_grid(group))
            group = []
        if _HEAD_BORDER.fullmatch(line) and not heads:
            heads = len(rows) if line is not lines[-1] else 0
    return rows, heads


def _cells_of_grid(group: Sequence[str]) -> list[Row]:
    """The cells of lines between two borders: they part where each line has a "|"."""
    shortest = min(map(len, group))
    parts = [i for i in range(shortest) if all(line[i] == "|" for line in group)]
    parts = [*parts, max(map(len, group))]
    return [
        [line[left + 1 : right].rstrip("| ") for line in group]
        for left, right in pairwise(parts)
        if any(line[left + 1 : right].strip("| ") for line in group) or right != parts[-1]
    ]


def _columns(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.sCount[start] - state.blkIndent > 3 and not _line(state, start).startswith("    "):
        return False
    last = min(end, start + _MOST_LINES)
    lines = [_line(state, number) for number in range(start, last)]
    found = _rows_of_columns(lines)
    if found is None:
        return False
    rows, heads, count = found
    if not silent:
        _write(state, rows, heads)
        state.line = start + count
    return True


def _rows_of_columns(lines: Sequence[str]) -> tuple[list[list[Row]], int, int] | None:
    """The rows of a table under dashes, how many are its head, and the lines that it takes."""
    framed = bool(_WHOLE_RULE.fullmatch(lines[0]))
    ruled = next((i for i, line in enumerate(lines[:12]) if _RULE.fullmatch(line)), None)
    if ruled is None or (ruled > 1 and not framed) or (framed and ruled < 2):
        return None
    head = lines[1:ruled] if framed else lines[:ruled]
    if any(not line.strip() for line in head):
        return None
    starts = [match.start() for match in _DASHES.finditer(lines[ruled])]
    body: list[list[str]] = [[]]
    count = 0
    for number, line in enumerate(lines[ruled + 1 :], ruled + 1):
        if _WHOLE_RULE.fullmatch(line) or _RULE.fullmatch(line):
            count = number + 1
            break
        if line.strip():
            body[-1].append(line)
        elif framed:
            body.append([])
        else:
            count = number
            break
    else:
        count = 0 if framed else len(lines)
    groups = [[line] for line in body[0]] if not framed else [group for group in body if group]
    every = ([head] if head else []) + groups
    if not count or not groups or (not head and not _RULE.fullmatch(lines[count - 1])):
        return None
    if any(_crosses(line, starts) for group in every for line in group):
        return None
    cuts = list(pairwise([0, *starts[1:], None]))
    rows = [[[line[left:right] for line in group] for left, right in cuts] for group in every]
    return rows, len(every) - len(groups), count


def _crosses(line: str, starts: Sequence[int]) -> bool:
    """Whether a word stands over the place where two columns part."""
    return any(line[i - 1 : i].strip() and line[i : i + 1].strip() for i in starts[1:])


def _line(state: StateBlock, number: int) -> str:
    begin = state.bMarks[number] + min(state.blkIndent, state.tShift[number])
    return state.src[begin : state.eMarks[number]].expandtabs(4)


def _write(state: StateBlock, rows: Sequence[list[Row]], heads: int) -> None:
    """Push the tokens of a table; what is in a cell is Markdown again."""
    state.push("table_open", "table", 1)
    for number, row in enumerate(rows):
        kind = "th" if number < heads else "td"
        state.push("tr_open", "tr", 1)
        for cell in row:
            state.push(f"{kind}_open", kind, 1)
            state.md.block.parse(_text_of(cell), state.md, state.env, state.tokens)
            state.push(f"{kind}_close", kind, -1)
        state.push("tr_close", "tr", -1)
    state.push("table_close", "table", -1)


def _text_of(cell: Row) -> str:
    """The lines of a cell without what sets all of them in."""
    filled = [len(line) - len(line.lstrip()) for line in cell if line.strip()]
    indent = min(filled, default=0)
    return "\n".join(line[indent:].rstrip() for line in cell).strip("\n")
