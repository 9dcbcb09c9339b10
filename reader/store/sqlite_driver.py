"""The SQLite that this process uses."""

from __future__ import annotations

from types import ModuleType


def find_driver() -> ModuleType:
    """The SQLite to use: sqlcipher3's where it is installed, for it is newer; else Python's own.

    One process uses one of them only: two SQLite libraries drop each other's locks on a file.
    """
    try:
        from sqlcipher3 import dbapi2
    except ImportError:
        # Here, for two take a start as long again.
        import sqlite3

        return sqlite3
    return dbapi2  # type: ignore[no-any-return]  # the package has no types


driver = find_driver()
