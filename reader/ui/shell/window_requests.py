"""What parts of the session and of the window ask to be shown: dialogs, panes, the editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from reader.session.note_transfer import UnmatchedNotes
    from reader.session.passwords import LockedFile
    from reader.session.reanchoring import ReviewCases
    from reader.ui.shell.main_window import MainWindow


class WindowRequests(QObject):
    """Opens what is asked for over its parent, the window, which connects it.

    Whatever is asked for is shown in a window that has all its parts. What does it is imported
    here, request by request: a start makes none.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)

    @property
    def _window(self) -> MainWindow:
        window = cast("MainWindow", self.parent())
        window.complete()
        return window

    def enlarge(self, asset: str) -> None:
        """Show a figure of the article by itself."""
        from reader.ui.shell import handlers

        handlers.enlarge_figure(self._window, asset)

    def show_notes_pane(self, _annotation_id: str) -> None:
        """Show the notes, in which one is written."""
        self._window.notes.setVisible(True)

    def begin_review(self, review: ReviewCases) -> None:
        """Show the review of notes that found no place."""
        self._window.review.widget.take(review.cases)

    def ask_password(self, file: LockedFile) -> None:
        """Ask for the password of a file."""
        from reader.ui.shell import file_handlers

        file_handlers.ask_password(self._window, file.path, file.sentence)

    def show_failures(self) -> None:
        """Show which files of the last import could not be read, and why."""
        self._window.menus.actions["failures"].trigger()

    def match_documents(self, notes: UnmatchedNotes) -> None:
        """Ask which documents notes belong to."""
        from reader.ui.shell import file_handlers

        file_handlers.match_documents(self._window, notes.path, notes.report)

    def unlock_user(self, name: str) -> None:
        """Ask for the passphrase of another user."""
        from reader.ui.shell import lock_handlers

        lock_handlers.unlock_user(self._window, name)

    def export_some(self, ids: frozenset[str]) -> None:
        """Have some notes exported."""
        from reader.ui.shell import file_handlers

        file_handlers.export_notes(self._window, ids)

    def show_history(self, annotation_id: str) -> None:
        """Show what a note said before."""
        from reader.ui.shell import handlers

        handlers.show_history(self._window, annotation_id)

    def show_notes(self, ids: tuple[str, ...]) -> None:
        """Show some notes in the notebook."""
        from reader.ui.shell import handlers

        if not handlers.shows_notebook(self._window):
            handlers.toggle_notebook(self._window)
        self._window.notebook.widget.show_only(ids)

    def show_shortcuts(self) -> None:
        """Show all keys on one sheet."""
        from reader.ui.shell.shortcut_sheet import ShortcutSheet

        window = self._window
        ShortcutSheet(window.menus, window.theme, window).exec()
