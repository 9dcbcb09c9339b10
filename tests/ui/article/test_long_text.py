"""A text that is set part by part is one text to whoever selects, copies or scrolls in it."""

from __future__ import annotations

import hashlib

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Document
from reader.model.span import Span
from reader.session.session import Session
from reader.settings import PAGE_TURNING, ZOOM
from reader.ui.article import text_layout
from reader.ui.article.article_view import ArticleView
from reader.ui.typeset import text_document, typesetter
from reader.ui.widgets.theme import DARK, LIGHT, SEPIA
from tests.ui.samples import an_article

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


def a_long_text() -> Document:
    writer = DocumentBuilder()
    for number in range(60):
        writer.begin("paragraph")
        writer.add(f"Paragraph {number} of the text, " + "which goes on and on " * 12)
    name = hashlib.sha256(b"long").hexdigest()
    return writer.build(id=name, title="A long text", source="long.txt")


@pytest.fixture
def page(qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch) -> ArticleView:
    monkeypatch.setattr(text_layout, "parts", lambda one: text_document.parts(one, 4_000))
    session.workspace.library.add(a_long_text(), b"long", {})
    page = ArticleView(session, LIGHT)
    qtbot.addWidget(page)
    page.resize(810, 500)
    page.show()
    session.navigation.open(a_long_text().id)
    qtbot.wait(10)
    return page


def text(session: Session) -> str:
    assert session.current.document is not None
    return session.current.document.text


def selected(session: Session) -> str:
    span = session.selection.span
    return span.cut(text(session)) if span is not None else ""


def send(page: ArticleView, kind: QEvent.Type, at: QPoint, held: Qt.MouseButton) -> None:
    """A move, press or release of the mouse on the text."""
    button = NONE if kind == QEvent.Type.MouseMove else LEFT
    point = QPointF(at)
    over = QPointF(page.viewport().mapToGlobal(at))
    event = QMouseEvent(kind, point, over, button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page.viewport(), event)


def test_all_is_all_of_the_text(qtbot: QtBot, page: ArticleView, session: Session) -> None:
    qtbot.keyClick(page, Qt.Key.Key_A, CONTROL)
    assert selected(session) == text(session).strip()
    assert "Paragraph 59" in page.createMimeDataFromSelection().text()
    # It stands while one reads on, in another part and after the text was set anew.
    qtbot.keyClick(page, Qt.Key.Key_End)
    qtbot.keyClick(page, Qt.Key.Key_PageDown)
    assert page.text_layout.number == 1
    assert selected(session) == text(session).strip()
    page.zoom_by(1)
    assert selected(session) == text(session).strip()
    assert page.textCursor().hasSelection()
    assert page.clear_selection()
    assert selected(session) == ""


def test_a_press_in_another_part_ends_the_selection(
    qtbot: QtBot, page: ArticleView, session: Session
) -> None:
    while not selected(session):
        qtbot.keyClick(page, Qt.Key.Key_Right, SHIFT | CONTROL)
    before = selected(session)
    qtbot.keyClick(page, Qt.Key.Key_End)
    qtbot.keyClick(page, Qt.Key.Key_PageDown)
    assert selected(session) == before
    qtbot.mouseClick(page.viewport(), LEFT, pos=QPoint(200, 100))
    assert selected(session) == ""


def test_dragging_goes_on_into_the_next_part_and_back(
    qtbot: QtBot, page: ArticleView, session: Session
) -> None:
    qtbot.keyClick(page, Qt.Key.Key_End)
    first = page.text_layout.part
    start = QPoint(200, page.viewport().height() // 2)
    below = QPoint(200, page.viewport().height() + 30)
    send(page, QEvent.Type.MouseButtonPress, start, LEFT)
    send(page, QEvent.Type.MouseMove, start + QPoint(60, 0), LEFT)
    begun = session.selection.span
    assert begun is not None
    send(page, QEvent.Type.MouseMove, below, LEFT)
    qtbot.waitUntil(lambda: page.text_layout.number == 1)
    inside = QPoint(300, 120)
    send(page, QEvent.Type.MouseMove, inside, LEFT)
    send(page, QEvent.Type.MouseButtonRelease, inside, NONE)
    span = session.selection.span
    assert span is not None
    assert span.start == begun.start < first.end < span.end
    # Shift and a click change its end, in whatever part it was begun.
    qtbot.mouseClick(page.viewport(), LEFT, SHIFT, QPoint(300, 200))
    longer = session.selection.span
    assert longer is not None
    assert longer.start == begun.start
    assert longer.end > span.end


def test_the_scroll_bar_is_that_of_the_whole_text(
    qtbot: QtBot, page: ArticleView, session: Session
) -> None:
    bar = page.verticalScrollBar()
    length = len(text(session))

    def draw(start: int, end: int) -> None:
        for kind, y, button, held in (
            (QEvent.Type.MouseButtonPress, start, LEFT, LEFT),
            (QEvent.Type.MouseMove, end, NONE, LEFT),
            (QEvent.Type.MouseButtonRelease, end, LEFT, NONE),
        ):
            at = QPointF(7, y)
            over = QPointF(bar.mapToGlobal(at))
            modifiers = Qt.KeyboardModifier.NoModifier
            QApplication.sendEvent(bar, QMouseEvent(kind, at, over, button, held, modifiers))

    draw(18, bar.height() // 2)
    assert 0.45 < page.scroll_keeper.first_line()[0] / length < 0.55
    draw(bar.height() // 2, bar.height() - 18)
    assert page.text_layout.is_last
    assert page.scroll_keeper.first_line()[0] / length > 0.85
    draw(bar.height() - 18, 18)
    assert page.scroll_keeper.first_line()[0] == 0
    # A little down stays in the part.
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    draw(18, 60)
    assert 0 < page.scroll_keeper.first_line()[0] / length < 0.2


def colours(page: ArticleView) -> set[str]:
    """The colour of the paper and of all that lies on it."""
    image = page.viewport().grab().toImage()
    return {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
    }


@pytest.fixture
def in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is set anew is set in steps."""
    monkeypatch.setattr(text_layout, "SET_AT_ONCE", 0)
    monkeypatch.setattr(typesetter, "STEP", 1_000)


@pytest.mark.usefixtures("in_steps")
def test_a_theme_comes_to_a_long_text_when_it_is_set(
    qtbot: QtBot, page: ArticleView, session: Session
) -> None:
    page.scroll_to(Span(9_000, 9_000))
    place = page.visible_span()
    page.set_theme(DARK)
    # As long as it is set, the page is as it was, and of one theme.
    assert LIGHT.paper.lower() in colours(page)
    assert DARK.paper.lower() not in colours(page)
    qtbot.waitUntil(lambda: DARK.paper.lower() in colours(page))
    assert LIGHT.paper.lower() not in colours(page)
    assert page.visible_span() == place


@pytest.mark.usefixtures("in_steps")
def test_what_is_asked_for_while_a_long_text_is_set_comes_about(
    qtbot: QtBot, page: ArticleView, session: Session
) -> None:
    page.set_theme(DARK)
    page.set_theme(SEPIA)
    # Another part, then another document, in the theme that was chosen last.
    page.scroll_to(Span(12_000, 12_000))
    assert SEPIA.paper.lower() in colours(page)
    page.set_theme(DARK)
    page.resize(640, 500)
    session.settings.set(ZOOM, 1.4)
    page.scroll_keeper.step(40)
    place = page.visible_span()
    qtbot.waitUntil(lambda: DARK.paper.lower() in colours(page))
    assert page.text_layout.fits
    assert page.visible_span().start == place.start
    page.set_theme(LIGHT)
    session.navigation.open(an_article().id)
    assert LIGHT.paper.lower() in colours(page)
    qtbot.wait(20)
    assert page.visible_span().end <= len(text(session))
    # What is turned is in other columns at once.
    session.settings.set(ZOOM, 1.0)
    before = page.text_layout.typeset
    session.settings.set(PAGE_TURNING, "one")
    assert page.text_layout.typeset is not before
