"""Renaming, labelling and removing documents of the library."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from reader.problem import Problem
from reader.services.reanchoring import step_back
from reader.services.workspace import Workspace
from reader.session.background import Background
from reader.session.current_document import CurrentDocument
from reader.session.indexing import Indexing
from reader.session.navigation import Navigation
from reader.session.notifier import Notifier
from reader.store.metadata import LabelKind


class LibraryCommands(QObject):
    """The verbs that change what the library holds, but for imports."""

    changed = Signal()

    def __init__(
        self,
        workspace: Workspace,
        notifier: Notifier,
        background: Background,
        current: CurrentDocument,
        navigation: Navigation,
        indexing: Indexing,
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._notifier = notifier
        self._background = background
        self._current = current
        self._navigation = navigation
        self._indexing = indexing

    def tell_of_finds(self, _document_id: str = "") -> None:
        """Say what was found in the folders of documents; a worker may have done so meanwhile."""
        try:
            notices = self._workspace.library.adoption.take_notices()
        except Problem as problem:
            self._notifier.error(problem)
            return
        if notices:
            self.changed.emit()
            self._notifier.error(Problem(" ".join(notices)))

    def rename(self, document_id: str, title: str) -> None:
        """Give a document another title."""
        self.store(self._workspace.library.rename, document_id, title.strip())

    def edit_metadata(self, document_id: str, values: Mapping[str, Any]) -> None:
        """Write other details over those of the file, by their names in `FIELDS`."""
        if self.store(self._workspace.library.edit, document_id, values):
            self._current.reload(document_id)
            self._indexing.index_pending()

    def label(self, kind: LabelKind, document_id: str, names: Iterable[str]) -> None:
        """Give a document these tags, or put it into these collections, and no others."""
        self.store(self._workspace.library.details.label, kind, document_id, list(names))

    def restore(self, document_id: str) -> None:
        """Have a document back from the trash."""
        if self.store(self._workspace.library.details.restore, document_id):
            self._indexing.index_pending()

    def empty_trash(self) -> None:
        """Remove for good what is in the trash; notes on it are kept."""
        for document_id, _ in self._workspace.library.details.trash():
            if not self.store(self._workspace.library.remove, document_id):
                return

    def trash(self, document_id: str) -> None:
        """Put a document into the trash; this user's notes on it are kept.

        When an earlier edition comes to the front by that, the document is removed for good and
        the notes go back to the earlier one.
        """
        if not self._current.may_leave():
            return
        if not self._workspace.library.editions.earlier_ids(document_id):
            self._remove(document_id, self._workspace.library.details.put_in_trash)
            return
        self._background.run(
            "notes",
            step_back,
            self._workspace.data,
            self._workspace.user,
            document_id,
            self._workspace.key,
            then=partial(self._stepped_back, document_id),
            failed=self._notifier.error,
        )

    def _stepped_back(self, document_id: str, _count: int) -> None:
        self._workspace.notes.news()
        self._remove(document_id, self._workspace.library.remove)

    def _remove(self, document_id: str, verb: Callable[[str], None]) -> None:
        if not self.store(verb, document_id):
            return
        self._indexing.forget(document_id)
        if self._current.is_open(document_id):
            self._current.reset()
            self._navigation.forget(document_id)
            self._current.open_last()

    def take_news(self) -> None:
        """Show what another window or a command has done meanwhile to the library."""
        if self._workspace.library.news():
            self.announce()
            if self._current.document is None:
                self._current.open_last()

    def announce(self) -> None:
        """Say that what the library holds has changed."""
        self.changed.emit()

    def store(self, verb: Callable[..., None], *args: Any) -> bool:
        """Call a verb of the library and say that it has changed; return whether it has."""
        try:
            verb(*args)
        except Problem as problem:
            self._notifier.error(problem)
            return False
        self.changed.emit()
        return True
