"""The page as a person uses it: by mouse and by keyboard."""

from __future__ import annotations

import hashlib

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Document
from reader.model.span import Span
from reader.session.session import Session
from reader.settings import ZOOM
from reader.ui.article import text_layout
from reader.ui.article.article_view import ArticleView
from reader.ui.typeset.geometry import line_rectangle
from reader.ui.widgets.theme import DARK, LIGHT
from tests.ui.samples import answer, mark
from tests.ui.views import card, click_button, click_colour, go_button, has_card, offers


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> ArticleView:
    page = ArticleView(session, LIGHT)
    qtbot.addWidget(page)
    page.resize(810, 500)
    page.show()
    page.show_document(session.current.document)
    qtbot.wait(10)
    return page


def open_document(session: Session, document: Document) -> None:
    session.workspace.library.add(document, document.title.encode(), {})
    session.navigation.open(document.id)


def linked() -> Document:
    """A document with a reference mark, a note, links inside and outside, and a quote."""
    writer = DocumentBuilder()
    writer.begin("paragraph")
    writer.add("Shown before ")
    with writer.mark("reference_mark", "1 2"):
        writer.add("[1,2]")
    writer.add(" and noted")
    with writer.mark("reference_mark", "#n"):
        writer.add("*")
    writer.add(", see ")
    with writer.mark("link", "#there"):
        writer.add("there")
    writer.add(" or ")
    with writer.mark("link", "https://example.org/far"):
        writer.add("far away")
    writer.add(".")
    for number in range(30):
        writer.begin("quote" if number % 3 == 0 else "paragraph")
        writer.add(f"Paragraph {number} of the text, " + "which goes on and on " * 12)
    writer.begin_heading(1)
    writer.anchor("there")
    writer.add("There")
    writer.begin("note", label="*")
    writer.anchor("n")
    writer.add("What the note says.")
    writer.begin_heading(1, kind="references")
    writer.add("References")
    for number in (1, 2):
        writer.begin("reference", label=str(number))
        writer.add(f"Entry number {number} of the list.")
    return writer.build(
        id=hashlib.sha256(b"Linked").hexdigest(), title="Linked", source="linked.txt"
    )


def point_of(page: ArticleView, words: str, inside: int = 1) -> QPoint:
    """A point of the viewport on these words, which must be in sight."""
    assert page.text_layout.document is not None
    assert page.text_layout.typeset is not None
    offset = page.text_layout.document.text.index(words) + inside
    block = page.text_layout.typeset.findBlock(page.text_layout.typeset.offsets.position(offset))
    line = block.layout().lineForTextPosition(
        page.text_layout.typeset.offsets.position(offset) - block.position()
    )
    x = line.cursorToX(page.text_layout.typeset.offsets.position(offset) - block.position())
    x = float(x[0] if isinstance(x, tuple) else x)  # type: ignore[arg-type]
    area = line_rectangle(page.text_layout.typeset, offset)
    return QPoint(round(area.x() + x) + 2, round(area.center().y()) - page.scroll_keeper.top)


def hover(page: ArticleView, place: QPoint) -> None:
    """Moves the mouse without a button; QTest's own move is lost without a display."""
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(place),
        QPointF(page.viewport().mapToGlobal(place)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(page.viewport(), event)


def select(page: ArticleView, words: str) -> None:
    assert page.text_layout.document is not None
    assert page.text_layout.typeset is not None
    start = page.text_layout.document.text.index(words)
    cursor = page.textCursor()
    cursor.setPosition(page.text_layout.typeset.offsets.position(start))
    cursor.setPosition(
        page.text_layout.typeset.offsets.position(start + len(words)), cursor.MoveMode.KeepAnchor
    )
    page.setTextCursor(cursor)


def colours(page: ArticleView) -> set[str]:
    image = page.viewport().grab().toImage()
    return {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    }


def shows(page: ArticleView, fill: str) -> bool:
    """Whether a highlight's colour is on the page, multiplied as it is with the paper's."""
    return any(
        max(abs(int(fill[i : i + 2], 16) - int(c[i : i + 2], 16)) for i in (1, 3, 5)) <= 4
        for c in colours(page)
    )


def test_a_selection_is_a_span_of_the_text_without_white_space_at_its_ends(
    page: ArticleView, session: Session, qtbot: QtBot
) -> None:
    select(page, " NMDA receptor ")
    assert session.selection.span is not None
    assert session.current.document is not None
    assert session.selection.span.cut(session.current.document.text) == "NMDA receptor"
    mime = page.createMimeDataFromSelection()
    assert mime.text() == "NMDA receptor"
    qtbot.waitUntil(lambda: offers(page))
    assert page.escape()
    assert not offers(page)
    assert page.escape()
    assert session.selection.span is None
    assert not page.escape()


def test_dragging_selects_and_offers_colours(
    page: ArticleView, session: Session, qtbot: QtBot
) -> None:
    start, end = point_of(page, "old anaesthetic", 0), point_of(page, "anaesthetic", 11)
    qtbot.mousePress(page.viewport(), Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(page.viewport(), end)
    qtbot.mouseRelease(page.viewport(), Qt.MouseButton.LeftButton, pos=end)
    qtbot.waitUntil(lambda: offers(page))
    assert session.selection.span is not None
    click_colour(qtbot, page, "blue")
    (made,) = session.annotations.all
    assert made.colour == "blue"
    assert "anaesthetic" in made.target.quote.exact
    assert not page.textCursor().hasSelection()
    assert shows(page, LIGHT.fills["blue"])


def test_highlights_notes_and_hits_are_painted(page: ArticleView, session: Session) -> None:
    assert not shows(page, LIGHT.fills["green"])
    mark(session, "new use", "green", note="why", style="highlight")
    assert shows(page, LIGHT.fills["green"])
    assert page.text_painter.markers(0, 10_000)
    answer(session, "receptor")
    assert LIGHT.hit.lower() in colours(page)
    session.search.step(1)
    assert LIGHT.current.lower() in colours(page)
    session.search.find("")
    assert LIGHT.hit.lower() not in colours(page)


def test_a_click_chooses_the_innermost_highlight_and_beside_it_none(
    page: ArticleView, session: Session, qtbot: QtBot
) -> None:
    outer = mark(session, "old anaesthetic with a new use", "green")
    inner = mark(session, "new use", "pink", note="n")
    qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=point_of(page, "new use"))
    assert session.selection.annotation_id == inner
    qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=point_of(page, "old anaes"))
    assert session.selection.annotation_id == outer
    qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert session.selection.annotation_id == ""
    ((_, box),) = page.text_painter.markers(0, 10_000)
    sign = box.center() - QPoint(0, page.scroll_keeper.top)
    qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=sign)
    assert session.selection.annotation_id == inner
    with qtbot.waitSignal(session.marker.edit_requested):
        qtbot.mouseDClick(page.viewport(), Qt.MouseButton.LeftButton, pos=sign)


def test_a_reference_mark_shows_its_references_and_leads_there_and_back(
    page: ArticleView, session: Session, qtbot: QtBot
) -> None:
    open_document(session, linked())
    hover(page, point_of(page, "[1,2]", 2))
    qtbot.waitUntil(lambda: has_card(page))
    first, second = card(page).rows
    assert "Entry number 1" in first.words
    assert "Entry number 2" in second.words
    hover(page, point_of(page, "Shown", 2))
    qtbot.waitUntil(lambda: not has_card(page))
    qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=point_of(page, "[1,2]", 2))
    assert has_card(page)
    qtbot.mouseClick(go_button(page), Qt.MouseButton.LeftButton)
    assert session.navigation.location.section is not None
    assert page.scroll_keeper.top > 500
    session.navigation.back()
    assert page.scroll_keeper.top < 100


def test_the_keyboard_walks_references_shows_one_and_follows_it(
    page: ArticleView, session: Session, qtbot: QtBot
) -> None:
    open_document(session, linked())
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_Tab)
    assert page.marks.focus is not None
    qtbot.keyClick(page, Qt.Key.Key_Return)
    assert card(page).isVisible()
    qtbot.keyClick(page, Qt.Key.Key_Return)
    assert page.scroll_keeper.top > 500
    session.navigation.back()
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_Tab)
    qtbot.keyClick(page, Qt.Key.Key_Return)
    assert card(page).rows[0].words == "What the note says."
    qtbot.keyClick(page, Qt.Key.Key_Tab)
    qtbot.keyClick(page, Qt.Key.Key_Return)
    assert card(page).heading == "There"
    qtbot.keyClick(page, Qt.Key.Key_Return)
    assert session.navigation.location.section is not None


def test_an_address_is_said_and_never_opened(
    page: ArticleView, session: Session, qtbot: QtBot
) -> None:
    open_document(session, linked())
    with qtbot.waitSignal(session.notifier.action_offered) as told:
        qtbot.mouseClick(
            page.viewport(), Qt.MouseButton.LeftButton, pos=point_of(page, "far away", 2)
        )
    assert "https://example.org/far" in told.args[0].sentence


def test_keys_scroll_and_shift_selects(page: ArticleView, session: Session, qtbot: QtBot) -> None:
    open_document(session, linked())
    keys = Qt.Key
    qtbot.keyClick(page, keys.Key_PageDown)
    after = page.scroll_keeper.top
    assert after > 300
    qtbot.keyClick(page, keys.Key_Down)
    assert page.scroll_keeper.top > after
    qtbot.keyClick(page, keys.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(page, keys.Key_Home)
    assert page.scroll_keeper.top == 0
    qtbot.keyClick(page, keys.Key_End)
    assert page.scroll_keeper.top == page.verticalScrollBar().maximum()
    qtbot.keyClick(page, keys.Key_Home)
    for _ in range(5):
        qtbot.keyClick(page, keys.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert session.selection.span is not None
    assert len(session.selection.span) == 5
    qtbot.waitUntil(lambda: offers(page))


def test_shift_begins_with_the_current_hit(
    page: ArticleView, session: Session, qtbot: QtBot
) -> None:
    answer(session, "receptor")
    session.search.step(1)
    assert session.marker.passage is not None
    qtbot.keyClick(page, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert session.selection.span is not None
    assert session.current.document is not None
    assert session.selection.span.cut(session.current.document.text).startswith("receptor")


def test_a_caret_can_be_moved(page: ArticleView, qtbot: QtBot) -> None:
    page.toggle_caret()
    assert page.cursorWidth() == 2
    before = page.textCursor().position()
    qtbot.keyClick(page, Qt.Key.Key_Right)
    assert page.textCursor().position() == before + 1
    assert page.escape()
    assert page.cursorWidth() == 0


def wheel(page: ArticleView, down: int, control: bool = False, margin: bool = False) -> None:
    target = page if margin else page.viewport()
    held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    place = QPointF(5, 50)
    event = QWheelEvent(
        place, target.mapToGlobal(place.toPoint()).toPointF(), QPoint(), QPoint(0, -down),
        Qt.MouseButton.NoButton, held, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(target, event)


def test_the_wheel_scrolls_on_the_text_and_beside_it_and_zooms_with_control(
    page: ArticleView, session: Session
) -> None:
    wheel(page, 120)
    once = page.scroll_keeper.top
    assert once > 0
    wheel(page, 120, margin=True)
    assert page.scroll_keeper.top > once
    wheel(page, -120, control=True)
    assert session.settings.get(ZOOM) == 1.1
    wheel(page, 120, control=True)
    assert session.settings.get(ZOOM) == 1.0


def test_the_place_is_kept_exactly_through_zoom_theme_size_and_restart(
    page: ArticleView, session: Session, qtbot: QtBot
) -> None:
    open_document(session, linked())
    page.verticalScrollBar().setValue(777)
    place = page.scroll_keeper.first_line()
    page.zoom_by(3)
    assert page.scroll_keeper.first_line()[0] == place[0]
    page.zoom_by(0)
    assert page.scroll_keeper.first_line() == pytest.approx(place, abs=0.05)
    page.set_theme(DARK)
    assert page.scroll_keeper.first_line() == pytest.approx(place, abs=0.05)
    page.resize(900, 400)
    page.resize(400, 400)
    page.resize(810, 500)
    assert page.scroll_keeper.first_line()[0] == place[0]
    session.navigation.save()
    other = ArticleView(session, LIGHT)
    qtbot.addWidget(other)
    other.resize(810, 500)
    other.show()
    other.show_document(session.current.document)
    assert other.scroll_keeper.first_line() == pytest.approx(place, abs=0.05)


def test_a_narrow_view_makes_the_column_narrower(page: ArticleView) -> None:
    page.resize(420, 500)
    assert page.lineWrapColumnOrWidth() < 420
    page.resize(1200, 500)
    assert page.viewport().width() == page.lineWrapColumnOrWidth()


def test_a_long_text_is_shown_part_by_part(
    page: ArticleView, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reader.ui.typeset import text_document as typeset

    monkeypatch.setattr(text_layout, "parts", lambda document: typeset.parts(document, 2_000))
    open_document(session, linked())
    document = session.current.document
    assert document is not None
    qtbot.keyClick(page, Qt.Key.Key_End)
    qtbot.keyClick(page, Qt.Key.Key_PageDown)
    assert page.scroll_keeper.first_line()[0] >= 1_000
    wheel(page, -1200)
    for _ in range(3):
        qtbot.keyClick(page, Qt.Key.Key_Home)
        qtbot.keyClick(page, Qt.Key.Key_PageUp)
    qtbot.keyClick(page, Qt.Key.Key_Home)
    assert page.scroll_keeper.first_line()[0] == 0
    end = len(document.text) - 5
    session.navigation.go_to(Span(end, end + 3))
    assert page.visible_span().holds(end)


def test_the_context_menu_chooses_what_is_under_the_mouse(
    page: ArticleView, session: Session, qtbot: QtBot
) -> None:
    made = mark(session, "new use", "pink")
    page.context_menu = QMenu(page)
    page.context_menu.addAction("x")
    place = point_of(page, "new use")
    reason = QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(reason, place, page.viewport().mapToGlobal(place))
    QApplication.sendEvent(page.viewport(), event)
    assert session.selection.annotation_id == made
    assert page.context_menu.isVisible()
    page.context_menu.close()


def test_the_menu_key_opens_the_menu_at_the_passage_and_leaves_the_page_where_it_is(
    page: ArticleView, session: Session
) -> None:
    page.context_menu = QMenu(page)
    page.context_menu.addAction("x")
    open_document(session, linked())
    page.verticalScrollBar().setValue(400)
    reason = QContextMenuEvent.Reason.Keyboard
    tops = []
    seen = page.visible_span()
    middle = (seen.start + seen.end) // 2
    for span in (None, Span(middle, middle + 9)):
        session.selection.set_span(span)
        QApplication.sendEvent(page, QContextMenuEvent(reason, QPoint(5, 5), QPoint(5, 5)))
        assert page.context_menu.isVisible()
        tops.append(page.context_menu.pos() - page.mapToGlobal(QPoint(0, 0)))
        page.context_menu.close()
        assert page.scroll_keeper.top == 400
    assert tops[0] != tops[1]
    page.context_menu = None
    QApplication.sendEvent(page, QContextMenuEvent(reason, QPoint(5, 5), QPoint(5, 5)))


def test_it_is_seen_when_the_keyboard_has_come_to_the_page(page: ArticleView, qtbot: QtBot) -> None:
    page.activateWindow()
    page.clearFocus()
    page.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(page.hasFocus)
    bare = LIGHT.accent.lower()
    assert page.grab().toImage().pixelColor(300, 0).name() == bare
    qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 100))
    assert page.grab().toImage().pixelColor(300, 0).name() != bare


def test_a_press_that_the_text_leaves_alone_does_not_go_round_for_ever(
    page: ArticleView, qtbot: QtBot
) -> None:
    for button in (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
        for x in (page.viewport().width() // 2, -20):
            at = page.viewport().mapTo(page, QPoint(x, 60))
            globally = QPointF(page.mapToGlobal(at))
            target = page.viewport() if x > 0 else page
            where = QPointF(target.mapFrom(page, at))
            for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
                event = QMouseEvent(
                    kind, where, globally, button, button, Qt.KeyboardModifier.NoModifier
                )
                QApplication.sendEvent(target, event)
    assert not page.textCursor().hasSelection()


def test_the_end_is_the_last_screen_and_not_a_line_above_an_empty_page(
    page: ArticleView, session: Session
) -> None:
    open_document(session, linked())
    document = session.current.document
    assert document is not None
    assert page.text_layout.typeset is not None
    end = len(document.text) - 1
    session.navigation.go_to(Span(end, end))
    assert page.scroll_keeper.top == page.verticalScrollBar().maximum()
    last = line_rectangle(page.text_layout.typeset, end)
    assert (
        page.viewport().height() - 200
        < last.bottom() - page.scroll_keeper.top
        <= page.viewport().height()
    )
    assert session.navigation.location.percent == 100


def test_without_a_document_the_page_is_paper(page: ArticleView, session: Session) -> None:
    page.show_document(None)
    page.set_theme(DARK)
    assert colours(page) == {DARK.paper.lower()}
    page.resize(500, 400)
    assert page.scroll_keeper.first_line() == (0, 0.0)


def test_links_of_the_bar_are_passed_on(page: ArticleView, qtbot: QtBot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: offers(page))
    with qtbot.waitSignals([page.copy_wanted, page.find_wanted]):
        click_button(qtbot, page, "Copy")
        click_button(qtbot, page, "Find")
