"""A press means the letter that the pointer is nearest to, between two lines as well."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from reader.model.span import Span
from reader.session.session import Session
from reader.ui.article.article_view import ArticleView
from reader.ui.widgets.theme import LIGHT


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> ArticleView:
    page = ArticleView(session, LIGHT)
    qtbot.addWidget(page)
    page.resize(500, 600)
    page.show()
    page.show_document(session.current.document)
    qtbot.wait(10)
    return page


def test_wherever_one_presses_in_a_paragraph_the_word_there_is_selected(
    qtbot: QtBot, page: ArticleView, session: Session
) -> None:
    document = session.current.document
    assert document is not None
    start = document.text.index("Ketamine is an old")
    end = document.text.index("no tablet does.")
    viewport = page.viewport()
    top = viewport.mapFrom(page, page.rectangle_of(Span(start, start + 1)).center())
    bottom = viewport.mapFrom(page, page.rectangle_of(Span(end, end + 1)).center())
    x = top.x() + 150
    found: list[int] = []
    for y in range(top.y(), bottom.y() + 1):
        at = QPoint(x, y)
        page.clear_selection()
        qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=at)
        qtbot.mouseMove(viewport, at + QPoint(40, 0))
        qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=at + QPoint(40, 0))
        span = session.selection.span
        assert span is not None, f"nothing at {y - top.y()} px"
        assert 2 <= len(span) <= 12, f"{span.cut(document.text)!r} at {y - top.y()} px"
        if not found or found[-1] != span.start:
            found.append(span.start)
    # Each line once, and nothing between them.
    assert found == sorted(found)
    lines = {page.rectangle_of(Span(at, at + 1)).y() for at in found}
    assert len(found) == len(lines)
