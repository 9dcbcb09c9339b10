"""The table of contents shows the tree, follows the reading, and leads there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from reader.model.span import Span
from reader.session.session import Session
from reader.ui.article.outline_pane import ContentsPane
from reader.ui.widgets.theme import DARK, LIGHT
from tests.ui.drivers.found import label
from tests.ui.drivers.rows import RowsOnScreen
from tests.ui.samples import a_flat_text, an_article


@pytest.fixture
def pane(qtbot: QtBot, session: Session) -> ContentsPane:
    pane = ContentsPane(session, LIGHT)
    qtbot.addWidget(pane)
    pane.resize(256, 400)
    pane.show()
    qtbot.waitExposed(pane)
    return pane


def titles(pane: ContentsPane) -> list[str]:
    model = pane.list.model()
    return [model.index(i, 0).data() for i in range(model.rowCount())]


def reading(pane: ContentsPane) -> str:
    return str(pane.list.currentIndex().data() or "")


def test_all_sections_are_there_with_their_levels(pane: ContentsPane) -> None:
    assert titles(pane)[:3] == [
        "What Is Ketamine?, level 1",
        "Uses Of Ketamine, level 1",
        "Uses Of Ketamine: How Does It Work?, level 2",
    ]
    assert titles(pane)[-1] == "References, level 1"


def test_the_section_being_read_is_marked(pane: ContentsPane, session: Session) -> None:
    assert session.current.document is not None
    plain = pane.grab().toImage()
    for section in session.current.document.sections:
        session.navigation.report_location(section.span.start, 0.0, section.span.start + 10)
        assert reading(pane).startswith(section.title)
    assert pane.grab().toImage() != plain
    session.navigation.report_location(0, 0.0, 10)
    assert reading(pane) == ""
    assert pane.grab().toImage() == plain


def test_above_the_first_section_the_contents_begin_at_their_beginning(
    pane: ContentsPane, session: Session
) -> None:
    assert session.current.document is not None
    pane.resize(200, 150)
    last = session.current.document.sections[-1].span.start
    session.navigation.report_location(last, 0.0, last + 10)
    assert pane.list.verticalScrollBar().value() > 0
    session.navigation.report_location(0, 0.0, 10)
    assert pane.list.verticalScrollBar().value() == 0


def test_a_click_goes_to_the_section_and_back_leads_here(
    qtbot: QtBot, pane: ContentsPane, session: Session
) -> None:
    assert session.current.document is not None
    second = session.current.document.sections[1]
    index = pane.list.model().index(1, 0)
    with qtbot.waitSignal(session.navigation.scroll_requested) as went:
        qtbot.mouseClick(
            pane.list.viewport(),
            Qt.MouseButton.LeftButton,
            pos=pane.list.visualRect(index).center(),
        )
    assert went.args == [Span(second.span.start, second.span.start)]
    assert session.navigation.can_go_back


def test_enter_goes_there_by_keyboard(qtbot: QtBot, pane: ContentsPane, session: Session) -> None:
    pane.take_focus()
    qtbot.keyClick(pane.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(session.navigation.scroll_requested):
        qtbot.keyClick(pane.list, Qt.Key.Key_Return)


def test_deeper_sections_stand_further_in(pane: ContentsPane, session: Session) -> None:
    assert session.current.document is not None
    image = pane.grab().toImage()

    def ink(row: int) -> int:
        """Where the first dark pixel of a row is."""
        box = pane.list.visualRect(pane.list.model().index(row, 0))
        box.translate(pane.list.pos())
        return next(
            x
            for x in range(box.left() + 1, box.right())
            if any(
                image.pixelColor(QPoint(x, y)).lightness() < 140
                for y in range(box.top(), box.bottom())
            )
        )

    assert 10 <= ink(2) - ink(1) <= 18


def test_a_document_without_headings_says_so(pane: ContentsPane, session: Session) -> None:
    letter = a_flat_text()
    session.workspace.library.add(letter, letter.title.encode(), {})
    session.navigation.open(letter.id)
    assert titles(pane) == []
    assert label(pane, "notice").isVisible()
    session.navigation.report_location(0, 0.0, 10)
    assert reading(pane) == ""


def test_printed_numbers_stand_before_the_titles(pane: ContentsPane, session: Session) -> None:
    document = an_article("Numbered")
    numbered = tuple(replace(s, number=str(i)) for i, s in enumerate(document.sections, 1))
    session.workspace.library.add(replace(document, sections=numbered), b"Numbered", {})
    before = pane.list.grab().toImage()
    session.navigation.open(document.id)
    assert titles(pane)[0] == "1 What Is Ketamine?, level 1"
    assert pane.list.grab().toImage() != before


def test_a_title_that_is_cut_is_whole_in_its_tip(
    qtbot: QtBot, pane: ContentsPane, session: Session
) -> None:
    assert session.current.document is not None
    long = session.current.document.sections[3]
    headings = RowsOnScreen(qtbot, pane.list)
    assert headings.tip(long) == ""
    pane.resize(70, 400)
    pane.list.grab()
    assert headings.tip(long) == long.title


def test_it_takes_another_theme(pane: ContentsPane) -> None:
    light = pane.grab().toImage()
    pane.set_theme(DARK)
    assert pane.grab().toImage() != light


def test_a_heading_that_is_none_is_taken_out_of_the_contents(
    pane: ContentsPane, session: Session
) -> None:
    first, *others = titles(pane)
    pane.list.customContextMenuRequested.emit(QPoint(20, 5000))
    pane.list.customContextMenuRequested.emit(
        pane.list.visualRect(pane.list.model().index(0, 0)).center()
    )
    menu = pane.findChild(QMenu)
    assert menu is not None
    went: list[Span] = []
    session.navigation.scroll_requested.connect(went.append)
    go, unmake = menu.actions()
    go.trigger()
    assert session.current.document is not None
    start = session.current.document.sections[0].span.start
    assert went == [Span(start, start)]
    unmake.trigger()
    menu.hide()
    assert titles(pane) == others
    session.undo_stack.undo()
    assert titles(pane) == [first, *others]
