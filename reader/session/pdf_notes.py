"""Import annotations embedded in PDF files, and export copies that hold the user's."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reader.problem import Problem
from reader.services.workspace import Workspace
from reader.session.annotations import Annotations
from reader.session.background import Background
from reader.session.current_document import CurrentDocument
from reader.session.notifier import Notifier
from reader.session.passwords import Passwords
from reader.settings import PDF_NOTES_SEEN

if TYPE_CHECKING:
    from reader.model.pdf.pdf_annotation import PdfAnnotation
    from reader.services import pdf_notes


class PdfNotes:
    """Notes between the user and the open PDF, both ways."""

    def __init__(
        self,
        workspace: Workspace,
        notifier: Notifier,
        background: Background,
        current: CurrentDocument,
        annotations: Annotations,
        passwords: Passwords,
    ) -> None:
        self._workspace = workspace
        self._notifier = notifier
        self._background = background
        self._current = current
        self._annotations = annotations
        self._passwords = passwords
        current.changed.connect(self._look_for_notes)

    def _look_for_notes(self, _document: object) -> None:
        """Looks, once a document, whether a PDF that was opened holds notes of somebody."""
        if self._current.document is None or not self._current.document.importer.startswith("pdf/"):
            return
        seen = self._workspace.notes.setting(PDF_NOTES_SEEN)
        source = self._source() if self._current.document.id not in seen else None
        if source is None:
            return
        self._workspace.notes.set_setting(PDF_NOTES_SEEN, [*seen, source.document.id])
        from reader.workers import tasks

        self._background.run(
            "read",
            tasks.notes_in_pdf,
            source.path,
            source.page_map,
            self._passwords.get(source.document.id),
            then=partial(self._hint_at_notes, source, self._workspace.user),
            # A damaged file has been told of already.
            failed=lambda _: None,
        )

    def _hint_at_notes(
        self, source: pdf_notes.Original, user: str, found: list[PdfAnnotation]
    ) -> None:
        from reader.services import pdf_notes

        here = (
            self._current.document is not None and self._current.document.id == source.document.id
        )
        count = pdf_notes.unknown(self._workspace.notes, source.document, found) if found else 0
        if here and user == self._workspace.user and count:
            notes = "1 note" if count == 1 else f"{count} notes"
            self._notifier.offer(f"This PDF holds {notes} already.", "Import", self.import_embedded)

    def import_embedded(self) -> None:
        """Take the highlights and notes that are in the open PDF into the user's notes."""
        from reader.workers import tasks

        source = self._source()
        if source is not None:
            self._background.run(
                "read",
                tasks.notes_in_pdf,
                source.path,
                source.page_map,
                self._passwords.get(source.document.id),
                then=partial(self._take_printed, source, self._workspace.user),
                failed=self._notifier.error,
            )

    def _take_printed(
        self, source: pdf_notes.Original, user: str, found: list[PdfAnnotation]
    ) -> None:
        from reader.services import pdf_notes

        if user != self._workspace.user:
            return
        try:
            new, known = pdf_notes.take_in(self._workspace.notes, source.document, found)
        except Problem as problem:
            self._notifier.error(problem)
            return
        if (
            new
            and self._current.document is not None
            and self._current.document.id == source.document.id
        ):
            self._annotations.refresh()
        notes = "1 note" if new == 1 else f"{new} notes"
        self._notifier.info(f"{notes} imported from the PDF, {known} were there already.")

    def export_copy(self, target: str) -> None:
        """Write a copy of the open PDF with the notes in it; the original stays as it is."""
        from reader.services import pdf_notes
        from reader.workers import tasks

        source = self._source()
        if source is None:
            return
        out = pdf_notes.printed_notes(source, self._annotations.own, self._workspace.user)
        self._background.run(
            "read",
            tasks.pdf_with_notes,
            source.path,
            source.page_map,
            out,
            self._passwords.get(source.document.id),
            source.document.text,
            then=partial(self._write_copy, target, len(out)),
            failed=self._notifier.error,
        )

    def _write_copy(self, target: str, count: int, content: bytes) -> None:
        from reader.services import pdf_notes
        from reader.services.output_files import write_whole

        try:
            write_whole(Path(target), content)
        except Problem as problem:
            self._notifier.error(problem)
            return
        self._notifier.made(pdf_notes.what_is_said_of_copy(count, target, content), target)

    def _source(self) -> pdf_notes.Original | None:
        from reader.services import pdf_notes

        if self._current.document is None:
            return None
        try:
            return pdf_notes.original(self._workspace.library, self._current.document.id)
        except Problem as problem:
            self._notifier.error(problem)
            return None
