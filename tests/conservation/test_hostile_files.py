"""The law over hostile files, where these open."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.importers.pdf.read import read
from tests.conservation.counters.pdf import count
from tests.conservation.law import broken
from tests.hostile.printed import SHOWN

# Of these the importer reads a part and says so, or PDFium opens them for it alone.
_IN_PART = {
    "cut-off.pdf",
    "words-bomb.pdf",
    "words-all-over.pdf",
    "10000-pages.pdf",
    "font-of-itself.pdf",
}
_LONG = {"long-outline.pdf", "laughing-forms.pdf", "claims-pages.pdf", "20000-fields.pdf"}


@pytest.mark.parametrize("name", sorted(SHOWN.keys() - _IN_PART - _LONG))
def test_nothing_vanishes(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(SHOWN[name])
    document = read(path).document
    assert broken(count(path), document) == []
