"""The law over files made at random: nothing that they show is lost, in no format."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.importers.registry import importer_for
from reader.importers.result import HEAD_BYTES
from tests.conservation.counters import counter_for
from tests.conservation.law import broken
from tests.conservation.makers import SUFFIXES, content_left_out, written

# Those of which the importer holds to the law whatever is drawn.
HOLDING = ("text", "markdown", "jats", "epub", "docx", "rtf", "pdf")


@pytest.mark.parametrize("name", HOLDING)
@settings(max_examples=15)
@given(random=st.randoms(use_true_random=False))
def test_nothing_vanishes(tmp_path: Path, name: str, random: Random) -> None:
    path = tmp_path / f"a.{SUFFIXES[name]}"
    path.write_bytes(written(name, random))
    document = importer_for(path, path.read_bytes()[:HEAD_BYTES])(path).document
    counted = counter_for(name)(path)
    assert counted
    assert broken(counted, document) == []
    assert content_left_out(document) == []
