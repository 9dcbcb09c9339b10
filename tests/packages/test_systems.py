"""The program holds together on systems that lack what Linux has."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Everything is loaded once as it is, with the libraries, whose builds for Windows are others. Then
# what Windows has not is taken away, and our modules are loaded again.
_WITHOUT = """
import importlib, os, pkgutil, signal, sys, types
import reader

def load():
    names = [one.name for one in pkgutil.walk_packages(reader.__path__, "reader.")]
    for name in names:
        if not name.endswith("__main__"):
            importlib.import_module(name)
    return len(names)

load()
for name in ("uname", "fork", "forkpty", "geteuid", "getuid", "mkfifo", "set_blocking", "statvfs",
             "O_NONBLOCK", "O_CLOEXEC", "O_PATH", "O_DIRECTORY", "O_NOFOLLOW", "O_ACCMODE",
             "killpg", "getpgid", "chown", "register_at_fork", "posix_fallocate", "sync"):
    if hasattr(os, name):
        delattr(os, name)
for name in ("SIGKILL", "SIGHUP"):
    delattr(signal, name)
for name in ("fcntl", "resource", "pwd", "grp", "termios", "pty"):
    sys.modules[name] = None
sys.modules["msvcrt"] = types.ModuleType("msvcrt")
for name in [one for one in sys.modules if one.startswith("reader.")]:
    del sys.modules[name]
sys.platform = "win32"
import multiprocessing.connection
multiprocessing.connection.PipeConnection = multiprocessing.connection.Connection
print(load())
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="it has none of it anyway")
def test_every_module_loads_without_what_windows_lacks() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 300


@pytest.mark.slow
@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_the_types_hold_on_other_systems(system: str) -> None:
    # Each system keeps what it has checked, or the next one would begin from nothing.
    cache = ("--cache-dir", f".mypy_cache/{system}")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--platform", system, *cache, "reader", "main.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
