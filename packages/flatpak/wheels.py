"""Fetches the locked wheels, each checked against its hash, for a Flatpak that is built offline.

    python3 packages/flatpak/wheels.py [FOLDER]

Standard library only; pip does the work.
"""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
# The Python of the runtime that the manifest names, and its C library.
PYTHON = "3.13"
GLIBC = "2_40"


def main(arguments: list[str]) -> int:
    """Fetches them; gives the exit code of the fetching.

    Markers in the lock are judged by the Python that runs this: it must be the runtime's.
    """
    if f"{sys.version_info.major}.{sys.version_info.minor}" != PYTHON:
        sys.exit(f"Start this with Python {PYTHON}: python{PYTHON} packages/flatpak/wheels.py")
    folder = Path(arguments[0]) if arguments else HERE / "wheels"
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:"]
    command += ["--require-hashes", "--requirement", str(ROOT / "resources/locks/run.txt")]
    for version in (GLIBC, "2_34", "2_28", "2_17"):
        command += ["--platform", f"manylinux_{version}_{platform.machine()}"]
    return subprocess.run([*command, "--dest", str(folder)], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
