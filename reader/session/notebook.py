"""The notebook: the user's notes on all documents, many of them at once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.model.annotation import Annotation, Change
from reader.model.deep_link import read_address
from reader.problem import Problem
from reader.services.bulk_edit import GONE, Bulk, by_section, edit, edit_many, headings
from reader.session.heading_corrections import Outlining
from reader.store.edit_log import Version
from reader.store.note_filter import Choice, Grouping, Groups
from reader.workers import tasks

if TYPE_CHECKING:
    from reader.model.imported_note import FoundNotes
    from reader.note_importers.imports import Import
    from reader.services.note_import import NotesReport

# More than these are edited in a worker: a thousand durable edits take a tenth of a second.
AT_ONCE = 500


class Noting(Outlining):
    """The verbs on notes of any document."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._headings: dict[str, list[tuple[int, str]] | None] = {}

    def groups(self, choice: Choice, by: Grouping) -> Groups:
        """The ids of the notes meant, in groups."""
        try:
            return self._notes.grouped(choice, by)
        except Problem as problem:
            self.failed.emit(problem)
            return {}

    def ask_sections(self, choice: Choice) -> None:
        """Asks for the notes meant by document and section; `sections_known` brings them."""
        self._jobs.run(
            "notes",
            by_section,
            str(self.paths.data),
            self.user,
            choice,
            then=partial(self.sections_known.emit, choice),
            failed=self.failed.emit,
        )

    def note(self, annotation_id: str) -> Annotation | None:
        """A note of any document, also from the trash."""
        return self._notes.annotation(annotation_id)

    def import_notes(self, path: str | Import, chosen: Mapping[str, str] | None = None) -> None:
        """Takes in the notes of a file of another program, or of one of our exports.

        `chosen` says for what the file calls a document which one of the library it is. `homeless`
        asks for those that are not known; to import once more adds nothing twice. For an earlier
        import, `chosen` says under "" which document its notes are put on instead.
        """
        if not isinstance(path, str):
            # What it needs to place notes is not for a start.
            from reader.services.note_import import move_for

            self._jobs.run(
                "notes",
                move_for,
                str(self.paths.data),
                self.user,
                path.notes,
                (chosen or {})[""],
                then=partial(self._moved, self.user),
                failed=self.failed.emit,
            )
            return
        self._jobs.run(
            "read",
            tasks.notes_in_file,
            path,
            then=partial(self._take_found, path, dict(chosen or {})),
            failed=self.failed.emit,
        )

    def _take_found(self, path: str, chosen: dict[str, str], found: FoundNotes) -> None:
        # What it needs to place notes is not for a start.
        from reader.services.note_import import take_in_for

        self._jobs.run(
            "notes",
            take_in_for,
            str(self.paths.data),
            self.user,
            found,
            chosen,
            Path(path).name,
            then=partial(self._took_found, path, self.user),
            failed=self.failed.emit,
        )

    def _took_found(self, path: str, user: str, report: NotesReport) -> None:
        if user != self.user:
            return
        if report.new or report.updated:
            self._place_annotations()
            self.changed.emit(())
        if any(report.ids.values()):
            self.offered.emit(str(report), "Show…", partial(self.homeless.emit, "", report))
        else:
            self.tell(str(report))
        if report.homeless:
            self.homeless.emit(path, report)

    def _moved(self, user: str, moved: tuple[int, int]) -> None:
        if user != self.user:
            return
        count, unplaced = moved
        self._place_annotations()
        self.changed.emit(())
        notes = "1 note was" if count == 1 else f"{count} notes were"
        open_still = f", {unplaced} of them without a place there" if unplaced else ""
        self.offered.emit(f"{notes} moved{open_still}.", "Undo", self.undo)

    def tags(self) -> dict[str, int]:
        """All tags in use, and how often."""
        return self._notes.tags()

    def history_of(self, annotation_id: str) -> list[Version]:
        """How a note was after each of its edits, the first one first."""
        return self._notes.history(annotation_id)

    def title_of(self, document_id: str) -> str:
        """The title of a document, also of one that is no longer in the library."""
        entry = self.library.entry(document_id)
        return entry.title if entry is not None else GONE

    def heading_of(self, annotation: Annotation) -> str:
        """The path of the section that a note stands in; "" as long as it is being looked up."""
        document_id = annotation.target.document_id
        if document_id not in self._headings:
            self._headings[document_id] = None
            self._jobs.run(
                "notes",
                headings,
                str(self.paths.data),
                document_id,
                then=partial(self._take_headings, document_id),
                failed=self.failed.emit,
            )
        found = self._headings[document_id]
        if not found or annotation.state in ("unplaced", "earlier", "archived"):
            return ""
        at = bisect_right([start for start, _ in found], annotation.target.position.start)
        return found[at - 1][1] if at else ""

    def _take_headings(self, document_id: str, found: list[tuple[int, str]]) -> None:
        self._headings[document_id] = found
        self.headings_known.emit()

    def open_note(self, annotation_id: str) -> None:
        """Opens the document of a note at its passage."""
        found = self.note(annotation_id)
        if found is None or found.deleted:
            return
        self.show(found.target.document_id)
        if self.document is not None and self.document.id == found.target.document_id:
            self.choose_annotation(annotation_id, show=True)

    def follow(self, address: str) -> bool:
        """Opens the note that an address of ours leads to; whether there is one.

        When there is none, its document, if the library has that.
        """
        document_id, annotation_id = read_address(address)
        found = self.note(annotation_id) if annotation_id else None
        if found is not None and not found.deleted:
            self.open_note(found.id)
            return True
        document_id = self.library.editions.latest(document_id)
        if self.library.entry(document_id) is None:
            self.tell("That note is no longer there.")
            return False
        self.show(document_id)
        if annotation_id:
            self.tell("That note is no longer there. This is the document that it was on.")
        return not annotation_id

    def tag_notes(
        self, annotation_ids: Sequence[str], add: Sequence[str], remove: Sequence[str] = ()
    ) -> None:
        """Gives tags to notes, and takes tags from them."""
        self._edit_many(annotation_ids, Bulk(tuple(add), tuple(remove)))

    def trash_notes(self, annotation_ids: Sequence[str]) -> None:
        """Puts notes in the trash."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._edit_many(annotation_ids, Bulk(deleted=now))

    def restore_notes(self, annotation_ids: Sequence[str]) -> None:
        """Brings notes back from the trash."""
        self._edit_many(annotation_ids, Bulk(deleted=""))

    def purge_notes(self, annotation_ids: Sequence[str]) -> None:
        """Removes notes from the trash with all their history, for good."""
        try:
            self._notes.purge(*annotation_ids)
        except Problem as problem:
            self.failed.emit(problem)
            return
        self._show_edited(len(annotation_ids))

    def _edit_many(self, annotation_ids: Sequence[str], bulk: Bulk) -> None:
        if len(annotation_ids) > AT_ONCE:
            self._jobs.run(
                "notes",
                edit_many,
                str(self.paths.data),
                self.user,
                tuple(annotation_ids),
                bulk,
                then=self._show_edited,
                failed=self.failed.emit,
            )
            return
        try:
            count = edit(self._notes, annotation_ids, bulk)
        except Problem as problem:
            self.failed.emit(problem)
            return
        self._show_edited(count)

    def _show_edited(self, count: int) -> None:
        self._notes.news()
        if self.document is not None:
            self._place_annotations()
            # What comes back from the trash may have been there when the text changed.
            self._place_what_is_open()
        self.changed.emit(())
        self.tell("1 note was changed." if count == 1 else f"{count} notes were changed.")

    def put_back(self, annotation_id: str, version: Version) -> None:
        """Makes a note again what it was after one of its edits."""
        before, wanted = self.note(annotation_id), version.annotation
        if wanted is not None and before is not None:
            self._apply(Change(before, replace(wanted, revision=before.revision)))
