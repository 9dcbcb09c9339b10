"""Why a widget was given the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt

# By a key, and not by the mouse or by the program.
KEYBOARD_REASONS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
