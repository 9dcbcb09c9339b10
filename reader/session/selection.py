"""What is selected on the page: a passage, an annotation, the place of a menu."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from reader.model.span import Span
from reader.session.current_document import CurrentDocument


class Selection(QObject):
    """The selected passage, the chosen annotation, and the offset that a menu was opened on."""

    span_changed = Signal(Span)  # or None
    annotation_changed = Signal(str)  # id, or "" for none

    def __init__(self, current: CurrentDocument) -> None:
        super().__init__()
        self.span: Span | None = None
        self.annotation_id = ""
        self.menu_offset: int | None = None
        current.changed.connect(self.reset)

    def set_span(self, span: Span | None) -> None:
        """Take note of the passage that is selected on the page."""
        if span != self.span:
            self.span = span
            self.span_changed.emit(span)

    def set_annotation(self, annotation_id: str) -> None:
        """Make an annotation the chosen one, "" for none."""
        self.annotation_id = annotation_id
        self.annotation_changed.emit(annotation_id)

    def forget_menu_offset(self) -> None:
        """Forget the offset of the menu on the next turn of the event loop: Qt says that a menu is
        about to hide before it triggers what was chosen in it."""
        QTimer.singleShot(0, self._forget_menu_offset)

    def _forget_menu_offset(self) -> None:
        self.menu_offset = None

    def reset(self, _document: object = None) -> None:
        """Let go of the passage and the annotation; another document says so itself."""
        self.span = None
        self.annotation_id = ""
