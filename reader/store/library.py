"""The library: a row for each document, and a folder for each on the shelf."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from reader.model.document import Document, detail, with_details
from reader.paths import Paths
from reader.problem import Problem
from reader.store.catalog import CatalogQueries
from reader.store.document_files import DocumentFiles, Staged, is_original
from reader.store.durable_files import utc_now
from reader.store.editions import Editions
from reader.store.joins import Joins
from reader.store.metadata import Details, corrections_of, edits_of
from reader.store.offers import Offers
from reader.store.salvage import open_list

if TYPE_CHECKING:
    from reader.model.heading_correction import Correction
    from reader.store.adoption import Adoption
    from reader.store.said import SaidCopies

# A start is not to load what adds and mends documents: each method imports it by itself.

# More of them than these are left to whoever has time: `adoption.run`.
ADOPTED_AT_ONCE = 20
_RECENT_CHARACTERS = 1_500_000

Outcome = Literal["added", "known", "updated"]


class Library:
    """All documents under one data folder. Several processes may hold it open and write.

    Raises Problem from every method for what a person can act on.
    """

    def __init__(self, paths: Paths, now: Callable[[], str] = utc_now) -> None:
        self._paths = paths
        self._now = now
        self._shelf = DocumentFiles(paths)
        self._database, is_anew = open_list(paths)
        self.editions = Editions(self._database, self._shelf)
        self.details = Details(self._database, now)
        self.offers = Offers(self._database, self._shelf, self.editions, now)
        self.joins = Joins(self._database)
        self.catalog = CatalogQueries(self._database)
        self._version = self._database.version
        self._recent: dict[tuple[str, int], Document] = {}
        self._shelf.clear_staging()
        if is_anew:
            self.adoption.complete()
        # On a disk that cannot be written, what the list has can be read.
        with suppress(Problem):
            if self._differs_from_folders():
                self.adoption.run(ADOPTED_AT_ONCE)
        self._database.after_write = self._copy_what_was_said

    def _differs_from_folders(self) -> bool:
        """Whether a folder is unknown to the list, or a removal unfinished, or of a document that
        is there."""
        homes = self._shelf.homes()
        # As one value: of twenty thousand rows in half the time.
        listed = self._database.value("SELECT group_concat(id, ' ') FROM document")
        ids = set(str(listed or "").split())
        is_there = not (homes.removed.isdisjoint(homes.ids) and homes.removed.isdisjoint(ids))
        return bool(homes.removing) or is_there or not homes.ids <= ids

    @cached_property
    def adoption(self) -> Adoption:
        """What brings the list and the folders of documents together again."""
        from reader.store.adoption import Adoption

        return Adoption(
            *(self._database, self._shelf, self.editions, self.details),
            *(self.offers.relatives, self._said),
        )

    @cached_property
    def _said(self) -> SaidCopies:
        from reader.store.said import SaidCopies

        return SaidCopies(self._database, self._shelf, self.joins, self._paths)

    def _copy_what_was_said(self) -> None:
        self._said.write()

    @property
    def staging(self) -> Path:
        """The folder where imports are made ready."""
        return self._paths.staging

    @property
    def seeded(self) -> bool:
        """Whether the documents of our own were put in; a person may have taken them out since."""
        return bool(self._database.value("SELECT value FROM fact WHERE name = 'seeded'"))

    def set_seeded(self) -> None:
        """Say that the documents of our own were put in."""
        self._database.run("INSERT OR REPLACE INTO fact VALUES ('seeded', '1')")

    def add(
        self,
        document: Document,
        original: Path | bytes,
        assets: Mapping[str, bytes],
        batch: str = "",
    ) -> Outcome:
        """Keep a document with the file it was read from and its pictures.

        A document that is there already is "known", or "updated" when another importer read it or
        its files were damaged: its earlier edition stays beside the new one, and its title stays
        as the person left it. Another file of a document that is there, where that is sure, is
        "updated" too: then the earlier document stays behind it. Where it may be one, `offers` has
        a question for the person, unless both came in one `batch`: the same import.

        Raises:
            Problem: when `original` is not the file that was read, or the disk is full.
        """
        known = self.editions.importer(document.id)
        if not known and self._shelf.has(document.id):
            with self._database.transaction():
                self.adoption.adopt(document.id)
            known = self.editions.importer(document.id)
        if known == document.importer and not self.verify(document.id):
            if not self.details.is_trashed(document.id):
                return "known"
            self.details.restore(document.id)
            return "added"
        relative = None if known else self.offers.relatives.of(document, batch)
        staged = self._shelf.stage(document, original, assets)
        try:
            with self._database.transaction():
                # Another process may have taken the same file in while this one staged it.
                now = self.editions.importer(document.id)
                if known != now == document.importer:
                    return "known"
                outcome = self._take(staged, document, batch)
                if self.details.is_trashed(document.id):
                    self.details.restore(document.id)
                followed = relative is not None and self.offers.enter(document.id, relative)
                return "updated" if followed else outcome
        finally:
            staged.discard()

    def _take(self, staged: Staged, document: Document, batch: str) -> Outcome:
        """Move the files to their place and write the rows.

        What a crash in between leaves has no row: it is whole, and is taken up at the next start.
        """
        from reader.store.document_rows import add_document, add_edition, show_edition

        latest = self._database.value(
            "SELECT max(number) FROM edition WHERE document_id = ?", document.id
        )
        original = staged.original
        if latest:
            (original,) = self._row(document.id, "SELECT original FROM document WHERE id = ?")
        number = self._shelf.next_number(document.id, latest or 0)
        self._shelf.place(staged, number, original)
        if latest:
            show_edition(self._database, document, number)
            self.details.edit(document, {})
        else:
            add_document(self._database, document, original, number, self._now())
            self.offers.relatives.note_origin(document, batch)
        add_edition(self._database, document, number, staged.file_hash, staged.asset_hashes)
        return "updated" if latest else "added"

    def document(self, document_id: str) -> Document:
        """The document, with the title, the details and the headings that people gave it."""
        title, edits = self._row(document_id, "SELECT title, edits FROM document WHERE id = ?")
        document, said = self.imported(document_id), {"title": title, **edits_of(edits)}
        as_said = all(detail(document, name) == value for name, value in said.items())
        document = document if as_said else with_details(document, said)
        corrections = corrections_of(edits)
        if not corrections:
            return document
        from reader.model.heading_correction import corrected

        return corrected(document, corrections)

    def imported(self, document_id: str) -> Document:
        """The document as the importer made it."""
        title, number, file_hash = self._row(
            document_id,
            "SELECT title, edition, file_hash FROM document JOIN edition ON document_id = id "
            "AND number = edition WHERE id = ?",
        )
        document = self._recent.pop((document_id, number), None)
        if document is None:
            document = self._shelf.document(document_id, number, file_hash)
        if document is None:
            raise Problem(f"The files of “{title}” are damaged. Import the document again.")
        self._recent[document_id, number] = document
        kept = sum(len(one.text) for one in self._recent.values())
        while kept > _RECENT_CHARACTERS and len(self._recent) > 1:
            kept -= len(self._recent.pop(next(iter(self._recent))).text)
        return document

    def asset(self, document_id: str, name: str) -> bytes:
        """A picture of the document as it is shown."""
        title, number = self._row(document_id, "SELECT title, edition FROM document WHERE id = ?")
        wanted = self._database.value(
            "SELECT file_hash FROM asset WHERE document_id = ? AND edition = ? AND name = ?",
            *(document_id, number, name),
        )
        content = self._shelf.asset(document_id, number, name, wanted) if wanted else None
        if content is None:
            raise Problem(f"A picture of “{title}” is missing or damaged.")
        return content

    def original(self, document_id: str) -> Path:
        """Where the file lies as it came; it is never changed. A Problem when it is not known."""
        title, name = self._row(document_id, "SELECT title, original FROM document WHERE id = ?")
        if not is_original(name):
            raise Problem(f"The original file of “{title}” is missing or damaged.")
        return self._paths.document(document_id) / str(name)

    def _row(self, document_id: str, question: str) -> tuple[Any, ...]:
        rows = self._database.rows(question, document_id)
        if not rows:
            raise Problem(f"The library has no document {document_id[:12]}.")
        return rows[0]

    def remove(self, document_id: str) -> None:
        """Take a document and its files out of the library; notes on it stay with their users."""
        self._row(document_id, "SELECT 1 FROM document WHERE id = ?")
        try:
            with self._database.transaction():
                self.editions.let_go(document_id)
                self._database.run("DELETE FROM document WHERE id = ?", document_id)
                self._shelf.begin_removal(document_id)
        except BaseException:
            self._shelf.take_back_removal(document_id)
            raise
        self._shelf.end_removal(document_id)

    def was_removed(self, document_id: str) -> bool:
        """Whether a person took a document out, and did not take it in again since."""
        return self._shelf.was_removed(document_id)

    def rename(self, document_id: str, title: str) -> None:
        """Give the document another title, which the index does not know yet."""
        self._row(document_id, "SELECT 1 FROM document WHERE id = ?")
        self._database.run(
            "UPDATE document SET title = ?, indexed = 0 WHERE id = ?", title, document_id
        )

    def edit(self, document_id: str, values: Mapping[str, Any]) -> None:
        """Give the document other details, by their names in `details.FIELDS`."""
        self.details.edit(self.imported(document_id), values)

    def correct(self, document_id: str, corrections: Iterable[Correction]) -> None:
        """Give the document these corrections of its headings, and no others."""
        self.details.correct(self.imported(document_id), corrections)

    def set_indexed(self, document_id: str, indexed: bool) -> None:
        """Say whether the search index holds the document as it is."""
        self._database.run(
            "UPDATE document SET indexed = ? WHERE id = ?", int(indexed), document_id
        )

    def verify(self, document_id: str = "") -> list[str]:
        """What is wrong with the library, or with one document, one sentence each; else empty."""
        # Imported here: a start verifies nothing.
        from reader.store.library_integrity import document_faults, library_faults

        if document_id:
            return document_faults(self._database, self._shelf, document_id)
        return library_faults(self._database, self._shelf)

    def news(self) -> bool:
        """Whether another process changed what the library holds since this was last asked."""
        before, self._version = self._version, self._database.version
        return self._version != before

    def close(self) -> None:
        """Close the library; it cannot be used afterwards."""
        self._database.close()
