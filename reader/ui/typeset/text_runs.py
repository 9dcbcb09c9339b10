"""Runs of text: a leaf of the document, cut where its marks begin and end."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import Any, Literal, NamedTuple

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
_NO_KINDS: frozenset[str] = frozenset()
_LINE_SEPARATOR = "\u2028"


class Leaf(NamedTuple):
    """A piece of the text, and what of its look is the same in every theme, size and width.

    `short` are the marks of one word or number, `raised` those that are set as such; `forms` are
    the short forms set in small capitals, `gaps` the spaces that raised marks are glued to, as
    places of `text`. `shown` is the text as Qt is to have it, a character for a character.
    """

    text: str
    marks: list[Mark]
    short: list[Mark]
    raised: set[Mark]
    forms: list[tuple[int, int]]
    gaps: set[int]
    shown: str


class Leaves:
    """The leaves of a document, each judged once: it is set anew for each theme and size."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._mark_starts = [mark.span.start for mark in document.marks]
        self._longest_mark = max((len(mark.span) for mark in document.marks), default=0)
        self._made: dict[tuple[Span, Setting], Leaf] = {}

    def of(self, span: Span, setting: Setting) -> Leaf:
        """What stands at a span, in a title, in code, in a cell or in running text."""
        known = self._made.get((span, setting))
        if known is None:
            known = self._made[span, setting] = self._judged(span, setting)
        return known

    def _judged(self, span: Span, setting: Setting) -> Leaf:
        text, marks = span.cut(self._document.text), self._marks_in(span)
        short = [mark for mark in marks if self._is_short(mark)]
        raised = {mark for mark in short if is_raised(self._document.text, mark)}
        found = [] if setting in ("title", "code") else _short_forms(text)
        forms = [] if found and _shouted(text) else [one.span() for one in found]
        shown = self._shown(text, short, span.start, setting)
        return Leaf(text, marks, short, raised, forms, _glued(text, raised, span.start), shown)

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

    def _marks_in(self, span: Span) -> list[Mark]:
        marks = self._document.marks
        found: list[Mark] = []
        i = bisect_left(self._mark_starts, span.start - self._longest_mark)
        while i < len(marks) and marks[i].span.start < span.end:
            if marks[i].span.overlaps(span):
                found.append(marks[i])
            i += 1
        return found


class Runs:
    """Inserts leaves of a document's text at a cursor, and notes where each went."""

    def __init__(
        self,
        leaves: Leaves,
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
        self._leaves = leaves
        self._offsets = offsets
        self._theme = formats.theme
        self._formats_by_kinds: dict[Any, QTextCharFormat] = {}

    def insert(
        self, cursor: QTextCursor, span: Span, base: QTextCharFormat, setting: Setting = "running"
    ) -> None:
        """Inserts the text of a span in the format `base`, varied by its marks.

        A title and code keep their short forms as capitals; only running text is divided, and in
        cells and code nothing is held together.
        """
        leaf = self._leaves.of(span, setting)
        text, marks, raised, gaps = leaf.text, leaf.marks, leaf.raised, leaf.gaps
        signs = self._signs(text, leaf.short, span.start, setting)
        places = sorted(signs)
        self._offsets.add(span.start, text, cursor.position(), places)
        if not marks and not leaf.forms:
            cursor.insertText(_with_signs(leaf.shown, 0, len(text), signs, places), base)
            return
        if not marks:
            self._insert_forms(cursor, leaf, base, signs, places)
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
        for form in leaf.forms:
            edges.update(form)
        for gap in gaps:
            edges.update((gap, gap + 1))
        ends = dict(leaf.forms)
        in_small_until = -1
        for start, end in pairwise(sorted(edges)):
            in_small_until = ends.get(start, in_small_until)
            kinds = frozenset(
                [kind for first, last, kind in within if first <= start and end <= last]
            )
            key = (kinds, end <= in_small_until, start in gaps, self._before_word(text, end, kinds))
            piece = _with_signs(leaf.shown, start, end, signs, places)
            cursor.insertText(piece, self._run_format(base, key))

    def _insert_forms(
        self,
        cursor: QTextCursor,
        leaf: Leaf,
        base: QTextCharFormat,
        signs: dict[int, str],
        places: list[int],
    ) -> None:
        """Inserts a leaf without marks: of thousands of short forms none is looked at for them."""
        plain, small = (
            self._run_format(base, (_NO_KINDS, one, False, False)) for one in (False, True)
        )
        at = 0
        for start, end in leaf.forms:
            if at < start:
                cursor.insertText(_with_signs(leaf.shown, at, start, signs, places), plain)
            cursor.insertText(_with_signs(leaf.shown, start, end, signs, places), small)
            at = end
        if at < len(leaf.text):
            cursor.insertText(_with_signs(leaf.shown, at, len(leaf.text), signs, places), plain)

    def _signs(self, text: str, short: list[Mark], start: int, setting: Setting) -> dict[int, str]:
        if self._for_paper or setting == "code":
            # On paper Qt writes them as signs without letters.
            return {}
        joints = [mark.span.start - start for mark in short]
        joints = [i for i in joints if 0 < i < len(text) and not text[i - 1].isspace()]
        if setting == "title":
            joints += title_joints(text)
        return self._breaks.signs(text, joints, divided=setting == "running")

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


def _glued(text: str, raised: set[Mark], start: int) -> set[int]:
    """Spaces before a reference mark that is glued to the next word ("health 1conditions")."""
    found = set()
    for mark in raised:
        first, last = mark.span.start - start, mark.span.end - start
        if first > 0 and last < len(text) and text[first - 1] == " " and text[last].isalpha():
            found.add(first - 1)
    return found


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
