"""What differs between a passage as it was and as it is, the gravest apart.

In a clinical text a digit, a unit, a sign of comparison or a "not" turns the sense; such
differences are called grave, whatever else changed around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from reader.model.anchoring.words import unchanged
from reader.model.span import Span

# A number with its decimal signs is one word, and so is a unit like mg/kg or µg.
_WORD = re.compile(r"\d+(?:[.,·]\d+)*|[^\W\d_]+(?:/[^\W\d_]+)*|[^\w\s]|_")
_UNIT = (
    r"(?:[µμmkcdn]?(?:g|l|mol|m|s|Hz|Pa|Eq|U|IU|kat|Gy|Bq|cal|J)|mmHg|%|°C|°F|h|min|hours?|days?"
    r"|weeks?|months?|years?|minutes?|seconds?|ml|mL|dL|dl|units?|drops?|tablets?)"
)
_GRAVE_WORDS = (
    "not no never none nor without unless except avoid stop cannot contraindicated only half "
    "twice double once one two three four five six seven eight nine ten twelve fourteen twenty "
    "thirty forty fifty hundred daily weekly hourly more less least most above below over under "
    "increase increases increased decrease decreases decreased higher lower before after strong "
    "weak must may should all any"
)
_GRAVE = re.compile(
    r"[\d<>≤≥=±×%⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉½¼¾+−–/]|n['’]t\b"
    rf"|\b{_UNIT}(?:/{_UNIT})*(?![\w])|\b(?:{'|'.join(_GRAVE_WORDS.split())})\b"
)
_UNIT_ONLY = re.compile(rf"{_UNIT}(?:/{_UNIT})*")


@dataclass(frozen=True, slots=True)
class Difference:
    """A piece of the old passage and what stands for it in the new one; either may be empty."""

    old: Span
    new: Span
    grave: bool


def differences(old: str, new: str) -> tuple[Difference, ...]:
    """What differs, in the order of the text; white space and kinds of quotes do not count."""
    one, two = list(_WORD.finditer(old)), list(_WORD.finditer(new))
    found = []
    for tag, i, j, k, m in _opcodes([w[0] for w in one], [w[0] for w in two]):
        before, after = _covering(old, one, i, j), _covering(new, two, k, m)
        if tag != "equal" and not unchanged(before.cut(old), after.cut(new)):
            grave = any(_GRAVE.search(side) for side in (before.cut(old), after.cut(new)))
            found.append(Difference(before, after, grave))
    return tuple(found)


def in_words(old: str, new: str) -> list[str]:
    """The differences as lines like "0.5 mg → 5 mg", numbers, units and negations first."""
    found = sorted(differences(old, new), key=lambda difference: not difference.grave)
    lines = []
    for one in found:
        before, after = _with_unit(one.old, old), _with_unit(one.new, new)
        lines.append(f"{before or '(nothing)'} → {after or '(nothing)'}")
    return lines


def _opcodes(one: list[str], two: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    yield from SequenceMatcher(None, one, two, autojunk=False).get_opcodes()


def _covering(text: str, found: list[re.Match[str]], start: int, stop: int) -> Span:
    if start < stop:
        return Span(found[start].start(), found[stop - 1].end())
    at = found[start].start() if start < len(found) else len(text)
    return Span(at, at)


def _with_unit(span: Span, text: str) -> str:
    """The words of a span, with the unit that follows a number."""
    words = " ".join(span.cut(text).split())
    after = re.match(r"\s*(\S+?)(?=[\s,;:.)]|$)", text[span.end :])
    if words[-1:].isdigit() and after and _UNIT_ONLY.fullmatch(after[1]):
        words += f" {after[1]}"
    return words
