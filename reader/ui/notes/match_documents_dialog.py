"""The dialog that asks which documents of the library the notes of a file are on."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reader.services.note_import import NotesReport
from reader.session.session import Session
from reader.store.catalog import CatalogEntry

LONGEST_NAME = 60
# A title that shares less with the name than this is no suggestion.
LIKE = 0.6
_NUMBER = re.compile(r"\d+(?:\.\d+)*")


class HomesDialog(QDialog):
    """A list to choose from for each document that the file names and the library does not know."""

    def __init__(
        self, session: Session, path: str, report: NotesReport, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._path = path
        self.setWindowTitle("Whose Notes Are These?")
        said = QLabel(
            "These notes were not imported, since it is not sure which document they are on. "
            "Choose it, or leave them out. Each passage is looked for in the text; one that is not "
            "surely found goes to the notes to be checked.",
            self,
        )
        said.setWordWrap(True)
        entries = sorted(session.catalog.entries, key=lambda entry: entry.title.casefold())
        inner = QWidget(self)
        form = QFormLayout(inner)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self.choices: dict[str, QComboBox] = {}
        for name, count in report.homeless:
            self.choices[name] = self._choice(name, entries)
            notes = "1 note" if count == 1 else f"{count} notes"
            form.addRow(
                f"{_short(name) or 'A document without a name'}  ·  {notes}", self.choices[name]
            )
        area = QScrollArea(self)
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setMaximumHeight(420)
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Ok | standard.Cancel, self)
        buttons.button(standard.Ok).setText("Import")
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addStrut(640)
        for widget in (said, area, buttons):
            column.addWidget(widget)

    def _choice(self, name: str, entries: list[CatalogEntry]) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(f"The document called {name}")
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(40)
        # Nothing is chosen before the person does: notes on a wrong document are worse than none.
        box.addItem("Leave out", "")
        for entry in sorted(entries, key=lambda entry: -self._likeness(name, entry)):
            box.addItem(entry.title, entry.id)
            box.setItemData(box.count() - 1, entry.title, Qt.ItemDataRole.ToolTipRole)
        return box

    def _likeness(self, name: str, entry: CatalogEntry) -> float:
        """What is most likely meant stands first, the rest in the order of titles."""
        if not name:
            open_now = self._session.current.document
            return float(open_now is not None and entry.id == open_now.id)
        if set(_NUMBER.findall(name)) != set(_NUMBER.findall(entry.title)):
            # Another version, or another volume.
            return 0.0
        like = SequenceMatcher(None, name.casefold(), entry.title.casefold()).ratio()
        return like if like >= LIKE else 0.0

    def _take(self) -> None:
        chosen = {name: str(box.currentData()) for name, box in self.choices.items()}
        chosen = {name: document_id for name, document_id in chosen.items() if document_id}
        self.accept()
        if chosen:
            self._session.note_transfer.import_file(self._path, chosen)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
