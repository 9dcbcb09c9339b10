"""The question whether a document is an edition of another, where it is asked, and its answers."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from reader.model.document import Document, with_details
from reader.session.session import Session
from reader.ui.library.editions_dialog import EditionsDialog
from reader.ui.library.library_pane import LibraryPane
from reader.ui.review.offer_bar import OfferBar
from reader.ui.search.results_pane import ResultsPane
from reader.ui.widgets import theme as themes
from reader.ui.widgets.controls import IconButton
from tests.ui.samples import answer, mark

WAIT_MS = 20_000


def revision(session: Session, **changes: object) -> Document:
    """The open article in another edition, taken into the library."""
    assert session.current.document is not None
    text = session.current.document.text + "\nOne line more.\n"
    raw = str(sorted(changes.items())).encode()
    made = replace(session.current.document, id=sha256(raw).hexdigest(), text=text)
    made = with_details(made, changes)
    session.workspace.library.add(made, raw, {})
    session.library_commands.changed.emit()
    return made


@pytest.fixture
def bar(qtbot: QtBot, session: Session) -> OfferBar:
    bar = OfferBar(session, themes.LIGHT)
    qtbot.addWidget(bar)
    return bar


def press(qtbot: QtBot, bar: OfferBar, name: str) -> None:
    (button,) = (one for one in bar.findChildren(QPushButton) if one.text() == name)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_nothing_is_asked_where_there_is_nothing_to_ask(bar: OfferBar) -> None:
    assert bar.sentence == ""


def test_it_asks_on_either_document_and_puts_the_older_behind(
    qtbot: QtBot, session: Session, bar: OfferBar
) -> None:
    assert session.current.document is not None
    first = session.current.document
    mark(session, "Small doses")
    made = revision(session)
    assert bar.sentence.startswith(f"“{first.title}”, imported ")
    assert bar.sentence.endswith(", looks like a newer edition of this.")
    session.navigation.open(made.id)
    assert bar.sentence.startswith(f"This looks like a newer edition of “{first.title}”, imported ")
    press(qtbot, bar, "It Is")
    assert bar.sentence == ""
    assert [entry.id for entry in session.catalog.entries] == [made.id]
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)
    assert len(session.annotations.all) == 1


def test_both_are_kept(qtbot: QtBot, session: Session, bar: OfferBar) -> None:
    revision(session)
    press(qtbot, bar, "Keep Both")
    assert bar.sentence == ""
    assert len(session.catalog.entries) == 2


def test_not_now_asks_again_another_time(qtbot: QtBot, session: Session, bar: OfferBar) -> None:
    revision(session)
    close = bar.findChild(IconButton)
    assert close is not None
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert bar.sentence == ""
    again = OfferBar(session, themes.DARK)
    qtbot.addWidget(again)
    assert again.sentence != ""


def test_always_is_there_where_both_are_from_one_source(
    qtbot: QtBot, session: Session, bar: OfferBar
) -> None:
    bar.show()
    revision(session, source="other.txt")
    assert not bar.always.isVisible()
    press(qtbot, bar, "Keep Both")
    revision(session, pages="7")
    assert bar.always.isVisible()
    assert "article.txt" in bar.always.toolTip()
    press(qtbot, bar, "Always for This Source")
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)
    assert session.workspace.library.offers.open(session.current.document.id) == []  # type: ignore[union-attr]


def test_the_library_says_how_many_wait_and_leads_there(qtbot: QtBot, session: Session) -> None:
    pane = LibraryPane(session, themes.LIGHT)
    qtbot.addWidget(pane)
    pane.show()
    assert not pane.offers.isVisible()
    made = revision(session)
    assert pane.offers.text() == "1 document may be another edition…"
    qtbot.mouseClick(pane.offers, Qt.MouseButton.LeftButton)
    assert session.current.document is not None
    assert session.current.document.id == made.id


def test_in_the_editions_two_documents_are_parted(
    qtbot: QtBot, session: Session, bar: OfferBar
) -> None:
    assert session.current.document is not None
    first = session.current.document
    mark(session, "Small doses")
    alone = EditionsDialog(session, first.id, bar)
    assert not alone.part.isEnabled()
    made = revision(session)
    press(qtbot, bar, "It Is")
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)
    dialog = EditionsDialog(session, made.id, bar)
    assert dialog.part.isEnabled()
    qtbot.mouseClick(dialog.part, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)
    assert {entry.id for entry in session.catalog.entries} == {first.id, made.id}
    assert session.annotations.all == ()
    session.navigation.open(first.id)
    assert list(map(session.annotations.quote, session.annotations.all)) == ["Small doses"]
    assert bar.sentence == ""


def test_what_is_found_in_an_earlier_edition_says_so(qtbot: QtBot, session: Session) -> None:
    pane = ResultsPane(session, themes.LIGHT)
    qtbot.addWidget(pane)
    assert session.current.document is not None
    first = session.current.document
    made = revision(session)
    session.workspace.library.editions.follow(first.id, made.id)
    for document in (first, made):
        answer(session, "etamine", document)
        pane.show_library(True)
        said = pane.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        assert ("Earlier edition" in said) == (document is first)


def test_a_file_of_another_format_may_be_the_same_article(
    qtbot: QtBot, session: Session, bar: OfferBar
) -> None:
    first = session.current.document
    assert first is not None
    key = mark(session, "Small doses")
    session.library_commands.edit_metadata(first.id, {"doi": "10.1000/7"})
    made = revision(session, doi="10.1000/7", source="article.pdf")
    assert "looks like a newer edition of this" in bar.sentence
    assert not bar.same.isHidden()
    session.current.open(made.id)
    assert not bar.same.isHidden()
    press(qtbot, bar, "Same Article")
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)
    assert bar.sentence == ""
    assert session.offers.waiting() == []
    assert [one.id for one in session.same_article.partners(made.id)] == [first.id]
    assert [one.id for one in session.annotations.all] == [key]
    assert session.annotations.own == ()
    assert len(session.catalog.entries) > 1


def test_of_one_format_no_other_file_is_asked_about(session: Session, bar: OfferBar) -> None:
    revision(session)
    assert bar.sentence
    assert bar.same.isHidden()
