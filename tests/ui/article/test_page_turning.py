"""Pages beside scrolling: one or two columns that are turned, and worked in as ever."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Document
from reader.model.span import Span
from reader.session.session import Session
from reader.settings import PAGE_TURNING
from reader.ui.article.article_view import ArticleView
from reader.ui.typeset.geometry import line_rectangle
from reader.ui.widgets.theme import LIGHT
from tests.ui.article.test_article_view import open_document
from tests.ui.views import card


def chapters() -> Document:
    writer = DocumentBuilder()
    for number in range(9):
        writer.begin_heading(1)
        writer.add(f"Chapter {number}")
        for part in range(4):
            writer.begin("paragraph")
            writer.add(f"Paragraph {number}.{part} begins here. " + "Words go on and on. " * 24)
            with writer.mark("reference_mark", "1"):
                writer.add("[1]")
    writer.begin_heading(1, kind="references")
    writer.add("References")
    writer.begin("reference", label="1")
    writer.add("The one entry.")
    return writer.build(
        id=hashlib.sha256(b"Chapters").hexdigest(), title="Chapters", source="c.txt"
    )


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> ArticleView:
    page = ArticleView(session, LIGHT)
    qtbot.addWidget(page)
    page.resize(1200, 600)
    page.show()
    session.settings.set(PAGE_TURNING, "two")
    open_document(session, chapters())
    qtbot.wait(10)
    page.setFocus()
    return page


def lines(page: ArticleView) -> list[tuple[float, float]]:
    """All lines of the document, top and bottom."""
    typeset = page.text_layout.typeset
    assert typeset is not None
    found, block = [], typeset.begin()
    while block.isValid():
        origin = typeset.documentLayout().blockBoundingRect(block).top()
        for i in range(block.layout().lineCount()):
            line = block.layout().lineAt(i)
            found.append((origin + line.y(), origin + line.y() + line.height()))
        block = block.next()
    return found


def place_of(page: ArticleView, words: str, inside: int = 0) -> QPoint:
    """Where the words are in the viewport."""
    assert page.text_layout.document is not None
    start = page.text_layout.document.text.index(words) + inside
    box = page.rectangle_of(Span(start, start + 1))
    return page.viewport().mapFrom(page, box.center()) - QPoint(box.width() // 2 - 1, 0)


def test_two_columns_need_room(page: ArticleView, session: Session, qtbot: QtBot) -> None:
    assert len(page.text_layout.turner.columns()) == 2
    page.resize(700, 600)
    qtbot.wait(10)
    assert len(page.text_layout.turner.columns()) == 1
    page.resize(1200, 600)
    session.settings.set(PAGE_TURNING, "one")
    assert len(page.text_layout.turner.columns()) == 1


@pytest.mark.parametrize("turning", ["one", "two"])
def test_turned_from_start_to_end_each_line_is_seen_whole_and_once(
    page: ArticleView, session: Session, qtbot: QtBot, turning: str
) -> None:
    session.settings.set(PAGE_TURNING, turning)
    assert page.text_layout.typeset is not None
    seen, tops = [], []
    for _ in range(25):
        tops.append(page.scroll_keeper.top)
        for column in page.text_layout.turner.columns():
            assert column.bottom - column.top <= page.viewport().height()
            seen.append((column.top, column.bottom))
            last = page.text_layout.typeset.findBlock(
                page.text_layout.typeset.offsets.position(page.visible_span().end)
            )
            assert not last.blockFormat().headingLevel()
        if page.text_layout.turner.is_at_end:
            break
        qtbot.keyClick(page, Qt.Key.Key_PageDown)
    assert page.text_layout.turner.is_at_end
    for top, bottom in lines(page):
        holding = [1 for a, b in seen if a - 1 <= top and bottom <= b + 1]
        assert holding, (top, bottom)
    for (_, before), (after, _) in pairwise(seen):
        assert abs(after - before) <= 1
    for _ in range(25):
        qtbot.keyClick(page, Qt.Key.Key_PageUp)
    assert page.scroll_keeper.top == 0


def test_space_arrows_and_the_wheel_turn_too(page: ArticleView, qtbot: QtBot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_Space)
    second = page.scroll_keeper.top
    assert second > 600
    qtbot.keyClick(page, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert page.scroll_keeper.top == 0
    qtbot.keyClick(page, Qt.Key.Key_Right)
    assert page.scroll_keeper.top == second
    qtbot.keyClick(page, Qt.Key.Key_Left)
    assert page.scroll_keeper.top == 0
    for angle, top in ((-60, 0), (-60, second), (120, 0)):
        wheel = QWheelEvent(
            QPointF(300, 300),
            QPointF(300, 300),
            QPoint(),
            QPoint(0, angle),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(page.viewport(), wheel)
        assert page.scroll_keeper.top == top


def test_a_turned_page_is_painted_as_a_whole(
    page: ArticleView, session: Session, qtbot: QtBot
) -> None:
    """Moved by Qt, the foot of the page before would stand where the next one begins."""
    session.settings.set(PAGE_TURNING, "one")
    painted: list[QRect] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if isinstance(event, QPaintEvent):
                painted.append(event.region().boundingRect())
            return False

    watch = Watch()
    qtbot.waitUntil(lambda: page.text_layout.turner.count == 1)
    qtbot.wait(50)
    page.viewport().installEventFilter(watch)
    qtbot.keyClick(page, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: bool(painted))
    assert page.scroll_keeper.top > 0
    assert painted[0] == page.viewport().rect()


def test_words_in_the_second_column_are_selected_where_they_are(
    page: ArticleView, session: Session, qtbot: QtBot
) -> None:
    _, second = page.text_layout.turner.columns()
    document = page.text_layout.document
    assert document is not None
    assert page.text_layout.typeset is not None
    words = next(
        f"Paragraph 0.{i} begins here"
        for i in range(1, 4)
        if line_rectangle(page.text_layout.typeset, document.text.index(f"Paragraph 0.{i}")).top()
        > second.top
    )
    start, end = place_of(page, words), place_of(page, words, len(words))
    assert start.x() > page.viewport().width() // 2
    view = page.viewport()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, end)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    if session.selection.span is None:
        # QTest's move is lost without a display; a double click is not.
        qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=place_of(page, words, 3))
    span = session.selection.span
    assert span is not None
    assert words.startswith(span.cut(document.text))
    assert span.start == document.text.index(words)


def test_a_card_lies_beside_a_mark_of_the_second_column(page: ArticleView, qtbot: QtBot) -> None:
    document = page.text_layout.document
    assert document is not None
    _, second = page.text_layout.turner.columns()
    assert page.text_layout.typeset is not None
    mark = next(
        m.span
        for m in document.marks
        if line_rectangle(page.text_layout.typeset, m.span.start).top() > second.top
    )
    box = page.rectangle_of(mark)
    qtbot.mouseClick(
        page.viewport(),
        Qt.MouseButton.LeftButton,
        pos=page.viewport().mapFrom(page, box.center()),
    )
    shown_card = card(page)
    assert shown_card.isVisible()
    assert shown_card.rows[0].words == "The one entry."
    inner = shown_card.geometry().adjusted(10, 10, -10, -10)
    assert min(abs(inner.top() - box.bottom()), abs(box.top() - inner.bottom())) < 12
    assert inner.left() > page.width() // 2 - 60


def test_jumps_and_the_way_back_lead_to_the_page_that_holds_the_place(
    page: ArticleView, session: Session
) -> None:
    document = page.text_layout.document
    assert document is not None
    assert page.text_layout.typeset is not None
    for words in ("Chapter 7", "Paragraph 3.2", "Chapter 1"):
        start = document.text.index(words)
        session.navigation.go_to(Span(start, start + len(words)))
        line = line_rectangle(page.text_layout.typeset, start)
        assert any(
            column.top - 1 <= line.top() and line.bottom() <= column.bottom + 1
            for column in page.text_layout.turner.columns()
        )
    session.navigation.back()
    offset, _ = page.scroll_keeper.first_line()
    session.settings.set(PAGE_TURNING, "scroll")
    assert abs(page.scroll_keeper.first_line()[0] - offset) < 200
