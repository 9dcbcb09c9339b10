"""Messages with one action: Undo instead of a question, the address of a link, a file's folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from reader.importers.builder.document_builder import DocumentBuilder
from reader.problem import Problem
from reader.session.session import Session
from reader.settings import THEME
from reader.ui.shell.main_window import MainWindow
from reader.ui.widgets import theme as themes
from tests.ui.samples import a_flat_text, mark

ADDRESS = "https://example.org/trial"


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> Iterator[MainWindow]:
    session.settings.set(THEME, "light")
    window = MainWindow(session, themes.LIGHT)
    qtbot.addWidget(window)
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    session.current.changed.emit(session.current.document)
    yield window
    window.close()


@pytest.fixture
def no_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object, **__: object) -> None:
        pytest.fail("a question was asked")

    monkeypatch.setattr(QMessageBox, "question", asked)


def action(window: MainWindow) -> QPushButton:
    """The button of the message that is shown."""
    button = window.findChild(QPushButton, "message_action")
    assert isinstance(button, QPushButton)
    return button


def run(window: MainWindow, name: str) -> None:
    """Chooses a command of the menu."""
    next(one for one in window.actions() if one.data() == name).trigger()


def test_a_deleted_note_comes_back_by_the_message(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    made = mark(session, "new use", note="Ask the pharmacist")
    session.annotations.choose(made)
    window.document_stack.page.setFocus()
    qtbot.keyClick(window.document_stack.page, Qt.Key.Key_Delete)
    assert session.annotations.get(made) is None
    assert window.middle.message.sentence == "Note deleted."
    assert action(window).text() == "Undo"
    qtbot.mouseClick(action(window), Qt.MouseButton.LeftButton)
    note = session.annotations.get(made)
    assert note is not None
    assert note.note == "Ask the pharmacist"
    assert window.middle.message.isHidden()


def test_undo_goes_when_it_would_take_back_another_edit(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    made = mark(session, "new use")
    session.annotations.choose(made)
    qtbot.keyClick(window.document_stack.page, Qt.Key.Key_Delete)
    assert window.middle.message.sentence == "Highlight deleted."
    mark(session, "Blood pressure")
    assert window.middle.message.isHidden()


def test_a_document_goes_to_the_trash_without_a_question_and_comes_back_by_undo(
    window: MainWindow, session: Session, qtbot: QtBot, no_questions: None
) -> None:
    document = session.current.document
    assert document is not None
    run(window, "remove")
    assert session.catalog.entries == []
    assert document.title in window.middle.message.sentence
    qtbot.mouseClick(action(window), Qt.MouseButton.LeftButton)
    assert [entry.id for entry in session.catalog.entries] == [document.id]
    assert session.current.document is not None
    assert session.current.document.id == document.id


def test_the_offer_to_undo_goes_when_the_document_is_back(
    window: MainWindow, session: Session, no_questions: None
) -> None:
    document = session.current.document
    assert document is not None
    run(window, "remove")
    session.library_commands.restore(document.id)
    assert window.middle.message.isHidden()


def test_problems_wait_their_turn_and_each_is_read(window: MainWindow, session: Session) -> None:
    for sentence in ("The first.", "The second.", "The first."):
        session.notifier.error(Problem(sentence))
    seen = []
    while not window.middle.message.isHidden():
        seen.append(window.middle.message.sentence)
        window.middle.message.dismiss()
    assert seen == ["The first.", "The second."]


def test_the_address_of_a_link_is_shown_and_copied(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    writer = DocumentBuilder()
    writer.begin("paragraph")
    with writer.mark("link", ADDRESS):
        writer.add("The registered trial")
    writer.add(" was stopped early.")
    linked = writer.build(id=hashlib.sha256(b"link").hexdigest(), title="A link", source="link.txt")
    session.workspace.library.add(linked, b"link", {})
    session.navigation.open(linked.id)
    page = window.document_stack.page
    at = page.rectangle_of(linked.marks[0].span).center()
    inside = page.viewport().mapFrom(page, QPoint(at.x(), at.y()))
    qtbot.mouseMove(page.viewport(), inside)
    qtbot.waitUntil(lambda: page.viewport().toolTip() == ADDRESS)
    qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=inside)
    assert ADDRESS in window.middle.message.sentence
    assert action(window).text() == "Copy Address"
    qtbot.mouseClick(action(window), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == ADDRESS


def test_a_file_that_was_made_is_shown_in_its_folder(
    window: MainWindow,
    session: Session,
    qtbot: QtBot,
    tmp_path: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    session.notifier.made("1 note is in “notes.md”.", f"{tmp_path}/notes.md")
    qtbot.mouseClick(action(window), Qt.MouseButton.LeftButton)
    assert opened == [str(tmp_path)]


def test_notes_deleted_in_the_notebook_come_back_by_the_message(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    mark(session, "new use")
    mark(session, "Blood pressure")
    run(window, "notebook")
    assert window.notebook.widget is not None
    notes = window.notebook.widget.list
    notes.selectAll()
    qtbot.keyClick(notes, Qt.Key.Key_Delete)
    assert window.middle.message.sentence == "2 notes were moved to the trash."
    qtbot.mouseClick(action(window), Qt.MouseButton.LeftButton)
    assert len(session.annotations.all) == 2


def test_another_document_is_no_place_to_undo(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    letter = a_flat_text()
    session.workspace.library.add(letter, letter.title.encode(), {})
    made = mark(session, "new use")
    session.annotations.choose(made)
    qtbot.keyClick(window.document_stack.page, Qt.Key.Key_Delete)
    session.navigation.open(letter.id)
    assert window.middle.message.isHidden()


def test_undo_is_not_for_another_user(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    made = mark(session, "new use")
    session.annotations.choose(made)
    qtbot.keyClick(window.document_stack.page, Qt.Key.Key_Delete)
    assert window.middle.message.sentence == "Highlight deleted."
    session.users.switch("bertha")
    assert window.middle.message.sentence != "Highlight deleted."


def test_extend_works_on_the_passage_it_was_offered_for(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    made = mark(session, "Ketamine works for some days; whether it can be repeated is")
    assert action(window).text() == "Extend (E)"
    qtbot.mouseClick(action(window), Qt.MouseButton.LeftButton)
    note = session.annotations.get(made)
    assert note is not None
    assert note.target.quote.exact.endswith("is not known")
