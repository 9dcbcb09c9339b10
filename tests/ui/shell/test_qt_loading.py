"""PySide6 is loaded with less than it would load by itself, and is whole all the same."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import shiboken6

_LOADED = """
import builtins, json, sys
from reader.ui.shell.qt_loading import load_qt, map_qt
finders = list(sys.meta_path)
{before}
load_qt()
from PySide6.QtCore import QSize
try:
    QSize("wide")
    said = ""
except TypeError as error:
    said = str(error)
generator = sys.modules["shibokensupport.signature.lib.pyi_generator"]
print(json.dumps({{
    "watched": builtins.__import__ is builtins.__feature_import__,
    "finders": sys.meta_path == finders,
    "generator": [name for name in vars(generator) if not name.startswith("__")],
    "said": said,
}}))
"""


@pytest.mark.parametrize("before", ["", "map_qt()"])
def test_qt_is_whole_without_what_writes_stubs(before: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LOADED.format(before=before)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.stderr == ""
    found = json.loads(done.stdout)
    assert not found["watched"]
    assert found["finders"]
    # Where PySide's modules are not laid out, it finds its own before anybody is asked.
    if Path(shiboken6.__file__).with_name("files.dir").exists():
        assert found["generator"] == []
    assert "QSize" in found["said"]
    assert "supported" in found["said"].lower()


def test_libraries_that_are_not_there_stop_nothing() -> None:
    gone = _LOADED.replace("{before}", "import ctypes; ctypes.CDLL = gone; map_qt()")
    gone = "def gone(_name): raise OSError\n" + gone
    done = subprocess.run(
        [sys.executable, "-c", gone.replace("{{", "{").replace("}}", "}")],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.stderr == ""
    assert json.loads(done.stdout)["finders"]
