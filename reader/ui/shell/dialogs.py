"""The small dialogs: who reads, what a colour means, a page, a password."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from reader.model.annotation import COLOURS
from reader.problem import Problem
from reader.session.session import Session
from reader.settings import COLOUR_MEANINGS
from reader.ui.widgets.controls import ColourDot
from reader.ui.widgets.dialog_lists import DialogList
from reader.ui.widgets.theme import Theme


class UserDialog(QDialog):
    """Chooses who reads, or makes a new user; says what that keeps apart."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle("Switch User")
        self._names = DialogList(self)
        self._names.setAccessibleName("Users")
        self._names.addItems(session.users.names)
        for row in range(self._names.count()):
            if self._names.item(row).text() == session.workspace.user:
                self._names.setCurrentRow(row)
        self._names.itemActivated.connect(self._switch_to_chosen)
        self._new = QLineEdit(self)
        self._new.setPlaceholderText("Name of a new user")
        self._new.setAccessibleName("Name of a new user")
        self._problem = QLabel(self)
        self._problem.setObjectName("problem")
        self._problem.setWordWrap(True)
        self._problem.setStyleSheet(f"color: {theme.edges['pink']};")
        self._problem.hide()
        text = QLabel(
            "Each user has highlights, notes, settings and reading positions of their own; "
            "the library is shared. Whoever can use this computer account can switch to any user "
            "who has set no passphrase (File, Set Passphrase…).",
            self,
        )
        text.setWordWrap(True)
        text.setStyleSheet(f"color: {theme.ink2};")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        switch = buttons.addButton("Switch", QDialogButtonBox.ButtonRole.AcceptRole)
        switch.setDefault(True)
        buttons.accepted.connect(self._switch)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addStrut(380)
        for widget in (text, self._names, self._new, self._problem, buttons):
            column.addWidget(widget)

    def _switch(self) -> None:
        name = self._new.text().strip()
        if name:
            self._switch_to(name)
        else:
            self._switch_to_chosen()

    def _switch_to_chosen(self) -> None:
        item = self._names.currentItem()
        if item is not None:
            self._switch_to(item.text())

    def _switch_to(self, name: str) -> None:
        try:
            self._session.workspace.paths.user(name)
        except Problem as problem:
            self._problem.setText(problem.sentence)
            self._problem.show()
            return
        self.accept()
        self._session.users.switch(name)


class ColoursDialog(QDialog):
    """Gives the five colours the user's own meanings."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle("Name the Colours")
        form = QFormLayout()
        self._fields: dict[str, QLineEdit] = {}
        for colour in COLOURS:
            field = QLineEdit(session.annotations.meaning(colour), self)
            field.setAccessibleName(f"Meaning of {colour}")
            field.setMaxLength(40)
            dot = ColourDot(colour, colour.capitalize(), theme, self)
            dot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            name = QWidget(self)
            row = QHBoxLayout(name)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(dot)
            row.addWidget(QLabel(colour.capitalize()))
            form.addRow(name, field)
            self._fields[colour] = field
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Ok | standard.Cancel, self)
        buttons.accepted.connect(self._keep)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(buttons)

    def _keep(self) -> None:
        meanings = {c: f.text().strip() for c, f in self._fields.items() if f.text().strip()}
        self._session.settings.set(COLOUR_MEANINGS, meanings)
        self.accept()


def ask_page(session: Session, parent: QWidget) -> None:
    """Asks for a page by its number, and goes there."""
    pages, page = session.pages.page_map, session.navigation.location.page
    if pages is None or not pages.pages:
        return
    first, last = pages.pages[0].label, pages.pages[-1].label
    label, good = QInputDialog.getText(
        parent, "Go to Page", f"Page ({first} to {last}):", text=page.label if page else ""
    )
    if good and label.strip() and not session.pages.go_to_page(label):
        session.notifier.info(f"There is no page {label.strip()[:20]}; the last is {last}.")


def ask_password(session: Session, parent: QWidget, path: str, sentence: str) -> None:
    """Asks for the password of a locked file, and opens it with that."""
    password, good = QInputDialog.getText(
        parent, "Locked Document", f"{sentence}\nPassword:", QLineEdit.EchoMode.Password
    )
    if good:
        session.imports.unlock(path, password)
