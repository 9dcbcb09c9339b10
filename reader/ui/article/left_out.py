"""What a file shows and the page does not, said in a line above the page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from reader.model.left_out import is_clear, sentence
from reader.session.session import Session
from reader.ui.widgets.controls import IconButton
from reader.ui.widgets.theme import Theme


class LeftOutBar(QWidget):
    """One line above the page when more than a trifle of the file is not in it."""

    show_wanted = Signal()
    whole_wanted = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._put_away: set[str] = set()
        self.setObjectName("left-out")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self.show_button = QPushButton("Show", self)
        self.show_button.setToolTip("List what was left out, and why")
        self.whole_button = QPushButton("Read All of It", self)
        self.whole_button.setToolTip("Read the whole page, its menus too")
        self._close = IconButton("x", "Not now", theme, self, 26)
        self.show_button.clicked.connect(self.show_wanted)
        self.whole_button.clicked.connect(self.whole_wanted)
        self._close.clicked.connect(self._dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 5, 10, 5)
        row.setSpacing(10)
        row.addWidget(self._text, 1)
        for button in (self.show_button, self.whole_button, self._close):
            row.addWidget(button)
        session.current.changed.connect(self.renew)
        session.library_commands.changed.connect(self.renew)
        self.set_theme(theme)
        self.renew()

    def set_theme(self, theme: Theme) -> None:
        """Draws itself in the colours of `theme` from now on."""
        self._theme = theme
        self._close.set_theme(theme)
        self._colour()

    @property
    def sentence(self) -> str:
        """What the bar says now, "" when it is hidden."""
        return self._text.text() if not self.isHidden() else ""

    def renew(self, _event: object = None) -> None:
        """Says what is so of the open document."""
        document = self._session.current.document
        said = "" if document is None else sentence(document.left_out, document.kept_characters)
        self._text.setText(said)
        self._text.setAccessibleName(said)
        self.setVisible(bool(said) and document is not None and document.id not in self._put_away)
        self.whole_button.setVisible(document is not None and document.is_cut)
        self._colour()

    def _colour(self) -> None:
        """A quiet line for menus, a clear one for what a reader may miss."""
        theme, document = self._theme, self._session.current.document
        clear = document is not None and is_clear(document.left_out, document.kept_characters)
        edge = theme.edges["yellow"] if clear else theme.line
        ink = theme.ink if clear else theme.ink2
        self.setStyleSheet(
            f"#left-out {{ background: {theme.raised if clear else theme.paper};"
            f" border-bottom: 1px solid {theme.line}; border-left: 3px solid {edge}; }}"
            f" QLabel {{ font-size: {theme.px(13)}px; color: {ink}; }}"
        )

    def _dismiss(self) -> None:
        if self._session.current.document is not None:
            self._put_away.add(self._session.current.document.id)
        self.hide()
