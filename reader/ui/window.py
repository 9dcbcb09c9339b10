"""The window: header, left pane, page, notes; and where every action is carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QPoint, Qt
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from reader.model.document import Document
from reader.session import Session
from reader.ui import doing
from reader.ui import theme as themes
from reader.ui.actions import ACTIONS, Action
from reader.ui.contents import ContentsPane
from reader.ui.empty import EmptyPage
from reader.ui.header import Header
from reader.ui.library import LibraryPane
from reader.ui.message import MessageBar
from reader.ui.notes import NotesPane
from reader.ui.page import Page
from reader.ui.results import ResultsPane
from reader.ui.review_bar import ReviewBar
from reader.ui.status import StatusRow

if TYPE_CHECKING:
    from reader.model.reviewing import Case
    from reader.taking_notes_in import NotesReport
    from reader.ui.notebook import NotebookPane
    from reader.ui.review import ReviewPanel
    from reader.ui.sheets import Sheets
    from reader.ui.shelf_table import ShelfTable
    from reader.ui.thumbnails import Thumbnails

# What to do first when the key of an action is pressed that cannot be carried out yet.
WANTING = {
    "annotation": "Choose a highlight first: click on it, or press Alt+Down.",
    "selection": "Select a passage first: with the mouse, or with Shift and the arrow keys.",
    "hit": "Look for something first: Ctrl+F.",
    "pages": "This document has no printed pages.",
}

LEFT_PX = 256
RIGHT_PX = 300
# Below these widths of the window a pane gives its room to the page.
NOTES_FROM_PX = 980
LEFT_FROM_PX = 720
TABLE_FROM_PX = 560


class Window(QMainWindow):
    """Builds the widgets, gives each the session and the theme, and runs the actions."""

    session: Session
    page: Page

    def __init__(self, session: Session, theme: themes.Theme) -> None:
        super().__init__()
        self.session = session
        self.theme = theme
        self.setMinimumSize(640, 420)
        self.setAcceptDrops(True)
        self._actions: dict[str, QAction] = {}
        self._put_away: set[QWidget] = set()
        self._make_actions()
        self._build()
        self._join()
        self._restore_size()

    # Building

    def _build(self) -> None:
        session, theme = self.session, self.theme
        self.header = Header(session, theme, self)
        self.message = MessageBar(session, theme, self)
        self.review_bar = ReviewBar(session, theme, self)
        self._review: ReviewPanel | None = None
        self.page = Page(session, theme, self)
        self.empty = EmptyPage(theme, self)
        self.status = StatusRow(session, theme, self)
        self.contents = ContentsPane(session, theme)
        self.library = LibraryPane(session, theme)
        self.results = ResultsPane(session, theme)
        self.notes = NotesPane(session, theme)

        self.reading = QSplitter(Qt.Orientation.Vertical)
        self.upper = QStackedWidget()
        self.upper.addWidget(self.contents)
        self.upper.setMinimumHeight(120)
        self.thumbnails: Thumbnails | None = None
        self.reading.addWidget(self.upper)
        self.reading.addWidget(self.library)
        self.reading.setStretchFactor(0, 3)
        self.reading.setStretchFactor(1, 2)
        self.reading.setChildrenCollapsible(False)
        self.reading.setHandleWidth(1)
        self.left = QStackedWidget()
        self.left.addWidget(self.reading)
        self.left.addWidget(self.results)
        self.left.setMinimumWidth(180)

        self.sheet = QStackedWidget()
        self.sheet.addWidget(self.page)
        self.sheet.addWidget(self.empty)
        self.notebook: NotebookPane | None = None
        self.shelf: ShelfTable | None = None
        self.printed: Sheets | None = None
        middle = QWidget()
        middle.setObjectName("paper")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.message)
        column.addWidget(self.review_bar)
        self._middle = column
        column.addWidget(self.sheet, 1)
        column.addWidget(self.status)
        middle.setMinimumWidth(320)

        self.split = QSplitter(Qt.Orientation.Horizontal)
        for widget, stretch in ((self.left, 0), (middle, 1), (self.notes, 0)):
            self.split.addWidget(widget)
            self.split.setStretchFactor(self.split.count() - 1, stretch)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.setSizes([LEFT_PX, 810, RIGHT_PX])

        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.header)
        rows.addWidget(self.split, 1)
        self.setCentralWidget(whole)
        self.page.context_menu = self._context_menu()
        self.page.context_menu.aboutToHide.connect(session.unpoint)
        self._menu = self._main_menu()
        self.page.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window gives its room to the page: the notes go first, then the contents."""
        super().resizeEvent(event)
        for pane, least_px in ((self.notes, NOTES_FROM_PX), (self.left, LEFT_FROM_PX)):
            if event.size().width() < least_px:
                if not pane.isHidden():
                    pane.hide()
                    self._put_away.add(pane)
            elif pane in self._put_away:
                self._put_away.discard(pane)
                pane.show()

    def _make_actions(self) -> None:
        for action in ACTIONS:
            made = QAction(action.title, self)
            made.setToolTip(action.tip)
            made.setStatusTip(action.tip)
            made.setShortcuts([QKeySequence(keys) for keys in action.keys])
            made.setData(action.id)
            made.triggered.connect(self._run)
            self.addAction(made)
            self._actions[action.id] = made

    def _run(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self.run(next(action for action in ACTIONS if action.id == sender.data()))

    def run(self, action: Action) -> None:
        """Carries an action out, if what it needs is there."""
        if self.enabled(action):
            action.run(self)

    def enabled(self, action: Action) -> bool:
        """Whether what an action needs is there."""
        session = self.session
        have = {
            "document": session.document is not None,
            "selection": session.passage is not None or bool(session.annotation_id),
            "annotation": bool(session.annotation_id),
            "hit": session.finding.count > 0,
            "pages": session.has_pages,
        }
        return all(have[need] for need in action.needs)

    def _enable(self, _event: object = None) -> None:
        for action in ACTIONS:
            self._actions[action.id].setEnabled(self.enabled(action))

    def _main_menu(self) -> QMenu:
        menu = QMenu(self)
        menus: dict[str, QMenu] = {}
        for action in ACTIONS:
            if action.menu not in menus:
                menus[action.menu] = menu.addMenu(action.menu)
            menus[action.menu].addAction(self._actions[action.id])
        if QGuiApplication.platformName() == "cocoa":
            for inner in menus.values():
                self.menuBar().addMenu(inner)
        return menu

    def _context_menu(self) -> QMenu:
        menu = QMenu(self)
        before = ""
        for action in ACTIONS:
            if action.context:
                if action.menu != before:
                    menu.addSeparator()
                before = action.menu
                menu.addAction(self._actions[action.id])
        return menu

    def _join(self) -> None:
        session, header = self.session, self.header
        header.left_pane.clicked.connect(self._actions["left_pane"].trigger)
        header.notes_pane.clicked.connect(self._actions["notes_pane"].trigger)
        header.back.clicked.connect(session.back)
        header.forward.clicked.connect(session.forward)
        header.type.clicked.connect(self._show_type_menu)
        header.theme.clicked.connect(self.next_theme)
        header.export.clicked.connect(self._actions["export"].trigger)
        header.menu.clicked.connect(self.show_menu)
        header.search.left.connect(self._focus_page)
        header.search.results_wanted.connect(self.results.take_focus)
        self.status.view.clicked.connect(self._actions["printed"].trigger)
        self.status.page.clicked.connect(self._actions["go_to_page"].trigger)
        self.review_bar.wanted.connect(self._actions["review"].trigger)
        session.reviewing.connect(self._begin_review)
        self.notes.export_wanted.connect(self._actions["export"].trigger)
        self.empty.open_wanted.connect(self._actions["open"].trigger)
        self.empty.guide_wanted.connect(self._actions["guide"].trigger)
        self.library.open_wanted.connect(self._actions["open"].trigger)
        self.page.copy_wanted.connect(self._actions["copy_cited"].trigger)
        self.page.find_wanted.connect(self._actions["find_selection"].trigger)
        self.page.figure_wanted.connect(self._enlarge)
        session.opened.connect(self._show_document)
        session.view_changed.connect(self._show_view)
        session.answered.connect(self._show_results)
        session.note_wanted.connect(self._show_notes)
        session.setting_changed.connect(self._take_setting)
        session.user_changed.connect(self._take_user)
        session.locked.connect(self._ask_password)
        session.homeless.connect(self._ask_homes)
        session.failures_wanted.connect(self._actions["failures"].trigger)
        for signal in (
            session.opened,
            session.selection_changed,
            session.annotation_chosen,
            session.answered,
            session.hit_chosen,
            session.changed,
        ):
            signal.connect(self._enable)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._take_scheme)
        self._enable()

    def show_notebook(self) -> None:
        """Shows all notes of the library in the place of the page, or the page again."""
        if self.notebook is None:
            # Made when it is first asked for: a start does not pay for it.
            from reader.ui.notebook import NotebookPane

            self.notebook = NotebookPane(self.session, self.theme, self)
            self.notebook.closed.connect(self.close_notebook)
            self.notebook.export_wanted.connect(self._export_some)
            self.notebook.history_wanted.connect(self._show_history)
            self.sheet.addWidget(self.notebook)
        if self.sheet.currentWidget() is self.notebook:
            self.close_notebook()
        else:
            self._make_room()
            self.sheet.setCurrentWidget(self.notebook)
            self.notebook.open()

    def show_shelf(self) -> None:
        """Shows the library as a table in the place of the page, or the page again."""
        if self.shelf is None:
            from reader.ui.shelf_table import ShelfTable

            self.shelf = ShelfTable(self.session, self.theme, self)
            self.shelf.closed.connect(self.close_notebook)
            self.sheet.addWidget(self.shelf)
        if self.sheet.currentWidget() is self.shelf:
            self.close_notebook()
        else:
            self._make_room()
            self.sheet.setCurrentWidget(self.shelf)
            self.shelf.open()

    def _make_room(self) -> None:
        """What takes the page's place needs more of it than the notes beside leave."""
        if self.sheet.width() < TABLE_FROM_PX and not self.notes.isHidden():
            self.notes.hide()
            self._put_away.add(self.notes)

    @property
    def review(self) -> ReviewPanel:
        """The panel of notes to be decided about; a start does not pay for it."""
        if self._review is None:
            from reader.ui.review import ReviewPanel

            self._review = ReviewPanel(self.session, self.theme, self)
            self._middle.insertWidget(2, self._review)
            self._review.proposed.connect(self.page.propose)
            if self.printed is not None:
                self._review.proposed.connect(self.printed.propose)
            self._review.shown.connect(self.review_bar.make_room)
        return self._review

    def _begin_review(self, cases: list[Case]) -> None:
        self.review.take(cases)

    def close_notebook(self) -> None:
        """Shows the page again."""
        self._show_document(self.session.document)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def shows_notebook(self) -> bool:
        """Whether the notebook is in the place of the page."""
        return self.notebook is not None and self.sheet.currentWidget() is self.notebook

    def _export_some(self, ids: frozenset[str]) -> None:
        from reader.ui.exporting import ExportDialog

        ExportDialog(self.session, self.theme, self, ids).exec()

    def _show_history(self, annotation_id: str) -> None:
        from reader.ui.note_history import HistoryDialog

        HistoryDialog(self.session, annotation_id, self.theme, self).exec()

    # What the session says

    @property
    def view(self) -> Page | Sheets:
        """What the open document is shown in: the article, or its printed pages."""
        if not self.session.as_printed:
            return self.page
        if self.printed is None:
            from reader.ui.sheets import Sheets

            self.printed = Sheets(self.session, self.theme, self)
            self.printed.context_menu = self.page.context_menu
            self.printed.copy_wanted.connect(self._actions["copy_cited"].trigger)
            self.printed.find_wanted.connect(self._actions["find_selection"].trigger)
            if self._review is not None:
                self._review.proposed.connect(self.printed.propose)
            self.sheet.addWidget(self.printed)
            self.printed.open(self.session.document)
        return self.printed

    def _show_view(self) -> None:
        self._show_document(self.session.document)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._enable()

    def _show_document(self, document: Document | None) -> None:
        # Hiding what has the focus would move it to any other widget.
        had_focus = self.sheet.isAncestorOf(self.focusWidget() or self)
        self.sheet.setCurrentWidget(self.view if document is not None else self.empty)
        if self.notes in self._put_away and self.width() >= NOTES_FROM_PX:
            self._put_away.discard(self.notes)
            self.notes.show()
        self._show_thumbnails()
        if had_focus and document is not None:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        several = len(self.session.users) > 1
        parts = [
            document.title if document is not None else "",
            self.session.user if several else "",
        ]
        self.setWindowTitle(" – ".join(part for part in parts if part))

    def _show_thumbnails(self) -> None:
        shown: QWidget = self.contents
        if self.session.as_printed and self.session.setting("thumbnails", False):
            if self.thumbnails is None:
                from reader.ui.thumbnails import Thumbnails

                self.thumbnails = Thumbnails(self.session, self.theme)
                self.upper.addWidget(self.thumbnails)
            shown = self.thumbnails
        self.upper.setCurrentWidget(shown)

    def _show_results(self) -> None:
        active = self.session.finding.active
        self.left.setCurrentWidget(self.results if active else self.reading)
        if active and not self.left.isVisible():
            self.left.setVisible(True)

    def _show_notes(self, _annotation_id: str) -> None:
        self.notes.setVisible(True)

    def _take_setting(self, name: str) -> None:
        if name == "theme":
            self.apply_theme()
        elif name == "thumbnails":
            self._show_thumbnails()

    def _enlarge(self, asset: str) -> None:
        doing.enlarge_figure(self, asset)

    def _ask_homes(self, path: str, report: NotesReport) -> None:
        doing.ask_homes(self, path, report)

    def _ask_password(self, path: str, sentence: str) -> None:
        doing.ask_password(self, path, sentence)

    def _take_user(self, _name: str) -> None:
        self.apply_theme()
        self._enable()

    def _take_scheme(self, _scheme: Qt.ColorScheme) -> None:
        if self.session.setting("theme", "system") == "system":
            self.apply_theme()

    # Looks

    def apply_theme(self) -> None:
        """Shows the window in the theme of the user's settings."""
        wanted = chosen_theme(self.session)
        if wanted == self.theme:
            return
        self.theme = wanted
        dress(wanted)
        for part in (
            self.header,
            self.message,
            self.review_bar,
            self.page,
            self.empty,
            self.status,
            self.contents,
            self.library,
            self.results,
            self.notes,
        ):
            part.set_theme(wanted)
        for late in (self.notebook, self.shelf, self._review, self.printed, self.thumbnails):
            if late is not None:
                late.set_theme(wanted)

    def choose_theme(self, name: str) -> None:
        """Keeps a theme for this user."""
        self.session.set_setting("theme", name)

    def next_theme(self) -> None:
        """Light, sepia, dark, and round."""
        names = list(themes.THEMES)
        self.choose_theme(names[(names.index(self.theme.name) + 1) % len(names)])

    def toggle_left(self) -> None:
        """Shows or hides contents and library."""
        self.left.setVisible(not self.left.isVisible())

    def toggle_notes(self) -> None:
        """Shows or hides the notes."""
        self.notes.setVisible(not self.notes.isVisible())

    def toggle_full_screen(self) -> None:
        """Uses the whole screen, or no longer."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _show_type_menu(self) -> None:
        sizes: tuple[str, ...] = ("larger", "smaller", "normal_size", "")
        if self.session.as_printed:
            sizes = (*sizes[:-1], "fit_width", "fit_page", "in_twos", "turn", "")
        views = ("printed", "thumbnails", "") if self.session.has_pages else ()
        self._popup((*sizes, *views, "light", "sepia", "dark", "system"), self.header.type)

    def _popup(self, ids: tuple[str, ...], below: QWidget) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action_id in ids:
            if action_id:
                menu.addAction(self._actions[action_id])
            else:
                menu.addSeparator()
        menu.popup(below.mapToGlobal(below.rect().bottomLeft()))

    def show_menu(self) -> None:
        """Shows the menu of everything."""
        below = self.header.menu
        corner = below.mapToGlobal(below.rect().bottomRight())
        self._menu.popup(corner - QPoint(self._menu.sizeHint().width(), 0))

    def next_pane(self, by: int) -> None:
        """Moves the keyboard to another pane: left, page, notes, search."""
        panes: list[QWidget | None] = [
            self.header.search,
            self.left,
            self._review,
            self.page,
            self.printed,
            self.notebook,
            self.shelf,
            self.notes,
        ]
        shown = [pane for pane in panes if pane is not None and pane.isVisible()]
        focus = QApplication.focusWidget()
        now = next(
            (i for i, p in enumerate(shown) if focus and (p is focus or p.isAncestorOf(focus))), -by
        )
        pane = shown[(now + by) % len(shown)]
        if pane is self.left:
            self._left_list.take_focus()
        elif pane is self.notes:
            self.notes.take_focus()
        elif pane is self._review:
            self.review.take_focus()
        elif self.notebook is not None and pane is self.notebook:
            self.notebook.list.take_focus()
        elif self.shelf is not None and pane is self.shelf:
            self.shelf.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            pane.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def _left_list(self) -> ResultsPane | Thumbnails | ContentsPane:
        if self.session.finding.active:
            return self.results
        small = self.thumbnails
        return small if small is not None and small.isVisible() else self.contents

    # Going about

    def _focus_page(self) -> None:
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def start_search(self, library: bool = False) -> None:
        """Puts the keyboard into the search field."""
        self.results.show_library(True if library else None)
        self.header.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.header.search.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._peel()
        elif key == Qt.Key.Key_F10:
            self.show_menu()
        elif missing := self._missing_for(event):
            self.session.tell(missing)
        else:
            super().keyPressEvent(event)

    def _missing_for(self, event: QKeyEvent) -> str:
        """What there must be for the action of a key; "" when there is none that lacks anything."""
        pressed = QKeySequence(event.keyCombination())
        for action in ACTIONS:
            if pressed in self._actions[action.id].shortcuts() and not self.enabled(action):
                return next((WANTING[need] for need in WANTING if need in action.needs), "")
        return ""

    def _peel(self) -> None:
        """Esc takes the topmost layer away: card, selection, search, choice, full screen."""
        if self.message.isVisible():
            self.message.dismiss()
        elif self.view.escape():
            return
        elif self.session.finding.active:
            self.header.search.end_search()
        elif self._review is not None and self._review.isVisible():
            self._review.put_away()
        elif self.session.annotation_id:
            self.session.choose_annotation("")
        elif self.isFullScreen():
            self.toggle_full_screen()

    # Files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        names = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if names:
            event.acceptProposedAction()
            self.session.open_files(names)

    # Life

    def _restore_size(self) -> None:
        geometry = self.session.setting("geometry", "")
        if not (geometry and self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))):
            screen = self.screen().availableGeometry()
            self.resize(min(1366, screen.width()), min(768, screen.height()))
            if screen.width() <= 1366 or screen.height() <= 800:
                self.setWindowState(Qt.WindowState.WindowMaximized)
        sizes = self.session.setting("split", None)
        if sizes:
            self.split.setSizes(sizes)
        panes = self.session.setting("panes", {"left": True, "notes": True})
        self.left.setVisible(panes["left"])
        self.notes.setVisible(panes["notes"])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.session.refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        session = self.session
        if not self.notes.finish_editing():
            event.ignore()
            return
        session.set_setting("geometry", bytes(self.saveGeometry().toBase64().data()).decode())
        session.set_setting("split", self.split.sizes())
        session.set_setting(
            "panes",
            {
                "left": not self.left.isHidden() or self.left in self._put_away,
                "notes": not self.notes.isHidden() or self.notes in self._put_away,
            },
        )
        session.close()
        super().closeEvent(event)


def chosen_theme(session: Session) -> themes.Theme:
    """The theme of the user's settings; "system" is light or dark as the system is."""
    name = session.setting("theme", "system")
    if name in themes.THEMES:
        return themes.THEMES[name]
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return themes.DARK if dark else themes.LIGHT


def dress(theme: themes.Theme) -> None:
    """Gives the whole application the palette and style sheet of a theme."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setPalette(themes.palette(theme))
    app.setStyleSheet(themes.style_sheet(theme))
