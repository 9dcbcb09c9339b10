"""The log, the crash report and the report hold no word of what is read, written or looked for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from reader.paths import Paths
from reader.store.notes import open_notes
from tests.journeys.logged import WORD
from tests.journeys.test_locking import holding

ROOT = Path(__file__).resolve().parents[1]


def files(folder: Path) -> Path:
    """Good and bad files of many kinds, with the word in their names and in what they say."""
    folder.mkdir()
    said = f"{WORD}text: give half a tablet. ".encode()
    made = {
        "good.txt": f"{WORD}title\n\nGive half a tablet of {WORD}text.\n".encode(),
        "bad.pdf": b"%PDF-1.7\n" + said * 50,
        "bad.docx": b"PK\x03\x04" + said * 20,
        "bad.epub": b"PK\x05\x06" + bytes(18) + said,
        "bad.xml": b"<article><front>" + said + b"</article>",
        "bad.html": b"<html><title>" + said + b"<table><tr><td colspan=99999999>" + said,
        "bad.rtf": b"{\\rtf1 \\bin999999999 " + said,
        "bad.nbib": b"PMID- x\nTI  - " + said,
        "bad.json": b'{"annotations": [{"target": "' + said + b'"}]}',
        "bad.mustache": b"{{#" + said + b"}}",
        "My Clippings.txt": b"==========\n" + said + b"\n- Your Highlight\n\n" + said,
        "empty.pdf": b"",
        "unknown.bin": bytes(range(256)) + said,
    }
    for name, content in made.items():
        (folder / f"{WORD}{name}").write_bytes(content)
    with zipfile.ZipFile(folder / f"{WORD}odd.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document>{WORD}text")
    return folder


@pytest.mark.slow
def test_a_day_on_which_much_goes_wrong_leaves_no_word_in_what_is_logged(tmp_path: Path) -> None:
    paths = Paths(tmp_path / "data")
    open_notes(paths, "anna").close()
    temporary, home = tmp_path / "temporary", tmp_path / "home"
    for folder in (temporary, home):
        folder.mkdir()
    brought = files(tmp_path / "files")
    places = {name: str(temporary) for name in ("TMPDIR", "TEMP", "TMP")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.logged", str(paths.data), str(brought)],
        cwd=ROOT,
        env={**os.environ, **places, "HOME": str(home), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.stdout.splitlines() == ["worked", "failed"], done.stderr
    assert done.returncode == -signal.SIGSEGV
    # Where a desktop starts it, what is said there goes to the system's log.
    assert WORD not in done.stdout + done.stderr
    # It did happen, and where it was is written down.
    logged = (paths.log / "offprint.log").read_text(encoding="utf-8")
    for said in ("bug KeyError", "bug FileNotFoundError", "bug ValueError", "A bug while a file"):
        assert said in logged
    assert "chores.py" in logged
    assert "Segmentation fault" in (paths.log / "crash.log").read_text(encoding="utf-8")
    assert (paths.log / "report.txt").exists()
    assert (tmp_path / f"{WORD}export.json").exists()
    for folder in (paths.log, temporary, home):
        assert holding(folder, WORD) == []
        assert [path for path in folder.rglob("*") if WORD in path.name] == []
