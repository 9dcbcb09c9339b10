"""The notebook: the user's notes on all documents, many of them at once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from reader.model.annotation import Annotation, Change, Colour
from reader.model.deep_link import read_address
from reader.problem import Problem
from reader.services.bulk_edit import (
    Bulk,
    NotePlaces,
    by_group,
    by_section,
    edit,
    edit_many,
    named_groups,
    note_places,
)
from reader.services.workspace import Workspace
from reader.session.annotations import AnnotationChanges, Annotations
from reader.session.background import Background, Then
from reader.session.current_document import CurrentDocument
from reader.session.noted_documents import NotedDocuments
from reader.session.notifier import Notifier
from reader.session.reanchoring import Reanchoring
from reader.session.undo_stack import UndoStack
from reader.store.edit_log import Version
from reader.store.note_filter import Grouping, NoteFilter

# More than these are edited in a worker: a thousand durable edits take a tenth of a second.
AT_ONCE = 500
# More than these are put in groups by a worker.
GROUPED_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class NoteGroups:
    """The notes that `choice` means, in groups: those by document under its title, others under
    what the store has them by."""

    choice: NoteFilter
    by: Grouping
    groups: list[tuple[str, list[str]]]


@dataclass(frozen=True, slots=True)
class SectionGroups:
    """The notes that `choice` means, by document and section."""

    choice: NoteFilter
    groups: list[tuple[str, str, list[str]]]


class Notebook(QObject):
    """The user's notes on all documents."""

    groups_ready = Signal(NoteGroups)
    sections_ready = Signal(SectionGroups)
    headings_ready = Signal()  # the sections of a document that notes stand in are known

    def __init__(
        self,
        workspace: Workspace,
        notifier: Notifier,
        background: Background,
        current: CurrentDocument,
        annotations: Annotations,
        reanchoring: Reanchoring,
        undo_stack: UndoStack,
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._notifier = notifier
        self._background = background
        self._current = current
        self._annotations = annotations
        self._reanchoring = reanchoring
        self._undo_stack = undo_stack
        self.documents = NotedDocuments(workspace)
        self._places: dict[str, NotePlaces | None] = {}
        annotations.changed.connect(self._take_changes)

    def ask_groups(self, choice: NoteFilter, by: Grouping) -> None:
        """Ask for the notes meant, in groups; `groups_ready` brings them.

        At once, or from a worker when there are so many notes that the window would stand still.
        """
        workspace = self._workspace
        try:
            if workspace.notes.queries.count() <= GROUPED_AT_ONCE:
                groups = named_groups(workspace.library, workspace.notes, choice, by)
                self._take_groups(choice, by, groups)
                return
        except Problem as problem:
            self._notifier.error(problem)
            self._take_groups(choice, by, [])
            return
        self._ask_worker(by_group, choice, by, then=partial(self._take_groups, choice, by))

    def _ask_worker(self, function: Callable[..., Any], *asked: Any, then: Then) -> None:
        """Have a worker do something with this user's notes; nobody is told when another user's
        are open by then."""
        workspace = self._workspace
        self._background.run(
            *("notes", function, workspace.data, workspace.user, *asked, workspace.key),
            then=partial(self._hand_on, workspace.user, then),
            failed=self._notifier.error,
        )

    def _hand_on(self, user: str, then: Then, found: Any) -> None:
        if user == self._workspace.user:
            then(found)

    def _take_groups(
        self, choice: NoteFilter, by: Grouping, groups: list[tuple[str, list[str]]]
    ) -> None:
        self.groups_ready.emit(NoteGroups(choice, by, groups))

    def ask_sections(self, choice: NoteFilter) -> None:
        """Ask for the notes meant by document and section; `sections_known` brings them."""
        self._ask_worker(by_section, choice, then=partial(self._take_sections, choice))

    def _take_sections(self, choice: NoteFilter, groups: list[tuple[str, str, list[str]]]) -> None:
        self.sections_ready.emit(SectionGroups(choice, groups))

    def all(self) -> list[Annotation]:
        """All notes but those in the trash."""
        try:
            return self._workspace.notes.all()
        except Problem as problem:
            self._notifier.error(problem)
            return []

    def note(self, annotation_id: str) -> Annotation | None:
        """A note of any document, also from the trash."""
        return self._workspace.notes.annotation(annotation_id)

    def tags(self) -> dict[str, int]:
        """All tags in use, and how often."""
        return self._workspace.notes.queries.tags()

    def count(self) -> int:
        """How many notes there are, without the trash."""
        return sum(self._workspace.notes.queries.counts().values())

    def history(self, annotation_id: str) -> list[Version]:
        """How a note was after each of its edits, the first one first."""
        return self._workspace.notes.history(annotation_id)

    def heading_of(self, annotation: Annotation) -> str:
        """The path of the section that a note stands in; "" as long as it is being looked up."""
        places = self._places_of(annotation.target.document_id)
        if places is None or annotation.state in ("unplaced", "earlier", "archived"):
            return ""
        starts = [start for start, _ in places.headings]
        at = bisect_right(starts, annotation.target.position.start)
        return places.headings[at - 1][1] if at else ""

    def quote(self, annotation: Annotation) -> str:
        """The words of a note as they read, 10⁹ and not 109; "" as long as they are looked up."""
        places = self._places_of(annotation.target.document_id)
        if places is None:
            return ""
        exact = " ".join(annotation.target.words.split())
        return places.quotes.get(annotation.id, exact)

    def _places_of(self, document_id: str) -> NotePlaces | None:
        if document_id not in self._places:
            self._places[document_id] = None
            self._background.run(
                "notes",
                note_places,
                *(self._workspace.data, self._workspace.user, document_id, self._workspace.key),
                then=partial(self._take_places, self._workspace.user, document_id),
                failed=partial(self._take_failure, self._workspace.user, document_id),
            )
        return self._places[document_id]

    def _take_places(self, user: str, document_id: str, found: NotePlaces) -> None:
        """Keep looked-up places, unless the user or the notes changed since they were asked for."""
        if user == self._workspace.user and document_id in self._places:
            self._places[document_id] = found
            self.headings_ready.emit()

    def _take_failure(self, user: str, document_id: str, problem: Problem) -> None:
        """Show passages that cannot be looked up by their characters."""
        self._notifier.error(problem)
        self._take_places(user, document_id, NotePlaces([], {}))

    def _take_changes(self, edits: AnnotationChanges) -> None:
        """Forget what was looked up for documents whose notes came or moved."""
        if not edits.changes:
            self._places.clear()
        for change in edits.changes:
            before, after = change.before, change.after
            if after is not None and (before is None or before.target != after.target):
                self._places.pop(after.target.document_id, None)

    def open(self, annotation_id: str) -> None:
        """Open the document of a note at its passage."""
        found = self.note(annotation_id)
        if found is None or found.deleted:
            return
        self._current.open(found.target.document_id)
        if (
            self._current.document is not None
            and self._current.document.id == found.target.document_id
        ):
            self._annotations.choose(annotation_id, show=True)

    def follow(self, address: str) -> bool:
        """Open the note that an address of ours leads to; whether there is one.

        When there is none, its document, if the library has that.
        """
        document_id, annotation_id = read_address(address)
        found = self.note(annotation_id) if annotation_id else None
        if found is not None and not found.deleted:
            self.open(found.id)
            return True
        document_id = self._workspace.library.editions.latest(document_id)
        if self._workspace.library.catalog.entry(document_id) is None:
            self._notifier.info("That note is no longer there.")
            return False
        self._current.open(document_id)
        if annotation_id:
            self._notifier.info(
                "That note is no longer there. This is the document that it was on."
            )
        return not annotation_id

    def tag(
        self, annotation_ids: Sequence[str], add: Sequence[str], remove: Sequence[str] = ()
    ) -> None:
        """Give tags to notes, and take tags from them."""
        self._edit_many(annotation_ids, Bulk(tuple(add), tuple(remove)))

    def recolour(self, annotation_ids: Sequence[str], colour: Colour) -> None:
        """Give notes another colour."""
        self._edit_many(annotation_ids, Bulk(colour=colour))

    def trash(self, annotation_ids: Sequence[str]) -> None:
        """Put notes in the trash, and offer to have them back."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._edit_many(annotation_ids, Bulk(deleted=now), tuple(annotation_ids))

    def restore(self, annotation_ids: Sequence[str]) -> None:
        """Bring notes back from the trash."""
        self._edit_many(annotation_ids, Bulk(deleted=""))

    def purge(self, annotation_ids: Sequence[str]) -> None:
        """Remove notes from the trash with all their history, for good."""
        try:
            self._workspace.notes.purge(*annotation_ids)
        except Problem as problem:
            self._notifier.error(problem)
            return
        self._show_edited(len(annotation_ids))

    def _edit_many(
        self, annotation_ids: Sequence[str], bulk: Bulk, trashed: tuple[str, ...] = ()
    ) -> None:
        if len(annotation_ids) > AT_ONCE:
            show = partial(self._show_edited, trashed=trashed)
            self._ask_worker(edit_many, tuple(annotation_ids), bulk, then=show)
            return
        try:
            count = edit(self._workspace.notes, annotation_ids, bulk)
        except Problem as problem:
            self._notifier.error(problem)
            return
        self._show_edited(count, trashed)

    def _show_edited(self, count: int, trashed: tuple[str, ...] = ()) -> None:
        self._workspace.notes.news()
        self._annotations.refresh()
        # What comes back from the trash may have been there when the text changed.
        self._reanchoring.run_if_needed()
        notes = "1 note was" if count == 1 else f"{count} notes were"
        if trashed:
            self._notifier.offer(
                f"{notes} moved to the trash.",
                "Undo",
                partial(self.restore, trashed),
                partial(self._is_in_trash, trashed[0]),
            )
        else:
            self._undo_stack.offer(self._workspace, f"{notes} changed.")

    def _is_in_trash(self, annotation_id: str) -> bool:
        note = self.note(annotation_id)
        return note is not None and bool(note.deleted)

    def revert(self, annotation_id: str, version: Version) -> None:
        """Make a note again what it was after one of its edits."""
        before, wanted = self.note(annotation_id), version.annotation
        if wanted is not None and before is not None:
            self._annotations.apply(Change(before, replace(wanted, revision=before.revision)))
