"""Every dialog fits a screen of 1024 × 640 whose text is at 150 %."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

from reader.session.session import Session
from reader.settings import THEME
from reader.ui.commands.actions import ACTIONS
from reader.ui.shell.main_window import MainWindow
from reader.ui.widgets import theme as themes
from tests.ui.samples import mark

# 1024 × 640 pixels at 150 % are so many of the window's own.
WIDTH, HEIGHT = 1024 * 2 // 3, 640 * 2 // 3
DIALOGS = (
    *("export", "note_imports", "bibliography", "print", "backups", "switch_user", "details"),
    *("left_out", "editions", "same_article", "trash", "citation_style", "note_history"),
    *("meanings", "palette", "shortcuts", "about"),
)


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> Iterator[MainWindow]:
    session.settings.set(THEME, "light")
    window = MainWindow(session, themes.LIGHT)
    qtbot.addWidget(window)
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1024, 640)
    window.show()
    qtbot.waitExposed(window)
    session.current.changed.emit(session.current.document)
    yield window
    window.close()


@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog_fits(window: MainWindow, session: Session, qtbot: QtBot, name: str) -> None:
    session.annotations.choose(mark(session, "new use", note="A note."))
    found: list[tuple[int, int, int, int]] = []

    def measure() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QDialog):
            least = box.minimumSizeHint().expandedTo(box.minimumSize())
            found.append((least.width(), least.height(), box.width(), box.height()))
            box.close()

    timer = QTimer()
    timer.timeout.connect(measure)
    timer.start(100)
    window.menus.run(next(action for action in ACTIONS if action.id == name))
    qtbot.waitUntil(lambda: bool(found))
    timer.stop()
    least_width, least_height, width, height = found[0]
    assert least_width <= WIDTH, f"{name} needs {least_width} × {least_height}"
    assert least_height <= HEIGHT, f"{name} needs {least_width} × {least_height}"
    screen = window.screen().availableGeometry()
    assert width <= max(1024, screen.width())
    assert height <= max(640, screen.height())


@pytest.mark.parametrize("name", [name for name in DIALOGS if name not in ("about", "left_out")])
def test_tab_goes_down_a_dialog_from_where_it_begins(
    window: MainWindow, session: Session, qtbot: QtBot, name: str
) -> None:
    session.annotations.choose(mark(session, "new use", note="A note."))
    orders: list[list[QWidget]] = []
    in_box: list[list[bool]] = []

    def walk() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QDialog):
            return
        begin = found = QApplication.focusWidget()
        order: list[QWidget] = []
        while found is not None and found not in order:
            order.append(found)
            qtbot.keyClick(found, Qt.Key.Key_Tab)
            found = QApplication.focusWidget()
        assert begin in order
        orders.append(order)
        in_box.append([isinstance(one.parentWidget(), QDialogButtonBox) for one in order])
        box.close()

    timer = QTimer()
    timer.timeout.connect(walk)
    timer.start(100)
    window.menus.run(next(action for action in ACTIONS if action.id == name))
    qtbot.waitUntil(lambda: bool(orders))
    timer.stop()
    # Save… has the keyboard at once where there is nothing that must be filled in.
    if name not in ("export", "bibliography"):
        assert not in_box[0][0]
    changes = sum(a != b for a, b in pairwise([*in_box[0], in_box[0][0]]))
    assert changes <= 2
