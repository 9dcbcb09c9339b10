"""What is set anew when the page becomes narrower, and what is not."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from reader.session.session import Session
from reader.ui.article.article_view import ArticleView
from reader.ui.widgets.theme import LIGHT
from tests.counting import TYPESET, counted
from tests.ui.article.test_table_dialog import tabled


def shown(qtbot: QtBot, session: Session, width_px: int) -> ArticleView:
    """The open document in a view of that width."""
    page = ArticleView(session, LIGHT)
    qtbot.addWidget(page)
    page.resize(width_px, 500)
    page.show()
    page.show_document(session.current.document)
    qtbot.wait(10)
    return page


def test_a_text_is_fitted_to_its_room_and_one_with_a_table_is_set_anew(
    qtbot: QtBot, session: Session
) -> None:
    page, fresh = (shown(qtbot, session, width_px) for width_px in (810, 420))
    with counted() as counts:
        page.resize(420, 500)
        qtbot.waitUntil(lambda: page.grab().toImage() == fresh.grab().toImage())
        assert counts[TYPESET] == 0
        page.show_document(tabled())
        counts.clear()
        page.resize(380, 500)
        assert counts[TYPESET] == 1
