"""An import that is killed leaves whole documents only, and the rest is taken in afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from reader.paths import Paths
from reader.store.library import Library

ROOT = Path(__file__).parent.parent
FILES = 40


def importing(paths: Paths, folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "reader", "--data", str(paths.data), "import", str(folder)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def test_an_import_that_is_killed_goes_on_where_it_was(paths: Paths, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(FILES):
        words = " ".join(f"Number {number} is {number * k}." for k in range(400))
        (folder / f"{number}.txt").write_text(f"Text Number {number}\n\n{words}\n")
    first = importing(paths, folder)
    deadline = time.monotonic() + 60
    while not (paths.documents.is_dir() and len(list(paths.documents.iterdir())) >= FILES // 5):
        assert time.monotonic() < deadline
        time.sleep(0.005)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    with closing(Library(paths)) as library:
        then = {entry.id for entry in library.catalog.entries()}
        assert library.verify() == []
        for document_id in then:
            assert library.document(document_id).text
    assert 0 < len(then) < FILES
    assert importing(paths, folder).wait(60) == 0
    with closing(Library(paths)) as library:
        assert len(library.catalog.entries()) == FILES
        assert library.verify() == []
        assert library.catalog.unindexed() == []
