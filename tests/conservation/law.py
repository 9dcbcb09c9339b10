"""The law: every character that a file shows is in the document, whole, in order, as it stands.

What may differ between what was counted and what is said:

- white space, but where it parts or joins digits; the forms of dashes, apostrophes, ligatures;
- *hyphen at a line end*: a line of a set page may have lost its last hyphen;
- *label*: what stands before the words may stand beside the block instead ("2.", "Table 1");
- *formula signs*: a formula may have more brackets, slashes and carets than were asked for;
- *reference mark*: raised characters may be a mark that leads to a reference or a note, and
  raised digits may stand in brackets;
- *glyph*: a character that nobody can decode may be any one character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from reader.model.document import Document
from tests.conservation.counted import ANY, Container
from tests.conservation.said import END, REFERENCE, STRUCK, SUB, SUP, Said, Wanted, plain_label

_AHEAD = 3000
_FEW = 40
_NUMBER = r"[-+±<>≤≥~≈=×]*\d+(?:[.,:/]\d+)*(?:[-+]\d+(?:[.,]\d+)*)*"
_ATOM = re.compile(rf"{_NUMBER}(?:%|°[CF]?|[a-zA-Zμ]+)?|[^\W\d_]+|.", re.S)
_UNIT = re.compile(
    r"(?:%|°[CF]?|[munkμ]?(?:g|l|L|m|mol|Eq|kat|V|s)|kPa|mmHg|I?U|mcg|h|min|days?|years?)\b"
)
_BULLETS = ("-", "*", "+", "•", "·", "▪", "◦", "■", "●", "○", "⋅")
_OPENED, _CLOSED = r"[\[(]?", r"[\])]?"
_IN_FORMULAS = r"[\u0300-\u036f\u20d0-\u20ff()\[\]{}/^_,;√ ⋅]{0,4}?"
_LONGEST_SHOWN = 70


def broken(counted: Iterable[Container], document: Document) -> list[str]:
    """What the file shows and the document does not say, or says otherwise: one line for each."""
    return Comparison(document).compare(counted)


class Comparison:
    """One document on which containers are laid until each has its own place."""

    def __init__(self, document: Document) -> None:
        self.said = Said(document)
        self.losses = [
            f"unaccounted: {one.words[:200]}"
            for one in document.left_out
            if one.reason == "unaccounted"
        ]
        labels = {plain_label(label) for label in _labels_of(document)}
        self._labels = sorted(labels - {""}, key=len, reverse=True)

    def compare(self, counted: Iterable[Container]) -> list[str]:
        """All losses."""
        waiting = self._in_order([w for w in map(Wanted, counted) if w.characters])
        waiting.sort(key=lambda wanted: -len(wanted.characters))
        # Twice: the end of a word can be told once its beginning is.
        for _ in range(2):
            waiting = [wanted for wanted in waiting if not self._anywhere(wanted)]
        for wanted in waiting:
            self._in_pieces(wanted)
        return self.losses

    def _in_order(self, all_wanted: list[Wanted]) -> list[Wanted]:
        """Lays those that follow each other as they were counted; gives back the others."""
        waiting, at = [], 0
        for wanted in all_wanted:
            place, end = (-1, -1) if _is_pattern(wanted) else self._next_place(wanted, at)
            if place < 0:
                waiting.append(wanted)
            else:
                self._lay(wanted, range(place, end))
                at = end
        return waiting

    def _next_place(self, wanted: Wanted, at: int) -> tuple[int, int]:
        """Where a container stands next; few words only where they stand for themselves."""
        text, label = wanted.characters, plain_label(wanted.container.label)
        stop = min(at + _AHEAD + len(text), self.said.text_end)
        few = len(text) < _FEW
        place = self.said.find(text, at, stop, apart=few, label=label)
        if wanted.container.kind != "line" or place >= 0:
            return place, place + len(text)
        stop = stop if not few else min(at + len(text), stop)
        return self._over_a_line_end(wanted, at, stop)

    def _over_a_line_end(self, wanted: Wanted, start: int, stop: int) -> tuple[int, int]:
        """The join of lines: without the hyphen at its end, or as the end of a joined word."""
        text = wanted.characters
        place = self.said.find(text, start, stop, joined=True)
        if place < 0 and text.endswith("-"):
            text = text[:-1]
            place = self.said.find(text, start, stop, joined=True, runs_on=True) if text else -1
        return place, place + len(text)

    def _anywhere(self, wanted: Wanted) -> bool:
        if _is_pattern(wanted):
            return self._by_pattern(wanted)
        text, label = wanted.characters, plain_label(wanted.container.label)
        place = -1
        for own in dict.fromkeys((label, "")):
            for apart in (True, False):
                if place < 0:
                    place = self.said.find_anywhere(text, apart=apart, label=own)
        if place >= 0:
            self._lay(wanted, range(place, place + len(text)))
            return True
        if self._behind_a_label(wanted) or (
            _has_raised_digits(wanted) and self._by_pattern(wanted)
        ):
            return True
        if wanted.container.kind == "line":
            place, end = self._over_a_line_end(wanted, 0, len(self.said.characters))
            if place >= 0:
                self._lay(wanted, range(place, end))
        return place >= 0

    def _behind_a_label(self, wanted: Wanted) -> bool:
        """The join of labels: the words stand in a block that has their beginning as its label."""
        text = wanted.characters.lstrip("([")
        cut = len(wanted.characters) - len(text)
        if text[:1] in _BULLETS and "•" in self._labels:
            text = "•" + text[1:]
        for label in self._labels:
            if not text.startswith(label):
                continue
            rest = text[len(label) :].lstrip(".:)]-•")
            start = len(text) - len(rest) + cut
            place = self.said.find_anywhere(rest, label=label) if rest else -1
            if place < 0 and rest[1:].endswith("-") and wanted.container.kind == "line":
                rest = rest[:-1]
                end = self.said.text_end
                place = self.said.find(rest, 0, end, label=label, runs_on=True)
            if place >= 0:
                self._lay(wanted, range(place, place + len(rest)), start)
                return True
        return False

    def _by_pattern(self, wanted: Wanted) -> bool:
        """Formulas, in which signs may stand between, and glyphs that may be any character."""
        signs = [re.escape(c) if c != ANY else f"[^{END}]" for c in wanted.characters]
        if wanted.container.kind == "formula":
            for i in wanted.breaks:
                if 0 < i < len(signs):
                    signs[i] = _IN_FORMULAS + signs[i]
        else:
            signs = _bracketed(wanted, signs)
        pattern = re.compile("".join(signs), re.S)
        found = pattern.search(self.said.characters)
        while found:
            start, end = found.span()
            alone = self.said.begins(start) and self.said.ends(end)
            if self.said.is_free(start, end) and (alone or wanted.container.kind == "formula"):
                self._lay(wanted, self._places_in(wanted, start))
                return True
            found = pattern.search(self.said.characters, start + 1)
        return False

    def _places_in(self, wanted: Wanted, at: int) -> list[int]:
        """Where each sign stands of something that others may stand in."""
        places = []
        for sign in wanted.characters:
            while sign != ANY and self.said.characters[at] != sign:
                at += 1
            places.append(at)
            at += 1
        return places

    def _lay(self, wanted: Wanted, places: Sequence[int], start: int = 0) -> None:
        """Claims places, and compares what a string does not say: position, gaps, label."""
        self.said.claim(places[0], places[-1] + 1)
        if places[0] < self.said.text_end:
            self._check_positions(wanted, places, start)
            self._check_label(wanted, places[0])

    def _check_positions(self, wanted: Wanted, places: Sequence[int], start: int) -> None:
        said = self.said
        for i, place in enumerate(places, start=start):
            asked, there = wanted.flags[i], said.flags[place]
            sign = said.characters[place]
            raised = there & (asked | REFERENCE) or (
                _is_pattern(wanted) and said.characters[place - 1] in "^_("
            )
            if asked & (SUP | SUB) and sign.isalnum() and not raised:
                self._lose("no longer raised or lowered", wanted, sign)
                return
            if asked & STRUCK and not there & STRUCK:
                self._lose("no longer struck", wanted, sign)
                return
            before = places[i - start - 1]
            if i > start and before == place - 1 and sign.isdigit():
                self._check_gap(wanted, i, place)

    def _check_gap(self, wanted: Wanted, i: int, place: int) -> None:
        """Digits stay parted or joined as they were, unless one of them is raised."""
        said, asked = self.said, wanted.flags[i] ^ wanted.flags[i - 1]
        raised = (asked | (said.flags[place] ^ said.flags[place - 1])) & (SUP | SUB | REFERENCE)
        if raised or not said.characters[place - 1].isdigit():
            return
        parted, shown = i in wanted.gaps, bool(said.gaps[place])
        if parted and not shown:
            self._lose("digits joined", wanted, said.characters[max(0, place - 5) : place + 5])
        elif shown and not parted and wanted.container.kind != "formula":
            self._lose("digits parted", wanted, said.characters[max(0, place - 5) : place + 5])

    def _check_label(self, wanted: Wanted, place: int) -> None:
        label = plain_label(wanted.container.label)
        if not label or label in self.said.labels_at(place):
            return
        before = self.said.characters[max(0, place - len(label) - 2) : place]
        if label not in before:
            self._lose("label lost", wanted, wanted.container.label)

    def _in_pieces(self, wanted: Wanted) -> None:
        """The words that are left of a container that is nowhere whole, and their order."""
        atoms = _atoms(wanted)
        places: list[tuple[int, str]] = []
        lost: list[str] = []
        i = start = 0
        while i < len(atoms):
            count = len(atoms) - i
            place = -1
            while count:
                piece = "".join(atoms[i : i + count])
                place = self._piece(piece)
                if place >= 0:
                    break
                count = count // 2 if count > 3 else count - 1
            if place < 0:
                lost.append(atoms[i])
                count = 1
                piece = atoms[i]
            else:
                self.said.claim(place, place + len(piece))
                if place < self.said.text_end:
                    self._check_positions(wanted, range(place, place + len(piece)), start)
                if any(map(str.isdigit, piece)):
                    places.append((place, piece))
            start += len(piece)
            i += count
        if lost and lost != ["-"] * (wanted.container.kind == "line"):
            self._lose("lost", wanted, " ".join(lost[:12]))
        for (before, one), (after, other) in pairwise(places):
            if after < before < self.said.text_end:
                self._lose("order", wanted, f"{one[:20]} … {other[:20]}")
                return

    def _piece(self, piece: str) -> int:
        """Where a part of a container stands: in the text, else where it is listed."""
        return self.said.find(piece, 0, self.said.listed_end)

    def _lose(self, what: str, wanted: Wanted, words: str) -> None:
        around = " ".join(wanted.container.text.split())
        shown = around if len(around) <= _LONGEST_SHOWN else f"{around[:_LONGEST_SHOWN]}…"
        self.losses.append(f"{what}: “{words}” of {wanted.container.kind} “{shown}”")


def _atoms(wanted: Wanted) -> list[str]:
    """What may not be torn: words, signs, numbers with what stands at them and their unit."""
    edges = sorted({0, *wanted.gaps, len(wanted.characters)})
    atoms: list[str] = []
    for start, end in pairwise(edges):
        for atom in _ATOM.findall(wanted.characters[start:end]):
            if atoms and atoms[-1][-1].isdigit() and _UNIT.fullmatch(atom):
                atoms[-1] += atom
            else:
                atoms.append(atom)
    return atoms


def _has_raised_digits(wanted: Wanted) -> bool:
    pairs = zip(wanted.characters, wanted.flags, strict=True)
    return any(flag & SUP and sign.isdigit() for sign, flag in pairs)


def _bracketed(wanted: Wanted, signs: list[str]) -> list[str]:
    """Patterns of signs with brackets that may stand round raised digits."""
    out = []
    raised = [
        bool(flag & SUP) and sign.isdigit()
        for sign, flag in zip(wanted.characters, wanted.flags, strict=True)
    ]
    for i, sign in enumerate(signs):
        opens = raised[i] and (i == 0 or not raised[i - 1] or i in wanted.breaks)
        closes = raised[i] and (i + 1 == len(signs) or not raised[i + 1] or i + 1 in wanted.breaks)
        out.append(_OPENED * opens + sign + _CLOSED * closes)
    return out


def _is_pattern(wanted: Wanted) -> bool:
    return wanted.container.kind == "formula" or ANY in wanted.characters


def _labels_of(document: Document) -> Iterable[str]:
    for block in (*document.blocks, *document.inner_blocks):
        yield block.label
    yield from (section.number or "" for section in document.sections)
    yield from (table.label for table in document.tables)
    yield from (figure.label for figure in document.figures)
