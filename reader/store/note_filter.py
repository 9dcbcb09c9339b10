"""Which annotations are meant: by document, tag, colour, words, date, or in the trash."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

from reader.store.note_rows import tags_from_json, to_json

Grouping = Literal["document", "tag", "colour", "month"]
# What a group is called after, and the order in it.
_PLACE = 'document_id, "start", "end"'
_GROUPED: dict[Grouping, tuple[str, str]] = {
    "document": ("document_id", _PLACE),
    "tag": ("tags", _PLACE),
    "colour": ("colour", _PLACE),
    "month": ("substr(modified, 1, 7)", "modified DESC, id"),
}
Groups = dict[str, list[str]]


class NoteFilter(NamedTuple):
    """Filter on annotations; fields that are not empty are combined with AND.

    `since` and `until` are beginnings of UTC times of the last edit, like "2024-03" or
    "2024-03-01T12"; the second is no longer meant.
    `words` must all be in quote, note or tags; the last may be unfinished. Of several `states` any
    will do, and of several `ids`, `document_ids`, `tags` or `colours`; () means all.
    """

    document_id: str = ""
    tag: str = ""
    colour: str = ""
    words: str = ""
    since: str = ""
    until: str = ""
    in_trash: bool = False
    states: tuple[str, ...] = ()
    motivation: str = ""
    ids: tuple[str, ...] = ()
    document_ids: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()

    def where(self) -> tuple[str, list[Any]]:
        """The condition on the rows of `annotation`, and its values."""
        parts = ["deleted <> ''" if self.in_trash else "deleted = ''"]
        values: list[Any] = []
        for condition, value in (
            ("document_id = ?", self.document_id),
            ("instr(tags, ?)", to_json(self.tag) if self.tag else ""),
            ("colour = ?", self.colour),
            ("motivation = ?", self.motivation),
            ("modified >= ?", self.since),
            ("modified < ?", self.until),
            ("number IN (SELECT rowid FROM word WHERE word MATCH ?)", match(self.words)),
        ):
            if value:
                parts.append(condition)
                values.append(value)
        for condition, several in (
            ("id IN (SELECT value FROM json_each(?))", self.ids),
            ("document_id IN (SELECT value FROM json_each(?))", self.document_ids),
            ("colour IN (SELECT value FROM json_each(?))", self.colours),
            (
                "EXISTS (SELECT 1 FROM json_each(annotation.tags) AS one "
                "WHERE one.value IN (SELECT value FROM json_each(?)))",
                self.tags,
            ),
        ):
            if several:
                # As one value: SQLite takes no more than some thousands.
                parts.append(condition)
                values.append(to_json(list(several)))
        if self.states:
            parts.append(f"state IN ({', '.join('?' * len(self.states))})")
            values += self.states
        return " AND ".join(parts), values


def match(words: str) -> str:
    """The words as FTS5 takes them, all of them wanted and the last perhaps unfinished."""
    found = words.replace('"', " ").replace("\x00", " ").split()
    return " ".join(f'"{word}"' for word in found) + "*" if found else ""


def grouping(where: str, by: Grouping) -> str:
    """The question for groups: each a row of its key and a JSON list of ids.

    A row for a group and not one for a note halves the time of a hundred thousand.
    """
    key, order = _GROUPED[by]
    inner = f"SELECT {key} AS key, id FROM annotation WHERE {where} ORDER BY key, {order}"
    return f"SELECT key, json_group_array(id) FROM ({inner}) GROUP BY key"


def grouped(rows: Iterable[tuple[str, str]], by: Grouping) -> Groups:
    """The ids of groups by what these are called after; a note with several tags is under each."""
    groups: Groups = {key: json.loads(ids) for key, ids in rows}
    if by == "month":
        return dict(reversed(groups.items()))
    if by != "tag":
        return groups
    by_tag: Groups = {}
    for tags, ids in groups.items():
        for tag in tags_from_json(tags) or [""]:
            by_tag.setdefault(tag, []).extend(ids)
    return by_tag
