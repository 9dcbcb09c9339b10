"""A line above the page: how notes fared in a new edition, or that this is an earlier one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from reader.model.anchoring.selector import text_hash
from reader.session.session import Session
from reader.ui.widgets.controls import IconButton
from reader.ui.widgets.theme import Theme


class ReviewBar(QWidget):
    """One line above the page: how notes fared in a new edition, or that this is an earlier one."""

    wanted = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._put_away_at = ""
        self._at_work = False
        self.setObjectName("review")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = QLabel(self)
        self._do = QPushButton(self)
        self._do.clicked.connect(self._act)
        self._close = IconButton("x", "Not now", theme, self, 26)
        self._close.clicked.connect(self._put_away)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 10, 7)
        row.setSpacing(10)
        row.addWidget(self._text, 1)
        row.addWidget(self._do)
        row.addWidget(self._close)
        session.current.changed.connect(self.renew)
        session.annotations.changed.connect(self.renew)
        session.users.changed.connect(self.renew)
        self.set_theme(theme)
        self.renew()

    def set_theme(self, theme: Theme) -> None:
        """Draws itself in the colours of `theme` from now on."""
        self._close.set_theme(theme)
        self.setStyleSheet(
            f"#review {{ background: {theme.raised}; border-bottom: 1px solid {theme.line};"
            f" border-left: 3px solid {theme.edges['yellow']}; }} QLabel {{"
            f" font-size: {theme.px(13)}px; }}"
        )

    @property
    def sentence(self) -> str:
        """What the bar says now, "" when it is hidden."""
        return self._text.text() if not self.isHidden() else ""

    def _key(self) -> str:
        document = self._session.current.document
        return f"{document.id if document else ''} {self._session.reanchoring.status}"

    def renew(self, _event: object = None) -> None:
        """Says what is so now."""
        session, status = self._session, self._session.reanchoring.status
        if session.current.is_earlier:
            self._text.setText("This is an earlier edition. Your notes are on the latest one.")
            self._do.setText("Open the latest edition")
        elif status.open:
            self._text.setText(f"{self._what_is_so()} {status}.")
            self._do.setText("Review")
        self._text.setAccessibleName(self._text.text())
        asks = status.open > 0 and self._key() != self._put_away_at
        self._close.setVisible(not session.current.is_earlier)
        asks = asks and not self._at_work
        self.setVisible(
            session.current.document is not None and (session.current.is_earlier or asks)
        )

    def _what_is_so(self) -> str:
        """That the text has changed, when a note moved or was made on another text than is open.

        A note from another program has no text that it was made on.
        """
        # Imported here: a start decides about no notes.
        from reader.model.anchoring.review_case import REVIEWED

        here = (
            text_hash(self._session.current.document.text) if self._session.current.document else ""
        )
        changed = any(
            one.state == "moved" or (one.earlier or one.target).text_hash not in ("", here)
            for one in self._session.annotations.own
            if one.state in REVIEWED
        )
        return "This text has changed. Your notes:" if changed else "Notes to look at:"

    def make_room(self, at_work: bool) -> None:
        """Hides as long as the review is open."""
        self._at_work = at_work
        self.renew()

    def _act(self) -> None:
        if self._session.current.is_earlier:
            self._session.current.open_latest()
        else:
            self.wanted.emit()

    def _put_away(self) -> None:
        self._put_away_at = self._key()
        self.renew()
