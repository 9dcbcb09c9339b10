"""A line above the page that asks whether a document is an edition of another."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from reader.session.same_article import file_kind
from reader.session.session import Session
from reader.store.offers import Offer
from reader.ui.widgets.controls import IconButton
from reader.ui.widgets.dates import short_day
from reader.ui.widgets.theme import Theme


class OfferBar(QWidget):
    """The question about the open document; nothing is changed before it is answered."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._offers = session.offers
        self._offer: Offer | None = None
        self._put_away: set[Offer] = set()
        self.setObjectName("offer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self.accept = QPushButton("It Is", self)
        self.accept.setToolTip("The older one stays as an earlier edition; your notes follow")
        self.accept.clicked.connect(self._accept)
        self.same = QPushButton("Same Article", self)
        self.same.setToolTip("Two files of it: both stay, and your notes on each show in both")
        self.same.clicked.connect(self._join)
        self.keep = QPushButton("Keep Both", self)
        self.keep.setToolTip("They are two documents; you are not asked again")
        self.keep.clicked.connect(self._keep)
        self.always = QPushButton("Always for This Source", self)
        self.always.clicked.connect(self._accept_always)
        self._close = IconButton("x", "Not now", theme, self, 26)
        self._close.clicked.connect(self._dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 10, 7)
        row.setSpacing(8)
        row.addWidget(self._text, 1)
        for widget in (self.accept, self.same, self.keep, self.always, self._close):
            row.addWidget(widget)
        session.current.changed.connect(self.renew)
        session.library_commands.changed.connect(self.renew)
        self.set_theme(theme)
        self.renew()

    def set_theme(self, theme: Theme) -> None:
        """Draws itself in the colours of `theme` from now on."""
        self._close.set_theme(theme)
        self.setStyleSheet(
            f"#offer {{ background: {theme.raised}; border-bottom: 1px solid {theme.line};"
            f" border-left: 3px solid {theme.accent}; }} QLabel {{ font-size: {theme.px(13)}px; }}"
        )

    @property
    def sentence(self) -> str:
        """What the bar asks now, "" when it is hidden."""
        return self._text.text() if not self.isHidden() else ""

    def renew(self, _event: object = None) -> None:
        """Asks what is to be asked of the open document."""
        document = self._session.current.document
        waiting = [] if document is None else self._offers.waiting(document.id)
        waiting = [offer for offer in waiting if offer not in self._put_away]
        self._offer = next(iter(waiting), None)
        if self._offer is not None and document is not None:
            self._text.setText(self._said(self._offer, document.id))
            self._text.setAccessibleName(self._text.text())
            other = self._session.catalog.entry(_other(self._offer, document.id))
            kinds = {file_kind(one.source) for one in (document, other) if one is not None}
            self.same.setVisible(len(kinds) > 1)
            source = self._offers.source(self._offer)
            self.always.setVisible(bool(source) and not self._offer.older)
            self.always.setToolTip(f"Without asking for what comes from “{source}”")
        self.setVisible(self._offer is not None)

    def _said(self, offer: Offer, here: str) -> str:
        came, other = here == offer.document_id, self._session.catalog.entry(_other(offer, here))
        day = f", imported {short_day(other.imported)}" if other is not None else ""
        age = "an earlier" if offer.older else "a newer"
        if came:
            return f"This looks like {age} edition of “{offer.earlier_title}”{day}."
        return f"“{offer.title}”{day}, looks like {age} edition of this."

    def _accept(self) -> None:
        if self._offer is not None:
            self._offers.accept(self._offer)

    def _accept_always(self) -> None:
        if self._offer is not None:
            self._offers.accept(self._offer, always=True)

    def _join(self) -> None:
        """It is no edition then, and is asked about no more."""
        offer, document = self._offer, self._session.current.document
        if offer is not None and document is not None and self._offers.keep_both(offer):
            self._session.same_article.join(_other(offer, document.id))

    def _keep(self) -> None:
        if self._offer is not None:
            self._offers.keep_both(self._offer)

    def _dismiss(self) -> None:
        if self._offer is not None:
            self._put_away.add(self._offer)
            self.renew()


def _other(offer: Offer, document_id: str) -> str:
    return offer.earlier_id if document_id == offer.document_id else offer.document_id
