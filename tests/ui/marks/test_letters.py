"""The meaning of a highlight as a letter beside it, for whoever does not tell colours apart."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from pytestqt.qtbot import QtBot

from reader.session.session import Session
from reader.settings import COLOUR_MEANINGS, MEANING_LETTERS
from reader.ui.article.article_view import ArticleView
from reader.ui.marks.note_markers import letters_of
from reader.ui.widgets.theme import LIGHT
from tests.ui.drivers.painted import painted
from tests.ui.samples import mark


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> ArticleView:
    page = ArticleView(session, LIGHT)
    qtbot.addWidget(page)
    page.resize(900, 500)
    page.show()
    page.show_document(session.current.document)
    return page


def beside(page: ArticleView) -> list[str]:
    """The single letters that are painted beside the text."""
    view = page.viewport()
    runs = painted(view, QRect(0, 0, view.width(), view.height()))
    return [run.text for run in runs if len(run.text) == 1]


def test_letters_stand_beside_highlights_when_they_are_wanted(
    page: ArticleView, session: Session
) -> None:
    mark(session, "old anaesthetic", "green")
    mark(session, "Small doses", "pink", note="Which?")
    assert beside(page) == []
    session.settings.set(MEANING_LETTERS, True)
    assert beside(page) == ["E", "Q"]
    session.settings.set(COLOUR_MEANINGS, {"green": "Quality", "pink": "Question"})
    assert beside(page) == ["Q", "U"]
    session.settings.set(MEANING_LETTERS, False)
    assert beside(page) == []


def test_each_colour_has_a_letter_of_its_own() -> None:
    names = {"yellow": "A", "green": "a", "blue": "", "pink": "Ab", "violet": "ba"}
    assert letters_of(names) == {  # type: ignore[arg-type]
        "yellow": "A",
        "green": "2",
        "blue": "3",
        "pink": "B",
        "violet": "5",
    }
