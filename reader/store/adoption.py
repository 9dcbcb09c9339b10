"""What lies in the folders of documents and is not in the library's list: adopted, never deleted.

The list may be missing, empty, older or damaged; the folders hold what it was made of.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal

from reader.store.database import Database
from reader.store.document_files import DocumentFiles, Homes
from reader.store.document_rows import add_document, add_edition, show_edition
from reader.store.editions import Editions
from reader.store.metadata import Details
from reader.store.relatives import Relatives
from reader.store.said import SaidCopies

Finding = Literal["documents", "lost", "list"]
_NOTICE = "found"
_IDS = "SELECT id FROM document"


class Adoption:
    """Brings a library's list and its folders together again.

    What was done is kept as a notice until somebody is told. Two processes may do it at once.
    """

    def __init__(
        self,
        database: Database,
        shelf: DocumentFiles,
        editions: Editions,
        details: Details,
        relatives: Relatives,
        said: SaidCopies,
    ) -> None:
        self._database = database
        self._shelf = shelf
        self._editions = editions
        self._details = details
        self._relatives = relatives
        self._said = said
        self.left = 0

    def run(self, most: int | None = None) -> int:
        """Take up at most so many documents that have a folder and no row; return how many are
        `left`, as far as it was looked.

        A document that a person removed loses its row, and what is left of its folder goes.

        Raises:
            Problem: when the library cannot be written.
        """
        homes = self._shelf.homes()
        if homes.removed or homes.removing:
            self._end_removals(homes)
        unknown = sorted(homes.ids - self._ids())
        for document_id in unknown[:most]:
            with self._database.transaction():
                self.adopt(document_id)
        if unknown and not unknown[len(unknown) if most is None else most :]:
            self._join(unknown)
        self.left = len(unknown[:0] if most is None else unknown[most:])
        return self.left

    def run_all(self) -> None:
        """Take up all documents and editions that are in their folders only.

        Raises:
            Problem: when the library cannot be written.
        """
        self.run()
        self.adopt_editions()
        self._said.write_all()

    def _ids(self) -> set[str]:
        return {row[0] for row in self._database.rows(_IDS)}

    def _end_removals(self, homes: Homes) -> None:
        gone = (homes.removed | homes.removing) - homes.ids
        if homes.removing or gone & self._ids() or homes.removed & homes.ids:
            # Under the lock: another process may be about to remove one, or to have it again.
            with self._database.transaction():
                homes = self._shelf.homes()
                for document_id in sorted((homes.removed | homes.removing) & homes.ids):
                    self._shelf.forget_removal(document_id)
                for document_id in sorted((homes.removed | homes.removing) - homes.ids):
                    self._editions.let_go(document_id)
                    self._database.run("DELETE FROM document WHERE id = ?", document_id)
                for document_id in sorted(homes.removing):
                    self._shelf.end_removal(document_id)

    def adopt(self, document_id: str) -> None:
        """Write the rows of a folder that has none, or put it into the lost and found.

        Runs in a transaction: a folder without a row may be one that is being added right now.
        """
        known = self._database.value("SELECT 1 FROM document WHERE id = ?", document_id)
        if known or not self._shelf.has(document_id):
            return
        found = self._shelf.editions(document_id)
        if not found:
            if self._shelf.put_aside(document_id) is not None:
                self.note("lost")
            return
        last = found[-1]
        # What may be left of a row that was lost: what a person said stays.
        for table in ("asset", "edition", "origin"):
            self._database.run(f"DELETE FROM {table} WHERE document_id = ?", document_id)
        add_document(
            self._database,
            last.document,
            self._shelf.original_name(document_id),
            last.number,
            _time(self._shelf.kept_since(document_id)),
        )
        self._relatives.note_origin(last.document, "")
        for one in found:
            add_edition(self._database, one.document, one.number, one.file_hash, one.asset_hashes)
        self._said.restore(document_id)
        self._details.edit(last.document, {})
        self.note("documents")

    def _join(self, adopted: Iterable[str]) -> None:
        """What was said of two documents, now that both may be there again."""
        with self._database.transaction():
            for document_id in adopted:
                self._said.restore_of_two(document_id)
            self._mend_chains()

    def _mend_chains(self) -> None:
        """Take every document behind one that is gone out of its chain."""
        self._database.run(
            f"UPDATE document SET later = '' WHERE later <> '' AND later NOT IN ({_IDS})"
        )

    def adopt_editions(self) -> int:
        """Take up editions that documents have in their folders and not in the list; how many.

        The last edition of such a document is the one that is shown.

        Raises:
            Problem: when the library cannot be written.
        """
        known: dict[str, set[int]] = {row[0]: set() for row in self._database.rows(_IDS)}
        for document_id, number in self._database.rows("SELECT document_id, number FROM edition"):
            known[document_id].add(number)
        taken = 0
        for document_id, numbers in known.items():
            if not numbers.issuperset(self._shelf.numbers(document_id)):
                with self._database.transaction():
                    taken += self._take_more(document_id)
        return taken

    def _take_more(self, document_id: str) -> int:
        """Under the lock: a folder without a row may be an edition that is being added now."""
        question = "SELECT number FROM edition WHERE document_id = ?"
        known = {row[0] for row in self._database.rows(question, document_id)}
        found = self._shelf.editions(document_id)
        more = [one for one in found if one.number not in known]
        for one in more:
            add_edition(self._database, one.document, one.number, one.file_hash, one.asset_hashes)
        if more:
            show_edition(self._database, found[-1].document, found[-1].number)
            self._details.edit(found[-1].document, {})
        return len(more)

    def complete(self) -> None:
        """Complete a list that was made anew from what could be read of it.

        What it lacks is taken from the folders; a document of which no text can be read is no
        longer listed.

        Raises:
            Problem: when the library cannot be written.
        """
        self.adopt_editions()
        with self._database.transaction():
            self._database.run(
                "DELETE FROM document WHERE NOT EXISTS "
                "(SELECT 1 FROM edition WHERE document_id = id AND number = edition)"
            )
            self._mend_chains()
            self.note("list")

    # What is to be said

    def note(self, what: Finding, by: int = 1) -> None:
        """Keep a sentence for whoever asks next, by `take_notices`."""
        notice = self._notice()
        notice[what] = notice.get(what, 0) + by
        self._database.run("INSERT OR REPLACE INTO fact VALUES (?, ?)", _NOTICE, json.dumps(notice))

    def _notice(self) -> dict[Finding, int]:
        value = self._database.value("SELECT value FROM fact WHERE name = ?", _NOTICE)
        return dict(json.loads(value or "{}"))

    def take_notices(self) -> list[str]:
        """What was found since somebody was last told, one sentence each; now it is told."""
        notice = self._notice()
        if not notice:
            return []
        self._database.run("DELETE FROM fact WHERE name = ?", _NOTICE)
        return [_sentence(what, count) for what, count in notice.items()]


def _sentence(what: Finding, count: int) -> str:
    one = count == 1
    if what == "list":
        return (
            "The library's list was damaged, and was made anew from the documents that there are. "
            "The damaged file is in the folder “lost-and-found”."
        )
    if what == "lost":
        folders = "1 folder that holds" if one else f"{count} folders that hold"
        them = "it was" if one else "they were"
        return (
            f"{folders} no readable document: {them} moved to the folder “lost-and-found”. Import "
            "the file again from there, or from where you have it."
        )
    documents = "1 document was" if one else f"{count} documents were"
    return f"{documents} missing in the library's list, and {'is' if one else 'are'} there again."


def _time(seconds: float) -> str:
    """A time as the library keeps it: UTC, ISO 8601, to the millisecond."""
    made = datetime.fromtimestamp(seconds, UTC)
    return made.isoformat(timespec="milliseconds").replace("+00:00", "Z")
