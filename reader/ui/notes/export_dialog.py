"""Asks which notes go out, in which format, and whether to a file or to the clipboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from reader.exporters.registry import FORMATS
from reader.model.annotation import COLOURS, Annotation
from reader.model.export.export_set import ExportSet
from reader.services.note_export import (
    DAY,
    NoteSelection,
    as_preview,
    as_text,
    find,
    meanings_of,
    notebook,
    source_ids,
    sources,
)
from reader.session.session import Session
from reader.settings import EXPORT_FORMAT, is_template_used
from reader.ui.notes.export_target import ask_passphrase, ask_target, file_name
from reader.ui.notes.template_dialog import Preview, TemplateDialog, own_template
from reader.ui.widgets.controls import ColourDot, resize_with_text
from reader.ui.widgets.patient_warning import ask_of_patients
from reader.ui.widgets.theme import Theme

PREVIEW_CHARACTERS = 1_500
PREVIEW_NOTES = 20


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
        self._theme = theme
        self._ids = ids
        self.setWindowTitle("Export Notes")
        resize_with_text(self, 880, 500)
        left = QVBoxLayout()  # first: Tab goes through what is made in the order it is made in
        left.addLayout(self._build_form(theme))
        self._encrypted = QCheckBox("Encrypt the file: a ZIP with a passphrase", self)
        self._encrypted.toggled.connect(self._preview)
        self._count = QLabel(self)
        self._count.setObjectName("count")
        self._count.setWordWrap(True)
        self._count.setStyleSheet(f"color: {theme.ink2};")
        self._text = Preview(self)
        left.addWidget(self._encrypted)
        left.addStretch(1)
        left.addWidget(self._count)
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addLayout(left, 2)
        row.addWidget(self._text, 3)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        role = QDialogButtonBox.ButtonRole
        self._copy = self._buttons.addButton("Copy", role.ActionRole)
        self._save = self._buttons.addButton("Save…", role.AcceptRole)
        self._save.setDefault(True)
        self._copy.clicked.connect(partial(self._ask, "Copy", self._copy_text))
        self._buttons.accepted.connect(partial(self._ask, "Export", self._choose_file))
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(row)
        column.addWidget(self._buttons)
        self._begin()
        self._save.setFocus()

    def _build_form(self, theme: Theme) -> QFormLayout:
        session = self._session
        self._here = QRadioButton("This document", self)
        self._all = QRadioButton("The whole library", self)
        scope = QHBoxLayout()
        scope.setSpacing(18)
        scope.addWidget(self._here)
        scope.addWidget(self._all)
        scope.addStretch(1)
        self._collection = QComboBox(self)
        self._collection.addItem("Any collection", "")
        labels = session.workspace.library.details.labels("collection").values()
        for name in sorted({one for names in labels for one in names}, key=str.casefold):
            self._collection.addItem(name, name)
        self._since, self._until = QLineEdit(self), QLineEdit(self)
        days = QHBoxLayout()
        days.setSpacing(8)
        for field, word, hint in (
            (self._since, "from", "First day, month or year on which a note was made"),
            (self._until, "to", "Last day, month or year on which a note was made"),
        ):
            field.setPlaceholderText(f"{word} 2026-01-31")
            field.setAccessibleName(hint)
            field.setToolTip(f"{hint}: 2026, 2026-01 or 2026-01-31")
            days.addWidget(field)
        colours = QHBoxLayout()
        colours.setSpacing(0)
        self._dots = []
        for colour in COLOURS:
            meaning = session.annotations.meaning(colour)
            dot = ColourDot(colour, f"Only {meaning} ({colour})", theme, self)
            dot.setCheckable(True)
            dot.toggled.connect(self._preview)
            colours.addWidget(dot)
            self._dots.append(dot)
        colours.addStretch(1)
        self._tags = QLineEdit(self)
        self._tags.setPlaceholderText("All tags")
        self._tags.setAccessibleName("Only these tags, with spaces or commas between")
        self._tags.setToolTip("Tags with spaces between; with commas where a tag has several words")
        self._bare = QCheckBox("Quotes only, without notes and tags", self)
        self._format = QComboBox(self)
        self._format.setAccessibleName("Format")
        for one in FORMATS.values():
            suffix = f" ({one.suffix})" if one.suffix else ""
            self._format.addItem(f"{one.title}{suffix}", one.name)
        self._format.setMaxVisibleItems(len(FORMATS))
        for field in (self._since, self._until, self._tags):
            field.textChanged.connect(self._preview)
        self._collection.currentIndexChanged.connect(self._choose_collection)
        self._format.currentIndexChanged.connect(self._offer_templates)
        for button in (self._here, self._all, self._bare):
            button.toggled.connect(self._preview)
        form = QFormLayout()
        form.setVerticalSpacing(12)
        form.addRow("Notes of", scope)
        if self._collection.count() > 1:
            form.addRow("Collection", self._collection)
        else:
            self._collection.hide()
        form.addRow("Made", days)
        form.addRow("Colours", colours)
        form.addRow("Tags", self._tags)
        form.addRow("", self._bare)
        form.addRow("Format", self._format)
        self._template = QComboBox(self)
        self._template.setAccessibleName("Template")
        self._template.currentIndexChanged.connect(self._preview)
        self._edit = QPushButton("Edit…", self)
        self._edit.clicked.connect(self._edit_template)
        templates = QHBoxLayout()
        templates.setSpacing(8)
        templates.addWidget(self._template, 1)
        templates.addWidget(self._edit)
        form.addRow("Template", templates)
        self._form = form
        return form

    def _begin(self) -> None:
        """The choices as they are most likely meant."""
        session, ids = self._session, self._ids
        self._here.setEnabled(session.current.document is not None)
        here = session.current.document is not None and not ids
        (self._here if here else self._all).setChecked(True)
        if ids:
            self._all.setText("1 chosen note" if len(ids) == 1 else f"{len(ids)} chosen notes")
            self._here.setVisible(False)
        self.choose_format(session.settings.get(EXPORT_FORMAT))
        self._offer_templates()

    @property
    def wanted(self) -> NoteSelection:
        """Which notes have been chosen."""
        document = self._session.current.document
        here = self._here.isChecked() and document is not None
        return NoteSelection(
            document.id if here and document is not None else "",
            self._wanted_tags(),
            tuple(dot.colour for dot in self._dots if dot.isChecked()),
            self._ids,
            str(self._collection.currentData()),
            self._since.text().strip(),
            self._until.text().strip(),
            self._bare.isChecked(),
        )

    def _wanted_tags(self) -> tuple[str, ...]:
        """The tags that were typed; with a comma among them, each may be of several words."""
        text = self._tags.text()
        typed = text.split(",") if "," in text else text.split()
        return tuple(tag for one in typed if (tag := one.strip().lstrip("#")))

    @property
    def format_name(self) -> str:
        """The format that has been chosen."""
        return str(self._format.currentData())

    @property
    def template(self) -> str:
        """The template of the person's own that has been chosen; "" for ours."""
        return str(self._template.currentData() or "")

    def choose_format(self, name: str) -> None:
        """Chooses a format by its name."""
        self._format.setCurrentIndex(max(0, self._format.findData(name)))

    def choose_sources(self) -> None:
        """Chooses a bibliography of the whole library."""
        self._all.setChecked(True)
        self.choose_format("bibtex")

    def _offer_templates(self, _event: object = None) -> None:
        """The templates of the chosen format; the person's own where there is one."""
        name = self.format_name
        self._form.setRowVisible(self._form.rowCount() - 1, FORMATS[name].takes_template)
        own = own_template(self._session, name)
        self._template.blockSignals(True)
        self._template.clear()
        self._template.addItem("Standard", "")
        if own:
            self._template.addItem("My template", own)
            used = self._session.settings.get(is_template_used(name))
            self._template.setCurrentIndex(int(used))
        self._template.blockSignals(False)
        self._preview()

    def _edit_template(self) -> None:
        _, notes = self._session.note_transfer.first(self.wanted, PREVIEW_NOTES)
        dialog = TemplateDialog(self._session, self._theme, self.format_name, notes, self)
        if dialog.exec():
            self._session.settings.set(is_template_used(self.format_name), True)
            self._offer_templates()

    def _choose_collection(self, _number: int) -> None:
        if self._collection.currentData():
            self._all.setChecked(True)
        self._preview()

    def _found(self) -> list[Annotation]:
        return find(self._session.workspace.library, self._session.notebook.all(), self.wanted)

    def _notebook(self, found: list[Annotation]) -> ExportSet:
        workspace = self._session.workspace
        return notebook(workspace.library, found, workspace.user, meanings_of(workspace.notes))

    def _preview(self, _event: object = None) -> None:
        if not all(re.fullmatch(DAY, one.text().strip()) for one in (self._since, self._until)):
            self._count.setText("A day is written like 2026-03-31, a month like 2026-03.")
            self._copy.setEnabled(False)
            self._save.setEnabled(False)
            return
        wanted, name = self.wanted, self.format_name
        count, found = self._session.note_transfer.first(wanted, PREVIEW_NOTES)
        what, is_cut = "note", count > len(found)
        if FORMATS[name].is_of_sources and not wanted.asks_of_notes:
            text = as_text(name, sources(self._session.workspace.library, wanted))
            count, what = len(source_ids(self._session.workspace.library, wanted)), "source"
        elif FORMATS[name].is_text or FORMATS[name].is_folder:
            text = self._session.note_transfer.exported(found, name, self.template)
        else:
            text = ""
        kept = "encrypted" if self._encrypted.isChecked() else "not encrypted"
        self._count.setText(f"{count} {what}{'' if count == 1 else 's'}. The file is {kept}.")
        if not FORMATS[name].is_text and not FORMATS[name].is_folder:
            # Drawn from what is written.
            self._text.show_made(as_preview(name, self._notebook(found)))
        elif name == "html":
            self._text.show_content(text, is_page=True)
        else:
            shown = text[:PREVIEW_CHARACTERS]
            cut = len(text) > len(shown) or is_cut
            self._text.show_content(shown + "\n…" * cut, is_page=False)
        self._copy.setEnabled(count > 0)
        self._save.setEnabled(count > 0)

    def _ask(self, verb: str, go_on: Callable[[], None]) -> None:
        """Go on when no note that goes out seems to name a patient, or the person says so."""
        self._copy.setEnabled(False)
        self._save.setEnabled(False)
        notes = [] if FORMATS[self.format_name].is_of_sources else self._found()
        ask_of_patients(self._session, notes, verb, self, go_on, self._preview)

    def _copy_text(self) -> None:
        found, wanted, name = self._found(), self.wanted, self.format_name
        count, what, library = len(found), "note", self._session.workspace.library
        if FORMATS[name].is_of_sources and not wanted.asks_of_notes:
            text = as_text(name, sources(library, wanted))
            count, what = len(source_ids(library, wanted)), "source"
        else:
            text = self._session.note_transfer.exported(found, name, self.template)
        QGuiApplication.clipboard().setText(text)
        are = f"{count} {what} is" if count == 1 else f"{count} {what}s are"
        self._session.notifier.info(f"{are} on the clipboard.")
        self._keep_format()
        self.accept()

    def _choose_file(self) -> None:
        document = self._session.current.document if self._here.isChecked() else None
        name = file_name(document.title if document else "Notes")
        is_encrypted, one = self._encrypted.isChecked(), FORMATS[self.format_name]
        path = ask_target(self._session, one, name, self, is_encrypted)
        passphrase = ask_passphrase(self._theme, self) if path and is_encrypted else ""
        if path and (passphrase or not is_encrypted):
            self._keep_format()
            transfer = self._session.note_transfer
            transfer.export(self.wanted, one.name, path, self.template, passphrase)
            self.accept()
        else:
            self._preview()

    def _keep_format(self) -> None:
        self._session.settings.set(EXPORT_FORMAT, self.format_name)
        if self._template.count() > 1:
            self._session.settings.set(is_template_used(self.format_name), bool(self.template))
