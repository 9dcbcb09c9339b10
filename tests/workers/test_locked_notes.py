"""Tasks about a user's notes get their key with the task, in a process of their own."""

from __future__ import annotations

import logging
from contextlib import closing
from pathlib import Path

import pytest

from reader.model.search import Query
from reader.paths import Paths
from reader.problem import Problem
from reader.services.bulk_edit import Bulk, by_section, edit_many, note_places
from reader.services.note_export import NoteSelection, export
from reader.services.note_import import move_for
from reader.services.reanchoring import place_one, review, step_back
from reader.services.same_article import partner_notes
from reader.store import conversion, key_file
from reader.store.encryption import Key
from reader.store.note_filter import NoteFilter
from reader.store.notes import open_notes
from reader.workers import search_tasks, tasks
from reader.workers.pool import Workers
from tests.store.converting import CHEAP, CODE, MARKER, clear_files
from tests.store.samples import added


@pytest.fixture
def key(paths: Paths, two: list[str]) -> Key:
    """The key of Anna's notes, one on each of two documents."""
    with closing(open_notes(paths, "anna")) as notes:
        for number, document_id in enumerate(two):
            added(notes, number, document_id, note=f"{MARKER} {number}")
    made, content = key_file.make_key("a long passphrase", CODE, CHEAP)
    conversion.encrypt(paths.notes("anna"), made, content)
    return made


def test_workers_open_locked_notes_with_the_key_that_they_are_given(
    paths: Paths, two: list[str], key: Key, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    data, user, path = str(paths.data), "anna", str(paths.notes("anna"))
    search_tasks.index(data, two)
    with closing(Workers()) as workers, caplog.at_level(logging.DEBUG):
        answer = workers.submit("find", search_tasks.find, data, Query(MARKER), path, key).result()
        assert len(answer.notes) == 2
        copy = workers.submit("notes", tasks.back_up, path, "by hand", key).result()
        said = workers.submit("notes", tasks.restore, path, copy, True, key).result()
        assert said.startswith("The notes are again")
        target = str(tmp_path / "notes.json")
        asked = data, user, NoteSelection(), "json", target, "", key
        workers.submit("notes", export, *asked).result()
        assert Path(target).read_text(encoding="utf-8").count(MARKER) >= 2
        for function, arguments in (
            (edit_many, (("a0",), Bulk(add_tags=("dose",)))),
            (note_places, (two[0],)),
            (by_section, (NoteFilter(),)),
            (move_for, (("a1",), two[0])),
            (place_one, (two[0],)),
            (review, (two[0],)),
            (step_back, (two[0],)),
            (partner_notes, (two[0],)),
        ):
            workers.submit("notes", function, data, user, *arguments, key).result()
        with pytest.raises(Problem, match="locked with a passphrase"):
            workers.submit("notes", place_one, data, user, two[0]).result()
    assert key.value.hex() not in caplog.text
    assert clear_files(paths.data) == []
    assert tasks.verify(data, {"anna": key}) == []
