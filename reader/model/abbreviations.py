"""Short forms that a text defines: "N-methyl-D-aspartate (NMDA)", and "NMDA (N-methyl-…)".

Source: Schwartz and Hearst 2003, "A simple algorithm for identifying abbreviation definitions in
biomedical text". Beyond theirs: a short form has two capitals or a digit; a long one is no address,
caption or broken bracket and begins with a word of its own; and what stands in brackets *behind* a
short form is its long one only if their initials prove it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.model.document import Abbreviation
from reader.model.span import Span

LONGEST_SHORT = 10
_BRACKETS = re.compile(r"[(\[]([^()\[\]\n]{2,120})[)\]]")
_SHORT = re.compile(r"[^\W_][\w/+.-]*(?: [\w/+.-]+)?")
_WORD = re.compile(r"[^\s(\[]+")
_SENTENCE_END = re.compile(r"[.;:!?]\s|\n|\t")
_MOST_BEFORE = 240
# What is numbered, counted or measured, and no short form.
_NUMBERED = re.compile(
    r"(?:figs?|figures?|tables?|boxe?s?|panels?|eqs?|equations?|refs?|sections?|chapters?|"
    r"appendix|suppl|pages?|vols?|days?|weeks?|months?|years?|grades?|stages?|steps?|parts?|"
    r"groups?|phases?|levels?|types?|class|visits?|cohorts?|study|trials?|items?|cases?)[ .]*\d.*",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"[IVXLivxl]+")
_ADDRESS = re.compile(r"https?:|www\.|@|\bdoi\b|\.(?:org|com|gov|net|edu)\b", re.IGNORECASE)
_CAPTION = re.compile(r"\b(?:figs?|figures?|tables?)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
# Around a form, and no part of it.
_EDGES = " \t\n\u00a0\u2009\u202f\"'“”„‘’«»"
# A long form may hold such words, and does not begin with one.
_FUNCTION_WORDS = frozenset(
    "a an and are as at be been but by can did do does for from had has have if in including into "
    "is it its may no nor not of on or our per so such than that the their them then there these "
    "they this to using via was we were when where which while who with".split()
)


def defined_in(text: str) -> tuple[Abbreviation, ...]:
    """The short forms with their long forms, each with the place of the long form, in order.

    A short form that is defined anew comes again.
    """
    found = []
    for brackets in _BRACKETS.finditer(text):
        inner = re.split(r"[;,] ", brackets[1], maxsplit=1)[0].strip()
        before = text[max(0, brackets.start() - _MOST_BEFORE) : brackets.start()]
        start = max((m.end() for m in _SENTENCE_END.finditer(before)), default=0)
        before = before[start:].rstrip(_EDGES)
        if _is_short(inner):
            long = _long_form(inner, before)
            if long:
                end = brackets.start()
                while text[end - 1] in _EDGES:
                    end -= 1
                found.append(Abbreviation(inner, long, Span(end - len(long), end)))
                continue
        inner = _ARTICLE.sub("", inner)
        words = _WORD.findall(before)
        if words and _is_short(words[-1]) and _is_proved(words[-1], inner):
            begin = text.index(inner, brackets.start())
            found.append(Abbreviation(words[-1], inner, Span(begin, begin + len(inner))))
    return tuple(found)


def _is_short(text: str) -> bool:
    """Whether this looks like a short form: at most two words, with two capitals or a digit."""
    return (
        2 <= len(text) <= LONGEST_SHORT
        and _SHORT.fullmatch(text) is not None
        and any(c.isalpha() for c in text)
        and (sum(c.isupper() for c in text) >= 2 or _is_lettered_number(text))
        and _NUMBERED.fullmatch(text) is None
        and _ROMAN.fullmatch(text) is None
    )


def _is_lettered_number(text: str) -> bool:
    """Whether digits stand in a name such as p53, rather than count something."""
    return any(c.isdigit() for c in text) and " " not in text and text[0].isalpha()


def _long_form(short: str, text: str) -> str:
    """The end of the text whose letters the short form takes in their order; "" when none is.

    The first letter begins a word, and there are not many more words than letters.
    """
    signs = [c for c in short.lower() if c.isalnum()]
    if len(signs) > 2 and signs[-1] == "s" and short[-1] == "s":
        signs.pop()
    at = len(text)
    lower = text.lower()
    if len(lower) != len(text) or not signs:
        return ""
    last_word = text.rfind(" ") + 1
    for number, sign in enumerate(reversed(signs), start=1):
        at = lower.rfind(sign, 0, at)
        first = number == len(signs)
        while first and at > 0 and lower[at - 1].isalnum():
            at = lower.rfind(sign, 0, at)
        # The last word has its part in the short form: "full-length cBIN1 (FL)" is none.
        if at < 0 or (number == 1 and at < last_word):
            return ""
    while at > 0 and not text[at - 1].isspace() and text[at - 1] not in "([":
        at -= 1  # α-amino-… begins with its Greek letter
    long = text[at:].lstrip(_EDGES)
    return long if _may_be_long(short, signs, long) else ""


def _may_be_long(short: str, signs: list[str], long: str) -> bool:
    """Whether this may be the long form of such letters, by its words and signs."""
    words = re.findall(r"\w+", long)
    few = min(len(signs) + 5, 2 * len(signs))
    return (
        len(long) > len(short)
        and len(words) <= few
        and short.lower() not in (form for word in words for form in _forms(word))
        and words[0].lower() not in _FUNCTION_WORDS
        and _is_balanced(long)
        and not _ADDRESS.search(long)
        and not _CAPTION.search(long)
        and any(len(word) > 1 and word.isalpha() for word in words)
    )


def _forms(word: str) -> tuple[str, str]:
    """A word in small letters, and without the s of a plural."""
    return word.lower(), word.lower().removesuffix("s")


def _is_balanced(text: str) -> bool:
    """Whether each bracket that opens closes again."""
    return all(text.count(one) == text.count(other) for one, other in ("()", "[]", "{}"))


def _is_proved(short: str, long: str) -> bool:
    """Whether the initials of the words are the short form, with or without those of "of" …"""
    signs = [c for c in short.removesuffix("s").lower() if c.isalnum()]
    words = re.findall(r"[^\W_]+", long.lower())
    telling = [word for word in words if word not in _FUNCTION_WORDS]
    initials = [[word[0] for word in some] for some in (words, telling)]
    return len(words) > 1 and signs in initials and _may_be_long(short, signs, long)


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
