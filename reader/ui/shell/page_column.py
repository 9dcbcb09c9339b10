"""The column of the page: bars above it, the document, the message over it, the foot."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reader.session.session import Session
from reader.ui.article.left_out import LeftOutBar
from reader.ui.notes.draft_bar import DraftBar
from reader.ui.review.offer_bar import OfferBar
from reader.ui.review.review_bar import ReviewBar
from reader.ui.shell.document_stack import DocumentStack
from reader.ui.shell.message_bar import MessageBar
from reader.ui.shell.status_bar import StatusRow
from reader.ui.shell.theme_manager import ThemeManager


class PageColumn(QWidget):
    """Builds the bars around the document and gives them their places."""

    def __init__(self, session: Session, themes: ThemeManager, documents: DocumentStack) -> None:
        super().__init__()
        self.setObjectName("paper")
        # The foot has no ground of its own.
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(320)
        theme, themed = themes.theme, themes.follow
        self.offer_bar = themed(OfferBar(session, theme, self))
        self.review_bar = themed(ReviewBar(session, theme, self))
        self.left_out_bar = themed(LeftOutBar(session, theme, self))
        self.draft_bar = themed(DraftBar(session, theme, self))
        self.status = themed(StatusRow(session, theme, self))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for bar in (self.offer_bar, self.review_bar, self.left_out_bar, self.draft_bar):
            self._column.addWidget(bar)
        self._column.addWidget(documents, 1)
        self._column.addWidget(self.status)
        self.message = themed(MessageBar(session, theme, documents))

    def add_above(self, pane: QWidget) -> None:
        """Place a pane between the header and the page, above the bar that it belongs to."""
        self._column.insertWidget(self._column.indexOf(self.review_bar), pane)
