"""The script that draws every screen draws them, whatever has changed in the window."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from docs.make_screens import DIALOGS
from reader.ui.widgets.theme import THEMES

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.slow
def test_every_screen_is_drawn_in_three_themes(tmp_path: Path) -> None:
    made = subprocess.run(
        [sys.executable, "-m", "docs.make_screens", str(tmp_path)],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert made.returncode == 0, made.stderr
    drawn = {path.stem for path in tmp_path.glob("*.png")}
    for theme in THEMES:
        wanted = {"reading", "finding", "marking", "writing", "reference", *DIALOGS}
        wanted |= {"notebook", "review", "pages", "pages-in-twos"}
        assert {f"{name}-{theme}" for name in wanted} <= drawn
