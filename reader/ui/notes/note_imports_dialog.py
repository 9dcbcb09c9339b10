"""What imports of notes brought: to be looked at, and to be put on another document."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.model.export.export_set import local_day
from reader.note_importers.imports import imports_in
from reader.services.note_import import NotesReport
from reader.session.session import Session
from reader.settings import NOTE_IMPORTS

OUTCOMES = {
    "new": "New",
    "updated": "Updated",
    "known": "There already",
    "unplaced": "Not placed",
}


class ReportDialog(QDialog):
    """Says what became of the notes of a file, with a way to show each kind."""

    shown = Signal(tuple)  # ids of the notes to be shown

    def __init__(self, report: NotesReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Imported Notes")
        said = QLabel(str(report), self)
        said.setWordWrap(True)
        self.buttons: dict[str, QPushButton] = {}
        rows = QGridLayout()
        for row, (kind, name) in enumerate(OUTCOMES.items()):
            ids = report.ids.get(kind, ())
            button = QPushButton("Show", self)
            button.setAccessibleName(f"Show the notes that are {name.lower()}")
            button.setEnabled(bool(ids))
            button.setProperty("ids", list(ids))
            button.clicked.connect(self._show_some)
            rows.addWidget(QLabel(name, self), row, 0)
            rows.addWidget(QLabel(str(len(ids)), self), row, 1)
            rows.addWidget(button, row, 2)
            self.buttons[kind] = button
        rows.setColumnStretch(0, 1)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        close.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(said)
        column.addLayout(rows)
        column.addWidget(close)

    def _show_some(self) -> None:
        sender = self.sender()
        assert sender is not None
        ids = tuple(sender.property("ids"))
        self.accept()
        self.shown.emit(ids)


class ImportsDialog(QDialog):
    """Lists the imports; the notes of one can be shown, or put on another document."""

    shown = Signal(tuple)  # ids of the notes to be shown

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._imports = imports_in(session.settings.get(NOTE_IMPORTS))
        self.setWindowTitle("Imported Notes")
        self.list = QListWidget(self)
        self.list.setAccessibleName("Imports")
        for one in self._imports:
            notes = "1 note" if len(one.notes) == 1 else f"{len(one.notes)} notes"
            name = one.file_name or one.format_name
            line = f"{name}  ·  {one.format_name}  ·  {local_day(one.made)}  ·  {notes}"
            QListWidgetItem(line, self.list)
        self.document = QComboBox(self)
        self.document.setAccessibleName("The document that the notes belong to")
        self.document.setMinimumContentsLength(36)
        self.document.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.document.addItem("Choose a document…", "")
        for entry in sorted(session.catalog.entries, key=lambda entry: entry.title.casefold()):
            self.document.addItem(entry.title, entry.id)
            last = self.document.count() - 1
            self.document.setItemData(last, entry.title, Qt.ItemDataRole.ToolTipRole)
        self.show_button = QPushButton("Show in Notebook", self)
        self.move_button = QPushButton("Move Its Notes There", self)
        row = QHBoxLayout()
        row.addWidget(self.document, 1)
        row.addWidget(self.move_button)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        close.addButton(self.show_button, QDialogButtonBox.ButtonRole.ActionRole)
        said = QLabel(
            "If the notes of an import are on the wrong document, move them to the right one: each "
            "goes where its words stand there, or waits to be placed.",
            self,
        )
        said.setWordWrap(True)
        column = QVBoxLayout(self)
        column.addStrut(560)
        column.addWidget(said)
        column.addWidget(self.list)
        column.addLayout(row)
        column.addWidget(close)
        close.rejected.connect(self.reject)
        self.show_button.clicked.connect(self._show_notes)
        self.move_button.clicked.connect(self._move)
        self.list.currentRowChanged.connect(self._enable)
        self.document.currentIndexChanged.connect(self._enable)
        self._enable()

    def _enable(self, _event: object = None) -> None:
        chosen = self.list.currentRow() >= 0
        self.show_button.setEnabled(chosen)
        self.move_button.setEnabled(chosen and bool(self.document.currentData()))

    def _show_notes(self) -> None:
        ids = self._imports[self.list.currentRow()].notes
        self.accept()
        self.shown.emit(ids)

    def _move(self) -> None:
        one = self._imports[self.list.currentRow()]
        self._session.note_transfer.import_file(one, {"": str(self.document.currentData())})
        self.accept()
