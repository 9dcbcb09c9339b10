"""Opening documents of the library, and the way back through them."""

from __future__ import annotations

from datetime import UTC, datetime

from reader.model.document import Document
from reader.model.span import Span
from reader.problem import Problem
from reader.session.reanchoring import Reviewing
from reader.store.catalog import Entry
from reader.store.editions import Edition
from reader.store.notes import Position

FIRST_ARTICLE = "ketamine-in-anxiety.md"


class Opening(Reviewing):
    """The verbs that change which document is open."""

    @property
    def entries(self) -> list[Entry]:
        """What the library holds, the document read last first."""
        read = self._notes.setting("read_last", {})
        return sorted(
            self.library.entries(), key=lambda e: (read.get(e.id, ""), e.imported), reverse=True
        )

    def start(self, document_id: str = "") -> None:
        """Opens a document, else the one read last, else the bundled article, else any."""
        entries = {entry.id: entry for entry in self.entries}
        last = self.library.editions.latest(self._notes.setting("last_document", ""))
        bundled = (entry.id for entry in entries.values() if entry.source == FIRST_ARTICLE)
        for wanted in (document_id, last, *bundled, *entries):
            if wanted in entries:
                self.show(wanted)
                return
        self.opened.emit(None)

    def show(self, document_id: str, offset: int | None = None) -> None:
        """Opens a document of the library, where it was left or at `offset`."""
        if self._shows(document_id):
            if offset is not None:
                self.go_to(Span(offset, offset))
            return
        if not self._may_leave():
            return
        self.save_position()
        try:
            document = self.library.document(document_id)
        except Problem as problem:
            self.failed.emit(problem)
            return
        if self.document is not None:
            self._remember()
        self._set_document(document)
        if offset is not None:
            self.went.emit(Span(offset, offset))

    def _shows(self, document_id: str) -> bool:
        """Whether that document is open, as it is now."""
        here = self.document is not None and self.document.id == document_id
        return here and not self._is_edition

    def show_edition(self, edition: Edition) -> None:
        """Opens a document as it was read then."""
        if edition.number == self.library.editions.shown(edition.document_id):
            self.show(edition.document_id)
            return
        if not self._may_leave():
            return
        self.save_position()
        try:
            document = self.library.editions.document(edition)
        except Problem as problem:
            self.failed.emit(problem)
            return
        self._set_document(document, is_edition=True)

    def show_earlier_of(self, annotation_id: str) -> None:
        """Opens the edition that a note was written on."""
        found = self.annotation(annotation_id)
        if found is None:
            return
        target = found.earlier or found.target
        for edition in self.library.editions.all(target.document_id):
            if self.library.editions.hash_of(edition) == target.text_hash:
                self.show_edition(edition)
                self.went.emit(target.position)
                return
        self.tell("That text is no longer in the library.")

    def show_latest(self) -> None:
        """Opens the latest edition of the open document."""
        if self.document is not None:
            self.show(self.library.editions.latest(self.document.id))

    def reload(self, document_id: str) -> None:
        """Shows the open document anew, when its text has changed in the library."""
        if self._shows(document_id) and self._may_leave():
            self.save_position()
            try:
                self._set_document(self.library.document(document_id))
            except Problem as problem:
                self.failed.emit(problem)

    def _set_document(self, document: Document, is_edition: bool = False) -> None:
        self.document = document
        self._is_edition = is_edition
        self.is_earlier = is_edition or self.library.editions.latest(document.id) != document.id
        self.selection = None
        self.annotation_id = ""
        self._first_line = None
        self._place_annotations()
        if self.is_earlier:
            self.opened.emit(document)
            return
        read = dict(self._notes.setting("read_last", {}))
        is_new = document.id not in read
        read[document.id] = datetime.now(UTC).isoformat(timespec="seconds")
        try:
            self._notes.set_setting("last_document", document.id)
            self._notes.set_setting("read_last", read)
        except Problem as problem:
            self.failed.emit(problem)
        self.opened.emit(document)
        if is_new and document.warnings:
            self.tell(" ".join(document.warnings))
        self._place_what_is_open()

    @property
    def position(self) -> Position | None:
        """Where the open document was left."""
        if self.document is None or self._is_edition:
            return None
        return self._notes.position(self.document.id)

    def document_of(self, document_id: str) -> Document | None:
        """A document of the library; None when it is no longer there."""
        if self._shows(document_id):
            return self.document
        try:
            return self.library.document(document_id)
        except Problem:
            return None

    def back(self) -> None:
        """Goes to the place before the last jump."""
        self._travel(self._back, self._forward)

    def forward(self) -> None:
        """Goes where `back` came from."""
        self._travel(self._forward, self._back)

    def _travel(self, source: list[tuple[str, int]], other: list[tuple[str, int]]) -> None:
        if not source or self.document is None or not self._may_leave():
            return
        document_id, offset = source.pop()
        other.append((self.document.id, self.place.offset))
        self.history_changed.emit()
        if not self._shows(document_id):
            try:
                document = self.library.document(document_id)
            except Problem as problem:
                self.failed.emit(problem)
                return
            self.save_position()
            self._set_document(document)
        self.went.emit(Span(offset, offset))
