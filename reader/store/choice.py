"""Which annotations are meant: by document, tag, colour, words, date, or in the trash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reader.store.records import to_json


@dataclass(frozen=True, slots=True)
class Choice:
    """All that hold; what is "" does not count.

    `since` and `until` are beginnings of UTC times of the last edit, like "2024-03" or
    "2024-03-01T12"; the second is no longer meant.
    `words` must all be in quote, note or tags; the last may be unfinished.
    """

    document_id: str = ""
    tag: str = ""
    colour: str = ""
    words: str = ""
    since: str = ""
    until: str = ""
    in_trash: bool = False

    def where(self) -> tuple[str, list[Any]]:
        """The condition on the rows of `annotation`, and its values."""
        parts = ["deleted <> ''" if self.in_trash else "deleted = ''"]
        values: list[Any] = []
        for condition, value in (
            ("document_id = ?", self.document_id),
            ("instr(tags, ?)", to_json(self.tag) if self.tag else ""),
            ("colour = ?", self.colour),
            ("modified >= ?", self.since),
            ("modified < ?", self.until),
            ("number IN (SELECT rowid FROM word WHERE word MATCH ?)", match(self.words)),
        ):
            if value:
                parts.append(condition)
                values.append(value)
        return " AND ".join(parts), values


def match(words: str) -> str:
    """The words as FTS5 takes them, all of them wanted and the last perhaps unfinished."""
    found = words.replace('"', " ").replace("\x00", " ").split()
    return " ".join(f'"{word}"' for word in found) + "*" if found else ""
