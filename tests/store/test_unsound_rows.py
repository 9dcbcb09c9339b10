"""Rows that somebody made up, with a right checksum: what is none of ours is damaged, no bug."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any, get_args

import pytest

from reader.paths import Paths
from reader.settings import THEME
from reader.store.backups import backup, backups
from reader.store.copies import holding
from reader.store.database import Database, driver
from reader.store.edit_log import History
from reader.store.note_filter import Grouping, NoteFilter
from reader.store.note_rows import crc, tags_from_json
from reader.store.notes import Notes, open_notes
from tests.store.samples import added, edited

MADE_UP = [None, "x", "[", "{}", "[1]", 5, -5, 1.5, b"\xff\xfe", "[" * 20_000, 1 << 62]
COLUMNS = (
    *("id", "document_id", "start", "end", "text_hash", "exact", "prefix", "suffix", "colour"),
    *("style", "motivation", "note", "tags", "created", "modified", "deleted", "revision"),
    *("state", "earlier"),
)


def put(path: Path, table: str, column: str, value: Any) -> bool:
    """Whether a table took the value, in all its rows, with the checksum that fits."""
    with closing(driver.connect(str(path), isolation_level=None)) as connection:
        connection.create_function("crc32", -1, crc)
        rows = connection.execute(f"SELECT name, type, pk FROM pragma_table_info('{table}')")
        body = ", ".join(
            f'"{name}"'
            for name, kind, is_key in rows.fetchall()
            if name != "crc" and not (is_key and kind == "INTEGER")
        )
        try:
            connection.execute(f'UPDATE {table} SET "{column}" = ?', (value,))
        except driver.IntegrityError:
            return False
        connection.execute(f"UPDATE {table} SET crc = crc32({body})")
    return True


@pytest.fixture
def noted(paths: Paths) -> Path:
    with closing(open_notes(paths, "anna")) as notes:
        edited(notes, added(notes, note="first", tags=("dose",)), note="second")
        notes.positions.set("d1", 3, 0.5)
        notes.set_setting(THEME, "dark")
    return paths.notes("anna")


def looked_at(path: Path) -> None:
    """All that is read of notes."""
    with closing(Notes(path)) as notes:
        for one in (*notes.all(), *notes.trash(), *notes.annotations("d1")):
            assert isinstance(one.tags, tuple)
            notes.history(one.id)
        notes.history("a1")
        notes.queries.tags()
        for by in get_args(Grouping):
            notes.queries.grouped(NoteFilter(), by)
        notes.positions.get("d1")
        notes.setting(THEME)
        notes.verify()
        notes.repair()


@pytest.mark.parametrize("column", COLUMNS)
def test_an_annotation_that_is_none_is_damaged(noted: Path, column: str) -> None:
    for value in MADE_UP:
        if put(noted, "annotation", column, value):
            looked_at(noted)


@pytest.mark.parametrize("column", ["before", "after", "annotation_id", "document_id"])
def test_an_entry_of_the_history_that_is_none_is_left_out(noted: Path, column: str) -> None:
    for value in MADE_UP:
        if put(noted, "operation", column, value):
            looked_at(noted)
            with closing(Database(noted, None)) as database:
                list(History(database).later_than(0))


@pytest.mark.parametrize(
    ("table", "column"), [("setting", "value"), ("position", "offset"), ("position", "fraction")]
)
def test_a_setting_or_a_place_that_is_none_was_never_kept(
    noted: Path, table: str, column: str
) -> None:
    for value in MADE_UP:
        if put(noted, table, column, value):
            looked_at(noted)


def test_a_backup_that_says_nonsense_of_itself_cannot_be_read(noted: Path) -> None:
    kept = backup(noted)
    assert holding(kept) is not None
    for value in (*MADE_UP, '[1, "no reason", 1, 1, ""]', '[1, "start", 1, 1, 5]', "[1, 2]"):
        if put(kept, "setting", "value", value):
            assert holding(kept) is None
    put(kept, "setting", "value", '[1, "start", -1, 1, ""]')
    assert [one.holds for one in backups(noted)] == [None]


def test_tags_are_a_list_of_words() -> None:
    assert tags_from_json('["a", "b"]') == ("a", "b")
    assert tags_from_json("[]") == ()
    for value in MADE_UP:
        assert tags_from_json(value) == ()
