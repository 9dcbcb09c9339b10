"""The quality gates: style, types, architecture, tests, coverage."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Branch coverage in percent, by room; what no room names must reach the last.
GATES = (
    ("reader/model/*,reader/store/*,reader/search/*", 100),
    ("reader/*", 90),
)


def run(title: str, *command: str) -> bool:
    """Runs one gate in this environment's Python; whether it passed."""
    print(f"── {title}", flush=True)
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=False).returncode == 0


def main(arguments: list[str]) -> int:
    """Runs the gates, and gives the exit code."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_FONT_DPI"] = "96"
    if arguments:
        return 0 if run("tests", "pytest", *arguments) else 1
    passed = [
        run("style", "ruff", "check", "."),
        run("format", "ruff", "format", "--check", "."),
        run("types", "mypy"),
        run("architecture", "importlinter.cli"),
        run("tests", "coverage", "run", "-m", "pytest", "-q"),
    ]
    subprocess.run([sys.executable, "-m", "coverage", "combine", "-q"], cwd=ROOT, check=False)
    for rooms, percent in GATES:
        title = f"coverage of {rooms}: {percent} %"
        passed.append(
            run(title, "coverage", "report", f"--include={rooms}", f"--fail-under={percent}")
        )
    failed = passed.count(False)
    print(f"gates: {len(passed) - failed} passed, {failed} failed")
    return 1 if failed else 0
