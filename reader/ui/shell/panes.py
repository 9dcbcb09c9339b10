"""The window's panes by name: those of every start, and those made when they are asked for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from reader.ui.shell.document_stack import DocumentPane
from reader.ui.shell.pane_host import Dock, PaneHost, PaneSlot, PaneSpec, WidgetPane

if TYPE_CHECKING:
    from reader.ui.library.library_table import ShelfTable
    from reader.ui.notes.notebook_view import NotebookPane
    from reader.ui.notes.notes_pane import NotesPane
    from reader.ui.review.review_panel import ReviewPanel
    from reader.ui.shell.header import SearchField
    from reader.ui.shell.left_pane import LeftPane
    from reader.ui.shell.main_window import MainWindow
    from reader.ui.shell.message_bar import MessageBar


class Panes:
    """Registers the panes of a window with its host, in the order of F6.

    Each late one is made with its connections.
    """

    def __init__(self, window: MainWindow) -> None:
        self.host = PaneHost(
            {Dock.PAGE: window.document_stack.addWidget, Dock.ABOVE: window.middle.add_above}
        )
        add = self.host.register
        add(PaneSpec("search", partial(_search, window), Dock.HEADER, eager=True))
        add(PaneSpec("left", partial(_left, window), Dock.BESIDE, eager=True))
        self.review: PaneSlot[ReviewPanel] = add(
            PaneSpec("review", partial(_make_review, window), Dock.ABOVE)
        )
        add(PaneSpec("document", partial(_document, window), Dock.PAGE, eager=True))
        self.notebook: PaneSlot[NotebookPane] = add(
            PaneSpec("notebook", partial(_make_notebook, window), Dock.PAGE)
        )
        self.library_table: PaneSlot[ShelfTable] = add(
            PaneSpec("library_table", partial(_make_library_table, window), Dock.PAGE)
        )
        add(PaneSpec("notes", partial(_notes, window), Dock.BESIDE, eager=True))
        add(PaneSpec("message", partial(_message, window), Dock.OVER, eager=True))


def _search(window: MainWindow) -> WidgetPane[SearchField]:
    field = window.header.search
    return WidgetPane(field, field.take_focus, field.escape)


def _left(window: MainWindow) -> WidgetPane[LeftPane]:
    return WidgetPane(window.left, window.left.take_focus)


def _document(window: MainWindow) -> DocumentPane:
    return DocumentPane(window.document_stack)


def _notes(window: MainWindow) -> WidgetPane[NotesPane]:
    return WidgetPane(window.notes, window.notes.take_focus)


def _message(window: MainWindow) -> WidgetPane[MessageBar]:
    message = window.middle.message
    return WidgetPane(message, message.setFocus, message.escape)


def _make_review(window: MainWindow) -> WidgetPane[ReviewPanel]:
    from reader.ui.review.review_panel import ReviewPanel

    panel = window.themes.follow(ReviewPanel(window.session, window.theme, window))
    panel.proposed.connect(window.document_stack.propose)
    panel.shown.connect(window.middle.review_bar.make_room)
    return WidgetPane(panel, panel.take_focus, panel.escape)


def _make_notebook(window: MainWindow) -> WidgetPane[NotebookPane]:
    from reader.ui.notes.notebook_view import NotebookPane

    pane = window.themes.follow(NotebookPane(window.session, window.theme, window))
    pane.closed.connect(window.document_stack.go_back)
    pane.export_wanted.connect(window.requests.export_some)
    pane.history_wanted.connect(window.requests.show_history)
    return WidgetPane(pane, pane.list.take_focus)


def _make_library_table(window: MainWindow) -> WidgetPane[ShelfTable]:
    from reader.ui.library.library_table import ShelfTable

    table = window.themes.follow(ShelfTable(window.session, window.theme, window))
    table.closed.connect(window.document_stack.go_back)
    table.export_wanted.connect(window.requests.export_some)
    return WidgetPane(table, partial(table.filter.setFocus, Qt.FocusReason.ShortcutFocusReason))
