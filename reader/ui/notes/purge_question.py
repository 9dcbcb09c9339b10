"""Asks before notes are removed with all their history."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget


def may_purge(parent: QWidget, count: int) -> bool:
    """Ask whether so many notes are to go for good."""
    answer = QMessageBox.question(
        parent,
        "Delete for Good",
        f"Remove {'this note' if count == 1 else f'these {count} notes'} with all history? "
        "This cannot be undone; backups made before still hold them.",
        QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel,
        QMessageBox.StandardButton.Cancel,
    )
    return answer == QMessageBox.StandardButton.Yes
