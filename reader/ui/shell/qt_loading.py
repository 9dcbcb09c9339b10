"""Loading PySide6 without its watch on imports."""

from __future__ import annotations

import builtins


def load_qt() -> None:
    """Load PySide6, and put Python's own `__import__` back in its place.

    For `from __feature__ import`, which nothing here says, PySide puts a function of its own there,
    and reads the source of each module that is imported from then on: a tenth of a start.

    Raises:
        ImportError: when a library that Qt needs is missing.
    """
    import PySide6.QtWidgets  # noqa: F401

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
