"""The window opens whatever language the system speaks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCALES = (
    *("tr_TR", "az_AZ", "de_DE", "fr_FR", "el_GR", "ru_RU"),
    *("ar_EG", "fa_IR", "hi_IN", "th_TH", "zh_CN", "ja_JP"),
)


def open_window(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Draws the window with these words in the environment, in a data folder of its own."""
    names = ("LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE")
    kept = {name: value for name, value in os.environ.items() if name not in names}
    return subprocess.run(
        [sys.executable, "-m", "reader", "--data", str(folder / "data")]
        + ["--screenshot", str(folder / "window.png")],
        cwd=ROOT,
        env={**kept, "QT_QPA_PLATFORM": "offscreen", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def is_drawn(folder: Path, done: subprocess.CompletedProcess[str]) -> bool:
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return (folder / "window.png").stat().st_size > 20_000


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such variables")
@pytest.mark.parametrize("name", ["C", "POSIX", "no_SUCH.UTF-8"])
def test_the_window_opens_without_a_language(tmp_path: Path, name: str) -> None:
    assert is_drawn(tmp_path, open_window(tmp_path, LC_ALL=name))


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("localedef") is None or not Path("/usr/share/i18n/locales/tr_TR").exists(),
    reason="the sources of languages are missing (Debian: apt-get install locales)",
)
@pytest.mark.parametrize("name", LOCALES)
def test_the_window_opens_in_every_language(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "locales"
    folder.mkdir()
    made = ["localedef", "--no-archive", "-i", name, "-f", "UTF-8", str(folder / f"{name}.UTF-8")]
    subprocess.run(made, check=False, capture_output=True)
    assert (folder / f"{name}.UTF-8" / "LC_CTYPE").exists()
    assert is_drawn(tmp_path, open_window(tmp_path, LOCPATH=str(folder), LC_ALL=f"{name}.UTF-8"))
