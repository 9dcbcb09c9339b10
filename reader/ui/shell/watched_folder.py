"""The folder whose new documents are imported at each start: chosen, or given up."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader.settings import WATCHED_FOLDER

if TYPE_CHECKING:
    from reader.ui.shell.main_window import MainWindow


def choose_watched(window: MainWindow) -> None:
    """Ask which folder is watched; when one is, whether it shall be another or none.

    Cancel changes nothing.
    """
    # Imported here: dialogs are not for a start.
    from PySide6.QtWidgets import QFileDialog, QMessageBox

    before = window.session.settings.get(WATCHED_FOLDER)
    if before:
        question = QMessageBox(window)
        question.setWindowTitle("Watched Folder")
        question.setText(f"New documents in “{before}” are imported at each start.")
        another = question.addButton("Choose Another…", QMessageBox.ButtonRole.AcceptRole)
        stop = question.addButton("Stop Watching", QMessageBox.ButtonRole.DestructiveRole)
        question.addButton(QMessageBox.StandardButton.Cancel)
        question.exec()
        if question.clickedButton() is stop:
            stop_watching(window)
        if question.clickedButton() is not another:
            return
    name = QFileDialog.getExistingDirectory(
        window, "Folder whose new documents are imported at each start", before
    )
    if name:
        window.session.settings.set(WATCHED_FOLDER, name)
        window.session.imports.watch()
        window.session.notifier.offer(
            f"New documents in “{name}” are imported at each start.",
            "Stop Watching",
            partial(stop_watching, window),
        )


def stop_watching(window: MainWindow) -> None:
    """Watch no folder any more; what came from it stays."""
    window.session.settings.set(WATCHED_FOLDER, "")
    window.session.notifier.info("No folder is watched any more.")
