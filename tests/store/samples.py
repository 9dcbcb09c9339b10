"""Small documents and annotations for the store's tests."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from reader.model.annotation import Annotation, Change, Target, TextQuoteSelector
from reader.model.document import Document, Figure, Reference, Section, with_details
from reader.model.publication import Publication
from reader.model.span import Span
from reader.store import database
from reader.store.database import driver
from reader.store.notes import Notes

START = datetime(2024, 1, 1)


def a_document(raw: bytes, **changes: Any) -> Document:
    """A document as an importer would make it of these bytes."""
    text = raw.decode()
    document = Document(
        hashlib.sha256(raw).hexdigest(),
        "A title",
        text,
        source="article.TXT",
        importer="text 1",
        authors=("A. Writer",),
        sections=(Section("s1", None, 1, None, "A title", "body", Span(0, len(text))),),
        figures=(Figure("f1", "p.png"),),
        references=(Reference("1", Span(0, 1)),),
        publication=Publication(published="2024", doi="10.1000/1"),
    )
    return with_details(document, changes)


def an_annotation(number: int = 1, document_id: str = "d1", **changes: Any) -> Annotation:
    """A new annotation, not stored yet."""
    start = changes.pop("start", number * 10)
    target = Target(
        document_id,
        TextQuoteSelector(f"words {number}", "before ", " after"),
        Span(start, start + 7),
        "cd" * 32,
    )
    return replace(Annotation(f"a{number}", target), **changes)


def added(notes: Notes, number: int = 1, document_id: str = "d1", **changes: Any) -> Annotation:
    """A new annotation as it was stored."""
    (change,) = notes.apply(Change(None, an_annotation(number, document_id, **changes)))
    assert change.after is not None
    return change.after


def edited(notes: Notes, before: Annotation, **changes: Any) -> Annotation:
    """The annotation as it was stored after an edit."""
    (change,) = notes.apply(Change(before, replace(before, **changes)))
    assert change.after is not None
    return change.after


def a_clock() -> Callable[[], str]:
    """A clock that goes on by one second whenever it is read."""
    seconds = count()
    return lambda: (
        (START + timedelta(seconds=next(seconds))).isoformat(timespec="milliseconds") + "Z"
    )


SCHEMAS = Path(database.__file__).parent / "schema"


def alter(path: Path, sql: str, *values: object) -> None:
    """Changes a database as another program would, or a failing disk: past the store."""
    connection = driver.connect(str(path), isolation_level=None)
    connection.execute(sql, values)
    connection.close()
