"""Ticks beside the page, a few or thousands."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from reader.ui.widgets import marker_scrollbar
from reader.ui.widgets.marker_scrollbar import TickBar
from reader.ui.widgets.theme import DARK, LIGHT


def pictures(qtbot: QtBot) -> list[QImage]:
    """A bar with many ticks: at three places of its handle, larger, and in another theme."""
    bar = TickBar(LIGHT)
    qtbot.addWidget(bar)
    bar.resize(14, 400)
    bar.setRange(0, 3_000)
    bar.setPageStep(400)
    colours = list(LIGHT.edges.values())
    bar.set_highlights([(n / 400, colours[n % len(colours)]) for n in range(400)])
    bar.set_hits([n / 150 for n in range(150)])
    bar.set_current(0.5)
    made = []
    for value in (0, 1_234, 3_000):
        bar.setValue(value)
        made.append(bar.grab().toImage())
    bar.resize(14, 300)
    made.append(bar.grab().toImage())
    bar.set_theme(DARK)
    made.append(bar.grab().toImage())
    bar.set_hits(())
    made.append(bar.grab().toImage())
    return made


def test_thousands_of_ticks_look_as_a_few_do(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    found = pictures(qtbot)
    monkeypatch.setattr(marker_scrollbar, "MANY", 1_000_000)
    assert found == pictures(qtbot)
    assert all(one != other for n, one in enumerate(found) for other in found[:n])
