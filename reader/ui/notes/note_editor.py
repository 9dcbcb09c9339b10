"""The editor of one note, in the place of its card."""

from __future__ import annotations

import os

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.model.annotation import COLOURS, Annotation
from reader.session.drafts import DRAFT_DELAY_MS
from reader.session.session import Session
from reader.session.timers import single_shot
from reader.store.drafts import Draft
from reader.ui.notes.note_field import NoteField
from reader.ui.widgets.controls import ColourDot, IconButton
from reader.ui.widgets.theme import Theme


class NoteEditor(QWidget):
    """Text, tags and colour of an annotation; leaving it keeps what is written."""

    finished = Signal()  # by a key or a button
    left = Signal()  # the keyboard went elsewhere in the window

    def __init__(
        self, session: Session, annotation: Annotation, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._id = annotation.id
        self._before = annotation
        self._draft_id = os.urandom(16).hex()
        self._done = False
        self._draft_timer = single_shot(self, DRAFT_DELAY_MS)
        self._draft_timer.timeout.connect(self._put_draft)
        self.setAutoFillBackground(False)
        self.text = NoteField(annotation.note, self)
        self.text.setPlaceholderText("Your note")
        self.text.setAccessibleName("Note")
        self.text.setTabChangesFocus(True)
        self.text.installEventFilter(self)
        self.tags = QLineEdit(" ".join(annotation.tags), self)
        self.tags.setPlaceholderText("Tags, with spaces between")
        self.tags.setAccessibleName("Tags")
        self.tags.installEventFilter(self)
        self._completer = QCompleter(sorted(session.notebook.tags(), key=str.casefold), self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setWidget(self.tags)
        self._completer.activated.connect(self._complete)
        self.tags.textEdited.connect(self._offer_tags)
        self.text.textChanged.connect(self._take_typing)
        self.tags.textChanged.connect(self._take_typing)
        session.drafts.wanted.connect(self._put_draft)
        row = QHBoxLayout()
        row.setSpacing(0)
        for colour in COLOURS:
            dot = ColourDot(
                colour, f"{session.annotations.meaning(colour)} – {colour}", theme, self
            )
            dot.setCheckable(True)
            dot.setAutoExclusive(True)
            dot.setChecked(colour == annotation.colour)
            dot.clicked.connect(self._recolour)
            row.addWidget(dot)
        row.addStretch(1)
        delete = IconButton("trash-2", "Delete highlight and note", theme, self, 26)
        delete.clicked.connect(self._delete)
        row.addWidget(delete)
        done = QPushButton("Done", self)
        done.setToolTip("Keep the note (Ctrl+Enter or Esc)")
        done.setStyleSheet("padding: 3px 10px;")
        done.clicked.connect(self.finished)
        row.addWidget(done)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.text, 1)
        column.addWidget(self.tags)
        column.addLayout(row)

    def _tag_begun(self) -> str:
        """The tag at whose end the caret stands."""
        before = self.tags.text()[: self.tags.cursorPosition()]
        return before.rpartition(" ")[2].lstrip("#")

    def _offer_tags(self, _text: str) -> None:
        begun = self._tag_begun()
        self._completer.setCompletionPrefix(begun)
        fits = self._completer.completionCount() > 0
        if begun and fits and self._completer.currentCompletion().casefold() != begun.casefold():
            self._completer.complete()
        else:
            popup = self._completer.popup()
            if popup is not None:
                popup.hide()

    def _complete(self, tag: str) -> None:
        at, begun = self.tags.cursorPosition(), self._tag_begun()
        text = self.tags.text()
        self.tags.setText(f"{text[: at - len(begun)]}{tag} {text[at:].lstrip()}")
        self.tags.setCursorPosition(at - len(begun) + len(tag) + 1)

    def take_focus(self) -> None:
        """Puts the caret at the end of the note."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        cursor = self.text.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.text.setTextCursor(cursor)

    def _take_typing(self) -> None:
        self._done = False
        # Not begun anew by each key: what is typed without a pause is on the disk as soon.
        if not self._draft_timer.isActive():
            self._draft_timer.start()

    @property
    def words(self) -> str:
        """What is written as a note now."""
        return self.text.toPlainText()

    def _draft(self) -> Draft:
        return self._session.drafts.draft(
            self._draft_id, self._before, self.words, self.tags.text()
        )

    def _put_draft(self) -> None:
        self._draft_timer.stop()
        if self._done:
            return
        draft = self._draft()
        if draft.is_new:
            self._session.drafts.put(draft)
        else:
            self._session.drafts.drop(self._draft_id)

    def keep(self) -> bool:
        """Writes the note down; False when that failed, and then it stays in the editor.

        When the note was removed or written anew elsewhere meanwhile, the words are left as a
        draft that can be made a note of its own.
        """
        if self._done:
            return True
        self._draft_timer.stop()
        drafts, draft = self._session.drafts, self._draft()
        if self._is_still_empty:
            # It was marked for a note that was not written after all.
            self._done = True
            drafts.drop(self._draft_id)
            if self._session.annotations.take_back(self._id):
                return True
            self._done = False
        if drafts.becomes_new(draft) or self._session.annotations.get(self._id) is None:
            self._done = not draft.is_new or drafts.leave(draft)
            return self._done
        written = draft.written_on(self._before)
        fields = {"note": written.note, "tags": written.tags, "motivation": written.motivation}
        if not self._session.annotations.edit(self._id, **fields):
            drafts.put(draft)
            return False
        self._done = True
        drafts.drop(self._draft_id)
        return True

    @property
    def _is_still_empty(self) -> bool:
        before, words = self._before, self.words + self.tags.text()
        return not (words.strip() or before.note) and before.motivation == "commenting"

    def _recolour(self) -> None:
        dot = self.sender()
        if isinstance(dot, ColourDot):
            self._session.annotations.edit(self._id, colour=dot.colour)

    def _delete(self) -> None:
        self._done = True
        self._draft_timer.stop()
        self._session.drafts.drop(self._draft_id)
        self._session.annotations.delete(self._id)
        if self._session.annotations.get(self._id) is not None:
            # It could not be deleted, so what is typed is still wanted.
            self._take_typing()

    def _lose_focus(self, event: QFocusEvent) -> None:
        to = QApplication.focusWidget()
        if event.reason() == Qt.FocusReason.PopupFocusReason or (to and self.isAncestorOf(to)):
            return
        if event.reason() == Qt.FocusReason.ActiveWindowFocusReason:
            # Someone who turns to another program may not come back; the editor waits if they do.
            self._put_draft()
        elif self.keep():
            self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self._lose_focus(event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            ends_line = enter and watched is self.tags
            if event.key() == Qt.Key.Key_Escape or (enter and control) or ends_line:
                self.finished.emit()
                return True
        return super().eventFilter(watched, event)
