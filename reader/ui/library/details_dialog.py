"""Dialogs about documents: what is known about one, and what was removed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from reader.formats import is_outdated
from reader.model.detail_fields import checked
from reader.model.document import Document, detail
from reader.model.tag_syntax import names_in, tags_in
from reader.problem import Problem
from reader.session.session import Session
from reader.store.metadata import FIELDS, LabelKind
from reader.ui.widgets.chip_field import ChipField, Parsing
from reader.ui.widgets.controls import resize_with_text, scrolled
from reader.ui.widgets.dialog_lists import DialogList
from reader.ui.widgets.theme import Theme

_NAMES = {
    "published": "Published",
    "updated": "Updated",
    "doi": "DOI",
    "pmid": "PubMed id",
    "licence": "Licence",
    "address": "Source address",
}
_PLACEHOLDERS = {
    "title": "Title of the article or book",
    "authors": "Family, Given; Family, Given",
    "journal": "Journal or publisher",
    "volume": "12",
    "issue": "3",
    "pages": "101–110",
    "published": "2021, 2021-03 or 2021-03-12",
    "updated": "2021, 2021-03 or 2021-03-12",
    "doi": "10.1000/182",
    "pmid": "12345678",
    "language": "en",
    "licence": "CC BY 4.0",
    "address": "https://…",
}


class DetailsDialog(QDialog):
    """Everything that is known about a document; what the file itself says can be had back."""

    def __init__(
        self, session: Session, document_id: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._id = document_id
        self.setWindowTitle("Details")
        resize_with_text(self, 600, 620)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._fields: dict[str, QLineEdit] = {}
        for name in FIELDS:
            self._add_field(form, name, _NAMES.get(name, name.capitalize()))
        self._labels: dict[LabelKind, ChipField] = {
            "tag": self._chips("tag", "Tags", "#tag #another", tags_in, " ,", theme),
            "collection": self._chips(
                "collection", "Collections", "A collection, another", names_in, ",", theme
            ),
        }
        for title, field in (
            ("Tags", self._labels["tag"]),
            ("Collections", self._labels["collection"]),
        ):
            form.addRow(title, field)
        text = QLabel("Changes are kept in the library; the file stays as it came.", self)
        text.setStyleSheet(f"color: {theme.ink2};")
        text.setWordWrap(True)
        self._wrong = QLabel(self)
        self._wrong.setObjectName("wrong")
        self._wrong.setWordWrap(True)
        self._wrong.setStyleSheet(f"color: {theme.edges['pink']};")
        self._wrong.hide()
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Ok | standard.Cancel, self)
        self.reset = buttons.addButton("As in the File", QDialogButtonBox.ButtonRole.ResetRole)
        self.reset.setToolTip("Fill in what the file itself says")
        self.reset.clicked.connect(self._reset)
        buttons.accepted.connect(self._keep)
        buttons.rejected.connect(self.reject)
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 8, 0)
        rows.addLayout(form)
        rows.addWidget(text)
        rows.addStretch(1)
        column = QVBoxLayout(self)
        column.addWidget(scrolled(inner), 1)
        column.addWidget(self._wrong)
        column.addWidget(buttons)
        self._fields["title"].setFocus()
        try:
            document = session.workspace.library.document(document_id)
            self._fill(document)
            also = session.same_article.also_as(document_id)
            said = [
                text.text(),
                *([also] if also else []),
                *_kept(document),
                *_older(document),
                *document.warnings,
            ]
            text.setText("\n".join(said))
        except Problem as problem:
            text.setText(problem.sentence)
            self._fields.clear()
            self.reset.setEnabled(False)

    def _add_field(self, form: QFormLayout, name: str, title: str) -> None:
        field = QLineEdit(self)
        field.setObjectName(name)
        field.setAccessibleName(title)
        field.setPlaceholderText(_PLACEHOLDERS[name])
        form.addRow(title, field)
        self._fields[name] = field

    def _chips(
        self,
        kind: LabelKind,
        title: str,
        placeholder: str,
        parse: Parsing,
        ends: str,
        theme: Theme,
    ) -> ChipField:
        labels = self._session.workspace.library.details.labels(kind)
        known = {name for names in labels.values() for name in names}
        if kind == "tag":
            known |= set(self._session.notebook.tags())
        field = ChipField(title, placeholder, known, parse, ends, theme, self)
        field.set_names(labels.get(self._id, ()))
        return field

    def _fill(self, document: Document) -> None:
        for name, field in self._fields.items():
            value = detail(document, name)
            field.setText("; ".join(value) if name == "authors" else value)
            field.setCursorPosition(0)

    def _reset(self) -> None:
        self._fill(self._session.workspace.library.imported(self._id))

    def _changed(self) -> dict[str, Any] | None:
        """What was typed over the details; None when something in it is wrong, which is said."""
        if not self._fields:
            return {}
        now = self._session.workspace.library.document(self._id)
        changed: dict[str, Any] = {}
        for name, field in self._fields.items():
            typed: Any = field.text().strip()
            if name == "authors":
                typed = _parts(typed, ";")
            if typed == detail(now, name):
                # What the file says is kept, however it is written.
                continue
            wrong = ""
            if name != "authors":
                typed, wrong = checked(name, typed)
            if wrong:
                self._wrong.setText(wrong)
                self._wrong.show()
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                field.selectAll()
                return None
            changed[name] = typed
        return changed

    def _keep(self) -> None:
        values = self._changed()
        if values is None:
            return
        session = self._session
        if values:
            session.library_commands.edit_metadata(self._id, values)
        for kind, field in self._labels.items():
            names = field.names
            before = session.workspace.library.details.labels(kind).get(self._id, ())
            if set(names) != set(before):
                session.library_commands.label(kind, self._id, names)
        self.accept()


def _kept(document: Document) -> list[str]:
    """How much of a file is shown, when that is not all of it."""
    kept, total = document.kept_characters, document.total_characters
    left_out = len(document.left_out)
    count = "1 part" if left_out == 1 else f"{left_out} parts"
    listed = f"{count} left out: “Parts Left Out…” in the File menu lists them." if left_out else ""
    if not 0 < kept < total:
        return [listed] if listed else []
    more = "; “Show Whole Web Page” in the File menu shows all" if document.is_cut else ""
    said = f"Kept {kept:,} of the file's {total:,} characters{more}."
    return [said, listed] if listed else [said]


def _older(document: Document) -> list[str]:
    """That a document was read by older rules, when it was."""
    if not is_outdated(document.importer):
        return []
    rules = document.importer.partition("+")[0]
    return [f"Read by older rules ({rules}): “Import Again” in the File menu reads it anew."]


def _parts(text: str, sign: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(sign) if part.strip())


class TrashDialog(QDialog):
    """Documents that were removed: to be had back, or removed for good."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle("Trash")
        resize_with_text(self, 460, 320)
        self._text = QLabel(self)
        self._text.setObjectName("notice")
        self._text.setWordWrap(True)
        self._list = DialogList(self)
        self._list.setAccessibleName("Removed documents")
        self._list.itemActivated.connect(self._restore)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.restore = buttons.addButton("Restore", QDialogButtonBox.ButtonRole.ActionRole)
        self.empty = buttons.addButton("Empty Trash", QDialogButtonBox.ButtonRole.ActionRole)
        self.restore.clicked.connect(self._restore)
        self.empty.clicked.connect(self._empty)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (self._text, self._list, buttons):
            column.addWidget(widget)
        self._show()

    def _show(self) -> None:
        self._trash = self._session.workspace.library.details.trash()
        self._list.clear()
        self._list.addItems([title for _, title in self._trash])
        self._list.setCurrentRow(0)
        self._text.setText(
            "Removed documents stay here until the trash is emptied."
            if self._trash
            else "The trash is empty."
        )
        for button in (self.restore, self.empty):
            button.setEnabled(bool(self._trash))

    def _restore(self) -> None:
        row = self._list.currentRow()
        if row >= 0:
            self._session.library_commands.restore(self._trash[row][0])
            self._show()

    def _empty(self) -> None:
        count = len(self._trash)
        answer = QMessageBox.question(
            self,
            "Empty Trash",
            f"Remove {'one document' if count == 1 else f'{count} documents'} for good? "
            "Notes on them are kept.",
            QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel,
            QMessageBox.StandardButton.Cancel,
        )
        if answer == QMessageBox.StandardButton.Yes:
            self._session.library_commands.empty_trash()
            self._show()
