"""Runs of text: a leaf of the document, cut where its marks begin and end."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import Any

from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor

from reader.model.document import Document, Mark
from reader.model.span import Span
from reader.ui.typeset.offsets import OffsetMap
from reader.ui.widgets.theme import SANS, Theme

_SHORT_FORM = re.compile(r"\b[A-Z]{3,}\b")
_LINE_SEPARATOR = "\u2028"


class Runs:
    """Inserts leaves of a document's text at a cursor, and notes where each went."""

    def __init__(
        self, document: Document, offsets: OffsetMap, theme: Theme, capitals: bool = False
    ) -> None:
        """`capitals`: short forms are not set in small capitals."""
        self._capitals = capitals
        self._document = document
        self._offsets = offsets
        self._theme = theme
        self._mark_starts = [mark.span.start for mark in document.marks]
        self._longest_mark = max((len(mark.span) for mark in document.marks), default=0)
        self._formats_by_kinds: dict[Any, QTextCharFormat] = {}

    def insert(
        self, cursor: QTextCursor, span: Span, base: QTextCharFormat, plain: bool = False
    ) -> None:
        """Inserts the text of a span in the format `base`, varied by its marks.

        A `plain` text keeps its short forms as capitals.
        """
        text = span.cut(self._document.text)
        self._offsets.add(span.start, text, cursor.position())
        marks = self._marks_in(span)
        short_forms = () if plain else tuple(_SHORT_FORM.finditer(text))
        if short_forms and _shouted(text):
            short_forms = ()
        shown = text.replace("\n", _LINE_SEPARATOR)
        if not marks and not short_forms:
            cursor.insertText(shown, base)
            return
        edges = {0, len(text)}
        for mark in marks:
            edges.add(max(0, mark.span.start - span.start))
            edges.add(min(len(text), mark.span.end - span.start))
        for found in short_forms:
            edges.update(found.span())
        gaps = self._glued(text, marks, span.start)
        for gap in gaps:
            edges.update((gap, gap + 1))
        small = {m.start() for m in short_forms}
        ends = {m.start(): m.end() for m in short_forms}
        in_small_until = -1
        for start, end in pairwise(sorted(edges)):
            if start in small:
                in_small_until = ends[start]
            kinds = frozenset(
                m.kind
                for m in marks
                if m.span.start - span.start <= start and end <= m.span.end - span.start
            )
            key = (kinds, end <= in_small_until, start in gaps, self._before_word(text, end, kinds))
            cursor.insertText(shown[start:end], self._run_format(base, key))

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
    def _glued(text: str, marks: list[Mark], start: int) -> set[int]:
        """Spaces before a reference mark that is glued to the next word ("health 1conditions")."""
        found = set()
        for mark in marks:
            first, last = mark.span.start - start, mark.span.end - start
            if (
                mark.kind == "reference_mark"
                and first > 0
                and last < len(text)
                and text[first - 1] == " "
                and text[last].isalpha()
            ):
                found.add(first - 1)
        return found

    @staticmethod
    def _before_word(text: str, end: int, kinds: frozenset[str]) -> bool:
        return "reference_mark" in kinds and end < len(text) and text[end].isalpha()

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
            font.setItalic(not font.italic())
        if "code" in kinds:
            font.setFamilies(["monospace"])
            font.setStyleHint(QFont.StyleHint.Monospace)
            font.setPixelSize(max(1, round(size * 0.84)))
        if (small or "small_caps" in kinds) and not self._capitals:
            font.setFeature(QFont.Tag("c2sc"), 1)
            font.setFeature(QFont.Tag("smcp"), 1)
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 104)
        if "reference_mark" in kinds:
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
        if kinds & {"sup", "reference_mark"}:
            made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        if kinds & {"link", "reference_mark"}:
            made.setForeground(QColor(theme.accent))
        elif "strike" in kinds:
            made.setForeground(QColor(theme.ink3))
        # Kept beside the base, whose id stays its own as long as it lives.
        self._formats_by_kinds[(id(base), key)] = made
        self._formats_by_kinds[("base", id(base))] = base
        return made


def _shouted(text: str) -> bool:
    """Whether most letters are capitals, so that short forms cannot be told from words."""
    capitals = sum(c.isupper() for c in text[:400])
    letters = sum(c.isalpha() for c in text[:400])
    return capitals * 2 > letters
