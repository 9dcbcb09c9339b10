"""The bar that says a sentence without stopping anybody: problems, news, imports under way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from reader.problem import Problem
from reader.session.annotations import AnnotationChanges
from reader.session.notifier import ActionOffer
from reader.session.session import Session
from reader.session.timers import single_shot
from reader.ui.commands.key_map import with_keys
from reader.ui.widgets.controls import IconButton
from reader.ui.widgets.theme import Theme, pixmap

if TYPE_CHECKING:
    from reader.services.import_queue import Progress
    from reader.session.imports import Imports

NEWS_MS = 4000
# A long sentence stays as long as it takes to read.
READING_MS = 60
OFFER_MS = 15_000
# An import that is over sooner than this shows no progress at all.
PROGRESS_DELAY_MS = 400
WIDEST_PX = 620
_MARGIN_PX = 14


class MessageBar(QWidget):
    """One sentence that lies over the lower end of `under` and moves nothing in it.

    Problems stay until dismissed, and those that come meanwhile wait their turn; news goes by
    itself. What is no longer so goes at once.
    """

    def __init__(self, session: Session, theme: Theme, under: QWidget) -> None:
        super().__init__(under.parentWidget())
        self._under = under
        under.installEventFilter(self)
        self._session = session
        self._theme = theme
        self._kind = "info"
        self._progress_at: Progress | None = None
        self.setObjectName("message")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._icon = QLabel(self)
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._progress = QProgressBar(self)
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(160)
        self._cancel = QPushButton("Cancel", self)
        self._cancel.setObjectName("cancel_import")
        self._act = QPushButton(self)
        self._act.setObjectName("message_action")
        self._act.clicked.connect(self._do)
        self._offer: ActionOffer | None = None
        self._waiting: list[Problem] = []
        self._close = IconButton("x", "Dismiss (Esc)", theme, self, 26)
        self._close.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 10, 7)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._progress)
        row.addWidget(self._cancel)
        row.addWidget(self._act)
        row.addWidget(self._close)
        self._news_timer = single_shot(self, NEWS_MS)
        self._news_timer.timeout.connect(self.dismiss)
        self._progress_timer = single_shot(self, PROGRESS_DELAY_MS)
        self._progress_timer.timeout.connect(self._show_progress)
        session.notifier.failed.connect(self.show_problem)
        session.annotations.changed.connect(self._take_changes)
        session.notifier.message.connect(self.show_news)
        session.notifier.action_offered.connect(self.offer)
        session.late_imports.when_made(self._hear_of_imports)
        for signal in (
            session.annotations.changed,
            session.library_commands.changed,
            session.current.changed,
            session.users.changed,
        ):
            signal.connect(self._drop_what_is_over)
        self.set_theme(theme)
        self.hide()

    def _hear_of_imports(self, imports: Imports) -> None:
        self._cancel.clicked.connect(imports.cancel)
        imports.progress.connect(self._take_progress)

    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme` from now on."""
        self._theme = theme
        self._close.set_theme(theme)
        edge = theme.edges["pink"] if self._kind == "problem" else theme.accent
        self.setStyleSheet(
            f"#message {{ background: {theme.raised}; border: 1px solid {theme.line};"
            f" border-left: 3px solid {edge}; border-radius: 6px; }} QLabel {{"
            f" font-size: {theme.px(13)}px; }}"
        )
        name = "circle-alert" if self._kind == "problem" else "info"
        self._icon.setPixmap(pixmap(name, edge, 18, self.devicePixelRatioF()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._under and event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        """Lies in the middle of the lower end of the page, as high as its words need."""
        under = self._under.geometry()
        layout = self.layout()
        widest_px = max(0, min(WIDEST_PX, under.width() - 2 * _MARGIN_PX))
        if layout is None or not widest_px:
            return
        layout.activate()
        width_px = max(min(layout.sizeHint().width(), widest_px), layout.minimumSize().width())
        # The words of a label that breaks lines say no width of their own.
        words_px = self._text.fontMetrics().horizontalAdvance(self._text.text())
        others_px = width_px - self._text.sizeHint().width()
        width_px = min(widest_px, max(width_px, others_px + words_px + 2))
        height_px = max(layout.heightForWidth(width_px), layout.minimumSize().height())
        self.setGeometry(
            under.center().x() - width_px // 2,
            under.bottom() - height_px - _MARGIN_PX,
            *(width_px, height_px),
        )
        self.raise_()

    @property
    def sentence(self) -> str:
        """What the bar says now, "" when it is hidden."""
        return self._text.text() if not self.isHidden() else ""

    @property
    def _has_problem(self) -> bool:
        """Whether a problem stands, which nothing replaces until it is dismissed."""
        return self._kind == "problem" and not self.isHidden()

    def show_problem(self, problem: Problem) -> None:
        """Say what went wrong, until it is dismissed; one that stands is not replaced."""
        if self._has_problem:
            if problem.sentence not in (self.sentence, *(one.sentence for one in self._waiting)):
                self._waiting.append(problem)
            return
        self._say("problem", problem.sentence)
        self._news_timer.stop()

    def _drop_what_is_over(self, _event: object = None) -> None:
        """An offer that can no longer be taken up goes."""
        if self._offer is not None and not self._offer.holds():
            self.dismiss()

    def _take_changes(self, edits: AnnotationChanges) -> None:
        """A note is on disk: that the notes could not be written is no longer so."""
        notes = str(self._session.workspace.paths.notes(self._session.workspace.user))
        if edits.changes and self._kind == "problem" and notes in self._text.text():
            self.dismiss()

    def show_news(self, sentence: str) -> None:
        """Says something for a few seconds; a problem that stands is not replaced."""
        if self._has_problem:
            return
        self._say("info", sentence)
        self._news_timer.start(max(NEWS_MS, READING_MS * len(sentence)))

    def offer(self, offer: ActionOffer) -> None:
        """Says something with a button that acts on it; a problem that stands is not replaced."""
        if self._has_problem:
            return
        self._say("info", offer.sentence)
        self._offer = offer
        self._act.setText(with_keys(self._session.settings, offer.label))
        self._act.show()
        self._place()
        self._news_timer.start(OFFER_MS)

    def _do(self) -> None:
        offer = self._offer
        self.dismiss()
        if offer is not None and offer.holds():
            offer.run()

    def _say(self, kind: str, sentence: str) -> None:
        self._kind = kind
        self._text.setText(sentence)
        self._text.setAccessibleName(sentence)
        self._progress.hide()
        self._cancel.hide()
        self._act.hide()
        self._offer = None
        self._close.show()
        self.set_theme(self._theme)
        self.show()
        self._place()

    def dismiss(self) -> None:
        """Take the sentence away; the problem that waits longest takes its place."""
        self._news_timer.stop()
        self._kind = "info"
        self._offer = None
        self.hide()
        if self._waiting:
            self.show_problem(self._waiting.pop(0))

    def escape(self) -> bool:
        """Take the sentence away, if one is shown; return False if there is none."""
        shown = self.isVisible()
        if shown:
            self.dismiss()
        return shown

    def _take_progress(self, progress: Progress | None) -> None:
        self._progress_at = progress
        if progress is None:
            self._progress_timer.stop()
            if not self._progress.isHidden():
                self.dismiss()
        elif not self._progress.isHidden():
            self._show_progress()
        elif not self._progress_timer.isActive():
            self._progress_timer.start()

    def _show_progress(self) -> None:
        progress = self._progress_at
        if progress is None or self._has_problem:
            return
        self._say("info", f"Reading {progress.done + 1} of {progress.total}: {progress.name}")
        self._news_timer.stop()
        self._progress.setRange(0, progress.total)
        self._progress.setValue(progress.done)
        self._progress.show()
        self._cancel.show()
        self._close.hide()
        self._place()
