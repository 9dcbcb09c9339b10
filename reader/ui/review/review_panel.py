"""Deciding about notes whose text has changed, one by one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.model.anchoring.review_case import REVIEWED, Case, around
from reader.model.anchoring.word_diff import Difference, differences, in_words
from reader.model.annotation import Annotation, State
from reader.model.span import Span
from reader.note_line import line_of
from reader.session.session import Session
from reader.ui.commands.key_map import with_keys
from reader.ui.review.passage_view import Passage
from reader.ui.widgets.controls import IconButton
from reader.ui.widgets.theme import Theme

MOST_DIFFERENCES = 6
SAID: dict[State, str] = {
    "moved": "Moved: the words are the same, the text round them is another.",
    "changed": "Changed: the words are not the same any more.",
    "check": "To be checked: this is likely the place, but not surely.",
    "unplaced": "Not placed: no place is sure enough.",
}
LIKELIEST = "Not placed: no place is sure enough. The likeliest one is shown; Enter puts it there."


class ReviewPanel(QWidget):
    """The notes to be decided about, one at a time, the old passage beside the new one."""

    proposed = Signal(Span)  # Span of the page to be looked at, or None
    shown = Signal(bool)  # whether it is open

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._cases: list[Case] = []
        self._at = 0
        self._proposal = 0
        self.setObjectName("review_panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._head = QLabel(self)
        self._note = QLabel(self)
        self._changes = QLabel(self)
        self._before = Passage("The passage before", self)
        self._now = Passage("The passage now", self)
        self._before_head, self._now_head = QLabel("Before", self), QLabel("Now", self)
        self.accept = self._button("&Accept", "The note belongs here", self._accept)
        self.accept.setDefault(True)
        self.attach = self._button(
            "A&ttach to selection", "Select the passage on the page, then press this", self._attach
        )
        self.keep = self._button("&Keep with earlier text", "Leave it where it was", self._keep)
        self.archive = self._button("A&rchive", "Put the note away; it is kept", self._archive)
        self.look = self._button(
            "&Open earlier text", "Read the edition it was written on", self._look
        )
        self.other = self._button("Other &place", "Look at the next likely place", self._next_place)
        self.all_moved = self._button(
            "Accept all &moved", "Accept every note whose words are the same", self._accept_moved
        )
        self._previous = IconButton("chevron-up", "Note before", theme, self, 26)
        self._next = IconButton("chevron-down", "Next note", theme, self, 26)
        self._previous.clicked.connect(self._back)
        self._next.clicked.connect(self._forth)
        self._close = IconButton("x", "Close the review (Esc)", theme, self, 26)
        self._close.clicked.connect(self.put_away)
        self._lay_out()
        session.annotations.changed.connect(self._renew)
        session.current.changed.connect(self.put_away)
        session.users.changed.connect(self.put_away)
        self.set_theme(theme)
        self.hide()

    def _button(self, text: str, tip: str, do: object) -> QPushButton:
        made = QPushButton(text, self)
        made.setToolTip(tip)
        made.setAutoDefault(True)
        made.clicked.connect(do)
        return made

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._head, 1)
        for widget in (self._previous, self._next, self._close):
            head.addWidget(widget)
        for label in (self._note, self._changes):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        sides = QGridLayout()
        sides.setHorizontalSpacing(12)
        sides.setVerticalSpacing(2)
        sides.addWidget(self._before_head, 0, 0)
        sides.addWidget(self._now_head, 0, 1)
        sides.addWidget(self._before, 1, 0)
        sides.addWidget(self._now, 1, 1)
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in (self.accept, self.other, self.attach, self.keep, self.archive, self.look):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.all_moved)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 12, 10)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._note)
        column.addWidget(self._changes)
        column.addLayout(sides)
        column.addLayout(row)

    def set_theme(self, theme: Theme) -> None:
        """Draws itself in the colours of `theme` from now on."""
        self._theme = theme
        for button in (self._previous, self._next, self._close):
            button.set_theme(theme)
        self.setStyleSheet(
            f"#review_panel {{ background: {theme.chrome};"
            f" border-bottom: 1px solid {theme.line}; }}"
            f"QLabel {{ font-size: {theme.px(13)}px; }} QPushButton {{ padding: 3px 9px; }}"
        )
        self._head.setStyleSheet("font-weight: 600;")
        self._changes.setStyleSheet(f"color: {theme.ink}; font-weight: 600;")
        for label in (self._before_head, self._now_head, self._note):
            label.setStyleSheet(f"color: {theme.ink2};")
        if self._cases:
            self._show()

    def take(self, cases: Sequence[Case]) -> None:
        """Begins with the first of these."""
        self._cases = list(cases)
        self._at = self._proposal = 0
        self._renew()
        if self.open_cases:
            self.show()
            self.shown.emit(True)
            self.accept.setFocus(Qt.FocusReason.OtherFocusReason)
            # The page is smaller now; it is told once more when it has its new height.
            QTimer.singleShot(0, self._look_again)

    @property
    def open_cases(self) -> list[Case]:
        """Those that nothing was decided about yet; undo brings one back."""
        found = []
        for case in self._cases:
            annotation = self._session.annotations.get(case.annotation_id)
            if annotation is not None and annotation.state in REVIEWED:
                found.append(case)
        return found

    def _renew(self, _changes: object = None) -> None:
        if not self._cases:
            return
        if self.open_cases:
            self._at = min(self._at, len(self.open_cases) - 1)
            self._show()
            return
        if self.isVisible():
            self._session.notifier.info(
                with_keys(
                    self._session.settings,
                    "Every note has been decided about. [undo] takes back the last step.",
                )
            )
        self._end()

    def _end(self) -> None:
        self.hide()
        self.shown.emit(False)
        self.proposed.emit(None)

    def put_away(self, _event: object = None) -> None:
        """Closes the panel; what is undecided stays so."""
        self._cases = []
        self._end()

    def escape(self) -> bool:
        """Close the panel, if it is open; return False if it is not."""
        shown = self.isVisible()
        if shown:
            self.put_away()
        return shown

    # One case

    @property
    def case(self) -> Case:
        """The case that is shown."""
        return self.open_cases[self._at]

    @property
    def differences(self) -> str:
        """The line that says what differs."""
        return self._changes.text()

    @property
    def place(self) -> Span | None:
        """The place in the present text that is shown."""
        spans = self.case.proposals
        return spans[self._proposal % len(spans)] if spans else None

    def _show(self) -> None:
        case, document = self.case, self._session.current.document
        annotation = self._session.annotations.get(case.annotation_id)
        if annotation is None or document is None:
            return
        many = len(self.open_cases)
        proposed = annotation.state == "unplaced" and self.place is not None
        said = LIKELIEST if proposed else SAID[annotation.state]
        self._head.setText(f"Note {self._at + 1} of {many}.  {said}")
        self._note.setText(f"Your note: {line_of(annotation.note)}")
        self._note.setVisible(bool(annotation.note))
        place, old = self.place, case.span.cut(case.old)
        found: tuple[Difference, ...] = ()
        lines: list[str] = []
        if place is not None:
            new = place.cut(document.text)
            found, lines = differences(old, new), in_words(old, new)
            window = around(document.text, place)
            self._now.fill(
                window.cut(document.text),
                place.moved(-window.start),
                [(one.new, one.grave) for one in found],
                self._theme,
            )
        else:
            self._now.fill("No place is like it in the text now.", Span(0, 0), [], self._theme)
        self._before.fill(case.old, case.span, [(one.old, one.grave) for one in found], self._theme)
        more = (
            f"   and {len(lines) - MOST_DIFFERENCES} more" if len(lines) > MOST_DIFFERENCES else ""
        )
        self._changes.setText("   ·   ".join(lines[:MOST_DIFFERENCES]) + more)
        self._changes.setVisible(bool(lines))
        places = len(case.proposals)
        self._now_head.setText(
            "Now" if places < 2 else f"Now – place {self._proposal % places + 1} of {places}"
        )
        self._enable(annotation, places, many)
        self._look_at(annotation)

    def _enable(self, annotation: Annotation, places: int, many: int) -> None:
        self.accept.setEnabled(places > 0)
        self.other.setVisible(places > 1)
        self._previous.setEnabled(many > 1)
        self._next.setEnabled(many > 1)
        moved = [one for one in self._session.annotations.own if one.state == "moved"]
        self.all_moved.setVisible(len(moved) > 1)

    def _look_at(self, annotation: Annotation) -> None:
        self._session.annotations.choose(annotation.id)
        self.proposed.emit(self.place)
        self._look_again()

    def _look_again(self) -> None:
        if self.open_cases and self.place is not None:
            self._session.navigation.scroll_to(self.place)

    def _step(self, by: int) -> None:
        self._at = (self._at + by) % len(self.open_cases)
        self._proposal = 0
        self._show()

    def _back(self) -> None:
        self._step(-1)

    def _forth(self) -> None:
        self._step(1)

    def _next_place(self) -> None:
        self._proposal += 1
        self._show()

    def _accept(self) -> None:
        annotation_id, place = self.case.annotation_id, self.place
        self._proposal = 0
        same = place == self._session.annotations.spans.get(annotation_id)
        self._session.reanchoring.accept(annotation_id, None if same else place)

    def _attach(self) -> None:
        self._session.reanchoring.attach(self.case.annotation_id)

    def _keep(self) -> None:
        self._session.reanchoring.keep_earlier(self.case.annotation_id)

    def _archive(self) -> None:
        self._session.reanchoring.archive(self.case.annotation_id)

    def _look(self) -> None:
        self._session.reanchoring.open_earlier(self.case.annotation_id)

    def _accept_moved(self) -> None:
        self._session.reanchoring.accept_moved()

    def take_focus(self) -> None:
        """Moves the keyboard here."""
        self.accept.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letters = {
            Qt.Key.Key_A: self.accept,
            Qt.Key.Key_T: self.attach,
            Qt.Key.Key_K: self.keep,
            Qt.Key.Key_R: self.archive,
            Qt.Key.Key_O: self.look,
            Qt.Key.Key_P: self.other,
            Qt.Key.Key_M: self.all_moved,
            Qt.Key.Key_PageUp: self._previous,
            Qt.Key.Key_PageDown: self._next,
            Qt.Key.Key_Escape: self._close,
        }
        button = letters.get(Qt.Key(event.key()))
        if button is None or button.isHidden():
            super().keyPressEvent(event)
        else:
            button.click()
