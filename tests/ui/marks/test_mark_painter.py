"""The frames around marks."""

from PySide6.QtCore import QRectF

from reader.model.span import Span
from reader.ui.marks.mark_painter import Spans, closed


def test_lines_below_each_other_are_framed_without_a_gap() -> None:
    above, below = closed([QRectF(0, 0, 100, 20), QRectF(0, 26, 80, 20)])
    assert below.top() <= above.bottom()


def test_lines_with_nothing_above_each_other_are_framed_closely() -> None:
    end, start = closed([QRectF(60, 0, 40, 20), QRectF(0, 26, 50, 20)])
    assert (end.bottom(), start.top()) == (21, 25)


def test_marks_far_apart_are_framed_apart() -> None:
    _, far = closed([QRectF(0, 0, 100, 20), QRectF(0, 300, 100, 20)])
    assert far.top() == 299


def test_what_lies_over_stretches_is_found_once() -> None:
    marks = [Span(0, 50), Span(5, 8), Span(12, 14), Span(18, 25), Span(30, 40), Span(60, 70)]
    spans = Spans([(span, n) for n, span in enumerate(marks)])
    found = list(spans.over([Span(0, 10), Span(20, 35), Span(35, 62)]))
    assert [number for _, number in found] == [0, 1, 3, 4, 5]
    assert list(spans.over([Span(14, 18)])) == [(Span(0, 50), 0)]
    assert list(spans.over([])) == []
