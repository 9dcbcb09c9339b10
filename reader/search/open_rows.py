"""Rows of words whose last one stands for very many, as in a phrase that is being typed.

To put all places of all these words in order would take longer than to find the row: we look only
where the words before it end.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from reader.search.arrays import Array
from reader.search.index_view import View
from reader.search.positions import PASSAGE_SHIFT, Occurrences, chained, in_order
from reader.search.postings import Postings, chunks, runs
from reader.search.segment import Segment

_SLOT = (1 << PASSAGE_SHIFT) - 1
# Of more rows than these it pays to look only where the words before them end.
MANY_ROWS = 50_000


def followed(view: View, row: Occurrences, last: Postings) -> Occurrences:
    """The places in the text where one of a row is followed by a word."""
    ends = row.keys + row.widths
    edges = np.searchsorted(ends, view.bases << PASSAGE_SHIFT).tolist()
    none = np.zeros(0, np.int64)
    keys, widths = [none], [none]
    for number, (segment, words) in enumerate(zip(view.segments, last.words, strict=True)):
        here = ends[edges[number] : edges[number + 1]]
        if len(here) and len(words):
            base = int(view.bases[number]) << PASSAGE_SHIFT
            for found, width in _beginning_at(segment, words, here - base):
                keys.append(found + base)
                widths.append(width)
    places = in_order(np.concatenate(keys), np.concatenate(widths))
    before = int(row.widths[0]) if len(row.widths) else 0
    if (row.widths == before).all():
        return Occurrences(places.keys - before, places.widths + before)
    return chained([row, places])


def _beginning_at(segment: Segment, words: Array, keys: Array) -> Iterator[tuple[Array, Array]]:
    """The keys at which one of the words begins, and their widths, some at a time."""
    field = segment.fields["text"]
    passages, slots = keys >> PASSAGE_SHIFT, keys & _SLOT
    # What ends with its passage is followed by nothing.
    inside = slots < segment.arrays["passage.slots"][passages]
    marked = np.zeros(int(segment.slots[-1]), bool)
    marked[segment.slots[passages[inside]] + slots[inside]] = True
    for some, which in chunks(field, words):
        times = field.frequencies[which]
        positions = field.positions[runs(field.places, some)]
        places = np.repeat(segment.slots[field.passages[which]], times) + positions
        begun = np.flatnonzero(marked[places])
        rows = np.searchsorted(np.cumsum(times, dtype=np.int64), begun, "right")
        word = np.searchsorted(np.cumsum(field.counts[some], dtype=np.int64), rows, "right")
        yield (
            (field.passages[which][rows].astype(np.int64) << PASSAGE_SHIFT) + positions[begun],
            field.widths[some][word].astype(np.int64),
        )
