"""The commands about notes: add, export, import, backups, restore."""

from __future__ import annotations

import hashlib
import re
import sys
import unicodedata
import uuid
from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from reader.cli import encrypted_notes
from reader.cli.console import Console
from reader.exporters.pdf_annotations import is_protected
from reader.exporters.registry import FORMATS
from reader.importers.result import read_bytes
from reader.model.anchoring.selector import describe
from reader.model.annotation import COLOURS, Annotation, Change, Colour
from reader.model.document import Document
from reader.model.export.export_set import ExportSet
from reader.model.patient_signs import flagged, warning
from reader.model.span import Span
from reader.problem import Problem
from reader.services import pdf_notes
from reader.services.note_export import (
    NoteSelection,
    asked_for,
    export_to_file,
    export_to_folder,
    without_pauses,
)
from reader.services.note_import import NotesReport, take_in
from reader.services.output_files import write_whole
from reader.store.backups import backups, restore
from reader.store.copies import Backup
from reader.store.library import Library
from reader.store.lost import verify_user, way_back
from reader.store.notes import Notes
from reader.workers import tasks
from reader.workers.pool import Workers


def add(console: Console, options: Namespace) -> int:
    """Mark the one passage with these words, and print the id of the mark."""
    with closing(console.library()) as library:
        document = library.document(library.catalog.resolve(options.document))
    span = find_quote(document, options.quote, options.prefix, options.suffix)
    annotation = Annotation(
        id=str(uuid.uuid4()),
        target=describe(document, span),
        colour=_colour(options.colour),
        motivation="commenting" if options.note else "highlighting",
        note=options.note,
        tags=tuple(dict.fromkeys(options.tag)),
    )
    with closing(console.notes()) as notes:
        notes.apply(Change(None, annotation))
    console.say(annotation.id)
    return 0


def _colour(name: str) -> Colour:
    for colour in COLOURS:
        if colour == name.lower():
            return colour
    raise Problem(f"There is no colour “{name}”; the colours are {', '.join(COLOURS)}.")


def find_quote(document: Document, quote: str, prefix: str = "", suffix: str = "") -> Span:
    """The one place in the text with these words, between `prefix` and `suffix`.

    White space counts as one space, since a quote may run over lines.

    Raises:
        Problem: when there is no such place, or more than one.
    """
    words, before, after = (_pattern(text) for text in (quote, prefix, suffix))
    if not words:
        raise Problem("The quote is empty.")
    # All in a look-ahead, since places may overlap; white space in front would give one twice.
    found = re.finditer(rf"(?={before}\s*({words})\s*{after})", document.text)
    places = list(dict.fromkeys(one.span(1) for one in found))
    if not places:
        raise Problem(f"“{document.title}” has no such passage.")
    if len(places) > 1:
        raise Problem(
            f"“{document.title}” has {len(places)} such passages; say with --prefix or --suffix "
            "what stands right before or after the one that is meant."
        )
    return Span(*places[0])


def _pattern(text: str) -> str:
    return r"\s+".join(map(re.escape, unicodedata.normalize("NFC", text).split()))


def export(console: Console, options: Namespace) -> int:
    """Write the notes that were asked for, and say how many."""
    with (
        without_pauses(),
        closing(console.library()) as library,
        closing(console.notes()) as notes,
    ):
        wanted = NoteSelection(
            library.catalog.resolve(options.document) if options.document else "",
            _tags(console, notes, options.tag),
            tuple(map(_colour, options.colour)),
            collection=_collection(library, options.collection),
            since=options.since,
            until=options.until,
            quotes_only=options.quotes_only,
        )
        if wanted.since and wanted.until and wanted.since > wanted.until:
            raise Problem(f"“{wanted.since}” is later than “{wanted.until}”: no day is meant.")
        made = asked_for(library, notes, wanted, options.format, console.user)
        if not made.chapters:
            _say_none(console, options.output)
        _warn_of_patients(console, _notes_in(made))
        if options.encrypt:
            console.tell(str(encrypted_notes.write(made, options, _template(options), library)))
            return 0
        if FORMATS[options.format].is_folder:
            if options.output is None:
                raise Problem("Say with -o which folder the files are to go to.")
            console.tell(str(export_to_folder(made, options.output, library)))
            return 0
        template = _template(options)
        if options.output is not None:
            given = export_to_file(made, options.format, options.output, template)
            compared = "not compared, since a template made it" if template else "compared"
            said = f"written to “{options.output}”, read back and {compared}; not encrypted."
            count = _count(given.count, "source" if given.of_sources else "note")
            console.tell(f"{count} {said}")
            return 0
        content = FORMATS[options.format].content(made, template)
        if isinstance(content, str):
            sys.stdout.write(content)
        else:
            sys.stdout.buffer.write(content)
        return 0


def _notes_in(made: ExportSet) -> list[Annotation]:
    """The notes that go out."""
    return [entry.annotation for _, entry in made.entries]


def _warn_of_patients(console: Console, notes: Iterable[Annotation]) -> None:
    """Say when notes that go out look as if they named a patient; it holds nothing back."""
    if said := warning(flagged(notes)):
        console.tell(said)


def _say_none(console: Console, output: str | None) -> None:
    """Say that no note is meant; a file that is there is not emptied for it."""
    if output is None:
        console.tell("No note is meant by these options.")
    elif Path(output).is_file() and Path(output).stat().st_size:
        raise Problem(f"No note is meant by these options; “{output}” is left as it is.")


def _tags(console: Console, notes: Notes, untrusted_tags: Sequence[str]) -> tuple[str, ...]:
    """The tags in use that were asked for, in whatever capitals; says which are none."""
    used: dict[str, list[str]] = {}
    for tag in notes.queries.tags():
        used.setdefault(tag.casefold(), []).append(tag)
    found: list[str] = []
    for tag in untrusted_tags:
        if (bare := tag.lstrip("#").casefold()) not in used:
            console.tell(f"No note has the tag “{tag}”.")
        found += used.get(bare, [tag])
    return tuple(dict.fromkeys(found))


def _template(options: Namespace) -> str:
    """The template that was asked for; "" for none."""
    if options.template is None:
        return ""
    if not FORMATS[options.format].takes_template:
        raise Problem("A template can be given for markdown and html.")
    try:
        return read_bytes(Path(options.template)).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Problem(f"“{options.template}” is no text in UTF-8.") from None


def _collection(library: Library, name: str) -> str:
    """The collection of that name, however it is capitalised."""
    if not name:
        return ""
    labels = library.details.labels("collection").values()
    for known in sorted({one for names in labels for one in names}):
        if known.casefold() == name.casefold():
            return known
    raise Problem(f"There is no collection “{name}”.")


def import_(console: Console, options: Namespace) -> int:
    """Take notes in; those that are there already, in the trash too, stay as they are."""
    untrusted_bytes = read_bytes(Path(options.file))
    if untrusted_bytes.startswith(b"%PDF-"):
        document_id = hashlib.sha256(untrusted_bytes).hexdigest()
        return _import_from_pdf(console, document_id, options.json)
    with (
        closing(console.library()) as library,
        closing(console.notes()) as notes,
        closing(Workers()) as workers,
    ):
        document_id = library.catalog.resolve(options.document) if options.document else ""
        found = workers.submit("read", tasks.notes_in_file, options.file).result()
        name = Path(options.file).name
        report = take_in(library, notes, found, document_id=document_id, file_name=name)
    if options.json:
        console.show(_report_as_json(report))
    console.tell(str(report))
    return 0


def _report_as_json(report: NotesReport) -> dict[str, Any]:
    return {
        "format": report.format_name,
        "new": report.new,
        "check": report.check,
        "updated": report.updated,
        "unplaced": report.unplaced,
        "known": report.known,
        "unread": report.unread,
        "homeless": [{"title": name, "notes": count} for name, count in report.homeless],
        "ids": {name: list(ids) for name, ids in report.ids.items()},
    }


def _import_from_pdf(console: Console, document_id: str, as_json: bool) -> int:
    """Take in the notes that are in a PDF of the library."""
    with (
        closing(console.library()) as library,
        closing(console.notes()) as notes,
        closing(Workers()) as workers,
    ):
        if library.catalog.entry(document_id) is None:
            raise Problem("This PDF is not in the library: import it first.")
        source = pdf_notes.original(library, document_id)
        asked = workers.submit("read", tasks.notes_in_pdf, source.path, source.page_map)
        new, known = pdf_notes.take_in(notes, source.document, asked.result())
    if as_json:
        console.show(_report_as_json(NotesReport("PDF", new, known=known)))
    console.tell(f"{_count(new)} imported, {known} were there already.")
    return 0


def pdf(console: Console, options: Namespace) -> int:
    """Write a copy of a PDF with the user's notes in it, as other readers show them."""
    with (
        closing(console.library()) as library,
        closing(console.notes()) as notes,
        closing(Workers()) as workers,
    ):
        source = pdf_notes.original(library, library.catalog.resolve(options.document))
        mine = notes.annotations(source.document.id)
        _warn_of_patients(console, mine)
        out = pdf_notes.printed_notes(source, mine, console.user)
        parts = source.path, source.page_map, out, None, source.document.text
        asked = workers.submit("read", tasks.pdf_with_notes, *parts)
        content: bytes = asked.result()
    write_whole(Path(options.output), content)
    protected = is_protected(content)
    said = "protected as the original is" if protected else "not encrypted"
    console.tell(f"{_count(len(out))} written to “{options.output}”, {said}.")
    return 0


def _count(number: int, what: str = "note") -> str:
    return f"1 {what}" if number == 1 else f"{number} {what}s"


def list_backups(console: Console, options: Namespace) -> int:
    """Print the backups of the notes, the latest first."""
    found = backups(console.paths.notes(console.user), console.key())
    if options.json:
        console.show({"backups": [_backup_as_json(one) for one in found]})
        return 0
    for one in found:
        console.say(f"{one.name}  {one.made:%Y-%m-%d %H:%M} UTC  {one.summary}")
    return 0


def _backup_as_json(one: Backup) -> dict[str, Any]:
    held = one.holds
    return {
        "name": one.name,
        "made": one.made.isoformat(),
        "notes": held.notes if held is not None else None,
        "newest": held.newest if held is not None else None,
        "reason": held.reason if held is not None else None,
    }


def restore_backup(console: Console, options: Namespace) -> int:
    """Put a backup in the place of the notes; what was there is kept beside it."""
    path, key = console.paths.notes(console.user), console.key()
    chosen = None
    if options.backup is None and verify_user(console.paths, console.user, key):
        # Of notes that are gone, the last copy may hold nothing either.
        chosen = way_back(path, key)
    found = [b for b in backups(path, key) if options.backup in (None, b.name)]
    if not found:
        raise Problem("There is no such backup." if options.backup else "There is no backup.")
    console.say(restore(path, chosen or found[0], key=key))
    return 0


COMMANDS: dict[str, Callable[[Console, Namespace], int]] = {
    "add": add,
    "export": export,
    "import": import_,
    "pdf": pdf,
    "backups": list_backups,
    "restore": restore_backup,
}
