"""How a user reads each document: kept a row a document, and taken over from what was before."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from reader.paths import Paths
from reader.problem import Problem
from reader.settings import THEME, Setting
from reader.store import database
from reader.store.database import Database
from reader.store.note_rows import crc, to_json
from reader.store.notes import Notes
from reader.store.reading import Reading
from tests.store.samples import a_clock

BEFORE = ("read_last", "progress", "running_text", "page_turns", "page_places", "last_document")


@pytest.fixture
def old(paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A file of notes as it was before there were reading states."""
    newest = Path(database.__file__).parent / "schema"
    former = tmp_path / "schema"
    former.mkdir()
    for number in (1, 2, 3):
        shutil.copy(newest / f"notes_{number:03}.sql", former)
    monkeypatch.setattr(database, "_SCHEMAS", former)
    with closing(Database(paths.notes("anna"), "notes")) as made:
        monkeypatch.setattr(database, "_SCHEMAS", newest)
        yield made


def set_before(old: Database, name: str, value: object, damage: int = 0) -> None:
    plain = value if isinstance(value, str) and value.startswith("{!") else to_json(value)
    old.run("INSERT INTO setting VALUES (?, ?, ?)", name, plain, crc(name, plain) + damage)


def opened_now(paths: Paths, old: Database) -> Notes:
    old.close()
    return Notes(paths.notes("anna"), now=a_clock())


def test_when_documents_were_opened_is_told_also_of_another_window(
    notes: Notes, paths: Paths
) -> None:
    def opened(when: str) -> Callable[[Reading], Reading]:
        return lambda reading: reading._replace(opened=when)

    assert notes.readings.opened() == {}
    notes.readings.update("d1", opened("2024-01-01"))
    assert notes.readings.opened() == {"d1": "2024-01-01"}
    notes.readings.update("d1", opened("2024-01-02"))
    notes.readings.update("d1", opened("2024-01-02"))
    notes.readings.update("d2", lambda reading: reading)
    assert notes.readings.opened() == {"d1": "2024-01-02"}
    with closing(Notes(paths.notes("anna"))) as elsewhere:
        elsewhere.readings.update("d2", opened("2024-01-03"))
        assert notes.readings.opened() == {"d1": "2024-01-02", "d2": "2024-01-03"}
        elsewhere.readings.update("d2", opened("2024-01-04"))
    assert notes.readings.opened() == {"d1": "2024-01-02", "d2": "2024-01-04"}


def test_a_state_that_is_not_written_is_not_told(
    notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise Problem("The disk is full.")

    assert notes.readings.opened() == {}
    with monkeypatch.context() as patched:
        patched.setattr(Database, "run", full)
        with pytest.raises(Problem, match="full"):
            notes.readings.update("d1", lambda reading: reading._replace(opened="2024-01-01"))
    assert notes.readings.opened() == {}


def test_each_document_has_its_own_state(notes: Notes) -> None:
    assert notes.readings.get("d1") == Reading()
    assert notes.readings.latest() == ""
    notes.readings.update("d1", lambda r: r._replace(opened="2024-01-01T00:00:00.000Z", percent=4))
    notes.readings.update("d2", lambda r: r._replace(opened="2024-01-02T00:00:00.000Z"))
    after = notes.readings.update(
        "d1", lambda r: r._replace(view_mode="text", rotation=3, page=2, share=0.5, offset=7)
    )
    assert after == Reading("2024-01-01T00:00:00.000Z", 4, "text", 3, 2, 0.5, 7)
    assert notes.readings.get("d1") == after
    assert notes.readings.latest() == "d2"
    assert notes.readings.percents() == {"d1": 4, "d2": 0}
    assert notes.readings.opened() == {
        "d1": "2024-01-01T00:00:00.000Z",
        "d2": "2024-01-02T00:00:00.000Z",
    }
    assert notes.verify() == []


def test_what_is_the_same_is_not_written(notes: Notes) -> None:
    notes.readings.update("d1", lambda reading: reading)
    assert notes.readings.percents() == {}


def test_a_damaged_row_counts_as_none(paths: Paths, notes: Notes) -> None:
    notes.readings.update("d1", lambda reading: reading._replace(percent=4))
    with closing(Database(paths.notes("anna"), "notes")) as other:
        other.run("UPDATE reading SET percent = 5")
    assert notes.readings.get("d1") == Reading()
    assert notes.verify() == ["1 of 1 reading states are damaged."]


def test_a_change_that_fails_writes_nothing(notes: Notes) -> None:
    def fail(_: Reading) -> Reading:
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        notes.readings.update("d1", fail)
    assert notes.readings.percents() == {}


def test_the_settings_of_an_earlier_version_become_rows(paths: Paths, old: Database) -> None:
    set_before(
        old, "read_last", {"d1": "2024-01-01T00:00:00+00:00", "d2": "2024-01-01T00:00:00+00:00"}
    )
    set_before(old, "progress", {"d1": 40, "d2": 100})
    set_before(old, "running_text", {"d1": True})
    set_before(old, "page_turns", {"d2": 3})
    set_before(old, "page_places", {"d2": [5, 0.25, 70], "d3": [1, 0, 0]})
    set_before(old, "last_document", "d1")
    set_before(old, "theme", "dark")
    with closing(opened_now(paths, old)) as notes:
        day = "2024-01-01T00:00:00+00:00"
        assert notes.readings.get("d1") == Reading(day, 40, "text")
        assert notes.readings.get("d2") == Reading(day, 100, "pages", 3, 5, 0.25, 70)
        assert notes.readings.get("d3") == Reading(page=1, offset=0)
        assert notes.readings.latest() == "d1"
        assert notes.setting(THEME) == "dark"
        assert {notes.setting(Setting(name, "", bool)) for name in BEFORE} == {""}
        assert notes.verify() == []


@pytest.mark.parametrize("name", BEFORE)
@pytest.mark.parametrize(
    "value",
    ["{!", 5, None, "", [1], {"d1": None}, {"d1": "x"}, {"d1": -9}, {"d1": [None]}, {"d1": {}}],
)
def test_a_setting_of_another_shape_keeps_no_file_from_opening(
    paths: Paths, old: Database, name: str, value: object
) -> None:
    set_before(old, name, value)
    with closing(opened_now(paths, old)) as notes:
        reading = notes.readings.get("d1")
        assert 0 <= reading.percent <= 100
        assert 0 <= reading.rotation < 4
        assert notes.verify() == []


def test_a_damaged_setting_is_not_taken_over(paths: Paths, old: Database) -> None:
    set_before(old, "progress", {"d1": 40}, damage=1)
    with closing(opened_now(paths, old)) as notes:
        assert notes.readings.percents() == {}


def test_the_file_is_refused_by_the_version_before(
    paths: Paths, notes: Notes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = tmp_path / "schema"
    former.mkdir()
    for number in (1, 2, 3):
        shutil.copy(Path(database.__file__).parent / "schema" / f"notes_{number:03}.sql", former)
    monkeypatch.setattr(database, "_SCHEMAS", former)
    with pytest.raises(Problem, match="newer"):
        Notes(paths.notes("anna"))
