"""The size of type that a PDF's text has, and how far apart its lines are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from statistics import median

from reader.importers.pdf.lines import Line

_LOOSE = 1.15
_FEWEST_ALIKE = 0.2


def main_size(lines: Iterable[Line]) -> float:
    """The size of type that most characters have, in points; 0 when there are none."""
    counts: Counter[float] = Counter()
    for line in lines:
        counts[line.size] += len(line.text)
    return counts.most_common(1)[0][0] if counts else 0.0


def leading_of(lines: Sequence[Line], body: float, usual: float) -> float:
    """How far apart the lines of a column are, in sizes of their type."""
    steps = _steps(lines)
    own = median(steps) if len(steps) > 1 else 1.25
    if own > _LOOSE * usual and abs(main_size(lines) - body) < 0.05 * body:
        # Items that stand apart may be more than the lines of the text below them.
        alike = sum(abs(step - usual) < 0.1 * usual for step in steps)
        return usual if alike >= _FEWEST_ALIKE * len(steps) else own
    return own


def usual_leading(pages: Sequence[list[Line]], body: float) -> float:
    """How far apart the lines of the text are on most pages, in sizes of their type."""
    steps = [
        step
        for lines in pages
        for _, block in groupby(lines, key=lambda line: line.block)
        for step in _steps([line for line in block if abs(line.size - body) < 0.05 * body])
    ]
    return median(steps) if steps else 1.25


def _steps(lines: Sequence[Line]) -> list[float]:
    return [
        (below.baseline - above.baseline) / above.size
        for above, below in pairwise(lines)
        if below.baseline > above.baseline and abs(above.size - below.size) < 0.5
    ]
