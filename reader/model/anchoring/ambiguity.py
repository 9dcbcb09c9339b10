"""Whether a passage is told from its twins: the same words elsewhere, in either text.

Rows of a table, references and boilerplate repeat each other. Beside such words a word that
agrees proves nothing: only what differs between the passage and its twin does, on both sides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reader.model.anchoring.alignment import Alignment
from reader.model.anchoring.transfer import NEIGHBOURS, Place
from reader.model.anchoring.words import Words, places

# Beyond so many words on a side that a twin shares, nothing tells the two apart.
_FAR = 1200
# Nor do more comparisons than these: there are too many twins.
_MOST = 20_000
# So much of what lies between a passage and the words that tell it from its twins may be lost. A
# number or a sign counts for less: those are what editions change.
_LOST = 0.5
_SMALL = 0.25
# What shares fewer words than these, with those beside it, is no twin.
_CLOSE = 8
# Rows: sequences of so many words that stand so many times within so many words make up so much
# of a passage and of the words beside it.
_GRAM, _TIMES, _ROWS, _MOSTLY, _BESIDE = 5, 8, 150, 0.5, 24
# So far on either side nothing may be edited; less far in a text of which nearly all is kept.
_WIDE, _NARROW = 400, 100
_NEARLY_ALL = 0.97


@dataclass(frozen=True, slots=True)
class _Twins:
    """Where the same words begin elsewhere, in the earlier and in the later text."""

    old: list[int]
    new: list[int]

    def __len__(self) -> int:
        return len(self.old) + len(self.new)


@dataclass(frozen=True, slots=True)
class _Side:
    """Whether one side tells a passage from all its twins, and how many words they share there."""

    pinned: bool
    shared: int


def is_unambiguous(
    alignment: Alignment, old: str, before: Words, new: str, after: Words, place: Place
) -> bool:
    """True if a place is the annotated occurrence, not another occurrence of the same words.

    On either side of its largest whole piece, words must differ from those beside every twin, and
    have gone where the passage went.
    """
    core = _core(alignment, place.words)
    if not core:
        return True
    keys = before.keys[core.start : core.stop]
    twins = _Twins(
        _others(places(old), before.keys, keys, core.start),
        _others(places(new), after.keys, keys, alignment.to_new[core.start]),
    )
    left = _side(alignment, before.keys, after.keys, core, twins, -1)
    if not left.pinned and len(core) + left.shared >= _CLOSE:
        return False
    right = _side(alignment, before.keys, after.keys, core, twins, 1)
    if left.pinned and right.pinned:
        return True
    return len(core) + left.shared + right.shared < _CLOSE


def _core(alignment: Alignment, there: range) -> range:
    """The numbers of the most words that stand at a place one after the other as before."""
    best = range(0)
    start = None
    for m in there:
        k = alignment.to_old[m]
        if k >= 0 and start is not None and k == alignment.to_old[m - 1] + 1 and m > there.start:
            pass
        else:
            start = k if k >= 0 else None
        if start is not None and k + 1 - start > len(best):
            best = range(start, k + 1)
    return best


def _others(
    known: dict[str, list[int]], keys: Sequence[str], wanted: list[str], own: int
) -> list[int]:
    """Where the wanted words begin, but for their own place."""
    rarest = min(range(len(wanted)), key=lambda k: len(known.get(wanted[k], ())))
    starts = (place - rarest for place in known.get(wanted[rarest], ()))
    size = len(wanted)
    return [s for s in starts if s >= 0 and s != own and keys[s : s + size] == wanted]


def _side(
    alignment: Alignment, a: Sequence[str], b: Sequence[str], core: range, twins: _Twins, step: int
) -> _Side:
    """What the words on one side tell of a passage and its twins.

    A twin is told from it by a word that went where the passage went; one that was lost tells
    nothing.
    """
    k = core[-1] if step > 0 else core[0]
    edge = alignment.to_new[k]
    lost, kept, shared, gone, compared = 0.0, 0, 0, 0, 0
    for distance in range(1, _FAR):
        if not twins:
            return _Side(lost <= _LOST * kept, shared)
        compared += len(twins)
        if compared > _MOST:
            break
        k += step
        off = k - core.start
        if not 0 <= k < len(a):
            return _Side(not 0 <= edge + step < len(b), shared)
        there, key = alignment.to_new[k], a[k]
        same = _Twins(
            [p for p in twins.old if 0 <= p + off < len(a) and a[p + off] == key],
            [p for p in twins.new if 0 <= p + off < len(b) and b[p + off] == key],
        )
        if same:
            shared = distance
        telling = len(same) < len(twins)
        if there >= 0 and 0 < step * (there - edge) <= NEIGHBOURS + gone:
            edge, twins, gone = there, same, 0
            kept += telling
        else:
            if telling:
                lost += 1 if key.isalpha() else _SMALL
            gone += 1
            instead = b[edge + step * gone] if 0 <= edge + step * gone < len(b) else ""
            if any(0 <= p + off < len(a) and a[p + off] == instead for p in twins.old):
                return _Side(False, _FAR)
    return _Side(False, _FAR)


def in_rows(words: Words, numbers: range) -> bool:
    """Whether a passage stands among rows that are much the same.

    Rows come, go and change their order, and each agrees with the next in most of its words.
    """
    keys = words.keys
    near = range(max(0, numbers.start - _BESIDE), min(len(keys), numbers.stop + _BESIDE))
    around = range(max(0, near.start - _ROWS), min(len(keys), near.stop + _ROWS))
    grams = list(zip(*(keys[around.start + k : around.stop] for k in range(_GRAM)), strict=False))
    counts = Counter(grams)
    repeated: set[int] = set()
    for k in near:
        at = k - around.start
        if at < len(grams) and counts[grams[at]] >= _TIMES:
            repeated.update(range(k, k + _GRAM))
    return len(repeated) > _MOSTLY * len(near)


def undisturbed(alignment: Alignment, numbers: range) -> bool:
    """True if the words on both sides of a passage align one to one, without a gap.

    100 words on each side are looked at; 400 where 97 % or less of the longer text is aligned.
    """
    to_new, longer = alignment.to_new, max(alignment.to_new, alignment.to_old, key=len)
    lost = longer.count(-1) / max(1, len(longer))
    far = _WIDE if lost > 1 - _NEARLY_ALL else _NARROW
    there = to_new[max(0, numbers.start - far) : numbers.stop + far]
    return there == list(range(there[0], there[0] + len(there)))
