"""Asks what to do when a user's notes are damaged; never decides by itself."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox

from reader.store.backups import restore
from reader.store.notes import DamagedNotes


def ask_for_backup(damaged: DamagedNotes) -> bool:
    """Offers the last good backup of a user's notes; whether it was put in place.

    The damaged file is kept beside it.
    """
    box = QMessageBox()
    box.setWindowTitle("Offprint")
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(damaged.sentence)
    box.addButton("Quit", QMessageBox.ButtonRole.RejectRole)
    if damaged.backup is None:
        box.exec()
        return False
    box.setInformativeText("The damaged file will be kept beside the backup.")
    wanted = box.addButton("Restore the backup", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(wanted)
    box.exec()
    if box.clickedButton() is not wanted:
        return False
    restore(damaged.path, damaged.backup)
    return True
