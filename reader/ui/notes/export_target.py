"""Asks which file or folder notes are exported to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from reader.exporters.registry import Format
from reader.session.session import Session
from reader.settings import EXPORT_FOLDER

_LONGEST_NAME = 60


def file_name(title: str) -> str:
    """A title as the name of a file, without what no system takes; "Notes" when nothing is left."""
    return "".join(c for c in title[:_LONGEST_NAME] if c.isalnum() or c in " -_").strip() or "Notes"


def ask_target(session: Session, one: Format, name: str, parent: QWidget) -> str:
    """The file or the folder that a person chooses for a format; "" when none."""
    folder = Path(session.settings.get(EXPORT_FOLDER) or Path.home())
    if one.is_folder:
        path = QFileDialog.getExistingDirectory(parent, "Export Notes into a Folder", str(folder))
    else:
        path, _ = QFileDialog.getSaveFileName(
            parent,
            "Export Notes",
            str(folder / f"{name}{one.suffix}"),
            f"{one.title} (*{one.suffix})",
        )
    if path:
        session.settings.set(EXPORT_FOLDER, path if one.is_folder else str(Path(path).parent))
    return path
