"""Notes as cards for Anki, in one package; taking a later package in renews the cards.

Source: https://github.com/kerrickstaley/genanki and the schema of its packages. The package is put
together here: genanki's own way leaves the cards in a file of the system's temporary folder.
"""

from __future__ import annotations

import hashlib
import io
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from html import escape
from itertools import count

import genanki

from reader.exporters.controls import without_controls
from reader.exporters.html import note_markup, quote_markup
from reader.model.document import Document
from reader.model.export.export_set import Chapter, Entry, ExportSet, clean_quote
from reader.model.span import Span
from reader.note_markdown import shown

# Anki knows our cards again by these; they never change.
_MODEL_ID = 1_763_251_207
_COLLECTION = "collection.anki2"
# A marked passage of up to so many words is shown in its sentence.
_TERM = 6
_SENTENCE = 300
_END = re.compile(r"(?<=[.!?])\s+|\n")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_NOT_AS_IT_IS = re.compile(r"[\x00-\x1f\x7f&<>\"']")
_FIELDS = ("Front", "Back", "Source", "References", "Link")
_STYLE = """.card { font: 20px/1.45 Georgia, serif; max-width: 34em; margin: auto; }
mark { background: #FFE48A; color: inherit; }
table { border-collapse: collapse; } th, td { border: 1px solid #999; padding: 0.1em 0.5em; }
.source, .references { font: 13px/1.4 sans-serif; opacity: 0.7; margin-top: 1em; }"""
_ANSWER = (
    '{{FrontSide}}<hr id="answer">{{Back}}<div class="source">{{Source}} '
    '<a href="{{Link}}">Open in Offprint</a></div><div class="references">{{References}}</div>'
)


@dataclass(frozen=True, slots=True)
class Card:
    """What a package holds of a note."""

    id: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]


def write(notebook: ExportSet) -> bytes:
    """The package: a deck a document, a card a note."""
    model = genanki.Model(
        _MODEL_ID,
        "Offprint",
        fields=[{"name": name} for name in _FIELDS],
        templates=[{"name": "Card", "qfmt": "{{Front}}", "afmt": _ANSWER}],
        css=_STYLE,
    )
    written = datetime.fromisoformat(notebook.generated).timestamp() if notebook.generated else 0.0
    ids = count(int(written * 1000))
    with closing(sqlite3.connect(":memory:")) as database:
        cursor = database.cursor()
        decks = [_deck(chapter, model) for chapter in notebook.chapters]
        genanki.Package(decks).write_to_db(cursor, written, ids)
        database.commit()
        content = database.serialize()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(_COLLECTION, content)
        package.writestr("media", "{}")
    return out.getvalue()


def read(content: bytes) -> list[Card]:
    """The cards of a package, in the order they were written."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        collection = package.read(_COLLECTION)
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(collection)
        rows = database.execute("SELECT guid, flds, tags FROM notes ORDER BY id").fetchall()
    return [
        Card(guid, tuple(fields.split("\x1f")), tuple(tags.split())) for guid, fields, tags in rows
    ]


def holds(content: bytes, notebook: ExportSet) -> bool:
    """Whether a package, read back, has the very cards."""
    return read(content) == cards(notebook)


def _deck(chapter: Chapter, model: genanki.Model) -> genanki.Deck:
    document = chapter.document
    digest = hashlib.sha256(document.id.encode()).digest()
    # Large enough to be told apart, small enough for the numbers of Anki's JavaScript.
    number = (1 << 40) + int.from_bytes(digest[:6]) % (1 << 50)
    # Two colons would make a deck in a deck.
    title = re.sub(":{2,}", ":", _CONTROL.sub(" ", document.title))
    deck = genanki.Deck(number, f"Offprint::{title}", _shown(chapter.citation))
    for card in _cards(chapter):
        deck.add_note(genanki.Note(model, list(card.fields), guid=card.id, tags=card.tags))
    return deck


def cards(notebook: ExportSet) -> list[Card]:
    """What the package of a notebook holds."""
    return [card for chapter in notebook.chapters for card in _cards(chapter)]


def _cards(chapter: Chapter) -> Iterator[Card]:
    for entry in chapter.entries:
        front, back = _sides(chapter.document, entry)
        source = " · ".join((chapter.citation, *entry.path[-1:], *entry.facts))
        references = "<br>".join(_shown(f"[{a}] {b}") for a, b in entry.references)
        tags = ("_".join(_CONTROL.sub(" ", tag).split()) for tag in entry.annotation.tags)
        yield Card(
            entry.annotation.id,
            (front, back, _shown(source), references, _shown(entry.link)),
            ("Offprint", *dict.fromkeys(tag for tag in tags if tag)),
        )


def _sides(document: Document, entry: Entry) -> tuple[str, str]:
    """A note that asks is the question, and the passage answers it; else the other way round."""
    quote = entry.quote or document.title
    question, _, rest = entry.annotation.note.strip().partition("\n")
    if "?" in question and shown(question).text.rstrip().endswith("?"):
        rest = f"<br><br>{_formatted(rest.strip())}" if rest.strip() else ""
        words = quote_markup(entry) if entry.quote else _shown(quote)
        return _formatted(question), words + rest
    before = after = ""
    if entry.span is not None and 0 < len(entry.quote.split()) <= _TERM:
        before, after = _around(document, entry.span)
    words = quote_markup(entry) if entry.quote else _shown(quote)
    marked = f"<mark>{words}</mark>" if before or after else words
    return f"{_shown(before)}{marked}{_shown(after)}", _formatted(entry.annotation.note.strip())


def _around(document: Document, span: Span) -> tuple[str, str]:
    """What stands before and after a passage in its sentence, as it reads."""
    first, last = max(0, span.start - _SENTENCE), span.end + _SENTENCE
    ends = [found.end() for found in _END.finditer(document.text, first, span.start)]
    end = _END.search(document.text, max(span.start, span.end - 1), last)
    before = Span(ends[-1] if ends else first, span.start)
    after = Span(span.end, max(span.end, end.start() if end else min(last, len(document.text))))
    left, right = clean_quote(document, before), clean_quote(document, after)
    # What is cleaned has lost its outer spaces.
    left += " " * before.cut(document.text).endswith(" ")
    return left, " " * after.cut(document.text).startswith(" ") + right


def _shown(text: str) -> str:
    """Text as a field shows it. The sign between fields is a control character."""
    if not _NOT_AS_IT_IS.search(text):
        return text
    return escape(_without_controls(text)).replace("\n", "<br>")


def _formatted(note: str) -> str:
    """A note as a field shows it, with its looks."""
    made = note_markup(_without_controls(note), "{}")
    return made.replace("\n", "<br>")


def _without_controls(text: str) -> str:
    """Text whose tabs and control characters part what they parted."""
    return without_controls(text).replace("\t", "\u2003")
