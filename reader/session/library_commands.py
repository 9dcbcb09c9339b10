"""Renaming, labelling and removing documents of the library."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from reader.problem import Problem
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

    def file_under(
        self,
        kind: LabelKind,
        document_ids: Sequence[str],
        add: Sequence[str],
        remove: Sequence[str] = (),
    ) -> None:
        """Give tags to documents or put them into collections, and take others away; offer to
        undo that."""
        details = self._workspace.library.details
        before = details.labels(kind)
        after = {
            one: tuple(n for n in dict.fromkeys((*before.get(one, ()), *add)) if n not in remove)
            for one in document_ids
        }
        changed = {
            one: names for one, names in after.items() if set(names) != set(before.get(one, ()))
        }
        if changed and self._label_all(kind, changed):
            count = "1 document was" if len(changed) == 1 else f"{len(changed)} documents were"
            old = {one: before.get(one, ()) for one in changed}
            done = {"tag": "tagged", "collection": "filed"}[kind] if add else "changed"
            self._notifier.offer(f"{count} {done}.", "Undo", partial(self._label_all, kind, old))

    def _label_all(self, kind: LabelKind, names: Mapping[str, tuple[str, ...]]) -> bool:
        try:
            for document_id, some in names.items():
                self._workspace.library.details.label(kind, document_id, some)
        except Problem as problem:
            self._notifier.error(problem)
            return False
        finally:
            self.changed.emit()
        return True

    def restore(self, *document_ids: str) -> None:
        """Have documents back from the trash."""
        back = [
            one for one in document_ids if self.store(self._workspace.library.details.restore, one)
        ]
        if back:
            self._indexing.index_pending()

    def empty_trash(self) -> None:
        """Remove for good what is in the trash; notes on it are kept."""
        for document_id, _ in self._workspace.library.details.trash():
            if not self.store(self._workspace.library.remove, document_id):
                return

    def trash(self, *document_ids: str) -> None:
        """Put documents into the trash, and offer to have them back; notes on them are kept.

        When an earlier edition comes to the front by that, a document is removed for good and
        the notes go back to the earlier one.
        """
        if not self._current.may_leave():
            return
        opened = self._current.document.id if self._current.document is not None else ""
        gone = []
        for document_id in document_ids:
            entry = self._workspace.library.catalog.entry(document_id)
            if self._workspace.library.editions.earlier_ids(document_id):
                self._step_back(document_id)
            elif self._remove(document_id, self._workspace.library.details.put_in_trash):
                gone.append((document_id, entry.title if entry is not None else ""))
        if gone:
            ids = tuple(document_id for document_id, _ in gone)
            said = f"“{gone[0][1]}” is" if len(gone) == 1 else f"{len(gone)} documents are"
            self._notifier.offer(
                f"{said} in the trash.",
                "Undo",
                partial(self._undo_trash, ids, opened if opened in ids else ""),
                partial(self._workspace.library.details.is_trashed, ids[0]),
            )

    def _undo_trash(self, document_ids: tuple[str, ...], opened: str) -> None:
        self.restore(*document_ids)
        if opened:
            self._current.open(opened)

    def is_removed_for_good(self, document_id: str) -> bool:
        """Whether removing a document cannot be undone: an earlier edition takes its place."""
        return bool(self._workspace.library.editions.earlier_ids(document_id))

    def _step_back(self, document_id: str) -> None:
        # Imported here: a start removes nothing.
        from reader.services.reanchoring import step_back

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

    def _remove(self, document_id: str, verb: Callable[[str], None]) -> bool:
        if not self.store(verb, document_id):
            return False
        self._indexing.forget(document_id)
        if self._current.is_open(document_id):
            self._current.reset()
            self._navigation.forget(document_id)
            self._current.open_last()
        return True

    def take_news(self) -> None:
        """Show what another window or a command has done meanwhile to the library."""
        if self._workspace.library.news():
            self.announce()
            if self._current.document is None:
                self._current.open_last()

    def announce(self) -> None:
        """Say that what the library holds has changed."""
        self.changed.emit()

    def look_at_original(
        self,
        path: Path,
        then: Callable[[dict[str, list[str]]], None],
        failed: Callable[[Problem], None],
    ) -> None:
        """Call `then` with what a browser would load from the network for a saved page, by kind."""
        # Imported here: a start looks at no file.
        from reader.workers import tasks

        self._background.run("read", tasks.remote_content, str(path), then=then, failed=failed)

    def store(self, verb: Callable[..., None], *args: Any) -> bool:
        """Call a verb of the library and say that it has changed; return whether it has."""
        try:
            verb(*args)
        except Problem as problem:
            self._notifier.error(problem)
            return False
        self.changed.emit()
        return True
