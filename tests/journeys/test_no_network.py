from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_a_whole_journey_opens_no_socket_that_leaves_the_machine(tmp_path: Path) -> None:
    calls = tmp_path / "calls"
    journey = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider")
    story = "tests/journeys/test_reading.py"
    traced = ("strace", "-f", "-qq", "-e", "trace=network", "-o", str(calls), *journey, story)
    run = subprocess.run(traced, cwd=ROOT, check=False, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stdout[-2000:]
    sockets = re.findall(r"\bsocket\((\w+)", calls.read_text())
    # What joins our own processes, and the display, is local.
    assert set(sockets) <= {"AF_UNIX"}
