"""The line above the page that says what of the file is not in it, and its list."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.model.left_out import LeftOut
from reader.model.span import Span
from reader.session.session import Session
from reader.ui.article.left_out import LeftOutBar
from reader.ui.article.left_out_dialog import LeftOutDialog
from reader.ui.widgets.controls import IconButton
from reader.ui.widgets.theme import DARK, LIGHT
from tests.ui.samples import an_article

MENU = LeftOut("menu", "Home About Contact " * 20, 0)
ROW = LeftOut("unaccounted", "5 mg", 40)


@pytest.fixture
def bar(qtbot: QtBot, session: Session) -> LeftOutBar:
    made = LeftOutBar(session, LIGHT)
    qtbot.addWidget(made)
    made.show()
    return made


def keep(session: Session, title: str, *left_out: LeftOut, importer: str = "docx/1") -> str:
    document = replace(an_article(title), left_out=left_out, importer=importer)
    session.workspace.library.add(document, title.encode(), {})
    return document.id


def test_it_is_hidden_where_nothing_is_missing(bar: LeftOutBar, session: Session) -> None:
    session.navigation.open(keep(session, "Whole"))
    assert bar.isHidden()
    session.navigation.open(keep(session, "Menus", MENU))
    assert bar.sentence == "1 part of this page was left out as menus."


def test_only_a_web_page_that_was_cut_can_be_read_whole(bar: LeftOutBar, session: Session) -> None:
    session.navigation.open(keep(session, "Word", MENU))
    assert not bar.whole_button.isVisible()
    session.navigation.open(keep(session, "Web", MENU, importer="html/1"))
    assert bar.whole_button.isVisible()
    session.navigation.open(keep(session, "Web, all of it", MENU, importer="html/1+whole"))
    assert not bar.whole_button.isVisible()


def test_a_grave_loss_looks_it(bar: LeftOutBar, session: Session) -> None:
    session.navigation.open(keep(session, "Menus", MENU))
    quiet = bar.grab().toImage()
    session.navigation.open(keep(session, "Lost", ROW))
    assert "mistake" in bar.sentence
    assert bar.grab().toImage() != quiet
    bar.set_theme(DARK)
    assert bar.grab().toImage() != quiet


def test_it_can_be_put_away_for_one_document(
    bar: LeftOutBar, session: Session, qtbot: QtBot
) -> None:
    first, second = keep(session, "One", MENU), keep(session, "Two", MENU)
    session.navigation.open(first)
    close = bar.findChild(IconButton)
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert bar.isHidden()
    session.navigation.open(second)
    assert not bar.isHidden()
    session.navigation.open(first)
    assert bar.isHidden()


def test_its_buttons_ask_for_the_list_and_the_whole(
    bar: LeftOutBar, session: Session, qtbot: QtBot
) -> None:
    session.navigation.open(keep(session, "Web", MENU, importer="html/1"))
    with qtbot.waitSignal(bar.show_wanted):
        qtbot.mouseClick(bar.show_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(bar.whole_wanted):
        qtbot.mouseClick(bar.whole_button, Qt.MouseButton.LeftButton)


def test_the_list_has_what_matters_first_and_leads_there(session: Session, qtbot: QtBot) -> None:
    session.navigation.open(keep(session, "Lost", MENU, ROW))
    assert session.current.document is not None
    dialog = LeftOutDialog(session, session.current.document, LIGHT)
    qtbot.addWidget(dialog)
    dialog.show()
    rows = [dialog.list.topLevelItem(i) for i in range(dialog.list.topLevelItemCount())]
    shown = [row for row in rows if row is not None]
    said = [(row.text(0), row.text(1)) for row in shown]
    assert said == [("Lost by mistake", "5 mg"), ("Menu", MENU.words)]
    dialog.list.setCurrentItem(shown[0])
    dialog.list.setFocus()
    went: list[Span] = []
    session.navigation.scroll_requested.connect(went.append)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert [span.start for span in went] == [40]
    assert not dialog.isVisible()


def test_an_empty_list_says_so(session: Session, qtbot: QtBot) -> None:
    session.navigation.open(keep(session, "Whole"))
    assert session.current.document is not None
    dialog = LeftOutDialog(session, session.current.document, DARK)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.list.isVisible()
