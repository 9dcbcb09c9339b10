"""A line above the page: words that were typed and not kept, with the ways to decide about them."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from reader.session.session import Session
from reader.store.drafts import Draft
from reader.ui.commands.key_map import with_keys
from reader.ui.widgets.controls import IconButton
from reader.ui.widgets.dates import clock_time, short_moment
from reader.ui.widgets.theme import Theme

LONGEST_WORDS = 90


class DraftBar(QWidget):
    """The first of the unsaved notes, those on the open document before the others."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._draft: Draft | None = None
        self._not_now: set[str] = set()
        self.setObjectName("draft")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._open = QPushButton("Open", self)
        self._open.clicked.connect(self._show_document)
        self._keep = QPushButton("Keep", self)
        self._keep.clicked.connect(self._keep_it)
        self._discard = QPushButton("Discard", self)
        self._discard.clicked.connect(self._discard_it)
        self._close = IconButton("x", "Not now", theme, self, 26)
        self._close.clicked.connect(self._put_away)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 10, 7)
        row.setSpacing(10)
        row.addWidget(self._text, 1)
        for button in (self._open, self._keep, self._discard, self._close):
            row.addWidget(button)
        session.current.changed.connect(self.renew)
        session.users.changed.connect(self.renew)
        session.drafts.changed.connect(self.renew)
        self.set_theme(theme)
        self.renew()

    def set_theme(self, theme: Theme) -> None:
        """Draws itself in the colours of `theme` from now on."""
        self._close.set_theme(theme)
        self.setStyleSheet(
            f"#draft {{ background: {theme.raised}; border-bottom: 1px solid {theme.line};"
            f" border-left: 3px solid {theme.edges['blue']}; }} QLabel {{"
            f" font-size: {theme.px(13)}px; }}"
        )

    @property
    def sentence(self) -> str:
        """What the bar says now, "" when it is hidden."""
        return self._text.text() if not self.isHidden() else ""

    def renew(self, _event: object = None) -> None:
        """Says what is so now."""
        left = [one for one in self._session.drafts.left if one.id not in self._not_now]
        here = [one for one in left if self._document_id(one) == self._open_id]
        self._draft = next(iter(here + left), None)
        self.setVisible(self._draft is not None)
        if self._draft is not None:
            self._say(self._draft, len(left))

    @property
    def _open_id(self) -> str:
        document = self._session.current.document
        return document.id if document is not None else ""

    def _document_id(self, draft: Draft) -> str:
        """The document that a draft's note is on, in its latest edition; "" when it is gone."""
        now = self._session.notebook.note(draft.annotation.id) or draft.annotation
        latest = self._session.workspace.library.editions.latest(now.target.document_id)
        return latest if self._session.catalog.entry(latest) is not None else ""

    def _say(self, draft: Draft, count: int) -> None:
        document_id = self._document_id(draft)
        is_elsewhere = bool(document_id) and document_id != self._open_id
        where = f" on “{self._session.catalog.title(document_id)}”" if is_elsewhere else ""
        others = f" ({count - 1} more)" if count > 1 else ""
        words = " ".join((draft.note or draft.tags).split())
        if len(words) > LONGEST_WORDS:
            words = words[:LONGEST_WORDS].rstrip() + "…"
        said = f"Unsaved note from {_time(draft.typed)}{where}{others}: “{words}”"
        self._text.setText(said)
        self._text.setToolTip(draft.note)
        self._text.setAccessibleName(said)
        becomes_new = self._session.drafts.becomes_new(draft)
        self._keep.setText("Keep as New Note" if becomes_new else "Keep")
        self._keep.setToolTip(
            "The note was removed or written anew since: these words become one of their own"
            if becomes_new
            else "Make these words what the note says"
        )
        self._open.setVisible(is_elsewhere)
        self._keep.setVisible(not is_elsewhere)
        self._discard.setVisible(not is_elsewhere)

    def _show_document(self) -> None:
        if self._draft is not None:
            self._session.navigation.open(self._document_id(self._draft))

    def _keep_it(self) -> None:
        if self._draft is not None and self._session.drafts.keep(self._draft):
            said = with_keys(self._session.settings, "The note is kept. [undo] takes that back.")
            self._session.notifier.info(said)

    def _discard_it(self) -> None:
        draft = self._draft
        if draft is not None:
            self._session.drafts.discard(draft)
            self._session.notifier.offer(
                "The unsaved note is discarded.", "Undo", partial(self._session.drafts.leave, draft)
            )

    def _put_away(self) -> None:
        if self._draft is not None:
            self._not_now.add(self._draft.id)
            self.renew()


def _time(typed: str) -> str:
    """A time as a clock shows it, with its day when that is not today."""
    then = datetime.fromisoformat(typed.replace("Z", "+00:00")).astimezone()
    is_today = then.date() == datetime.now().astimezone().date()
    return clock_time(then) if is_today else short_moment(then)
