"""A wide table has a window of its own, in which no word is broken."""

from __future__ import annotations

import hashlib

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Document
from reader.model.span import Span
from reader.session.session import Session
from reader.ui.article.table_dialog import WIDEST_PX, TableDialog
from reader.ui.shell import handlers as doing
from reader.ui.shell.main_window import MainWindow
from reader.ui.widgets.theme import DARK, LIGHT
from tests.ui.article.test_article_view import open_document

LONG = "given slowly over forty minutes by a nurse who has done it before and knows the ward"


def tabled() -> Document:
    writer = DocumentBuilder()
    for number in range(2):
        writer.begin("paragraph")
        writer.add(f"Before table {number}.")
        writer.begin_table()
        if number == 0:
            writer.begin_caption()
            writer.add("Table 1. Doses.")
        writer.begin_cell(0, 0, True, column_span=2)
        writer.add("Drug")
        for column, text in enumerate(("Monoamineoxidaseinhibitor", LONG)):
            writer.begin_cell(1, column)
            writer.add(text)
        writer.end()
    title = "Tables"
    return writer.build(id=hashlib.sha256(title.encode()).hexdigest(), title=title, source="t.txt")


def test_words_are_whole_and_long_cells_wrapped(qtbot: QtBot) -> None:
    document = tabled()
    dialog = TableDialog(document, document.tables[0], DARK, None)
    qtbot.addWidget(dialog)
    dialog.show()
    view = dialog.view
    item = view.model().index(1, 0)
    assert item.data() == "Monoamineoxidaseinhibitor"
    font = item.data(Qt.ItemDataRole.FontRole)
    assert view.columnWidth(0) > QFontMetrics(font).horizontalAdvance(item.data())
    assert view.columnWidth(1) == WIDEST_PX
    assert view.rowHeight(1) > 2 * QFontMetrics(font).height()
    assert view.columnSpan(0, 0) == 2
    assert dialog.windowTitle() == "Table 1. Doses."
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_next_table_is_shown(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = MainWindow(session, LIGHT)
    qtbot.addWidget(window)
    shown: list[str] = []
    monkeypatch.setattr(TableDialog, "exec", lambda self: shown.append(self.windowTitle()))
    with qtbot.waitSignal(session.notifier.message) as told:
        doing.enlarge_table(window)
    assert "no table" in told.args[0]
    open_document(session, tabled())
    doing.enlarge_table(window)
    assert session.current.document is not None
    at = session.current.document.text.index("Before table 1")
    session.selection.set_span(Span(at, at + 6))
    doing.enlarge_table(window)
    session.selection.set_span(
        Span(len(session.current.document.text) - 1, len(session.current.document.text))
    )
    doing.enlarge_table(window)
    assert shown == ["Table 1. Doses.", "Table", "Table"]
