"""The list of every pane: rows far down are reached, and nothing jumps."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QEnterEvent, QHelpEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from reader.ui.widgets.row_list import SCROLL_BAR_PX, RowDelegate, RowList
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


def test_a_row_that_is_not_laid_out_yet_is_reached_in_the_end(
    qtbot: QtBot, view: RowList, rows: Rows
) -> None:
    rows.set_rows(list(range(5000)))
    far = rows.index(4000, 0)
    assert view.visualRect(far).isEmpty()
    view.scrollTo(far)
    qtbot.waitUntil(lambda: view.viewport().rect().contains(view.visualRect(far).center()))


def test_renewing_a_long_list_neither_moves_nor_empties_it(
    qtbot: QtBot, view: RowList, rows: Rows, delegate: Numbers
) -> None:
    rows.set_rows(list(range(5000)))
    far = rows.index(4000, 0)
    view.scrollTo(far)
    qtbot.waitUntil(lambda: not view.visualRect(far).isEmpty())
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
    view: RowList, rows: Rows, delegate: Numbers
) -> None:
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    rows.set_rows([1])
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
    assert view.by_keyboard
    with qtbot.waitSignal(view.taken) as taken:
        qtbot.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, ROW_PX + ROW_PX // 2)
        )
    assert taken.args == [view.model().index(1, 0)]
    assert not view.by_keyboard


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
    assert not view.by_keyboard
    view.clearFocus()
    by_mouse = view.grab().toImage()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.by_keyboard
    view.setCurrentIndex(view.model().index(0, 0))
    assert view.grab().toImage() != by_mouse


def test_the_row_under_the_pointer_has_a_ground_until_it_leaves(view: RowList) -> None:
    bare = view.grab().toImage()
    where = QPointF(20, 10)
    none, modifiers = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    move = QMouseEvent(QEvent.Type.MouseMove, where, where, none, none, modifiers)
    view.viewportEvent(move)
    assert view.grab().toImage() != bare
    view.leaveEvent(QEnterEvent(where, where, where))
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
