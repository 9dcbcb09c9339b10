"""What Windows gets is built, where the tools are, and holds what it must."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("uv", "x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-objdump", "icotool", "makensis")
MISSING = [one for one in (*TOOLS, "python3.13") if shutil.which(one) is None]
# About two minutes and what the network carries: by hand and in a public CI, with
#     OFFPRINT_BUILD=1 python3 -m tests tests/packages/test_windows.py
ASKED = bool(os.environ.get("OFFPRINT_BUILD"))


@pytest.mark.slow
@pytest.mark.skipif(not ASKED, reason="built when OFFPRINT_BUILD is set")
@pytest.mark.skipif(bool(MISSING), reason=f"missing: {', '.join(MISSING)}")
def test_the_files_for_windows_are_built_and_small(tmp_path: Path) -> None:
    build = [sys.executable, str(ROOT / "packages" / "windows" / "build.py"), str(tmp_path)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (setup,) = tmp_path.glob("*-setup.exe")
    (portable,) = tmp_path.glob("*-portable.zip")
    assert setup.stat().st_size <= 55_000_000
    with zipfile.ZipFile(portable) as packed:
        names = set(packed.namelist())
        # With a user's folder before them they stay under the 260 that Windows opens.
        assert max(map(len, names)) <= 140
        assert sum(one.file_size for one in packed.infolist()) <= 170_000_000
    ours = subprocess.run(
        ["git", "ls-files", "reader"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in ours.stdout.split():
        if not name.startswith("reader/bootstrap/"):
            assert f"Offprint/app/{name}" in names
    for name in ("offprint.exe", "offprint.com", "LICENSE.txt", "offprint-data/"):
        assert f"Offprint/{name}" in names
