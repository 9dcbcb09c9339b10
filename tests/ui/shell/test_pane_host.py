from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from reader.ui.shell.pane_host import Dock, PaneHost, PaneSpec, WidgetPane


class Window(QWidget):
    """A window of three fields; each is a pane that Esc empties."""

    def __init__(self) -> None:
        super().__init__()
        self.row = QHBoxLayout(self)
        self.asked: list[str] = []
        self.host = PaneHost({Dock.PAGE: self.row.addWidget})

    def pane(self, name: str) -> WidgetPane[QLineEdit]:
        field = QLineEdit(name, self)

        def escape() -> bool:
            self.asked.append(name)
            had = bool(field.text())
            field.clear()
            return had

        return WidgetPane(field, field.setFocus, escape)


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    window = Window()
    qtbot.addWidget(window)
    window.show()
    return window


def spec(window: Window, name: str, dock: Dock, eager: bool = False) -> PaneSpec[QLineEdit]:
    return PaneSpec(name, lambda: window.pane(name), dock, eager)


def test_a_pane_is_made_and_placed_when_it_is_first_asked_for(window: Window) -> None:
    late = window.host.register(spec(window, "late", Dock.PAGE))
    eager = window.host.register(spec(window, "eager", Dock.BESIDE, eager=True))
    assert (late.made, late.pane, window.row.count()) == (None, None, 0)
    assert eager.made is not None
    assert list(window.host.made) == ["eager"]
    widget = late.widget
    assert late.widget is widget is late.made
    assert window.row.indexOf(widget) == 0
    assert window.row.indexOf(eager.widget) == -1
    assert list(window.host.made) == ["late", "eager"]
    with pytest.raises(ValueError, match="“late”"):
        window.host.register(spec(window, "late", Dock.PAGE))


def test_a_late_pane_of_a_dock_that_places_nothing_stays_where_it_is(window: Window) -> None:
    slot = window.host.register(spec(window, "own", Dock.ABOVE))
    assert slot.widget.parent() is window
    assert window.row.count() == 0


def test_the_keyboard_goes_round_what_is_in_sight_in_the_order_of_registering(
    window: Window, qtbot: QtBot
) -> None:
    window.host.focus_next(1)
    left, over, page, right = (
        window.host.register(spec(window, name, dock, eager=True)).widget
        for name, dock in (
            ("left", Dock.BESIDE),
            ("over", Dock.OVER),
            ("page", Dock.PAGE),
            ("right", Dock.BESIDE),
        )
    )
    window.host.register(spec(window, "never made", Dock.PAGE))
    for widget in (left, over, page, right):
        widget.show()
    window.activateWindow()
    seen = []
    for by in (1, 1, 1, 1, -1, -1):
        window.host.focus_next(by)
        seen.append(QApplication.focusWidget())
    assert seen == [left, page, right, left, right, page]
    right.hide()
    window.host.focus_next(1)
    assert QApplication.focusWidget() is left


def test_escape_asks_what_lies_on_top_first_and_stops_where_something_was_closed(
    window: Window, qtbot: QtBot
) -> None:
    for name, dock in (("left", Dock.BESIDE), ("page", Dock.PAGE), ("over", Dock.OVER)):
        window.host.register(spec(window, name, dock, eager=True))
    window.host.register(spec(window, "never made", Dock.OVER))
    for closed in ("over", "page", "left"):
        window.asked.clear()
        assert window.host.escape()
        assert window.asked[-1] == closed
    assert not window.host.escape()
    assert window.asked[-3:] == ["over", "page", "left"]


def test_a_pane_without_anything_to_close_lets_escape_pass(window: Window, qtbot: QtBot) -> None:
    field = QLineEdit(window)
    pane = WidgetPane(field, field.setFocus)
    window.host.register(PaneSpec("plain", lambda: pane, Dock.PAGE, eager=True))
    assert not window.host.escape()
    qtbot.keyClick(field, Qt.Key.Key_A)
    assert field.text() == "a"


def test_a_closed_window_makes_no_pane(window: Window) -> None:
    made = window.host.register(spec(window, "made", Dock.PAGE))
    late = window.host.register(spec(window, "late", Dock.PAGE))
    widget = made.widget
    window.host.release()
    assert made.widget is widget
    with pytest.raises(LookupError, match="“late”"):
        _ = late.widget
