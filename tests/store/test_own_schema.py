"""A database with more in it than Offprint made: said at opening, nothing run, a way back."""

from __future__ import annotations

import pickle
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from reader.cli.main import main
from reader.paths import Paths
from reader.problem import Problem
from reader.store.backups import backup, backups, copy_without_foreign, restore, verify_notes
from reader.store.copies import holding
from reader.store.database import Damaged, Database
from reader.store.library import Library
from reader.store.lost import DamagedNotes, verify_user, way_back
from reader.store.notes import Notes, open_notes
from reader.store.own_schema import SCHEMA, Entry, in_words, is_to_the_letter
from tests.store.samples import a_document, added, alter, edited

PLANTED = [
    "CREATE TRIGGER planted AFTER INSERT ON annotation BEGIN SELECT readfile('/etc/passwd'); END",
    "CREATE TRIGGER planted BEFORE UPDATE ON setting BEGIN SELECT RAISE(ABORT, 'no'); END",
    "CREATE TRIGGER planted AFTER INSERT ON step BEGIN DELETE FROM operation; END",
    "CREATE VIEW planted AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) "
    "SELECT x FROM c",
    "CREATE TABLE planted (x, y GENERATED ALWAYS AS (hex(zeroblob(1000000000))))",
    "CREATE VIRTUAL TABLE planted USING fts5 (x)",
    "CREATE INDEX planted ON annotation (hex(note))",
    "CREATE TABLE IF NOT EXISTS planted AS SELECT * FROM annotation",
    "ALTER TABLE annotation ADD COLUMN planted GENERATED ALWAYS AS (hex(zeroblob(1000000000)))",
]


def alter_schema(path: Path, sql: str) -> None:
    with closing(Database(path, None)) as database:
        database.run("PRAGMA writable_schema = ON")
        database.run(sql)


@pytest.fixture
def noted(paths: Paths) -> Path:
    """The file of Anna's notes, with a note that was edited once."""
    with closing(open_notes(paths, "anna")) as notes:
        edited(notes, added(notes, note="first"), note="second")
    return paths.notes("anna")


@pytest.mark.parametrize("sql", PLANTED)
def test_planted_notes_are_refused_at_opening_and_left_as_they_are(
    paths: Paths, noted: Path, sql: str
) -> None:
    backup(noted)
    alter(noted, sql)
    before = noted.read_bytes()
    with pytest.raises(DamagedNotes) as refused:
        open_notes(paths, "anna")
    assert "that Offprint did not make (“" in refused.value.sentence
    assert "the last good backup is of" in refused.value.sentence
    assert str(noted) in refused.value.sentence
    assert noted.read_bytes() == before
    assert not noted.with_name("notes.db-journal").exists()
    [said] = verify_user(paths, "anna")
    assert "that Offprint did not make" in said
    assert said.endswith("Restore a backup.")


@pytest.mark.parametrize("sql", PLANTED)
def test_a_backup_is_restored_with_what_came_after_it(paths: Paths, noted: Path, sql: str) -> None:
    kept = backup(noted)
    with closing(open_notes(paths, "anna")) as notes:
        added(notes, 2, note="later")
    alter(noted, sql)
    restore(noted, next(one for one in backups(noted) if one.path == kept))
    with closing(open_notes(paths, "anna")) as notes:
        assert {one.note for one in notes.all()} >= {"second"}
        assert notes.verify() == []
        added(notes, 3)


def test_another_programs_file_is_not_written_to(paths: Paths, tmp_path: Path) -> None:
    other = tmp_path / "places.sqlite"
    with closing(sqlite3.connect(other)) as database:
        database.execute("CREATE TABLE moz_places (url)")
    before = other.read_bytes()
    paths.user("anna").mkdir(parents=True)
    paths.notes("anna").symlink_to(other)
    with pytest.raises(DamagedNotes, match="there is no backup"):
        open_notes(paths, "anna")
    assert other.read_bytes() == before


def test_check_says_it_and_restore_needs_no_backup(
    paths: Paths, noted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alter(noted, PLANTED[2])
    arguments = ["--data", str(paths.data), "--user", "anna"]
    assert main([*arguments, "check"]) == 1
    assert "a trigger that Offprint did not make (“planted”)" in capsys.readouterr().out
    assert main([*arguments, "notes", "export"]) == 1
    said = capsys.readouterr().err
    assert "it holds 1 note" in said
    assert len(said.splitlines()) == 1
    assert main([*arguments, "notes", "restore"]) == 0
    assert main([*arguments, "check"]) == 0
    with closing(open_notes(paths, "anna")) as notes:
        [note] = notes.all()
        assert note.note == "second"
        assert [one.annotation.note for one in notes.history(note.id) if one.annotation] == [
            *("first", "second")
        ]


def test_there_is_one_backup_without_what_was_planted_however_often_it_is_opened(
    paths: Paths, noted: Path
) -> None:
    alter(noted, PLANTED[0])
    for _ in range(3):
        with pytest.raises(DamagedNotes):
            open_notes(paths, "anna")
    [made] = backups(noted)
    assert made.summary.endswith("what is not Offprint's was taken out")
    assert verify_notes(made.path) == []


def test_notes_whose_own_tables_were_changed_are_not_taken_out(paths: Paths, noted: Path) -> None:
    alter_schema(
        noted,
        "UPDATE sqlite_master SET sql = replace(sql, 'new.note', 'old.note') "
        "WHERE name = 'word_changed'",
    )
    with pytest.raises(Problem, match="changed tables"):
        copy_without_foreign(noted)
    with pytest.raises(DamagedNotes, match="there is no backup"):
        open_notes(paths, "anna")
    assert backups(noted) == []


def test_the_notes_of_a_newer_offprint_are_called_that(paths: Paths, noted: Path) -> None:
    kept = backup(noted)
    for path in (kept, noted):
        alter(path, PLANTED[4])
        alter(path, "PRAGMA user_version = 99")
    [said] = verify_user(paths, "anna")
    assert "newer Offprint" in said
    assert holding(kept) is None


def test_notes_that_cannot_be_read_have_no_way_back(paths: Paths, noted: Path) -> None:
    noted.write_bytes(b"no database any more")
    assert way_back(noted) is None


def test_a_planted_backup_is_none(noted: Path) -> None:
    kept = backup(noted)
    alter(kept, PLANTED[0])
    assert holding(kept) is None
    with pytest.raises(Problem, match="was not restored"):
        restore(noted, backups(noted)[0])


@pytest.mark.parametrize("sql", [PLANTED[3].replace("planted", "step"), *PLANTED[3:6]])
def test_a_new_file_with_something_planted_is_refused(
    paths: Paths, tmp_path: Path, sql: str
) -> None:
    path = tmp_path / "notes.db"
    path.touch()
    alter(path, sql)
    with pytest.raises(Damaged, match="that Offprint did not make"):
        Notes(path)


def test_a_planted_list_of_the_library_is_made_anew(paths: Paths) -> None:
    document = a_document(b"Give half a tablet.")
    with closing(Library(paths)) as library:
        library.add(document, document.text.encode(), {})
        library.details.edit(document, {"title": "By a person"})
    planted = "CREATE TRIGGER planted AFTER UPDATE ON document BEGIN DELETE FROM label; END"
    alter(paths.library, planted)
    with closing(Library(paths)) as library:
        assert library.document(document.id).title == "By a person"
        assert library.verify() == []
    assert (paths.lost / "library-1.db").exists()


def test_what_sqlite_adds_itself_is_not_foreign(paths: Paths, noted: Path) -> None:
    alter(noted, "ANALYZE")
    with closing(open_notes(paths, "anna")) as notes:
        assert notes.verify() == []


def test_it_is_said_in_words_that_cannot_deceive() -> None:
    view = Entry("view", "a\nb" + "x" * 100, "t", ("x" * 30_000,))
    assert in_words([view]) == f"a view that Offprint did not make (“ab{'x' * 38}…”)"
    assert in_words([Entry("odd", "a", "t", ()), view]).endswith("(“a”, and 1 more)")
    assert in_words([]) == ""


def test_what_a_process_raises_comes_back() -> None:
    raised = pickle.loads(pickle.dumps(Damaged("It holds a view.", "a view")))
    assert isinstance(raised, Damaged)
    assert "a view" in raised.sentence


def test_a_very_long_text_is_not_read_piece_by_piece(paths: Paths, noted: Path) -> None:
    alter(noted, f"CREATE VIEW planted AS SELECT 1 /* {'[' * 30_000} */")
    with pytest.raises(DamagedNotes):
        open_notes(paths, "anna")


@pytest.mark.parametrize("schema", ["library", "notes"])
def test_what_the_newest_scripts_make_is_known_to_the_letter(tmp_path: Path, schema: str) -> None:
    with closing(Database(tmp_path / "new.db", schema)) as database:
        version, *_ = database.rows(SCHEMA)[0]
        rows = [row[1:] for row in database.rows(SCHEMA)]
        # A script that is added needs its line in the table: else each start runs all scripts.
        assert is_to_the_letter(rows, schema, version)
        assert not is_to_the_letter(rows, schema, version - 1)
        assert not is_to_the_letter(rows[1:], schema, version)
        assert not is_to_the_letter([*rows, ("view", "planted", "planted", 1)], schema, version)
        # What SQLite makes for a key has no text.
        assert is_to_the_letter([*rows, ("index", "auto", "auto", None)], schema, version)


def test_white_space_and_comments_make_nothing_foreign(noted: Path) -> None:
    said = "replace(sql, 'CREATE TABLE', 'CREATE TABLE /* as ever */ ')"
    alter_schema(noted, f"UPDATE sqlite_master SET sql = {said} WHERE name = 'step'")
    with closing(Database(noted, None)) as database:
        rows = [row[1:] for row in database.rows(SCHEMA)]
        assert not is_to_the_letter(rows, "notes", database.rows(SCHEMA)[0][0])
        assert database.foreign("notes") == []
