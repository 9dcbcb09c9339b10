"""A library comes from another computer in one file; the one that was here stays."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from reader.model.annotation import Change
from reader.paths import Paths
from reader.services.library_exchange import former
from reader.services.pack_file import look
from reader.store.library import Library
from reader.store.notes import open_notes
from tests.journeys.moving import USER
from tests.services.test_library_files import filled, packed
from tests.store.samples import an_annotation

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_a_library_is_opened_from_a_file_and_the_former_one_put_back(tmp_path: Path) -> None:
    here = filled(tmp_path / "here", USER, words=b"Give 5 mg here.")
    there = filled(tmp_path / "there", USER, "ben", words=b"Give 5 mg there.")
    for paths in (there, here):
        with closing(Library(paths)) as library:
            library.set_seeded()
    pack = packed(there, tmp_path / "all.offprint-library")
    with closing(open_notes(here, USER)) as notes:
        notes.apply(Change(None, an_annotation(2)))
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.moving", str(here.data), str(pack)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    first, second, third = done.stdout.splitlines()
    assert (first, second, third) == ("A title | 2", "A title | 1", "A title | 2")
    ((kept, _),) = former(here)
    assert Paths(kept).users() == [USER, "ben"]
    assert look(f"{pack}.new.offprint-library").users == [USER]
    assert "bug" not in (here.log / "offprint.log").read_text(encoding="utf-8")
