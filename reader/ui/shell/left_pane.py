"""The left pane: contents or small pages above the library, or the results of a search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from reader.session.session import Session
from reader.settings import THUMBNAILS, Setting
from reader.ui.article.outline_pane import ContentsPane
from reader.ui.library.library_pane import LibraryPane
from reader.ui.shell.layout import least_left_px
from reader.ui.shell.theme_manager import ThemeManager
from reader.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from reader.ui.pdf.thumbnails import Thumbnails
    from reader.ui.search.results_pane import ResultsPane


class LeftPane(QStackedWidget):
    """Shows the results as long as there is a search, and small pages where they are wanted."""

    made = Signal(QWidget)  # a pane that is made late

    def __init__(self, session: Session, themes: ThemeManager) -> None:
        super().__init__()
        self._session = session
        self._themes = themes
        self.contents = themes.follow(ContentsPane(session, themes.theme))
        self.library = themes.follow(LibraryPane(session, themes.theme))
        self._results: ResultsPane | None = None
        self.thumbnails: Thumbnails | None = None
        self.upper = QStackedWidget()
        self.upper.addWidget(self.contents)
        self.upper.setMinimumHeight(120)
        self.reading = QSplitter(Qt.Orientation.Vertical)
        self.reading.addWidget(self.upper)
        self.reading.addWidget(self.library)
        self.reading.setStretchFactor(0, 3)
        self.reading.setStretchFactor(1, 2)
        self.reading.setChildrenCollapsible(False)
        self.reading.setHandleWidth(1)
        self.addWidget(self.reading)
        self.set_theme(themes.theme)
        session.search.results_changed.connect(self._show_results)
        session.settings.changed.connect(self._take_setting)
        session.current.changed.connect(self.show_thumbnails)
        session.pages.mode_changed.connect(self.show_thumbnails)
        self.show_thumbnails()

    @property
    def results(self) -> ResultsPane:
        """What a search found: made when something is first looked for."""
        if self._results is None:
            from reader.ui.search.results_pane import ResultsPane

            self._results = self._themes.follow(ResultsPane(self._session, self._themes.theme))
            self.addWidget(self._results)
            self.made.emit(self._results)
        return self._results

    def focus_results(self) -> None:
        """Move the keyboard to the results."""
        self.results.take_focus()

    def set_theme(self, theme: Theme) -> None:
        """Give larger text more room."""
        self.setMinimumWidth(least_left_px(theme))

    def take_focus(self) -> None:
        """Move the keyboard to the list in sight: results, small pages or contents."""
        if self._session.search.state.active:
            self.results.take_focus()
        elif self.thumbnails is not None and self.thumbnails.isVisible():
            self.thumbnails.take_focus()
        else:
            self.contents.take_focus()

    def _show_results(self) -> None:
        active = self._session.search.state.active
        self.setCurrentWidget(self.results if active else self.reading)
        if active and not self.isVisible():
            self.setVisible(True)

    def _take_setting(self, setting: Setting[Any]) -> None:
        if setting == THUMBNAILS:
            self.show_thumbnails()

    def show_thumbnails(self, _event: object = None) -> None:
        """Show small pages in the place of the contents, if printed pages are shown so."""
        shown: QWidget = self.contents
        if self._session.pages.as_printed and self._session.settings.get(THUMBNAILS):
            if self.thumbnails is None:
                from reader.ui.pdf.thumbnails import Thumbnails

                self.thumbnails = self._themes.follow(Thumbnails(self._session, self._themes.theme))
                self.upper.addWidget(self.thumbnails)
                self.made.emit(self.thumbnails)
            shown = self.thumbnails
        self.upper.setCurrentWidget(shown)
