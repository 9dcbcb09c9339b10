"""Details are checked as they are kept; tags and collections are chips."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from reader.session.session import Session
from reader.ui.library.details_dialog import DetailsDialog
from reader.ui.widgets.theme import LIGHT
from tests.ui.samples import an_article, mark


@pytest.fixture
def dialog(qtbot: QtBot, session: Session) -> DetailsDialog:
    session.workspace.library.details.label("tag", an_article().id, ["old words"])
    mark(session, "new use", tags=("monitoring",))
    dialog = DetailsDialog(session, an_article().id, LIGHT)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def field(dialog: DetailsDialog, name: str) -> QLineEdit:
    found = dialog.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def wrong(dialog: DetailsDialog) -> str:
    found = dialog.findChild(QLabel, "wrong")
    assert isinstance(found, QLabel)
    return found.text() if found.isVisible() else ""


def ok(qtbot: QtBot, dialog: DetailsDialog) -> None:
    box = dialog.findChild(QDialogButtonBox)
    assert isinstance(box, QDialogButtonBox)
    button = box.button(QDialogButtonBox.StandardButton.Ok)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def chips(dialog: DetailsDialog) -> list[str]:
    found = dialog.findChildren(QPushButton)
    return [b.text().removesuffix("  ×") for b in found if b.text().endswith("×") and b.isVisible()]


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [("published", "last spring", "2021-03"), ("doi", "none", "10."), ("pmid", "x", "number")],
)
def test_a_wrong_value_is_said_and_nothing_is_kept(
    qtbot: QtBot, dialog: DetailsDialog, session: Session, name: str, typed: str, said: str
) -> None:
    qtbot.keyClicks(field(dialog, name), typed)
    ok(qtbot, dialog)
    assert said in wrong(dialog)
    assert dialog.isVisible()
    assert session.workspace.library.details.edits(an_article().id) == {}
    field(dialog, name).clear()
    ok(qtbot, dialog)
    assert dialog.isHidden()


def test_a_doi_is_kept_without_its_address(
    qtbot: QtBot, dialog: DetailsDialog, session: Session
) -> None:
    qtbot.keyClicks(field(dialog, "doi"), "https://doi.org/10.1000/182")
    ok(qtbot, dialog)
    assert session.workspace.library.document(an_article().id).publication.doi == "10.1000/182"


def test_every_field_says_what_belongs_there(dialog: DetailsDialog) -> None:
    assert all(one.placeholderText() for one in dialog.findChildren(QLineEdit))


def test_tags_are_typed_as_in_notes_and_taken_away_by_a_click(
    qtbot: QtBot, dialog: DetailsDialog, session: Session
) -> None:
    assert chips(dialog) == ["old words"]
    qtbot.keyClicks(field(dialog, "tags"), "#ward night ")
    assert chips(dialog) == ["old words", "ward", "night"]
    chip = next(b for b in dialog.findChildren(QPushButton) if b.text().startswith("old words"))
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    qtbot.keyClick(field(dialog, "tags"), Qt.Key.Key_Backspace)
    qtbot.keyClicks(field(dialog, "tags"), "later")
    qtbot.keyClicks(field(dialog, "collections"), "Sepsis in children, Ward")
    qtbot.keyClick(field(dialog, "collections"), Qt.Key.Key_Return)
    assert dialog.isVisible()
    ok(qtbot, dialog)
    details = session.workspace.library.details
    assert details.labels("tag") == {an_article().id: ("later", "ward")}
    assert details.labels("collection") == {an_article().id: ("Sepsis in children", "Ward")}


def test_tags_of_notes_are_completed(qtbot: QtBot, dialog: DetailsDialog) -> None:
    tags = field(dialog, "tags")
    tags.setFocus()
    qtbot.keyClicks(tags, "mo")
    completer = tags.completer()
    assert completer is not None
    assert completer.currentCompletion() == "monitoring"
