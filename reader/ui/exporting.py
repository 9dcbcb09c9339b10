"""Asks which notes go out, in which format, and whether to a file or to the clipboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from reader.exporters.registry import FORMATS
from reader.model.annotation import COLOURS
from reader.session import Session
from reader.taking_out import Wanted
from reader.ui.controls import ColourDot
from reader.ui.theme import Theme

PREVIEW_CHARACTERS = 1_500


class ExportDialog(QDialog):
    """Choices on the left, what will come out on the right."""

    def __init__(
        self,
        session: Session,
        theme: Theme,
        parent: QWidget,
        ids: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._ids = ids
        self.setWindowTitle("Export Notes")
        self.resize(820, 460)
        self._here = QRadioButton("This document", self)
        self._all = QRadioButton("The whole library", self)
        for button in (self._here, self._all):
            button.toggled.connect(self._preview)
        scope = QHBoxLayout()
        scope.addWidget(self._here)
        scope.addWidget(self._all)
        self._formats = QButtonGroup(self)
        formats = QVBoxLayout()
        for number, one in enumerate(FORMATS.values()):
            button = QRadioButton(f"{one.title} ({one.suffix})", self)
            button.setProperty("format", one.name)
            self._formats.addButton(button, number)
            button.toggled.connect(self._preview)
            formats.addWidget(button)
        colours = QHBoxLayout()
        colours.setSpacing(0)
        self._dots = []
        for colour in COLOURS:
            dot = ColourDot(colour, f"Only {session.meaning(colour)} ({colour})", theme, self)
            dot.setCheckable(True)
            dot.toggled.connect(self._preview)
            colours.addWidget(dot)
            self._dots.append(dot)
        colours.addStretch(1)
        self._tags = QLineEdit(self)
        self._tags.setPlaceholderText("All tags")
        self._tags.setAccessibleName("Only these tags, with spaces between")
        self._tags.textChanged.connect(self._preview)
        form = QFormLayout()
        form.setVerticalSpacing(12)
        form.addRow("Notes of", scope)
        form.addRow("Colours", colours)
        form.addRow("Tags", self._tags)
        form.addRow("Format", formats)
        self._count = QLabel(self)
        self._count.setWordWrap(True)
        self._count.setStyleSheet(f"color: {theme.ink2};")
        self._text = QPlainTextEdit(self)
        self._text.setReadOnly(True)
        self._text.setAccessibleName("Preview")
        left = QVBoxLayout()
        left.addLayout(form)
        left.addStretch(1)
        left.addWidget(self._count)
        row = QHBoxLayout()
        row.addLayout(left, 2)
        row.addWidget(self._text, 3)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        role = QDialogButtonBox.ButtonRole
        self._copy = self._buttons.addButton("Copy", role.ActionRole)
        self._save = self._buttons.addButton("Save…", role.AcceptRole)
        self._save.setDefault(True)
        self._copy.clicked.connect(self._copy_text)
        self._buttons.accepted.connect(self._choose_file)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(row)
        column.addWidget(self._buttons)
        self._here.setEnabled(session.document is not None)
        here = session.document is not None and not ids
        (self._here if here else self._all).setChecked(True)
        if ids:
            self._all.setText("1 chosen note" if len(ids) == 1 else f"{len(ids)} chosen notes")
            self._here.setVisible(False)
        kept = session.setting("export_format", "markdown")
        for choice in self._formats.buttons():
            choice.setChecked(choice.property("format") == kept)
        self._preview()

    @property
    def wanted(self) -> Wanted:
        """Which notes have been chosen."""
        document = self._session.document
        here = self._here.isChecked() and document is not None
        return Wanted(
            document.id if here and document is not None else "",
            tuple(tag.strip("#,") for tag in self._tags.text().split()),
            tuple(dot.colour for dot in self._dots if dot.isChecked()),
            self._ids,
        )

    @property
    def format_name(self) -> str:
        """The format that has been chosen."""
        button = self._formats.checkedButton()
        return str(button.property("format")) if button is not None else "markdown"

    def _preview(self, _event: object = None) -> None:
        if self._formats.checkedButton() is None:
            return
        count, text = self._session.exported(self.wanted, self.format_name)
        notes = "1 note" if count == 1 else f"{count} notes"
        self._count.setText(f"{notes}. The file is not encrypted.")
        shown = text[:PREVIEW_CHARACTERS]
        self._text.setPlainText(shown + ("\n…" if len(text) > len(shown) else ""))
        self._copy.setEnabled(count > 0)
        self._save.setEnabled(count > 0)

    def _copy_text(self) -> None:
        count, text = self._session.exported(self.wanted, self.format_name)
        QGuiApplication.clipboard().setText(text)
        self._session.tell(f"{count} notes are on the clipboard.")
        self._keep_format()
        self.accept()

    def _choose_file(self) -> None:
        one = FORMATS[self.format_name]
        document = self._session.document
        name = document.title if document is not None and self._here.isChecked() else "Notes"
        safe = "".join(c for c in name[:60] if c.isalnum() or c in " -_").strip() or "Notes"
        folder = Path(self._session.setting("export_folder", "") or Path.home())
        path, _ = QFileDialog.getSaveFileName(
            self,
            "Export Notes",
            str(folder / f"{safe}{one.suffix}"),
            f"{one.title} (*{one.suffix})",
        )
        if path:
            self._session.set_setting("export_folder", str(Path(path).parent))
            self._keep_format()
            self._session.export(self.wanted, one.name, path)
            self.accept()

    def _keep_format(self) -> None:
        self._session.set_setting("export_format", self.format_name)
