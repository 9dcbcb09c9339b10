"""The counters share nothing with what they judge."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conservation.counters import FORMATS, counter_for
from tests.test_architecture import imports, top

HERE = Path(__file__).resolve().parent


def test_the_counters_import_nothing_of_the_reader() -> None:
    files = [HERE / "counted.py", *sorted((HERE / "counters").glob("*.py"))]
    assert len(files) > len(FORMATS)
    for path in files:
        names = imports(path)
        assert "reader" not in {top(name) for name in names}, path
        ours = {name for name in names if top(name) == "tests"}
        counting = ("tests.conservation.counted.", "tests.conservation.counters.")
        assert all(name.startswith(counting) for name in ours), path


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_a_counter(name: str) -> None:
    assert counter_for(name).__module__ == f"tests.conservation.counters.{name}"
