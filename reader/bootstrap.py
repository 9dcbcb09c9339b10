"""Makes a private environment for Offprint, and has the system libraries that Qt needs, once.

Standard library only. Messages go to standard error; whatever cannot be done is one sentence and
exit code 1. OFFPRINT_WHEELS names a folder of wheels to install from, with no network at all.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
STAMP = "offprint-ready"
# What an interpreter that is somebody's own environment must be able to import to be used as it is.
NEEDS = {
    "run": ("PySide6", "whoosh", "lxml", "numpy", "markdown_it", "platformdirs"),
    "test": (
        "PySide6",
        "whoosh",
        "pytest",
        "pytestqt",
        "hypothesis",
        "mypy",
        "ruff",
        "importlinter",
    ),
}
# Shared libraries that Qt loads, with Debian's packages for them.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
OTHER_SYSTEMS = {
    "dnf": "dnf install mesa-libEGL mesa-libGL libX11-xcb dbus-libs fontconfig glib2 "
    "libxkbcommon libxkbcommon-x11 xcb-util-cursor xcb-util-image xcb-util-keysyms "
    "xcb-util-renderutil xcb-util-wm",
    "pacman": "pacman -S libglvnd libx11 dbus fontconfig glib2 libxkbcommon libxkbcommon-x11 "
    "xcb-util-cursor xcb-util-image xcb-util-keysyms xcb-util-renderutil xcb-util-wm",
    "zypper": "zypper install Mesa-libEGL1 Mesa-libGL1 libX11-xcb1 libdbus-1-3 fontconfig "
    "libglib-2_0-0 libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 "
    "libxcb-keysyms1 libxcb-render-util0",
}


def ensure(which: str) -> None:
    """Goes on in an interpreter that has all that `which` ("run" or "test") needs.

    Returns at once when this one has; else the process is replaced by the private one's, which is
    made first when it is not there. Does not return when something is missing that cannot be had.
    """
    lock_file = ROOT / "resources" / "locks" / f"{which}.txt"
    name = f".venv-{which}-{fingerprint(lock_file)}"
    places = [ROOT / name, cache_folder() / name]
    here = Path(sys.prefix)
    if here in places:
        return
    for place in places:
        if (place / STAMP).is_file():
            hand_over(place)
    if sys.prefix != sys.base_prefix and all(map(importlib.util.find_spec, NEEDS[which])):
        return
    place = places[0] if os.access(ROOT, os.W_OK) else places[1]
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with alone(place.with_name(place.name + ".lock")):
            if not (place / STAMP).is_file():
                set_up(place, lock_file)
    except OSError as error:
        give_up(f"Offprint cannot be set up in “{place.parent}”: {error.strerror}.")
    except KeyboardInterrupt:
        give_up("Interrupted; the next start goes on from here.", 130)
    hand_over(place)


def fingerprint(lock_file: Path) -> str:
    """A short name for what a lock file holds, for this Python on this kind of machine."""
    kind = f"{sys.version_info[:2]} {sysconfig.get_platform()}"
    return hashlib.sha256(lock_file.read_bytes() + kind.encode()).hexdigest()[:12]


def cache_folder() -> Path:
    """Where a user's programs keep what they can make again."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local", "Offprint")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "Offprint"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "offprint")


def python_of(place: Path) -> Path:
    """The interpreter of a private environment."""
    return place / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def hand_over(place: Path) -> NoReturn:
    """Goes on with the same arguments in the private interpreter."""
    python = str(python_of(place))
    arguments = [python, *sys.orig_argv[1:]]
    if not os.access(ROOT, os.W_OK):
        # A tree that cannot be written to has no place for compiled modules.
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(place / "compiled"))
    sys.stdout.flush()
    sys.stderr.flush()
    if sys.platform == "win32":
        sys.exit(subprocess.call(arguments))
    os.execv(python, arguments)


@contextlib.contextmanager
def alone(lock_path: Path) -> Iterator[None]:
    """Lets one process at a time go on; the others wait. The system frees what a dead one held."""
    with lock_path.open("a+") as lock:
        waited = False
        while not _lock(lock.fileno()):
            if not waited:
                say("Another start of Offprint is setting it up; waiting for it.")
            waited = True
            time.sleep(0.2)
        yield


def _lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def set_up(place: Path, lock_file: Path) -> None:
    """Makes the private environment whole; its stamp is written last.

    What an interrupted set-up left is cleared away first: environments cannot be moved, so that
    one is made in its place and counts only with the stamp.
    """
    begun = time.monotonic()
    say("Offprint sets itself up. This is done once and takes about half a minute.")
    if sys.platform.startswith("linux"):
        install_libraries(missing_libraries())
    if place.exists():
        shutil.rmtree(place)
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(place)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        give_up(f"Python cannot make a private environment: {last_line(made)}")
    install_packages(place, lock_file)
    (place / STAMP).write_text("", encoding="utf-8")
    say(f"Ready after {time.monotonic() - begun:.0f} s.")


def install_packages(place: Path, lock_file: Path) -> None:
    """Installs the locked packages, each checked against its hash."""
    command = [str(python_of(place)), "-m", "pip", "install", "--require-hashes", "--no-deps"]
    command += ["--only-binary", ":all:", "--no-input", "--disable-pip-version-check"]
    command += ["--no-warn-script-location", "--progress-bar", "off"]
    wheels = os.environ.get("OFFPRINT_WHEELS")
    if wheels:
        command += ["--no-index", "--find-links", wheels]
    command += ["--requirement", str(lock_file)]
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors:
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, text=True, errors="replace"
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                if line.startswith("Collecting "):
                    say("  " + line.split()[1].split("==")[0])
                elif line.startswith("Installing "):
                    say("  Installing …")
        if process.returncode == 0:
            return
        errors.seek(0)
        lines = [line.strip() for line in errors if line.strip()]
    shutil.rmtree(place, ignore_errors=True)
    words = " ".join(lines)
    if wheels:
        give_up(f"The folder “{wheels}” does not hold all that Offprint needs: {lines[-1:]}")
    if "onnection" in words or "resolve" in words or "No matching distribution" in words:
        give_up(
            "Offprint needs the network once, to fetch the packages that it is made of, and could "
            "not reach them. Connect and start again, or set OFFPRINT_WHEELS to a folder of wheels."
        )
    give_up(f"Offprint's packages could not be installed: {(lines or ['pip failed'])[-1]}")


def missing_libraries() -> list[str]:
    """Debian's packages for what this system lacks, in order."""
    missing = [package for library, package in LIBRARIES.items() if not _loads(library)]
    if importlib.util.find_spec("ensurepip") is None:
        missing.insert(0, "python3-venv")
    return missing


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_libraries(packages: list[str]) -> None:
    """Installs system packages as root; else says the line to type, and ends."""
    if not packages:
        return
    apt = shutil.which("apt-get")
    if apt is None:
        tool = next((tool for tool in OTHER_SYSTEMS if shutil.which(tool)), None)
        line = f"sudo {OTHER_SYSTEMS[tool]}" if tool else " ".join(packages)
        give_up(f"Offprint needs some libraries of the system. Type this once: {line}")
    if os.geteuid() != 0:  # type: ignore[attr-defined,unused-ignore]
        line = f"sudo apt-get install --no-install-recommends {' '.join(packages)}"
        give_up(f"Offprint needs some libraries of the system. Type this once: {line}")
    say(f"  {len(packages)} system libraries")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        [apt, "install", "-qq", "-y", "--no-install-recommends", *packages],
        [apt, "update", "-qq"],
        [apt, "install", "-qq", "-y", "--no-install-recommends", *packages],
    ):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode == 0 and "install" in command:
            return
    give_up(f"The system libraries could not be installed: {last_line(done)}")


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    """The last thing that a command said."""
    lines = [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return lines[-1] if lines else f"exit code {done.returncode}"


def say(sentence: str) -> None:
    """Tells the person something while they wait."""
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


def give_up(sentence: str, code: int = 1) -> NoReturn:
    """Ends with one sentence."""
    say(sentence)
    sys.exit(code)
