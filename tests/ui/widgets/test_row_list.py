"""The list of every pane: rows far down are reached, and nothing jumps."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from reader.ui.widgets.row_delegate import RowDelegate
from reader.ui.widgets.row_heights import RowHeights
from reader.ui.widgets.row_list import MEASURED, SCROLL_BAR_PX, RowList
from reader.ui.widgets.rows import Rows
from reader.ui.widgets.theme import LIGHT

ROW_PX = 30


class Numbers(RowDelegate):
    """Rows that are numbers."""

    def __init__(self) -> None:
        super().__init__(LIGHT)
        self.drawn: list[tuple[int, QRect, bool]] = []

    def height(self, row: Any) -> int:
        return ROW_PX

    def tip(self, row: int) -> str:
        return f"number {row}" if row % 2 else ""

    def draw(self, painter: QPainter, area: QRect, row: int, current: bool) -> None:
        self.drawn.append((row, area, current))


def _tip_is(text: str) -> bool:
    return QToolTip.text() == text


@pytest.fixture
def delegate() -> Numbers:
    return Numbers()


@pytest.fixture
def rows() -> Rows:
    return Rows()


@pytest.fixture
def view(qtbot: QtBot, dressed: None, rows: Rows, delegate: Numbers) -> RowList:
    view = RowList(rows, delegate, "Numbers")
    qtbot.addWidget(view)
    view.resize(200, 300)
    rows.set_rows(list(range(50)))
    view.show()
    qtbot.waitExposed(view)
    return view


def test_tab_into_a_list_shows_where_one_is(qtbot: QtBot, view: RowList) -> None:
    view.activateWindow()
    view.clearFocus()
    view.setCurrentIndex(QModelIndex())
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(view.hasFocus)
    assert view.currentIndex().row() == 0


def test_a_row_far_down_is_reached_at_once(view: RowList, rows: Rows) -> None:
    rows.set_rows(list(range(5000)))
    far = rows.index(4000, 0)
    view.scrollTo(far)
    assert view.viewport().rect().contains(view.visualRect(far))
    view.grab()
    assert view.viewport().rect().contains(view.visualRect(far))


def test_renewing_a_long_list_neither_moves_nor_empties_it(
    qtbot: QtBot, view: RowList, rows: Rows, delegate: Numbers
) -> None:
    rows.set_rows(list(range(5000)))
    far = rows.index(4000, 0)
    view.scrollTo(far)
    before = view.verticalScrollBar().value()
    view.renew()
    delegate.drawn.clear()
    view.grab()
    assert view.verticalScrollBar().value() == before
    assert 4000 in [row for row, _, _ in delegate.drawn]


def test_a_row_that_turns_out_higher_when_drawn_is_given_its_room(
    qtbot: QtBot, view: RowList, rows: Rows, delegate: Numbers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delegate, "height", lambda row: 50 if delegate.drawn else ROW_PX)
    delegate.drawn.clear()
    view.renew()
    assert view.visualRect(rows.index(0, 0)).height() == ROW_PX
    view.grab()
    qtbot.waitUntil(lambda: view.visualRect(rows.index(0, 0)).height() == 50)


def test_rows_keep_free_the_room_of_the_scroll_bar(
    qtbot: QtBot, view: RowList, rows: Rows, delegate: Numbers
) -> None:
    rows.set_rows([1, 2])
    delegate.drawn.clear()
    view.grab()
    assert {area.width() for _, area, _ in delegate.drawn} == {200 - SCROLL_BAR_PX}
    assert delegate.drawn[0][1].left() == 0


def test_rows_keep_it_free_on_the_left_when_the_window_is_mirrored(
    qtbot: QtBot, view: RowList, rows: Rows, delegate: Numbers
) -> None:
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    rows.set_rows([1])
    qtbot.waitUntil(lambda: not view.verticalScrollBar().isVisible())
    delegate.drawn.clear()
    view.grab()
    assert delegate.drawn[0][1].right() == 199
    assert delegate.drawn[0][1].width() == 200 - SCROLL_BAR_PX
    assert delegate.box(QRect(0, 0, 100, 10), 10, 2, 30, 4).left() == 60
    assert delegate.near & Qt.AlignmentFlag.AlignRight
    assert delegate.far & Qt.AlignmentFlag.AlignLeft


def test_enter_and_click_take_a_row(qtbot: QtBot, view: RowList) -> None:
    view.setCurrentIndex(view.model().index(2, 0))
    with qtbot.waitSignal(view.taken) as taken:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert taken.args == [view.model().index(2, 0)]
    assert view.input.by_keyboard
    with qtbot.waitSignal(view.taken) as taken:
        qtbot.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, ROW_PX + ROW_PX // 2)
        )
    assert taken.args == [view.model().index(1, 0)]
    assert not view.input.by_keyboard


def test_enter_on_no_row_takes_nothing(qtbot: QtBot, view: RowList) -> None:
    view.setCurrentIndex(view.rootIndex())
    with qtbot.assertNotEmitted(view.taken):
        qtbot.keyClick(view, Qt.Key.Key_Return)


def test_arrows_move_the_current_row(qtbot: QtBot, view: RowList, delegate: Numbers) -> None:
    view.take_focus()
    assert view.currentIndex().row() == 0
    qtbot.keyClick(view, Qt.Key.Key_Down)
    delegate.drawn.clear()
    view.grab()
    assert [row for row, _, current in delegate.drawn if current] == [1]


def test_focus_by_tab_is_seen_and_focus_by_mouse_is_not(qtbot: QtBot, view: RowList) -> None:
    view.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not view.input.by_keyboard
    view.clearFocus()
    by_mouse = view.grab().toImage()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.input.by_keyboard
    view.setCurrentIndex(view.model().index(0, 0))
    assert view.grab().toImage() != by_mouse


def test_the_row_under_the_pointer_has_a_ground_until_it_leaves(view: RowList) -> None:
    bare = view.grab().toImage()
    where = QPointF(20, 10)
    none, modifiers = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    move = QMouseEvent(QEvent.Type.MouseMove, where, where, none, none, modifiers)
    view.viewportEvent(move)
    assert view.grab().toImage() != bare
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert view.grab().toImage() == bare


def test_a_tip_is_shown_where_there_is_something_to_say(qtbot: QtBot, view: RowList) -> None:
    for number, said in ((1, "number 1"), (2, "")):
        index = view.model().index(number, 0)
        place = view.visualRect(index).center()
        event = QHelpEvent(QEvent.Type.ToolTip, place, view.viewport().mapToGlobal(place))
        assert view.viewportEvent(event)
        qtbot.waitUntil(partial(_tip_is, said))


def test_a_row_says_itself_to_screen_readers(rows: Rows) -> None:
    rows.set_rows([7])
    index = rows.index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "7"
    assert index.data(Qt.ItemDataRole.DecorationRole) is None
    rows.set_row(0, 8)
    assert index.data(Qt.ItemDataRole.UserRole) == 8
    assert rows.rowCount(index) == 0
    assert rows.data(rows.index(5, 0)) is None


def test_an_empty_list_takes_the_focus_without_a_row(view: RowList, rows: Rows) -> None:
    rows.set_rows([])
    view.take_focus()
    assert not view.currentIndex().isValid()


class Uneven(Numbers):
    """Rows of several heights, and which of them were asked for."""

    row_px = 20

    def __init__(self) -> None:
        super().__init__()
        self.measured: list[int] = []

    def height(self, row: int) -> int:
        self.measured.append(row)
        return 10 + row % 7 * 10


@pytest.fixture
def uneven() -> Uneven:
    return Uneven()


@pytest.fixture
def long(qtbot: QtBot, dressed: None, rows: Rows, uneven: Uneven) -> RowList:
    """A list of 5,000 uneven rows, as soon as all that is wanted of it has been measured."""
    view = RowList(rows, uneven, "Uneven")
    qtbot.addWidget(view)
    view.resize(200, 300)
    rows.set_rows(list(range(5000)))
    view.show()
    qtbot.waitExposed(view)
    qtbot.waitUntil(lambda: MEASURED - 1 in uneven.measured)
    return view


def at(view: RowList, row: int) -> QRect:
    """Where a row lies in the viewport."""
    return view.visualRect(view.model().index(row, 0))


def test_rows_far_out_of_sight_are_not_measured(long: RowList, uneven: Uneven) -> None:
    assert max(uneven.measured) < 2 * MEASURED
    uneven.measured.clear()
    long.setCurrentIndex(long.model().index(4000, 0))
    long.grab()
    assert len(set(uneven.measured)) < 40


def test_a_row_is_found_where_it_is_painted(long: RowList, uneven: Uneven) -> None:
    for far in (0, 20, 2500, 4999):
        long.scrollTo(long.model().index(far, 0))
        uneven.drawn.clear()
        long.grab()
        assert far in [row for row, _, _ in uneven.drawn]
        for row, area, _ in uneven.drawn:
            assert at(long, row).height() == area.height() == 10 + row % 7 * 10
            assert long.indexAt(area.center()).row() == row
    assert not long.indexAt(QPoint(10, at(long, 4999).bottom() + 5)).isValid()


@pytest.mark.parametrize(
    ("hint", "edge"),
    [
        (RowList.ScrollHint.PositionAtTop, lambda area: area.top() == 0),
        (RowList.ScrollHint.PositionAtBottom, lambda area: area.bottom() == 299),
        (RowList.ScrollHint.PositionAtCenter, lambda area: abs(area.center().y() - 150) < 2),
        (RowList.ScrollHint.EnsureVisible, lambda area: area.bottom() == 299),
    ],
)
def test_a_row_is_scrolled_to_where_it_is_wanted(
    long: RowList, hint: RowList.ScrollHint, edge: Callable[[QRect], bool]
) -> None:
    long.scrollTo(long.model().index(3000, 0), hint)
    long.grab()
    assert edge(at(long, 3000))
    long.scrollTo(long.model().index(3000, 0))
    assert edge(at(long, 3000))


def test_scrolling_up_into_rows_that_were_never_seen_moves_nothing(long: RowList) -> None:
    long.scrollTo(long.model().index(3000, 0), RowList.ScrollHint.PositionAtTop)
    bar = long.verticalScrollBar()
    for _ in range(12):
        seen = long.indexAt(QPoint(5, 100)).row()
        before = at(long, seen).top()
        bar.setValue(bar.value() - 24)
        assert at(long, seen).top() == before + 24


def test_keys_go_a_row_a_page_and_to_both_ends(qtbot: QtBot, long: RowList) -> None:
    key = Qt.Key
    long.take_focus()
    qtbot.keyClick(long, key.Key_Up)
    assert long.currentIndex().row() == 0
    qtbot.keyClick(long, key.Key_PageDown)
    page = long.currentIndex().row()
    assert 5 < page < 30
    qtbot.keyClick(long, key.Key_PageUp)
    assert long.currentIndex().row() == 0
    for pressed, row in ((key.Key_End, 4999), (key.Key_Right, 4999), (key.Key_PageDown, 4999)):
        qtbot.keyClick(long, pressed)
        assert long.currentIndex().row() == row
        assert long.viewport().rect().contains(at(long, row))
    qtbot.keyClick(long, key.Key_Home)
    assert long.currentIndex().row() == 0
    assert at(long, 0).top() == 0


def test_shift_chooses_all_rows_between(qtbot: QtBot, long: RowList) -> None:
    long.setSelectionMode(RowList.SelectionMode.ExtendedSelection)
    shift = Qt.KeyboardModifier.ShiftModifier
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(long.viewport(), left, pos=at(long, 2).center())
    qtbot.mouseClick(long.viewport(), left, shift, at(long, 6).center())
    chosen = long.selectionModel().selection()
    assert [index.row() for index in chosen.indexes()] == [2, 3, 4, 5, 6]
    assert long.visualRegionForSelection(chosen).boundingRect() == at(long, 2).united(at(long, 6))
    qtbot.keyClick(long, Qt.Key.Key_End, shift)
    assert len(long.selectionModel().selectedIndexes()) == 4998
    qtbot.keyClick(long, Qt.Key.Key_Home)
    assert len(long.selectionModel().selectedIndexes()) == 1


def test_what_is_read_stays_where_it_is_when_rows_come_and_go_above(
    long: RowList, rows: Rows
) -> None:
    long.setCurrentIndex(rows.index(40, 0))
    before = at(long, 40)
    numbers = list(rows.rows)
    rows.exchange([*numbers[:3], 7000, 7001, *numbers[3:]])
    assert rows.data(long.currentIndex(), Qt.ItemDataRole.UserRole) == 40
    assert at(long, 42) == before
    rows.exchange(numbers)
    assert at(long, 40) == before
    rows.exchange([*numbers[:3], 8000, *numbers[4:]])
    assert rows.data(rows.index(3, 0), Qt.ItemDataRole.UserRole) == 8000
    assert long.currentIndex().row() == 40
    rows.exchange(numbers[::-1])
    assert not long.currentIndex().isValid()


def test_one_row_more_is_one_row_measured(long: RowList, rows: Rows, uneven: Uneven) -> None:
    uneven.measured.clear()
    rows.exchange([*rows.rows[:4], 9000, *rows.rows[4:]])
    QApplication.processEvents()
    assert set(uneven.measured) == {9000}


def test_a_list_that_is_hidden_goes_to_its_row_once_it_is_shown(
    qtbot: QtBot, dressed: None, rows: Rows, uneven: Uneven
) -> None:
    view = RowList(rows, uneven, "Uneven")
    qtbot.addWidget(view)
    view.resize(200, 300)
    rows.set_rows(list(range(5000)))
    view.setCurrentIndex(rows.index(3000, 0))
    assert uneven.measured == []
    view.show()
    qtbot.waitExposed(view)
    assert view.viewport().rect().contains(at(view, 3000))


def test_a_narrower_list_measures_what_is_in_sight_again(
    qtbot: QtBot, long: RowList, uneven: Uneven
) -> None:
    uneven.measured.clear()
    long.resize(150, 300)
    qtbot.waitUntil(lambda: 0 in uneven.measured)


class Even(RowDelegate):
    """Rows that are as high as each other."""

    row_px = ROW_PX

    def draw(self, painter: QPainter, area: QRect, row: int, current: bool) -> None:
        assert area.height() == ROW_PX


def test_rows_of_one_height_are_never_measured(
    qtbot: QtBot, dressed: None, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = RowList(rows, Even(LIGHT), "Even")
    qtbot.addWidget(view)
    view.resize(200, 300)
    rows.set_rows(list(range(100_000)))
    view.show()
    qtbot.waitExposed(view)
    monkeypatch.setattr(RowHeights, "measure", None)
    view.scrollTo(rows.index(99_999, 0))
    rows.set_row(99_999, 5)
    view.grab()
    assert at(view, 99_999).bottom() == view.viewport().height() - 1
