"""The page is painted first: what stands around it comes after, and nothing is lost meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from reader.model.left_out import LeftOut
from reader.model.span import Span
from reader.problem import Problem
from reader.session.session import Session
from reader.settings import PANES, THEME
from reader.ui.article.left_out import LeftOutBar
from reader.ui.shell.header import Header
from reader.ui.shell.main_window import MainWindow
from reader.ui.shell.message_bar import MessageBar
from reader.ui.widgets import theme as themes
from reader.ui.widgets.first_paint import FirstPaint
from reader.ui.widgets.in_turns import InTurns
from tests.counting import TYPESET, counted
from tests.ui.samples import an_article

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, session: Session, styled: None) -> Iterator[MainWindow]:
    session.settings.set(THEME, "light")
    window = MainWindow(session, themes.LIGHT, page_first=True)
    qtbot.addWidget(window)
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1366, 768)
    window.show()
    session.current.changed.emit(session.current.document)
    yield window
    window.close()


def place(window: MainWindow) -> QRect:
    page = window.document_stack.view
    return QRect(page.mapTo(window, page.rect().topLeft()), page.size())


def has(window: MainWindow, kind: type[QWidget]) -> bool:
    return window.findChild(kind) is not None


def test_the_page_does_not_move_when_the_rest_comes(window: MainWindow) -> None:
    assert not has(window, Header)
    before = place(window)
    picture = window.grab().toImage()
    bottom = before.top() - 1
    assert picture.pixelColor(600, 4) == QColor(themes.LIGHT.chrome)
    assert picture.pixelColor(600, bottom) == QColor(themes.LIGHT.line)
    assert picture.pixelColor(20, 300) == QColor(themes.LIGHT.chrome)
    assert picture.pixelColor(1340, 300) == QColor(themes.LIGHT.chrome)
    window.complete()
    QApplication.processEvents()
    assert place(window) == before
    assert window.grab(before).toImage() == picture.copy(before)
    assert window.grab().toImage().pixelColor(600, bottom) == QColor(themes.LIGHT.line)


def test_what_was_hidden_stays_hidden(qtbot: QtBot, session: Session) -> None:
    session.settings.set(PANES, {"left": False, "notes": True})
    window = MainWindow(session, themes.LIGHT, page_first=True)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    before = place(window)
    window.complete()
    assert not window.left.isVisible()
    assert window.notes.isVisible()
    assert place(window) == before
    window.close()


def test_the_rest_comes_one_part_a_turn(window: MainWindow, qtbot: QtBot) -> None:
    order: list[str] = []
    window.complete_in_turns(lambda: order.append("all"))
    assert order == []
    assert not has(window, Header)
    qtbot.waitUntil(lambda: order == ["all"])
    assert window.header.isVisible()
    assert window.left.isVisible()
    assert window.notes.isVisible()
    assert window.middle.status.isVisible()


def test_nothing_is_begun_in_a_window_that_was_closed(window: MainWindow, qtbot: QtBot) -> None:
    begun: list[str] = []
    window.complete_in_turns(lambda: begun.append("all"))
    window.close()
    qtbot.wait(50)
    assert begun == []


def test_half_a_window_is_closed_with_its_session(
    window: MainWindow, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError

    closed: list[str] = []
    with monkeypatch.context() as now, qtbot.captureExceptions() as raised:
        now.setattr("reader.ui.notes.notes_pane.NotesPane", broken)
        now.setattr(session, "close", lambda: closed.append("session"))
        window.complete_in_turns(lambda: closed.append("all"))
        qtbot.waitUntil(lambda: len(raised) == 1)
        qtbot.wait(20)
        assert window.close()
    assert closed == ["session"]
    assert [kind for kind, *_ in raised] == [ValueError]


def test_what_is_done_in_turns_ends_with_the_window(window: MainWindow, qtbot: QtBot) -> None:
    done: list[int] = []

    def steps() -> Iterator[None]:
        for number in range(9):
            done.append(number)
            yield

    window.complete()
    InTurns(window.left).begin(steps())
    window.close()
    qtbot.wait(20)
    assert done == [0]


def test_keys_before_the_rest_is_there_are_answered(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    page = window.document_stack.page
    qtbot.keyClick(page, Qt.Key.Key_PageDown)
    session.selection.set_span(Span(0, 5))
    qtbot.keyClick(page, Qt.Key.Key_H)
    assert list(session.annotations.spans.values()) == [Span(0, 5)]
    assert window.notes.isVisible()


def test_what_a_key_shows_before_the_page_was_painted_is_waited_for_in_its_place(
    window: MainWindow, qtbot: QtBot
) -> None:
    painted: list[str] = []
    window.complete()
    window.menus.actions["shelf"].trigger()
    FirstPaint(window.document_stack.first_painted, lambda: painted.append("table"))
    window.grab()
    qtbot.waitUntil(lambda: painted == ["table"])


def test_what_is_typed_at_once_is_searched_for(window: MainWindow, qtbot: QtBot) -> None:
    page = window.document_stack.page
    qtbot.keyClick(page, Qt.Key.Key_F, CONTROL)
    qtbot.keyClicks(window.focusWidget() or page, "press")
    assert window.header.search.text() == "press"


def test_a_menu_that_is_asked_for_at_once_opens_below_its_button(
    window: MainWindow, qtbot: QtBot
) -> None:
    # So that the menu has room on the screen.
    window.resize(700, 500)
    qtbot.keyClick(window.document_stack.page, Qt.Key.Key_F10)
    menu, button = window.menus.main, window.header.menu
    assert menu.isVisible()
    menu.hide()
    corner = button.mapTo(window, button.rect().bottomRight())
    assert corner.x() > 600
    assert abs(menu.geometry().right() - window.mapToGlobal(corner).x()) <= 1


def test_a_note_that_is_asked_for_at_once_is_written(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    session.selection.set_span(Span(0, 5))
    session.marker.write_note()
    focus = window.focusWidget()
    assert isinstance(focus, QPlainTextEdit)
    qtbot.keyClicks(focus, "At once.")
    assert window.notes.finish_editing()
    assert [one.note for one in session.annotations.all] == ["At once."]


def test_a_note_that_is_asked_for_at_once_is_seen_where_the_notes_were_hidden(
    qtbot: QtBot, session: Session
) -> None:
    session.settings.set(PANES, {"left": True, "notes": False})
    window = MainWindow(session, themes.LIGHT, page_first=True)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    session.selection.set_span(Span(0, 7))
    session.marker.write_note()
    assert window.notes.isVisible()


def test_what_is_said_meanwhile_is_shown(window: MainWindow, session: Session) -> None:
    session.notifier.error(Problem("The file “a.html” cannot be read."))
    session.notifier.info("News that come later.")
    window.complete()
    assert window.middle.message.sentence == "The file “a.html” cannot be read."


@pytest.mark.parametrize("how", ["news", "offer"])
def test_news_and_offers_are_shown_too(window: MainWindow, session: Session, how: str) -> None:
    assert not has(window, MessageBar)
    if how == "news":
        session.notifier.info("Said.")
    else:
        session.notifier.offer("Said.", "Do It", session.drafts.flush)
    window.complete()
    assert window.middle.message.sentence == "Said."


def test_tab_goes_through_the_window_from_left_to_right(window: MainWindow) -> None:
    window.complete()
    parts = (window.header, window.left, window.middle, window.notes)
    seen: list[QWidget] = []
    one = window.nextInFocusChain()
    while one is not None and one is not window:
        part = next((part for part in parts if part.isAncestorOf(one)), None)
        is_reached = bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if is_reached and part is not None and part not in seen[-1:]:
            seen.append(part)
        one = one.nextInFocusChain()
    assert seen == list(parts)


def test_a_bar_above_the_page_is_there_before_it_is_painted(
    window: MainWindow, session: Session
) -> None:
    menus = LeftOut("menu", "Home About Contact " * 20, 0)
    document = replace(an_article("Menus"), left_out=(menus,))
    session.workspace.library.add(document, b"Menus", {})
    session.navigation.open(document.id)
    QApplication.processEvents()
    before = place(window)
    assert has(window, LeftOutBar)
    window.complete()
    QApplication.processEvents()
    assert place(window) == before
    assert window.middle.left_out_bar.sentence == "1 part of this page was left out as menus."


def test_an_article_is_made_with_its_size_when_it_comes_late(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    page = window.document_stack.page
    assert page.text_layout.typeset is not None
    assert page.size() == window.document_stack.size()
    with counted() as counts:
        QApplication.processEvents()
        window.complete()
        QApplication.processEvents()
    assert counts[TYPESET] == 0
    assert window.focusWidget() is page
