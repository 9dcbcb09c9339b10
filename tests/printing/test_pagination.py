"""Pages end between lines, rows and figures stay whole, headings are not left behind."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reader.printing.pagination import Band, merged, pages


def lines(*kept: bool, high: float = 10.0) -> list[Band]:
    return [Band(i * high, (i + 1) * high, keeps) for i, keeps in enumerate(kept)]


def test_a_page_holds_what_there_is_room_for() -> None:
    assert pages(lines(*[False] * 5), 25) == [(0, 20), (20, 40), (40, 50)]
    assert pages([], 25) == []


def test_a_heading_goes_with_what_it_heads() -> None:
    assert pages(lines(False, False, True, False), 30) == [(0, 20), (20, 40)]


def test_cells_of_a_row_are_one() -> None:
    row = [Band(0, 10), Band(0, 10), Band(10, 20), Band(20, 30)]
    assert merged([*row, Band(30, 40)]) == [Band(0, 10), Band(10, 20), Band(20, 30), Band(30, 40)]
    assert merged([Band(0, 30), Band(0, 10), Band(10, 20, True)]) == [Band(0, 30, True)]


def test_what_is_higher_than_a_page_is_cut() -> None:
    assert pages([Band(0, 65)], 30) == [(0, 30), (30, 60), (60, 65)]
    assert pages(lines(*[True] * 9), 30) == [(0, 30), (30, 60), (60, 90)]


@given(
    st.lists(st.tuples(st.floats(0, 20), st.floats(1, 80), st.booleans()), max_size=40),
    st.floats(20, 100),
)
def test_every_line_is_on_a_page_and_whole_where_it_can_be(
    steps: list[tuple[float, float, bool]], height: float
) -> None:
    found, y = [], 0.0
    for gap, tall, keeps in steps:
        found.append(Band(y + gap, y + gap + tall, keeps))
        y += gap + tall
    made = pages(found, height)
    for top, bottom in made:
        assert 0 < bottom - top <= height + 1e-6
    for one, other in pairwise(made):
        assert one[1] <= other[0] + 1e-6
    for band in found:
        on = [page for page in made if page[0] - 1e-6 <= band.top and band.bottom <= page[1] + 1e-6]
        assert len(on) == 1 or band.bottom - band.top > height
