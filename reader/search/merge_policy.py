"""Which segments of an index are made one: a few while somebody waits, many when nobody does.

Each question asks every segment, so that few are quicker; but what a segment holds is written
again each time that it is made one with others.
"""

from __future__ import annotations

import math

from reader.search.whoosh_index import Segments

TIER = 4
# So many passages at most are made one at once in idle time: more takes longer and more memory,
# and questions get hardly quicker by it. Measured in docs/search.md.
SLICE_PASSAGES = 32_768
_SMALLEST_TIER = 64
# A segment is written again only with others that have together a third of its passages.
_LARGEST = 3


def of_one_tier(segments: Segments, most: int) -> Segments:
    """Segments of about one size that are many, and at most so many passages; or none."""
    tiers: dict[int, Segments] = {}
    for entry in segments:
        size = max(entry.doc_count(), _SMALLEST_TIER)
        tiers.setdefault(int(math.log(size / _SMALLEST_TIER, TIER)), []).append(entry)
    for _, tier in sorted(tiers.items()):
        chosen: Segments = []
        for entry in sorted(tier, key=lambda s: s.doc_count()):
            if sum(s.doc_count() for s in chosen) + entry.doc_count() <= most:
                chosen.append(entry)
        if len(chosen) >= TIER:
            return chosen
    return []


def of_a_slice(segments: Segments, most: int) -> Segments:
    """The smallest segments, as far as that pays, or one with much deleted; or none."""
    chosen = 0
    ascending = sorted(segments, key=lambda s: s.doc_count())
    passages = 0
    for number, entry in enumerate(ascending):
        smaller, passages = passages, passages + entry.doc_count()
        if passages > most:
            break
        if entry.doc_count() <= _LARGEST * smaller:
            chosen = number + 1
    if chosen:
        return ascending[:chosen]
    return next(([s] for s in segments if s.deleted_count() > s.doc_count() // 4), [])
