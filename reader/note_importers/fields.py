"""What the formats share: records one by one, times, colours, texts that may be anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote

from reader.model.annotation import COLOURS, Annotation, Colour
from reader.model.imported_note import FoundNote, FoundNotes, FoundSource

MOST_CHARACTERS = 2_000_000
_NAMES: dict[str, Colour] = {
    "gold": "yellow", "orange": "yellow", "amber": "yellow", "gray": "yellow", "grey": "yellow",
    "lime": "green", "olive": "green", "teal": "green", "turquoise": "green", "cyan": "blue",
    "navy": "blue", "aqua": "blue", "red": "pink", "magenta": "pink", "rose": "pink",
    "purple": "violet", "plum": "violet", "indigo": "violet", "lavender": "violet",
}  # fmt: skip
_HEX = re.compile(r"#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})(?:[0-9a-f]{2})?")
# The middle of each of our colours, as an angle of hue.
_HUES: dict[Colour, float] = {"yellow": 50, "green": 120, "blue": 210, "violet": 270, "pink": 340}
_BROKEN = (KeyError, TypeError, ValueError, AttributeError, IndexError, StopIteration)


def each(
    format_name: str, records: Iterable[Any], read: Callable[[Any], FoundNote | None]
) -> FoundNotes:
    """The notes of all records; one that cannot be understood does not hide the rest.

    `read` gives None for a record that is no note.
    """
    notes: list[FoundNote] = []
    unread = 0
    for record in records:
        try:
            note = read(record)
        except _BROKEN:
            unread += 1
            continue
        if note is not None:
            notes.append(note)
    return FoundNotes(format_name, notes, unread)


def given(annotation: Annotation, source: FoundSource) -> FoundNote:
    """The note of a file that holds the whole of an annotation."""
    words = annotation.target.quote
    return FoundNote(
        annotation.id,
        source,
        words.exact,
        words.prefix,
        words.suffix,
        annotation.note,
        annotation.tags,
        annotation.colour,
        annotation.style,
        annotation.motivation,
        annotation.created,
        annotation.modified,
        annotation=annotation,
    )


def text_of(untrusted: object) -> str:
    """A text; "" for nothing.

    Raises:
        TypeError: when it is no text and no number.
        ValueError: when it is longer than any note.
    """
    if untrusted is None:
        return ""
    if isinstance(untrusted, bool) or not isinstance(untrusted, str | int | float):
        raise TypeError("not a text")
    text = str(untrusted).replace("\r\n", "\n").replace("\x00", "").strip()
    if len(text) > MOST_CHARACTERS:
        raise ValueError("too long")
    return text.encode("utf-8", "replace").decode()


def as_it_stands(untrusted: object) -> str:
    """A text with the white space at its ends; "" for nothing.

    Who cuts a context by UTF-16 units may leave half a character, which nothing can hold.
    """
    return str(untrusted or "").encode("utf-8", "replace").decode()


def first_text(untrusted: object) -> str:
    """The first text of a list, or the one that is no list."""
    if isinstance(untrusted, list):
        untrusted = untrusted[0] if untrusted else None
    if isinstance(untrusted, dict):
        # A text in several languages, or a person.
        untrusted = untrusted.get("name", next(iter(untrusted.values()), None))
    return text_of(untrusted)


def tags_of(untrusted: object) -> tuple[str, ...]:
    """Tags of a list, or of a text with commas between them; each once."""
    if untrusted is None:
        return ()
    if isinstance(untrusted, str):
        parts: list[str] = untrusted.split(",")
    elif isinstance(untrusted, list):
        parts = [first_text(one.get("tag") if isinstance(one, dict) else one) for one in untrusted]
    else:
        raise TypeError("no tags")
    cleaned = (" ".join(part.split()).removeprefix("#").replace(",", " ") for part in parts)
    return tuple(dict.fromkeys(tag for tag in cleaned if tag))


def colour_of(untrusted: object) -> Colour:
    """Our colour nearest to a name or to "#RRGGBB"; yellow when it says nothing."""
    name = untrusted.strip().casefold() if isinstance(untrusted, str) else ""
    for colour in COLOURS:
        if colour == name:
            return colour
    if found := _HEX.fullmatch(name):
        return _by_hue(*(int(part, 16) for part in found.groups()))
    return _NAMES.get(name, "yellow")


def _by_hue(red: int, green: int, blue: int) -> Colour:
    high, low = max(red, green, blue), min(red, green, blue)
    if high == low:
        return "yellow"
    spread = high - low
    if high == red:
        hue = 60 * (green - blue) / spread % 360
    elif high == green:
        hue = 60 * (blue - red) / spread + 120
    else:
        hue = 60 * (red - green) / spread + 240
    return min(
        COLOURS, key=lambda colour: min(abs(hue - _HUES[colour]), 360 - abs(hue - _HUES[colour]))
    )


def doi_in(untrusted: str) -> str:
    """The DOI in an address or an identifier; "" when there is none.

    Older ones hold brackets, semicolons and "<": those that are the DOI's own have a partner in it.
    """
    found = re.search(r"\b(10\.\d{4,9}/[^\s\"'&?#]+)", unquote(untrusted))
    if found is None:
        return ""
    doi = found[1].casefold()
    for opening, closing in ("()", "[]", "<>"):
        # A bracket around all of it, or what stands behind it.
        depth = 0
        for number, sign in enumerate(doi):
            depth += (sign == opening) - (sign == closing)
            if depth < 0:
                doi = doi[:number]
                break
        else:
            if depth and opening == "<":
                doi = doi[: doi.rindex("<")]
    return doi.rstrip(".,;")
