"""A sentence lies over the page and moves nothing in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from reader.problem import Problem
from reader.services.import_queue import Progress
from reader.session.session import Session
from reader.settings import THEME
from reader.ui.shell import message_bar
from reader.ui.shell.main_window import MainWindow
from reader.ui.widgets import theme as themes

LONG = "“a/long/name/of/a/file.pdf” could not be read, for it is damaged. " * 6


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> Iterator[MainWindow]:
    session.settings.set(THEME, "light")
    window = MainWindow(session, themes.LIGHT)
    qtbot.addWidget(window)
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    session.current.changed.emit(session.current.document)
    yield window
    window.close()


def area(window: MainWindow) -> QRect:
    """The place of the page in the window."""
    return QRect(
        window.document_stack.page.mapTo(window, QPoint(0, 0)), window.document_stack.page.size()
    )


def message_area(window: MainWindow) -> QRect:
    return QRect(window.middle.message.mapTo(window, QPoint(0, 0)), window.middle.message.size())


@pytest.mark.parametrize("size", [(1366, 768), (1024, 640), (640, 420)])
@pytest.mark.parametrize("sentence", ["Copied.", LONG])
def test_a_sentence_moves_nothing_and_can_be_read(
    window: MainWindow, session: Session, size: tuple[int, int], sentence: str
) -> None:
    window.resize(*size)
    before = area(window)
    session.notifier.error(Problem(sentence))
    assert area(window) == before
    message = message_area(window)
    assert before.contains(message)
    layout = window.middle.message.layout()
    assert layout is not None
    assert message.height() >= layout.heightForWidth(message.width())
    assert message.bottom() > before.center().y()


def test_it_keeps_its_place_when_the_window_changes(window: MainWindow, session: Session) -> None:
    session.notifier.error(Problem(LONG))
    for size in ((1000, 600), (1366, 768), (700, 500)):
        window.resize(*size)
        assert area(window).contains(message_area(window))
    window.frame.toggle_left()
    assert abs(message_area(window).center().x() - area(window).center().x()) <= 1


def test_what_it_offers_is_done_by_a_click(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    done: list[str] = []
    session.notifier.offer("Removed.", "Undo", lambda: done.append("undone"))
    button = next(b for b in window.middle.message.findChildren(QPushButton) if b.text() == "Undo")
    assert message_area(window).contains(QRect(button.mapTo(window, QPoint(0, 0)), button.size()))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == ["undone"]
    assert window.middle.message.isHidden()


def test_a_problem_stays_while_files_are_imported(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    bar = window.middle.message
    session.notifier.error(Problem(LONG))
    session.imports.progress.emit(Progress(0, 3, "a.pdf"))
    qtbot.wait(message_bar.PROGRESS_DELAY_MS + 100)
    assert bar.sentence == LONG
    bar.dismiss()
    session.imports.progress.emit(Progress(1, 3, "b.pdf"))
    qtbot.waitUntil(lambda: bar.sentence == "Reading 2 of 3: b.pdf")
    session.imports.progress.emit(None)
    assert bar.sentence == ""
