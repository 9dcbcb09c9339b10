"""Runs of text: a leaf of the document, cut where its marks begin and end."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import Any, Literal

from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor

from reader.model.document import Document, Mark
from reader.model.span import Span
from reader.ui.typeset.citation_marks import is_raised, is_short
from reader.ui.typeset.formats import Formats
from reader.ui.typeset.line_breaks import (
    NO_BREAK_SPACE,
    LineBreaks,
    held_title,
    held_together,
    title_joints,
)
from reader.ui.typeset.offsets import OffsetMap
from reader.ui.widgets.theme import SANS

Setting = Literal["running", "cell", "title", "code"]

# Whole with what is joined to it: "MDR-TB", "COVID-19"; one part at least has three capitals.
_SHORT_FORM = re.compile(r"(?<!\w)(?=[A-Z0-9‑-]*[A-Z]{3})[A-Z]+(?:[-‑][A-Z0-9]+)*(?!\w)")
_THREE_CAPITALS = re.compile(r"[A-Z]{3}")
_LINE_SEPARATOR = "\u2028"


class Runs:
    """Inserts leaves of a document's text at a cursor, and notes where each went."""

    def __init__(
        self,
        document: Document,
        offsets: OffsetMap,
        formats: Formats,
        breaks: LineBreaks,
        *,
        has_italics: bool,
    ) -> None:
        self._for_paper = formats.for_paper
        self._capitals = formats.for_paper or not formats.style.has_small_capitals
        self._breaks = breaks
        self._has_italics = has_italics
        self._document = document
        self._offsets = offsets
        self._theme = formats.theme
        self._mark_starts = [mark.span.start for mark in document.marks]
        self._longest_mark = max((len(mark.span) for mark in document.marks), default=0)
        self._formats_by_kinds: dict[Any, QTextCharFormat] = {}

    def insert(
        self, cursor: QTextCursor, span: Span, base: QTextCharFormat, setting: Setting = "running"
    ) -> None:
        """Inserts the text of a span in the format `base`, varied by its marks.

        A title and code keep their short forms as capitals; only running text is divided, and in
        cells and code nothing is held together.
        """
        plain = setting in ("title", "code")
        text = span.cut(self._document.text)
        marks = self._marks_in(span)
        short = [mark for mark in marks if self._is_short(mark)]
        raised = {mark for mark in short if is_raised(self._document.text, mark)}
        signs = self._signs(text, short, span.start, setting)
        places = sorted(signs)
        self._offsets.add(span.start, text, cursor.position(), places)
        short_forms = [] if plain else _short_forms(text)
        if short_forms and _shouted(text):
            short_forms = []
        shown = self._shown(text, short, span.start, setting)
        if not marks and not short_forms:
            cursor.insertText(_with_signs(shown, 0, len(shown), signs, places), base)
            return
        edges = {0, len(text)}
        within = [
            (
                max(0, mark.span.start - span.start),
                min(len(text), mark.span.end - span.start),
                "raised" if mark in raised else mark.kind,
            )
            for mark in marks
        ]
        for first, last, _ in within:
            edges.update((first, last))
        for found in short_forms:
            edges.update(found.span())
        gaps = self._glued(text, raised, span.start)
        for gap in gaps:
            edges.update((gap, gap + 1))
        small = {m.start() for m in short_forms}
        ends = {m.start(): m.end() for m in short_forms}
        in_small_until = -1
        for start, end in pairwise(sorted(edges)):
            if start in small:
                in_small_until = ends[start]
            kinds = frozenset(
                [kind for first, last, kind in within if first <= start and end <= last]
            )
            key = (kinds, end <= in_small_until, start in gaps, self._before_word(text, end, kinds))
            piece = _with_signs(shown, start, end, signs, places)
            cursor.insertText(piece, self._run_format(base, key))

    def _is_short(self, mark: Mark) -> bool:
        return mark.kind == "reference_mark" and is_short(self._document.text, mark)

    def _shown(self, text: str, short: list[Mark], start: int, setting: Setting) -> str:
        """The text as Qt is to have it, a character for a character."""
        shown = text.replace("\n", _LINE_SEPARATOR)
        if setting == "running":
            shown = held_together(shown)
            for mark in short:
                place = mark.span.start - start
                # A mark stands with the word before it, and its own parts stand together.
                first, last = max(0, place - 1), mark.span.end - start
                held = shown[first:last].replace(" ", NO_BREAK_SPACE)
                shown = shown[:first] + held + shown[last:]
        elif setting == "title":
            shown = held_title(shown)
        return shown

    def _signs(self, text: str, short: list[Mark], start: int, setting: Setting) -> dict[int, str]:
        if self._for_paper or setting == "code":
            # On paper Qt writes them as signs without letters.
            return {}
        joints = [mark.span.start - start for mark in short]
        joints = [i for i in joints if 0 < i < len(text) and not text[i - 1].isspace()]
        if setting == "title":
            joints += title_joints(text)
        return self._breaks.signs(text, joints, divided=setting == "running")

    def _marks_in(self, span: Span) -> list[Mark]:
        marks = self._document.marks
        found: list[Mark] = []
        i = bisect_left(self._mark_starts, span.start - self._longest_mark)
        while i < len(marks) and marks[i].span.start < span.end:
            if marks[i].span.overlaps(span):
                found.append(marks[i])
            i += 1
        return found

    @staticmethod
    def _glued(text: str, raised: set[Mark], start: int) -> set[int]:
        """Spaces before a reference mark that is glued to the next word ("health 1conditions")."""
        found = set()
        for mark in raised:
            first, last = mark.span.start - start, mark.span.end - start
            if first > 0 and last < len(text) and text[first - 1] == " " and text[last].isalpha():
                found.add(first - 1)
        return found

    @staticmethod
    def _before_word(text: str, end: int, kinds: frozenset[str]) -> bool:
        return "raised" in kinds and end < len(text) and text[end].isalpha()

    def _run_format(
        self, base: QTextCharFormat, key: tuple[frozenset[str], bool, bool, bool]
    ) -> QTextCharFormat:
        known = self._formats_by_kinds.get((id(base), key))
        if known is not None:
            return known
        kinds, small, gap, before_word = key
        theme = self._theme
        made = QTextCharFormat(base)
        font = made.font()
        size = font.pixelSize()
        if "strong" in kinds:
            font.setWeight(QFont.Weight.DemiBold)
        if "emphasis" in kinds:
            if self._has_italics:
                font.setItalic(not font.italic())
            else:
                font.setWeight(QFont.Weight.DemiBold)
        if "code" in kinds:
            font.setFamilies(["monospace"])
            font.setStyleHint(QFont.StyleHint.Monospace)
            font.setPixelSize(max(1, round(size * 0.84)))
        if (small or "small_caps" in kinds) and not self._capitals:
            font.setFeature(QFont.Tag("c2sc"), 1)
            font.setFeature(QFont.Tag("smcp"), 1)
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 104)
        if "raised" in kinds:
            font.setFamilies([SANS])
            font.setWeight(QFont.Weight.DemiBold)
            if before_word:
                font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, size * 0.25)
        font.setStrikeOut("strike" in kinds)
        font.setUnderline(bool(kinds & {"insert", "link"}))
        if gap:
            font.setPixelSize(1)
        made.setFont(font)
        if kinds & {"sub"}:
            made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSubScript)
        if kinds & {"sup", "raised"}:
            made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        if kinds & {"link", "reference_mark", "raised"}:
            made.setForeground(QColor(theme.accent))
        elif "strike" in kinds:
            made.setForeground(QColor(theme.ink3))
        # Kept beside the base, whose id stays its own as long as it lives.
        self._formats_by_kinds[(id(base), key)] = made
        self._formats_by_kinds[("base", id(base))] = base
        return made


def _with_signs(shown: str, start: int, end: int, signs: dict[int, str], places: list[int]) -> str:
    """A piece of the text with the signs before its characters; one at its start belongs to it.

    `places` are those of all signs, in order.
    """
    inside = places[bisect_left(places, start) : bisect_left(places, end)]
    if not inside:
        return shown[start:end]
    made, at = [], start
    for place in inside:
        made += [shown[at:place], signs[place]]
        at = place
    return "".join((*made, shown[at:end]))


def _short_forms(text: str) -> list[re.Match[str]]:
    return [found for found in _SHORT_FORM.finditer(text) if _THREE_CAPITALS.search(found[0])]


def _shouted(text: str) -> bool:
    """Whether most letters are capitals, so that short forms cannot be told from words."""
    capitals = sum(map(str.isupper, text[:400]))
    letters = sum(map(str.isalpha, text[:400]))
    return capitals * 2 > letters
