"""The notes beside the page: cards in reading order, written in place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from reader.model.annotation import COLOURS, Annotation, Colour
from reader.session.annotations import AnnotationChanges
from reader.session.session import Session
from reader.settings import COLOUR_MEANINGS, Setting
from reader.ui.commands.key_map import KeyTip, with_keys
from reader.ui.notes.note_editor import NoteEditor
from reader.ui.notes.note_list import NoteList, headings, lets_through
from reader.ui.notes.note_rows import LEFT_PX, NoteDelegate, NoteRows
from reader.ui.widgets.controls import ColourDot, IconButton
from reader.ui.widgets.theme import Theme


class NotesPane(QWidget):
    """All highlights and notes of the open document."""

    export_wanted = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self.setObjectName("chrome")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._rows = NoteRows(session, self)
        self._delegate = NoteDelegate(session, theme, self)
        self.list = NoteList(session, self._rows, self._delegate)
        self._dots: list[ColourDot] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_head())
        column.addWidget(self._make_filter())
        self._empty = QLabel(self)
        self._empty.setObjectName("notice")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(16, 8, 20, 0)
        column.addWidget(self._empty, 1)
        column.addWidget(self.list, 1)
        self._elsewhere = QLabel(self)
        self._elsewhere.setWordWrap(True)
        self._elsewhere.setContentsMargins(16, 6, 20, 0)
        column.addWidget(self._elsewhere)
        column.addLayout(self._make_foot())
        self.list.taken.connect(self._choose)
        self.list.doubleClicked.connect(self._edit_index)
        self.list.delete_wanted.connect(self._delete_index)
        session.current.about_to_change.connect(self._keep_before_leaving)
        session.current.changed.connect(self._open)
        session.annotations.changed.connect(self._take_changes)
        session.selection.annotation_changed.connect(self._take_choice)
        session.marker.edit_requested.connect(self.edit)
        session.settings.changed.connect(self._take_setting)
        session.users.changed.connect(self._open)
        self.set_theme(theme)
        self._open()

    def _make_head(self) -> QHBoxLayout:
        self._title = QLabel("Notes", self)
        self._count = QLabel("0", self)
        self._count.setObjectName("count")
        tip = "Filter notes by text or tag"
        self._filter_button = IconButton("filter", tip, self._theme, self, 26)
        self._filter_button.setCheckable(True)
        self._filter_button.toggled.connect(self._show_filter)
        self._head = head = QHBoxLayout()
        head.setContentsMargins(16, 10, 11, 8)
        head.setSpacing(0)
        head.addWidget(self._title)
        head.addSpacing(8)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._filter_button)
        head.addSpacing(2)
        for colour in COLOURS:
            dot = ColourDot(colour, "", self._theme, self)
            dot.setCheckable(True)
            dot.toggled.connect(self._show)
            head.addWidget(dot)
            self._dots.append(dot)
        return head

    def _make_filter(self) -> QWidget:
        self._filter = QLineEdit(self)
        self._filter.setPlaceholderText("Filter by text or #tag")
        self._filter.setAccessibleName("Filter notes by text or tag")
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self._show)
        self._filter.installEventFilter(self)
        self._filter_row = QWidget(self)
        row = QHBoxLayout(self._filter_row)
        row.setContentsMargins(LEFT_PX, 0, LEFT_PX, 8)
        row.addWidget(self._filter)
        self._filter_row.hide()
        return self._filter_row

    def _make_foot(self) -> QHBoxLayout:
        self._export = QPushButton("Export notes…", self)
        KeyTip(self._session, self._export, "Save notes as a file, or copy them ([export])")
        self._export.clicked.connect(self.export_wanted)
        foot = QHBoxLayout()
        foot.setContentsMargins(LEFT_PX, 7, LEFT_PX, 12)
        foot.addWidget(self._export)
        return foot

    def set_theme(self, theme: Theme) -> None:
        """Draws itself in the colours of `theme` from now on."""
        self._theme = theme
        self._delegate.theme = theme
        self._filter_button.set_theme(theme)
        for dot in self._dots:
            dot.set_theme(theme)
        self._title.setStyleSheet(f"font-size: {theme.px(14)}px; font-weight: 600;")
        self._count.setFixedHeight(round(theme.px(22)))
        self._count.setStyleSheet(
            f"background: {theme.pressed}; color: {theme.ink2}; border-radius: 6px;"
            f" padding: 0 9px; font-size: {theme.px(11.5)}px;"
        )
        # As narrow as the colours beside the title, and a number of three digits, allow.
        self.setMinimumWidth(self._head.minimumSize().width() + round(theme.px(14)))
        self._empty.setStyleSheet(f"color: {theme.ink2}; font-size: {theme.px(13)}px;")
        self._elsewhere.setStyleSheet(f"color: {theme.ink3}; font-size: {theme.px(12)}px;")
        self.list.renew()

    def _name_dots(self) -> None:
        for dot in self._dots:
            name = f"Show only {self._session.annotations.meaning(dot.colour)} ({dot.colour})"
            dot.setToolTip(name)
            dot.setAccessibleName(name)

    def _take_setting(self, setting: Setting[object]) -> None:
        if setting == COLOUR_MEANINGS:
            self._name_dots()

    # Filters

    def _show_filter(self, shown: bool) -> None:
        self._filter_row.setVisible(shown)
        (self._filter.setFocus if shown else self._filter.clear)()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self._filter
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            self._filter_button.setChecked(False)
            self.take_focus()
            return True
        return super().eventFilter(watched, event)

    @property
    def _wanted(self) -> tuple[set[Colour], list[str]]:
        """The colours and the words that let a note through; none of them: all notes."""
        colours = {dot.colour for dot in self._dots if dot.isChecked()}
        return colours, self._filter.text().lower().split()

    # What the session says

    def _open(self, _event: object = None) -> None:
        self._delegate.forget()
        self._name_dots()
        self._show()
        if not self._session.selection.annotation_id:
            self.list.scrollToTop()

    def _show(self, _event: object = None) -> None:
        # The editor of a row goes with the rows when they are replaced as a whole.
        if not self.finish_editing():
            return
        session = self._session
        colours, words = self._wanted
        rows = [a for a in session.annotations.all if lets_through(a, colours, words)]
        before, self._delegate.headings = self._delegate.headings, headings(rows)
        self._rows.exchange(rows)
        if before != self._delegate.headings:
            self.list.renew()
        self._elsewhere.setText(session.same_article.unplaced)
        self._elsewhere.setVisible(bool(session.same_article.unplaced))
        total = len(session.annotations.all)
        self._count.setText(str(total) if len(rows) == total else f"{len(rows)} of {total}")
        self._count.setAccessibleName(f"{self._count.text()} notes")
        self._export.setEnabled(session.current.document is not None)
        self.list.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        if total:
            self._empty.setText("No note passes the filter.")
        else:
            self._empty.setText(
                with_keys(
                    session.settings,
                    "No notes here yet.\n\nSelect a passage, then press [highlight] or [yellow] to "
                    "[violet] to highlight it, or [note] to write a note on it.",
                )
            )
        self._take_choice(session.selection.annotation_id)

    def _take_changes(self, edits: AnnotationChanges) -> None:
        """One edited row is painted anew; anything else lays the list out again."""
        only = edits.changes[0] if len(edits.changes) == 1 else None
        if only is not None and only.before is not None and only.after is not None:
            number = self._index_of(only.after.id).row()
            same_place = (only.before.target, only.before.state) == (
                only.after.target,
                only.after.state,
            )
            shown = not only.after.deleted and lets_through(only.after, *self._wanted)
            if number >= 0 and same_place and shown:
                self._rows.set_row(number, only.after)
                return
        self._show()

    def _index_of(self, annotation_id: str) -> QModelIndex:
        rows = (i for i, a in enumerate(self._rows.rows) if a.id == annotation_id)
        return self._rows.index(next(rows, -1), 0)

    def _take_choice(self, annotation_id: str) -> None:
        if self._delegate.editing and self._delegate.editing != annotation_id:
            self.finish_editing()
        index = self._index_of(annotation_id)
        self.list.setCurrentIndex(index)
        if index.isValid():
            self.list.scrollTo(index)
        self.list.viewport().update()

    # Choosing and writing

    def _choose(self, index: QModelIndex) -> None:
        row: Annotation = index.data(Qt.ItemDataRole.UserRole)
        self.finish_editing()
        if self._link_clicked(row):
            return
        self._session.annotations.choose(row.id, show=True)

    def _link_clicked(self, row: Annotation) -> bool:
        """Whether the mouse is on a link in that card, or on "Show all"; then that is done."""
        if self.list.input.by_keyboard:
            return False
        area = self.list.visualRect(self._index_of(row.id))
        if self.list.clicked_fold(row):
            self.list.fold(row)
            return True
        address = self._delegate.link_at(area, row, self.list.input.pressed_at)
        return bool(address) and self._session.notebook.follow(address)

    def _delete_index(self, index: QModelIndex) -> None:
        self._session.annotations.delete(index.data(Qt.ItemDataRole.UserRole).id)

    def _edit_index(self, index: QModelIndex) -> None:
        self.edit(index.data(Qt.ItemDataRole.UserRole).id)

    def edit(self, annotation_id: str) -> None:
        """Opens the editor in the place of a card."""
        self.finish_editing()
        for dot in self._dots:
            dot.setChecked(False)
        self._filter_button.setChecked(False)
        index = self._index_of(annotation_id)
        if not index.isValid():
            return
        self._delegate.editing = annotation_id
        self.list.setCurrentIndex(index)
        self.list.renew()
        self.list.scrollTo(index)
        self.list.openPersistentEditor(index)
        editor = self.list.indexWidget(index)
        if isinstance(editor, NoteEditor):
            editor.finished.connect(self._put_editor_away)
            # Queued, as an editor is not closed in the middle of its own event.
            editor.left.connect(self.finish_editing, Qt.ConnectionType.QueuedConnection)
            editor.take_focus()

    def _put_editor_away(self) -> None:
        if self.finish_editing():
            self.list.setFocus()

    def _keep_before_leaving(self) -> None:
        if not self.finish_editing():
            self._session.current.veto()

    def finish_editing(self) -> bool:
        """Keeps what is being written and closes the editor; False when it could not be kept."""
        if not self._delegate.editing:
            return True
        editing = self._delegate.editing
        editor = self.list.indexWidget(self._index_of(editing))
        if isinstance(editor, NoteEditor) and not editor.keep():
            return False
        # What was kept may have made the rows anew, and then the editor went with them.
        if self._delegate.editing == editing:
            self._delegate.editing = ""
            index = self._index_of(editing)
            if index.isValid():
                self.list.closePersistentEditor(index)
            self.list.renew()
        return True

    def give_up_editing(self) -> None:
        """Closes the editor whatever becomes of its words: they cannot be kept."""
        index = self._index_of(self._delegate.editing)
        self._delegate.editing = ""
        if index.isValid():
            self.list.closePersistentEditor(index)

    @property
    def unsaved_words(self) -> str:
        """What is being written as a note now; "" when nothing is."""
        editor = self.list.indexWidget(self._index_of(self._delegate.editing))
        return editor.words if isinstance(editor, NoteEditor) else ""

    def take_focus(self) -> None:
        """Moves the keyboard here."""
        if self._rows.rows:
            self.list.take_focus()
        else:
            self._export.setFocus()
