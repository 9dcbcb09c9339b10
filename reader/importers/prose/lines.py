"""The lines of a plain text: paragraphs joined, furniture taken away."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from reader.importers.prose.columns import Row, has_columns, is_rule, rows_of
from reader.importers.prose.underlines import drawn_round, underlined
from reader.model.left_out import Reason

LONGEST_WRAPPED = 100
# "* * *" parts what stands above it from what stands below; "- 3 -" is the number of a page.
BULLET = re.compile(r"^\s*([-*+•●◦▪‣∙·–—])\s+(?!\1(?:\s*\1)*\s*$)(?!\d{1,4}\s+[-–—]\s*$)(?=\S)")
NUMBER = re.compile(
    r"^\s*(\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\d{1,2}(?:\.\d{1,2})+)\s+(?=\S)"
)
# Two spaces after a sentence are a habit of typists.
_COLUMNS = re.compile(r"\S(?:(?<![.!?:;]) {2}| {3}|\t)\s*\S|^\|.*\|$")
_BROKEN = re.compile(r"\w[-\u2010\u2011]$")
_MINUS = re.compile(r"[-–—] ?\d")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_SENTENCE_END = re.compile(r"[.!?:;][\"”’)\]]*$")
_FURNITURE = re.compile(
    r"(table of contents|contents|on this page|in this article)( ?[\[(]?(show|hide|toggle)[\])]?)?"
    r"|(share|tweet|pin|email|print|like|follow|save|bookmark|subscribe|copy link)"
    r"( (this|it)( (article|page|post|story|on|via)\b.{0,30})?| (on|via) [A-Z].{0,30}"
    r"|( with)? us\b.{0,30})?"
    r"|(facebook|twitter|linkedin|pinterest|whatsapp|reddit|instagram|telegram)"
    r"|skip to (main )?content|advertisement|sponsored|loading\.*|(back|return) to top"
    r"|(scroll|click|tap) (here|down|up|to (see|view|read|expand|enlarge|load|open|share))\b.{0,40}"
    r"|[\d.,]+k? (shares?|views?|comments?|likes?)"
    r"|(\d+ )?min(ute)?s? read|read(ing)? time:? .{0,20}|home( [>»/|] .{1,60})+"
    r"|previous( article| post)|next( article| post)|leave a (comment|reply)|menu|search|log ?in"
    r"|(we use|this (web)?site uses) cookies.{0,200}|accept( all)?( cookies)?",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"(?:this (?:article|page) was )?(?:last )?(?:updated|modified|reviewed|edited)\b(?: on)?:?(.{0,80})",  # noqa: E501
    re.IGNORECASE,
)
_PUBLISHED = re.compile(r"(?:first |originally )?(?:published|posted)\b(?: on)?:?(.{0,80})", re.I)
_BY_LINE = re.compile(
    r"(?i:(?:written |medically reviewed |reviewed |posted )?by):? ([A-Z][^\d.!?]{2,60})"
)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_MONTHS = "january february march april may june july august september october november december"
_WORDED = re.compile(
    r"\b(?:(\d{1,2})(?:st|nd|rd|th)? )?([A-Z][a-z]{2,8})\.? (?:(\d{1,2})(?:st|nd|rd|th)?,? )?(\d{4})\b"  # noqa: E501
)


@dataclass
class Line:
    """A paragraph or other line of its own; `gap` tells whether a blank line stands before it.

    `rows` are those of a table, whose lines `text` holds; `keeps_space` says that `text` is to be
    shown with its spaces.
    """

    text: str
    gap: bool = False
    indent: int = 0
    rows: tuple[Row, ...] = ()
    keeps_space: bool = False
    underline: str = ""

    @property
    def is_set(self) -> bool:
        """Whether it is a table, or lines whose columns are kept by their spaces."""
        return bool(self.rows) or self.keeps_space


@dataclass
class Facts:
    """What furniture says of the whole document, and each of its lines with the line after it."""

    authors: list[str] = field(default_factory=list)
    updated: str = ""
    published: str = ""
    left_out: list[tuple[Reason, str, Line | None]] = field(default_factory=list)


def lines_of(text: str) -> list[Line]:
    """The lines, with those of a hard-wrapped text joined to paragraphs."""
    raw = re.sub(r"\r\n?|[\v\u2028\u2029\x85]", "\n", text).replace("\f", "\n\n").split("\n")
    signs = underlined(raw, _may_be_heading)
    drawn = drawn_round(signs)
    lines: list[Line] = []
    group: list[str] = []
    for i, one in enumerate([*raw, ""]):
        if one.strip() and i not in drawn and i not in signs:
            group.append(one)
            continue
        lines += _of_group(group)
        group = []
        if i in signs:
            lines.append(replace(_plain([one], True)[0], underline=signs[i]))
    return _joined(lines) if _hard_wrapped(lines) else lines


def _may_be_heading(text: str) -> bool:
    return not (_in_columns(text) or BULLET.match(text))


def _of_group(group: list[str]) -> list[Line]:
    """The lines between two blank ones; runs of lines that stand in columns are tables."""
    made: list[Line] = []
    at = 0
    for is_run, run in groupby(group, _in_columns):
        part = list(run)
        rows = rows_of(part) if is_run and len(part) > 1 else ()
        if rows:
            text = "\n".join("\t".join(row) for row in rows)
            made.append(Line(text, at == 0, rows=rows))
        elif is_run and has_columns(part) and not any(BULLET.match(line) for line in part):
            made.append(Line("\n".join(part), at == 0, keeps_space=True))
        else:
            made += _plain(part, at == 0)
        at += len(part)
    return made


def _in_columns(line: str) -> bool:
    return _COLUMNS.search(line.strip()) is not None or is_rule(line)


def _plain(lines: list[str], after_gap: bool) -> list[Line]:
    made = []
    for i, one in enumerate(lines):
        wide = one.expandtabs(4)
        made.append(Line(one.strip(), after_gap and i == 0, len(wide) - len(wide.lstrip())))
    return made


def _hard_wrapped(lines: list[Line]) -> bool:
    if len(lines) < 4:
        return False
    lines = [line for line in lines if not line.is_set]
    short = sum(len(line.text) <= LONGEST_WRAPPED for line in lines)
    follows = sum(
        not line.gap
        and line.text[:1].islower()
        and not _SENTENCE_END.search(before.text)
        and not BULLET.match(line.text)
        for before, line in pairwise(lines)
    )
    return short >= 0.9 * len(lines) and follows >= max(2, 0.12 * len(lines))


def _joined(lines: list[Line]) -> list[Line]:
    lengths = [len(line.text) for line in lines if not line.is_set] or [0]
    width = max(40.0, sorted(lengths)[int(0.9 * (len(lengths) - 1))])
    blank_lines = sum(line.gap for line in lines) > 0.05 * len(lines)
    words = {word for line in lines for word in _WORD.findall(line.text.casefold())}
    joined: list[Line] = []
    before = ""
    for i, line in enumerate(lines):
        starts = line.gap or line.is_set or not joined or joined[-1].is_set
        starts = starts or bool(joined and joined[-1].underline)
        if not starts and not _BROKEN.search(before):
            full = len(before) >= 0.7 * width
            label = BULLET.match(line.text) or NUMBER.match(line.text)
            if label is None:
                starts = not full and not (line.text[:1].islower() and blank_lines)
            elif full or _MINUS.match(line.text):
                starts = _begins_item(lines, i, label[1], joined[-1].text, before)
            else:
                starts = True
        if starts:
            joined.append(replace(line))
        else:
            joined[-1].text = _with(joined[-1].text, line.text, words)
        before = line.text
    return joined


def _begins_item(lines: list[Line], i: int, label: str, paragraph: str, before: str) -> bool:
    """Whether a line that begins with a bullet or number is an item, not the rest of a sentence.

    It is one after the end of a sentence, or where its neighbours are items too.
    """
    if _SENTENCE_END.search(before):
        return True
    for other in (paragraph, *(line.text for line in lines[i + 1 : i + 2] if not line.gap)):
        sign = BULLET.match(other) or NUMBER.match(other)
        if sign and (sign[1] == label or (sign[1][-1:] == label[-1:] and _is_number(label))):
            return True
    return False


def _is_number(label: str) -> bool:
    return any(map(str.isdigit, label))


def _with(text: str, more: str, words: set[str]) -> str:
    """Two lines of a paragraph as one; a hyphen goes only where the text has the word without it.

    Else it is kept as it is printed: whether it belongs to the word, nobody can tell.
    """
    if not _BROKEN.search(text):
        return f"{text} {more}"
    first, second = _LAST_WORD.search(text[:-1]), _WORD.match(more)
    if first and second and more[:1].islower() and text[-1] in "-\u2010":
        word = (first[0] + second[0]).casefold()
        if word in words and f"{first[0]}-{second[0]}".casefold() not in words:
            return text[:-1] + more
    return text + more


def without_furniture(lines: list[Line]) -> tuple[list[Line], Facts]:
    """The lines that are text, and what the others said."""
    facts = Facts()
    kept: list[Line] = []
    pending: list[tuple[Reason, str]] = []
    for number, line in enumerate(lines):
        reason = None if line.is_set else _furniture(line.text, facts, number, len(lines))
        if reason is not None:
            pending.append((reason, line.text))
            continue
        kept.append(line)
        facts.left_out += [(*one, line) for one in pending]
        pending = []
    facts.left_out += [(*one, None) for one in pending]
    return kept, facts


def _furniture(text: str, facts: Facts, number: int, count: int) -> Reason | None:
    """Why a line is no part of the text; None when it is."""
    if len(text) > 220:
        return None
    if _FURNITURE.fullmatch(text):
        return "menu"
    edge = number < 12 or number >= count - 6
    words = len(text.split())
    updated = _UPDATED.fullmatch(text)
    if updated and words <= 14 and edge and _says_when(updated[1]):
        facts.updated = facts.updated or date_in(updated[1])
        return "by-line"
    published = _PUBLISHED.fullmatch(text)
    if published and words <= 14 and edge and _says_when(published[1]):
        facts.published = facts.published or date_in(published[1])
        return "by-line"
    by_line = _BY_LINE.fullmatch(text)
    if by_line and words <= 10 and number < 8:
        facts.authors += [
            name.strip() for name in re.split(r",| and |;", by_line[1]) if name.strip()
        ]
        return "by-line"
    return None


def _says_when(text: str) -> bool:
    """Whether what follows "Updated" is a date, a person or nothing; "release tablets" is not."""
    return not text.strip() or bool(date_in(text)) or text.split()[0].lower() == "by"


def date_in(text: str) -> str:
    """The first date in a text, in ISO 8601; "" when there is none."""
    iso = _ISO.search(text)
    if iso:
        return iso[0]
    worded = _WORDED.search(text)
    if not worded:
        return ""
    first, name, second, year = worded.groups()
    months = [m for m in _MONTHS.split() if m.startswith(name.lower()[:3]) and name.lower() in m]
    if not months:
        return ""
    month = _MONTHS.split().index(months[0]) + 1
    day = first or second
    return f"{year}-{month:02}-{int(day):02}" if day else f"{year}-{month:02}"


def printed_contents(lines: list[Line]) -> tuple[int, int]:
    """The first line of a printed table of contents and the line after its last; (0, 0) for none.

    It is at least three short lines near the start, one after the other, that come again later
    in the same order, each once, and never one straight after the other all the way.
    """
    places: dict[str, list[int]] = {}
    for i, line in enumerate(lines):
        places.setdefault(contents_key(line.text), []).append(i)
    start = 0
    while start < min(len(lines), 60):
        end, last = start, 0
        found: list[int] = []
        while end < len(lines) and len(lines[end].text) < 120 and not lines[end].is_set:
            own = places[contents_key(lines[end].text)]
            if len(own) != 2 or own[0] != end or own[1] <= max(last, end):
                break
            last = own[1]
            found.append(last)
            end += 1
        apart = any(b - a > 1 for a, b in pairwise(found))
        if end - start >= 3 and found[0] >= end and apart:
            return start, end
        start = max(end, start) + 1
    return 0, 0


def contents_key(text: str) -> str:
    """A heading without what a contents list adds: dots and page number."""
    bare = re.sub(r"[\s.·…]{2,}\d+$", "", text)
    return re.sub(r"^\W*(\d+(\.\d+)*[.)]?\s+)?", "", bare).casefold()
