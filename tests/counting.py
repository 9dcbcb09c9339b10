"""How often the window does what takes time: counted, for times differ from machine to machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from reader.model.span import Span
from reader.store.database import Database
from reader.store.own_schema import SCHEMA
from reader.ui.marks.mark_painter import MarkPainter
from reader.ui.shell import theme_manager
from reader.ui.typeset.typesetter import Typesetter
from reader.ui.widgets.row_heights import RowHeights
from reader.ui.widgets.theme import Theme

TYPESET = "articles typeset"
LIBRARY_ROWS = "rows of the library read"
LAID_OUT = "rows of lists laid out"
PLACED = "hits placed in a view"
DRESSED = "times that the whole window was dressed"


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """Counts, as long as it lasts, each article that is typeset, each row that the library's
    database gives, each row that a list measures, each hit that a view of the document places, and
    each time that the window takes its style sheet."""
    counts: Counter[str] = Counter()
    steps, rows, measure = Typesetter.steps, Database.rows, RowHeights.measure
    set_hits, dress = MarkPainter.set_hits, theme_manager.dress

    def typesetting(self: Typesetter, part: Span, byline: str) -> Iterator[None]:
        counts[TYPESET] += 1
        return steps(self, part, byline)

    def placing(self: MarkPainter, hits: Sequence[Span]) -> None:
        counts[PLACED] += len(hits)
        set_hits(self, hits)

    def dressing(theme: Theme) -> None:
        counts[DRESSED] += 1
        dress(theme)

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
        patch.object(Typesetter, "steps", typesetting),
        patch.object(MarkPainter, "set_hits", placing),
        patch.object(theme_manager, "dress", dressing),
        patch.object(Database, "rows", reading),
        # A method that Qt calls is not to be put in the place of another: Qt would go on calling it
        # after it has gone.
        patch.object(RowHeights, "measure", measuring),
    ):
        yield counts
