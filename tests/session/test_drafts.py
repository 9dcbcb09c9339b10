"""What is typed is on the disk soon, is offered again, and never becomes a note by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reader.model.annotation import Annotation
from reader.paths import Paths
from reader.problem import Problem
from reader.services.workspace import Workspace
from reader.session.background import Background
from reader.session.drafts import Drafts
from reader.session.session import Session
from reader.store.drafts import Draft, DraftTable
from reader.store.library import Library
from reader.store.liveness import Sign
from reader.store.notes import Notes, open_notes
from tests.ui.samples import an_article, mark


@pytest.fixture
def session(qtbot: QtBot, paths: Paths) -> Iterator[Session]:
    library = Library(paths)
    library.add(an_article(), an_article().title.encode(), {})
    session = Session(Workspace(paths, library, open_notes(paths, "anna"), "anna"), Background())
    session.current.open_last()
    yield session
    session.close()
    library.close()


@pytest.fixture
def annotation(session: Session) -> Annotation:
    found = session.annotations.get(mark(session, "new use"))
    assert found is not None
    return found


def on_disk(paths: Paths, user: str = "anna") -> list[str]:
    with closing(Notes(paths.notes(user))) as notes:
        return [draft.note for draft in notes.drafts.all()]


def left_by_a_crash(paths: Paths, annotation: Annotation, note: str, tags: str = "") -> Draft:
    draft = Draft(f"e {note}", annotation, note, tags, "2024-01-01T00:00:00.000Z", "dead")
    with closing(Notes(paths.notes("anna"))) as notes:
        notes.drafts.put(draft)
    return draft


@pytest.fixture
def problems(session: Session) -> list[str]:
    said: list[str] = []
    session.notifier.failed.connect(lambda problem: said.append(problem.sentence))
    return said


def test_the_latest_words_of_an_editor_are_written(
    session: Session, annotation: Annotation, paths: Paths
) -> None:
    drafts = session.drafts
    for note in ("H", "Ha", "Half"):
        drafts.put(drafts.draft("e1", annotation, note, ""))
    assert drafts.flush()
    assert on_disk(paths) == ["Half"]
    # Somebody has them in an editor: they are not offered.
    assert drafts.left == []
    drafts.drop("e1")
    assert drafts.flush()
    assert on_disk(paths) == []


def test_an_editor_is_asked_for_what_is_typed_when_all_is_to_be_written(
    session: Session, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(session.drafts.wanted):
        session.drafts.flush()


def test_what_a_crash_left_is_offered_and_kept_in_one_edit(
    session: Session, annotation: Annotation, paths: Paths
) -> None:
    draft = left_by_a_crash(paths, annotation, " Half a tablet ", "#dose slowly")
    assert session.drafts.left == [draft]
    assert not session.drafts.becomes_new(draft)
    assert session.drafts.keep(draft)
    kept = session.annotations.get(annotation.id)
    assert kept is not None
    assert (kept.note, kept.tags, kept.motivation) == (
        "Half a tablet",
        ("dose", "slowly"),
        "commenting",
    )
    assert len(session.notebook.history(annotation.id)) == 2
    assert session.drafts.left == []
    assert on_disk(paths) == []


def test_what_became_the_note_before_the_crash_is_not_offered(
    session: Session, annotation: Annotation, paths: Paths
) -> None:
    left_by_a_crash(paths, annotation, "Half a tablet")
    left_by_a_crash(paths, annotation, "")
    session.annotations.edit(annotation.id, note="Half a tablet", motivation="commenting")
    assert session.drafts.left == []
    assert session.drafts.flush()
    assert on_disk(paths) == []


def test_words_on_a_note_that_is_gone_become_a_note_of_their_own(
    session: Session, annotation: Annotation, paths: Paths
) -> None:
    draft = left_by_a_crash(paths, annotation, "Half a tablet")
    empty = left_by_a_crash(paths, annotation, "")
    session.annotations.delete(annotation.id)
    session.notebook.purge([annotation.id])
    assert session.drafts.left == [draft]
    assert session.drafts.becomes_new(draft)
    assert session.drafts.becomes_new(empty)
    assert session.drafts.keep(draft)
    (new,) = session.annotations.all
    assert new.id != annotation.id
    assert (new.note, new.target) == ("Half a tablet", annotation.target)
    session.undo_stack.undo()
    assert session.annotations.all == ()


def test_words_on_a_note_that_was_written_anew_become_one_beside_it(
    session: Session, annotation: Annotation, paths: Paths
) -> None:
    draft = left_by_a_crash(paths, annotation, "Half a tablet")
    session.annotations.edit(annotation.id, note="A whole one")
    assert session.drafts.becomes_new(draft)
    assert session.drafts.keep(draft)
    assert sorted(one.note for one in session.annotations.all) == ["A whole one", "Half a tablet"]


def test_what_another_window_types_is_not_offered_until_that_ends(
    session: Session, annotation: Annotation, paths: Paths
) -> None:
    sign = Sign(paths.user("anna") / "typing")
    draft = Draft("e1", annotation, "Half", "", "2024-01-01T00:00:00.000Z", sign.name)
    with closing(Notes(paths.notes("anna"))) as notes:
        notes.drafts.put(draft)
    assert session.drafts.left == []
    sign.close()
    assert session.drafts.left == [draft]


def test_a_discarded_draft_can_be_had_back(
    session: Session, annotation: Annotation, paths: Paths, qtbot: QtBot
) -> None:
    draft = left_by_a_crash(paths, annotation, "Half a tablet")
    with qtbot.waitSignal(session.drafts.changed):
        session.drafts.discard(draft)
    assert on_disk(paths) == []
    assert session.drafts.leave(draft)
    assert session.drafts.left == [draft]


def test_each_user_has_drafts_of_their_own(
    session: Session, annotation: Annotation, paths: Paths
) -> None:
    drafts = session.drafts
    drafts.put(drafts.draft("e1", annotation, "Of Anna", ""))
    session.users.switch("bert")
    assert drafts.left == []
    drafts.put(drafts.draft("e2", annotation, "Of Bert", ""))
    drafts.flush()
    assert (on_disk(paths), on_disk(paths, "bert")) == (["Of Anna"], ["Of Bert"])
    session.users.switch("anna")
    assert [one.note for one in drafts.left] == ["Of Anna"]


# When it cannot be written


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    def refuse(*_: object) -> None:
        raise Problem("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(DraftTable, "put", refuse)
        yield patch


def test_a_full_disk_is_said_once_and_the_words_wait(
    session: Session,
    annotation: Annotation,
    paths: Paths,
    qtbot: QtBot,
    problems: list[str],
    full: pytest.MonkeyPatch,
) -> None:
    drafts = session.drafts
    for note in ("H", "Ha", "Half"):
        drafts.put(drafts.draft("e1", annotation, note, ""))
        assert not drafts.flush()
    assert not drafts.leave(drafts.draft("e1", annotation, "Half", ""))
    qtbot.waitUntil(lambda: problems == ["The disk is full."])
    full.undo()
    # It is tried again without a key.
    qtbot.waitUntil(lambda: on_disk(paths) == ["Half"], timeout=10_000)
    assert problems == ["The disk is full."]


def test_a_file_that_was_replaced_takes_the_words_all_the_same(
    session: Session, annotation: Annotation, paths: Paths, problems: list[str], qtbot: QtBot
) -> None:
    drafts = session.drafts
    drafts.put(drafts.draft("e1", annotation, "H", ""))
    assert drafts.flush()
    path = paths.notes("anna")
    kept = path.read_bytes()
    path.unlink()
    drafts.put(drafts.draft("e1", annotation, "Half", ""))
    assert not drafts.flush()
    qtbot.waitUntil(lambda: len(problems) == 1)
    for suffix in ("-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    path.write_bytes(b"")
    with closing(Notes(path)):
        pass
    assert kept
    drafts.put(drafts.draft("e1", annotation, "Half a", ""))
    qtbot.waitUntil(lambda: on_disk(paths) == ["Half a"], timeout=10_000)


def test_an_older_file_has_no_room_for_drafts(
    session: Session, annotation: Annotation, paths: Paths, problems: list[str], qtbot: QtBot
) -> None:
    session.close()
    library = session.workspace.library
    with closing(open_notes(paths, "anna")) as notes:
        with closing(Notes(paths.notes("anna"))) as other:
            other.apply()
        drafts = Drafts(Workspace(paths, library, notes, "anna"), lambda _: True)
        drafts.failed.connect(lambda problem: problems.append(problem.sentence))
        import sqlite3

        with closing(sqlite3.connect(paths.notes("anna"))) as connection:
            connection.execute("DROP TABLE draft")
        drafts.put(drafts.draft("e1", annotation, "Half", ""))
        assert not drafts.flush()
        qtbot.waitUntil(lambda: any("replaced by an older one" in one for one in problems))
        drafts.close()


def test_a_sign_that_cannot_be_made_hinders_nobody(
    session: Session, annotation: Annotation, paths: Paths
) -> None:
    (paths.user("anna") / "typing").write_bytes(b"in the way")
    drafts = session.drafts
    drafts.put(drafts.draft("e1", annotation, "Half", ""))
    assert drafts.flush()
    assert on_disk(paths) == ["Half"]
    assert drafts.left == []


def test_notes_that_cannot_be_read_offer_nothing(
    session: Session, annotation: Annotation, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = left_by_a_crash(paths, annotation, "Half")

    def damaged(*_: object) -> None:
        raise Problem("Damaged.")

    monkeypatch.setattr(Notes, "annotation", damaged)
    assert not session.drafts.becomes_new(draft)
    assert session.drafts.left == []


def test_what_cannot_be_kept_stays_offered(
    session: Session, annotation: Annotation, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = left_by_a_crash(paths, annotation, "Half")

    def full(*_: object) -> None:
        raise Problem("The disk is full.")

    monkeypatch.setattr(Notes, "apply", full)
    assert not session.drafts.keep(draft)
    assert session.drafts.left == [draft]
    assert draft == draft._replace()
