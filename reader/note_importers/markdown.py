"""The Markdown that we write, read back: each quote, its note, and the line that ends it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from reader.exporters import markdown_notes
from reader.exporters.markdown import EARLIER, fact_of_tag, meant, shown
from reader.exporters.markdown_vault import plain_tag
from reader.exporters.record import annotation_of
from reader.model.annotation import COLOURS, Annotation, Colour
from reader.model.deep_link import read_address
from reader.model.export.export_set import earlier_words
from reader.model.imported_note import FoundNote, FoundNotes, FoundSource
from reader.note_importers.fields import colour_of, doi_in, each, given
from reader.note_importers.times import time_of

_LINK = re.compile(
    r"^(?P<facts>.*?)(?: · )?\[open\]\((?P<link>offprint:[^()\s]+)\)"
    r"(?: <!--offprint (?P<record>\{.*\})-->)?$"
)
_RECORD = re.compile(r"^.*\[open\]\(offprint:[^()\s]+\) <!--offprint \{.*\}-->$", re.M)
_LEGACY = re.compile(r"^.*\[open\]\(offprint:[^()\s]+\)$", re.M)
_HEADED = re.compile(r"\s*(?:---\n(?:.*\n)*?---\n\s*)?# ")
_BLOCK_ID = re.compile(r"\^[A-Za-z0-9-]+")
_COLOUR = re.compile(r"(?:.*\()?(yellow|green|blue|pink|violet)\)?")


class _Record(NamedTuple):
    """Title and citation, the quote, the lines after it, and the line that ends the note."""

    source: str
    quote: str
    lines: list[str]
    ending: re.Match[str]


def holds(untrusted_text: str) -> bool:
    """Whether a text has at least one note as we write them."""
    text = _lines(untrusted_text)
    # Before there was a record, only the heading of the document came first.
    return _RECORD.search(text) is not None or (
        _LEGACY.search(text) is not None and _HEADED.match(text) is not None
    )


def read(untrusted_text: str) -> FoundNotes:
    """The notes of a text that we wrote, also where a person has written into it since."""
    return each("Markdown", _records(_lines(untrusted_text)), _note)


def _lines(untrusted_text: str) -> str:
    return untrusted_text.removeprefix("\ufeff").replace("\r\n", "\n")


def _records(untrusted_text: str) -> Iterator[_Record]:
    # A line of a note may look like the end of one of earlier versions, never like one of ours now.
    ends = bool(_RECORD.search(untrusted_text))
    source, quote, held = "", "", list[str]()
    lines = untrusted_text.split("\n")
    for number, line in enumerate(lines):
        ending = _LINK.match(line) if line.endswith((")", "-->")) else None
        if ending is not None and (ending["record"] or not ends):
            yield _Record(source, quote, held, ending)
            quote, held = "", []
        elif line.startswith("# ") and not quote:
            source = line[2:] + "\n" + next((one for one in lines[number + 1 :] if one), "")
        elif line in (">", "> ") and not quote:
            quote, held = " ", []
        elif line.startswith("> ") and not quote:
            quote, held = line[2:], []
        elif quote:
            held.append(line)


def _note(record: _Record) -> FoundNote:
    document_id, key = read_address(record.ending["link"])
    if not document_id or not record.quote:
        raise ValueError("there is no quote before the link")
    title, _, citation = record.source.partition("\n")
    source = FoundSource(document_id, doi=doi_in(meant(citation)), title=meant(title))
    if record.ending["record"]:
        return given(_restored(record, document_id, key), source)
    kept = [line for line in record.lines if not _BLOCK_ID.fullmatch(line.strip())]
    kept = [line for line in kept if not line.startswith(EARLIER)]
    note = "\n".join(kept).strip()
    facts = [meant(fact) for fact in record.ending["facts"].split(" · ")]
    days = [fact for fact in facts if re.fullmatch(r"\d{4}-\d\d-\d\d", fact)]
    return FoundNote(
        key,
        source,
        meant(record.quote),
        note=note,
        tags=tuple(fact[1:] for fact in facts if fact.startswith("#")),
        colour=next((colour_of(fact) for fact in facts if colour_of(fact) == fact), "yellow"),
        style="underline" if "underlined" in facts else "highlight",
        motivation="bookmarking"
        if "bookmark" in facts
        else "commenting"
        if note
        else "highlighting",
        created=time_of(days[-1]) if days else "",
    )


def _restored(record: _Record, document_id: str, key: str) -> Annotation:
    """The note with what the file shows, which may have been edited, and what its record has."""
    told = json.loads(record.ending["record"])
    words = shown(record.quote).strip(" ") if record.quote != " " else ""
    lines = record.lines[1:] if record.lines[:1] == [""] else record.lines
    if lines and lines[0].startswith("^") and _BLOCK_ID.fullmatch(lines[0]):
        written = "^" + re.sub(r"[^A-Za-z0-9-]", "-", key)
        lines = lines[2:] if lines[0] == written else lines
    bare = annotation_of(told, key, document_id, words, "")
    if earlier_words(bare) and len(lines) > 1 and lines[-2].startswith(EARLIER):
        lines = lines[:-2]
    note = "\n".join(lines[:-1] if lines[-1:] == [""] else lines)
    note = markdown_notes.read(note, str(told.get("fence", "")), bool(told.get("escaped")))
    facts = record.ending["facts"]
    tags = _shown_tags(facts, bare.tags)
    told |= {"tags": list(tags), "colour": _shown_colour(facts, bare.colour)}
    return annotation_of(told, key, document_id, words, note)


def _shown_tags(facts: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The tags of the record, unless the line shows others: then somebody has edited them."""
    rest = f" · {facts}"
    plain = dict.fromkeys(filter(None, map(plain_tag, known)))
    for tags in (known, tuple(plain)):
        written = "".join(f" · {fact_of_tag(tag)}" for tag in tags)
        if written in rest and " · #" not in rest.replace(written, "", 1):
            return known
    parts = (meant(fact) for fact in facts.split(" · "))
    return tuple(dict.fromkeys(part[1:] for part in parts if part.startswith("#")))


def _shown_colour(facts: str, known: Colour) -> Colour:
    for fact in facts.split(" · "):
        if (found := _COLOUR.fullmatch(fact)) is not None:
            return next(colour for colour in COLOURS if colour == found[1])
        if fact.startswith("#"):
            break
    return known
