"""While rows are dragged, what they may be dropped on stays in sight."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtWidgets import QApplication, QListWidget
from pytestqt.qtbot import QtBot

from reader.ui.widgets.carried_rows import POINTER_PX, carried_picture
from reader.ui.widgets.theme import THEMES, Theme, palette
from tests.ui.widgets.test_theme import contrast


def test_what_is_carried_is_a_label_beside_the_pointer(qtbot: QtBot) -> None:
    rows = QListWidget()
    qtbot.addWidget(rows)
    rows.resize(1200, 400)
    one, many = carried_picture(rows, 1), carried_picture(rows, 20_000)
    assert one.deviceIndependentSize().width() < many.deviceIndependentSize().width() < 200
    assert many.deviceIndependentSize().height() < 40
    assert POINTER_PX.x() < 0
    drawn = one.toImage()
    inside = {drawn.pixelColor(x, drawn.height() // 2).name() for x in range(drawn.width())}
    assert len(inside) > 2  # words on a ground


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_its_words_are_read_whatever_its_list_is_styled_with(qtbot: QtBot, theme: Theme) -> None:
    rows = QListWidget()
    qtbot.addWidget(rows)
    rows.setStyleSheet("QListWidget { background: transparent; border: none; }")
    rows.ensurePolished()
    before = QApplication.palette()
    QApplication.setPalette(palette(theme))
    try:
        drawn = carried_picture(rows, 20).toImage()
    finally:
        QApplication.setPalette(before)
    pixels = [drawn.pixelColor(x, y) for x in range(drawn.width()) for y in range(drawn.height())]
    grounds = Counter(colour.name() for colour in pixels if colour.alpha() == 255)
    ((ground, _),) = grounds.most_common(1)
    assert max(contrast(ground, colour) for colour in grounds) > 4.5
