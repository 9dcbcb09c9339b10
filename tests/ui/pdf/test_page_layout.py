"""Where pages lie: properties over sizes, turns and zooms."""

from __future__ import annotations

from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.pdf.page_map import Page, PageBox
from reader.model.span import Span
from reader.ui.pdf.page_layout import GAP_PX, MARGIN_PX, PX_A_POINT, Fit, PageLayout

sides = st.floats(10, 3000)
pages = st.lists(st.tuples(sides, sides), min_size=1, max_size=9).map(
    lambda sizes: [
        Page(number, str(number), *size, 0, Span(0, 0)) for number, size in enumerate(sizes, 1)
    ]
)
zooms = st.one_of(st.sampled_from(get_args(Fit)), st.floats(0.1, 8))
rooms = st.tuples(st.integers(320, 3000), st.integers(200, 2000))


@given(pages, rooms, zooms, st.integers(0, 3), st.booleans())
def test_pages_do_not_overlap_and_all_are_found(
    pages: list[Page], room: tuple[int, int], zoom: float | Fit, turn: int, in_twos: bool
) -> None:
    layout = PageLayout(pages, room, zoom, turn, in_twos)
    assert [placed.page for placed in layout.all] == pages
    for one, other in pairwise(layout.all):
        below = other.area.top() >= one.area.bottom()
        beside = in_twos and other.area.left() >= one.area.right()
        assert below or beside
    for placed in layout.all:
        assert placed.area.left() >= 0
        assert placed.area.right() <= max(layout.width, room[0]) + 1
        assert placed.area.bottom() <= layout.height
        centre = placed.area.center()
        assert layout.at(centre.x(), centre.y()) is placed
        assert placed in layout.between(centre.y(), centre.y() + 1)
        assert layout.of(placed.page.number) is placed
        assert layout.first(placed.area.top()).area.top() <= placed.area.top()


@given(pages, rooms, zooms, st.integers(0, 3), st.floats(0, 1), st.floats(0, 1))
def test_a_place_on_a_page_is_found_again(
    pages: list[Page], room: tuple[int, int], zoom: float | Fit, turn: int, x: float, y: float
) -> None:
    placed = PageLayout(pages, room, zoom, turn).all[0]
    page = placed.page
    x, y = x * page.width_pt, y * page.height_pt
    box = placed.box(PageBox(1, x, y, x, y))
    assert placed.point(box.x(), box.y()) == pytest.approx((x, y), abs=0.01 * max(x, y, 1))


def test_zooms_fit_or_are_what_they_say() -> None:
    a4 = [Page(1, "1", 595, 842, 0, Span(0, 0)), Page(2, "2", 842, 595, 0, Span(0, 0))]
    wide = PageLayout(a4, (1000, 700), "width")
    assert [placed.area.width() for placed in wide.all] == [1000 - 2 * MARGIN_PX] * 2
    whole = PageLayout(a4, (1000, 700), "page")
    assert whole.all[0].area.height() == 700 - 2 * GAP_PX
    assert PageLayout(a4, (3000, 700), "auto").all[0].scale == 1.25 * PX_A_POINT
    assert PageLayout(a4, (300, 700), 2.0).all[0].area.width() == round(595 * 2 * 4 / 3)
    assert PageLayout(a4, (300, 700), 99.0).all[0].scale == 8 * PX_A_POINT
    assert PageLayout([], (300, 700)).all == []


def test_in_twos_the_first_page_is_a_right_one() -> None:
    four = [Page(n, str(n), 595, 842, 0, Span(0, 0)) for n in range(1, 5)]
    layout = PageLayout(four, (1200, 700), "width", in_twos=True)
    first, second, third, last = layout.all
    assert first.area.left() == third.area.left()
    assert second.area.top() == third.area.top()
    assert last.area.left() == second.area.left()
    assert layout.first(layout.height + 100) is last
