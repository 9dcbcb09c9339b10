"""The text of the window has a size of its own, chosen by keys and in the reading settings."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from reader.session.session import Session
from reader.settings import INTERFACE_TEXT, THEME, ZOOM
from reader.ui.commands.actions import ACTIONS
from reader.ui.shell.main_window import MainWindow
from reader.ui.shell.theme_manager import INTERFACE_SIZES, dress
from reader.ui.widgets import theme as themes
from tests.ui.samples import answer, mark

CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> Iterator[MainWindow]:
    session.settings.set(THEME, "light")
    mark(session, "new use", note="A note.", tags=("dose",))
    window = MainWindow(session, themes.LIGHT)
    qtbot.addWidget(window)
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    session.current.changed.emit(session.current.document)
    yield window
    window.close()
    dress(themes.LIGHT)


def test_keys_make_all_text_of_the_window_larger_at_once(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    header, page = window.header.search.height(), window.document_stack.page
    before = page.document().size().height()
    rows = window.left.library.list
    tall = rows.sizeHintForRow(0)
    for _ in range(9):
        qtbot.keyClick(window, Qt.Key.Key_Equal, CTRL_ALT)
    assert session.settings.get(INTERFACE_TEXT) == 2.0 == INTERFACE_SIZES[-1]
    assert window.header.search.fontMetrics().height() > 28
    assert window.header.search.height() > header
    assert rows.sizeHintForRow(0) == 2 * tall
    assert QApplication.font().pixelSize() == 26
    # The page has its own size.
    assert session.settings.get(ZOOM) == 1.0
    assert page.document().size().height() == before
    qtbot.keyClick(window, Qt.Key.Key_Minus, CTRL_ALT)
    assert session.settings.get(INTERFACE_TEXT) == 1.75
    session.settings.set(INTERFACE_TEXT, 1.0)
    assert window.header.search.height() == header
    assert rows.sizeHintForRow(0) == tall


def test_the_reading_settings_show_and_change_it(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    qtbot.mouseClick(window.header.type, Qt.MouseButton.LeftButton)
    panel = QApplication.activePopupWidget()
    assert panel is not None
    wide = panel.width()

    def button(name: str) -> QAbstractButton:
        found = panel.findChild(QAbstractButton, name)
        assert isinstance(found, QAbstractButton)
        return found

    assert button("interface-own-size").text() == "100 %"
    for _ in range(3):
        button("interface-larger").click()
    assert button("interface-own-size").text() == "150 %"
    assert panel.width() > wide
    button("interface-smaller").click()
    assert session.settings.get(INTERFACE_TEXT) == 1.25
    button("interface-own-size").click()
    assert session.settings.get(INTERFACE_TEXT) == 1.0
    panel.close()


def test_rows_are_pressed_and_written_in_where_they_are_painted(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    long_note = "\n\n".join(f"Line {number} of it" for number in range(20))
    made = mark(session, "Small doses", note=long_note)
    session.settings.set(INTERFACE_TEXT, 2.0)
    cards = window.notes.list
    row = next(n for n in range(2) if cards.model().index(n, 0).data(256).id == made)
    index = cards.model().index(row, 0)
    cards.scrollTo(index)
    qtbot.wait(50)
    folded = cards.visualRect(index)
    # "Show all" stands under the sixth line, before the foot of the card.
    for y in range(folded.bottom() - 120, folded.bottom() - 40, 6):
        if cards.visualRect(index).height() == folded.height():
            place = cards.visualRect(index).topLeft()
            place += type(place)(120, y - folded.top())
            qtbot.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=place)
            qtbot.wait(10)
    assert cards.visualRect(index).height() > folded.height()
    session.marker.edit_requested.emit(made)
    editor = cards.indexWidget(index)
    assert editor is not None
    assert cards.visualRect(index).contains(editor.geometry())
    assert editor.width() > 0.7 * cards.viewport().width()
    window.notes.finish_editing()


@pytest.mark.parametrize(("scale", "width", "height"), [(2.0, 1366, 768), (1.5, 1024, 640)])
def test_no_button_of_the_window_is_cut(
    window: MainWindow, session: Session, qtbot: QtBot, scale: float, width: int, height: int
) -> None:
    session.settings.set(INTERFACE_TEXT, scale)
    window.resize(width, height)
    answer(session, "Ketamine")
    qtbot.wait(50)
    assert (window.width(), window.height()) == (width, height)
    for name in ("", "notebook", "shelf"):
        if name:
            window.menus.run(next(action for action in ACTIONS if action.id == name))
            qtbot.wait(20)
        for button in window.findChildren(QAbstractButton):
            if button.isVisible() and button.text():
                assert button.width() >= button.minimumSizeHint().width() - 2, button.text()
                seen = button.visibleRegion().boundingRect()
                assert seen == button.rect(), button.text()


def test_another_user_has_another_size(window: MainWindow, session: Session) -> None:
    session.settings.set(INTERFACE_TEXT, 1.5)
    session.users.switch("Beth")
    assert window.theme.text_scale == 1.0
    session.users.switch("anna")
    assert window.theme.text_scale == 1.5


@pytest.mark.parametrize("untrusted", [0, 0.5, 3, "2", True, None])
def test_no_other_size_is_taken(untrusted: object) -> None:
    assert INTERFACE_TEXT.checked(untrusted) == 1.0
