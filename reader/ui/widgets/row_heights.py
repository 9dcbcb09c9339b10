"""How high the rows of a list are: guessed until they are measured, and where each one begins."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from itertools import accumulate

# Rows are summed up in blocks, so that a height can change among a hundred thousand at once.
BLOCK = 256


class RowHeights:
    """The heights of all rows, in pixels; a row is found, placed or changed in no time to speak of.

    Whoever shows rows measures those in sight alone; the others keep what was guessed, or what they
    were before something changed.
    """

    def __init__(self) -> None:
        self._heights = array("i")
        self._known = bytearray()
        self._tops = [0]  # where each block begins, and where the last one ends

    def reset(self, count: int, guess_px: int) -> None:
        """Take other rows, none of them measured."""
        self._heights = array("i", (guess_px,)) * count
        self._known = bytearray(count)
        self._add_up()

    def insert(self, row: int, count: int, guess_px: int) -> None:
        """Take some rows more, that come before a row."""
        self._heights[row:row] = array("i", (guess_px,)) * count
        self._known[row:row] = bytearray(count)
        self._add_up()

    def remove(self, row: int, count: int) -> None:
        """Let some rows go."""
        del self._heights[row : row + count]
        del self._known[row : row + count]
        self._add_up()

    def _add_up(self) -> None:
        blocks = range(0, len(self._heights), BLOCK)
        sums = (sum(self._heights[start : start + BLOCK]) for start in blocks)
        self._tops = list(accumulate(sums, initial=0))

    def measure(self, row: int, height_px: int) -> int:
        """Set the height of a row; return how much higher the row is than it was before."""
        by = height_px - self._heights[row]
        self._known[row] = 1
        if by:
            self._heights[row] = height_px
            for number in range(row // BLOCK + 1, len(self._tops)):
                self._tops[number] += by
        return by

    def forget(self) -> None:
        """Have all rows measured anew; until then they are as high as they were."""
        self._known = bytearray(len(self._heights))

    def is_known(self, row: int) -> bool:
        """Whether a row has been measured."""
        return bool(self._known[row])

    def __len__(self) -> int:
        return len(self._heights)

    @property
    def total_px(self) -> int:
        """How high all rows are together."""
        return self._tops[-1]

    def height(self, row: int) -> int:
        """How high a row is."""
        return self._heights[row]

    def top(self, row: int) -> int:
        """Where a row begins, below the beginning of the first."""
        block = row // BLOCK
        return self._tops[block] + sum(self._heights[block * BLOCK : row])

    def at(self, y: int) -> int:
        """The row at a height: the first above all, the last below; -1 when there is none."""
        if not self._heights:
            return -1
        block = min(max(0, bisect_right(self._tops, y) - 1), (len(self._heights) - 1) // BLOCK)
        row, top = block * BLOCK, self._tops[block]
        for height in self._heights[row : row + BLOCK]:
            top += height
            if y < top:
                return row
            row += 1
        return row - 1
