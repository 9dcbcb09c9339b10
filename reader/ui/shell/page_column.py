"""The column of the page: bars above it, the document, the message over it, the foot."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reader.model.document import Document
from reader.model.left_out import sentence
from reader.problem import Problem
from reader.session.notifier import ActionOffer
from reader.session.session import Session
from reader.ui.shell.document_stack import DocumentStack
from reader.ui.shell.layout import foot_px
from reader.ui.shell.theme_manager import ThemeManager

if TYPE_CHECKING:
    from reader.ui.article.left_out import LeftOutBar
    from reader.ui.notes.draft_bar import DraftBar
    from reader.ui.review.offer_bar import OfferBar
    from reader.ui.review.review_bar import ReviewBar
    from reader.ui.shell.message_bar import MessageBar
    from reader.ui.shell.status_bar import StatusRow

W = TypeVar("W", bound=QWidget)
_BARS = ("offer", "review", "left-out", "draft")  # by their object names, from the top


class PageColumn(QWidget):
    """Builds the bars around the document and gives them their places.

    Before the first paint those alone are made that have something to say, for the page stands
    below them; the others when they are first asked for.
    """

    def __init__(self, session: Session, themes: ThemeManager, documents: DocumentStack) -> None:
        super().__init__()
        self._session = session
        self._themes = themes
        self._documents = documents
        self._offer_bar: OfferBar | None = None
        self._review_bar: ReviewBar | None = None
        self._left_out_bar: LeftOutBar | None = None
        self._draft_bar: DraftBar | None = None
        self._bars: list[QWidget] = []
        self._status: StatusRow | None = None
        self._message: MessageBar | None = None
        self.setObjectName("paper")
        # The foot has no ground of its own.
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(320)
        self._foot = QWidget()
        self._foot.setFixedHeight(foot_px(themes.theme))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(documents, 1)
        self._column.addWidget(self._foot)
        session.current.changed.connect(self._make_due)
        session.notifier.failed.connect(self._take_first_problem)
        session.notifier.message.connect(self._take_first_news)
        session.notifier.action_offered.connect(self._take_first_offer)

    # Imported here, all of them: a start shows the page alone.

    @property
    def offer_bar(self) -> OfferBar:
        """The question whether the document is an edition of another."""
        if self._offer_bar is None:
            from reader.ui.review.offer_bar import OfferBar

            bar = OfferBar(self._session, self._themes.theme, self)
            self._offer_bar = self._themes.follow(self._place(bar))
        return self._offer_bar

    @property
    def review_bar(self) -> ReviewBar:
        """How notes fared in a new edition."""
        if self._review_bar is None:
            from reader.ui.review.review_bar import ReviewBar

            bar = ReviewBar(self._session, self._themes.theme, self)
            self._review_bar = self._themes.follow(self._place(bar))
        return self._review_bar

    @property
    def left_out_bar(self) -> LeftOutBar:
        """What the file shows and the page does not."""
        if self._left_out_bar is None:
            from reader.ui.article.left_out import LeftOutBar

            bar = LeftOutBar(self._session, self._themes.theme, self)
            self._left_out_bar = self._themes.follow(self._place(bar))
        return self._left_out_bar

    @property
    def draft_bar(self) -> DraftBar:
        """Words that were typed and not kept."""
        if self._draft_bar is None:
            from reader.ui.notes.draft_bar import DraftBar

            bar = DraftBar(self._session, self._themes.theme, self)
            self._draft_bar = self._themes.follow(self._place(bar))
        return self._draft_bar

    @property
    def status(self) -> StatusRow:
        """The foot of the page."""
        if self._status is None:
            from reader.ui.shell.status_bar import StatusRow

            row = StatusRow(self._session, self._themes.theme, self)
            self._status = self._themes.follow(row)
            self._column.replaceWidget(self._foot, row)
            self._foot.deleteLater()
        return self._status

    @property
    def message(self) -> MessageBar:
        """The sentence that lies over the page."""
        if self._message is None:
            from reader.ui.shell.message_bar import MessageBar

            notifier = self._session.notifier
            notifier.failed.disconnect(self._take_first_problem)
            notifier.message.disconnect(self._take_first_news)
            notifier.action_offered.disconnect(self._take_first_offer)
            bar = MessageBar(self._session, self._themes.theme, self._documents)
            self._message = self._themes.follow(bar)
        return self._message

    def _place(self, bar: W) -> W:
        """Lay a bar above the page, in the order of `_BARS`."""
        before = _BARS[: _BARS.index(bar.objectName())]
        above = [one for one in self._bars if one.objectName() in before]
        at = max((self._column.indexOf(one) + 1 for one in above), default=0)
        self._bars.append(bar)
        self._column.insertWidget(at, bar)
        return bar

    def _make_due(self, document: Document | None) -> None:
        """Make the bars that say something of the document that is shown first."""
        session = self._session
        if session.drafts.left:
            _ = self.draft_bar
        if document is None:
            return
        if session.offers.waiting(document.id):
            _ = self.offer_bar
        if session.current.is_earlier or session.reanchoring.status.open:
            _ = self.review_bar
        if sentence(document.left_out, document.kept_characters):
            _ = self.left_out_bar

    # What is said before the message is there, which hears of all else by itself.

    def _take_first_problem(self, problem: Problem) -> None:
        self.message.show_problem(problem)

    def _take_first_news(self, news: str) -> None:
        self.message.show_news(news)

    def _take_first_offer(self, offer: ActionOffer) -> None:
        self.message.offer(offer)

    def complete(self) -> None:
        """Make all that is not made yet: from now on each of them hears what it is to say."""
        self._session.current.changed.disconnect(self._make_due)
        _ = (self.offer_bar, self.review_bar, self.left_out_bar, self.draft_bar)
        _ = (self.status, self._documents.empty, self.message)

    def tab_after(self, widget: QWidget) -> None:
        """Have Tab go from a widget on through the bars, and then to the document."""
        from PySide6.QtWidgets import QAbstractButton

        bars = (self.offer_bar, self.review_bar, self.left_out_bar, self.draft_bar, self.status)
        for bar in bars:
            for button in bar.findChildren(QAbstractButton):
                QWidget.setTabOrder(widget, button)
                widget = button
        QWidget.setTabOrder(widget, self._documents.page)

    def add_above(self, pane: QWidget) -> None:
        """Place a pane between the header and the page, above the bar that it belongs to."""
        self._column.insertWidget(self._column.indexOf(self.review_bar), pane)
