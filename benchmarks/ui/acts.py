"""What a person does in the window, for the benchmarks that watch its turns."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from benchmarks.ui.turn_watch import wait
from reader.settings import INTERFACE_TEXT, THEME
from reader.ui.shell.main_window import MainWindow

WIDTH_PX, HEIGHT_PX = 1366, 768
NARROWER_PX = (8, 16, 24, 32, 40, 32, 24, 16, 8, 0)


def themes(window: MainWindow) -> None:
    """Light, sepia, dark, and light again."""
    for name in ("sepia", "dark", "light"):
        window.session.settings.set(THEME, name)
        wait(150)


def resize(window: MainWindow) -> None:
    """Makes the window narrower and wider, a step at a time."""
    for by in NARROWER_PX:
        window.resize(WIDTH_PX - 8 * by, HEIGHT_PX)
        wait(30)


def zoom(window: MainWindow) -> None:
    """Makes the text larger twice, and back."""
    for by in (1, 1, 0):
        window.document_stack.view.zoom_by(by)
        wait(100)


def resize_words(window: MainWindow) -> None:
    """Makes the text of the window itself larger, and back."""
    for scale in (1.25, 1.0):
        window.session.settings.set(INTERFACE_TEXT, scale)
        wait(150)


def do(window: MainWindow, action: str) -> None:
    """Does what a line of a menu does."""
    window.menus.actions[action].trigger()


def type_in(words: str, pause_ms: int = 30) -> None:
    """Types where the keyboard is."""
    for letter in words:
        focus = QApplication.focusWidget()
        if focus is not None:
            QTest.keyClicks(focus, letter)
        wait(pause_ms)


def filter_table(window: MainWindow, words: str) -> None:
    """Types into the field over the library's table."""
    window.library_table.widget.filter.setFocus()
    type_in(words)
    wait(300)


def sort_table(window: MainWindow) -> None:
    """Sorts the library's table by each column."""
    table = window.library_table.widget.table
    for column in range(table.model().columnCount()):
        if not table.isColumnHidden(column):
            table.sortByColumn(column, Qt.SortOrder.AscendingOrder)
            wait(60)


def export(window: MainWindow) -> None:
    """Opens the dialog for exports, and closes it."""
    QTimer.singleShot(600, _close_dialogs)
    do(window, "export")


def _close_dialogs() -> None:
    for one in QApplication.topLevelWidgets():
        if isinstance(one, QDialog) and one.isVisible():
            one.close()


def memory_mb() -> float:
    """Megabytes that this process takes, its share of what it shares with others counted; 0 where
    the system does not say."""
    path = Path("/proc/self/smaps_rollup")
    if not path.exists():
        return 0.0
    said = dict(line.split(":", 1) for line in path.read_text().splitlines()[1:])
    return int(said["Pss"].split()[0]) / 1000


def acts(window: MainWindow) -> dict[str, partial[None]]:
    """All of it, by name, in an order in which it can be done."""
    return {
        "theme": partial(themes, window),
        "size of the text": partial(zoom, window),
        "size of the window's words": partial(resize_words, window),
        "resize": partial(resize, window),
        "open the library's table": partial(do, window, "shelf"),
        "filter it": partial(filter_table, window, "dose 42 writer"),
        "sort it": partial(sort_table, window),
        "close it": partial(do, window, "shelf"),
        "open the notebook": partial(do, window, "notebook"),
        "dialog for exports": partial(export, window),
    }
