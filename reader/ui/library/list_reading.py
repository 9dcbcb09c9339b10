"""What the library's table shows, read from the library: of a long one a part a turn."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from reader.session.session import Session
from reader.store.catalog import CatalogRow
from reader.ui.library.table_model import Shown
from reader.ui.widgets.in_turns import InTurns

READ_AT_ONCE = 4_000


class ListReading(QObject):
    """Reads the list step by step, so that the window answers between; a short one at once."""

    ready = Signal(Shown)

    def __init__(self, session: Session, field: QLineEdit, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._field = field  # what is typed there is looked for in what was read
        self._turns = InTurns(self)
        # What is read at the very end finds the notes closed.
        session.current.about_to_change.connect(self._turns.finish)

    def begin(self) -> None:
        """Read the list as it is now, in the place of what is being read."""
        self._turns.begin(self._read())

    def _read(self) -> Iterator[None]:
        catalog, rows, number = self._session.workspace.library.catalog, list[CatalogRow](), 0
        while more := catalog.listed_after(number, READ_AT_ONCE):
            number = more[-1].number
            rows += more
            if len(more) < READ_AT_ONCE:
                break
            yield
        is_long = len(rows) >= READ_AT_ONCE
        if is_long:
            yield
        shown = self._told(rows)
        if is_long:
            yield
        is_narrowed = is_long and bool(self._field.text())
        for first in range(0, len(rows) if is_narrowed else 0, READ_AT_ONCE):
            for row in rows[first : first + READ_AT_ONCE]:
                shown.words(row)
            yield
        self.ready.emit(shown)

    def _told(self, rows: list[CatalogRow]) -> Shown:
        workspace = self._session.workspace
        details = workspace.library.details
        return Shown(
            rows,
            dict(workspace.notes.readings.percents()),
            dict(workspace.notes.readings.opened()),
            details.labels("tag"),
            details.labels("collection"),
            workspace.notes.queries.counts(),
            workspace.library.catalog.listed(trashed=True),
        )
