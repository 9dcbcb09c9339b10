from __future__ import annotations

from random import Random

import numpy as np
import pytest

from reader.search.inverter import invert
from reader.search.segment import Segment
from reader.search.segment_merge import merge
from tests.search.samples import a_document


@pytest.mark.parametrize("seed", range(8))
def test_merged_segments_are_as_if_all_had_been_inverted_at_once(seed: int) -> None:
    chance = Random(seed)
    documents = [a_document(chance, f"d{n}") for n in range(9)]
    kept = [d for d in documents if chance.random() < 0.7]
    segments = [Segment(invert(documents[n : n + 3])) for n in range(0, 9, 3)]
    ids = {document.id for document in kept}
    alive = [
        np.array([s.document_ids[d] in ids for d in s.arrays["passage.document"].tolist()], bool)
        for s in segments
    ]
    merged, expected = merge(segments, alive), invert(kept)
    assert merged.keys() == expected.keys()
    for name, array in expected.items():
        assert merged[name].tolist() == array.tolist(), name
        assert merged[name].dtype == array.dtype, name
