"""The pages of a PDF that is not in the library yet, drawn from the file itself."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reader.model.span import Span
from reader.problem import Problem
from reader.session.background import Background
from reader.session.current_document import CurrentDocument

if TYPE_CHECKING:
    from reader.model.pdf.page_map import PageMap

_MOST_PAGES = 20_000
_LONGEST_SIDE_PT = 1e6


class RawPages(QObject):
    """What is shown of a PDF while its text is read: its pages, which have no words yet.

    Nothing of it is kept. When the document is in the library, whoever shows the pages goes on
    with its own at the same place.
    """

    changed = Signal()

    def __init__(self, background: Background, current: CurrentDocument) -> None:
        super().__init__()
        self._background = background
        self._current = current
        self.path = ""
        self.document_id = ""  # the id that the document will have
        self.page_map: PageMap | None = None
        self._before = ""

    @property
    def are_shown(self) -> bool:
        """Whether they take the place of a document, be it that their sizes are still asked."""
        return bool(self.path) and self._current.document is None

    def show(self, path: Path, document_id: str, at_once: bool = False) -> bool:
        """Show the pages of a file that is being read, in the place of the open document.

        `at_once` is before the file was looked into: for a window that opens on it. A file that
        cannot be opened is not shown: its reading says why. Return whether it may have pages.
        """
        if not document_id or path.suffix.lower() != ".pdf":
            return False
        if document_id == self.document_id:
            return True
        self.end()
        self.path, self.document_id = str(path), document_id
        # Imported here: a start that shows no PDF needs none of it.
        from reader.workers.page_renderer import sizes_of_pages

        self._background.run(
            "draw",
            sizes_of_pages,
            self.path,
            then=partial(self._has_sizes, document_id),
            failed=partial(self._is_refused, document_id),
        )
        if at_once:
            self._current.open_nothing()
        return True

    def _has_sizes(self, document_id: str, untrusted_sizes: list[tuple[str, float, float]]) -> None:
        if document_id != self.document_id or self._current.is_open(document_id):
            return
        sound = 0 < len(untrusted_sizes) <= _MOST_PAGES and all(
            0 < side < _LONGEST_SIDE_PT for _, *sides in untrusted_sizes for side in sides
        )
        if not sound:
            return
        from reader.model.pdf.page_map import Page, PageMap

        nowhere = Span(0, 0)
        pages = [
            Page(number, label, width_pt, height_pt, 0, nowhere)
            for number, (label, width_pt, height_pt) in enumerate(untrusted_sizes, 1)
        ]
        if self._current.document is not None:
            before = self._current.document.id
            if not self._current.may_leave():
                return
            self._before = before
            self.page_map = PageMap.of(pages, ())
            self._current.open_nothing()
        else:
            self.page_map = PageMap.of(pages, ())
        self.changed.emit()

    def _is_refused(self, _document_id: str, _problem: Problem) -> None:
        """Show nothing: whoever reads the file says why it cannot be read."""

    def end(self) -> None:
        """Show the pages no longer; without another document, the one from before is open again."""
        if not self.path:
            return
        were_shown, before = self.are_shown, self._before
        self.path = self.document_id = self._before = ""
        self.page_map = None
        if were_shown:
            self._current.open_last(before)
