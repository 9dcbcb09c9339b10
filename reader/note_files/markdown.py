"""The Markdown that we write, read back: each quote, its note, and the link to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.model.address import read_address
from reader.model.found_note import FoundNote, FoundNotes, FoundSource
from reader.note_files.reading import colour_of, doi_in, each, time_of

_LINK = re.compile(r"^(?P<facts>.*?)(?: · )?\[open\]\((?P<link>offprint:[^()\s]+)\)$")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>#|~&.)\-+=])")
_BLOCK_ID = re.compile(r"\^[A-Za-z0-9-]+")
_EARLIER = "Earlier text: "


def holds(untrusted_text: str) -> bool:
    """Whether a text has at least one note as we write them."""
    return any(map(_LINK.match, untrusted_text.splitlines()))


def read(untrusted_text: str) -> FoundNotes:
    """The notes of a text that we wrote, also where a person has written into it since."""
    return each("Markdown", _records(untrusted_text), _note)


def _records(untrusted_text: str) -> Iterator[tuple[str, str, list[str], re.Match[str]]]:
    """Title and citation, the quote, the lines of the note, and the line that ends it."""
    source, quote, held = "", "", list[str]()
    lines = untrusted_text.splitlines()
    for number, line in enumerate(lines):
        ending = _LINK.match(line)
        if ending is not None:
            yield source, quote, held, ending
            quote, held = "", []
        elif line.startswith("# ") and not quote:
            source = line[2:] + "\n" + next((one for one in lines[number + 1 :] if one), "")
        elif line.startswith("> ") and not quote:
            quote, held = line[2:], []
        elif quote:
            held.append(line)


def _note(record: tuple[str, str, list[str], re.Match[str]]) -> FoundNote:
    told, quote, lines, ending = record
    document_id, key = read_address(ending["link"])
    if not document_id or not quote:
        raise ValueError("there is no quote before the link")
    title, _, citation = told.partition("\n")
    kept = [line for line in lines if not _BLOCK_ID.fullmatch(line.strip())]
    kept = [line for line in kept if not line.startswith(_EARLIER)]
    note = "\n".join(kept).strip()
    facts = [_meant(fact) for fact in ending["facts"].split(" · ")]
    days = [fact for fact in facts if re.fullmatch(r"\d{4}-\d\d-\d\d", fact)]
    return FoundNote(
        key,
        FoundSource(document_id, doi=doi_in(citation), title=_meant(title)),
        _meant(quote),
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


def _meant(text: str) -> str:
    """The text that was written so that Markdown shows it as it is."""
    return _ESCAPED.sub(r"\1", text)
