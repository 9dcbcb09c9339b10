"""The notebook: groups, filters, many notes at once, and the way to the passage."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QMessageBox
from pytestqt.qtbot import QtBot

from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.annotation import Annotation
from reader.model.span import Span
from reader.problem import Problem
from reader.services.bulk_edit import NotePlaces
from reader.session import notebook as noting
from reader.session.notebook import SectionGroups
from reader.session.session import Session
from reader.store.note_filter import NoteFilter
from reader.ui.commands.actions import ACTIONS
from reader.ui.notes.export_dialog import ExportDialog
from reader.ui.notes.history_dialog import HistoryDialog
from reader.ui.notes.notebook_groups import BY_SECTION, TRASH
from reader.ui.notes.notebook_view import NotebookPane
from reader.ui.shell import handlers
from reader.ui.shell.main_window import MainWindow
from reader.ui.widgets import theme as themes
from reader.ui.widgets.rows import Rows
from tests.ui.drivers.notebook import History, Notebook
from tests.ui.samples import a_flat_text, mark

Key = Qt.Key


@pytest.fixture
def ids(session: Session) -> list[str]:
    letter = a_flat_text()
    session.workspace.library.add(letter, letter.title.encode(), {})
    first = session.current.document
    assert first is not None
    found = [
        mark(session, "Small doses", "yellow", note="How small?", tags=("dose",)),
        mark(session, "The NMDA receptor is blocked", "blue", tags=("dose", "ward")),
    ]
    session.navigation.open(letter.id)
    found.append(mark(session, "thank you", "pink"))
    session.navigation.open(first.id)
    return found


@pytest.fixture
def pane(qtbot: QtBot, session: Session, ids: list[str]) -> Iterator[NotebookPane]:
    pane = NotebookPane(session, themes.LIGHT)
    qtbot.addWidget(pane)
    pane.resize(800, 600)
    pane.show()
    pane.open()
    yield pane
    qtbot.waitUntil(lambda: not session.background.busy, timeout=20_000)


@pytest.fixture
def notebook(qtbot: QtBot, pane: NotebookPane) -> Notebook:
    return Notebook(qtbot, pane)


def test_a_quote_reads_as_the_page_does(qtbot: QtBot, session: Session, pane: NotebookPane) -> None:
    writer = DocumentBuilder()
    writer.begin("paragraph")
    writer.add("Give 10")
    with writer.mark("sup"):
        writer.add("9")
    document = writer.build(id=hashlib.sha256(b"x").hexdigest(), title="Cells", source="a.txt")
    session.workspace.library.add(document, b"x", {})
    session.navigation.open(document.id)
    session.selection.set_span(Span(0, 8))
    made = session.marker.highlight()
    pane.renew()
    rows = pane.list.model()
    indexes = [rows.index(number, 0) for number in range(rows.rowCount())]
    row = next(i for i in indexes if i.data(Qt.ItemDataRole.UserRole) == made)
    qtbot.waitUntil(lambda: row.data().startswith("Give 10⁹. "), timeout=20_000)
    session.annotations.edit(made, note="Now")
    assert row.data().startswith("Give 10⁹. ")


def test_a_passage_that_cannot_be_looked_up_shows_its_characters(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def run(*_: object, then: Any, failed: Any) -> None:
        asked.append((then, failed))

    note = session.notebook.note(mark(session, "Small doses"))
    assert note is not None
    monkeypatch.setattr(session.background, "run", run)
    assert session.notebook.quote(note) == ""
    asked[0][1](Problem("The worker ended."))
    assert session.notebook.quote(note) == "Small doses"


def test_what_was_looked_up_for_another_user_is_not_believed(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def run(*_: object, then: Any, failed: Any) -> None:
        asked.append((then, failed))

    note = session.notebook.note(mark(session, "Small doses"))
    assert note is not None
    monkeypatch.setattr(session.background, "run", run)
    assert session.notebook.quote(note) == ""
    then, _ = asked[0]
    session.users.switch("ben")
    assert session.notebook.quote(note) == ""
    then(NotePlaces([], {note.id: "Hers"}))
    assert session.notebook.quote(note) == ""


def test_by_document_tag_colour_and_month(pane: NotebookPane, notebook: Notebook) -> None:
    letter, article = (
        "A letter without headings",
        "Ketamine for Anxiety: Mechanism and Side Effects",
    )
    doses = ["Small doses", "The NMDA receptor is blocked"]
    assert notebook.shown == [letter, "thank you", article, *doses]
    assert notebook.count == "3 notes"
    for number, rows in (
        (2, ["#dose", *doses, "#ward", doses[1], "No tag", "thank you"]),
        (3, ["Caution", doses[1], "Dose", doses[0], "Question", "thank you"]),
    ):
        pane.grouping.setCurrentIndex(number)
        pane.renew()
        assert sorted(notebook.shown) == sorted(rows)
        assert [r for r in notebook.shown if r in rows[::1] and r not in (*doses, "thank you")] == [
            r for r in rows if r not in (*doses, "thank you")
        ]
    pane.grouping.setCurrentIndex(4)
    pane.renew()
    assert len(notebook.shown) == 4
    assert notebook.shown[0][-4:].isdigit()


def test_by_document_and_section(
    qtbot: QtBot, session: Session, pane: NotebookPane, notebook: Notebook
) -> None:
    pane.grouping.setCurrentIndex(BY_SECTION)
    pane.renew()
    qtbot.waitUntil(lambda: not session.background.busy, timeout=20_000)
    assert notebook.shown == [
        "A letter without headings",
        "thank you",
        "Ketamine for Anxiety: Mechanism and Side Effects",
        "What Is Ketamine?",
        "Small doses",
        "Uses Of Ketamine › Uses Of Ketamine: How Does It Work?",
        "The NMDA receptor is blocked",
    ]
    pane.grab()
    before = notebook.shown
    pane.words.setText("nothing has this")
    session.notebook.sections_ready.emit(SectionGroups(pane.choice, []))
    assert notebook.shown == []
    session.notebook.sections_ready.emit(SectionGroups(NoteFilter(tag="late"), [("Late", "", [])]))
    assert notebook.shown == []
    assert before


def test_filters(qtbot: QtBot, pane: NotebookPane, notebook: Notebook) -> None:
    pane.words.setText("how sm")
    qtbot.waitUntil(lambda: notebook.count == "1 note", timeout=5000)
    pane.words.clear()
    notebook.dot("blue").click()
    assert notebook.shown[1:] == ["The NMDA receptor is blocked"]
    notebook.dot("blue").click()
    assert notebook.count == "3 notes"
    pane.tag.setCurrentIndex(pane.tag.findData("ward"))
    pane.renew()
    assert notebook.count == "1 note"
    assert pane.tag.currentData() == "ward"
    pane.tag.setCurrentIndex(0)
    for scope in (1, 2, 3):
        pane.scope.setCurrentIndex(scope)
        pane.renew()
        assert notebook.shown == []


def test_it_is_drawn_and_read_out(
    qtbot: QtBot,
    session: Session,
    pane: NotebookPane,
    notebook: Notebook,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pane.grab()
    qtbot.waitUntil(lambda: not session.background.busy, timeout=20_000)
    note = session.notebook.note(session.annotations.all[0].id)
    assert note is not None
    assert session.notebook.heading_of(note) == "What Is Ketamine?"
    notebook.choose(3)
    pane.set_theme(themes.DARK)
    pane.grab()
    rows = notebook.model
    assert rows.say(rows.rows[0]).endswith("1 notes")
    assert rows.say(rows.rows[3]) == "Small doses. How small?"
    assert rows.say("gone") == ""
    assert notebook.tip(rows.rows[3]) == "How small?"
    assert notebook.tip(rows.rows[0]) == ""
    assert not rows.index(0, 0).flags() & Qt.ItemFlag.ItemIsEnabled
    session.annotations.edit(session.annotations.all[0].id, note="- **How** small?")
    rows.forget()
    assert notebook.lines(rows.rows[3])[:2] == ["Small doses", "• How small?"]
    rows.set_rows(["gone"])
    pane.grab()


def test_only_so_many_are_kept(
    session: Session, notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reader.ui.notes import notebook_rows

    monkeypatch.setattr(notebook_rows, "MOST_READ", 2)
    asked: list[str] = []
    read = session.notebook.note

    def overheard(annotation_id: str) -> Annotation | None:
        asked.append(annotation_id)
        return read(annotation_id)

    monkeypatch.setattr(session.notebook, "note", overheard)
    notebook.model.forget()
    one, two, three = (row for row in notebook.rows if isinstance(row, str))
    for row in (one, two, one, two, three, one):
        assert notebook.quote(row)
    assert asked == [one, two, three, one]


def test_enter_and_a_double_click_open_the_passage(
    qtbot: QtBot, session: Session, pane: NotebookPane, notebook: Notebook, ids: list[str]
) -> None:
    notebook.choose(1)
    with qtbot.waitSignal(pane.closed):
        qtbot.keyClick(pane.list, Key.Key_Return)
    assert session.current.document is not None
    assert session.current.document.title == "A letter without headings"
    assert session.selection.annotation_id == ids[2]
    notebook.double_click(0)
    notebook.double_click(3)
    assert session.selection.annotation_id == ids[0]
    pane.list.taken.emit(pane.list.model().index(0, 0))
    session.notebook.open("gone")
    with qtbot.waitSignal(pane.closed):
        qtbot.keyClick(pane, Key.Key_Escape)


def test_many_are_tagged(
    qtbot: QtBot,
    session: Session,
    pane: NotebookPane,
    notebook: Notebook,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    notebook.choose(1, 3)
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_: ("#new, -dose", True))
    pane.bar.tag_button.click()
    assert session.notebook.tags() == {"new": 2, "dose": 1, "ward": 1}
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_: ("", True))
    pane.bar.tag_button.click()
    session.undo_stack.undo(everywhere=True)
    assert session.notebook.tags() == {"dose": 2, "ward": 1}
    monkeypatch.setattr(noting, "AT_ONCE", 1)
    session.notebook.tag([one for one in notebook.rows if isinstance(one, str)], ["all"])
    qtbot.waitUntil(lambda: session.notebook.tags().get("all") == 3, timeout=20_000)


def test_trash_restore_and_for_good(
    qtbot: QtBot,
    session: Session,
    pane: NotebookPane,
    notebook: Notebook,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    notebook.choose(1, 3)
    qtbot.keyClick(pane, Key.Key_Delete)
    assert notebook.count == "1 note"
    pane.scope.setCurrentIndex(TRASH)
    pane.renew()
    assert notebook.count == "2 notes"
    pane.open_row(notebook.rows[1])
    notebook.choose(1)
    pane.bar.restore_button.click()
    assert notebook.count == "1 note"
    notebook.choose(1)
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Cancel)
    pane.bar.purge_button.click()
    assert notebook.count == "1 note"
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)
    notebook.choose(1)
    pane.bar.purge_button.click()
    assert notebook.count == "0 notes"
    qtbot.keyClick(pane, Key.Key_A)


def test_what_cannot_be_done_is_said(
    session: Session, pane: NotebookPane, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    session.notifier.failed.connect(lambda problem: said.append(problem.sentence))

    def full(*_: object, **__: object) -> None:
        raise Problem("The disk is full.")

    monkeypatch.setattr(session.workspace.notes, "apply", full)
    monkeypatch.setattr(session.workspace.notes, "purge", full)
    monkeypatch.setattr(session.workspace.notes.queries, "grouped", full)
    session.notebook.trash([one.id for one in session.annotations.all])
    session.notebook.purge(["a"])
    pane.renew()
    assert said == ["The disk is full."] * 3


def test_a_note_gets_an_earlier_state_back(
    qtbot: QtBot, session: Session, pane: NotebookPane, ids: list[str]
) -> None:
    session.annotations.edit(ids[0], note="Otherwise", colour="green", style="underline")
    session.annotations.delete(ids[0])
    session.undo_stack.undo()
    dialog = HistoryDialog(session, ids[0], themes.LIGHT, pane)
    history = History(dialog)
    assert [one.rpartition("  ")[2] for one in history.said] == [
        "restored (undone)",
        "deleted",
        "note, colour, style",
        "note, tags",
        "made",
    ]
    assert not history.put_back.isEnabled()
    history.states.setCurrentRow(1)
    assert "In the trash" in history.text
    history.states.setCurrentRow(3)
    assert "How small?" in history.text
    history.put_back.click()
    found = session.notebook.note(ids[0])
    assert found is not None
    assert (found.note, found.colour, found.style) == ("How small?", "yellow", "highlight")
    session.undo_stack.undo()
    assert session.notebook.note(ids[0]).note == "Otherwise"  # type: ignore[union-attr]
    nothing = HistoryDialog(session, "gone", themes.LIGHT, pane)
    assert History(nothing).text == "The note was not there."
    session.notebook.revert("gone", session.notebook.history(ids[0])[0])


def test_in_the_window_it_takes_the_place_of_the_page(
    qtbot: QtBot, session: Session, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    window = MainWindow(session, themes.LIGHT)
    qtbot.addWidget(window)
    window.show()
    actions = {action.id: action for action in ACTIONS}
    window.menus.run(actions["notebook"])
    assert handlers.shows_notebook(window)
    asked: list[object] = []

    def look(dialog: object) -> None:
        asked.append(dialog)

    monkeypatch.setattr(ExportDialog, "exec", look)
    monkeypatch.setattr(HistoryDialog, "exec", look)
    window.notebook.widget.bar.export_button.click()
    (export,) = asked
    assert isinstance(export, ExportDialog)
    assert export.wanted.ids == set(ids)
    Notebook(qtbot, window.notebook.widget).choose(1)
    window.notebook.widget.bar.history_button.click()
    window.themes.choose("dark")
    window.menus.run(actions["notebook"])
    assert not handlers.shows_notebook(window)
    session.annotations.choose(ids[0])
    window.menus.run(actions["note_history"])
    assert len(asked) == 3
    window.menus.run(actions["notebook"])
    assert handlers.shows_notebook(window)
    window.close()
    session.background.close()


def test_very_many_notes_are_put_in_groups_by_a_worker(
    qtbot: QtBot, pane: NotebookPane, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = pane.list.model()
    assert isinstance(rows, Rows)
    shown = list(rows.rows)
    monkeypatch.setattr(noting, "GROUPED_AT_ONCE", 0)
    pane.words.setText("small")
    pane.renew()
    assert rows.rows == shown
    # What was asked for before comes too late.
    pane.words.clear()
    pane.renew()
    pane.words.setText("receptor")
    pane.renew()
    qtbot.waitUntil(lambda: rows.rowCount() == 2)
    assert rows.rows[0].count == 1
    pane.words.clear()
    pane.renew()
    qtbot.waitUntil(lambda: rows.rows == shown)
