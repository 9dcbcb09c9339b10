"""Where the keyboard goes after the mouse has shown something: to the document."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from reader.session.session import Session
from reader.ui.shell.document_stack import DocumentStack
from reader.ui.shell.header import SearchField
from reader.ui.widgets.row_list import RowList


class KeyboardFollower(QObject):
    """Moves the keyboard to the document after each jump that was not made by keyboard.

    Lists and buttons beside the page are reached with Tab and F6, and a click leaves the keyboard
    where it is, so that after a menu or a dialog it is in the document too.
    """

    def __init__(self, session: Session, documents: DocumentStack, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)
        self._session = session
        self._documents = documents
        session.navigation.scroll_requested.connect(self._follow)
        session.current.changed.connect(self._follow)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._take_from_hidden)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_for_shortcut = event.type() == QEvent.Type.ShortcutOverride
        if is_for_shortcut and isinstance(event, QKeyEvent) and self.keeps(event):
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def watch(self, pane: QWidget) -> None:
        """Have clicks in a pane beside the page leave the keyboard in the document."""
        for rows in pane.findChildren(RowList):
            rows.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            rows.clicked.connect(self._documents.focus_view)
        for button in pane.findChildren(QAbstractButton):
            if button.focusPolicy() & Qt.FocusPolicy.ClickFocus:
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _follow(self, _where: object = None) -> None:
        if self.shows_document and self._is_free:
            self._documents.focus_view()

    def _take_from_hidden(self, old: QWidget | None, new: QWidget | None) -> None:
        """When what had the keyboard is hidden, Qt gives it to whatever is next: not what one looks
        at."""
        if not isValid(self._documents):
            # The window is being taken down.
            return
        documents, window = self._documents, self._documents.window()
        if old is None or new is None or old.isVisible():
            return
        if old.window() is window and new.window() is window and self.shows_document:
            documents.focus_view()

    @property
    def shows_document(self) -> bool:
        """Whether a document is in sight, and nothing in its place."""
        documents = self._documents
        shown = self._session.current.document is not None
        return shown and documents.currentWidget() is documents.view

    @property
    def is_in_document(self) -> bool:
        """Whether keys go to the document."""
        focus = QApplication.focusWidget()
        return focus is self._documents.page or focus is self._documents.printed

    @property
    def _is_free(self) -> bool:
        """Whether nobody is writing, or going through a list or a panel by keyboard."""
        focus = self._documents.window().focusWidget()
        if focus is None or not focus.isVisible():
            return True
        if isinstance(focus, QTextEdit) and focus.isReadOnly():
            return True
        if isinstance(focus, SearchField):
            return not focus.text()
        writes = isinstance(focus, QLineEdit | QPlainTextEdit | QTextEdit | QComboBox)
        return not writes and not isinstance(focus, RowList | QAbstractButton)

    def keeps(self, event: QKeyEvent) -> bool:
        """Whether a key is for the list or pane that has the keyboard, and not for the document:
        Del takes away what is current there."""
        if event.key() != Qt.Key.Key_Delete or event.modifiers():
            return False
        focus = QApplication.focusWidget()
        return focus is not None and not focus.isWindow() and not self.is_in_document
