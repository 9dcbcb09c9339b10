"""What a note was, and when; and the way back to an earlier state."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.session.session import Session
from reader.store.edit_log import Version
from reader.ui.widgets.controls import resize_with_text
from reader.ui.widgets.dates import short_moment
from reader.ui.widgets.theme import Theme

_KINDS = {"edit": "", "undo": " (undone)", "redo": " (made again)"}


class HistoryDialog(QDialog):
    """The states of one note, the latest first."""

    def __init__(self, session: Session, annotation_id: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._id = annotation_id
        self._versions = session.notebook.history(annotation_id)[::-1]
        self.setWindowTitle("History of a Note")
        resize_with_text(self, 720, 400)
        self._list = QListWidget(self)
        self._list.setAccessibleName("States of the note")
        for number, version in enumerate(self._versions):
            before = self._versions[number + 1] if number + 1 < len(self._versions) else None
            self._list.addItem(f"{_time(version.made)}  {what_changed(before, version)}")
        self._text = QPlainTextEdit(self)
        self._text.setReadOnly(True)
        self._text.setAccessibleName("The note as it was")
        said = QLabel("Putting a state back is an edit like any other: it can be undone.", self)
        said.setStyleSheet(f"color: {theme.ink2};")
        sides = QHBoxLayout()
        sides.addWidget(self._list, 2)
        sides.addWidget(self._text, 3)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self._put_back = QPushButton("Put this state back", self)
        buttons.addButton(self._put_back, QDialogButtonBox.ButtonRole.ActionRole)
        self._put_back.clicked.connect(self._restore)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(sides)
        column.addWidget(said)
        column.addWidget(buttons)
        self._list.currentRowChanged.connect(self._show)
        self._list.setCurrentRow(0)
        self._show(self._list.currentRow())

    def _show(self, row: int) -> None:
        version = self._versions[row] if 0 <= row < len(self._versions) else None
        annotation = version.annotation if version is not None else None
        self._put_back.setEnabled(annotation is not None and row > 0)
        if annotation is None:
            self._text.setPlainText("The note was not there.")
            return
        tags = " ".join(f"#{tag}" for tag in annotation.tags)
        parts = [
            f"“{self._session.annotations.quote(annotation)}”",
            annotation.note,
            tags,
            f"Colour: {self._session.annotations.meaning(annotation.colour)} ({annotation.colour})",
            "In the trash" if annotation.deleted else "",
        ]
        self._text.setPlainText("\n\n".join(part for part in parts if part))

    def _restore(self) -> None:
        self._session.notebook.revert(self._id, self._versions[self._list.currentRow()])
        self.accept()


def _time(made: str) -> str:
    return short_moment(made) or "At an unknown time"


def what_changed(before: Version | None, after: Version) -> str:
    """An edit in a word or two."""
    old = before.annotation if before is not None else None
    new = after.annotation
    if old is None or new is None:
        said = "made" if new is not None else "removed"
    elif old.deleted != new.deleted:
        said = "deleted" if new.deleted else "restored"
    else:
        named = (
            ("note", old.note != new.note),
            ("tags", old.tags != new.tags),
            ("colour", old.colour != new.colour),
            ("style", old.style != new.style),
            ("place", (old.target, old.state) != (new.target, new.state)),
        )
        said = ", ".join(name for name, changed in named if changed) or "edited"
    return said + _KINDS[after.kind]
