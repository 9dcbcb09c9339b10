"""How often the window does what takes time: counted, for times differ from machine to machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from reader.model.span import Span
from reader.store.database import Database
from reader.store.own_schema import SCHEMA
from reader.ui.typeset.text_document import TypesetDocument
from reader.ui.typeset.typesetter import Typesetter
from reader.ui.widgets.row_heights import RowHeights

TYPESET = "articles typeset"
LIBRARY_ROWS = "rows of the library read"
LAID_OUT = "rows of lists laid out"


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """Counts, as long as it lasts, each article that is typeset, each row that the library's
    database gives, and each row that a list measures."""
    counts: Counter[str] = Counter()
    typeset, rows, measure = Typesetter.typeset, Database.rows, RowHeights.measure

    def typesetting(self: Typesetter, part: Span, byline: str) -> TypesetDocument:
        counts[TYPESET] += 1
        return typeset(self, part, byline)

    def reading(self: Database, sql: str, *values: Any) -> list[Any]:
        found = rows(self, sql, *values)
        # What the file says of its tables is no row of the library.
        if self.path.name == "library.db" and sql != SCHEMA:
            counts[LIBRARY_ROWS] += len(found)
        return found

    def measuring(self: RowHeights, row: int, height_px: int) -> int:
        counts[LAID_OUT] += 1
        return measure(self, row, height_px)

    with (
        patch.object(Typesetter, "typeset", typesetting),
        patch.object(Database, "rows", reading),
        # A method that Qt calls is not to be put in the place of another: Qt would go on calling it
        # after it has gone.
        patch.object(RowHeights, "measure", measuring),
    ):
        yield counts
