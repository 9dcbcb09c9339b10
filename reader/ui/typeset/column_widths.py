"""How wide the columns of a table are: no word and no number in them is broken."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from PySide6.QtGui import QFont, QFontMetricsF

from reader.model.document import Table
from reader.ui.typeset.formats import Formats

# What stands on one line: a hyphen or a stroke ends a line before a letter only, and a number
# keeps its per cent sign.
_PIECES = re.compile(r"(?:[-/](?![^\W\d_])|[^\s/-]| (?=%)|[\u00a0\u2009\u202f])+[-/]?")
_WIDEST_COLUMN = 0.6
# What is longer is an address or the like, which may be broken.
_LONGEST_PIECE = 30
_SHORT_RESULT = 18


def column_widths(table: Table, text: str, formats: Formats) -> tuple[int, ...]:
    """The widths of the columns with the space between them, in device-independent pixels.

    They fill the column of the text, or go beyond it when the words do not fit beside each other.
    """
    count = max(cell.column + cell.column_span for cell in table.cells)
    room, gap = formats.column_px, formats.cell_gap_px
    least, wanted = [0.0] * count, [0.0] * count
    fonts = {True: formats.cell_header.font(), False: formats.cell.font()}
    measures = {header: _measure(font) for header, font in fonts.items()}
    for cell in table.cells:
        if cell.column_span > 1:
            continue
        measure, words = measures[cell.header], cell.span.cut(text)
        longest = max((measure(piece) for piece in _pieces(words)), default=0.0)
        line = max((measure(line) for line in words.splitlines()), default=0.0)
        least[cell.column] = max(least[cell.column], longest)
        wanted[cell.column] = max(wanted[cell.column], min(line, room * _WIDEST_COLUMN))
    # A pixel more each: Qt measures a line as a whole, with fractions.
    least = [width + gap + 1 for width in least]
    wanted = [max(width + gap + 1, low) for width, low in zip(wanted, least, strict=True)]
    return tuple(_divided(room, least, wanted))


def _pieces(words: str) -> list[str]:
    """What is to stand on one line: words, and a short result such as "7 (5.9 %)" as a whole."""
    if len(words) <= _SHORT_RESULT and words[:1].isdigit():
        return words.splitlines()
    return [piece[:_LONGEST_PIECE] for piece in _PIECES.findall(words)]


def _measure(font: QFont) -> Callable[[str], float]:
    """Gives widths of text in a font; the same pieces come again and again in a table."""
    metrics = QFontMetricsF(font)

    # Not round the method itself: `cache` copies docstrings, and for the first one asked for Qt
    # loads the signatures of all that it has, 20 ms of a start.
    @cache
    def width(piece: str) -> float:
        return metrics.horizontalAdvance(piece)

    return width


def _divided(room: int, least: list[float], wanted: list[float]) -> list[int]:
    spare = room - sum(least)
    if spare <= 0:
        return [-int(-width // 1) for width in least]
    asked = [most - low for most, low in zip(wanted, least, strict=True)]
    if sum(asked) <= spare:
        # All have what they want: what is left goes to each by its width.
        scale = room / sum(wanted)
        return [int(width * scale) for width in wanted]
    return [int(low + spare * more / sum(asked)) for low, more in zip(least, asked, strict=True)]
