"""The panel behind "Aa": each choice is live, kept for this user, and ringed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from reader.model.span import Span
from reader.session.session import Session
from reader.settings import (
    COLUMN_WIDTH,
    JUSTIFY,
    LINE_SPACING,
    THEME,
    TYPEFACE,
    ZOOM,
    Setting,
)
from reader.ui.shell.main_window import MainWindow
from reader.ui.widgets.theme import DARK, LIGHT, SEPIA, Theme


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> MainWindow:
    window = MainWindow(session, LIGHT)
    qtbot.addWidget(window)
    window.showNormal()
    window.resize(1366, 768)
    window.document_stack.page.show_document(session.current.document)
    qtbot.wait(10)
    return window


@pytest.fixture
def panel(window: MainWindow, qtbot: QtBot) -> QWidget:
    return opened(window, qtbot)


def opened(window: MainWindow, qtbot: QtBot) -> QWidget:
    qtbot.mouseClick(window.header.type, Qt.MouseButton.LeftButton)
    shown = QApplication.activePopupWidget()
    assert shown is not None
    assert shown.objectName() == "reading-panel"
    return shown


def button(panel: QWidget, name: str) -> QAbstractButton:
    found = panel.findChild(QAbstractButton, name)
    assert found is not None, name
    return found


def press(panel: QWidget, name: str, qtbot: QtBot) -> None:
    qtbot.mouseClick(button(panel, name), Qt.MouseButton.LeftButton)


def family(window: MainWindow) -> str:
    assert window.document_stack.page.text_layout.typeset is not None
    return window.document_stack.page.text_layout.typeset.formats.body.font().family()


def column(window: MainWindow) -> int:
    assert window.document_stack.page.text_layout.typeset is not None
    return window.document_stack.page.text_layout.typeset.formats.column_px


def line_height(window: MainWindow) -> float:
    assert window.document_stack.page.text_layout.typeset is not None
    return window.document_stack.page.text_layout.typeset.formats.block().lineHeight()


@pytest.mark.parametrize(
    ("name", "setting", "value", "seen"),
    [
        ("typeface-sans", TYPEFACE, "sans", family),
        ("typeface-dyslexic", TYPEFACE, "dyslexic", family),
        ("column_width-narrow", COLUMN_WIDTH, "narrow", column),
        ("column_width-wide", COLUMN_WIDTH, "wide", column),
        ("line_spacing-tight", LINE_SPACING, "tight", line_height),
        ("line_spacing-loose", LINE_SPACING, "loose", line_height),
    ],
)
def test_a_choice_is_seen_at_once_kept_and_ringed(
    window: MainWindow,
    panel: QWidget,
    session: Session,
    qtbot: QtBot,
    name: str,
    setting: Setting[str],
    value: str,
    seen: Callable[[MainWindow], object],
) -> None:
    group = name.rpartition("-")[0]
    before = seen(window)
    usual = button(panel, f"{group}-{setting.default}")
    assert usual.isChecked()
    press(panel, name, qtbot)
    assert seen(window) != before
    assert session.settings.get(setting) == value
    assert button(panel, name).isChecked()
    assert not usual.isChecked()
    press(panel, f"{group}-{setting.default}", qtbot)
    assert seen(window) == before


def test_the_size_is_changed_in_steps_and_brought_back(
    panel: QWidget, session: Session, qtbot: QtBot
) -> None:
    press(panel, "larger", qtbot)
    press(panel, "larger", qtbot)
    assert session.settings.get(ZOOM) == 1.25
    assert button(panel, "own-size").text() == "125 %"
    press(panel, "smaller", qtbot)
    assert session.settings.get(ZOOM) == 1.1
    press(panel, "own-size", qtbot)
    assert session.settings.get(ZOOM) == 1.0


def test_presets_set_several_and_show_when_they_are_so(
    panel: QWidget, session: Session, qtbot: QtBot
) -> None:
    assert button(panel, "preset-Comfortable").isChecked()
    press(panel, "preset-Large print", qtbot)
    get = session.settings.get
    assert (get(ZOOM), get(COLUMN_WIDTH), get(LINE_SPACING)) == (1.6, "wide", "loose")
    assert button(panel, "preset-Large print").isChecked()
    press(panel, "smaller", qtbot)
    assert not any(
        button(panel, f"preset-{name}").isChecked()
        for name in ("Comfortable", "Compact", "Large print")
    )


def test_justified_text_ends_even_and_what_is_copied_is_the_text(
    window: MainWindow, panel: QWidget, session: Session, qtbot: QtBot
) -> None:
    document, typeset = session.current.document, window.document_stack.page.text_layout.typeset
    assert document is not None
    press(panel, "justify", qtbot)
    assert session.settings.get(JUSTIFY)
    panel.close()
    assert window.document_stack.page.text_layout.typeset is not typeset
    assert window.document_stack.page.text_layout.typeset is not None
    shown = window.document_stack.page.text_layout.typeset.toPlainText()
    assert "\u00ad" in shown
    words = "that matters most to psychiatrists"
    start = document.text.index("one " + words)
    session.selection.set_span(Span(start, start + 4 + len(words)))
    qtbot.keyClick(window.document_stack.page, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "one " + words


@pytest.mark.parametrize(("name", "theme"), [("dark", DARK), ("sepia", SEPIA)])
def test_themes_are_papers_to_choose(
    window: MainWindow, panel: QWidget, session: Session, qtbot: QtBot, name: str, theme: Theme
) -> None:
    press(panel, f"theme-{name}", qtbot)
    assert session.settings.get(THEME) == name
    assert window.theme is theme
    press(panel, "theme-light", qtbot)


def test_it_opens_by_key_is_walked_by_keyboard_and_gives_the_keyboard_back(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    window.document_stack.page.setFocus()
    qtbot.keyClick(
        window.document_stack.page, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier
    )
    panel = QApplication.activePopupWidget()
    assert panel is not None
    serif = button(panel, "typeface-serif")
    assert serif.hasFocus()
    qtbot.keyClick(serif, Qt.Key.Key_Right)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert session.settings.get(TYPEFACE) != "serif"
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert window.document_stack.page.hasFocus()


def test_it_stays_inside_a_small_window_and_scrolls(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(640, 420)
    panel = opened(window, qtbot)
    assert window.rect().contains(window.mapFromGlobal(panel.geometry().topLeft()))
    assert window.rect().contains(window.mapFromGlobal(panel.geometry().bottomRight()))
    last = button(panel, "theme-system")
    assert last.isVisibleTo(panel)
    panel.close()


def test_every_choice_has_a_name_and_says_what_it_does(panel: QWidget) -> None:
    for one in panel.findChildren(QAbstractButton):
        if one.objectName():
            assert one.accessibleName() or one.text(), one.objectName()
            assert one.toolTip(), one.objectName()
    panel.close()


def test_another_user_has_choices_of_his_own(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    panel = opened(window, qtbot)
    press(panel, "typeface-sans", qtbot)
    panel.close()
    session.users.switch("ben")
    assert session.settings.get(TYPEFACE) == "serif"
    window.document_stack.page.show_document(session.current.document)
    assert family(window) == "Offprint Serif"
