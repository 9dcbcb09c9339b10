"""Notes as a table in CSV, in the columns that Readwise takes, and back.

A cell that a spreadsheet would run as a formula gets an apostrophe before it, which reading takes
away again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import TextIO

from reader.exporters.json_stream import same
from reader.exporters.record import line_of, record
from reader.model.export.export_set import Chapter, Entry, ExportSet

# The first seven are Readwise's, which lets any others stand.
COLUMNS = (
    *("Highlight", "Title", "Author", "URL", "Note", "Location", "Date", "Tags", "Id"),
    *("Colour", "Section", "Page", "Citation", "References", "Link", "Record"),
)
_MARK = "\ufeff"
# A note may be longer than the 131,072 characters that a cell has by default.
csv.field_size_limit(64 * 1024 * 1024)
_RUN = re.compile(r"[\s'\ufeff\u200b]*[=+\-@＝＋－＠]|[\t\r\n']")


def write(notebook: ExportSet, out: TextIO) -> None:
    """Write a row for each annotation, all cells in quotes."""
    out.write(_MARK)
    rows = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for chapter, entry in notebook.entries:
        # What the other columns have no place for; `notes import` takes it back.
        annotation = entry.annotation
        told = line_of(record(annotation, annotation.target.words))
        # Here and below, to look at the first sign first spares most of the calls.
        cells = _cells(chapter, entry)
        rows.writerow([*(c if c[:1].isalnum() else harmless(c) for c in cells), told])


def _cells(chapter: Chapter, entry: Entry) -> tuple[str, ...]:
    document, annotation = chapter.document, entry.annotation
    return (
        annotation.target.words,
        document.title,
        ", ".join(document.authors),
        document.publication.address
        or (f"https://doi.org/{document.publication.doi}" if document.publication.doi else ""),
        annotation.note,
        str(entry.span.start if entry.span else annotation.target.position.start),
        annotation.created,
        ", ".join(annotation.tags),
        annotation.id,
        annotation.colour,
        " › ".join(entry.path),
        entry.page,
        chapter.citation,
        "\n".join(f"[{label}] {text}" for label, text in entry.references),
        entry.link,
    )


def holds(content: str, notebook: ExportSet) -> bool:
    """Whether a file, read back, has the very cells, but for the record."""
    rows = csv.reader(io.StringIO(content.removeprefix(_MARK), newline=""))
    found = (tuple([meant(c) if c[:1] == "'" else c for c in row[:-1]]) for row in rows)
    wanted = (_cells(*one) for one in notebook.entries)
    return tuple(next(rows, ())) == COLUMNS and same(found, wanted)


def read(untrusted_text: str) -> Iterator[dict[str, str]]:
    """The rows by their columns, as they were before they were made harmless."""
    for row in csv.DictReader(io.StringIO(untrusted_text.removeprefix(_MARK), newline="")):
        yield {str(name): meant(str(cell or "")) for name, cell in row.items() if name}


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs, and that `meant` takes back."""
    # To see that most begin with a letter or a digit is quicker than the pattern.
    return f"'{cell}" if not cell[:1].isalnum() and _RUN.match(cell) else cell


def meant(cell: str) -> str:
    """The cell as it was before it was made harmless."""
    return cell[1:] if cell.startswith("'") and harmless(cell[1:]) == cell else cell
