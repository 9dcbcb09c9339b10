"""The foot of the page: section, percent, minutes left."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from reader.model.pages import Page
from reader.session import Place, Session
from reader.ui.header import ElidedLabel
from reader.ui.theme import Theme

HEIGHT_PX = 36


class StatusRow(QWidget):
    """Says where the reader is; while documents are taken in, how far that is."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setObjectName("paper")
        self.setFixedHeight(HEIGHT_PX)
        self._section = ElidedLabel(self)
        self._progress = QLabel(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(25, 0, 25, 0)
        row.addWidget(self._section, 1)
        row.addWidget(self._progress)
        session.located.connect(self._show)
        session.opened.connect(self._opened)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draws itself in the colours of `theme` from now on."""
        self.setStyleSheet(
            f"#paper {{ background: {theme.paper}; }}"
            f"QLabel {{ color: {theme.ink2}; font-size: 12px; }}"
        )

    def _opened(self, document: object) -> None:
        if document is None:
            self._section.set_whole("")
            self._progress.setText("")

    def _show(self, place: Place) -> None:
        self._section.set_whole(place.section.title if place.section else "")
        left = f"{place.minutes_left} min left" if place.minutes_left else "finished"
        facts = [f"{place.percent} %", left]
        if place.page is not None:
            facts.insert(0, self._of_pages(place.page))
        self._progress.setText("   ·   ".join(facts))

    def _of_pages(self, page: Page) -> str:
        pages = self._session.page_map
        count = len(pages.pages) if pages is not None else 0
        number = f" ({page.number})" if page.label != str(page.number) else ""
        return f"Page {page.label}{number} of {count}"
