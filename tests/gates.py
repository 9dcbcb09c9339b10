"""The quality gates: style, types, architecture, tests, coverage."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The tests on every core. Whoever has run out of tests takes some of another's.
ALL_TESTS = ("pytest", "--numprocesses=auto", "--dist=worksteal")
CHECKS = {
    "style": ("-m", "ruff", "check", "."),
    "format": ("-m", "ruff", "format", "--check", "."),
    "types": ("-m", "mypy"),
    # It has no -m of its own.
    "architecture": ("-c", "from importlinter.cli import lint_imports_command as run; run()"),
    "tests": ("-m", "coverage", "run", "-m", *ALL_TESTS),
}
# Where a mistake would lose or misplace what somebody wrote, every branch is taken by a test.
EVERY_BRANCH = "reader/model/*,reader/store/*,reader/search/*"
COVERAGE = {
    "every branch of model, store and search": (f"--include={EVERY_BRANCH}", "--fail-under=100"),
    "90 % of the rest": (f"--omit={EVERY_BRANCH}", "--fail-under=90"),
}


def main(arguments: list[str]) -> int:
    """Run all gates; with "quick" style and the tests that are not slow; else pytest's arguments.

    Gives the exit code.
    """
    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "QT_FONT_DPI": "96"}
    if arguments == ["quick"]:
        failed = [name for name in ("style", "format") if gate(name, *CHECKS[name])]
        failed += ["tests"] if gate("tests", "-m", *ALL_TESTS, "-q", "-m", "not slow") else []
        print(f"Failed: {', '.join(failed)}." if failed else "Passed, but for what is slow.")
        return 1 if failed else 0
    if arguments:
        return run("-m", "pytest", *arguments)
    run("-m", "coverage", "erase")
    failed = [name for name, command in CHECKS.items() if gate(name, *command)]
    run("-m", "coverage", "combine", "--quiet")
    for name, options in COVERAGE.items():
        if gate(f"coverage: {name}", "-m", "coverage", "report", *options):
            failed.append(name)
    print(f"Failed: {', '.join(failed)}." if failed else "All gates passed.", flush=True)
    return 1 if failed else 0


def gate(name: str, *command: str) -> int:
    """Runs one gate under its name."""
    print(f"── {name}", flush=True)
    return run(*command)


def run(*command: str) -> int:
    """Runs something in this environment's Python; gives its exit code."""
    return subprocess.run([sys.executable, *command], cwd=ROOT, check=False).returncode
