"""Rows of lists, trees and tables: their words can be read, and which is chosen is seen.

Measured on what is painted, in each theme.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot

from reader.session.session import Session
from reader.settings import THEME
from reader.ui.commands.actions import ACTIONS
from reader.ui.shell.main_window import MainWindow
from reader.ui.shell.shortcut_sheet import ShortcutSheet
from reader.ui.shell.theme_manager import dress
from reader.ui.widgets import theme as themes
from reader.ui.widgets.theme import THEMES
from tests.ui.drivers.painted import painted
from tests.ui.samples import a_flat_text, answer, mark
from tests.ui.widgets.test_contrast import contrast, strongest


@pytest.fixture(params=list(THEMES))
def window(qtbot: QtBot, session: Session, request: pytest.FixtureRequest) -> Iterator[MainWindow]:
    theme = THEMES[request.param]
    session.settings.set(THEME, theme.name)
    dress(theme)
    other = a_flat_text()
    session.workspace.library.add(other, other.title.encode(), {})
    session.library_commands.file_under("collection", [other.id], ["Pain"])
    mark(session, "new use", note="A note with **loud** words.", tags=("dose",))
    mark(session, "Small doses", "blue")
    window = MainWindow(session, theme)
    qtbot.addWidget(window)
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    session.current.changed.emit(session.current.document)
    yield window
    window.close()
    dress(themes.LIGHT)


def run(window: MainWindow, name: str) -> None:
    window.menus.run(next(action for action in ACTIONS if action.id == name))


def picture_of(widget: QWidget, qtbot: QtBot) -> QImage:
    """A widget at rest, the mouse and the keyboard elsewhere."""
    qtbot.wait(20)
    window = widget.window()
    # With the ground that lies behind it.
    return window.grab(QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())).toImage()


def unreadable(widget: QWidget, qtbot: QtBot) -> list[str]:
    """The words of a widget that are too near to their ground."""
    picture, found = picture_of(widget, qtbot), []
    for run in painted(widget):
        place = QRect(round(run.x) - 3, round(run.y) - 9, 40, 11) & picture.rect()
        if run.text.strip() and run.colour and not place.isEmpty():
            ground = ground_of(picture, place)
            if contrast(run.colour, ground) < 4.5:
                found.append(f"{run.text} {run.colour} on {ground}")
    return found


def ground_of(picture: QImage, area: QRect) -> str:
    """The colour that an area has most of."""
    return Counter(
        picture.pixelColor(x, y).name()
        for x in range(area.left(), area.right() + 1)
        for y in range(area.top(), area.bottom() + 1)
    ).most_common(1)[0][0]


def edge_of(view: QAbstractItemView, row: QRect, ground: str, qtbot: QtBot) -> float:
    """How much the beginning of a row, before its words, stands out from the ground."""
    picture = picture_of(view.viewport(), qtbot)
    return strongest(picture, ground, QRect(0, row.top(), max(12, row.left() + 4), row.height()))


def test_the_open_document_is_seen_in_the_library(window: MainWindow, qtbot: QtBot) -> None:
    view = window.left.library.list
    view.clearSelection()
    rows = [view.model().index(number, 0) for number in range(view.model().rowCount())]
    edges = [edge_of(view, view.visualRect(row), window.theme.chrome, qtbot) for row in rows]
    assert sorted(edge >= 3 for edge in edges) == [False, True]
    assert unreadable(view.viewport(), qtbot) == []


def test_chosen_notes_are_seen_in_the_notebook(window: MainWindow, qtbot: QtBot) -> None:
    run(window, "notebook")
    view = window.notebook.widget.list
    view.selectAll()
    notes = [view.model().index(number, 0) for number in (1, 2)]
    for note in notes:
        assert edge_of(view, view.visualRect(note), window.theme.paper, qtbot) >= 3
    assert unreadable(view.viewport(), qtbot) == []


def test_chosen_documents_are_seen_in_the_table(window: MainWindow, qtbot: QtBot) -> None:
    run(window, "shelf")
    shelf = window.library_table.widget
    shelf.table.selectRow(0)
    qtbot.wait(10)
    first = shelf.table.visualRect(shelf.table.model().index(0, 0))
    picture = picture_of(shelf.table.viewport(), qtbot)
    # A strip of the row's end, where no word stands, with its upper and lower edge.
    strip = QRect(first.right() - 4, first.top(), 3, first.height())
    assert strongest(picture, window.theme.paper, strip) >= 3
    assert unreadable(shelf.table.viewport(), qtbot) == []


@pytest.mark.parametrize("name", ["notebook", "shelf"])
def test_the_chosen_part_is_seen_in_the_trees(window: MainWindow, qtbot: QtBot, name: str) -> None:
    run(window, name)
    tree = window.findChild(
        QTreeWidget, {"notebook": "notebook_tree", "shelf": "library_tree"}[name]
    )
    assert isinstance(tree, QTreeWidget)
    item = tree.topLevelItem(0)
    assert item is not None
    tree.setCurrentItem(item)
    assert edge_of(tree, tree.visualItemRect(item), window.theme.chrome, qtbot) >= 3
    assert unreadable(tree.viewport(), qtbot) == []


def test_the_chosen_key_is_seen_on_the_sheet(window: MainWindow, qtbot: QtBot) -> None:
    sheet = ShortcutSheet(window.menus, window.theme, window)
    qtbot.addWidget(sheet)
    sheet.show()
    tree = sheet.findChild(QTreeWidget, "shortcut_list")
    assert isinstance(tree, QTreeWidget)
    item = tree.currentItem()
    assert item is not None
    area = tree.visualItemRect(item)
    assert edge_of(tree, area, window.theme.chrome, qtbot) >= 3
    assert unreadable(tree.viewport(), qtbot) == []


def test_the_section_being_read_and_the_match_are_seen(
    window: MainWindow, qtbot: QtBot, session: Session
) -> None:
    contents = window.left.contents.list
    section = contents.currentIndex()
    if section.isValid():
        area = contents.visualRect(section)
        assert edge_of(contents, area, window.theme.chrome, qtbot) >= 3
    assert unreadable(contents.viewport(), qtbot) == []
    answer(session, "Ketamine")
    session.search.step(1)
    results = window.left.results.list
    qtbot.waitUntil(lambda: results.currentIndex().isValid())
    area = results.visualRect(results.currentIndex())
    assert edge_of(results, area, window.theme.chrome, qtbot) >= 3
    assert unreadable(results.viewport(), qtbot) == []
    assert unreadable(window.notes.list.viewport(), qtbot) == []
