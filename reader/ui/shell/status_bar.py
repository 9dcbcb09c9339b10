"""The foot of the page: section, percent, minutes left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from reader.session.navigation import Location
from reader.session.session import Session
from reader.ui.commands.key_map import KeyTip
from reader.ui.shell.layout import foot_px
from reader.ui.widgets.controls import ElidedLabel, IconButton
from reader.ui.widgets.dates import time_needed
from reader.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from reader.model.pdf.page_map import Page


class StatusRow(QWidget):
    """Says where the reader is; while documents are taken in, how far that is."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setObjectName("paper")
        self._section = ElidedLabel(self)
        self._progress = QLabel(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(25, 0, 25, 0)
        row.addWidget(self._section, 1)
        self.page = QPushButton(self)
        self.page.setFlat(True)
        KeyTip(session, self.page, "Go to another page ([go_to_page])")
        row.addWidget(self.page)
        row.addWidget(self._progress)
        self.view = IconButton("rows-3", "Show as an article", theme, self, 28)
        self._view_tip = KeyTip(session, self.view, "")
        row.addWidget(self.view)
        session.navigation.location_changed.connect(self._show)
        session.current.changed.connect(self._opened)
        session.pages.mode_changed.connect(self._show_view)
        self._show_view()
        self.set_theme(theme)
        if session.current.document is not None:
            self._show(session.navigation.location)

    def set_theme(self, theme: Theme) -> None:
        """Draws itself in the colours of `theme` from now on."""
        self.view.set_theme(theme)
        self.setFixedHeight(foot_px(theme))
        self.setStyleSheet(
            f"#paper {{ background: {theme.paper}; }}"
            f"QLabel {{ color: {theme.ink2}; font-size: {theme.px(12)}px; }}"
            f"QPushButton {{ color: {theme.ink2};"
            f" font-size: {theme.px(12)}px; font-weight: 400; border: none;"
            " background: transparent; padding: 2px 6px; border-radius: 4px; }"
            f"QPushButton:hover {{ background: {theme.pressed}; }}"
            f"QPushButton:focus {{ border: 1px solid {theme.accent}; }}"
        )

    def _opened(self, document: object) -> None:
        if document is None:
            self._section.set_whole("")
            self._progress.setText("")
            self.page.setText("")
        self._show_view()

    def _show_view(self) -> None:
        printed = self._session.pages.as_printed
        is_raw = self._session.pages.are_being_read
        if is_raw:
            self._section.set_whole("The text is still being read. It can be marked after that.")
        self.view.setVisible(self._session.pages.has_pages and not is_raw)
        self.view.set_icon("rows-3" if printed else "file-text")
        told = "Show as an article" if printed else "Show the printed pages"
        self._view_tip.set_text(f"{told} ([printed])")
        self.view.setAccessibleName(told)
        self.page.setVisible(printed and not is_raw)

    def _show(self, location: Location) -> None:
        title = location.section.title if location.section else ""
        # A page of a file without outline is a section, too; it is named once.
        named = location.page is not None and title == f"Page {location.page.label}"
        self._section.set_whole("" if named else title)
        left = f"{time_needed(location.minutes_left)} left" if location.minutes_left else "finished"
        self._progress.setText(f"{location.percent} %   ·   {left}")
        if location.page is not None:
            self.page.setText(self._of_pages(location.page))

    def _of_pages(self, page: Page) -> str:
        pages = self._session.pages.page_map
        count = len(pages.pages) if pages is not None else 0
        number = f" ({page.number})" if page.label != str(page.number) else ""
        return f"Page {page.label}{number} of {count}"
