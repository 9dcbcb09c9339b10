"""Two people share a laptop and its account; one of them sets a passphrase."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from reader.paths import Paths
from reader.store import key_file
from reader.store.encryption import is_clear
from reader.store.notes import open_notes
from tests.journeys.locking import ANNAS, BEN, CHANGED

ROOT = Path(__file__).resolve().parents[2]


def holding(folder: Path, word: str) -> list[Path]:
    """The files in which a word stands, in any encoding that text may have."""
    encoded = [word.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if any(one in path.read_bytes() for one in encoded)]


def entropy_bits(content: bytes) -> float:
    """Shannon's entropy of a byte: 8 for noise, 4 to 5 for text."""
    shares = [count / len(content) for count in Counter(content).values()]
    return -sum(share * math.log2(share) for share in shares)


@pytest.mark.slow
def test_nothing_of_a_locked_user_is_on_the_disk_or_on_the_screen(tmp_path: Path) -> None:
    paths = Paths(tmp_path / "data")
    open_notes(paths, "ben").close()
    shots = tmp_path / "shots"
    shots.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.locking", str(paths.data), str(shots)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout.splitlines() == [
        "encrypted 1",
        "locked 1",
        "ben 0",
        "anna ['zyxodraft', 'zyxonote'] False",
        "drafts 0",
        "unlocked",
    ]
    assert {word: holding(paths.data, word) for word in ANNAS} == {word: [] for word in ANNAS}
    assert paths.notes("ben") in holding(paths.data, BEN)
    copies = [paths.notes("anna"), *(paths.user("anna") / "backups").glob("*.db")]
    assert len(copies) > 1
    for path in copies:
        assert not is_clear(path)
        assert entropy_bits(path.read_bytes()) > 7.9
    log = (paths.log / "offprint.log").read_text(encoding="utf-8")
    assert "bug" not in log
    key = key_file.unlock(paths.notes("anna"), CHANGED)
    assert key.value.hex() not in log
    with closing(open_notes(paths, "anna", key=key)) as notes:
        assert len(notes.all()) == 2
