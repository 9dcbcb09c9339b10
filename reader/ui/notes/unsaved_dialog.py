"""Asks what to do with words that cannot be written to the disk, when the window is closed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget


def may_close(parent: QWidget, words: str) -> bool:
    """Whether the window may close although words of a note are not on the disk.

    They can be saved as a file elsewhere: on another disk there may be room.
    """
    box = QMessageBox(parent)
    box.setWindowTitle("Note Not Kept")
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText("The note that you are writing cannot be written to the disk.")
    box.setInformativeText("Go back to it, or save its words as a file in another place.")
    stay = box.addButton("Go Back", QMessageBox.ButtonRole.RejectRole)
    save = box.addButton("Save as File…", QMessageBox.ButtonRole.AcceptRole)
    leave = box.addButton("Close Without It", QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    if box.clickedButton() is leave:
        return True
    return box.clickedButton() is save and _saved(parent, words)


def _saved(parent: QWidget, words: str) -> bool:
    name, _ = QFileDialog.getSaveFileName(parent, "Save Note as File", "note.txt")
    if not name:
        return False
    try:
        Path(name).write_text(words, encoding="utf-8", errors="replace")
    except OSError as error:
        QMessageBox.warning(
            parent, "Note Not Kept", f"“{name}” cannot be written: {error.strerror}."
        )
        return False
    return True
