"""How a reference mark is set: raised when it is figures or letters alone, else in the line."""

from __future__ import annotations

import re

from reader.model.document import Mark

# Figures, single letters and signs, with what stands between them: "3–5", "a, b", "†".
_BARE = re.compile(r"(?:\d{1,4}[a-z]?|[A-Za-z]|[*†‡§¶#‖]+)(?:[\s,;–-]+(?:\d{1,4}|[a-z]|[*†‡§¶]+))*")
_IN_BRACKETS = re.compile(r"\[\s*(?P<inner>[^\]]*)\]|\(\s*(?P<round>[^)]*)\)")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d[a-z]?\b")
_BETWEEN = " ,;–-0123456789"
_WIDEST = 40


def is_short(text: str, mark: Mark) -> bool:
    """Whether a mark is figures, letters or signs, bare or in brackets, and no name or year."""
    inner = _inner(text, mark)
    return bool(_BARE.fullmatch(inner)) and not _YEAR.match(inner)


def is_raised(text: str, mark: Mark) -> bool:
    """Whether a mark stands above the line.

    Bare figures and letters do, and those in brackets when they follow a word without a space.
    Years and names stay in the line, and so do figures inside brackets that are not the mark's.
    """
    start = mark.span.start
    if not is_short(text, mark):
        return False
    if _inner(text, mark) != mark.span.cut(text).strip():
        return start > 0 and not text[start - 1].isspace()
    return not _is_inside_brackets(text, start, mark.span.end)


def _inner(text: str, mark: Mark) -> str:
    shown = mark.span.cut(text).strip()
    boxed = _IN_BRACKETS.fullmatch(shown)
    return (boxed["inner"] or boxed["round"] or "").strip() if boxed else shown


def _is_inside_brackets(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - _WIDEST) : start], text[end : end + _WIDEST]
    if before.rfind("[") > before.rfind("]"):
        return True
    return before.rstrip(_BETWEEN)[-1:] + after.lstrip(_BETWEEN)[:1] == "()"
