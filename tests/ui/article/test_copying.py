"""What is selected with the mouse goes to the clipboard as a spreadsheet and a word processor take
it: cells as a table and with tabs, words with their marks."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import pytest
from lxml import html
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Document
from reader.model.span import Span
from reader.session.session import Session
from reader.ui.article.article_view import ArticleView
from reader.ui.widgets.theme import LIGHT
from tests.ui.article.test_article_view import open_document

LEFT = Qt.MouseButton.LeftButton
ROWS = (("Arm", "Dose", "Calm"), ("Drug", "5 mg", "70"), ("Sham", "0", "31"))


def a_trial() -> Document:
    writer = DocumentBuilder()
    writer.begin("title")
    writer.add("A trial")
    writer.begin("paragraph")
    writer.add("Below 10")
    with writer.mark("sup"):
        writer.add("9")
    writer.add("/L it was ")
    with writer.mark("strong"):
        writer.add("never")
    writer.add(" given to anybody.")
    writer.begin_table()
    for row, words in enumerate(
        (("Arm", "Dose", "Calm"), ("Drug", "5 mg", "70"), ("Sham", "0", "31"))
    ):
        for column, word in enumerate(words):
            writer.begin_cell(row, column, header=row == 0)
            writer.add(word)
    writer.begin_cell(3, 0)
    writer.add("Both")
    writer.begin_cell(3, 1, column_span=2)
    writer.add("see text")
    writer.begin("paragraph")
    writer.add("The end of it.")
    name = hashlib.sha256(b"A trial").hexdigest()
    return writer.build(id=name, title="A trial", source="trial.txt")


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> ArticleView:
    page = ArticleView(session, LIGHT)
    qtbot.addWidget(page)
    page.resize(810, 700)
    page.show()
    open_document(session, a_trial())
    qtbot.wait(10)
    return page


def place(page: ArticleView, session: Session, words: str, end: bool = False) -> QPoint:
    """The first or the last letter of some words, in the viewport."""
    document = session.current.document
    assert document is not None
    start = document.text.index(words) + (len(words) - 1 if end else 0)
    area = page.rectangle_of(Span(start, start + 1))
    edge = QPoint(area.right() + 1 if end else area.left(), area.center().y())
    return page.viewport().mapFrom(page, edge)


def drag(page: ArticleView, session: Session, qtbot: QtBot, first: str, last: str) -> QMimeData:
    """Select from one word to another with the mouse, and copy; what is on the clipboard then."""
    viewport = page.viewport()
    begin, end = place(page, session, first), place(page, session, last, end=True)
    qtbot.mousePress(viewport, LEFT, pos=begin)
    qtbot.mouseMove(viewport, (begin + end) / 2)
    qtbot.mouseMove(viewport, end)
    qtbot.mouseRelease(viewport, LEFT, pos=end)
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().mimeData()
    assert copied is not None
    return copied


def grid(copied: QMimeData) -> list[list[str]]:
    """The cells of the table on the clipboard, as a spreadsheet lays them out."""
    rows = html.fragment_fromstring(copied.html(), create_parent=True).findall(".//tr")
    found = []
    for row in rows:
        cells: list[str] = []
        for cell in row:
            cells += [cell.text_content(), *[""] * (int(cell.get("colspan", "1")) - 1)]
        found.append(cells)
    return found


def test_a_whole_table_is_cells(page: ArticleView, session: Session, qtbot: QtBot) -> None:
    copied = drag(page, session, qtbot, "Arm", "see text")
    wanted = [
        ["Arm", "Dose", "Calm"],
        ["Drug", "5 mg", "70"],
        ["Sham", "0", "31"],
        ["Both", "see text", ""],
    ]
    assert grid(copied) == wanted
    assert copied.text().split("\n") == ["\t".join(row) for row in wanted]
    assert "<th>Arm</th>" in copied.html()


def test_a_part_of_a_table_is_cells(page: ArticleView, session: Session, qtbot: QtBot) -> None:
    copied = drag(page, session, qtbot, "Dose", "70")
    rows = grid(copied)
    assert all(len(before) == len(after) for before, after in pairwise(rows))
    assert [word for row in rows for word in row if word][-2:] == ["5 mg", "70"]
    assert [line.split("\t") for line in copied.text().split("\n")] == rows


def test_a_passage_has_its_marks(page: ArticleView, session: Session, qtbot: QtBot) -> None:
    copied = drag(page, session, qtbot, "Below 10", "given to anybody.")
    assert copied.text() == "Below 10⁹/L it was never given to anybody."
    assert copied.html().endswith("10<sup>9</sup>/L it was <b>never</b> given to anybody.")
