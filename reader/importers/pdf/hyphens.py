"""What parts the end of a line from the next: a space, a hyphen of the word's own, or nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from reader.importers.pdf.lines import Line
from reader.importers.pdf.word import Word
from reader.importers.pdf.word_parts import (
    CO_NAMES,
    FIRST_PARTS,
    SECOND_PARTS,
    SOLID_STEMS,
    SURE_FIRST_PARTS,
    WHOLE_WORDS,
)

_LETTERS = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_LAST_LETTERS = re.compile(r"[^\W\d_]+$")
_FIRST_LETTERS = re.compile(r"[^\W\d_]+")
_IDEOGRAPHS = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_HYPHENS = "-‐"
_SOFT = "\u00ad"
_SIGNS = frozenset("-‐‑–−")
_RANGE = re.compile(r"\d[–‐‑-]$")
_NUMBER_END = re.compile(r"\d[%°]?[)\]]?$")
_SHORTEST_PART = 3
_PARTICIPLE = re.compile(r"\w{3}(?:ed|ing)$")
_VOWELS = frozenset("aeiou")
# A number that is broken after its point, its comma, or the colon of a ratio.
_POINT = re.compile(r"(?:^|[^\d.,])0\.$")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})*,$")
_ZEROS = re.compile(r"000(?!\d)")
_RATIO = re.compile(
    r"\b(?:ratios?|dilut\w+|tit(?:re|er)s?|adrenaline|epinephrine|lidocaine|randomi[sz]\w+|a|of|by|at"
    r"|in|to|was|is|with|approximately|about)\s\(?\d+:$",
    re.I,
)


class Hyphens:
    """Tells a word that a line's end broke from one that has a hyphen of its own.

    What the document writes elsewhere decides, so all its lines are looked at first; then what
    English usually writes. In doubt between two words the hyphen stays.
    """

    def __init__(self, lines: Iterable[Line]) -> None:
        self._words: Counter[str] = Counter()
        broken = False
        for line in lines:
            # The parts of broken words must not vouch for themselves.
            whole = line.text
            if broken:
                whole = whole.partition(" ")[2]
            last = line.words[-1]
            broken = last.broken or last.text[-1] in _HYPHENS or last.text[-1] == _SOFT
            if broken:
                whole = whole[: whole.rfind(" ") + 1]
            self._words.update(_LETTERS.findall(whole.casefold().replace("‐", "-")))

    def mends(self, first: str, second: str) -> bool:
        """Whether `first`, at the end of a line, and `second` are one word without a hyphen."""
        one, two = _LAST_LETTERS.search(first), _FIRST_LETTERS.match(second)
        if one is None or two is None or not second[0].islower():
            return False
        before = first[: one.start()]
        if len(one[0]) < 2 or before[-1:].isdigit() or (one[0].isupper() and len(one[0]) > 1):
            return False
        return self._are_one(one[0].casefold(), two[0].casefold(), bool(before))

    def _are_one(self, one: str, two: str, is_compound: bool) -> bool:
        solid, apart = self._words[one + two], self._words[f"{one}-{two}"]
        if solid or apart:
            return solid >= apart
        if one == "co" and two.startswith(CO_NAMES):
            return False
        whole = one + two
        if whole in WHOLE_WORDS:
            return True
        if any(whole.startswith(stem) for stem in _STEMS.get(one, ())):
            return True
        if one in SURE_FIRST_PARTS or (one in FIRST_PARTS and self._is_word(two)):
            return False
        if one[-1] in _VOWELS and two[0] == one[-1] and (one in FIRST_PARTS or one == "re"):
            return False
        # "control" and "led" are more often one word than two.
        if two in SECOND_PARTS and not (two == "led" and one[-1] == "l"):
            return not (len(one) > _SHORTEST_PART or self._words[one])
        if _PARTICIPLE.search(two) and self._words[one] and len(one) > _SHORTEST_PART:
            return False
        if is_compound and (self._words[two] or len(one) <= _SHORTEST_PART):
            return False
        both = self._words[one] and self._words[two]
        return not (both and min(len(one), len(two)) >= _SHORTEST_PART)

    def _is_word(self, text: str) -> bool:
        return bool(self._words[text]) or text in SECOND_PARTS or text in FIRST_PARTS


_STEMS: dict[str, list[str]] = {}
for _stem in SOLID_STEMS:
    for _length in range(2, len(_stem)):
        if _stem[:_length] in FIRST_PARTS:
            _STEMS.setdefault(_stem[:_length], []).append(_stem)


def line_end(words: Sequence[Word], following: str, hyphens: Hyphens) -> tuple[str, str]:
    """The last word of a line as it is written, and what parts it from the word below."""
    word = words[-1]
    text = word.text
    bare = text.rstrip(_SOFT)
    if bare != text:
        # A soft hyphen says itself that it is none of the word's; one of its own may precede it.
        return (bare, "") if bare else (text, "")
    if word.broken:
        if text[-1] in _HYPHENS:
            return text, ""
        return (text, "") if hyphens.mends(text, following) else (text + "-", "")
    if len(text) > 1 and text[-1] in _HYPHENS and text[-2].isalnum():
        bare = text.rstrip(_HYPHENS)
        return (bare, "") if hyphens.mends(bare, following) else (text, "")
    if len(text) > 2 and text.endswith("--") and text[-3].isalnum() and following[0].isalpha():
        # The word's own hyphen, and one for the line's end.
        return text[:-1], ""
    before = words[-2].text if len(words) > 1 else ""
    if text in _SIGNS and following[0].isdigit():
        # A sign of its own number, unless it stands between two.
        return (text, " ") if _NUMBER_END.search(before) else (text, "")
    if _RANGE.search(text) and following[0].isdigit():
        return text, ""
    if len(text) > 1 and text[-1] in "/—" and text[-2].isalnum():
        # Addresses end at a "/" as often as they go on.
        goes_on = following[0].islower() or following[0].isdigit()
        return text, "" if goes_on and "//" not in text else " "
    if _IDEOGRAPHS.match(text[-1]) and _IDEOGRAPHS.match(following[0]):
        return text, ""
    return text, "" if breaks_number(f"{before} {text}", following) else " "


def breaks_number(above: str, below: str) -> bool:
    """Whether a line ends within a number that the next one goes on with."""
    if not below[:1].isdigit():
        return False
    if above.endswith("."):
        return bool(_POINT.search(above))
    if above.endswith(","):
        return bool(_THOUSANDS.search(above) and _ZEROS.match(below))
    return above.endswith(":") and bool(_RATIO.search(above))
