"""Which words of an earlier text are which words of a later one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from reader.model.anchoring.words import words

# Runs of so many words that stand once in each text tie the two together, the longest first.
_LONG = (24, 12, 8)
# Between those, and what was moved, shorter ones do, and at last words alone.
_SHORT = (5, 3)
# So many words must agree before we say that something was moved.
_MOVED = 8
# Beside what was moved, so many words are compared.
_GAP = 60
# Gaps are compared word by word when the product of their lengths is this at most.
_COMPARED = 40_000
# A run weighs a word for so many of its letters, so that "the" and "," weigh little; it may lie
# alone so many words from the next run for each word that it weighs.
_LETTERS = 4
_REACH = 4

Keys = Sequence[str]


@dataclass(frozen=True, slots=True, order=True)
class Run:
    """`size` words that are the same from `old` on in the one and from `new` on in the other."""

    old: int
    new: int
    size: int


@dataclass(frozen=True, slots=True)
class Gap:
    """What is left to compare: words of the earlier and words of the later text."""

    old: range
    new: range


@dataclass(frozen=True, slots=True)
class Alignment:
    """For each word of either text the number of its counterpart in the other, -1 for none.

    `moved` are the runs that stand in another order in the later text. `shared` is the share of
    the shorter text's words that have a counterpart, 0 to 1.
    """

    to_new: list[int]
    to_old: list[int]
    moved: list[Run]
    shared: float


@lru_cache(maxsize=4)
def align(old: str, new: str) -> Alignment:
    """The alignment of two texts.

    First long runs in their order, then long runs that were moved, then what is left between them:
    so a short likeness that is near never hides a long one that is far.
    """
    return compare(words(old).keys, words(new).keys)


def compare(a: Keys, b: Keys) -> Alignment:
    """The alignment of the words of two texts."""
    to_new, to_old = [-1] * len(a), [-1] * len(b)
    whole = Gap(range(len(a)), range(len(b)))
    runs = sorted(_long(a, b, whole))
    _enter(runs, to_new, to_old)
    moved = _moved(a, b, to_new, to_old)
    a, b = _without(a, to_new, "<"), _without(b, to_old, ">")
    for gap in _between(whole, runs):
        _enter(_supported(a, gap, sorted(_short(a, b, gap))), to_new, to_old)
    for run in moved:
        for gap in (_before(run, to_new, to_old), _after(run, to_new, to_old)):
            _enter(_supported(a, gap, sorted(_short(a, b, gap))), to_new, to_old)
    shorter = min(to_new, to_old, key=len)
    shared = 1 - shorter.count(-1) / len(shorter) if shorter else 0.0
    return Alignment(to_new, to_old, moved, shared)


def _enter(runs: Iterable[Run], to_new: list[int], to_old: list[int]) -> None:
    for run in runs:
        to_new[run.old : run.old + run.size] = range(run.new, run.new + run.size)
        to_old[run.new : run.new + run.size] = range(run.old, run.old + run.size)


def _without(keys: Keys, counterparts: list[int], side: str) -> list[str]:
    """The words with those that have a counterpart made unlike any other."""
    return [
        key if counterpart < 0 else f"{side}{counterpart}"
        for key, counterpart in zip(keys, counterparts, strict=True)
    ]


def _long(a: Keys, b: Keys, gap: Gap) -> Iterator[Run]:
    """Long runs in one order, around what stands once in each text."""
    todo = [(gap, 0)]
    while todo:
        gap, level = todo.pop()
        if level == len(_LONG):
            continue
        runs = _tied(a, b, gap, _LONG[level])
        yield from runs
        todo += [(one, level if runs else level + 1) for one in _between(gap, runs)]


def _short(a: Keys, b: Keys, gap: Gap) -> Iterator[Run]:
    """Runs of any length in one order: equal ends, what stands once in the gap, words alone."""
    todo = [(gap, 0)]
    while todo:
        gap, level = todo.pop()
        head = _equal(a, b, gap.old, gap.new)
        if head:
            yield Run(gap.old.start, gap.new.start, head)
        gap = Gap(gap.old[head:], gap.new[head:])
        tail = _equal(a, b, gap.old[::-1], gap.new[::-1])
        if tail:
            yield Run(gap.old.stop - tail, gap.new.stop - tail, tail)
        gap = Gap(gap.old[: len(gap.old) - tail], gap.new[: len(gap.new) - tail])
        if level < len(_SHORT):
            runs = _tied(a, b, gap, _SHORT[level])
            yield from runs
            todo += [(one, level if runs else level + 1) for one in _between(gap, runs)]
        elif len(gap.old) * len(gap.new) <= _COMPARED:
            yield from _word_by_word(a, b, gap)


def _equal(a: Keys, b: Keys, old: range, new: range) -> int:
    """How many words are equal from the start of both ranges on."""
    for size, (i, j) in enumerate(zip(old, new, strict=False)):
        if a[i] != b[j]:
            return size
    return min(len(old), len(new))


def _tied(a: Keys, b: Keys, gap: Gap, size: int) -> list[Run]:
    """Runs around what stands once on either side of a gap, as many as stand in one order."""
    pairs = _unique_pairs(_grams(a, gap.old, size), _grams(b, gap.new, size))
    runs: list[Run] = []
    old, new = gap.old.start, gap.new.start
    for i, j in _increasing(pairs):
        if i < old or j < new:  # inside the run before, or across its end
            continue
        back = _equal(a, b, range(i - 1, old - 1, -1), range(j - 1, new - 1, -1))
        forth = _equal(a, b, range(i, gap.old.stop), range(j, gap.new.stop))
        runs.append(Run(i - back, j - back, back + forth))
        old, new = i + forth, j + forth
    return runs


def _grams(keys: Keys, where: range, size: int) -> dict[tuple[str, ...], int]:
    """Where each sequence of so many words stands; -1 when there is more than one such place."""
    places: dict[tuple[str, ...], int] = {}
    if len(where) < size:
        return places
    shifted = (keys[where.start + k : where.stop - size + 1 + k] for k in range(size))
    for at, gram in enumerate(zip(*shifted, strict=True), where.start):
        places[gram] = -1 if gram in places else at
    return places


def _unique_pairs(
    old: dict[tuple[str, ...], int], new: dict[tuple[str, ...], int]
) -> list[tuple[int, int]]:
    """The places in both of what stands once in either, by the place in the earlier one."""
    return [(i, j) for gram, i in old.items() if i >= 0 and (j := new.get(gram, -1)) >= 0]


def _increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most pairs that rise on both sides, of pairs that rise on the first side."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(pairs):
        place = bisect_left(ends, j)
        before.append(at[place - 1] if place else -1)
        ends[place : place + 1] = [j]
        at[place : place + 1] = [number]
    chosen = []
    number = at[-1] if at else -1
    while number >= 0:
        chosen.append(pairs[number])
        number = before[number]
    return chosen[::-1]


def _between(gap: Gap, runs: list[Run]) -> Iterator[Gap]:
    """What of a gap lies before, between and after runs."""
    old, new = gap.old.start, gap.new.start
    for run in runs:
        yield Gap(range(old, run.old), range(new, run.new))
        old, new = run.old + run.size, run.new + run.size
    yield Gap(range(old, gap.old.stop), range(new, gap.new.stop))


def _word_by_word(a: Keys, b: Keys, gap: Gap) -> Iterator[Run]:
    old, new = gap.old, gap.new
    same = SequenceMatcher(None, a[old.start : old.stop], b[new.start : new.stop], autojunk=False)
    for i, j, size in same.get_matching_blocks()[:-1]:
        yield Run(old.start + i, new.start + j, size)


def _supported(a: Keys, gap: Gap, runs: list[Run]) -> list[Run]:
    """The runs without those that stand short and alone, which are there by chance."""
    while True:
        sides = [max(len(one.old), len(one.new)) for one in _between(gap, runs)]
        kept = [
            run
            for run, left, right in zip(runs, sides, sides[1:], strict=False)
            if min(left, right) <= _REACH * _weight(a, run) + 1
        ]
        if len(kept) == len(runs):
            return kept
        runs = kept


def _weight(a: Keys, run: Run) -> float:
    """How much a run counts, in words."""
    return sum(map(len, a[run.old : run.old + min(run.size, 100)])) / _LETTERS


def _moved(a: Keys, b: Keys, to_new: list[int], to_old: list[int]) -> list[Run]:
    """Enters and gives runs that stand once in each text and, in the later, in another order."""
    old = _grams(a, range(len(a)), _MOVED)
    new = _grams(b, range(len(b)), _MOVED)
    runs: list[Run] = []
    for i, j in _unique_pairs(old, new):
        back = _free(a, b, to_new, to_old, range(i - 1, -1, -1), range(j - 1, -1, -1))
        forth = _free(a, b, to_new, to_old, range(i, len(a)), range(j, len(b)))
        if forth >= _MOVED:
            runs.append(Run(i - back, j - back, back + forth))
            _enter(runs[-1:], to_new, to_old)
    return runs


def _free(a: Keys, b: Keys, to_new: list[int], to_old: list[int], old: range, new: range) -> int:
    """How many words are equal, and have no counterpart yet, from the start of both ranges on."""
    size = 0
    for i, j in zip(old, new, strict=False):
        if a[i] != b[j] or to_new[i] >= 0 or to_old[j] >= 0:
            break
        size += 1
    return size


def _before(run: Run, to_new: list[int], to_old: list[int]) -> Gap:
    """What lies right before a run on both sides and has no counterpart yet."""
    old = _lonely(to_new, range(run.old - 1, -1, -1))
    new = _lonely(to_old, range(run.new - 1, -1, -1))
    size = min(old, new)
    return Gap(range(run.old - size, run.old), range(run.new - size, run.new))


def _after(run: Run, to_new: list[int], to_old: list[int]) -> Gap:
    """What lies right after a run on both sides and has no counterpart yet."""
    old, new = run.old + run.size, run.new + run.size
    size = min(_lonely(to_new, range(old, len(to_new))), _lonely(to_old, range(new, len(to_old))))
    return Gap(range(old, old + size), range(new, new + size))


def _lonely(counterparts: list[int], numbers: range) -> int:
    """How many words without a counterpart come first, as far as a gap reaches."""
    for size, number in enumerate(numbers[:_GAP]):
        if counterparts[number] >= 0:
            return size
    return min(_GAP, len(numbers))
