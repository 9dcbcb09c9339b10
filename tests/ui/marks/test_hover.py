"""A short form under the mouse says what it stands for, as the article itself defines it."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Abbreviation, Document
from reader.model.span import Span
from reader.session.session import Session
from reader.ui.article.article_view import ArticleView
from reader.ui.marks.hover import HOVER_DELAY_MS
from reader.ui.widgets.theme import LIGHT
from tests.ui.article.test_article_view import hover, open_document, point_of
from tests.ui.views import card, has_card

TITLE = "Two meanings of MS"
TEXT = (
    "In multiple sclerosis (MS) they help. MS is long. "
    "In mitral stenosis (MS) they do harm. MSs are rare, MSX is nothing, and a TIA is short."
)


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> ArticleView:
    page = ArticleView(session, LIGHT)
    qtbot.addWidget(page)
    page.resize(810, 500)
    page.show()
    open_document(session, explained())
    qtbot.wait(10)
    return page


def explained() -> Document:
    """An article that defines a short form twice, and marks another up."""
    writer = DocumentBuilder()
    writer.begin("paragraph")
    before, _, after = TEXT.partition("TIA")
    writer.add(before)
    with writer.mark("abbreviation", "transient ischaemic attack"):
        writer.add("TIA")
    writer.add(after)
    document = writer.build(
        id=hashlib.sha256(TITLE.encode()).hexdigest(), title=TITLE, source="ms.txt"
    )
    found = []
    for long in ("multiple sclerosis", "mitral stenosis"):
        start = document.text.index(long)
        found.append(Abbreviation("MS", long, Span(start, start + len(long))))
    return replace(document, abbreviations=tuple(found))


@pytest.mark.parametrize(
    ("words", "short", "long"),
    [
        ("MS is long", "MS", "multiple sclerosis"),
        ("MSs are", "MSs", "mitral stenosis"),
        ("TIA", "TIA", "transient ischaemic attack"),
    ],
)
def test_a_short_form_is_explained(
    page: ArticleView, qtbot: QtBot, words: str, short: str, long: str
) -> None:
    hover(page, point_of(page, words, 1))
    qtbot.waitUntil(lambda: has_card(page))
    assert card(page).heading == short
    assert [row.words for row in card(page).rows] == [long]
    assert card(page).findChild(QPushButton) is None
    hover(page, point_of(page, "they help", 3))
    qtbot.waitUntil(lambda: not has_card(page))


@pytest.mark.parametrize("words", ["MSX", "harm"])
def test_other_words_have_no_card(page: ArticleView, qtbot: QtBot, words: str) -> None:
    hover(page, point_of(page, words, 1))
    qtbot.wait(HOVER_DELAY_MS + 50)
    assert not has_card(page)


def test_a_short_form_is_no_link(page: ArticleView, qtbot: QtBot) -> None:
    place = point_of(page, "MS is long", 1)
    qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert not has_card(page)
    assert page.verticalScrollBar().value() == 0
