"""Notes of files taken in, and notes written to files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from reader.model.annotation import Annotation
from reader.problem import Problem
from reader.services.workspace import Workspace
from reader.session.annotations import Annotations
from reader.session.background import Background
from reader.session.notifier import Notifier
from reader.session.patient_check import PatientCheck
from reader.session.pdf_notes import PdfNotes
from reader.session.undo_stack import UndoStack
from reader.workers import tasks

if TYPE_CHECKING:
    from reader.model.imported_note import FoundNotes
    from reader.note_importers.imports import Import
    from reader.services.note_export import ExportResult, NoteSelection
    from reader.services.note_import import NotesReport


@dataclass(frozen=True, slots=True)
class UnmatchedNotes:
    """Notes of a file whose documents are not known; without a path, what became of all."""

    path: str
    report: NotesReport


class NoteTransfer(QObject):
    """Imports and exports notes, each in a worker."""

    unmatched = Signal(UnmatchedNotes)

    def __init__(
        self,
        workspace: Workspace,
        notifier: Notifier,
        background: Background,
        annotations: Annotations,
        undo_stack: UndoStack,
        pdf_notes: PdfNotes,
        patients: PatientCheck,
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._notifier = notifier
        self._background = background
        self._annotations = annotations
        self._undo_stack = undo_stack
        self._pdf_notes = pdf_notes
        self.patients = patients

    def import_file(self, path: str | Import, chosen: Mapping[str, str] | None = None) -> None:
        """Take in the notes of a file of another program, or of one of our exports.

        `chosen` says for what the file calls a document which one of the library it is. `unmatched`
        asks for those that are not known; to import once more adds nothing twice. For an earlier
        import, `chosen` says under "" which document its notes are put on instead.
        """
        if not isinstance(path, str):
            # What it needs to place notes is not for a start.
            from reader.services.note_import import move_for

            self._background.run(
                "notes",
                move_for,
                self._workspace.data,
                self._workspace.user,
                path.notes,
                (chosen or {})[""],
                self._workspace.key,
                then=partial(self._moved, self._workspace.user),
                failed=self._notifier.error,
            )
            return
        self._background.run(
            "read",
            tasks.notes_in_file,
            path,
            then=partial(self._take_found, path, dict(chosen or {})),
            failed=self._notifier.error,
        )

    def _take_found(self, path: str, chosen: dict[str, str], found: FoundNotes) -> None:
        # What it needs to place notes is not for a start.
        from reader.services.note_import import take_in_for

        self._background.run(
            "notes",
            take_in_for,
            self._workspace.data,
            self._workspace.user,
            found,
            chosen,
            Path(path).name,
            self._workspace.key,
            then=partial(self._took_found, path, self._workspace.user),
            failed=self._notifier.error,
        )

    def _took_found(self, path: str, user: str, report: NotesReport) -> None:
        if user != self._workspace.user:
            return
        if report.new or report.updated:
            self._annotations.refresh()
        if any(report.ids.values()):
            self._notifier.offer(
                str(report), "Show…", partial(self.unmatched.emit, UnmatchedNotes("", report))
            )
        else:
            self._notifier.info(str(report))
        if report.homeless:
            self.unmatched.emit(UnmatchedNotes(path, report))

    def _moved(self, user: str, moved: tuple[int, int]) -> None:
        if user != self._workspace.user:
            return
        count, unplaced = moved
        self._annotations.refresh()
        notes = "1 note was" if count == 1 else f"{count} notes were"
        open_still = f", {unplaced} of them without a place there" if unplaced else ""
        self._undo_stack.offer(self._workspace, f"{notes} moved{open_still}.")

    def import_embedded(self) -> None:
        """Import the annotations that are in the open PDF."""
        self._pdf_notes.import_embedded()

    def export_pdf_copy(self, target: str) -> None:
        """Write a copy of the open PDF with the annotations in it; the original stays as it is."""
        self._pdf_notes.export_copy(target)

    def first(self, wanted: NoteSelection, most: int) -> tuple[int, list[Annotation]]:
        """How many notes would go out, and the first of them."""
        from reader.services.export_preview import first_of

        try:
            return first_of(self._workspace.library, self._workspace.notes, wanted, most)
        except Problem as problem:
            self._notifier.error(problem)
            return 0, []

    def exported(self, notes: Iterable[Annotation], format_name: str, template: str = "") -> str:
        """Notes in a format.

        Raises:
            Problem: when the template is broken.
        """
        from reader.services.note_export import as_text, meanings_of, notebook

        made = notebook(
            self._workspace.library, notes, self._workspace.user, meanings_of(self._workspace.notes)
        )
        return as_text(format_name, made, template)

    def export(
        self,
        wanted: NoteSelection,
        format_name: str,
        target: str,
        template: str = "",
        passphrase: str = "",
    ) -> None:
        """Write notes to a file, in a worker, and say how many; encrypted with a passphrase."""
        workspace = self._workspace
        asked: tuple[Any, ...]
        asked = (workspace.data, workspace.user, wanted, format_name, target, template)
        if passphrase:
            from reader.services.encrypted_export import encrypt_for

            task: Callable[..., ExportResult] = encrypt_for
            asked = (*asked, passphrase, workspace.key)
        else:
            from reader.services.note_export import export

            task = export
            asked = (*asked, workspace.key)
        self._background.run("notes", task, *asked, then=self._given, failed=self._notifier.error)

    def _given(self, given: ExportResult) -> None:
        self._notifier.made(str(given), given.target)
