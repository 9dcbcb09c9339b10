"""How often the window does what takes time: counted, for times differ from machine to machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStyleOptionViewItem

from reader.model.span import Span
from reader.store.database import Database
from reader.ui.typeset.text_document import TypesetDocument
from reader.ui.typeset.typesetter import Typesetter
from reader.ui.widgets.row_list import Index, RowDelegate

TYPESET = "articles typeset"
LIBRARY_ROWS = "rows of the library read"
LAID_OUT = "rows of lists laid out"


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """Counts, as long as it lasts, each article that is typeset, each row that the library's
    database gives, and each row whose height a list asks for."""
    counts: Counter[str] = Counter()
    typeset, rows, size_hint = Typesetter.typeset, Database.rows, RowDelegate.sizeHint

    def typesetting(self: Typesetter, part: Span, byline: str) -> TypesetDocument:
        counts[TYPESET] += 1
        return typeset(self, part, byline)

    def reading(self: Database, sql: str, *values: Any) -> list[Any]:
        found = rows(self, sql, *values)
        if self.path.name == "library.db":
            counts[LIBRARY_ROWS] += len(found)
        return found

    def sizing(self: RowDelegate, option: QStyleOptionViewItem, index: Index) -> QSize:
        counts[LAID_OUT] += 1
        return size_hint(self, option, index)

    with (
        patch.object(Typesetter, "typeset", typesetting),
        patch.object(Database, "rows", reading),
        patch.object(RowDelegate, "sizeHint", sizing),
    ):
        yield counts
