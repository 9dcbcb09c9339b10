"""Where a passage of an earlier text is in a later one, as the alignment of the two has it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from reader.model.anchoring.alignment import Alignment
from reader.model.anchoring.edit_distance import similarity
from reader.model.anchoring.words import Words
from reader.model.span import Span

# So many words on either side are asked whether they went the same way.
NEIGHBOURS = 8
# What is longer is compared by words and not by letters.
_LETTERS = 4_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage may be in the later text.

    `words` are the numbers of its words there; of their characters it covers `span`. `near` is how
    much of the passage is there, 0 to 1, and `size` how many of its words. `left` and `right` are
    the shares of the neighbouring words that are beside it as before, 0 to 1.
    """

    words: range
    span: Span
    near: float
    size: int
    left: float
    right: float


def carry(alignment: Alignment, before: Words, after: Words, span: Span) -> Place | None:
    """The place that the words of a passage went to; None when there is none.

    Of a passage that was torn apart it is the place of the larger part.
    """
    numbers = before.touched(span)
    if not numbers:
        return _carry_point(alignment, before, after, numbers)
    to_new = alignment.to_new
    piece = _largest_piece(to_new, before, numbers)
    there = _extent(alignment, numbers, piece)
    if not there:
        return None
    same = (to_new[numbers[0]] == there[0], to_new[numbers[-1]] == there[-1])
    return Place(
        there,
        cover(before, numbers, after, there, span, *same),
        nearness(before.keys[numbers.start : numbers.stop], after.keys[there.start : there.stop]),
        len(piece),
        _agreement(to_new, range(numbers.start - 1, -1, -1), there[0], -1, not there[0]),
        _agreement(
            to_new, range(numbers.stop, len(before)), there[-1], 1, there.stop == len(after)
        ),
    )


def _carry_point(alignment: Alignment, before: Words, after: Words, numbers: range) -> Place | None:
    """The place of a passage without a word, which lies beside a word or between two."""
    to_new, number = alignment.to_new, numbers.start
    if number < len(before) and to_new[number] >= 0:
        there = to_new[number]
        at = after.starts[there]
    elif number and to_new[number - 1] >= 0:
        there = to_new[number - 1] + 1
        at = after.ends[there - 1]
    else:
        return None
    at_end = there == len(after)
    left = _agreement(to_new, range(number - 1, -1, -1), there, -1, not there)
    right = _agreement(to_new, range(number, len(before)), there - 1, 1, at_end)
    return Place(range(there, there), Span(at, at), 1.0, 0, left, right)


def cover(
    before: Words,
    numbers: range,
    after: Words,
    there: range,
    span: Span,
    first_is_same: bool = True,
    last_is_same: bool = True,
) -> Span:
    """The characters of words `there`, less what `span` leaves out of its first and last word."""
    start, end = after.starts[there[0]], after.ends[there[-1]]
    if first_is_same:
        left_out = max(0, span.start - before.starts[numbers[0]])
        start += min(left_out, after.ends[there[0]] - start - 1)
    if not len(span):
        return Span(start, start)
    if last_is_same:
        left_out = max(0, before.ends[numbers[-1]] - span.end)
        end -= min(left_out, end - max(start, after.starts[there[-1]]) - 1)
    return Span(start, end)


def nearness(quote: Sequence[str], found: Sequence[str]) -> float:
    """How much of a quote's words is in what was found, 0 to 1."""
    one, two = "".join(quote), "".join(found)
    if max(len(one), len(two)) <= _LETTERS:
        return similarity(one, two)
    return (Counter(quote) & Counter(found)).total() / max(len(quote), len(found))


def _largest_piece(to_new: list[int], before: Words, numbers: range) -> list[int]:
    """The numbers of words that went to one place together; of several places the largest part."""
    slack = max(NEIGHBOURS, len(numbers) // 2)
    pieces: list[list[int]] = []
    for k in numbers:
        if to_new[k] < 0:
            continue
        last = pieces[-1][-1] if pieces else k
        if 0 < to_new[k] - to_new[last] <= k - last + slack:
            pieces[-1].append(k)
        else:
            pieces.append([k])
    return max(pieces, key=lambda piece: sum(len(before.keys[k]) for k in piece), default=[])


def _extent(alignment: Alignment, numbers: range, piece: list[int]) -> range:
    """The words from the piece's first to its last, with what stands for lost ones beside it."""
    to_new = alignment.to_new
    low = to_new[numbers.start - 1] if numbers.start else -1
    high = to_new[numbers.stop] if numbers.stop < len(to_new) else len(alignment.to_old)
    low_known = low >= 0 or not numbers.start
    if not piece:
        known = low_known and high >= 0
        return _instead(alignment, numbers, range(low + 1, high if known else 0))
    first, last = to_new[piece[0]], to_new[piece[-1]]
    if low_known:
        lost = range(numbers.start, piece[0])
        first -= len(_instead(alignment, lost, range(low + 1, first)))
    if high >= 0:
        lost = range(piece[-1] + 1, numbers.stop)
        last += len(_instead(alignment, lost, range(last + 1, high)))
    return range(first, last + 1)


def _instead(alignment: Alignment, lost: range, there: range) -> range:
    """Return `there` if it plausibly replaces `lost`, else an empty range.

    It does with at most 2 · len(lost) + 2 words, when no word of either is aligned elsewhere.
    """
    if not lost or len(there) > 2 * len(lost) + 2:
        return range(0)
    if any(alignment.to_new[k] >= 0 for k in lost) or any(alignment.to_old[m] >= 0 for m in there):
        return range(0)
    return there


def _agreement(
    to_new: list[int], neighbours: range, edge: int, step: int, at_border: bool
) -> float:
    """The share of the nearest words beside a passage that went to the same side of `edge`.

    The nearer they are, the more they count. A passage at the border of the text has none on that
    side; what agrees then is that it is at the border still.
    """
    asked = neighbours[:NEIGHBOURS]
    weights = range(NEIGHBOURS, NEIGHBOURS - len(asked), -1)
    agreeing = sum(
        weight
        for weight, distance, k in zip(weights, count(1), asked, strict=False)
        if to_new[k] >= 0 and 0 < step * (to_new[k] - edge) <= distance + NEIGHBOURS
    )
    return agreeing / sum(weights) if asked else float(at_border)
