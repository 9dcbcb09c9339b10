"""An address of ours opens its passage, from the command line and from a text."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.importers.markdown.read import read
from reader.model.deep_link import address_of
from reader.session.session import Session
from reader.session.startup import begin
from reader.ui.article.article_view import ArticleView
from reader.ui.widgets.theme import LIGHT
from tests.session.test_session import session
from tests.ui.article.test_article_view import point_of
from tests.ui.samples import a_flat_text, an_article, mark

__all__ = ["session"]


@pytest.fixture
def said(session: Session) -> list[str]:
    found: list[str] = []
    session.notifier.message.connect(found.append)
    return found


def test_a_start_with_an_address_opens_the_passage(session: Session, qtbot: QtBot) -> None:
    one = mark(session, "Small doses")
    session.navigation.open(a_flat_text().id)
    went: list[object] = []
    session.navigation.scroll_requested.connect(went.append)
    begin(session, [address_of(an_article().id, one)])
    assert session.current.document is not None
    assert (session.current.document.id, session.selection.annotation_id) == (an_article().id, one)
    assert session.annotations.spans[one] in went
    qtbot.waitUntil(lambda: not session.background.busy, timeout=20_000)


def test_where_the_note_is_gone_its_document_is_opened(session: Session, said: list[str]) -> None:
    one = mark(session, "Small doses")
    session.annotations.delete(one)
    session.navigation.open(a_flat_text().id)
    assert not session.notebook.follow(address_of(an_article().id, one))
    assert session.current.document is not None
    assert session.current.document.id == an_article().id
    assert said[-1] == "That note is no longer there. This is the document that it was on."
    assert session.notebook.follow(f"offprint:{a_flat_text().id}")
    assert session.current.document.id == a_flat_text().id
    assert not session.notebook.follow(f"offprint:{'0' * 64}#x")
    assert said[-1] == "That note is no longer there."


def test_an_address_in_a_text_is_clicked(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    one = mark(session, "Small doses")
    page = ArticleView(session, LIGHT)
    qtbot.addWidget(page)
    page.resize(810, 500)
    page.show()
    file = tmp_path / "notes.md"
    file.write_text(f"# Notes\n\nGo [there]({address_of(an_article().id, one)}) now.\n")
    document = read(file).document
    session.workspace.library.add(document, file, {})
    session.navigation.open(document.id)
    place = point_of(page, "there")
    qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert session.selection.annotation_id == one
