"""The dialogs about a document's details and about the trash."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from reader.session.session import Session
from reader.store.library import Library
from reader.ui.library.details_dialog import DetailsDialog, TrashDialog
from reader.ui.widgets.theme import LIGHT
from tests.ui.drivers.found import called, confirm, label
from tests.ui.drivers.library import Details
from tests.ui.samples import a_flat_text, an_article


@pytest.fixture
def dialog(qtbot: QtBot, session: Session) -> DetailsDialog:
    dialog = DetailsDialog(session, an_article().id, LIGHT)
    qtbot.addWidget(dialog)
    return dialog


def test_details_are_written_down_and_shown(
    qtbot: QtBot, dialog: DetailsDialog, session: Session
) -> None:
    details = Details(qtbot, dialog)
    details.write("Authors", "Writer, A; Other, B;")
    details.write("Updated", "2023-05")
    details.add("Tags", "dose acute")
    details.add("Collections", "Ward")
    confirm(dialog)
    document = session.current.document
    assert document is not None
    assert (document.authors, document.publication.updated) == (
        ("Writer, A", "Other, B"),
        "2023-05",
    )
    assert session.workspace.library.details.labels("tag") == {document.id: ("acute", "dose")}
    assert session.workspace.library.details.labels("collection") == {document.id: ("Ward",)}


def test_what_the_file_says_can_be_had_back(dialog: DetailsDialog, session: Session) -> None:
    session.library_commands.edit_metadata(
        an_article().id, {"title": "Mine", "journal": "Examples"}
    )
    again = DetailsDialog(session, an_article().id, LIGHT)
    assert called(again, QLineEdit, "Journal").text() == "Examples"
    again.reset.click()
    confirm(again)
    assert session.current.document == an_article()


def test_nothing_is_written_when_nothing_was_changed(
    dialog: DetailsDialog, session: Session
) -> None:
    told: list[object] = []
    session.library_commands.changed.connect(lambda: told.append(1))
    confirm(dialog)
    assert told == []


def test_details_of_a_damaged_document_cannot_be_edited(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session.workspace.library, "_recent", {})
    (session.workspace.paths.document(an_article().id) / "1" / "document.json").unlink()
    dialog = DetailsDialog(session, an_article().id, LIGHT)
    qtbot.addWidget(dialog)
    assert not dialog.reset.isEnabled()
    confirm(dialog)
    assert session.workspace.library.details.edits(an_article().id) == {}


def test_how_much_of_a_page_was_kept_is_said(qtbot: QtBot, session: Session) -> None:
    cut = replace(a_flat_text(), importer="html/1", kept_characters=42, total_characters=1_042)
    for number, (importer, said) in enumerate(
        (("html/1", "Show Whole Web Page"), ("pdf/1", "Kept 42 of the file's 1,042 characters."))
    ):
        text = f"page {number}".encode()
        document = replace(cut, importer=importer, id=hashlib.sha256(text).hexdigest())
        session.workspace.library.add(document, text, {})
        dialog = DetailsDialog(session, document.id, LIGHT)
        qtbot.addWidget(dialog)
        assert any(said in label.text() for label in dialog.findChildren(QLabel))


def test_the_trash_gives_back_and_is_emptied(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = a_flat_text()
    session.workspace.library.add(letter, letter.title.encode(), {})
    session.library_commands.trash(letter.id)
    dialog = TrashDialog(session)
    qtbot.addWidget(dialog)
    dialog.restore.click()
    assert session.catalog.entry(letter.id) in session.catalog.entries
    assert label(dialog, "notice").text() == "The trash is empty."
    assert not dialog.empty.isEnabled()
    dialog.restore.click()
    session.library_commands.trash(letter.id)
    dialog = TrashDialog(session)
    qtbot.addWidget(dialog)
    answers = [QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Yes]
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answers.pop(0))
    dialog.empty.click()
    assert session.workspace.library.details.trash() == [(letter.id, letter.title)]
    dialog.empty.click()
    assert session.catalog.entry(letter.id) is None
    assert session.workspace.library.details.trash() == []


def test_a_trash_that_cannot_be_emptied_says_so(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reader.problem import Problem

    said: list[Problem] = []
    session.notifier.failed.connect(said.append)
    session.library_commands.trash(an_article().id)

    def full(*_: object) -> None:
        raise Problem("The disk is full.")

    monkeypatch.setattr(Library, "remove", full)
    session.library_commands.empty_trash()
    assert [problem.sentence for problem in said] == ["The disk is full."]


def test_what_was_not_read_is_said(qtbot: QtBot, session: Session) -> None:
    document = replace(an_article("Of Another"), warnings=("Two pages have no text.",))
    session.workspace.library.add(document, b"Of Another", {})
    dialog = DetailsDialog(session, document.id, LIGHT)
    qtbot.addWidget(dialog)
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert any("Two pages have no text." in text for text in said)
