"""Which notes of a file are there already, and what they bring that is new.

A note is known again by what its program calls it, else by its words, its place and its time. What
was written there since is an edit of the note that came first; where both were edited, both
wordings are kept.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from reader.model.annotation import Annotation
from reader.model.imported_note import FoundNote
from reader.store.notes import Notes

_THEIRS = uuid.UUID("b7a7e5a2-2f0e-4d54-9d35-6c7c7f6f0f5e")
_MOST_ALIKE = 1000


@dataclass(frozen=True, slots=True)
class Known:
    """A note of a file, the id that it has here, and the annotation that it is, if there is one."""

    note: FoundNote
    id: str
    annotation: Annotation | None


def assigned(found: Iterable[FoundNote], format_name: str, notes: Notes) -> Iterator[Known]:
    """Each note with its annotation; one that stands in the file twice comes once."""
    groups: dict[str, list[FoundNote]] = {}
    for one in found:
        group = groups.setdefault(_ids(one, format_name)[0], [])
        if not any(_says(one) == _says(other) for other in group):
            group.append(one)
    for named, group in groups.items():
        first = _of_its_words(named, group[0], notes)
        yield from _of_one_place(first, group, _ids(group[0], format_name)[1:], notes)


def _of_its_words(first: str, one: FoundNote, notes: Notes) -> str:
    """The id of a note, or another when what has it here is about other words altogether.

    Programs count their notes anew, and files are put together by hand: what one says must never
    be written on the passage of another.
    """
    if not one.key or one.annotation is not None or one.source.document_id:
        return first
    there = notes.annotation(first)
    if there is None:
        return first
    past = (version.annotation for version in notes.history(first))
    quotes = {a.target.quote.exact for a in (there, *past) if a is not None}
    if any(_is_alike(quote, one.exact) for quote in quotes):
        return first
    return str(uuid.uuid5(_THEIRS, f"{first}\n{one.exact}"))


def _is_alike(quote: str, other: str) -> bool:
    """True if one of two passages may have become the other: they share half of the shorter."""
    mine, theirs = _runs(quote), _runs(other)
    return not mine or not theirs or 2 * len(mine & theirs) >= min(len(mine), len(theirs))


def _runs(words: str) -> set[str]:
    """All runs of three letters or digits."""
    bare = "".join(filter(str.isalnum, unicodedata.normalize("NFKD", words).casefold()))
    return {bare[i : i + 3] for i in range(max(1, len(bare) - 2))} if bare else set()


def _says(one: FoundNote) -> tuple[object, ...]:
    # Two in one file that name two places are two, though they were marked on one day.
    return one.note, one.tags, one.colour, one.exact, one.place


def _of_one_place(
    first: str, group: list[FoundNote], earlier: list[str], notes: Notes
) -> Iterator[Known]:
    """The notes of one place and time, each on the annotation that it was, if it was one."""
    chain = list(_chain(first, earlier, notes))
    rest: list[FoundNote] = []
    for one in group:
        same = next((a for a in chain if one.note in _wordings(a, notes)), None)
        if same is None:
            rest.append(one)
        else:
            chain.remove(same)
            yield Known(one, same.id, same)
    taken = {one.id for one in _chain(first, earlier, notes)}
    free = (one for one in _numbered(first) if one not in taken)
    for one in rest:
        if chain:
            before = chain.pop(0)
            yield Known(one, before.id, before)
        else:
            yield Known(one, next(free), None)


def _chain(first: str, earlier: list[str], notes: Notes) -> Iterator[Annotation]:
    """The annotations that notes of one place and time have become so far."""
    for one in earlier:
        if (found := notes.annotation(one)) is not None:
            yield found
    for one in _numbered(first):
        if (found := notes.annotation(one)) is None:
            return
        yield found


def _numbered(first: str) -> Iterator[str]:
    yield first
    for number in range(1, _MOST_ALIKE):
        yield str(uuid.uuid5(_THEIRS, f"{first}\n{number}"))


def _ids(one: FoundNote, format_name: str) -> list[str]:
    """The id of a note, the same every time, and those that earlier versions gave it."""
    if one.annotation is not None:
        return [one.annotation.id]
    if one.key and one.source.document_id:
        return [one.key]
    if one.key:
        return [_named(format_name, one.key)]
    words, time = one.exact or one.note, one.told_time or one.created
    # A place tells apart only what no time does: a device may count its pages anew.
    places = [one.place] if one.place and not time else []
    made = _named(format_name, one.source.name, words, time, *places)
    old = (_named(format_name, one.source.name, words, told) for told in (time, ""))
    return list(dict.fromkeys((made, *old)))


def _named(format_name: str, *parts: str) -> str:
    said = "\n".join(parts)
    return str(uuid.uuid5(_THEIRS, f"{format_name}\n{said}"))


def _wordings(annotation: Annotation, notes: Notes) -> set[str]:
    """What a note says and ever said."""
    past = (version.annotation for version in notes.history(annotation.id))
    return {annotation.note, *(one.note for one in past if one is not None)}


def digests(one: Annotation | FoundNote) -> list[str]:
    """What an import brought of a note, to see later on which side it was edited."""
    parts: tuple[Any, ...] = (one.note, sorted(one.tags), one.colour)
    return [hashlib.sha256(json.dumps(part).encode()).hexdigest()[:12] for part in parts]


def updated(
    now: Annotation, theirs: FoundNote, brought: list[str] | None, notes: Notes
) -> Annotation:
    """The annotation with what was written there since it was imported; itself when nothing was.

    `brought` are the digests of what the last import brought; None when nobody knows.
    """
    versions = [v.annotation for v in notes.history(now.id) if v.annotation is not None]
    if now.deleted:
        return now
    if theirs.annotation is not None:
        # Our own file: what it says was here once, unless somebody has edited the file.
        first = next((v for v in versions if v.modified == theirs.modified), None)
        brought = None if first is None else digests(first)
    base = brought or digests(versions[0] if versions else now)
    mine, other = digests(now), digests(theirs)
    past: list[set[str]] = [{digests(v)[k] for v in versions} for k in range(3)]
    new = [other[k] not in past[k] and other[k] not in (base[k], mine[k]) for k in range(3)]
    made = now
    if new[0]:
        made = replace(made, note=_merged(now.note, theirs.note, mine[0] == base[0]))
    if new[1]:
        tags = theirs.tags if mine[1] == base[1] else (*now.tags, *theirs.tags)
        made = replace(made, tags=tuple(dict.fromkeys(tags)))
    if new[2] and mine[2] == base[2]:
        made = replace(made, colour=theirs.colour)
    if made.note and not now.note and made.motivation == "highlighting":
        made = replace(made, motivation="commenting")
    return made


def _merged(mine: str, theirs: str, untouched: bool) -> str:
    """Their wording where ours was not touched, both where both were edited."""
    if untouched or not mine:
        return theirs
    if not theirs or theirs in mine:
        return mine
    return f"{mine}\n\n{theirs}"
