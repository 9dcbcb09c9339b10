"""The law: every character that a file shows is in the document, whole, in order, as it stands.

What may differ between what was counted and what is said:

- white space, but where it parts or joins digits; the forms of dashes, apostrophes, ligatures;
- *hyphen at a line end*: a line of a set page may have lost its last hyphen;
- *label*: what stands before the words may stand beside the block instead ("2.", "Table 1");
- *formula signs*: a formula may have more brackets, slashes and carets than were asked for;
- *reference mark*: raised characters may be a mark that leads to a reference or a note, and
  raised digits may stand in brackets;
- *glyph*: a character that nobody can decode may be any one character;
- *picture*: one in a line may have a placeholder; what stands for one in a menu goes with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise, zip_longest

from reader.model.document import Document
from tests.conservation.counted import ANY, Container
from tests.conservation.patterns import (
    atoms_of,
    has_raised_digits,
    is_pattern,
    pattern_of,
    places_in,
    spread,
)
from tests.conservation.said import (
    REFERENCE,
    STRUCK,
    SUB,
    SUP,
    Said,
    Wanted,
    labels_of,
    plain_label,
)

_AHEAD = 3000
_FEW = 40
_SHORT = 4
_BULLETS = ("-", "*", "+", "•", "·", "▪", "◦", "■", "●", "○", "⋅")


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
        labels = {plain_label(label) for label in labels_of(document)}
        self._labels = sorted(labels - {""}, key=len, reverse=True)

    def compare(self, counted: Iterable[Container]) -> list[str]:
        """All losses."""
        everything = [w for w in map(Wanted, counted) if w.characters]
        for above, below in pairwise(everything):
            below.before = above
        waiting = self._in_order(everything)
        waiting.sort(key=lambda wanted: -len(wanted.characters))
        # A lone sign may stand in many places: those of others come first.
        parts: tuple[list[Wanted], list[Wanted]] = ([], [])
        for wanted in waiting:
            parts[not any(map(str.isalnum, wanted.characters))].append(wanted)
        for some in parts:
            for wanted in self._not_whole(some):
                if wanted.container.kind != "alternative" or self._is_in_text(wanted, everything):
                    self._in_pieces(wanted)
        return self.losses

    def _not_whole(self, waiting: list[Wanted]) -> list[Wanted]:
        """Lays those that are somewhere whole; gives back the others."""
        before = len(waiting) + 1
        while len(waiting) < before:
            # The end of a word can be told once its beginning is.
            before = len(waiting)
            left: list[Wanted] = []
            for wanted in waiting:
                if self._anywhere(wanted):
                    # At once, before the short ones take its parts.
                    left = [w for w in left if not (w.before is wanted and self._anywhere(w))]
                else:
                    left.append(wanted)
            waiting = left
        return waiting

    def _is_in_text(self, picture: Wanted, everything: list[Wanted]) -> bool:
        """True if the words before and after a picture are in the text: it is no part of a menu."""
        at = everything.index(picture)
        around = (reversed(everything[:at]), everything[at + 1 :])
        nearest = [
            next((w for w in ws if w.container.kind != "alternative"), None) for ws in around
        ]
        return all(w is None or 0 <= w.place < self.said.text_end for w in nearest)

    def _in_order(self, all_wanted: list[Wanted]) -> list[Wanted]:
        """Lays those that follow each other as they were counted; gives back the others."""
        waiting, at = [], 0
        for wanted, then in zip_longest(all_wanted, all_wanted[1:]):
            place, end = (-1, -1) if is_pattern(wanted) else self._next_place(wanted, at)
            if place < 0 or (then and self._is_beginning_of(then, wanted, place)):
                waiting.append(wanted)
            else:
                self._lay(wanted, range(place, end))
                at = end
        return waiting

    def _is_beginning_of(self, then: Wanted, wanted: Wanted, place: int) -> bool:
        """True if what is counted next stands whole there: a page number before "1. Give"."""
        text = then.characters
        return (
            len(text) > len(wanted.characters)
            and text.startswith(wanted.characters)
            and self.said.find(text, place, place + len(text), apart=True) == place
        )

    def _next_place(self, wanted: Wanted, at: int) -> tuple[int, int]:
        """Where a container stands next; few words only where they stand for themselves."""
        text, label = wanted.characters, plain_label(wanted.container.label)
        stop = min(at + _AHEAD + len(text), self.said.text_end)
        few, number = len(text) < _FEW, wanted.is_number
        place = self.said.find(text, at, stop, apart=few, label=label, number=number)
        if few and not label and place >= 0 and self._is_anothers(text, place):
            return -1, -1
        if wanted.container.kind != "line" or place >= 0:
            return place, place + len(text)
        stop = stop if not few else min(at + len(text), stop)
        return self._over_a_line_end(wanted, at, stop)

    def _is_anothers(self, text: str, place: int) -> bool:
        """True if what has a number stands there, and the same words without one elsewhere."""
        if not self.said.labels_at(place):
            return False
        end = len(self.said.characters)
        elsewhere = self.said.find(text, 0, place, apart=True)
        if elsewhere < 0:
            elsewhere = self.said.find(text, place + 1, end, apart=True)
        return elsewhere >= 0 and not self.said.labels_at(elsewhere)

    def _over_a_line_end(self, wanted: Wanted, start: int, stop: int) -> tuple[int, int]:
        """The join of lines: without the hyphen at its end, or as the end of a joined word."""
        text = wanted.characters
        # A line may end within a number: after its sign, its comma, its raised upper part.
        runs_on = not text[-1].isalnum() or bool(wanted.flags[-1] & (SUP | SUB))
        place = self.said.find(text, start, stop, joined=True, runs_on=runs_on)
        if place < 0 and text.endswith("-"):
            text = text[:-1]
            place = self.said.find(text, start, stop, joined=True, runs_on=True) if text else -1
        return place, place + len(text)

    def _anywhere(self, wanted: Wanted) -> bool:
        if is_pattern(wanted):
            return self._by_pattern(wanted)
        text, label = wanted.characters, plain_label(wanted.container.label)
        if wanted.container.kind == "line" and wanted.before and wanted.before.end >= 0:
            at = wanted.before.end
            place, end = self._over_a_line_end(wanted, at, at + len(text))
            if place >= 0:
                self._lay(wanted, range(place, end))
                return True
        number = wanted.is_number
        place = self.said.find_anywhere(text, apart=True, label=label, number=number)
        if place < 0 and label:
            place = self.said.find_anywhere(text, label=label)
        if place < 0:
            place = self.said.find_anywhere(text, apart=True, number=number)
        if place < 0 and len(text) < _SHORT:
            # A page number stands among those that were left out, not in a dose.
            place = self.said.find(text, self.said.text_end, self.said.listed_end, number=number)
        if place < 0:
            place = self.said.find_anywhere(text, number=number)
        if place >= 0:
            self._lay(wanted, range(place, place + len(text)))
            return True
        if self._behind_a_label(wanted) or (has_raised_digits(wanted) and self._by_pattern(wanted)):
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
        pattern, second = pattern_of(wanted), None
        found = pattern.search(self.said.characters)
        best: list[int] | None = None
        while found:
            start, end = found.span()
            if self.said.is_free(start, end):
                places = places_in(wanted, self.said.characters, start)
                if not (self.said.begins(start) and self.said.ends(end)):
                    second = second or places
                elif best is None or spread(places) < spread(best):
                    # "√(β)" is the place of that, and not "√(√β)".
                    best = places
                    if spread(best) < len(wanted.characters):
                        break
            found = pattern.search(self.said.characters, start + 1)
        if best is not None:
            self._lay(wanted, best)
            return True
        if second and wanted.container.kind == "formula":
            self._lay(wanted, second)
        return bool(second) and wanted.container.kind == "formula"

    def _lay(self, wanted: Wanted, places: Sequence[int], start: int = 0) -> None:
        """Claims places, and compares what a string does not say: position, gaps, label."""
        self.said.claim(places[0], places[-1] + 1)
        wanted.place, wanted.end = places[0], places[-1] + 1
        if places[0] < self.said.text_end:
            self._check_positions(wanted, places, start)
            self._check_label(wanted, places[0])

    def _check_positions(self, wanted: Wanted, places: Sequence[int], start: int) -> None:
        said = self.said
        for i, place in enumerate(places, start=start):
            asked, there = wanted.flags[i], said.flags[place]
            sign = said.characters[place]
            raised = there & (asked | REFERENCE) or (
                is_pattern(wanted) and said.characters[place - 1] in "^_("
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
        atoms = atoms_of(wanted)
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
        if lost == ["-"] and wanted.container.kind == "line" and wanted.characters.endswith("-"):
            lost = []
        if lost:
            self._lose("lost", wanted, " ".join(lost[:12]))
        for (before, one), (after, other) in pairwise(places):
            if after < before < self.said.text_end:
                self._lose("order", wanted, f"{one[:20]} … {other[:20]}")
                return

    def _piece(self, piece: str) -> int:
        """Where a part of a container stands: in the text, else where it is listed."""
        if piece == ANY:
            places = range(self.said.listed_end)
            return next((i for i in places if self.said.is_sign(i)), -1)
        return self.said.find(piece, 0, self.said.listed_end, part=True)

    def _lose(self, what: str, wanted: Wanted, words: str) -> None:
        self.losses.append(f"{what}: “{words}” of {wanted.container.kind} “{wanted.shown}”")
