from __future__ import annotations

from random import Random

import pytest

from reader.search.merge_policy import TIER, of_a_slice, of_one_tier
from reader.search.whoosh_codec import ArraySegment
from reader.search.whoosh_index import INDEX_NAME, Segments

MOST = 1000


def a_segment(passages: int, deleted: int = 0) -> ArraySegment:
    entry = ArraySegment(INDEX_NAME, passages)
    entry.deleted = set(range(deleted))
    return entry


def merged(segments: Segments, chosen: Segments) -> Segments:
    others = [entry for entry in segments if entry not in chosen]
    return [*others, a_segment(sum(entry.doc_count() for entry in chosen))]


def sizes(segments: Segments) -> list[int]:
    return [entry.doc_count() for entry in segments]


@pytest.mark.parametrize("seed", range(20))
def test_slices_end_in_few_segments_and_write_nothing_often(seed: int) -> None:
    chance = Random(seed)
    segments = [a_segment(chance.randrange(1, chance.choice((10, 100, 600)))) for _ in range(80)]
    everything = sum(sizes(segments))
    written = 0
    while chosen := of_a_slice(segments, MOST):
        assert len(chosen) > 1
        assert sum(sizes(chosen)) <= MOST
        # The largest is not written again for the sake of a few passages.
        assert max(sizes(chosen)) <= 0.75 * sum(sizes(chosen))
        written += sum(sizes(chosen))
        segments = merged(segments, chosen)
    assert sum(sizes(segments)) == everything
    assert written <= 3 * everything
    # No two of the large ones fit into one, and the small ones are each much larger than the last.
    small = sorted(size for size in sizes(segments) if size <= MOST // 2)
    assert len(small) <= 6
    assert len(segments) - len(small) <= 2 * everything / MOST


def test_one_new_document_after_the_other_is_written_a_few_times_each() -> None:
    segments: Segments = []
    written = 0
    for _ in range(900):
        segments.append(a_segment(1))
        while chosen := of_a_slice(segments, MOST):
            written += sum(sizes(chosen))
            segments = merged(segments, chosen)
    assert len(segments) <= 8
    assert written <= 900 * 12


def test_what_does_not_pay_is_left() -> None:
    assert of_a_slice([], MOST) == []
    assert of_a_slice([a_segment(500)], MOST) == []
    assert of_a_slice([a_segment(501), a_segment(500)], MOST) == []
    assert of_a_slice([a_segment(500), a_segment(3)], MOST) == []


def test_a_segment_with_much_deleted_is_written_anew() -> None:
    whole, holed = a_segment(600), a_segment(900, 200)
    assert of_a_slice([whole, holed], MOST) == [holed]
    assert of_a_slice([whole, a_segment(900, 100)], MOST) == []


def test_while_somebody_waits_only_many_of_a_size_are_made_one() -> None:
    same = [a_segment(100 + n) for n in range(TIER)]
    assert of_one_tier([a_segment(700), *same], MOST) == same
    assert of_one_tier([a_segment(700), *same[1:]], MOST) == []
    assert of_one_tier(same, 300) == []
