"""The reference list of a plain text, and the marks in the text that point into it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from reader.importers.prose.lines import BULLET

LARGEST_GLUED_SHARE = 0.4
_ARROWS = re.compile(r"\s*[↩↑⤴⏎^]\ufe0e?\s*$|^\s*[\^↑]\s+")
_LABEL = re.compile(r"^\s*(?:\[(\d{1,3})\]|(\d{1,3})[.)])\s+")
_YEAR = re.compile(r"[(\s.,;](?:19|20)\d{2}[a-z]?\b")
_VOLUME = re.compile(
    r"\b\d{1,4}\s?(?:\([\w\s–-]{1,12}\))?\s?[:,]\s?(?:pp?\.? ?)?e?\d{1,7}|\b\d+\.\d+ \(\d{4}\)"
)
_AUTHORS = re.compile(
    r"\bet al\b|^[\W\d]*[A-Z][\w’'-]+,? (?:[A-Z]\.? ?){1,3}[,.;& ]|^[\W\d]*[A-Z][\w’'-]+, [A-Z]\w+"
)
_PLACE = re.compile(
    r"\bdoi\b|https?://|\bPMID\b|\bISBN\b|\bpp?\. ?\d|\bvol\b|\bJ(?:ournal)?\b", re.I
)
_BRACKETED = re.compile(r"\[(\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*)\]")
_RAISED = re.compile(r"[⁰¹²³⁴-⁹]+(?:[,⁻–-][⁰¹²³⁴-⁹]+)*")
_DIGITS = r"\d{1,3}(?:[,–-]\d{1,3})*"
_GLUED_BEFORE = re.compile(rf"(?<=[\s(“\"])({_DIGITS})(?=[a-z]{{3}})")
_GLUED_AFTER = re.compile(rf"(?<=[a-z]{{3}})({_DIGITS})(?=[\s,.;:)\]”\"]|$)")
_GLUED_AFTER_POINT = re.compile(rf"(?<=[a-z]{{3}}[.,;])({_DIGITS})(?=\s|$)")
_UNITS = re.compile(
    r"\d(?:st|nd|rd|th|mg|kg|ml|mm|cm|km|hz|khz|mcg|mmol|mmhg|min|hrs?|bpm)\b", re.I
)
_FIGURE_WORD = re.compile(
    r"\b(?:table|figure|fig|phase|type|grade|stage|level|step|day|week)\d*$", re.I
)
_RAISED_VALUE = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


@dataclass(frozen=True, slots=True)
class Printed:
    """A reference as it is printed: label, and text without label and return arrow."""

    label: str
    text: str


def looks_cited(text: str) -> bool:
    """Whether a line reads like an entry of a reference list."""
    if len(text) < 25 or len(text) > 1200:
        return False
    signs = (_YEAR, _VOLUME, _AUTHORS, _PLACE)
    return sum(bool(sign.search(text)) for sign in signs) >= 2


def printed(text: str, position: int) -> Printed:
    """The entry that a line is; one without a label has its place in the list, from 1, as label."""
    bare = _ARROWS.sub("", _ARROWS.sub("", text))
    label = _LABEL.match(bare)
    if label:
        return Printed(label[1] or label[2], bare[label.end() :])
    bullet = BULLET.match(bare)
    return Printed(str(position), bare[bullet.end() :] if bullet else bare)


@dataclass(frozen=True, slots=True)
class ReferenceMark:
    """A mark in a paragraph: `start` and `end` of its digits there, and the labels it names."""

    start: int
    end: int
    labels: tuple[str, ...]


def find_marks(paragraphs: list[str], labels: list[str]) -> list[list[ReferenceMark]]:
    """The reference marks of each paragraph, given the labels of the list.

    Digits glued to words count only when they are numbered as marks are: first mentions that rise
    from 3 or less, and that cover at least 40 % of the list.
    """
    known = set(labels)
    sure = [_bracketed(text, known) for text in paragraphs]
    if any(sure):
        return sure
    raised = [_raised(text, known) for text in paragraphs]
    if any(raised):
        return raised
    glued = [_glued(text, known) for text in paragraphs]
    common = Counter(
        _pair(text, mark) for text, found in zip(paragraphs, glued, strict=True) for mark in found
    )
    glued = [
        [mark for mark in found if common[_pair(text, mark)] <= 2]
        for text, found in zip(paragraphs, glued, strict=True)
    ]
    return glued if _numbered_like_marks(glued, len(labels)) else [[] for _ in paragraphs]


def _bracketed(text: str, known: set[str]) -> list[ReferenceMark]:
    found = []
    for match in _BRACKETED.finditer(text):
        labels = labels_named(match[1])
        if labels and known.issuperset(labels):
            found.append(ReferenceMark(match.start(), match.end(), labels))
    return found


def _raised(text: str, known: set[str]) -> list[ReferenceMark]:
    found = []
    for match in _RAISED.finditer(text):
        before = text[: match.start()]
        labels = labels_named(match[0].translate(_RAISED_VALUE))
        power = re.search(r"(?:\b[munkc]?m|\d|\b10|\bs|kg|[A-Z])$", before)
        if labels and known.issuperset(labels) and not power:
            found.append(ReferenceMark(match.start(), match.end(), labels))
    return found


def _glued(text: str, known: set[str]) -> list[ReferenceMark]:
    found = []
    for pattern in (_GLUED_BEFORE, _GLUED_AFTER, _GLUED_AFTER_POINT):
        for match in pattern.finditer(text):
            labels = labels_named(match[1])
            around = text[max(0, match.start() - 24) : match.end() + 8]
            if not labels or not known.issuperset(labels) or _UNITS.search(around):
                continue
            word = re.search(r"[^\s(“\"]*$", text[: match.start()])
            inner = word[0] if word else ""
            if any(c.isupper() for c in inner[1:]) or any(c.isdigit() for c in inner):
                continue
            if _FIGURE_WORD.search(text[: match.start()]):
                continue
            found.append(ReferenceMark(match.start(1), match.end(1), labels))
    return sorted(found, key=lambda mark: mark.start)


def _pair(text: str, mark: ReferenceMark) -> str:
    """A mark with the word it is glued to: a name such as Foxp3 recurs, a mark hardly does."""
    before = re.search(r"[^\W\d_]*[.,;]?$", text[: mark.start])
    after = re.match(r"[^\W\d_]*", text[mark.end :])
    return f"{before[0] if before else ''}{text[mark.start : mark.end]}{after[0] if after else ''}"


def _numbered_like_marks(glued: list[list[ReferenceMark]], count: int) -> bool:
    firsts: list[int] = []
    for found in glued:
        for mark in found:
            firsts += [int(x) for x in mark.labels if x.isdigit() and int(x) not in firsts]
    if not firsts or firsts[0] > 3:
        return False
    rising = sum(b > a for a, b in pairwise(firsts))
    orderly = len(firsts) < 2 or rising >= 0.8 * (len(firsts) - 1)
    return orderly and len(firsts) >= LARGEST_GLUED_SHARE * count


def labels_named(text: str) -> tuple[str, ...]:
    """The labels that "1,3–5" names; () when a range is none."""
    labels: list[str] = []
    for part in re.split(r"\s?[,;]\s?", text):
        ends = [int(x) for x in re.split(r"\s?[–-]\s?", part) if x.isdigit()]
        if not ends or len(ends) > 2 or ends[-1] < ends[0] or ends[-1] - ends[0] > 40:
            return ()
        labels += [str(x) for x in range(ends[0], ends[-1] + 1)]
    return tuple(labels)
