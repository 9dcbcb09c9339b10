"""The open document: which one it is, in which edition, and its replacement by another."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from reader.model.document import Document
from reader.problem import Problem
from reader.services.workspace import Workspace
from reader.session.catalog import Catalog
from reader.session.notifier import Notifier
from reader.store.durable_files import utc_now
from reader.store.editions import Edition

FIRST_ARTICLE = "ketamine-in-anxiety.md"


class CurrentDocument(QObject):
    """The document that is being read, or None.

    `is_edition` is true when it is shown as its file was read before, `is_earlier` when it has a
    later edition.
    """

    about_to_change = Signal()  # whoever is writing keeps it first, or calls `veto`
    closing = Signal(bool)  # the document is left now; whether the way back leads to it
    changed = Signal(Document)  # or None when the library is empty

    def __init__(self, workspace: Workspace, notifier: Notifier, catalog: Catalog) -> None:
        super().__init__()
        self.document: Document | None = None
        self.is_edition = False
        self.is_earlier = False
        self._workspace = workspace
        self._notifier = notifier
        self._catalog = catalog
        self._vetoed = False

    def veto(self) -> None:
        """Keep the open document open: what is being written on it could not be kept."""
        self._vetoed = True

    def may_leave(self) -> bool:
        """Ask whoever is writing to keep it first; return whether the document may be left."""
        self._vetoed = False
        self.about_to_change.emit()
        return not self._vetoed

    def shows(self, document_id: str) -> bool:
        """Return whether that document is open, as it is now."""
        return self.is_open(document_id) and not self.is_edition

    def is_open(self, document_id: str) -> bool:
        """Return whether that document is open, in any edition."""
        return self.document is not None and self.document.id == document_id

    def open(self, document_id: str) -> bool:
        """Open a document of the library; return whether it is open now."""
        if self.shows(document_id):
            return True
        return self.may_leave() and self.load(document_id, remember=True)

    def load(self, document_id: str, remember: bool = False) -> bool:
        """Open a document without asking whoever is writing; return whether it is open now."""
        try:
            document = self._workspace.library.document(document_id)
        except Problem as problem:
            self._notifier.error(problem)
            return False
        self.closing.emit(remember)
        self._replace(document)
        return True

    def open_last(self, document_id: str = "") -> None:
        """Open a document, else the one read last, else the bundled article, else any."""
        workspace = self._workspace
        last = workspace.library.editions.latest(workspace.notes.readings.latest())
        for wanted in (document_id, last):
            # Asked for alone: a start need not read the whole list.
            if wanted and self._catalog.is_listed(wanted):
                self.open(wanted)
                return
        entries = self._catalog.entries
        for entry in sorted(entries, key=lambda one: one.source != FIRST_ARTICLE):
            self.open(entry.id)
            return
        self.changed.emit(None)

    def open_nothing(self) -> None:
        """Leave the open document, if there is one, without asking whoever is writing."""
        if self.document is not None:
            self.closing.emit(True)
        self.reset()
        self.changed.emit(None)

    def open_edition(self, edition: Edition) -> None:
        """Open a document as it was read then."""
        editions = self._workspace.library.editions
        if edition.number == editions.shown(edition.document_id):
            self.open(edition.document_id)
            return
        if not self.may_leave():
            return
        try:
            document = editions.document(edition)
        except Problem as problem:
            self._notifier.error(problem)
            return
        self.closing.emit(False)
        self._replace(document, is_edition=True)

    def open_latest(self) -> None:
        """Open the latest edition of the open document."""
        if self.document is not None:
            self.open(self._workspace.library.editions.latest(self.document.id))

    def reload(self, document_id: str) -> None:
        """Show the open document anew, when its text has changed in the library."""
        if self.shows(document_id) and self.may_leave():
            self.load(document_id)

    def document_of(self, document_id: str) -> Document | None:
        """Return a document of the library; None when it is no longer there."""
        if self.shows(document_id):
            return self.document
        try:
            return self._workspace.library.document(document_id)
        except Problem:
            return None

    def reset(self) -> None:
        """Let go of the document; nothing is told before another is opened."""
        self.document = None
        self.is_edition = self.is_earlier = False

    def _replace(self, document: Document, is_edition: bool = False) -> None:
        self.document = document
        self.is_edition = is_edition
        latest = self._workspace.library.editions.latest(document.id)
        self.is_earlier = is_edition or latest != document.id
        if self.is_earlier:
            self.changed.emit(document)
            return
        readings = self._workspace.notes.readings
        is_new = not readings.get(document.id).opened
        try:
            readings.update(document.id, lambda reading: reading._replace(opened=utc_now()))
        except Problem as problem:
            self._notifier.error(problem)
        self._catalog.move_to_front(document.id)
        self.changed.emit(document)
        if is_new and document.warnings:
            self._notifier.info(" ".join(document.warnings))
