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


def is_raised(text: str, mark: Mark) -> bool:
    """Whether a mark stands above the line.

    Bare figures and letters do, and those in brackets when they follow a word without a space.
    Years and names stay in the line, and so do figures inside brackets that are not the mark's.
    """
    start, end = mark.span.start, mark.span.end
    shown = text[start:end].strip()
    boxed = _IN_BRACKETS.fullmatch(shown)
    inner = (boxed["inner"] or boxed["round"] or "").strip() if boxed else shown
    if not _BARE.fullmatch(inner) or _YEAR.match(inner):
        return False
    if boxed:
        return start > 0 and not text[start - 1].isspace()
    return not _is_inside_brackets(text, start, end)


def _is_inside_brackets(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _WIDEST) : start].rstrip(_BETWEEN)[-1:]
    after = text[end : end + _WIDEST].lstrip(_BETWEEN)[:1]
    return before + after in ("[]", "()")
