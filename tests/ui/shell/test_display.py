"""Where no window can be shown, one sentence says why."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux can lack these")
_LACKING = """
import sys
from reader.bootstrap import system_libraries
from reader.ui.shell import display
system_libraries.loads = lambda library: library != "libxcb-cursor.so.0"
def missing(name):
    raise OSError(name)
display.ctypes.CDLL = missing
from reader.cli.main import main
sys.exit(main(["--data", sys.argv[1]]))
"""


def start(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Python with a display that is not there, and no other."""
    unwanted = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "LC_ALL", "LC_CTYPE", "LANG")
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_display_that_does_not_answer(tmp_path: Path) -> None:
    done = start("-m", "reader", "--data", str(tmp_path / "data"), DISPLAY=":9999")
    assert done.returncode == 1
    assert done.stderr == (
        "The display “:9999” cannot be reached, so no window can be shown. Start Offprint from a "
        "desktop, or as the user who is logged in there.\n"
    )


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is missing")
def test_a_display_that_nobody_uses_begins_anew_for_no_question_of_ours() -> None:
    shown = "from reader.app import make_application; make_application(); print('shown')"
    with subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdout is not None
        name = f":{server.stdout.readline().strip()}"
        said = [start("-c", shown, DISPLAY=name).stdout for _ in range(3)]
        server.terminate()
    assert said == ["shown\n"] * 3


def test_libraries_that_the_system_lacks(tmp_path: Path) -> None:
    done = start("-c", _LACKING, str(tmp_path / "data"), DISPLAY=":9999")
    assert done.returncode == 1
    assert done.stderr.startswith("Offprint needs a few libraries of the system. Type this once")
    assert "xcb-cursor" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", ["LC_ALL", "LC_CTYPE"])
def test_a_language_without_letters_is_no_reason_to_complain(name: str, tmp_path: Path) -> None:
    data, picture = tmp_path / "data", tmp_path / "window.png"
    words = ("-I", "-c", "import sys; sys.path.insert(0, '.'); from reader.cli.main import main; ")
    told = f"main(['--data', {str(data)!r}, '--screenshot', {str(picture)!r}])"
    done = start(*words[:-1], words[-1] + told, **{name: "C"})
    assert done.returncode == 0
    assert done.stderr == ""
    assert picture.stat().st_size > 20_000
