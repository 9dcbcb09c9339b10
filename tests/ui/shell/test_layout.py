from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from reader.session.session import Session
from reader.settings import PANES, SPLIT
from reader.ui.shell.layout import LEFT_FROM_PX, NOTES_FROM_PX, Layout
from reader.ui.widgets import theme as themes


class Parts:
    """A layout of five plain widgets."""

    def __init__(self, session: Session) -> None:
        self.header, self.left, self.page, self.notes = (QWidget() for _ in range(4))
        self.foot = QLabel("12 %", self.page)
        self.layout = Layout(session.settings, themes.LIGHT, self.page)
        self.layout.put_header(self.header)
        self.layout.put_left(self.left)
        self.layout.put_notes(self.notes)
        self.layout.put_foot(self.foot)
        self.layout.resize(1366, 768)
        self.layout.show()

    def shown(self) -> tuple[bool, bool, bool]:
        return self.left.isVisible(), self.notes.isVisible(), self.foot.isVisible()


@pytest.fixture
def parts(qtbot: QtBot, session: Session) -> Parts:
    parts = Parts(session)
    qtbot.addWidget(parts.layout)
    return parts


def test_the_notes_give_their_room_first(parts: Parts) -> None:
    parts.layout.fit(NOTES_FROM_PX - 1)
    assert parts.shown() == (True, False, True)
    parts.layout.fit(LEFT_FROM_PX - 1)
    assert parts.shown() == (False, False, True)
    parts.layout.fit(LEFT_FROM_PX)
    assert parts.shown() == (True, False, True)
    parts.layout.fit(NOTES_FROM_PX)
    assert parts.shown() == (True, True, True)


def test_what_a_person_hid_stays_hidden(parts: Parts) -> None:
    parts.layout.toggle_notes()
    parts.layout.fit(LEFT_FROM_PX - 1)
    parts.layout.fit(NOTES_FROM_PX)
    assert parts.shown() == (True, False, True)
    parts.layout.toggle_left()
    parts.layout.toggle_notes()
    assert parts.shown() == (False, True, True)


def test_the_whole_width_is_lent_and_given_back(parts: Parts, session: Session) -> None:
    parts.layout.split.setSizes([200, 900, 266])
    before = parts.layout.split.sizes()
    for _ in range(2):
        parts.layout.make_room()
        assert parts.shown() == (False, False, False)
    parts.layout.fit(1366)
    assert parts.shown() == (False, False, False)
    parts.layout.save()
    assert session.settings.get(SPLIT) == before
    assert session.settings.get(PANES) == {"left": True, "notes": True}
    parts.layout.give_room_back()
    assert parts.shown() == (True, True, True)
    assert parts.layout.split.sizes() == before
    parts.layout.give_room_back()
    assert parts.layout.split.sizes() == before


def test_no_room_is_given_back_that_is_not_there(parts: Parts) -> None:
    parts.layout.make_room()
    parts.layout.resize(LEFT_FROM_PX, 600)
    parts.layout.give_room_back()
    assert parts.shown() == (True, False, True)


def test_widths_and_hidden_panes_are_found_again(
    qtbot: QtBot, parts: Parts, session: Session
) -> None:
    parts.layout.toggle_notes()
    parts.layout.split.setSizes([300, 1066, 0])
    parts.layout.save()
    again = Parts(session)
    qtbot.addWidget(again.layout)
    again.layout.restore()
    assert again.shown() == (True, False, True)
    assert again.layout.split.sizes() == parts.layout.split.sizes()
