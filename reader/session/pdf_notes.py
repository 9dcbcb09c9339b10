"""PDF files: locked ones, the notes that are in them, and copies of them with ours."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.problem import Locked, Problem
from reader.services.import_queue import Progress
from reader.services.staging import ReadResult
from reader.session.notebook import Noting
from reader.store.library import Outcome
from reader.workers import tasks

if TYPE_CHECKING:
    from reader.model.pdf.pdf_annotation import PrintedNote
    from reader.services import pdf_notes


class Printing(Noting):
    """The verbs on documents with pages."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self.opened.connect(self._look_for_notes)
        # For this session only: what opens a file is written nowhere.
        self._passwords: dict[str, str] = {}
        self._refused: tuple[Path, str] | None = None

    def password(self, document_id: str) -> str | None:
        """What opens the original file of a document, if somebody has said it."""
        return self._passwords.get(document_id)

    def _miss(self, path: Path, problem: Problem) -> None:
        if isinstance(problem, Locked):
            self._refused = path, problem.sentence
        super()._miss(path, problem)

    def _report(self, progress: Progress) -> None:
        refused, self._refused = self._refused, None
        if refused is not None and progress.total == 1:
            self.locked.emit(str(refused[0]), refused[1])
        else:
            super()._report(progress)

    def unlock(self, path: str, password: str) -> None:
        """Takes a locked file in and opens it; after a wrong password it is asked for again."""
        self._jobs.run(
            "read",
            tasks.read,
            path,
            str(self.paths.staging),
            password,
            then=partial(self._keep_unlocked, password),
            failed=partial(self._is_locked, path),
        )

    def _is_locked(self, path: str, problem: Problem) -> None:
        if isinstance(problem, Locked):
            self.locked.emit(path, problem.sentence)
        else:
            self.failed.emit(problem)

    def _keep_unlocked(self, password: str, result: ReadResult) -> None:
        self._passwords[result.document_id] = password
        self._jobs.run(
            "keep",
            tasks.keep,
            str(self.paths.data),
            result,
            then=partial(self._show_unlocked, result.document_id),
            failed=self.failed.emit,
        )

    def _show_unlocked(self, document_id: str, outcomes: list[Outcome | Problem]) -> None:
        (outcome,) = outcomes
        if isinstance(outcome, Problem):
            self.failed.emit(outcome)
            return
        if outcome == "updated":
            self.reload(document_id)
            self.place_notes(document_id)
        self.library_changed.emit()
        self.show(document_id)
        self.index_waiting()

    def _look_for_notes(self, _document: object) -> None:
        """Looks, once a document, whether a PDF that was opened holds notes of somebody."""
        if self.document is None or not self.document.importer.startswith("pdf/"):
            return
        seen = self._notes.setting("pdf_notes_seen", [])
        source = self._source() if self.document.id not in seen else None
        if source is None:
            return
        self._notes.set_setting("pdf_notes_seen", [*seen, source.document.id])
        self._jobs.run(
            "read",
            tasks.notes_in_pdf,
            source.path,
            source.page_map,
            self.password(source.document.id),
            then=partial(self._hint_at_notes, source, self.user),
            # A damaged file has been told of already.
            failed=lambda _: None,
        )

    def _hint_at_notes(
        self, source: pdf_notes.Original, user: str, found: list[PrintedNote]
    ) -> None:
        from reader.services import pdf_notes

        here = self.document is not None and self.document.id == source.document.id
        count = pdf_notes.unknown(self._notes, source.document, found) if found else 0
        if here and user == self.user and count:
            notes = "1 note" if count == 1 else f"{count} notes"
            self.offered.emit(f"This PDF holds {notes} already.", "Take In", self.take_pdf_notes)

    def take_pdf_notes(self) -> None:
        """Takes the highlights and notes that are in the open PDF into the user's notes."""
        source = self._source()
        if source is not None:
            self._jobs.run(
                "read",
                tasks.notes_in_pdf,
                source.path,
                source.page_map,
                self.password(source.document.id),
                then=partial(self._take_printed, source, self.user),
                failed=self.failed.emit,
            )

    def _take_printed(
        self, source: pdf_notes.Original, user: str, found: list[PrintedNote]
    ) -> None:
        from reader.services import pdf_notes

        if user != self.user:
            return
        try:
            new, known = pdf_notes.take_in(self._notes, source.document, found)
        except Problem as problem:
            self.failed.emit(problem)
            return
        if new and self.document is not None and self.document.id == source.document.id:
            self._place_annotations()
            self.changed.emit(())
        notes = "1 note" if new == 1 else f"{new} notes"
        self.tell(f"{notes} taken in from the PDF, {known} were there already.")

    def export_pdf(self, target: str) -> None:
        """Writes a copy of the open PDF with the notes in it; the original stays as it is."""
        from reader.services import pdf_notes

        source = self._source()
        if source is None:
            return
        out = pdf_notes.printed_notes(source.document, self.annotations, self.user)
        self._jobs.run(
            "read",
            tasks.pdf_with_notes,
            source.path,
            source.page_map,
            out,
            self.password(source.document.id),
            source.document.text,
            then=partial(self._write_copy, target, len(out)),
            failed=self.failed.emit,
        )

    def _write_copy(self, target: str, count: int, content: bytes) -> None:
        from reader.services import pdf_notes
        from reader.services.output_files import write_whole

        try:
            write_whole(Path(target), content)
        except Problem as problem:
            self.failed.emit(problem)
            return
        self.tell(pdf_notes.what_is_said_of_copy(count, target, content))

    def _source(self) -> pdf_notes.Original | None:
        from reader.services import pdf_notes

        if self.document is None:
            return None
        try:
            return pdf_notes.original(self.library, self.document.id)
        except Problem as problem:
            self.failed.emit(problem)
            return None
