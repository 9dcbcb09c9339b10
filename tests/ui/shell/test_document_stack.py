from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from reader.model.span import Span
from reader.session.session import Session
from reader.ui.shell.document_stack import DocumentPane, DocumentStack
from reader.ui.shell.theme_manager import ThemeManager
from reader.ui.widgets import theme as themes
from tests.ui.samples import a_flat_text


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    return window


@pytest.fixture
def stack(window: QWidget, session: Session) -> Iterator[DocumentStack]:
    stack = DocumentStack(session, ThemeManager(session, themes.LIGHT, window))
    stack.setParent(window)
    stack.resize(800, 600)
    window.show()
    stack.show_document(session.current.document)
    yield stack
    # Before the session is closed: the page saves its place when it is let go.
    stack.hide()


def test_without_a_document_it_says_what_to_do(stack: DocumentStack, session: Session) -> None:
    assert stack.currentWidget() is stack.view is stack.page
    stack.show_document(None)
    assert stack.currentWidget() is stack.empty
    session.workspace.library.add(a_flat_text(), a_flat_text().title.encode(), {})
    session.navigation.open(a_flat_text().id)
    assert stack.currentWidget() is stack.page


def test_another_pane_takes_the_documents_place_and_gives_it_back(
    stack: DocumentStack, window: QWidget, qtbot: QtBot
) -> None:
    stand_in = QWidget()
    stack.addWidget(stand_in)
    with (
        qtbot.waitSignal(stack.stand_in_shown),
        qtbot.assertNotEmitted(stack.document_shown),
    ):
        assert stack.toggle(stand_in)
    assert stack.currentWidget() is stand_in
    with (
        qtbot.waitSignal(stack.document_shown),
        qtbot.assertNotEmitted(stack.stand_in_shown),
    ):
        assert not stack.toggle(stand_in)
    assert stack.currentWidget() is stack.page
    assert window.focusWidget() is stack.page


def test_the_keyboard_stays_in_the_document_that_is_shown_anew(
    stack: DocumentStack, session: Session, window: QWidget
) -> None:
    field = QWidget(window)
    field.show()
    field.setFocus()
    stack.show_document(session.current.document)
    assert window.focusWidget() is field
    stack.focus_view()
    stack.show_document(session.current.document)
    assert window.focusWidget() is stack.page


def test_its_pane_is_the_view_in_use(
    stack: DocumentStack, session: Session, window: QWidget
) -> None:
    pane = DocumentPane(stack)
    assert pane.widget is stack.page
    pane.take_focus()
    assert window.focusWidget() is stack.page
    assert not pane.escape()
    menu = QMenu(window)
    stack.set_context_menu(menu)
    assert stack.page.context_menu is menu
    stack.propose(Span(0, 4))
    stack.propose(None)
