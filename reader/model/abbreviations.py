"""Short forms that a text defines: "N-methyl-D-aspartate (NMDA)" and "NMDA (N-methyl-…)".

Source: Schwartz and Hearst 2003, "A simple algorithm for identifying abbreviation definitions in
biomedical text".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.model.document import Abbreviation
from reader.model.span import Span

LONGEST_SHORT = 10
_BRACKETS = re.compile(r"[(\[]([^()\[\]\n]{2,120})[)\]]")
_SHORT = re.compile(r"[A-Za-z0-9α-ωΑ-Ω][\w/+.-]*(?: [\w/+.-]+)?")
_WORD = re.compile(r"[^\s(\[]+")
_SENTENCE_END = re.compile(r"[.;:!?]\s|\n|\t")
_MOST_BEFORE = 240


def defined_in(text: str) -> tuple[Abbreviation, ...]:
    """The short forms with their long forms, each with the place of the long form, in order.

    A short form that is defined anew comes again.
    """
    found = []
    for brackets in _BRACKETS.finditer(text):
        inner = re.split(r"[;,] ", brackets[1], maxsplit=1)[0].strip()
        before = text[max(0, brackets.start() - _MOST_BEFORE) : brackets.start()]
        start = max((m.end() for m in _SENTENCE_END.finditer(before)), default=0)
        before = before[start:].rstrip()
        if _is_short(inner):
            long = _long_form(inner, before)
            if long:
                end = brackets.start()
                while text[end - 1].isspace():
                    end -= 1
                found.append(Abbreviation(inner, long, Span(end - len(long), end)))
                continue
        words = _WORD.findall(before)
        if words and _is_short(words[-1]):
            long = _long_form(words[-1], inner)
            if long and inner.startswith(long):
                begin = text.index(long, brackets.start())
                found.append(Abbreviation(words[-1], long, Span(begin, begin + len(long))))
    return tuple(found)


def _is_short(text: str) -> bool:
    """Whether this looks like a short form: short, at most two words, with a capital."""
    return (
        2 <= len(text) <= LONGEST_SHORT
        and _SHORT.fullmatch(text) is not None
        and any(c.isupper() for c in text)
        and sum(c.isalpha() for c in text) >= 2
    )


def _long_form(short: str, text: str) -> str:
    """The end of the text whose letters the short form takes in their order; "" when none is.

    The first letter begins a word, and there are not many more words than letters.
    """
    signs = [c for c in short.lower() if c.isalnum()]
    if len(signs) > 2 and signs[-1] == "s" and short[-1] == "s":
        signs.pop()
    at = len(text)
    lower = text.lower()
    for number, sign in enumerate(reversed(signs), start=1):
        at = lower.rfind(sign, 0, at)
        first = number == len(signs)
        while first and at > 0 and lower[at - 1].isalnum():
            at = lower.rfind(sign, 0, at)
        if at < 0:
            return ""
    while at > 0 and not text[at - 1].isspace() and text[at - 1] not in "([":
        at -= 1  # α-amino-… begins with its Greek letter
    long = text[at:]
    words = re.findall(r"\w+", long)
    few = min(len(signs) + 5, 2 * len(signs))
    if len(long) <= len(short) or len(words) > few or short in words:
        return ""
    return long


def normal(words: str) -> tuple[str, ...]:
    """A form as it is compared: its letters and digits, in small letters, in words."""
    return tuple(re.findall(r"[^\W_]+", words.casefold()))


def written(forms: tuple[Abbreviation, ...]) -> str:
    """Forms on one line, each once."""
    pairs = dict.fromkeys((one.short, " ".join(one.long.split())) for one in forms)
    return "\x1e".join(f"{short}\x1f{long}" for short, long in pairs)


def listed(line: str) -> str:
    """A line of a list as `read` takes it: short form, tab, long forms with semicolons between."""
    short, _, longs = line.partition("\t")
    return "\x1e".join(f"{short}\x1f{long.strip()}" for long in longs.split(";"))


def read(line: str) -> Iterator[tuple[str, str]]:
    """The forms that `written` wrote, short and long."""
    for pair in line.split("\x1e") if line else ():
        short, _, long = pair.partition("\x1f")
        yield short, long
