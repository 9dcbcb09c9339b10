"""Which Offprint this is, what it is made of, and where its files are."""

from __future__ import annotations

import locale
import platform
import sys

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader import __version__
from reader.session.session import Session
from reader.ui.widgets.controls import resize_with_text
from reader.ui.widgets.theme import Theme

_LICENCE = "Offprint is free software under the MIT licence."


class AboutDialog(QDialog):
    """Version, place of the files and licences, to be read and to be copied."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle("About Offprint")
        name = QLabel(f"Offprint {__version__}", self)
        name.setStyleSheet(
            f"font-family: 'Offprint Serif'; font-size: {theme.px(24)}px; font-weight: 600;"
        )
        text = QLabel(
            "A reader that works with no network: nothing you read or write leaves this "
            "computer.\n\n"
            f"Library and notes: {session.workspace.paths.data}\n"
            f"User: {session.workspace.user}\n\n"
            f"{_LICENCE} With Qt for Python (LGPL), Whoosh (BSD), Source Serif and Inter under "
            "names of our own (OFL), Lucide icons (ISC), and others.",
            self,
        )
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setStyleSheet(f"color: {theme.ink2};")
        text.setMinimumWidth(round(theme.px(420)))
        buttons = QDialogButtonBox(self)
        role = QDialogButtonBox.ButtonRole
        copy = buttons.addButton("Copy Details", role.ActionRole)
        copy.setToolTip("Copy what helps when something does not work: versions and places")
        copy.setAutoDefault(False)
        copy.clicked.connect(self._copy)
        licences = buttons.addButton("Licences…", role.ActionRole)
        licences.setAutoDefault(False)
        licences.clicked.connect(self._show_licences)
        close = buttons.addButton(QDialogButtonBox.StandardButton.Close)
        close.setDefault(True)
        buttons.rejected.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        for widget in (name, text, buttons):
            column.addWidget(widget)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(details(self._session, self))
        self._session.notifier.info("The details are copied.")

    def _show_licences(self) -> None:
        LicencesDialog(self).exec()


class LicencesDialog(QDialog):
    """The licences of all that is handed over."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        # Imported here: to look at each package takes a moment.
        from reader.ui.shell.components import components, licence_page

        self.setWindowTitle("Licences")
        resize_with_text(self, 720, 520)
        page = QPlainTextEdit(self)
        page.setReadOnly(True)
        page.setAccessibleName("Licences")
        page.setPlainText(licence_page(_LICENCE, components()))
        close = QPushButton("Close", self)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.addWidget(page)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)


def details(session: Session, window: QWidget) -> str:
    """What helps when something does not work: no titles, no notes, no names of users."""
    from reader.store.database import driver

    screen = window.screen()
    size = screen.size()
    return "\n".join(
        [
            f"Offprint {__version__}",
            f"{platform.system()} {platform.release()}, {platform.machine()}",
            f"Python {platform.python_version()}, Qt {qVersion()}, SQLite {driver.sqlite_version}",
            f"Program: {sys.executable}",
            f"Data: {session.workspace.paths.data}",
            f"Screen: {QGuiApplication.platformName()}, {size.width()} × {size.height()} at "
            f"{screen.devicePixelRatio():g}",
            f"Language: {locale.setlocale(locale.LC_CTYPE)}",
        ]
    )
