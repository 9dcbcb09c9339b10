"""The cards of the notes pane as a list that follows the reading and unfolds long notes."""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from reader.model.annotation import Annotation, Colour, State
from reader.session.navigation import Location
from reader.session.session import Session
from reader.ui.notes.note_rows import NoteDelegate, NoteRows
from reader.ui.widgets.row_list import RowList

HEADINGS: dict[State, str] = {
    "unplaced": "Needs checking",
    "earlier": "With the earlier text",
    "archived": "Archived",
}


def lets_through(annotation: Annotation, colours: set[Colour], words: list[str]) -> bool:
    """Whether a note has one of the colours and all the words, or tags for those with a #."""
    if colours and annotation.colour not in colours:
        return False
    if not words:
        return True
    text = f"{annotation.target.words} {annotation.note}".lower()
    tags = {tag.lower() for tag in annotation.tags}
    return all(
        any(tag.startswith(word[1:]) for tag in tags) if word.startswith("#") else word in text
        for word in words
    )


class NoteList(RowList):
    """Brings the notes of what is being read into sight; Space shows all of a long note."""

    def __init__(self, session: Session, rows: NoteRows, delegate: NoteDelegate) -> None:
        super().__init__(rows, delegate, "Notes")
        self._session = session
        self._rows = rows
        self._notes = delegate
        self._starts: list[int] = []  # of the notes with a place, which stand first
        self._followed = -1
        for changed in (rows.modelReset, rows.rowsInserted, rows.rowsRemoved):
            changed.connect(self._take_rows)
        session.navigation.location_changed.connect(self._follow)

    def fold(self, row: Annotation) -> bool:
        """Show all of a long note, or its first lines again; return whether it is long."""
        is_long = self._notes.fold(row)
        if is_long:
            self.renew()
        return is_long

    def clicked_fold(self, row: Annotation) -> bool:
        """Whether the mouse went down on "Show all" or "Show less" of a card."""
        index = self._rows.index(self._rows.rows.index(row), 0)
        return self._notes.folds_at(self.visualRect(index), row, self.input.pressed_at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().data(Qt.ItemDataRole.UserRole)
        if event.key() != Qt.Key.Key_Space or row is None or not self.fold(row):
            super().keyPressEvent(event)

    def _take_rows(self, *_which: object) -> None:
        places = (self._session.annotations.spans.get(row.id) for row in self._rows.rows)
        self._starts = [span.start for span in places if span is not None]
        self._followed = -1

    def _follow(self, location: Location) -> None:
        """Unless somebody is at the notes, or has chosen one."""
        at_work = self._notes.editing or self.hasFocus() or self.underMouse()
        if at_work or self._session.selection.annotation_id or not self._starts:
            return
        number = min(bisect_left(self._starts, location.offset), len(self._starts) - 1)
        if number != self._followed:
            self._followed = number
            self.scrollTo(self._rows.index(number, 0), self.ScrollHint.PositionAtTop)


def headings(rows: list[Annotation]) -> dict[str, str]:
    """What stands over the first of the notes that have no place in the text, by its id."""
    found: dict[str, str] = {}
    for row in rows:
        if (heading := HEADINGS.get(row.state)) and heading not in found.values():
            found[row.id] = heading
    return found
