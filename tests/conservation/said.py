"""All that a document says, as one string in which every character can be claimed once."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from reader.model.document import Block, Document
from tests.conservation.counted import ANY, Container

SUP, SUB, STRUCK, REFERENCE = 1, 2, 4, 8
_FLAGS = {"sup": SUP, "sub": SUB, "strike": STRUCK, "reference_mark": REFERENCE}
_EQUAL = dict.fromkeys("‐‑‒–—―−﹣－", "-") | {"’": "'", "‘": "'", "∙": "⋅", "·": "⋅", "∗": "*"}
_EQUAL |= {
    "⁄": "/",
    "〈": "⟨",
    "〉": "⟩",
    "\u2028": " ",
    "\u2029": " ",
    "\x0b": " ",
    "µ": "μ",
    "∆": "Δ",
    "Ω": "Ω",
}
_LONGEST_SHOWN = 70
_SIGNS = "-±<>≤≥~"
END = "\ufffe"
"""Stands between what is said in different places: no word reaches over it."""


@lru_cache(maxsize=20_000)
def _shape(character: str) -> tuple[str, int]:
    """How a character is compared, and what its own form says of its place on the line."""
    if character in _EQUAL:
        return _EQUAL[character], 0
    kind = unicodedata.category(character)
    if kind in ("Cf", "Cc", "Cs") and not character.isspace():
        return "", 0
    if kind == "Co" or character == "\ufffd":
        return ANY, 0
    if "\ufe00" <= character <= "\ufe0f":
        return "", 0
    said = unicodedata.decomposition(character)
    flag = SUP if said.startswith("<super>") else SUB if said.startswith("<sub>") else 0
    shape = unicodedata.normalize("NFKD", character)
    return "".join(_EQUAL.get(c, c) for c in shape if not c.isspace()), flag


def shaped(text: str) -> Iterator[tuple[int, str, int]]:
    """The characters of a text that count: their offset, shape, and flag; " " for white space."""
    for i, character in enumerate(text):
        if character.isspace():
            yield i, " ", 0
        else:
            shape, flag = (character, 0) if character.isascii() else _shape(character)
            for one in shape:
                yield i, one, flag


def goes_on(character: str) -> bool:
    """True for the characters of words and numbers, and for the accents on them.

    Chinese and Japanese are written without gaps: each sign may stand for itself.
    """
    if "\u1100" <= character <= "\u11ff" or "\u2e80" <= character <= "\ud7ff":
        return False
    return character.isalnum() or unicodedata.category(character) == "Mn"


class Wanted:
    """A container as it is looked for: its characters without white space, and where that was."""

    def __init__(self, container: Container) -> None:
        self.container = container
        self.place = self.end = -1
        self.before: Wanted | None = None
        characters: list[str] = []
        flags: list[int] = []
        gaps: set[int] = set()
        breaks: set[int] = set()
        for run in container.runs:
            own = {"sup": SUP, "sub": SUB}.get(run.position, 0) | (STRUCK if run.struck else 0)
            breaks.add(len(characters))
            for _, shape, flag in shaped(unicodedata.normalize("NFC", run.text)):
                if shape == " ":
                    gaps.add(len(characters))
                else:
                    characters.append(shape)
                    flags.append(own | flag)
        self.characters = "".join(characters)
        self.flags = flags
        self.gaps = gaps
        self.breaks = breaks
        inner = range(1, len(characters))
        self.is_number = self.characters.isdigit() and gaps.isdisjoint(inner)

    @property
    def shown(self) -> str:
        """Its words, cut where they are many."""
        around = " ".join(self.container.text.split())
        return around if len(around) <= _LONGEST_SHOWN else f"{around[:_LONGEST_SHOWN]}…"


class Said:
    """The text of a document and all that stands beside it."""

    def __init__(self, document: Document) -> None:
        marked = bytearray(len(document.text) + 1)
        for mark in document.marks:
            flag = _FLAGS.get(mark.kind, 0)
            for i in range(mark.span.start, mark.span.end) if flag else ():
                marked[i] |= flag
        characters: list[str] = []
        self.flags = bytearray()
        self.offsets: list[int] = []
        gaps, edges = {0}, {0}
        for i, shape, flag in shaped(document.text):
            if shape == " ":
                gaps.add(len(characters))
                if document.text[i] in "\n\t":
                    edges.add(len(characters))
            else:
                characters.append(shape)
                self.flags.append(flag | marked[i])
                self.offsets.append(i)
        self.text_end = len(characters)
        parts = list(listed(document))
        count = len(parts)
        self.listed_end = self.text_end
        for i, words in enumerate([*parts, *beside(document)]):
            edges.update((len(characters), len(characters) + 1))
            characters.append(END)
            self.flags.append(0)
            for _, shape, flag in shaped(words):
                if shape == " ":
                    gaps.add(len(characters))
                else:
                    characters.append(shape)
                    # What stands beside the text has no marks to show or to lose.
                    self.flags.append(flag | 15)
            if i < count:
                self.listed_end = len(characters)
        edges.add(len(characters))
        self.characters = "".join(characters)
        self.gaps = bytearray(len(characters) + 1)
        self.edges = bytearray(len(characters) + 1)
        for gap in gaps | edges:
            self.gaps[gap] = 1
        for edge in edges:
            self.edges[edge] = 1
        self.claimed = bytearray(len(characters))
        self._next: dict[tuple[str, bool, str, bool], int] = {}
        self._labelled = list(_labelled(document))

    def claim(self, start: int, end: int) -> None:
        """These characters are accounted for."""
        self.claimed[start:end] = b"\1" * (end - start)

    def is_free(self, start: int, end: int) -> bool:
        """True if none of them is claimed."""
        return self.claimed.find(1, start, end) < 0

    def is_sign(self, place: int) -> bool:
        """True for a free character that may be what a glyph shows that nobody could decode."""
        sign = self.characters[place]
        # Fonts of signs hold "=", "+" and "<", too.
        sure = not sign.isascii() or unicodedata.category(sign) == "Sm"
        return not self.claimed[place] and sure

    def begins(self, place: int, joined: bool = False, part: bool = False) -> bool:
        """True if no word goes on from the character before, unless it is joined to a claimed."""
        before = joined and place > 0 and self.claimed[place - 1]
        return bool(before) or self._parted(place, part)

    def ends(self, place: int, joined: bool = False, part: bool = False) -> bool:
        """True if no word goes on after the character before."""
        after = joined and place < len(self.claimed) and self.claimed[place]
        return bool(after) or self._parted(place, part)

    def _parted(self, place: int, part: bool) -> bool:
        if self.gaps[place]:
            return True
        before, after = self.characters[place - 1], self.characters[place]
        if after.isdigit() and before in _SIGNS and self.gaps[place - 1]:
            return False
        if unicodedata.combining(after) or self._is_point(place - 1) or self._is_point(place):
            return False
        if part and (
            self.flags[place - 1] != self.flags[place] or before.isdigit() != after.isdigit()
        ):
            return True
        return not (goes_on(before) and goes_on(after))

    def _is_point(self, place: int) -> bool:
        """True for a point, a comma, a slash between two digits: it is part of a number."""
        if not 0 < place < len(self.characters) - 1 or self.characters[place] not in ".,/":
            return False
        around = self.characters[place - 1], self.characters[place + 1]
        return all(map(str.isdigit, around)) and not (self.gaps[place] or self.gaps[place + 1])

    def find(
        self,
        wanted: str,
        start: int,
        stop: int,
        *,
        apart: bool = False,
        label: str = "",
        joined: bool = False,
        runs_on: bool = False,
        part: bool = False,
        number: bool = False,
    ) -> int:
        """The first free place of these characters where no word goes on; -1 for none.

        `apart`: a block, a cell, a line begins there and ends; `label`: it has that one; `joined`:
        a word may go on where the characters next to it are claimed already; `runs_on`: or after
        them; `part`: letters and digits of one word may be found apart; `number`: it is one number,
        and 34 does not stand where 3 and 4 do.
        """
        place = self.characters.find(wanted, start, stop)
        while place >= 0:
            end = place + len(wanted)
            if (
                self.is_free(place, end)
                and (not apart or (self.edges[place] and self.edges[end]))
                and self.begins(place, joined, part)
                and (runs_on or self.ends(end, joined, part))
                and (not label or label in self.labels_at(place))
                and not (number and 1 in self.gaps[place + 1 : end])
            ):
                return place
            place = self.characters.find(wanted, place + 1, stop)
        return -1

    def find_anywhere(
        self, wanted: str, *, apart: bool = False, label: str = "", number: bool = False
    ) -> int:
        """The same in all that is said; asked again it goes on, for what is claimed stays so."""
        key = (wanted, apart, label, number)
        start, stop = self._next.get(key, 0), len(self.characters)
        place = self.find(wanted, start, stop, apart=apart, label=label, number=number)
        self._next[key] = place if place >= 0 else max(0, len(self.characters) - 1)
        return place

    def labels_at(self, place: int) -> set[str]:
        """The labels of the blocks, the section and the tables in which a place lies."""
        if place >= self.text_end:
            return set()
        offset = self.offsets[place]
        return {
            label for start, end, label in self._labelled if start <= offset < max(end, start + 1)
        }


def listed(document: Document) -> Iterator[str]:
    """What stands for parts of the file that are no text: alternatives, what was left out."""
    yield from (figure.alternative for figure in document.figures)
    yield from (one.words for one in document.left_out if one.reason != "unaccounted")


def beside(document: Document) -> Iterator[str]:
    """What the document says of itself; the labels of items belong to their words alone."""
    for section in document.sections:
        yield section.number or ""
    yield from (figure.label for figure in document.figures)
    yield from (table.label for table in document.tables)
    for reference in document.references:
        yield from (reference.label, reference.doi, reference.pmid)
    yield from (block.label for block in document.blocks if block.kind == "note")
    yield from (
        document.title,
        *document.authors,
        document.publication.published,
        document.publication.updated,
    )
    yield from (
        document.publication.journal,
        document.publication.volume,
        document.publication.issue,
        document.publication.pages,
    )
    yield from (
        document.publication.doi,
        document.publication.pmid,
        document.publication.licence,
        document.publication.address,
    )
    for abbreviation in document.abbreviations:
        yield abbreviation.long


def labels_of(document: Document) -> Iterator[str]:
    """All labels of blocks and numbers of sections."""
    for block in (*document.blocks, *document.inner_blocks):
        yield block.label
    yield from (section.number or "" for section in document.sections)
    yield from (table.label for table in document.tables)
    yield from (figure.label for figure in document.figures)


def _labelled(document: Document) -> Iterator[tuple[int, int, str]]:
    blocks: Iterable[Block] = (*document.blocks, *document.inner_blocks)
    for block in blocks:
        if block.label:
            yield block.span.start, block.span.end, plain_label(block.label)
    starts = {b.ref: b.span for b in document.blocks if b.kind in ("heading", "table", "figure")}
    by_heading: dict[str, list[str]] = defaultdict(list)
    for section in document.sections:
        by_heading[section.id].append(section.number or "")
    for table in document.tables:
        by_heading[table.id].append(table.label)
    for figure in document.figures:
        by_heading[figure.id].append(figure.label)
    for name, labels in by_heading.items():
        span = starts.get(name)
        for label in labels if span else ():
            if label and span:
                yield span.start, span.end, plain_label(label)


def plain_label(label: str) -> str:
    """A label without the dots and brackets round it."""
    bare = "".join(shape for _, shape, _ in shaped(label) if shape != " ")
    return bare.strip(".():[]") or bare
