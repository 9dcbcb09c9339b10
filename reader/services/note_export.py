"""Notes on their way out: which ones, in which format, to which file. No Qt."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from reader.exporters.markdown_vault import SUFFIX, plan
from reader.exporters.registry import FORMATS
from reader.model.annotation import COLOURS, Annotation, Motivation
from reader.model.document import Document
from reader.model.export.export_set import (
    Chapter,
    ExportSet,
    Meanings,
    citation,
    gather,
    local_day,
)
from reader.model.pdf.page_map import ASSET, PageMap
from reader.paths import Paths
from reader.problem import Problem
from reader.services.output_files import write_whole
from reader.settings import COLOUR_MEANINGS
from reader.store.durable_files import utc_now
from reader.store.encryption import Key
from reader.store.library import Library
from reader.store.notes import Notes, open_notes

DAY = r"(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?"


@dataclass(frozen=True, slots=True)
class NoteSelection:
    """Which notes go out: "" and () mean all. With several tags or colours, any of them will do.

    `since` and `until` are the first and the last day on which a note may have been made where the
    person is, like "2026-02-03", or month or year. With `quotes_only` the passages go out without
    what the person wrote on them.
    """

    document_id: str = ""
    tags: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    ids: frozenset[str] = frozenset()
    collection: str = ""
    since: str = ""
    until: str = ""
    quotes_only: bool = False

    @property
    def asks_of_notes(self) -> bool:
        """Whether it says more of the notes than on which documents they are."""
        return bool(self.tags or self.colours or self.ids or self.since or self.until)

    def lets_through(self, annotation: Annotation) -> bool:
        """Whether an annotation is wanted, as far as it knows itself."""
        return (
            self.document_id in ("", annotation.target.document_id)
            and (not self.tags or not set(self.tags).isdisjoint(annotation.tags))
            and (not self.colours or annotation.colour in self.colours)
            and (not self.ids or annotation.id in self.ids)
            and (not (self.since or self.until) or self._is_of_the_days(annotation))
        )

    def _is_of_the_days(self, annotation: Annotation) -> bool:
        day = local_day(annotation.created)
        return day[: len(self.since)] >= self.since and (
            not self.until or "" < day[: len(self.until)] <= self.until
        )


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What went out: how many notes, and where to. It was read back and, unless a template of the
    person's own says what it holds, compared with the notes.

    For a folder, `files` are the names written there, and `left` those that somebody changed
    since we wrote them, each with the name of the file that was written beside it.
    """

    count: int
    target: str
    files: tuple[str, ...] = ()
    left: tuple[tuple[str, str], ...] = ()
    by_template: bool = False
    of_sources: bool = False
    is_encrypted: bool = False

    def __str__(self) -> str:
        one, several = ("source", "sources") if self.of_sources else ("note", "notes")
        notes = f"1 {one} is" if self.count == 1 else f"{self.count} {several} are"
        file, them = ("file", "The file is") if len(self.files) < 2 else ("files", "They are")
        where = f"{len(self.files)} {file} in “{self.target}”" if self.files else f"“{self.target}”"
        compared = "not compared, since a template made it" if self.by_template else "compared"
        said = [f"{notes} in {where}, read back and {compared}."]
        if self.is_encrypted:
            said.append("Only your passphrase opens it: without that, nobody can.")
        else:
            said.append(f"{them} not encrypted.")
        said += [
            f"“{old}” was changed by somebody and is left as it is; the notes are in “{new}”."
            for old, new in self.left
        ]
        return " ".join(said)


def find(library: Library, every: Iterable[Annotation], wanted: NoteSelection) -> list[Annotation]:
    """The wanted ones of a user's notes."""
    found = [annotation for annotation in every if wanted.lets_through(annotation)]
    if wanted.collection:
        collections = library.details.labels("collection")
        here = {one for one, names in collections.items() if wanted.collection in names}
        found = [annotation for annotation in found if annotation.target.document_id in here]
    if wanted.quotes_only:
        found = [bare(annotation) for annotation in found]
    return found


def notebook(
    library: Library,
    found: Iterable[Annotation],
    user: str,
    meanings: Meanings = MappingProxyType({}),
) -> ExportSet:
    """Notes of a user with their documents; `meanings` are what the colours stand for."""

    def document_of(document_id: str) -> Document | None:
        with suppress(Problem):
            return library.document(document_id)
        return None

    def pages_of(document: Document) -> PageMap | None:
        if not document.importer.startswith("pdf/"):
            return None
        with suppress(Problem):
            return PageMap.decode(library.asset(document.id, ASSET))
        return None

    return gather(found, document_of, utc_now(), user, pages_of, meanings)


def meanings_of(notes: Notes) -> Meanings:
    """What a user lets the colours stand for, as far as they have said it."""
    told = notes.setting(COLOUR_MEANINGS)
    return {colour: str(told[colour]) for colour in COLOURS if colour in told}


def source_ids(library: Library, wanted: NoteSelection) -> list[str]:
    """The ids of the documents meant."""
    ids = [entry.id for entry in library.catalog.entries()]
    if wanted.document_id:
        ids = [wanted.document_id]
    if wanted.collection:
        collections = library.details.labels("collection")
        ids = [one for one in ids if wanted.collection in collections.get(one, ())]
    return ids


def sources(library: Library, wanted: NoteSelection) -> ExportSet:
    """The documents meant, with no notes: for a bibliography."""
    chapters = []
    for one in source_ids(library, wanted):
        with suppress(Problem):
            document = library.document(one)
            chapters.append(Chapter(document, citation(document), ()))
    chapters.sort(key=lambda chapter: (chapter.document.title.casefold(), chapter.document.id))
    return ExportSet(tuple(chapters), utc_now())


def as_text(format_name: str, made: ExportSet, template: str = "") -> str:
    """A notebook in a format as a text; in Markdown when the format is none."""
    one = FORMATS[format_name]
    content = (one if one.is_text else FORMATS["markdown"]).content(made, template)
    assert isinstance(content, str)
    return content


def as_preview(format_name: str, made: ExportSet) -> str | bytes:
    """What a file of a format that is no text looks like, drawn from what is written.

    A web page, or the bytes of a PDF.
    """
    content = FORMATS[format_name].content(made)
    assert isinstance(content, bytes)
    if format_name == "pdf":
        return content
    # Imported here, as the formats are.
    from reader.exporters.looks import anki_page, word_page

    return word_page(content) if format_name == "docx" else anki_page(content)


def bare(annotation: Annotation) -> Annotation:
    """An annotation without what the person wrote on the passage."""
    motivation: Motivation = annotation.motivation
    if motivation == "commenting":
        motivation = "highlighting"
    return replace(annotation, note="", tags=(), motivation=motivation)


def export(
    data: str,
    user: str,
    wanted: NoteSelection,
    format_name: str,
    target: str,
    template: str = "",
    key: Key | None = None,
) -> ExportResult:
    """Write the wanted notes to a file.

    Raises:
        Problem: when it cannot be written; what was there before is then still there.
    """
    paths = Paths(Path(data))
    with (
        without_pauses(),
        closing(Library(paths)) as library,
        closing(open_notes(paths, user, key=key)) as notes,
    ):
        made = asked_for(library, notes, wanted, format_name, user)
        if FORMATS[format_name].is_folder:
            return export_to_folder(made, target, library)
        return export_to_file(made, format_name, target, template)


def asked_for(
    library: Library, notes: Notes, wanted: NoteSelection, format_name: str, user: str
) -> ExportSet:
    """What goes out in a format: the notes meant, or for one of sources, their documents.

    Where nothing is asked of the notes, the sources are those of all documents meant, noted or not.
    """
    if FORMATS[format_name].is_of_sources and not wanted.asks_of_notes:
        return sources(library, wanted)
    return notebook(library, find(library, notes.all(), wanted), user, meanings_of(notes))


@contextmanager
def without_pauses() -> Iterator[None]:
    """Keep Python from looking for garbage: among the parts of 100,000 notes it finds none.

    That look, again and again, took a third of the time of an export.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def export_to_file(
    made: ExportSet, format_name: str, target: str, template: str = ""
) -> ExportResult:
    """Write a notebook to a file, read that back and compare it.

    The file is written beside its place and moved there when it is whole.

    Raises:
        Problem: when it cannot be written, or what is read back is not what was meant.
    """
    one, path = FORMATS[format_name], Path(target)
    content = one.content(made, template)
    meant = content.encode() if isinstance(content, str) else content
    write_whole(path, meant)
    try:
        written = path.read_bytes()
    except OSError as error:
        raise Problem(f"“{target}” cannot be read back: {error.strerror}.") from None
    if written != meant or not (template or one.holds(content, made)):
        raise Problem(f"“{target}” does not hold all the notes, as reading it back shows.")
    count = len(made.chapters) if one.is_of_sources else made.count
    return ExportResult(count, target, by_template=bool(template), of_sources=one.is_of_sources)


def export_to_folder(made: ExportSet, target: str, library: Library) -> ExportResult:
    """Write a file for each document into a folder, read them back and compare them.

    Files there that are not ours, or that somebody changed since, stay as they are.

    Raises:
        Problem: when they cannot be written, or what is read back is not what was meant.
    """
    folder = Path(target)
    earlier = {
        one.document.id: library.editions.earlier_ids(one.document.id) for one in made.chapters
    }
    try:
        folder.mkdir(exist_ok=True)
        names = [path.name for path in folder.iterdir()]
        texts = {name: _text_of(folder / name) for name in names if name.endswith(SUFFIX)}
        files = plan(made, names, texts, earlier)
        for file in files:
            if texts.get(file.name) != file.content:
                write_whole(folder / file.name, file.content)
        found = "\n".join((folder / file.name).read_bytes().decode() for file in files)
    except OSError as error:
        raise Problem(f"“{target}” cannot be written: {error.strerror}.") from None
    one = FORMATS["markdown-folder"]
    if found != "\n".join(file.content for file in files) or not one.holds(found, made):
        raise Problem(f"“{target}” does not hold all the notes, as reading it back shows.")
    left = tuple((file.beside, file.name) for file in files if file.beside)
    return ExportResult(made.count, target, tuple(file.name for file in files), left)


def _text_of(path: Path) -> str:
    """What a Markdown file holds; "" for what is none."""
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return ""
