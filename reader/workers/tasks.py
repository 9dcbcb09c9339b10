"""What worker processes run: reading files, indexing, finding, checking. Plain data in and out.

Each task imports what it needs by itself, for a process that reads one file is to start quickly.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.descriptor_passing import reads
from reader.paths import Paths, make_private, seeds
from reader.problem import Problem
from reader.services.staging import ReadResult, checked, leave
from reader.store.durable_files import write_file

if TYPE_CHECKING:
    from reader.importers.result import ImportResult
    from reader.model.imported_note import FoundNotes
    from reader.model.pdf.pdf_annotation import PdfAnnotation
    from reader.store.copies import Reason
    from reader.store.encryption import Key
    from reader.store.library import Library, Outcome


@reads(file=0, staging=1)
def read(
    path: str,
    staging: str,
    password: str | None = None,
    whole: bool = False,
    gathered: str = "",
) -> ReadResult:
    """Read a file of unknown origin into a new folder under `staging`.

    `password` is for what a Locked said that it is locked; `whole` asks for all of a web page;
    `gathered` is the folder of the pictures beside it, if `gather` has made one.

    Raises:
        Problem: when the file cannot be read, or is of no kind that Offprint reads.
    """
    from reader.importers.registry import importer_for
    from reader.importers.result import HEAD_BYTES, read_bytes
    from reader.workers.confinement import writing_in

    name = Path(path).name
    try:
        untrusted_bytes = read_bytes(Path(path))
    except Problem:
        if gathered:
            with writing_in(Path(staging)):
                _clear(Path(gathered))
        raise
    try:
        with writing_in(Path(staging)):
            make_private(Path(staging))
            folder = Path(gathered or tempfile.mkdtemp(dir=staging))
            try:
                # What is read is what is kept, whatever happens to the file meanwhile.
                (folder / "original").mkdir(mode=0o700)
                copy = folder / "original" / _storable(name)
                write_file(copy, untrusted_bytes)
                asked: dict[str, Any] = {} if password is None else {"password": password}
                if whole:
                    asked["whole"] = True
                read_file = importer_for(copy, untrusted_bytes[:HEAD_BYTES])
                reading = _read_with(read_file, copy, asked, folder if gathered else None)
                if not reading.document.text.strip() and not reading.assets:
                    raise Problem(f"“{name}” holds no text to read.")
                leave(folder, reading)
            except BaseException:
                _clear(folder)
                raise
    except (MemoryError, RecursionError):
        raise Problem(f"“{name}” is too large or too deeply nested.") from None
    except OSError as error:
        raise Problem(f"“{name}” cannot be imported: {error.strerror}.") from error
    return ReadResult(reading.document.id, str(folder))


def gather(path: str, data: str, staging: str) -> str:
    """Copy the pictures beside a file to where `read` may look; see `companion_files.gather`."""
    from reader.services.companion_files import gather as gather_pictures

    return gather_pictures(path, data, staging)


def _read_with(
    read_file: Callable[..., ImportResult], copy: Path, asked: dict[str, Any], gathered: Path | None
) -> ImportResult:
    """Read a file with the pictures beside it, if its importer takes them."""
    from inspect import signature

    if gathered is None or "companions" not in signature(read_file).parameters:
        return read_file(copy, **asked)
    from reader.services.companion_files import gathered as gathered_in
    from reader.services.companion_files import kept

    companions, places = gathered_in(gathered)
    return kept(read_file(copy, companions=companions, **asked), companions, places)


def _clear(folder: Path) -> None:
    """Remove a folder by plain paths: the guard cannot tell where `shutil.rmtree` is at work."""
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()


def _storable(name: str) -> str:
    """A file's name as text: bytes in it that are none become replacement characters."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


@reads(file=0)
def notes_in_pdf(path: str, page_map: bytes, password: str | None = None) -> list[PdfAnnotation]:
    """The highlights and notes that are in a PDF file already.

    Raises:
        Locked: when it is protected by a password, and not by this one.
        Problem: when it cannot be read.
    """
    from reader.importers.pdf.annotations import notes_in
    from reader.importers.result import read_bytes
    from reader.model.pdf.page_map import PageMap

    untrusted_bytes = read_bytes(Path(path))
    return notes_in(untrusted_bytes, Path(path).name, PageMap.decode(page_map), password)


@reads(file=0)
def notes_in_file(path: str) -> FoundNotes:
    """The notes that a file of another program, or one of our exports, holds.

    Raises:
        Problem: when it cannot be read, or is of no kind that we know.
    """
    from reader.importers.result import read_bytes
    from reader.note_importers.registry import read as read_notes

    return read_notes(read_bytes(Path(path)), Path(path).name)


@reads(file=0)
def remote_content(path: str) -> dict[str, list[str]]:
    """What a browser would load from the network for a saved page: by its kind, the hosts.

    Raises:
        Problem: when it cannot be read.
    """
    from reader.importers.html.remote_content import remote_content as found_in

    return found_in(Path(path))


@reads(file=0)
def pdf_with_notes(
    path: str,
    page_map: bytes,
    notes: Sequence[PdfAnnotation],
    password: str | None = None,
    text: str = "",
) -> bytes:
    """A copy of a PDF file with notes in it that other readers show; the file stays as it is.

    `text` is the document's, and tells where within a word a note begins or ends.

    Raises:
        Problem: when it cannot be read or copied.
    """
    from hashlib import sha256

    from reader.exporters.pdf_annotations import write
    from reader.importers.pdf.annotations import notes_in
    from reader.importers.result import read_bytes
    from reader.model.pdf.page_map import PageMap

    untrusted_bytes, pages = read_bytes(Path(path)), PageMap.decode(page_map, text)
    natives = notes_in(untrusted_bytes, Path(path).name, pages, password)
    document_id = sha256(untrusted_bytes).hexdigest()
    return write(untrusted_bytes, pages, notes, password, natives, document_id)


def take_in(library: Library, result: ReadResult) -> Outcome:
    """Take what `read` left into the library.

    Raises:
        Problem: when it is not what a reading leaves, or cannot be kept.
    """
    with checked(result, library.staging) as taken:
        return library.add(taken.document, taken.original, taken.assets, result.batch)


def be_ready_to_keep() -> None:
    """Load what `keep` needs: done while the first file is still being read."""
    import reader.store.library  # noqa: F401


def keep(data: str, *results: ReadResult) -> list[Outcome | Problem]:
    """`take_in` for a worker process: a window need not wait until documents are checked.

    Return what became of each, in their order; one that cannot be kept holds up no other.
    """
    from reader.store.library import Library

    outcomes: list[Outcome | Problem] = []
    with closing(Library(Paths(Path(data)))) as library:
        for result in results:
            try:
                outcomes.append(take_in(library, result))
            except Problem as problem:
                outcomes.append(problem)
    return outcomes


def is_sound(data: str, document_id: str) -> bool:
    """Whether a document's original file and its text are in the library as they were written."""
    from reader.store.library import Library

    with closing(Library(Paths(Path(data)))) as library:
        return not library.verify(document_id)


def take_in_seeds(library: Library) -> list[str]:
    """Put the documents of our own into a library that never had them; return their ids."""
    if library.seeded:
        return []
    from reader.importers.common.companions import beside
    from reader.importers.markdown.read import read as read_markdown

    ids = []
    for path in sorted(seeds().glob("*.md")):
        reading = read_markdown(path, beside(path))
        if library.was_removed(reading.document.id):
            continue
        library.add(reading.document, path, reading.assets)
        ids.append(reading.document.id)
    library.set_seeded()
    return ids


def back_up(notes_path: str, reason: Reason = "start", key: Key | None = None) -> str:
    """Make a checked copy of a user's notes, and return its path."""
    from reader.store.backups import backup

    return str(backup(Path(notes_path), reason=reason, key=key))


def restore(notes_path: str, backup_path: str, are_open: bool, key: Key | None = None) -> str:
    """Put a backup in the place of a user's notes; return what was done.

    Return "" when the notes `are_open` in a window and damaged or gone, so that a file must be put
    there: nothing is changed then, and the window closes them first.

    Raises:
        Problem: when the backup has faults or is gone, or the disk is full: nothing has changed.
    """
    from reader.store.backups import backups, restore, verify_notes

    path = Path(notes_path)
    chosen = next((one for one in backups(path, key) if one.path == Path(backup_path)), None)
    if chosen is None:
        raise Problem(f"The backup “{Path(backup_path).name}” is gone. Choose another.")
    is_whole = path.exists() and not verify_notes(path, key)
    if are_open and not is_whole and not verify_notes(chosen.path, key):
        return ""
    return restore(path, chosen, key=key)


def verify(data: str, keys: Mapping[str, Key] | None = None) -> list[str]:
    """What is wrong with the library, with the index and with any user's notes.

    Locked notes are looked at where `keys`, by the users' names, have theirs.
    """
    from reader.search.index import Index
    from reader.store.library import Library
    from reader.store.lost import verify_user

    paths = Paths(Path(data))
    with closing(Library(paths)) as library:
        library.adoption.run_all()
        found = library.verify()
    found += Index(paths.index).verify()
    for user in paths.users():
        found += verify_user(paths, user, (keys or {}).get(user))
    return found + paths.clashes()
