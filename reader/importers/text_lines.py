"""The lines of a plain text: paragraphs joined, furniture taken away."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

LONGEST_WRAPPED = 100
BULLET = re.compile(r"^\s*([-*+•●◦▪‣∙·–—])\s+(?=\S)")
NUMBER = re.compile(
    r"^\s*(\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\d{1,2}(?:\.\d{1,2})+)\s+(?=\S)"
)
_SENTENCE_END = re.compile(r"[.!?:;][\"”’)\]]*$")
_FURNITURE = re.compile(
    r"(table of contents|contents|on this page|in this article)( ?[\[(]?(show|hide|toggle)[\])]?)?"
    r"|(share|tweet|pin|email|print|like|follow|save|bookmark|subscribe|copy link)"
    r"( (this|it|on|via|with|us|to)\b.{0,40})?"
    r"|(facebook|twitter|linkedin|pinterest|whatsapp|reddit|instagram|x|telegram)"
    r"|skip to (main )?content|advertisement|sponsored|loading\.*|(back|return) to top"
    r"|(scroll|click|tap) .{0,40}|[\d.,]+k? (shares?|views?|comments?|likes?)"
    r"|(\d+ )?min(ute)?s? read|read(ing)? time:? .{0,20}|home( [>»/|] .{1,60})+"
    r"|previous( article| post)?|next( article| post)?|leave a (comment|reply)|menu|search|log ?in"
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
    """A paragraph or other line of its own; `gap` tells whether a blank line stands before it."""

    text: str
    gap: bool = False
    indent: int = 0


@dataclass
class Facts:
    """What furniture says of the whole document."""

    authors: list[str] = field(default_factory=list)
    updated: str = ""
    published: str = ""


def lines_of(text: str) -> list[Line]:
    """The lines, with those of a hard-wrapped text joined to paragraphs."""
    raw = re.sub(r"\r\n?|[\u2028\u2029\x85]", "\n", text).replace("\f", "\n\n").split("\n")
    lines: list[Line] = []
    gap = True
    for one in raw:
        stripped = one.strip()
        if stripped:
            indent = len(one.expandtabs(4)) - len(one.expandtabs(4).lstrip())
            lines.append(Line(stripped, gap, indent))
        gap = not stripped
    return _joined(lines) if _hard_wrapped(lines) else lines


def _hard_wrapped(lines: list[Line]) -> bool:
    if len(lines) < 4:
        return False
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
    lengths = [len(line.text) for line in lines]
    width = max(40.0, sorted(lengths)[int(0.9 * (len(lengths) - 1))])
    blank_lines = sum(line.gap for line in lines) > 0.05 * len(lines)
    joined: list[Line] = []
    before = ""
    for line in lines:
        starts = line.gap or BULLET.match(line.text) or NUMBER.match(line.text)
        if not starts and joined:
            full = len(before) >= 0.7 * width
            if not full and not (line.text[:1].islower() and blank_lines):
                starts = True
        if starts or not joined:
            joined.append(Line(line.text, line.gap, line.indent))
        else:
            joined[-1].text = _with(joined[-1].text, line.text)
        before = line.text
    return joined


def _with(text: str, more: str) -> str:
    if re.search(r"[a-z]-$", text) and more[:1].islower():
        # Kept as it is printed: whether the hyphen belongs to the word, nobody can tell.
        return text + more
    return f"{text} {more}"


def without_furniture(lines: list[Line]) -> tuple[list[Line], Facts]:
    """The lines that are text, and what the others said."""
    facts = Facts()
    kept: list[Line] = []
    for number, line in enumerate(lines):
        if not _is_furniture(line.text, facts, number, len(lines)):
            kept.append(line)
    return _without_printed_contents(kept), facts


def _is_furniture(text: str, facts: Facts, number: int, count: int) -> bool:
    if len(text) > 220:
        return False
    if _FURNITURE.fullmatch(text):
        return True
    edge = number < 12 or number >= count - 6
    words = len(text.split())
    updated = _UPDATED.fullmatch(text)
    if updated and words <= 14 and edge:
        facts.updated = facts.updated or date_in(updated[1])
        return True
    published = _PUBLISHED.fullmatch(text)
    if published and words <= 14 and edge and (date_in(published[1]) or words <= 3):
        facts.published = facts.published or date_in(published[1])
        return True
    by_line = _BY_LINE.fullmatch(text)
    if by_line and words <= 10 and number < 8:
        facts.authors += [
            name.strip() for name in re.split(r",| and |;", by_line[1]) if name.strip()
        ]
        return True
    return False


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


def _without_printed_contents(lines: list[Line]) -> list[Line]:
    """Leaves out a table of contents: short lines one after the other that all recur later."""
    keys = [_key(line.text) for line in lines]
    later: dict[str, int] = {key: i for i, key in enumerate(keys)}
    start = 0
    while start < min(len(lines), 60):
        end = start
        while end < len(lines) and len(lines[end].text) < 120 and later[keys[end]] > end:
            end += 1
        if end - start >= 3:
            return lines[:start] + lines[end:]
        start = end + 1
    return lines


def _key(text: str) -> str:
    """A heading without what a contents list adds: dots and page number."""
    bare = re.sub(r"[\s.·…]{2,}\d+$", "", text)
    return re.sub(r"^\W*(\d+(\.\d+)*[.)]?\s+)?", "", bare).casefold()
