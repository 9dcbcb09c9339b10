"""What can be done with the chosen notes of the notebook, many at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QMenu, QMessageBox, QPushButton, QWidget

from reader.model.annotation import COLOURS, Colour
from reader.model.tag_syntax import tags_in
from reader.session.session import Session
from reader.ui.widgets.controls import push_button, swatch


class NotebookBar(QWidget):
    """The buttons under the list. `chosen` says which notes they are about, by their ids."""

    export_wanted = Signal()
    history_wanted = Signal(str)  # id

    def __init__(self, session: Session, chosen: Callable[[], list[str]], parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._chosen = chosen
        self._in_trash = False
        self.tag_button = push_button(self, "Tag…", "Give the chosen notes a tag, or take one away")
        self.colour_button = push_button(self, "Colour", "Give the chosen notes another colour")
        self.colour_button.setMenu(self._colours())
        tip = "Export the chosen notes, or all that are shown"
        self.export_button = push_button(self, "Export…", tip)
        self.history_button = push_button(self, "History…", "What the note was, and when")
        self.delete_button = push_button(self, "Delete", "Put the chosen notes in the trash")
        self.restore_button = push_button(self, "Restore", "Bring the chosen notes back")
        self.purge_button = push_button(
            self, "Delete for good…", "Remove the chosen notes, for ever"
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (
            *(self.tag_button, self.colour_button, self.export_button, self.history_button),
        ):
            row.addWidget(button)
        row.addStretch(1)
        for button in (self.delete_button, self.restore_button, self.purge_button):
            row.addWidget(button)
        for button in self.findChildren(QPushButton):
            # A press by mouse leaves the keyboard with the notes.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tag_button.clicked.connect(self._ask_tag)
        self.export_button.clicked.connect(self.export_wanted)
        self.history_button.clicked.connect(self._show_history)
        self.delete_button.clicked.connect(self.delete)
        self.restore_button.clicked.connect(self._restore)
        self.purge_button.clicked.connect(self._ask_purge)

    def _colours(self) -> QMenu:
        menu = QMenu(self)
        for colour in COLOURS:
            action = menu.addAction(swatch(colour), "")
            action.triggered.connect(partial(self._recolour, colour))
        menu.aboutToShow.connect(self._name_colours)
        return menu

    def _name_colours(self) -> None:
        for colour, action in zip(COLOURS, self.colour_button.menu().actions(), strict=True):
            meaning = self._session.annotations.meaning(colour)
            action.setText(meaning.replace("&", "&&"))

    def take(self, *, any_chosen: bool, any_shown: bool, in_trash: bool) -> None:
        """Offer what can be done now."""
        self._in_trash = in_trash
        for button in (
            *(self.tag_button, self.colour_button, self.history_button, self.delete_button),
            *(self.restore_button, self.purge_button),
        ):
            button.setEnabled(any_chosen)
        self.export_button.setEnabled(any_shown and not in_trash)
        for button in (self.restore_button, self.purge_button):
            button.setVisible(in_trash)
        for button in (self.tag_button, self.colour_button, self.delete_button):
            button.setVisible(not in_trash)

    def delete(self) -> None:
        """Put the chosen notes in the trash, or remove those that are there for good."""
        if self._in_trash:
            self._ask_purge()
        elif chosen := self._chosen():
            self._session.notebook.trash(chosen)

    def _ask_tag(self) -> None:
        known = sorted(self._session.notebook.tags(), key=str.casefold)
        label = "Tag to add, or -tag to take away:"
        text, good = QInputDialog.getItem(self, "Tag Notes", label, known, -1)
        if good and text.strip():
            self._session.notebook.tag(self._chosen(), *tags_in(text))

    def _recolour(self, colour: Colour) -> None:
        self._session.notebook.recolour(self._chosen(), colour)

    def _show_history(self) -> None:
        for annotation_id in self._chosen()[:1]:
            self.history_wanted.emit(annotation_id)

    def _restore(self) -> None:
        self._session.notebook.restore(self._chosen())

    def _ask_purge(self) -> None:
        chosen = self._chosen()
        if not chosen:
            return
        these = "this note" if len(chosen) == 1 else f"these {len(chosen)} notes"
        answer = QMessageBox.question(
            self,
            "Delete for Good",
            f"Remove {these} with all history? "
            "This cannot be undone; backups made before still hold them.",
            QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel,
            QMessageBox.StandardButton.Cancel,
        )
        if answer == QMessageBox.StandardButton.Yes:
            self._session.notebook.purge(chosen)
