"""A passage is shown where it differs, whatever happens to the panel round it."""

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit
from pytestqt.qtbot import QtBot

from reader.model.span import Span
from reader.ui.review.passage_view import Passage
from reader.ui.widgets.theme import LIGHT


def test_no_cursor_is_set_while_the_text_is_replaced(
    qtbot: QtBot, dressed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Qt would keep a cursor that is gone, and crash when text is put in."""
    passage = Passage("The passage", None)  # type: ignore[arg-type]  # a window of its own
    qtbot.addWidget(passage)
    passage.resize(300, 118)
    passage.show()
    qtbot.waitExposed(passage)
    filling: list[bool] = []
    set_while: list[bool] = []

    def set_cursor(self: Passage, cursor: QTextCursor) -> None:
        set_while.append(bool(filling))
        QTextEdit.setTextCursor(self, cursor)

    monkeypatch.setattr(Passage, "setTextCursor", set_cursor)
    text = "Words that stand round it. " * 40
    filling.append(True)
    passage.fill(text, Span(30, 60), [(Span(0, 5), True)], LIGHT)
    passage.resize(200, 118)
    filling.clear()
    qtbot.waitUntil(lambda: bool(set_while))
    assert not any(set_while)
    assert passage.textCursor().position() == 30
