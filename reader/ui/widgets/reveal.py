"""Shows a file where it lies, in the system's own file manager."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def reveal(path: str) -> bool:
    """Open the folder that a file lies in, or the folder itself; return whether that worked."""
    target = Path(path)
    folder = target if target.is_dir() else target.parent
    return folder.is_dir() and QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
