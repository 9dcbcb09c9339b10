"""What one binder does is the same story in both views: select, mark, choose, find, put away."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from reader.model.span import Span
from reader.session.session import Session
from reader.ui.article.article_view import ArticleView
from reader.ui.commands.actions import ACTIONS
from reader.ui.commands.key_map import give
from reader.ui.marks.popups import SelectionPopup
from reader.ui.pdf.pdf_view import PdfView
from reader.ui.widgets.controls import IconButton
from reader.ui.widgets.theme import DARK, LIGHT
from tests.printed import two_columns
from tests.ui.pdf.test_pdf_view import open_printed
from tests.ui.samples import answer, mark
from tests.ui.views import click_colour, offers, popup

LEFT = Qt.MouseButton.LeftButton
View = ArticleView | PdfView


@pytest.fixture(params=["article", "pages"])
def view(
    request: pytest.FixtureRequest, qtbot: QtBot, session: Session, tmp_path: Path
) -> ArticleView | PdfView:
    """The same document in either view."""
    open_printed(session, tmp_path / "a.pdf", two_columns())
    session.pages.show_as_printed(request.param == "pages")
    made = (ArticleView if request.param == "article" else PdfView)(session, LIGHT)
    qtbot.addWidget(made)
    made.resize(810, 600)
    made.show()
    made.show_document(session.current.document)
    qtbot.wait(10)
    return made


def point_of(view: View, session: Session, words: str) -> QPoint:
    """A point of the viewport on the first of these words."""
    assert session.current.document is not None
    start = session.current.document.text.index(words)
    box = view.rectangle_of(Span(start, start + len(words)))
    return view.viewport().mapFrom(view, QPoint(box.left() + 6, box.center().y()))


def test_the_selection_is_marked_with_a_click_and_let_go_of(
    view: View, session: Session, qtbot: QtBot
) -> None:
    qtbot.mouseDClick(view.viewport(), LEFT, pos=point_of(view, session, "Doors"))
    qtbot.mouseRelease(view.viewport(), LEFT, pos=point_of(view, session, "Doors"))
    qtbot.waitUntil(lambda: offers(view))
    click_colour(qtbot, view, "green")
    (note,) = session.annotations.all
    assert (note.colour, note.target.quote.exact) == ("green", "Doors")
    session.annotations.choose("")
    qtbot.waitUntil(lambda: session.selection.span is None)
    qtbot.wait(QApplication.doubleClickInterval() + 50)
    qtbot.mouseClick(view.viewport(), LEFT, pos=point_of(view, session, "Doors"))
    assert session.selection.annotation_id == note.id


def test_nothing_is_offered_once_the_session_is_closed(
    view: View, session: Session, qtbot: QtBot
) -> None:
    qtbot.mouseDClick(view.viewport(), LEFT, pos=point_of(view, session, "Doors"))
    qtbot.mouseRelease(view.viewport(), LEFT, pos=point_of(view, session, "Doors"))
    assert session.selection.span is not None
    session.close()
    qtbot.wait(QApplication.doubleClickInterval() + 200)
    assert not any(one.isVisible() for one in view.findChildren(SelectionPopup))


def test_marks_and_hits_are_those_of_the_session(view: View, session: Session) -> None:
    plain = view.viewport().grab().toImage()
    made = mark(session, "Doors", "pink")
    assert [note.id for _, note in view.marks.highlights.items] == [made]
    marked = view.viewport().grab().toImage()
    assert marked != plain
    answer(session, "quiet")
    session.search.step(1)
    assert view.marks.current == view.marks.hits.items[0][0]
    assert view.viewport().grab().toImage() != marked
    session.search.find("")
    session.annotations.delete(made)
    session.annotations.choose("")
    assert (view.marks.highlights.items, view.marks.hits.items) == ([], [])


def test_the_menu_is_of_the_highlight_under_the_mouse_and_by_key_of_the_passage(
    view: View, session: Session
) -> None:
    reasons = QContextMenuEvent.Reason
    made = mark(session, "Doors", "pink")
    nothing = QContextMenuEvent(reasons.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(view, nothing)
    view.context_menu = QMenu(view)
    view.context_menu.addAction("Something")
    place = point_of(view, session, "Doors")
    event = QContextMenuEvent(reasons.Mouse, place, view.viewport().mapToGlobal(place))
    QApplication.sendEvent(view.viewport(), event)
    assert session.selection.annotation_id == made
    assert session.selection.menu_offset is not None
    view.context_menu.close()
    corners = []
    for chosen in (made, ""):
        session.annotations.choose(chosen)
        QApplication.sendEvent(
            view, QContextMenuEvent(reasons.Keyboard, QPoint(5, 5), QPoint(5, 5))
        )
        assert view.context_menu.isVisible()
        corners.append(view.context_menu.pos() - view.mapToGlobal(QPoint(0, 0)))
        view.context_menu.close()
    assert corners[0] != corners[1]
    assert (corners[1].x(), corners[1].y()) == (54, 40)


def test_a_press_ends_the_wait_for_what_was_selected_before(
    view: View, session: Session, qtbot: QtBot
) -> None:
    answer(session, "Doors")
    session.search.step(1)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert session.selection.span is not None
    qtbot.mousePress(view.viewport(), LEFT, pos=QPoint(30, 60))
    qtbot.wait(450)
    assert not offers(view)
    qtbot.mouseRelease(view.viewport(), LEFT, pos=QPoint(30, 60))


def test_what_is_selected_stays_so_and_is_seen_through_zoom_theme_and_the_other_view(
    view: View, session: Session
) -> None:
    assert session.current.document is not None
    words = "Nobody on the ward"
    start = session.current.document.text.index(words)
    answer(session, words)
    session.search.step(1)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    session.search.find("")
    view.zoom_by(1)
    view.set_theme(DARK)
    view.set_theme(LIGHT)
    assert session.selection.span == Span(start, start + len(words))
    printed = session.pages.as_printed
    session.pages.show_as_printed(not printed)
    session.pages.show_as_printed(printed)
    assert session.selection.span == Span(start, start + len(words))
    selected = view.viewport().grab().toImage()
    assert view.clear_selection()
    assert session.selection.span is None
    assert view.viewport().grab().toImage() != selected


def test_what_is_offered_names_the_keys_that_the_user_gave(
    view: View, session: Session, qtbot: QtBot
) -> None:
    cited = next(action for action in ACTIONS if action.id == "copy_cited")
    give(session.settings, cited, ("Ctrl+Alt+Y",))
    qtbot.mouseDClick(view.viewport(), LEFT, pos=point_of(view, session, "Doors"))
    qtbot.mouseRelease(view.viewport(), LEFT, pos=point_of(view, session, "Doors"))
    qtbot.waitUntil(lambda: offers(view))
    tips = [button.toolTip() for button in popup(view).findChildren(IconButton)]
    assert "Copy with citation (Ctrl+Alt+Y)" in tips


def test_a_proposed_passage_is_framed(view: View, session: Session) -> None:
    assert session.current.document is not None
    start = session.current.document.text.index("Doors")
    plain = view.viewport().grab().toImage()
    view.propose(Span(start, start + 5))
    assert view.viewport().grab().toImage() != plain
    view.propose(None)
    assert view.viewport().grab().toImage() == plain


def test_ticks_are_in_the_colours_of_the_theme(view: View, session: Session) -> None:
    mark(session, "Doors", "pink")
    view.set_theme(DARK)
    ticks = view.verticalScrollBar().grab().toImage()
    found = {
        ticks.pixelColor(x, y).name() for x in range(ticks.width()) for y in range(ticks.height())
    }
    assert DARK.edges["pink"].lower() in found


def test_the_view_that_does_not_show_the_document_waits_with_its_marks(
    view: View, session: Session, qtbot: QtBot
) -> None:
    session.pages.show_as_printed(isinstance(view, ArticleView))
    mark(session, "Doors", "green")
    session.search.find("doors")
    qtbot.waitUntil(lambda: session.search.state.fresh and session.search.state.count > 0)
    session.search.step(1)
    assert session.search.state.hit is not None
    assert (view.marks.highlights.items, view.marks.hits.items) == ([], [])
    assert view.marks.current is None
    session.pages.show_as_printed(isinstance(view, PdfView))
    assert len(view.marks.highlights.items) == 1
    assert len(view.marks.hits.items) == session.search.state.count
    assert view.marks.current == session.search.state.hit.span
