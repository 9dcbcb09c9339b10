from __future__ import annotations

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from reader.session.session import Session
from reader.ui.shell.document_stack import DocumentStack
from reader.ui.shell.page_column import PageColumn
from reader.ui.shell.theme_manager import ThemeManager
from reader.ui.widgets import theme as themes


def test_a_pane_above_the_page_stands_over_the_bar_that_it_belongs_to(
    qtbot: QtBot, session: Session
) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    manager = ThemeManager(session, themes.LIGHT, owner)
    column = PageColumn(session, manager, DocumentStack(session, manager))
    qtbot.addWidget(column)
    column.resize(600, 600)
    column.complete()
    panel = QLabel("To be decided")
    column.add_above(panel)
    column.show()
    session.notifier.info("News.")
    assert column.message.sentence == "News."
    assert panel.geometry().bottom() <= column.status.geometry().top()
    assert panel.geometry().top() < column.review_bar.geometry().top() or (
        column.review_bar.isHidden()
    )
    assert column.message.escape()
    assert not column.message.escape()


def test_the_foot_stands_on_paper(qtbot: QtBot, session: Session) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    manager = ThemeManager(session, themes.LIGHT, window)
    column = PageColumn(session, manager, DocumentStack(session, manager))
    column.complete()
    column.setParent(window)
    column.resize(600, 600)
    window.resize(600, 600)
    window.show()
    foot = column.status.geometry()
    assert window.grab().toImage().pixelColor(3, foot.bottom() - 3) == QColor(themes.LIGHT.paper)
