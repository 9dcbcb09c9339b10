"""Wine, and what Windows gets in it: for the tests that use the program as Windows would."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEAST = 10
# Wine 10 has no `crealf`, which later builds of numpy import, and lacks what later Qts import. With
# these the program is tried there; the newest, which are handed over, run on a real Windows only.
OLDER = {"numpy": "2.1.0", "pyside6-essentials": "6.8.3", "shiboken6": "6.8.3"}


def wine() -> str | None:
    """The command: `OFFPRINT_WINE`, or `wine` where it is new enough."""
    found = os.environ.get("OFFPRINT_WINE") or shutil.which("wine")
    if found is None:
        return None
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    number = re.search(r"wine-(\d+)", said)
    return found if number and int(number[1]) >= LEAST else None


def older_lock(lock: str) -> str:
    """The locked packages, without hashes, but for the few that Wine cannot load."""
    lines = []
    for name, version, marker in re.findall(r"^([\w.-]+)==(\S+)( ; .*?)?(?: \\)?$", lock, re.M):
        if name not in OLDER:
            lines.append(f"{name}=={version}{marker}")
    lines += [f"{name}=={version}" for name, version in OLDER.items()]
    return "\n".join(lines) + "\n"


def build(folder: Path) -> None:
    """Builds the ZIP and the installer with the packages that Wine can load."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = folder / "older.txt"
    lock.write_text(older_lock((ROOT / "resources/locks/run.txt").read_text(encoding="utf-8")))
    command = [sys.executable, str(ROOT / "packages/windows/build.py"), str(folder)]
    subprocess.run([*command, "--lock", str(lock)], check=True, capture_output=True)


def for_windows(path: Path) -> str:
    """What Wine calls a file of this system."""
    return "Z:" + str(path).replace("/", "\\")


@dataclass(frozen=True)
class Windows:
    """A Windows of its own in a folder, and a program in it."""

    wine: str
    prefix: Path

    @property
    def home(self) -> Path:
        """The folder of its user."""
        (folder,) = (
            one for one in (self.prefix / "drive_c/users").iterdir() if one.name != "Public"
        )
        return folder

    def environment(self) -> dict[str, str]:
        # No debugger, which would wait for somebody, and nothing that Wine would fetch.
        overrides = "winedbg.exe=d;mscoree,mshtml="
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("QT_")},
            "WINEPREFIX": str(self.prefix),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": overrides,
        }

    def run(
        self,
        *words: str | Path,
        told: str | None = None,
        code: int | None = 0,
        seconds: float = 900,
    ) -> subprocess.CompletedProcess[str]:
        """A program with these words, paths as Windows writes them; it must end with `code`."""
        done = subprocess.run(
            self.command(words),
            env=self.environment(),
            input=told,
            stdin=subprocess.DEVNULL if told is None else None,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=seconds,
            check=False,
        )
        assert code is None or done.returncode == code, f"{words}: {done.stdout}{done.stderr}"
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def start(self, *words: str | Path) -> subprocess.Popen[str]:
        """The same, not waited for; it is written to and read from."""
        return subprocess.Popen(
            self.command(words),
            env=self.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )

    def command(self, words: Sequence[str | Path]) -> list[str]:
        return [self.wine, *(for_windows(one) if isinstance(one, Path) else one for one in words)]

    def registry(self, key: str) -> str:
        """What the registry has under a key of the user; "" for nothing."""
        done = self.run("reg", "query", f"HKCU\\{key}", "/s", code=None)
        return "" if done.returncode else done.stdout
