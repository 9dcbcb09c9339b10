from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.paths import Paths
from reader.store.library import Library
from reader.store.notes import Notes
from tests.store.samples import a_clock


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "data")


@pytest.fixture
def library(paths: Paths) -> Iterator[Library]:
    library = Library(paths, a_clock())
    yield library
    library.close()


@pytest.fixture
def notes(paths: Paths) -> Iterator[Notes]:
    notes = Notes(paths.notes("anna"), "ward-pc", a_clock())
    yield notes
    notes.close()
