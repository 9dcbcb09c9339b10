"""The card beside a mark: its place, its rows, and what is done from them."""

from __future__ import annotations

import hashlib

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Document
from reader.model.span import Span
from reader.session.session import Session
from reader.ui.article.article_view import ArticleView
from reader.ui.marks.reference_card import CardText
from reader.ui.widgets.theme import LIGHT
from tests.ui.article.test_article_view import hover, point_of
from tests.ui.views import card, has_card

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect fill="#ff0000" width="40" height="20"/></svg>'  # noqa: E501
LONG = (
    "A study of something that is told at such length that no card can hold it in six lines, " * 8
)


def cited() -> Document:
    """An article with a range, six references, and links to a table, a figure and a note."""
    writer = DocumentBuilder()
    writer.begin("paragraph")
    writer.add("Begins with words. " * 6 + "It was shown ")
    with writer.mark("reference_mark", "3"):
        writer.add("[3–5]")
    writer.add(", see ")
    for anchor, words in (("t", "Table 1"), ("f", "Figure 1"), ("n", "the note"), ("h", "Methods")):
        with writer.mark("link", f"#{anchor}"):
            writer.add(words)
        writer.add(" and ")
    for number in range(12):
        writer.begin("paragraph")
        writer.add(f"Paragraph {number}. " + "which goes on and on " * 12)
    writer.begin_heading(1)
    writer.anchor("h")
    writer.add("Methods")
    writer.begin("paragraph")
    writer.add("How it was done.")
    writer.anchor("t")
    writer.begin_table()
    writer.begin_caption()
    writer.add("Table 1. Doses")
    for row, words in enumerate(("Drug", "Ketamine")):
        writer.begin_cell(row, 0, row == 0)
        writer.add(words)
        writer.begin_cell(row, 1, row == 0)
        writer.add(("Dose", "5 mg")[row])
    writer.anchor("f")
    writer.begin_figure("a.svg", "a red box", 40, 20)
    writer.add("Figure 1. A box")
    writer.begin("note", label="*")
    writer.anchor("n")
    writer.add("What the note says.")
    writer.begin_heading(1, kind="references")
    writer.add("References")
    for number in range(1, 9):
        writer.begin("reference", label=str(number))
        writer.add(f"Entry {number}. {LONG} doi:10.1000/example.{number}")
    return writer.build(id=hashlib.sha256(b"Cited").hexdigest(), title="Cited", source="cited.txt")


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> ArticleView:
    page = ArticleView(session, LIGHT)
    qtbot.addWidget(page)
    page.resize(810, 500)
    page.show()
    document = cited()
    session.workspace.library.add(document, b"Cited", {"a.svg": SVG})
    session.navigation.open(document.id)
    qtbot.wait(10)
    return page


def press(page: ArticleView, name: str, qtbot: QtBot) -> None:
    button = card(page).findChild(QPushButton, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def click(page: ArticleView, words: str, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=point_of(page, words, 2))


def test_a_range_shows_all_its_references_a_row_each(page: ArticleView, qtbot: QtBot) -> None:
    click(page, "[3–5]", qtbot)
    shown_card = card(page)
    assert shown_card.heading == "References 3, 4, 5"
    assert [row.words[:10] for row in shown_card.rows] == ["3. Entry 3", "4. Entry 4", "5. Entry 5"]
    for number, row in enumerate(shown_card.rows):
        text = shown_card.findChild(CardText, f"card-text-{number}")
        assert text is not None
        assert text.height() < 140
        assert text.toolTip() == row.words


@pytest.mark.parametrize(("width", "height"), [(810, 500), (320, 420), (1300, 300)])
def test_it_lies_beside_its_mark_and_takes_no_more_than_its_share(
    page: ArticleView, qtbot: QtBot, width: int, height: int
) -> None:
    page.resize(width, height)
    qtbot.wait(10)
    assert page.text_layout.document is not None
    start = page.text_layout.document.text.index("[3–5]")
    click(page, "[3–5]", qtbot)
    shown_card, mark = card(page), page.rectangle_of(Span(start, start + 5))
    assert page.rect().contains(shown_card.geometry())
    assert shown_card.height() <= height * 0.62
    inner = shown_card.geometry().adjusted(10, 10, -10, -10)
    assert not inner.intersects(mark)
    assert min(abs(inner.top() - mark.bottom()), abs(mark.top() - inner.bottom())) < 12


def test_a_doi_is_copied_and_the_document_itself_opened(
    page: ArticleView, session: Session, qtbot: QtBot
) -> None:
    here = session.current.document
    writer = DocumentBuilder()
    writer.begin("paragraph")
    writer.add("Its own words.")
    own_id = hashlib.sha256(b"own").hexdigest()
    own = writer.build(id=own_id, title="Entry 4", source="4.txt", doi="10.1000/example.4")
    session.workspace.library.add(own, b"own", {})
    click(page, "[3–5]", qtbot)
    press(page, "card-doi-1", qtbot)
    assert QGuiApplication.clipboard().text() == "10.1000/example.4"
    assert card(page).findChild(QPushButton, "card-library-0") is None
    press(page, "card-library-1", qtbot)
    assert session.current.document is not None
    assert session.current.document.id == own.id
    session.navigation.back()
    assert session.current.document == here


def test_on_arrival_the_reference_is_lit_for_a_while_and_its_heading_whole(
    page: ArticleView, session: Session, qtbot: QtBot
) -> None:
    document = page.text_layout.document
    assert document is not None
    first = document.references[0].span
    click(page, "[3–5]", qtbot)
    press(page, "card-go-2", qtbot)
    assert page.marks.arrived == document.references[4].span
    qtbot.waitUntil(lambda: page.marks.arrived is None, timeout=4000)
    session.navigation.go_to(Span(first.start, first.start))
    heading = document.text.index("References")
    assert page.rectangle_of(Span(heading, heading + 4)).top() >= 0


def test_another_document_has_no_place_that_is_lit_or_framed_as_in_the_one_before(
    page: ArticleView, session: Session, qtbot: QtBot
) -> None:
    click(page, "[3–5]", qtbot)
    press(page, "card-go-2", qtbot)
    session.navigation.go_to(Span(0, 0))
    qtbot.keyClick(page, Qt.Key.Key_Tab)
    assert page.marks.arrived is not None
    assert page.marks.focus is not None
    session.current.open_last(session.catalog.entries[-1].id)
    assert page.text_layout.document != cited()
    assert page.marks.arrived is None
    assert page.marks.focus is None


@pytest.mark.parametrize(
    ("words", "heading", "shown"),
    [
        ("the note", "Note *", "What the note says."),
        ("Methods", "Methods", "How it was done."),
        ("Table 1", "Table", "Table 1. Doses"),
        ("Figure 1", "Figure", "Figure 1. A box"),
    ],
)
def test_a_link_inside_the_text_is_previewed_under_the_mouse(
    page: ArticleView, qtbot: QtBot, words: str, heading: str, shown: str
) -> None:
    hover(page, point_of(page, words, 2))
    qtbot.waitUntil(lambda: has_card(page))
    shown_card = card(page)
    assert shown_card.heading == heading
    assert shown_card.rows[0].words == shown
    if words == "Table 1":
        table = shown_card.findChild(QWidget, "card-table")
        assert table is not None
        assert [label.text() for label in table.findChildren(QLabel)] == [
            *("Drug", "Dose", "Ketamine", "5 mg"),
        ]
    if words == "Figure 1":
        picture = shown_card.findChild(QLabel, "card-picture-0")
        assert picture is not None
        assert picture.pixmap().toImage().pixelColor(10, 10).name() == "#ff0000"
    hover(page, QPoint(400, 5))
    qtbot.waitUntil(shown_card.isHidden)


def test_the_keyboard_goes_into_the_card_and_comes_back(page: ArticleView, qtbot: QtBot) -> None:
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_Tab)
    mark = page.marks.focus
    qtbot.keyClick(page, Qt.Key.Key_Return)
    qtbot.keyClick(page, Qt.Key.Key_Down)
    go = card(page).findChild(QPushButton, "card-go-0")
    assert go is not None
    assert go.hasFocus()
    qtbot.keyClick(go, Qt.Key.Key_Escape)
    assert card(page).isHidden()
    assert page.hasFocus()
    assert page.marks.focus == mark
