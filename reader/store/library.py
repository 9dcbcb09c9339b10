"""The documents of a library: a row for each, and a folder that holds its files."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from reader.model.codec import document_from_plain, document_to_plain, is_asset
from reader.model.document import Document, reading_minutes
from reader.paths import Paths, make_private
from reader.problem import Problem
from reader.store.database import Database
from reader.store.durable import sync_folder, utc_now, write_file

SHORTEST_PREFIX = 6
STALE_SECONDS = 3600.0
_RECENT = 4
_ID = re.compile(r"[0-9a-f]{64}")
_PREFIX = re.compile(r"[0-9a-f]+")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")

Outcome = Literal["added", "known", "updated"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as the library lists it; `imported` is UTC, ISO 8601."""

    id: str
    source: str
    title: str
    authors: tuple[str, ...]
    published: str
    kind: str
    sections: int
    characters: int
    references: int
    minutes: int
    indexed: bool
    imported: str
    doi: str


_ENTRY = (
    'id, source, title, authors, published, kind, sections, characters, "references", minutes, '
    "indexed, imported, doi"
)


def text_hash(text: str) -> str:
    """The SHA-256 of a document's text, by which annotations know what they were made on."""
    return hashlib.sha256(text.encode()).hexdigest()


class Library:
    """All documents under one data folder. Several processes may hold it open and write.

    Raises Problem from every method for what a person can act on.
    """

    def __init__(self, paths: Paths, now: Callable[[], str] = utc_now) -> None:
        self._paths = paths
        self._now = now
        self._database = Database(paths.library, "library")
        self._recent: dict[tuple[str, int], Document] = {}
        make_private(paths.documents)
        make_private(paths.staging)
        self._clear_left_overs()

    @property
    def staging(self) -> Path:
        """The folder where imports are made ready."""
        return self._paths.staging

    @property
    def seeded(self) -> bool:
        """Whether the documents of our own were put in; a person may have taken them out since."""
        return bool(self._database.value("SELECT value FROM fact WHERE name = 'seeded'"))

    def set_seeded(self) -> None:
        """Says that the documents of our own were put in."""
        self._database.run("INSERT OR REPLACE INTO fact VALUES ('seeded', '1')")

    def add(
        self, document: Document, original: Path | bytes, assets: Mapping[str, bytes]
    ) -> Outcome:
        """Keeps a document with the file it was read from and its pictures.

        A document that is there already is "known", or "updated" when another importer read it:
        its earlier edition stays beside the new one, and its title stays as the person left it.

        Raises:
            Problem: when `original` is not the file that was read, or the disk is full.
        """
        known = self._database.rows(
            "SELECT importer FROM document JOIN edition ON document_id = id "
            "AND number = edition WHERE id = ?",
            document.id,
        )
        if known and known[0][0] == document.importer and not self._faults(document.id):
            return "known"
        staged = Path(tempfile.mkdtemp(dir=self._paths.staging))
        try:
            self._stage(staged, document, original, assets)
            with self._database.transaction():
                return self._take(staged, document, assets)
        except OSError as error:
            raise Problem(
                f"“{document.source}” could not be kept in the library: {error.strerror}."
            ) from error
        finally:
            shutil.rmtree(staged, ignore_errors=True)

    def _stage(
        self, staged: Path, document: Document, original: Path | bytes, assets: Mapping[str, bytes]
    ) -> None:
        untrusted = original.read_bytes() if isinstance(original, Path) else original
        if hashlib.sha256(untrusted).hexdigest() != document.id:
            raise Problem(f"“{document.source}” changed while it was read. Try again.")
        write_file(staged / _original_name(document), untrusted)
        edition = staged / "edition"
        pictures = edition / "assets"
        pictures.mkdir(mode=0o700, parents=True)
        write_file(edition / "document.json", _packed(document))
        for name, content in assets.items():
            if not is_asset(name):
                raise ValueError("a picture's name is no plain file name")
            write_file(pictures / name, content)
        for folder in (pictures, edition, staged):
            sync_folder(folder)
        edition.chmod(0o700)

    def _take(self, staged: Path, document: Document, assets: Mapping[str, bytes]) -> Outcome:
        """Moves the staged files to their place and writes the rows, in one transaction.

        What a crash leaves has no row: a folder is cleared away at the next start, an edition
        gives way to the next of its number.
        """
        run = self._database.run
        rows = self._database.rows("SELECT edition FROM document WHERE id = ?", document.id)
        number = rows[0][0] + 1 if rows else 1
        folder = self._paths.document(document.id)
        packed = (staged / "edition" / "document.json").read_bytes()
        (staged / "edition").rename(staged / str(number))
        if rows:
            shutil.rmtree(folder / str(number), ignore_errors=True)
            (staged / str(number)).rename(folder / str(number))
            sync_folder(folder)
            run(
                "UPDATE document SET edition = ?, published = ?, kind = ?, doi = ?, sections = ?, "
                'characters = ?, "references" = ?, minutes = ?, indexed = 0 WHERE id = ?',
                *(number, document.published, document.kind, document.doi),
                *(*_counts(document), document.id),
            )
        else:
            shutil.rmtree(folder, ignore_errors=True)
            sync_folder(staged)
            staged.rename(folder)
            sync_folder(folder.parent)
            run(
                f"INSERT INTO document (original, edition, {_ENTRY}) "
                "VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)",
                *(_original_name(document), document.id, document.source, document.title),
                *(json.dumps(document.authors, ensure_ascii=False), document.published),
                *(document.kind, *_counts(document), self._now(), document.doi),
            )
        run(
            "INSERT INTO edition VALUES (?, ?, ?, ?, ?)",
            *(document.id, number, document.importer, text_hash(document.text)),
            hashlib.sha256(packed).hexdigest(),
        )
        self._database.run_many(
            "INSERT INTO asset VALUES (?, ?, ?, ?)",
            [
                (document.id, number, name, hashlib.sha256(content).hexdigest())
                for name, content in assets.items()
            ],
        )
        return "updated" if rows else "added"

    def entries(self) -> list[Entry]:
        """All documents, in the order they were imported."""
        rows = self._database.rows(f"SELECT {_ENTRY} FROM document ORDER BY imported, rowid")
        found = []
        for row in rows:
            values = list(row)
            values[3], values[10] = tuple(json.loads(row[3])), bool(row[10])
            found.append(Entry(*values))
        return found

    def first(self) -> str:
        """The id of the document that was imported first; "" when there is none."""
        return str(
            self._database.value("SELECT id FROM document ORDER BY imported, rowid LIMIT 1") or ""
        )

    def document(self, document_id: str) -> Document:
        """The document, under the title that the library gives it."""
        title, number, file_hash = self._row(
            document_id,
            "SELECT title, edition, file_hash FROM document JOIN edition ON document_id = id "
            "AND number = edition WHERE id = ?",
        )
        document = self._recent.pop((document_id, number), None)
        if document is None:
            document = self._read(document_id, number, file_hash, title)
        if document.title != title:
            document = replace(document, title=title)
        self._recent[document_id, number] = document
        if len(self._recent) > _RECENT:
            del self._recent[next(iter(self._recent))]
        return document

    def earlier(self, document_id: str, hash_of_text: str) -> Document | None:
        """The edition whose text has that hash, so that a note's old text stays readable."""
        for title, number, file_hash in self._database.rows(
            "SELECT title, number, file_hash FROM document JOIN edition ON document_id = id "
            "WHERE id = ? AND text_hash = ? ORDER BY number DESC",
            *(document_id, hash_of_text),
        ):
            return self._read(document_id, number, file_hash, title)
        return None

    def _read(self, document_id: str, number: int, file_hash: str, title: str) -> Document:
        path = self._paths.document(document_id) / str(number) / "document.json"
        try:
            packed = path.read_bytes()
        except OSError:
            packed = b""
        if hashlib.sha256(packed).hexdigest() != file_hash:
            raise Problem(f"The files of “{title}” are damaged. Import the document again.")
        return document_from_plain(json.loads(packed))

    def asset(self, document_id: str, name: str) -> bytes:
        """A picture of the document as it is shown."""
        title, number = self._row(document_id, "SELECT title, edition FROM document WHERE id = ?")
        wanted = self._database.value(
            "SELECT file_hash FROM asset WHERE document_id = ? AND edition = ? AND name = ?",
            *(document_id, number, name),
        )
        with suppress(OSError):
            path = self._paths.document(document_id) / str(number) / "assets" / name
            content = path.read_bytes() if wanted else b""
            if wanted and hashlib.sha256(content).hexdigest() == wanted:
                return content
        raise Problem(f"A picture of “{title}” is missing or damaged.")

    def original(self, document_id: str) -> Path:
        """Where the file lies as it came; it is never changed."""
        (name,) = self._row(document_id, "SELECT original FROM document WHERE id = ?")
        return self._paths.document(document_id) / str(name)

    def _row(self, document_id: str, question: str) -> tuple[Any, ...]:
        rows = self._database.rows(question, document_id)
        if not rows:
            raise Problem(f"The library has no document {document_id[:12]}.")
        return rows[0]

    def resolve(self, untrusted_id: str) -> str:
        """The id that begins like this.

        Raises:
            Problem: when it is too short, begins no id or more than one.
        """
        prefix = untrusted_id.lower()
        if len(prefix) < SHORTEST_PREFIX or not _PREFIX.fullmatch(prefix):
            raise Problem(
                f"“{untrusted_id}” is no document's id: at least {SHORTEST_PREFIX} of its digits "
                "0–9 and a–f are needed."
            )
        found = self._database.rows("SELECT id FROM document WHERE id GLOB ? LIMIT 2", prefix + "*")
        if len(found) != 1:
            how_many = "more than one document" if found else "no document"
            raise Problem(f"The library has {how_many} whose id begins with {prefix[:12]}.")
        return str(found[0][0])

    def remove(self, document_id: str) -> None:
        """Takes a document and its files out of the library; notes on it stay with their users."""
        self._row(document_id, "SELECT 1 FROM document WHERE id = ?")
        with self._database.transaction():
            self._database.run("DELETE FROM document WHERE id = ?", document_id)
        shutil.rmtree(self._paths.document(document_id), ignore_errors=True)

    def rename(self, document_id: str, title: str) -> None:
        """Gives the document another title, which the index does not know yet."""
        self._row(document_id, "SELECT 1 FROM document WHERE id = ?")
        self._database.run(
            "UPDATE document SET title = ?, indexed = 0 WHERE id = ?", title, document_id
        )

    def set_indexed(self, document_id: str, indexed: bool) -> None:
        """Says whether the search index holds the document as it is."""
        self._database.run(
            "UPDATE document SET indexed = ? WHERE id = ?", int(indexed), document_id
        )

    def unindexed(self) -> list[str]:
        """The ids of the documents that the search index does not hold, in order of import."""
        rows = self._database.rows(
            "SELECT id FROM document WHERE indexed = 0 ORDER BY imported, rowid"
        )
        return [row[0] for row in rows]

    def verify(self) -> list[str]:
        """What is wrong with the library, one sentence each; empty when all is well."""
        found = self._database.faults()
        for entry in self.entries():
            try:
                intact = _hash_of(self.original(entry.id)) == entry.id
            except OSError:
                intact = False
            if not intact:
                found.append(f"The original file of “{entry.title}” is missing or damaged.")
            found += self._faults(entry.id)
        return found

    def _faults(self, document_id: str) -> list[str]:
        """What is wrong with the edition that is shown."""
        names = self._database.rows(
            "SELECT name FROM asset JOIN document ON id = document_id WHERE document_id = ? "
            "AND asset.edition = document.edition",
            document_id,
        )
        found = []
        try:
            self.document(document_id)
        except Problem as problem:
            found.append(problem.sentence)
        for (name,) in names:
            try:
                self.asset(document_id, name)
            except Problem as problem:
                found.append(problem.sentence)
        return found

    def _clear_left_overs(self) -> None:
        """Clears away what a crash in the middle of an import left."""
        for folder in self._paths.staging.iterdir():
            # A younger one may be another process's work.
            if time.time() - folder.stat().st_mtime > STALE_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
        if self._orphans():
            with self._database.transaction():
                for folder in self._orphans():
                    shutil.rmtree(folder, ignore_errors=True)

    def _orphans(self) -> list[Path]:
        ids = {row[0] for row in self._database.rows("SELECT id FROM document")}
        folders = self._paths.documents.iterdir()
        return [f for f in folders if _ID.fullmatch(f.name) and f.name not in ids]

    def close(self) -> None:
        """Closes the library; it cannot be used afterwards."""
        self._database.close()


def _original_name(document: Document) -> str:
    suffix = Path(document.source).suffix
    return "original" + (suffix.lower() if _SUFFIX.fullmatch(suffix) else "")


def _packed(document: Document) -> bytes:
    plain = document_to_plain(document)
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()


def _counts(document: Document) -> tuple[int, int, int, int]:
    size = len(document.text)
    return len(document.sections), size, len(document.references), reading_minutes(size)


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
