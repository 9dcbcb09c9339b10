"""A dialog with large text stays on the screen with its title and its buttons."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QStyle, QWidget
from pytestqt.qtbot import QtBot

from reader.ui.widgets.controls import resize_with_text, room_on_screen
from reader.ui.widgets.theme import FONT_PX


@pytest.fixture
def doubled(qapp: QApplication) -> Iterator[None]:
    before = qapp.font()
    large = qapp.font()
    large.setPixelSize(2 * round(FONT_PX))
    qapp.setFont(large)
    yield
    qapp.setFont(before)


@pytest.mark.parametrize("over_a_window", [True, False])
def test_it_leaves_room_for_the_bar_with_its_title(
    qtbot: QtBot, doubled: None, over_a_window: bool
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = QDialog(window if over_a_window else None)
    qtbot.addWidget(dialog)
    screen = dialog.screen().availableGeometry()
    resize_with_text(dialog, screen.width() // 2, screen.height() * 3 // 4)
    bar = dialog.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight, None, dialog)
    assert bar > 0
    assert dialog.height() <= screen.height() - bar
    assert dialog.size() == dialog.size().boundedTo(room_on_screen(dialog))
    resize_with_text(dialog, 100, 80)
    assert (dialog.width(), dialog.height()) == (200, 160)
