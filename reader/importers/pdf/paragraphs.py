"""Paragraphs of a PDF: lines that belong together, also over columns and pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise

from reader.importers.pdf.hyphens import breaks_number
from reader.importers.pdf.leading import leading_of, main_size, usual_leading
from reader.importers.pdf.lines import Line, frame
from reader.importers.pdf.tables import table_rows

BULLET = re.compile(r"[•◦▪▫‣⁃·●○■□❖➢✓✔✗✘►▶▸➤–—*-]\s+(?=\S)|[•◦▪‣●■❖➢]")
LABEL = re.compile(r"\[\d{1,3}\]|\d{1,3}[.)](?!\d)|\([a-z\d]{1,2}\)|[a-z]\)")
_LETTER = re.compile(r"([a-z]|[ivx]{2,4})\.\s(?=\S)")
_ROMANS = "i ii iii iv v vi vii viii ix x xi xii".split()
_ENDED = re.compile(r"[.!?:;…。！？]['\"”’»)\]\d,*†‡§]*$")
_LETTERED = re.compile(r"(?:[A-Z]|[IVX]{1,5})\. [A-Z]")
# What follows a title that is set as large: "Abstract", "1 Introduction".
_FIRST_SECTION = re.compile(
    r"(?:abstract|contents|introduction)\W*$"
    r"|(?:1|I)[.)]?\s+(?:introduction|background|purpose|scope|aims?|objectives?|summary|overview)\b",
    re.I,
)
_DIGITS = re.compile(r"\d+")
_SHORT_FORM = re.compile(
    r"\b(?:eqs?|figs?|refs?|no|nos|tab|vs|al|e\.g|i\.e|cf|approx|ca|dr|prof)\.$", re.I
)
_INDENT_EM = 0.7
_HANGING_EM = 0.4
_LARGEST_INDENT_EM = 8.0
_FARTHEST_JOIN = 8
# What a printed contents list has between a title and its page.
_LEADERS = re.compile(r"(?:\.\s?){5,}\s*(?:\d{1,4}|[ivxlc]{1,6})$")
_LARGER_THAN_BODY = 1.15
_CLOSEST_STEP = 1.5
_WHOLE_EM = 0.6
_FEW_WORDS = 6
_HALF = 0.5
_ROOM_EM = 2.0
_FAR_EM = 6.0
_FEWEST_SET = 4


@dataclass
class Paragraph:
    """Lines in reading order that are one paragraph, heading, item, entry or table.

    `edges` are those of the last line's column, left and right; `justified` tells whether the lines
    of that column end at its right edge. `set_off`: something stands above it in its column.
    `numbering`: so many lines at its beginning are the number of a heading, and say nothing of its
    type.
    """

    lines: list[Line]
    first_indent: bool = False
    tabular: bool = False
    edges: tuple[float, float] = (0.0, 0.0)
    justified: bool = False
    set_off: bool = False
    numbering: int = 0

    @property
    def page(self) -> int:
        """The page it begins on, counted from 1."""
        return self.lines[0].page

    @cached_property
    def size(self) -> float:
        """The size of most of its characters."""
        return main_size(self.lines[self.numbering :])

    @property
    def bold(self) -> bool:
        """Whether nearly all of it is bold."""
        return all(line.bold for line in self.lines[self.numbering :])

    @property
    def italic(self) -> bool:
        """Whether nearly all of it is italic."""
        return all(line.italic for line in self.lines[self.numbering :])

    @property
    def text(self) -> str:
        """Its lines with spaces between them, hyphens not mended."""
        return " ".join(line.text for line in self.lines)


def paragraphs_of(pages: Sequence[list[Line]]) -> list[Paragraph]:
    """The paragraphs of all pages, in reading order."""
    body = main_size(line for lines in pages for line in lines)
    usual = usual_leading(pages, body)
    found: list[Paragraph] = []
    for lines in pages:
        for _, block in groupby(lines, key=lambda line: line.block):
            parts = _divided(list(block), body, usual)
            if found and _goes_on_below(found[-1], parts[0], body):
                found[-1].lines += parts.pop(0).lines
            # Captions may stand above the text, in smaller type.
            first = next((i for i, p in enumerate(parts) if p.size >= 0.98 * body), 0)
            if parts and (earlier := _unfinished(found, parts[first], body)) is not None:
                later = parts.pop(first)
                earlier.lines += later.lines
                earlier.edges, earlier.justified = later.edges, later.justified
            found += parts
    return found


def ended(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return bool(_ENDED.search(text))


def _goes_on_below(earlier: Paragraph, first: Paragraph, body: float) -> bool:
    """Whether the last line of a title is short, and so was taken for part of a column."""
    above, below = earlier.lines[-1], first.lines[0]
    step = below.baseline - above.baseline
    return (
        above.page == below.page
        and above.words[0].turned == below.words[0].turned
        and above.size == below.size > _LARGER_THAN_BODY * body
        and above.bold == below.bold
        and 0 < step < _CLOSEST_STEP * below.size
        and (below.frame[0] < above.frame[2] and above.frame[0] < below.frame[2])
        and not (earlier.tabular or first.tabular)
    )


def _unfinished(found: list[Paragraph], first: Paragraph, body: float) -> Paragraph | None:
    """The paragraph that goes on in `first`, the top of a column; notes may lie between."""
    if first.first_indent or first.tabular or not _continues(first):
        return None
    for earlier in reversed(found[-_FARTHEST_JOIN:]):
        if earlier.tabular:
            continue
        if abs(earlier.size - first.size) > 0.05 * body:
            # Notes and captions stand at the foot of the column, in smaller type.
            if earlier.size > body or first.size < 0.98 * body:
                return None
            continue
        last = earlier.lines[-1]
        same_kind = earlier.bold == first.bold and last.words[0].turned == (
            first.lines[0].words[0].turned
        )
        if not same_kind:
            return None
        left, right = earlier.edges
        full = last.frame[2] > right - 0.15 * (right - left)
        # A last line that is as long as the column is hardly ever the last of its paragraph.
        whole = last.frame[2] > right - _WHOLE_EM * last.size
        lower = first.lines[0].text[0].islower()
        if ended(last.text):
            return earlier if whole and earlier.justified and not first.set_off else None
        if len(earlier.lines) < 2:
            return earlier if (whole and earlier.justified) or (full and lower) else None
        return earlier if full or lower or last.words[-1].broken else None
    return None


def _continues(first: Paragraph) -> bool:
    text = first.lines[0].text
    return not (BULLET.match(text) or LABEL.match(text))


def _divided(lines: list[Line], body: float, usual: float) -> list[Paragraph]:
    """The paragraphs of one column, in a document whose text has the size `body`.

    `usual` is the leading of that text.
    """
    lefts = Counter(round(line.frame[0] / 2) for line in lines)
    most = lefts.most_common(1)[0]
    # Where first lines are set out as often as in, the left edge counts.
    base = 2.0 * (most[0] if most[1] > 1 else min(lefts))
    right = sorted(line.frame[2] for line in lines)[-max(1, len(lines) // 20)]
    left = min(line.frame[0] for line in lines)
    at_edge = sum(line.frame[2] > right - _WHOLE_EM * line.size for line in lines)
    justified = len(lines) >= _FEWEST_SET and at_edge > 0.6 * len(lines)
    leading = leading_of(lines, body, usual)
    rows = table_rows(lines)
    indented = lines[0].frame[0] > base + _INDENT_EM * lines[0].size
    found = [Paragraph([lines[0]], indented, 0 in rows)]
    for i, (above, line) in enumerate(pairwise(lines), 1):
        paragraph = found[-1]
        if i in rows or i - 1 in rows:
            if i in rows and i - 1 in rows:
                paragraph.lines.append(line)
            else:
                found.append(Paragraph([line], tabular=i in rows))
        elif _begins(paragraph, above, line, (left, base, right), leading, body):
            indented = line.frame[0] > base + _INDENT_EM * line.size
            found.append(Paragraph([line], indented))
        else:
            paragraph.lines.append(line)
    for i, paragraph in enumerate(found):
        paragraph.edges, paragraph.justified, paragraph.set_off = (left, right), justified, i > 0
    return found


def _begins(
    paragraph: Paragraph,
    above: Line,
    line: Line,
    edges: tuple[float, float, float],
    leading: float,
    body: float,
) -> bool:
    """Whether `line` begins a new paragraph below `above`."""
    left, base, right = edges
    step = line.baseline - above.baseline
    larger = max(line.size, above.size)
    if abs(line.size - above.size) > 0.08 * larger or line.bold != above.bold:
        return True
    if not 0 <= step <= min(max(1.32 * leading, 1.05), 2.2) * larger:
        return True
    if _begins_heading(line) and not above.italic:
        return True
    if line.size > _LARGER_THAN_BODY * body and _FIRST_SECTION.match(line.text):
        return True
    if above.italic and not line.italic and _begins_heading(paragraph.lines[0]):
        return True
    if breaks_number(above.text, line.text):
        return False
    if _LEADERS.search(above.text):
        return True
    width = right - left
    short = above.frame[2] < right - max(0.12 * width, 2 * line.size)
    over = ended(above.text) and not _SHORT_FORM.search(above.text)
    if above.text.endswith(":") and line.size > _LARGER_THAN_BODY * body:
        # Titles have their second half on a line of its own.
        over = False
    if _labelled(paragraph, line, over):
        return True
    offset = line.frame[0] - base
    first = paragraph.lines[0]
    if BULLET.match(first.text) or LABEL.match(first.text):
        inward = [
            (other.frame[0] - first.frame[0]) / line.size for other in (line, *paragraph.lines[1:2])
        ]
        if inward[0] > _HANGING_EM:
            return False
        # What stands left of the lines of an item is none of them.
        if inward[0] < -_HANGING_EM or inward[-1] > _HANGING_EM:
            return True
    if offset < -_INDENT_EM * line.size and above.frame[0] >= base - 2:
        # A sentence may go on below a box that stands beside its beginning.
        return over or short or not line.text[0].islower()
    if _ends_item(above, line, right) and line.size <= _LARGER_THAN_BODY * body:
        return True
    deeper = line.frame[0] - above.frame[0] > _INDENT_EM * line.size
    if deeper and _INDENT_EM * line.size < offset < _LARGEST_INDENT_EM * line.size:
        return over or short
    starts = line.text[0].isupper() or line.text[0].isdigit()
    anew = line.text[0].isupper() or LABEL.match(line.text) is not None
    if anew and line.size <= _LARGER_THAN_BODY * body and _ends_by_hand(above, line, edges):
        return True
    return over and starts and above.frame[2] < right - 0.2 * width


def _ends_by_hand(above: Line, line: Line, edges: tuple[float, float, float]) -> bool:
    """Whether a line of few words ends though the next word had more than room on it."""
    left, base, right = edges
    first, *_ = line.words
    room = right - above.frame[2] - (frame(first)[2] - frame(first)[0])
    return (
        len(above.words) <= _FEW_WORDS
        and not above.words[-1].broken
        and above.frame[2] < left + _HALF * (right - left)
        and abs(above.frame[0] - base) < _HANGING_EM * above.size
        and abs(line.frame[0] - base) < _HANGING_EM * line.size
        and room > _ROOM_EM * line.size
    )


def _ends_item(above: Line, line: Line, right: float) -> bool:
    """Whether a line that is set further in ends early, and the next stands further out.

    So do descriptions of terms; lines of a title are set round one middle.
    """
    first = frame(line.words[0])
    room = right - above.frame[2] - (first[2] - first[0])
    middles = [(one.frame[0] + one.frame[2]) / 2 for one in (above, line)]
    return (
        above.frame[0] - line.frame[0] > _INDENT_EM * line.size
        and abs(middles[0] - middles[1]) > line.size
        and room > _FAR_EM * line.size
        and not above.words[-1].broken
        and (line.text[0].isupper() or line.text[0].isdigit())
    )


def _begins_heading(line: Line) -> bool:
    """Whether a line in italics begins as a heading that counts by letters: "A. Patients"."""
    return line.italic and bool(_LETTERED.match(line.text))


def _labelled(paragraph: Paragraph, line: Line, over: bool) -> bool:
    """Whether a line begins with a bullet, or with the number after that of its predecessor."""
    if BULLET.match(line.text):
        return line.text[0] not in "-–—*" or bool(BULLET.match(paragraph.lines[0].text)) or over
    label = LABEL.match(line.text)
    if label is None:
        return _lettered(paragraph.lines[0], line)
    before = LABEL.match(paragraph.lines[0].text)
    number = _DIGITS.search(label[0])
    if number is None:
        return over or before is not None
    if before is None:
        return (over or BULLET.match(paragraph.lines[0].text) is not None) and number[0] == "1"
    last = _DIGITS.search(before[0])
    return last is not None and int(number[0]) == int(last[0]) + 1


def _lettered(first: Line, line: Line) -> bool:
    """Whether a line begins an item "a." or "i." further in than its list, or the one after it."""
    letter = _LETTER.match(line.text)
    if letter is None:
        return False
    before = _LETTER.match(first.text)
    if before is not None and abs(line.frame[0] - first.frame[0]) < line.size:
        romans = before[1] in _ROMANS[:-1] and letter[1] in _ROMANS
        after = romans and _ROMANS.index(letter[1]) == _ROMANS.index(before[1]) + 1
        return after or (len(letter[1]) == 1 and ord(letter[1]) == ord(before[1][0]) + 1)
    listed = BULLET.match(first.text) or LABEL.match(first.text)
    inward = line.frame[0] - first.frame[0] > _INDENT_EM * line.size
    return bool(listed and inward and letter[1] in ("a", "i"))
