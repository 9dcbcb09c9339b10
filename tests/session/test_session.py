"""The parts of a session together: places, problems, imports."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from reader.model.annotation import Change
from reader.model.span import Span
from reader.note_importers.imports import Import
from reader.paths import Paths
from reader.problem import Problem
from reader.services.note_export import NoteSelection
from reader.services.workspace import Workspace
from reader.session import notebook as noting
from reader.session.background import Background
from reader.session.notifier import ActionOffer
from reader.session.session import Session
from reader.session.startup import begin
from reader.settings import THEME
from reader.store.adoption import Adoption
from reader.store.backups import backup, backups
from reader.store.library import Library
from reader.store.metadata import Details
from reader.store.note_filter import NoteFilter
from reader.store.notes import Notes, open_notes
from reader.store.positions import Positions
from tests.store.samples import a_document, added, alter
from tests.ui.samples import a_flat_text, an_article, answer, mark


@pytest.fixture
def session(qtbot: QtBot, paths: Paths) -> Iterator[Session]:
    library = Library(paths)
    for document in (an_article(), a_flat_text()):
        library.add(document, document.title.encode(), {})
    session = Session(Workspace(paths, library, open_notes(paths, "anna"), "anna"), Background())
    session.current.open_last(an_article().id)
    yield session
    session.close()
    library.close()


@pytest.fixture
def problems(session: Session) -> list[str]:
    found: list[str] = []
    session.notifier.failed.connect(lambda problem: found.append(problem.sentence))
    return found


def full(*_: object, **__: object) -> None:
    raise Problem("The disk is full.")


def test_an_empty_library_opens_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    paths = Paths(tmp_path / "empty")
    library = Library(paths)
    session = Session(Workspace(paths, library, open_notes(paths, "anna"), "anna"), Background())
    opened: list[object] = []
    session.current.changed.connect(opened.append)
    session.current.open_last()
    assert opened == [None]
    assert session.navigation.position is None
    session.navigation.go_to(Span(0, 0))
    session.navigation.go_to_section(1)
    session.navigation.back()
    session.undo_stack.undo()
    session.navigation.report_location(0, 0.0, 0)
    assert session.marker.highlight() == ""
    assert session.citations.cited_passage() is None
    session.close()
    library.close()


def test_what_cannot_be_written_is_said_and_not_shown(
    session: Session, problems: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = mark(session, "new use")
    for verb in ("apply", "undo", "redo", "set_setting"):
        monkeypatch.setattr(Notes, verb, full)
    monkeypatch.setattr(Positions, "set", full)
    session.selection.set_span(Span(0, 5))
    assert session.marker.highlight() == ""
    assert not session.annotations.edit(made, note="lost")
    session.undo_stack.undo()
    session.undo_stack.redo()
    session.settings.set(THEME, "dark")
    session.navigation.report_location(100, 0.5, 200)
    session.navigation.save()
    assert problems == ["The disk is full."] * 6
    assert [a.note for a in session.annotations.all] == [""]
    monkeypatch.setattr(Library, "rename", full)
    monkeypatch.setattr(Details, "put_in_trash", full)
    session.library_commands.rename(an_article().id, "x")
    session.library_commands.trash(an_article().id)
    assert len(problems) == 8


def test_a_document_that_is_gone_is_said(
    session: Session, problems: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    session.navigation.open(a_flat_text().id)
    monkeypatch.setattr(Library, "document", full)
    session.navigation.open(an_article().id)
    session.navigation.back()
    assert problems == ["The disk is full."] * 2
    assert session.current.document_of(an_article().id) is None
    (hit,) = {h.document_id: h for h in session.search.state.article.hits}.values() or [None]
    assert hit is None


def test_history_goes_through_documents(session: Session) -> None:
    session.navigation.report_location(300, 0.0, 400)
    session.navigation.open(a_flat_text().id)
    session.navigation.open(a_flat_text().id, 5)
    assert session.navigation.can_go_back
    session.navigation.back()
    session.navigation.back()
    assert session.current.document is not None
    assert session.current.document.id == an_article().id
    assert session.navigation.can_go_forward
    session.navigation.forward()
    assert session.current.document.id == a_flat_text().id
    session.navigation.open(an_article().id, 40)
    assert session.current.document.id == an_article().id


def test_sections_are_walked_to_both_ends(session: Session) -> None:
    went: list[Span] = []
    session.navigation.scroll_requested.connect(went.append)
    session.navigation.go_to_section(-1)
    document = session.current.document
    assert document is not None
    assert went[-1] == Span(0, 0)
    session.navigation.report_location(document.sections[0].span.start, 0.0, 400)
    session.navigation.go_to_section(-1)
    assert went[-1] == Span(0, 0)
    session.navigation.report_location(document.sections[-1].span.start, 0.0, len(document.text))
    assert session.navigation.location.percent == 100
    before = len(went)
    session.navigation.go_to_section(1)
    assert len(went) == before


def test_a_mark_on_the_same_words_takes_the_new_colour(session: Session) -> None:
    made = mark(session, "new use", "green")
    again = mark(session, "new use", "pink")
    assert made == again
    assert [a.colour for a in session.annotations.all] == ["pink"]
    session.annotations.choose(made)
    session.marker.highlight("blue")
    assert [a.colour for a in session.annotations.all] == ["blue"]
    assert session.annotations.where(session.annotations.all[0]) == "What Is Ketamine?"
    assert not session.annotations.edit("no such id", note="x")
    assert session.annotations.edit(made)


def test_notes_whose_place_is_not_sure_are_kept_at_the_end(session: Session) -> None:
    from dataclasses import replace

    made = mark(session, "new use")
    first = session.annotations.get(made)
    assert first is not None
    lost = replace(
        first.target,
        text_hash="0" * 64,
        quote=replace(first.target.quote, exact="words that are nowhere"),
    )
    stray = replace(first, id="stray", target=lost)
    session.workspace.notes.apply(Change(None, replace(stray, revision=0)))
    session.navigation.open(a_flat_text().id)
    session.navigation.open(an_article().id)
    assert [a.id for a in session.annotations.all] == [made, "stray"]
    assert "stray" not in session.annotations.spans
    assert session.annotations.quote(session.annotations.all[1]) == "words that are nowhere"
    assert session.annotations.where(session.annotations.all[1]) == ""


def test_a_file_is_taken_in_and_opened_and_a_bad_one_is_said(
    session: Session, problems: list[str], qtbot: QtBot, tmp_path: Path
) -> None:
    good = tmp_path / "good.txt"
    good.write_text("A Good Text\n\nIt has some words in it, and these words can be found.\n")
    bad = tmp_path / "empty.txt"
    bad.touch()
    with qtbot.waitSignal(session.current.changed, timeout=20_000):
        session.imports.add([good])
    assert session.current.document is not None
    assert session.current.document.title == "A Good Text"
    qtbot.waitUntil(lambda: not session.background.busy, timeout=20_000)
    session.imports.add([bad])
    qtbot.waitUntil(lambda: bool(problems), timeout=20_000)
    assert "empty" in problems[0]
    session.imports.add([good, bad])
    qtbot.waitUntil(lambda: len(problems) == 2, timeout=20_000)
    session.imports.add([good, good, bad, bad])
    session.imports.cancel()
    qtbot.waitUntil(lambda: not session.background.busy, timeout=20_000)
    told: list[str] = []
    session.notifier.action_offered.connect(lambda offer: told.append(offer.sentence))
    session.imports.add([good, good])
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert "2 documents" in told[0]
    session.search.find("words")
    qtbot.waitUntil(lambda: session.search.state.count > 0, timeout=20_000)
    assert "words" in session.search.snippet(session.search.state.article.hits[0]).text


def test_notes_with_faults_are_mended_before_anybody_is_told(
    session: Session, problems: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*_: object, then: Any, failed: Any) -> None:
        failed(Problem("Faults."))

    monkeypatch.setattr(session.background, "run", run)
    session.users.back_up_in_worker()
    assert problems == []
    monkeypatch.setattr(Notes, "repair", lambda _: ["still wrong"])
    session.users.back_up_in_worker()
    monkeypatch.setattr(Notes, "repair", full)
    session.users.back_up_in_worker()
    assert problems == ["Faults.", "The disk is full."]


def look_at(session: Session) -> None:
    """What the window does when it becomes the active one."""
    session.library_commands.take_news()
    session.annotations.take_news()


def test_what_another_program_noted_is_shown_when_the_window_is_looked_at(
    session: Session, paths: Paths
) -> None:
    made = mark(session, "new use")
    note = session.annotations.get(made)
    assert note is not None
    from dataclasses import replace

    other = open_notes(paths, "anna")
    other.apply(Change(note, replace(note, note="from elsewhere")))
    other.close()
    look_at(session)
    assert session.annotations.all[0].note == "from elsewhere"
    look_at(session)


def test_what_another_program_took_in_is_shown_when_the_window_is_looked_at(
    session: Session, paths: Paths, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(session.library_commands.changed):
        look_at(session)
    with closing(Library(paths)) as other:
        other.add(a_document(b"From elsewhere."), b"From elsewhere.", {})
    here = session.current.document
    with qtbot.waitSignal(session.library_commands.changed):
        look_at(session)
    assert len(session.catalog.entries) == 3
    assert session.current.document is here
    with qtbot.assertNotEmitted(session.library_commands.changed):
        look_at(session)


def test_the_first_document_of_another_program_is_opened(qtbot: QtBot, tmp_path: Path) -> None:
    paths = Paths(tmp_path / "empty")
    library = Library(paths)
    session = Session(Workspace(paths, library, open_notes(paths, "anna"), "anna"), Background())
    session.current.open_last()
    with closing(Library(paths)) as other:
        other.add(a_document(b"From elsewhere."), b"From elsewhere.", {})
    look_at(session)
    assert session.current.document is not None
    session.close()
    library.close()


def test_users_whose_notes_cannot_be_opened_are_not_switched_to(
    session: Session, problems: list[str], paths: Paths
) -> None:
    session.users.switch("anna")
    paths.user("broken").mkdir(parents=True)
    paths.notes("broken").write_bytes(b"no database" * 500)
    session.users.switch("broken")
    assert session.workspace.user == "anna"
    assert len(problems) == 1


def test_a_name_that_differs_in_capitals_is_the_same_user(
    session: Session, problems: list[str], paths: Paths
) -> None:
    session.users.switch("ANNA")
    assert session.workspace.user == "anna"
    session.users.switch("con")
    assert session.workspace.user == "anna"
    assert problems == ["“con” is the name of a device on Windows. Choose another name."]


def test_what_a_worker_says_of_one_users_notes_is_not_told_to_the_next(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(noting, "AT_ONCE", 0)
    monkeypatch.setattr(noting, "GROUPED_AT_ONCE", 0)
    made = mark(session, "new use")
    told: list[object] = []
    session.notebook.groups_ready.connect(told.append)
    session.notebook.sections_ready.connect(told.append)
    session.notebook.counts_ready.connect(told.append)
    session.notifier.action_offered.connect(told.append)
    session.notebook.ask_groups(NoteFilter(), "tag")
    session.notebook.ask_sections(NoteFilter())
    session.notebook.ask_counts()
    session.notebook.tag([made], ["anna's own"])
    session.users.switch("ben")
    qtbot.waitUntil(lambda: not session.background.busy, timeout=20_000)
    assert told == []
    session.users.switch("anna")
    assert session.notebook.tags() == {"anna's own": 1}


def test_notes_that_were_moved_go_back_until_something_else_is_edited(
    session: Session, qtbot: QtBot
) -> None:
    made = mark(session, "new use")
    offers: list[ActionOffer] = []
    session.notifier.action_offered.connect(offers.append)
    brought = Import("1", "notes.csv", "csv", "2026-02-03T10:00:00Z", (made,))

    def move() -> ActionOffer:
        session.note_transfer.import_file(brought, {"": a_flat_text().id})
        qtbot.waitUntil(lambda: not session.background.busy, timeout=20_000)
        return offers[-1]

    def home() -> str:
        note = session.notebook.note(made)
        assert note is not None
        return note.target.document_id

    offer = move()
    assert home() == a_flat_text().id
    assert offer.holds()
    # Whatever is open, and has been edited last.
    offer.run()
    assert home() == an_article().id
    offer = move()
    mark(session, "Questions")
    assert not offer.holds()
    offer = move()
    session.users.switch("ben")
    assert not offer.holds()


def test_another_users_notes_that_are_gone_can_be_restored(
    session: Session, paths: Paths, qtbot: QtBot
) -> None:
    with closing(open_notes(paths, "bert")) as notes:
        added(notes)
        backup(notes.path)
    paths.notes("bert").unlink()
    with qtbot.waitSignal(session.notifier.action_offered) as offered:
        session.users.switch("bert")
    (offer,) = offered.args
    sentence, label, restore_it = offer.sentence, offer.label, offer.run
    assert "are missing, though there were some" in sentence
    assert (session.workspace.user, label) == ("anna", "Restore")

    (copy,) = backups(paths.notes("bert"))
    hidden = copy.path.rename(copy.path.with_suffix(".away"))
    with qtbot.waitSignal(session.notifier.failed, timeout=20_000):
        restore_it()
    assert session.workspace.user == "anna"
    hidden.rename(copy.path)
    with qtbot.waitSignal(session.users.changed, timeout=20_000):
        restore_it()
    assert session.workspace.user == "bert"
    assert len(session.notebook.all()) == 1


def test_documents_that_were_found_are_said_at_the_start(
    session: Session, problems: list[str], paths: Paths, qtbot: QtBot
) -> None:
    for name in ("Anna", "carl"):
        (paths.data / "users" / name).mkdir()
    told: list[str] = []
    session.notifier.message.connect(told.append)
    begin(session)
    assert told == [*paths.clashes()]
    alter(session.workspace.paths.library, "DELETE FROM document WHERE id = ?", a_flat_text().id)
    session.workspace.library.adoption.run()
    begin(session)
    assert problems == ["1 document was missing in the library's list, and is there again."]
    begin(session)
    qtbot.waitUntil(lambda: not session.background.busy, timeout=20_000)
    assert len(problems) == 1


def test_documents_that_a_worker_took_up_are_shown_and_said(
    session: Session, problems: list[str], qtbot: QtBot
) -> None:
    alter(session.workspace.paths.library, "DELETE FROM document WHERE id = ?", a_flat_text().id)
    assert len(session.catalog.entries) == 1
    session.library_commands.restore(an_article().id)
    qtbot.waitUntil(lambda: bool(problems), timeout=20_000)
    assert len(session.catalog.entries) == 2
    assert problems == ["1 document was missing in the library's list, and is there again."]
    qtbot.waitUntil(lambda: not session.background.busy, timeout=20_000)


def test_notices_that_cannot_be_read_are_said(
    session: Session, problems: list[str], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(Adoption, "take_notices", full)
    begin(session)
    assert problems == ["The disk is full."]
    monkeypatch.undo()
    qtbot.waitUntil(lambda: not session.background.busy, timeout=20_000)


def test_what_is_written_when_the_file_is_gone_is_said_to_be_elsewhere(
    session: Session, problems: list[str], paths: Paths, qtbot: QtBot
) -> None:
    made = mark(session, "new use")
    paths.notes("anna").unlink()
    assert session.annotations.edit(made, note="Kept elsewhere")
    assert "was removed or replaced by another program" in problems[-1]
    # It is not shown, for it is not in the notes.
    assert session.annotations.get(made).note == ""  # type: ignore[union-attr]
    assert mark(session, "Small doses") == ""
    copy = session.users.backups[0]
    assert copy.holds is not None
    assert copy.holds.notes == 2
    with qtbot.waitSignal(session.users.backup_ended, timeout=20_000):
        session.users.restore(copy)
    assert sorted(one.note for one in session.annotations.all) == ["", "Kept elsewhere"]


def test_a_backup_with_faults_is_not_begun_to_be_restored(
    session: Session, problems: list[str], qtbot: QtBot
) -> None:
    mark(session, "new use")
    with qtbot.waitSignal(session.users.backup_ended, timeout=20_000):
        session.users.back_up()
    (copy,) = session.users.backups
    copy.path.write_bytes(b"broken" * 999)
    with qtbot.waitSignal(session.users.backup_ended, timeout=20_000):
        session.users.restore(copy)
    assert f"The backup “{copy.name}” was not restored, for it has faults: " in problems[-1]
    assert len(session.annotations.all) == 1


def test_notes_that_cannot_be_read_are_said(
    session: Session, problems: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Notes, "all", full)
    assert session.notebook.all() == []
    assert problems == ["The disk is full."]


def test_an_export_that_fails_is_said(
    session: Session, problems: list[str], qtbot: QtBot, tmp_path: Path
) -> None:
    mark(session, "new use")
    session.note_transfer.export(NoteSelection(), "markdown", str(tmp_path / "none" / "x.md"))
    qtbot.waitUntil(lambda: bool(problems), timeout=20_000)
    assert "cannot be written" in problems[0]


def test_a_hit_is_walked_to_from_the_place_being_read(session: Session) -> None:
    answer(session, "ketamine")
    document = session.current.document
    assert document is not None
    session.navigation.report_location(document.sections[3].span.start, 0.0, 900)
    session.search.step(1)
    hit = session.search.state.hit
    assert hit is not None
    assert hit.span.start >= document.sections[3].span.start
    session.search.open_hit(session.search.state.article.hits[0])
    assert session.search.state.current == 0
    session.search.find("")
    assert session.search.state.hit is None


def test_the_end_makes_no_part_that_was_not_asked_for(qtbot: QtBot, paths: Paths) -> None:
    library = Library(paths)
    session = Session(Workspace(paths, library, open_notes(paths, "anna"), "anna"), Background())
    session.close()
    library.close()
    for late in (session.late_imports, session.late_note_transfer, session.late_library_files):
        assert late.made is None
