"""The notebook: all notes of the library in one list, grouped, filtered, edited many at once."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from reader.model.annotation import COLOURS
from reader.session.notebook import NoteCounts, NoteGroups, SectionGroups
from reader.session.session import Session
from reader.session.timers import single_shot
from reader.store.note_filter import Grouping, NoteFilter
from reader.ui.commands.key_map import with_keys
from reader.ui.notes.notebook_bar import NotebookBar
from reader.ui.notes.notebook_groups import (
    BY_SECTION,
    GROUPINGS,
    SCOPES,
    SOME,
    TRASH,
    count_of,
    named,
    rows_by_section,
    rows_of,
    why_empty,
)
from reader.ui.notes.notebook_parts import DROPS, beside, notebook_parts
from reader.ui.notes.notebook_rows import NotebookDelegate, NotebookRows
from reader.ui.widgets.controls import ColourDot, IconButton, choice_box
from reader.ui.widgets.parts_tree import ALL, Part, PartsTree
from reader.ui.widgets.row_list import RowList
from reader.ui.widgets.theme import Theme

TYPING_MS = 120


class NotebookPane(QWidget):
    """Shows the notebook in the place of the page."""

    closed = Signal()
    export_wanted = Signal(frozenset)  # ids of annotations
    history_wanted = Signal(str)  # id

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setObjectName("paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title, self._count = QLabel("Notebook", self), QLabel(self)
        self._count.setObjectName("count")
        self.words = QLineEdit(self)
        self.words.setPlaceholderText("Search notes, quotes and tags")
        self.words.setAccessibleName("Search the notebook")
        self.words.setClearButtonEnabled(True)
        self.grouping = choice_box(self, [name for name, _ in GROUPINGS], "Group notes")
        self.scope = choice_box(self, [name for name, _ in SCOPES], "Which notes")
        self.tag = choice_box(self, ["All tags"], "Only notes with this tag")
        self._only: tuple[str, ...] = ()
        self._is_opening = False  # the keyboard goes to the first rows that come
        self._collection = ""  # the notes on its documents alone; "" for all
        self._dots: list[ColourDot] = []
        for colour in COLOURS:
            name = f"Show only {session.annotations.meaning(colour)} ({colour})"
            dot = ColourDot(colour, name, theme, self)
            dot.setCheckable(True)
            dot.clicked.connect(self._only_one_colour)
            self._dots.append(dot)
        self._rows = NotebookRows(session, self)
        self._delegate = NotebookDelegate(session, self._rows, theme, self)
        self.list = RowList(self._rows, self._delegate, "Notebook")
        self.list.setDragEnabled(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.bar = NotebookBar(session, self._chosen, self)
        self._empty = QLabel(self)
        self._empty.setObjectName("notebook_empty")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._close = IconButton("x", "Back to the page (Esc)", theme, self, 26)
        self.tree = PartsTree("notebook_tree", "Parts of the notebook", DROPS, theme, self)
        self._typing = single_shot(self, TYPING_MS)
        self._lay_out()
        self._join()
        self.set_theme(theme)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self.words, 3)
        head.addWidget(self._close)
        second = QHBoxLayout()
        second.setSpacing(8)
        for filter_ in (self.grouping, self.scope, self.tag, *self._dots):
            second.addWidget(filter_)
        second.addStretch(1)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(24, 14, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(second)
        # Above the list: messages lie over its foot.
        column.addWidget(self.bar)
        column.addWidget(self.list, 1)
        column.addWidget(self._empty, 1)
        beside(self, self.tree, right)

    def _join(self) -> None:
        # Asked for before anything is joined: so it hears of a change before this does.
        session, notebook = self._session, self._session.notebook
        self._close.clicked.connect(self.closed)
        self._typing.timeout.connect(self.renew)
        self.words.textChanged.connect(self._typing.start)
        for box in (self.grouping, self.scope):
            box.activated.connect(self.renew)
        self.tag.activated.connect(self._take_tag)
        self.tree.chosen.connect(self._choose_part)
        self.tree.dropped.connect(self._take_dropped)
        self.list.taken.connect(self._take)
        self.list.doubleClicked.connect(self._open_index)
        self.list.selectionModel().selectionChanged.connect(self._enable)
        self.bar.export_wanted.connect(self._export)
        self.bar.history_wanted.connect(self.history_wanted)
        # What is typed at the very end finds the notes closed.
        session.current.about_to_change.connect(self._typing.stop)
        session.annotations.changed.connect(self._take_changes)
        session.users.changed.connect(self._take_changes)
        notebook.groups_ready.connect(self._take_groups)
        notebook.counts_ready.connect(self._take_counts)
        session.library_commands.changed.connect(self._take_changes)
        notebook.sections_ready.connect(self._take_sections)
        notebook.headings_ready.connect(self.list.viewport().update)

    def set_theme(self, theme: Theme) -> None:
        """Draws itself in the colours of `theme` from now on."""
        self._delegate.theme = theme
        self._close.set_theme(theme)
        self.tree.set_theme(theme)
        for dot in self._dots:
            dot.set_theme(theme)
        self._empty.setStyleSheet(f"color: {theme.ink2}; font-size: {theme.px(14)}px;")
        self._title.setStyleSheet(f"font-size: {theme.px(20)}px; font-weight: 600;")
        self._count.setStyleSheet(
            f"color: {theme.ink2}; font-size: {theme.px(13)}px; padding-left: 8px;"
        )
        self.list.renew()

    # What is shown

    @property
    def choice(self) -> NoteFilter:
        """Which notes are meant by the filters."""
        number = self.scope.currentIndex()
        base = SCOPES[number][1] if number < len(SCOPES) else NoteFilter(ids=self._only)
        colour = next((dot.colour for dot in self._dots if dot.isChecked()), "")
        tag = self.tag.currentData() or ""
        within = (
            self._session.notebook.documents.within(self._collection) if self._collection else ()
        )
        words = self.words.text()
        return base._replace(tag=tag, colour=colour, words=words, document_ids=within)

    @property
    def _by(self) -> Grouping:
        return GROUPINGS[self.grouping.currentIndex()][1]

    def show_only(self, ids: tuple[str, ...]) -> None:
        """Shows these notes, until others are asked for."""
        self._only = ids
        if self.scope.count() == len(SCOPES):
            self.scope.addItem(SOME)
        self.scope.setCurrentIndex(len(SCOPES))
        self.renew()

    def open(self) -> None:
        """Shows what there is now, and takes the keyboard."""
        self._is_opening = True
        self.renew()
        # After the notes themselves, which are looked at first.
        self._session.notebook.ask_counts()

    def _take_focus(self) -> None:
        self._is_opening = False
        if self._rows.rows:
            self.list.take_focus()
        else:
            self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.clearSelection()

    def _take_changes(self, _event: object = None) -> None:
        self._rows.forget()
        if self.isVisible():
            self._session.notebook.ask_counts()
            self.renew()

    def renew(self, _event: object = None) -> None:
        """Reads the list anew."""
        self.tree.show_chosen(self._part)
        self._session.notebook.ask_groups(self.choice, self._by)

    def _take_groups(self, found: NoteGroups) -> None:
        """Shows the groups, unless something else is wanted meanwhile."""
        groups, by = found.groups, found.by
        if (found.choice, by) != (self.choice, self._by):
            return
        self._rows.set_rows(rows_of(named(self._session, groups, by)))
        if self.grouping.currentIndex() == BY_SECTION and groups:
            self._session.notebook.ask_sections(self.choice)
        self._count.setText(count_of(groups, by))
        self.list.setVisible(bool(groups))
        self._empty.setVisible(not groups)
        if not groups:
            self._empty.setText(with_keys(self._session.settings, why_empty(self.choice)))
        self._enable()
        if self._is_opening:
            self._take_focus()

    def _take_sections(self, found: SectionGroups) -> None:
        """Puts the headings of sections in, unless something else is wanted meanwhile."""
        if self.grouping.currentIndex() != BY_SECTION or found.choice != self.choice:
            return
        self._rows.set_rows(rows_by_section(found.groups))

    @property
    def _part(self) -> Part:
        tag = self.tag.currentData() or ""
        if self._collection:
            return Part("collection", self._collection)
        return Part("tag", tag) if tag else ALL

    def _take_counts(self, found: NoteCounts) -> None:
        """Shows what the notes can be narrowed to; what they are narrowed to stays, if it can."""
        kept = self.tag.currentData() or "", self._collection
        tags = sorted(found.tags.items(), key=lambda item: item[0].casefold())
        self.tag.clear()
        self.tag.addItem("All tags", "")
        for tag, count in tags:
            self.tag.addItem(f"#{tag} ({count})", tag)
        self.tag.setCurrentIndex(max(0, self.tag.findData(kept[0])))
        collections = self._session.notebook.documents.collections(found.documents)
        self._collection = self._collection if self._collection in collections else ""
        rows = notebook_parts(sum(found.documents.values()), collections, dict(tags))
        self.tree.show_rows(rows, self._part)
        if (self.tag.currentData() or "", self._collection) != kept:
            self.renew()

    def _choose_part(self, part: Part) -> None:
        self._collection = part.name if part.field == "collection" else ""
        self.tag.setCurrentIndex(
            max(0, self.tag.findData(part.name if part.field == "tag" else ""))
        )
        self.renew()

    def _take_tag(self) -> None:
        self._collection = ""
        self.renew()

    def _take_dropped(self, part: Part, ids: tuple[str, ...]) -> None:
        if part.field == "tag":
            self._session.notebook.tag(ids, [part.name])
        else:
            documents = self._session.notebook.documents.under(ids)
            self._session.library_commands.file_under("collection", documents, [part.name])

    def _only_one_colour(self, checked: bool) -> None:
        for dot in self._dots:
            dot.setChecked(checked and dot is self.sender())
        self.renew()

    # Many notes at once

    def _chosen(self) -> list[str]:
        """The ids of the notes that are chosen, in their order."""
        numbers = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        rows = (self._rows.rows[number] for number in numbers)
        return list(dict.fromkeys(row for row in rows if isinstance(row, str)))

    def _enable(self, *_: object) -> None:
        self.bar.take(
            any_chosen=self.list.selectionModel().hasSelection(),
            any_shown=bool(self._rows.rows),
            in_trash=self.scope.currentIndex() == TRASH,
        )

    def _export(self) -> None:
        shown = [row for row in self._rows.rows if isinstance(row, str)]
        self.export_wanted.emit(frozenset(self._chosen() or shown))

    def _take(self, index: QModelIndex) -> None:
        """Enter opens the passage; a click chooses a note, and more of them with Shift or Ctrl."""
        if self.list.input.by_keyboard:
            self._open_index(index)

    def _open_index(self, index: QModelIndex) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(row, str):
            self.open_row(row)

    def open_row(self, annotation_id: str) -> None:
        """Opens a note at its passage."""
        if self.scope.currentIndex() != TRASH:
            self.closed.emit()
            self._session.notebook.open(annotation_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.bar.delete()
        else:
            super().keyPressEvent(event)
