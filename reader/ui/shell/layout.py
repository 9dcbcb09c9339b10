"""The window's frame: header, left pane, page, notes and foot, their sizes, and its end."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from reader.session.session import Session
from reader.settings import GEOMETRY, PANES, SPLIT
from reader.ui.article.article_view import ArticleView
from reader.ui.article.left_out import LeftOutBar
from reader.ui.article.outline_pane import ContentsPane
from reader.ui.library.library_pane import LibraryPane
from reader.ui.notes.draft_bar import DraftBar
from reader.ui.notes.notes_pane import NotesPane
from reader.ui.review.offer_bar import OfferBar
from reader.ui.review.review_bar import ReviewBar
from reader.ui.search.results_pane import ResultsPane
from reader.ui.shell.empty_view import EmptyPage
from reader.ui.shell.header import Header
from reader.ui.shell.message_bar import MessageBar
from reader.ui.shell.status_bar import StatusRow
from reader.ui.shell.theme_manager import ThemeManager
from reader.ui.widgets import theme as themes

LEFT_PX = 256
RIGHT_PX = 300
# Below these widths of the window a pane gives its room to the page.
NOTES_FROM_PX = 980
LEFT_FROM_PX = 720


class Frame(QMainWindow):
    """Builds the widgets that every start shows, gives each the session and the theme."""

    session: Session
    page: ArticleView

    def __init__(self, session: Session, theme: themes.Theme) -> None:
        super().__init__()
        self.session = session
        self.themes = ThemeManager(session, theme, self)
        self.setMinimumSize(640, 420)
        self.setAcceptDrops(True)
        self._put_away: set[QWidget] = set()
        self._is_alone = False
        self._sizes: list[int] = []
        self._is_ending = False
        self._build()

    @property
    def theme(self) -> themes.Theme:
        """The theme that the window is shown in."""
        return self.themes.theme

    def _build(self) -> None:
        session, theme, themed = self.session, self.theme, self.themes.follow
        self.header = themed(Header(session, theme, self))
        self.offer_bar = themed(OfferBar(session, theme, self))
        self.review_bar = themed(ReviewBar(session, theme, self))
        self.left_out_bar = themed(LeftOutBar(session, theme, self))
        self.draft_bar = themed(DraftBar(session, theme, self))
        self.page = themed(ArticleView(session, theme, self))
        self.empty = themed(EmptyPage(theme, self))
        self.status = themed(StatusRow(session, theme, self))
        self.contents = themed(ContentsPane(session, theme))
        self.library = themed(LibraryPane(session, theme))
        self.results = themed(ResultsPane(session, theme))
        self.notes = themed(NotesPane(session, theme))

        self.reading = QSplitter(Qt.Orientation.Vertical)
        self.upper = QStackedWidget()
        self.upper.addWidget(self.contents)
        self.upper.setMinimumHeight(120)
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
        middle = QWidget()
        middle.setObjectName("paper")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.offer_bar)
        column.addWidget(self.review_bar)
        column.addWidget(self.left_out_bar)
        column.addWidget(self.draft_bar)
        self._middle = column
        column.addWidget(self.sheet, 1)
        column.addWidget(self.status)
        self.message = themed(MessageBar(session, theme, self.sheet))
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window gives its room to the page: the notes go first, then the contents."""
        super().resizeEvent(event)
        for pane, least_px in ((self.notes, NOTES_FROM_PX), (self.left, LEFT_FROM_PX)):
            if event.size().width() < least_px:
                if not pane.isHidden():
                    pane.hide()
                    self._put_away.add(pane)
            elif pane in self._put_away and not self._is_alone:
                self._put_away.discard(pane)
                pane.show()

    def make_room(self) -> None:
        """What takes the page's place has the whole width: nothing beside it is of a document."""
        if not self._is_alone:
            self._sizes = self.split.sizes()
        self._is_alone = True
        for pane in (self.notes, self.left, self.status):
            if not pane.isHidden():
                pane.hide()
                self._put_away.add(pane)

    def give_room_back(self) -> None:
        """Shows again what `make_room` has put away, where there is room for it."""
        was_alone, self._is_alone = self._is_alone, False
        for pane, least_px in (
            *((self.notes, NOTES_FROM_PX), (self.left, LEFT_FROM_PX)),
            (self.status, 0),
        ):
            if pane in self._put_away and self.width() >= least_px:
                self._put_away.discard(pane)
                pane.show()
        if was_alone:
            self.split.setSizes(self._sizes)

    def toggle_left(self) -> None:
        """Shows or hides contents and library."""
        self._put_away.discard(self.left)
        self.left.setVisible(not self.left.isVisible())

    def toggle_notes(self) -> None:
        """Shows or hides the notes."""
        self._put_away.discard(self.notes)
        self.notes.setVisible(not self.notes.isVisible())

    def toggle_full_screen(self) -> None:
        """Uses the whole screen, or no longer."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        names = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if names:
            event.acceptProposedAction()
            self.session.imports.add(names)

    def _restore_size(self) -> None:
        geometry = self.session.settings.get(GEOMETRY)
        if not (geometry and self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))):
            screen = self.screen().availableGeometry()
            self.resize(min(1366, screen.width()), min(768, screen.height()))
            if screen.width() <= 1366 or screen.height() <= 800:
                self.setWindowState(Qt.WindowState.WindowMaximized)
        sizes = self.session.settings.get(SPLIT)
        if sizes:
            self.split.setSizes(sizes)
        panes = self.session.settings.get(PANES)
        self.left.setVisible(panes["left"])
        self.notes.setVisible(panes["notes"])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.session.refresh()

    def end(self) -> None:
        """Closes the window because the system wants it: nobody is there to be asked."""
        self._is_ending = True
        self.session.drafts.flush()
        self.close()

    def _may_lose(self, words: str) -> bool:
        if self._is_ending or not words:
            return self._is_ending
        from reader.ui.notes.unsaved_dialog import may_close

        return may_close(self, words)

    def closeEvent(self, event: QCloseEvent) -> None:
        session = self.session
        if not self.notes.finish_editing() and not self._may_lose(self.notes.unsaved_words):
            event.ignore()
            return
        self.notes.give_up_editing()
        session.settings.set(GEOMETRY, bytes(self.saveGeometry().toBase64().data()).decode())
        session.settings.set(SPLIT, self._sizes if self._is_alone else self.split.sizes())
        session.settings.set(
            PANES,
            {
                "left": not self.left.isHidden() or self.left in self._put_away,
                "notes": not self.notes.isHidden() or self.notes in self._put_away,
            },
        )
        session.close()
        self.themes.release()
        super().closeEvent(event)
