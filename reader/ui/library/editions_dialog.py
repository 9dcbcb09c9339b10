"""Chooses an edition of a document to be read."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from reader.session.session import Session
from reader.store.editions import Edition
from reader.ui.widgets.dates import published_day, short_day
from reader.ui.widgets.dialog_lists import DialogList

ROLE = QDialogButtonBox.ButtonRole.ActionRole


class EditionsDialog(QDialog):
    """All texts that a document has or had, the latest first."""

    def __init__(self, session: Session, document_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._offers = session.offers
        self._editions = session.workspace.library.editions.all(document_id)
        self.setWindowTitle("Earlier Editions")
        self._list = DialogList(self)
        self._list.setAccessibleName("Editions")
        # Long titles take two lines: which edition it is stands before them.
        self._list.addItems([_said(edition) for edition in self._editions])
        self._list.setCurrentRow(min(1, len(self._editions) - 1))
        self._list.itemActivated.connect(self._open)
        self._list.currentRowChanged.connect(self._enable)
        text = QLabel(
            "Every text that notes were written on is kept. Notes follow to the latest one.", self
        )
        text.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        read = buttons.addButton("Read", QDialogButtonBox.ButtonRole.AcceptRole)
        read.setDefault(True)
        self.part = buttons.addButton("Not the Same Document", ROLE)
        self.part.setToolTip("Makes a document of its own of this one; each keeps its own notes")
        self.part.clicked.connect(self._part)
        buttons.accepted.connect(self._open)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addStrut(560)
        for widget in (text, self._list, buttons):
            column.addWidget(widget)
        self._enable(self._list.currentRow())

    def _enable(self, row: int) -> None:
        """A file that was read twice is one document; only another file can be parted."""
        files = {edition.document_id for edition in self._editions}
        self.part.setEnabled(row >= 0 and len(files) > 1)

    def _part(self) -> None:
        document_id = self._editions[self._list.currentRow()].document_id
        self.accept()
        self._offers.part(document_id)

    def _open(self) -> None:
        row = self._list.currentRow()
        self.accept()
        if row >= 0:
            self._session.current.open_edition(self._editions[row])


def _said(edition: Edition) -> str:
    latest = "Latest" if edition.current else f"Reading {edition.number}"
    published = f", published {published_day(edition.published)}" if edition.published else ""
    day = short_day(edition.imported)
    return f"{latest}, imported {day}{published}: {edition.title} – “{edition.source}”"
