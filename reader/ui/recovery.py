"""Asks what to do when a user's notes are damaged; never decides by itself."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox

from reader.paths import Paths
from reader.problem import Problem
from reader.store.backups import backups, restore


def ask_for_backup(paths: Paths, user: str, problem: Problem) -> bool:
    """Offers the last good backup of a user's notes; whether it was put in place.

    The damaged file is kept beside it.
    """
    notes = paths.notes(user)
    found = backups(notes)
    box = QMessageBox()
    box.setWindowTitle("Offprint")
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(problem.sentence)
    box.addButton("Quit", QMessageBox.ButtonRole.RejectRole)
    if not found:
        box.setInformativeText("There is no backup of these notes.")
        box.exec()
        return False
    newest = found[0]
    box.setInformativeText(
        f"The newest good backup is {newest.name}. The damaged file will be kept beside it."
    )
    wanted = box.addButton("Restore the backup", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(wanted)
    box.exec()
    if box.clickedButton() is not wanted:
        return False
    restore(notes, newest)
    return True
