"""Asks what to do when a user's notes are damaged; never decides by itself."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox

from reader.store.backups import restore
from reader.store.lost import DamagedNotes, begin_without_notes


def ask_for_backup(damaged: DamagedNotes) -> bool:
    """Offers the backup with most notes of a user whose own cannot be opened; whether they can now.

    What there is of the file is kept beside it. Notes that are gone can be begun anew.
    """
    box = QMessageBox()
    box.setWindowTitle("Offprint")
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(damaged.sentence)
    leave = box.addButton("Quit", QMessageBox.ButtonRole.RejectRole)
    anew = restored = None
    if damaged.backup is not None:
        restored = box.addButton("Restore the backup", QMessageBox.ButtonRole.AcceptRole)
        box.setInformativeText("The damaged file will be kept beside the backup.")
        box.setDefaultButton(restored)
    if damaged.gone:
        anew = box.addButton("Begin without notes", QMessageBox.ButtonRole.DestructiveRole)
        box.setInformativeText("Backups stay, and can be restored at any time.")
    box.setEscapeButton(leave)
    box.exec()
    if damaged.backup is not None and box.clickedButton() is restored:
        restore(damaged.path, damaged.backup, key=damaged.key)
        return True
    if anew is not None and box.clickedButton() is anew:
        begin_without_notes(damaged.path, key=damaged.key)
        return True
    return False
