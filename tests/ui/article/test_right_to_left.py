"""An article in a script that runs from right to left is mirrored: text, marks and contents."""

from __future__ import annotations

import hashlib

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from pytestqt.qtbot import QtBot

from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Document
from reader.session.session import Session
from reader.ui.article.article_view import ArticleView
from reader.ui.article.outline_pane import ContentsPane
from reader.ui.typeset.formats import GUTTER_PX
from reader.ui.widgets.theme import LIGHT
from tests.ui.article.test_article_view import open_document, point_of
from tests.ui.samples import an_article, mark
from tests.ui.typeset.test_typesetter import format_at

WORDS = "هذا نص عربي يصف العلاج لدى البالغين ويبين الجرعات والآثار الجانبية بالتفصيل. " * 3


def mirrored_article() -> Document:
    writer = DocumentBuilder()
    writer.begin("title")
    writer.add("علاج الاكتئاب")
    writer.begin_heading(1, "1")
    writer.add("المقدمة")
    writer.begin("paragraph")
    writer.add("أولا " + WORDS)
    with writer.mark("emphasis"):
        writer.add("مهم")
    writer.begin("list_item", label="1.")
    writer.add("بند " + WORDS)
    writer.begin("quote")
    writer.add("اقتباس " + WORDS)
    writer.begin("paragraph")
    writer.add("In English, for once.")
    return writer.build(
        id=hashlib.sha256("علاج".encode()).hexdigest(),
        title="علاج",
        source="ar.txt",
        language="ar",
        authors=("محمد علي", "Sara Smith"),
    )


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> ArticleView:
    page = ArticleView(session, LIGHT)
    qtbot.addWidget(page)
    page.resize(810, 700)
    page.show()
    open_document(session, mirrored_article())
    qtbot.wait(10)
    return page


def test_text_runs_from_the_right_with_its_labels_and_english_from_the_left(
    page: ArticleView,
) -> None:
    typeset, document = page.text_layout.typeset, page.text_layout.document
    assert typeset is not None
    assert document is not None
    right = Qt.LayoutDirection.RightToLeft
    for words, direction in (
        ("المقدمة", right),
        ("أولا", right),
        ("بند", right),
        ("In English", Qt.LayoutDirection.LeftToRight),
    ):
        offset = document.text.index(words)
        assert typeset.findBlock(typeset.offsets.position(offset)).textDirection() == direction
    # The label hangs at the right, and the words begin a step further in.
    edge = GUTTER_PX + typeset.formats.column_px
    assert edge - 40 < point_of(page, "بند", 0).x() < edge - 15


def test_it_has_no_italics(page: ArticleView) -> None:
    typeset, document = page.text_layout.typeset, page.text_layout.document
    assert typeset is not None
    assert document is not None
    for words in ("مهم", "اقتباس"):
        look: QTextCharFormat = format_at(typeset, document, words)
        assert not look.font().italic()
    assert format_at(typeset, document, "مهم").font().weight() > 500


def test_the_byline_is_not_torn_apart(page: ArticleView) -> None:
    assert page.text_layout.typeset is not None
    line = page.text_layout.typeset.begin().next().text()
    assert line.startswith("\u2068محمد علي\u2069, \u2068Sara Smith\u2069  ·  \u2068")
    assert page.text_layout.typeset.begin().next().textDirection() == Qt.LayoutDirection.RightToLeft


def test_note_signs_stand_in_the_margin_at_the_left(page: ArticleView, session: Session) -> None:
    mark(session, "أولا", note="a note")
    ((_, sign),) = page.text_painter.markers(0, 1000)
    assert sign.right() < GUTTER_PX


def test_no_flag_of_a_hidden_caret_is_drawn(page: ArticleView, qtbot: QtBot) -> None:
    page.setFocus()
    qtbot.waitUntil(page.hasFocus)
    page.viewport().repaint()
    shown = page.viewport().grab().toImage()
    # Above the letters of the title there is paper alone.
    assert page.text_layout.typeset is not None
    top = (
        page.text_layout.typeset.documentLayout()
        .blockBoundingRect(page.text_layout.typeset.begin())
        .top()
    )
    right = GUTTER_PX + page.text_layout.typeset.formats.column_px
    found = {
        shown.pixelColor(x, y).name()
        for x in range(right - 12, right + 12)
        for y in range(round(top) - 8, round(top) + 4)
    }
    assert found == {LIGHT.paper.lower()}


def test_the_contents_are_mirrored_while_it_is_open(session: Session, qtbot: QtBot) -> None:
    pane = ContentsPane(session, LIGHT)
    qtbot.addWidget(pane)
    open_document(session, mirrored_article())
    assert pane.list.layoutDirection() == Qt.LayoutDirection.RightToLeft
    session.navigation.open(an_article().id)
    assert pane.list.layoutDirection() == Qt.LayoutDirection.LeftToRight
