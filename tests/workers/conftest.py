from __future__ import annotations

from contextlib import closing

import pytest

from reader.paths import Paths
from reader.store.library import Library
from tests.store.samples import a_document


@pytest.fixture
def two(paths: Paths) -> list[str]:
    """A library with two documents that are not indexed."""
    with closing(Library(paths)) as library:
        documents = [a_document(b"Give half a tablet."), a_document(b"Once a day.")]
        for document in documents:
            library.add(document, document.text.encode(), {"p.png": b"picture"})
    return [document.id for document in documents]
