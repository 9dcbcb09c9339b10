"""In a text that runs from right to left the first column of a table stands at the right."""

from __future__ import annotations

import hashlib

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Document
from reader.model.span import Span
from reader.session.session import Session
from reader.settings import ZOOM
from reader.ui.article.article_view import ArticleView
from reader.ui.typeset.formats import GUTTER_PX
from reader.ui.widgets.theme import LIGHT
from tests.ui.article.test_article_view import open_document

ROWS = (("الدواء", "الجرعة", "النتيجة"), ("كيتامين", "نصف", "هدوء"), ("دواء وهمي", "صفر", "لا شيء"))


def an_article_with_a_table(language: str) -> Document:
    writer = DocumentBuilder()
    writer.begin("title")
    writer.add("علاج الاكتئاب" if language == "ar" else "Treatment")
    writer.begin("paragraph")
    writer.add("هذا نص عربي يصف العلاج لدى البالغين. " * 4)
    writer.begin_table()
    for row, words in enumerate(ROWS):
        for column, word in enumerate(words):
            writer.begin_cell(row, column, header=row == 0)
            writer.add(word)
    writer.begin_cell(3, 0, column_span=3)
    writer.add("المجموع")
    writer.end()
    writer.begin("paragraph")
    writer.add("هذا نص عربي. " * 4)
    return writer.build(
        id=hashlib.sha256(f"table {language}".encode()).hexdigest(),
        title=f"table {language}",
        source="ar.txt",
        language=language,
    )


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> ArticleView:
    page = ArticleView(session, LIGHT)
    qtbot.addWidget(page)
    page.resize(810, 700)
    page.show()
    open_document(session, an_article_with_a_table("ar"))
    qtbot.wait(10)
    return page


def middle_of(page: ArticleView, session: Session, word: str) -> int:
    """Where the middle of a word of a cell is, in the view's pixels."""
    document = session.current.document
    assert document is not None
    start = document.text.index(word, document.tables[0].cells[0].span.start)
    return page.rectangle_of(Span(start, start + len(word))).center().x()


def test_the_first_column_stands_at_the_right(page: ArticleView, session: Session) -> None:
    for row in ROWS:
        places = [middle_of(page, session, word) for word in row]
        assert places == sorted(places, reverse=True)
    # Its words are flush with the text.
    typeset = page.text_layout.typeset
    assert typeset is not None
    edge = GUTTER_PX + typeset.formats.column_px
    assert middle_of(page, session, "الدواء") > edge - 60
    session.settings.set(ZOOM, 1.4)
    places = [middle_of(page, session, word) for word in ROWS[1]]
    assert places == sorted(places, reverse=True)


def test_it_is_painted_there(page: ArticleView, session: Session, qtbot: QtBot) -> None:
    """Letters are where the geometry says, and the other end of the row is empty paper."""
    picture = page.grab().toImage()
    document = session.current.document
    assert document is not None
    start = document.text.index("المجموع")
    seen = page.rectangle_of(Span(start, start + 7))
    ink = {
        picture.pixelColor(x, seen.center().y()).name() for x in range(seen.left(), seen.right())
    }
    assert len(ink) > 2
    left = GUTTER_PX + (page.viewport().x())
    empty = {picture.pixelColor(x, seen.center().y()).name() for x in range(left, left + 100)}
    assert empty == {LIGHT.paper.lower()}


def test_a_word_is_selected_where_it_is_seen_and_copied_in_the_order_of_the_text(
    page: ArticleView, session: Session, qtbot: QtBot
) -> None:
    document = session.current.document
    assert document is not None
    start = document.text.index("كيتامين")
    seen = page.rectangle_of(Span(start, start + 7)).center()
    place: QPoint = page.viewport().mapFrom(page, seen)
    qtbot.mouseDClick(page.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert session.selection.span is not None
    assert session.selection.span.cut(document.text) == "كيتامين"
    qtbot.keyClick(page, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert session.selection.span is not None
    copied = session.selection.span.cut(document.text)
    words = [word for row in ROWS for word in row]
    assert [copied.index(word) for word in words] == sorted(copied.index(word) for word in words)


def test_a_table_of_another_text_stands_as_ever(qtbot: QtBot, session: Session) -> None:
    page = ArticleView(session, LIGHT)
    qtbot.addWidget(page)
    page.resize(810, 700)
    page.show()
    open_document(session, an_article_with_a_table("en"))
    places = [middle_of(page, session, word) for word in ROWS[1]]
    assert places == sorted(places)
