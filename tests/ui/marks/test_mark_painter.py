"""The frames around marks."""

from PySide6.QtCore import QRectF

from reader.ui.marks.mark_painter import closed


def test_lines_below_each_other_are_framed_without_a_gap() -> None:
    above, below = closed([QRectF(0, 0, 100, 20), QRectF(0, 26, 80, 20)])
    assert below.top() <= above.bottom()


def test_lines_with_nothing_above_each_other_are_framed_closely() -> None:
    end, start = closed([QRectF(60, 0, 40, 20), QRectF(0, 26, 50, 20)])
    assert (end.bottom(), start.top()) == (21, 25)


def test_marks_far_apart_are_framed_apart() -> None:
    _, far = closed([QRectF(0, 0, 100, 20), QRectF(0, 300, 100, 20)])
    assert far.top() == 299
