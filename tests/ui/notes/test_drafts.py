"""Typing in an editor, its note gone meanwhile, and the line that offers what was not kept."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from reader.model.annotation import Change
from reader.paths import Paths
from reader.problem import Problem
from reader.session.session import Session
from reader.store.drafts import Draft
from reader.store.notes import Notes, open_notes
from reader.ui.notes.unsaved_dialog import may_close
from reader.ui.shell.ending import Ending
from reader.ui.shell.main_window import MainWindow
from reader.ui.widgets.dates import short_day
from reader.ui.widgets.theme import DARK, LIGHT
from tests.ui.samples import a_flat_text, an_article, mark


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> MainWindow:
    window = MainWindow(session, LIGHT)
    qtbot.addWidget(window)
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    return window


def text_of(window: MainWindow) -> QPlainTextEdit:
    """The field of the open editor."""
    (field,) = (
        one for one in window.notes.findChildren(QPlainTextEdit) if one.accessibleName() == "Note"
    )
    return field


def on_disk(paths: Paths) -> list[tuple[str, str]]:
    with closing(Notes(paths.notes("anna"))) as notes:
        return [(draft.note, draft.tags) for draft in notes.drafts.all()]


def button(window: MainWindow, text: str) -> QPushButton:
    found = window.middle.draft_bar.findChildren(QPushButton)
    (one,) = (b for b in found if b.text() == text and b.isVisible())
    return one


def crash_with(paths: Paths, session: Session, note: str, typed: str, at: str = "new use") -> Draft:
    """A draft as a crash leaves it, on a note that is made now."""
    annotation = session.annotations.get(mark(session, at))
    assert annotation is not None
    draft = Draft(note, annotation, note, "", typed, "dead")
    with closing(Notes(paths.notes("anna"))) as notes:
        notes.drafts.put(draft)
    return draft


# The editor


def test_what_is_typed_is_on_the_disk_before_it_is_kept(
    window: MainWindow, session: Session, paths: Paths, qtbot: QtBot
) -> None:
    made = mark(session, "new use")
    session.marker.write_note(made)
    field = text_of(window)
    qtbot.keyClicks(field, "Half a tablet")
    qtbot.waitUntil(lambda: on_disk(paths) == [("Half a tablet", "")], timeout=1000)
    assert session.annotations.get(made).note == ""  # type: ignore[union-attr]
    field.clear()
    qtbot.waitUntil(lambda: on_disk(paths) == [], timeout=1000)
    qtbot.keyClicks(field, "One")
    assert session.drafts.flush()
    assert on_disk(paths) == [("One", "")]
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert session.annotations.get(made).note == "One"  # type: ignore[union-attr]
    assert session.drafts.flush()
    assert on_disk(paths) == []


def test_a_deleted_note_takes_its_draft_along(
    window: MainWindow, session: Session, paths: Paths, qtbot: QtBot
) -> None:
    session.marker.write_note(mark(session, "new use"))
    qtbot.keyClicks(text_of(window), "Not wanted")
    assert session.drafts.flush()
    delete = next(
        one
        for one in window.notes.findChildren(QAbstractButton)
        if one.accessibleName() == "Delete highlight and note"
    )
    delete.click()
    assert session.drafts.flush()
    assert on_disk(paths) == []
    assert window.middle.draft_bar.sentence == ""


@pytest.mark.parametrize("how", ["purged", "trashed", "written anew"])
def test_words_on_a_note_that_another_window_changed_are_left_to_be_decided_about(
    window: MainWindow, session: Session, paths: Paths, qtbot: QtBot, how: str
) -> None:
    made = mark(session, "new use")
    session.marker.write_note(made)
    qtbot.keyClicks(text_of(window), "Half a tablet")
    with closing(open_notes(paths, "anna")) as elsewhere:
        before = elsewhere.annotation(made)
        assert before is not None
        from dataclasses import replace

        if how == "written anew":
            elsewhere.apply(Change(before, replace(before, note="Something else")))
        else:
            gone = replace(before, deleted="2024-01-01T00:00:00Z")
            elsewhere.apply(Change(before, gone))
        if how == "purged":
            elsewhere.purge(made)
    qtbot.keyClick(text_of(window), Qt.Key.Key_Escape)
    assert not window.notes.findChildren(QPlainTextEdit) or window.notes.unsaved_words == ""
    assert "“Half a tablet”" in window.middle.draft_bar.sentence
    session.annotations.take_news()
    button(window, "Keep as New Note").click()
    assert window.middle.draft_bar.sentence == ""
    assert "Half a tablet" in [one.note for one in session.annotations.all]
    assert session.drafts.flush()
    assert on_disk(paths) == []


def test_an_editor_in_which_nothing_was_typed_closes_when_its_note_is_gone(
    window: MainWindow, session: Session, paths: Paths
) -> None:
    made = mark(session, "new use")
    session.marker.write_note(made)
    with closing(open_notes(paths, "anna")) as elsewhere:
        elsewhere.purge(made)
    assert window.notes.finish_editing()
    assert window.middle.draft_bar.sentence == ""


# The line above the page


def test_a_note_that_was_not_kept_is_offered_with_its_time(
    window: MainWindow, session: Session, paths: Paths
) -> None:
    crash_with(paths, session, "Long " * 40, "2024-03-01T10:00:00.000Z")
    window.middle.draft_bar.renew()
    said = window.middle.draft_bar.sentence
    assert said.startswith(f"Unsaved note from {short_day('2024-03-01T10:00:00.000Z')}, ")
    assert said.endswith("…”")
    window.middle.draft_bar.set_theme(DARK)
    session.drafts.leave(crash_with(paths, session, "Two", "2024-03-02T10:00:00.000Z", "Dizziness"))
    assert "(1 more)" in window.middle.draft_bar.sentence
    buttons = window.middle.draft_bar.findChildren(QAbstractButton)
    not_now = next(one for one in buttons if one.toolTip() == "Not now")
    not_now.click()
    assert "“Two”" in window.middle.draft_bar.sentence
    not_now.click()
    assert window.middle.draft_bar.sentence == ""


def test_a_note_of_another_document_is_offered_with_the_way_there(
    window: MainWindow, session: Session, paths: Paths
) -> None:
    other = a_flat_text()
    crash_with(paths, session, "Half a tablet", "2024-03-01T10:00:00.000Z")
    session.workspace.library.add(other, other.title.encode(), {})
    session.navigation.open(other.id)
    assert f"on “{an_article().title}”: “Half a tablet”" in window.middle.draft_bar.sentence
    button(window, "Open").click()
    assert session.current.document is not None
    assert session.current.document.id == an_article().id
    button(window, "Keep").click()
    assert session.annotations.all[0].note == "Half a tablet"


def test_a_note_on_a_document_that_is_gone_can_be_kept_all_the_same(
    window: MainWindow, session: Session, paths: Paths
) -> None:
    crash_with(paths, session, "Half a tablet", "2024-03-01T10:00:00.000Z")
    session.workspace.library.remove(an_article().id)
    window.middle.draft_bar.renew()
    button(window, "Discard").click()
    assert window.middle.draft_bar.sentence == ""
    undo = next(b for b in window.middle.message.findChildren(QPushButton) if b.text() == "Undo")
    undo.click()
    assert "“Half a tablet”" in window.middle.draft_bar.sentence


def test_words_that_cannot_be_kept_stay_offered(
    window: MainWindow, session: Session, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash_with(paths, session, "Half a tablet", "2024-03-01T10:00:00.000Z")
    window.middle.draft_bar.renew()

    def full(*_: object) -> None:
        raise Problem("The disk is full.")

    monkeypatch.setattr(Notes, "apply", full)
    button(window, "Keep").click()
    assert "“Half a tablet”" in window.middle.draft_bar.sentence
    assert window.middle.message.sentence == "The disk is full."


# The end of the window


def answering(monkeypatch: pytest.MonkeyPatch, wanted: str) -> None:
    def answer(box: QMessageBox) -> int:
        next(b for b in box.buttons() if wanted in b.text()).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)


@pytest.mark.parametrize(
    ("wanted", "closes"), [("Go Back", False), ("Save as File", True), ("Close Without", True)]
)
def test_a_window_with_words_that_cannot_be_written_asks_before_it_closes(
    window: MainWindow,
    session: Session,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    wanted: str,
    closes: bool,
) -> None:
    session.marker.write_note(mark(session, "new use"))
    qtbot.keyClicks(text_of(window), "Half a tablet")
    target = tmp_path / "note.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    answering(monkeypatch, wanted)

    def full(*_: object) -> None:
        raise Problem("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(Notes, "apply", full)
        assert window.close() is closes
    assert target.exists() is (wanted == "Save as File")
    if target.exists():
        assert target.read_text(encoding="utf-8") == "Half a tablet"


def test_a_file_that_cannot_be_written_either_is_said(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answering(monkeypatch, "Save as File")
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *args: said.append(args[-1]))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    assert not may_close(window, "words")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path), ""))
    assert not may_close(window, "words")
    assert "cannot be written" in said[0]


def test_when_the_system_ends_it_nobody_is_asked(
    window: MainWindow,
    session: Session,
    paths: Paths,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session.marker.write_note(mark(session, "new use"))
    qtbot.keyClicks(text_of(window), "Half a tablet")

    def full(*_: object) -> None:
        raise Problem("The disk is full.")

    monkeypatch.setattr(Notes, "apply", full)
    window.end()
    assert not window.isVisible()
    assert on_disk(paths) == [("Half a tablet", "")]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_a_signal_ends_it(qapp: QApplication, qtbot: QtBot) -> None:
    done: list[str] = []
    before = signal.getsignal(signal.SIGTERM)
    ending = Ending(qapp, lambda: done.append("end"), lambda: done.append("save"))
    os.kill(os.getpid(), signal.SIGTERM)
    qtbot.waitUntil(lambda: done == ["end"])
    ending.stop()
    assert signal.getsignal(signal.SIGTERM) == before
    ending.stop()


class LoggingOut(QObject):
    """Says that the person logs out, as the application does; nobody else can make it."""

    commitDataRequest = Signal(object)  # noqa: N815


def test_a_log_out_saves_what_is_typed(qapp: QApplication) -> None:
    done: list[str] = []
    app = LoggingOut()
    ending = Ending(app, lambda: done.append("end"), lambda: done.append("save"))  # type: ignore[arg-type]
    app.commitDataRequest.emit(None)
    assert done == ["save"]
    ending.stop()
