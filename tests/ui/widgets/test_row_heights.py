"""Where rows lie that are guessed, measured, put in and taken out: as a plain list has it."""

from __future__ import annotations

import random
from itertools import accumulate

import pytest

from reader.ui.widgets.row_heights import BLOCK, RowHeights


def agree(heights: RowHeights, plain: list[int]) -> None:
    """Compares with the sums of a plain list."""
    tops = list(accumulate(plain, initial=0))
    assert heights.total_px == tops[-1]
    assert len(heights) == len(plain)
    rows = sorted({0, len(plain) // 2, len(plain) - 1, *range(BLOCK - 1, len(plain), BLOCK)})
    for row in rows:
        assert (heights.top(row), heights.height(row)) == (tops[row], plain[row])
        assert heights.at(tops[row]) == heights.at(tops[row + 1] - 1) == row


@pytest.mark.parametrize("count", [1, BLOCK, BLOCK + 1, 3 * BLOCK - 1])
def test_rows_are_where_their_heights_add_up_to(count: int) -> None:
    chance = random.Random(count)
    heights = RowHeights()
    heights.reset(count, 20)
    plain = [20] * count
    agree(heights, plain)
    for _ in range(40):
        row, height = chance.randrange(len(plain)), chance.randrange(1, 90)
        assert heights.measure(row, height) == height - plain[row]
        plain[row] = height
        at, more = chance.randrange(len(plain) + 1), chance.randrange(1, 4)
        heights.insert(at, more, 7)
        plain[at:at] = [7] * more
        gone = chance.randrange(len(plain))
        heights.remove(gone, 1)
        del plain[gone]
        agree(heights, plain)


def test_above_all_is_the_first_row_and_below_all_the_last() -> None:
    heights = RowHeights()
    assert heights.at(0) == -1
    heights.reset(3, 10)
    assert (heights.at(-5), heights.at(29), heights.at(500)) == (0, 2, 2)


def test_what_is_forgotten_is_as_high_as_it_was_until_it_is_measured_again() -> None:
    heights = RowHeights()
    heights.reset(2, 10)
    heights.measure(1, 33)
    assert [heights.is_known(row) for row in (0, 1)] == [False, True]
    heights.forget()
    assert not heights.is_known(1)
    assert heights.height(1) == 33
