"""What can be done with the documents that are selected in the library's table."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QLabel, QWidget

from reader.model.tag_syntax import names_in, tags_in
from reader.session.session import Session
from reader.store.metadata import LabelKind
from reader.ui.widgets.controls import push_button
from reader.ui.widgets.theme import Theme


class BulkBar(QWidget):
    """A line above the rows: tag, collection, export, remove; restore in the trash.

    It keeps its place while nothing is selected: rows that moved under the pointer with the first
    press of a double click would open nothing, or another document. It asks the session itself,
    but for what needs a dialog of another part.
    """

    export_wanted = Signal(frozenset)  # ids of annotations
    remove_wanted = Signal(tuple)  # ids of documents

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ids: tuple[str, ...] = ()
        self._count = QLabel(self)
        self._tag = push_button(self, "Tag…", "Give the selected documents a tag, or take one away")
        self._collection = push_button(
            self, "Collection…", "Put the selected documents into a collection, or take them out"
        )
        self._export = push_button(
            self, "Export Notes…", "Export the notes on the selected documents"
        )
        self._remove = push_button(
            self, "Remove", "Put the selected documents into the trash (Delete)"
        )
        self._restore = push_button(self, "Restore", "Have the selected documents back")
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 0, 18, 8)
        row.setSpacing(8)
        for widget in (self._count, self._tag, self._collection, self._export):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._remove)
        row.addWidget(self._restore)
        for button in (self._tag, self._collection, self._export, self._remove, self._restore):
            # A press by mouse leaves the keyboard with the rows.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._tag.clicked.connect(self._ask_tags)
        self._collection.clicked.connect(self._ask_collections)
        self._export.clicked.connect(self._want_export)
        self._remove.clicked.connect(self._want_removal)
        self._restore.clicked.connect(self._have_back)
        self.set_theme(theme)
        self.take((), in_trash=False)

    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme` from now on."""
        self._count.setStyleSheet(f"color: {theme.ink2}; font-size: {theme.px(12)}px;")

    def take(self, document_ids: tuple[str, ...], *, in_trash: bool) -> None:
        """Works on these documents from now on; there is nothing to press when there are none."""
        self._ids = document_ids
        count = len(document_ids)
        self._count.setText(f"{count} selected" if count else "None selected")
        for button in (self._tag, self._collection, self._export, self._remove):
            button.setVisible(not in_trash)
            button.setEnabled(bool(count))
        self._restore.setVisible(in_trash)
        self._restore.setEnabled(bool(count))

    def _ask(self, kind: LabelKind, title: str, question: str) -> str:
        labels = self._session.workspace.library.details.labels(kind).values()
        known = sorted({name for names in labels for name in names}, key=str.casefold)
        text, good = QInputDialog.getItem(self, title, question, known, -1)
        return text if good else ""

    def _ask_tags(self) -> None:
        text = self._ask("tag", "Tag Documents", "Tag to add, or -tag to take away:")
        self._session.library_commands.file_under("tag", self._ids, *tags_in(text))

    def _ask_collections(self) -> None:
        text = self._ask(
            "collection", "Collection", "Collection to add to, or -collection to take out of:"
        )
        self._session.library_commands.file_under("collection", self._ids, *names_in(text))

    def _want_export(self) -> None:
        notes = self._session.workspace.notes
        found = frozenset(note.id for one in self._ids for note in notes.annotations(one))
        if found:
            self.export_wanted.emit(found)
        else:
            self._session.notifier.info("There are no notes on these documents.")

    def _want_removal(self) -> None:
        self.remove_wanted.emit(self._ids)

    def _have_back(self) -> None:
        self._session.library_commands.restore(*self._ids)
