"""Makes the private environment that launch.py goes on in: once, at the first start.

Standard library only. OFFPRINT_WHEELS names a folder of wheels to install from, with no network at
all.
"""

from __future__ import annotations

import compileall
import contextlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from reader.bootstrap.console import say
from reader.bootstrap.places import ROOT, STAMP, is_ready, python_of
from reader.bootstrap.system_libraries import install_missing
from reader.bootstrap.trimming import trim
from reader.problem import Problem

NO_NETWORK = (
    "Offprint needs the network once, to fetch the packages that it is made of, and cannot reach "
    "them. Connect and start it again, or set OFFPRINT_WHEELS to a folder that holds their wheels."
)
# What pip may say, in the order in which we look for it, and what it means to a person.
TOO_OLD = (
    "This system is too old: Offprint's packages need the C library {floor} or later, and it has "
    "{here}. Debian 12, Ubuntu 22.04 and Fedora 36 are new enough."
)
# What PySide6 is built for.
GLIBC_FLOOR = (2, 34)
MEANINGS = (
    ("No space left", "The disk is full: Offprint's packages need about 500 MB."),
    ("DO NOT MATCH", "A package that came is not the one Offprint was made with, so none is used."),
    ("onnection", NO_NETWORK),
    ("timed out", NO_NETWORK),
    ("ProxyError", NO_NETWORK),
    ("SSLError", NO_NETWORK),
)
_FINGERPRINT = re.compile(r"[0-9a-f]{8}")
_FETCHING = re.compile(
    r"\s*(?:Downloading|Using cached|Processing) (?:.*[/\\])?([\w.]+)-\d\S*\.whl"
    r"(?: \(([\d.]+ \w+)\))?"
)
_NOT_FOUND = re.compile(r"No matching distribution found for (\S+)")


def install(places: Sequence[str], lock_file: str) -> str:
    """The finished environment, in the first of these places that can be written to.

    Of two starts at once one waits, and takes what the other has made.

    Raises:
        Problem: when it cannot be made.
    """
    place, lock = open_lock(places)
    with alone(lock):
        if not is_ready(place):
            try:
                make(Path(place), lock_file, lock)
            except OSError as error:
                raise Problem(
                    f"Offprint cannot be set up in “{place}”: {error.strerror}."
                ) from error
    return place


def open_lock(places: Sequence[str]) -> tuple[str, IO[str]]:
    """The first place that can be written to, with the file beside it that starts take turns by."""
    for place in places:
        try:
            Path(place).parent.mkdir(parents=True, exist_ok=True)
            return place, Path(place + ".lock").open("a")
        except OSError as error:
            reason = error.strerror
    folders = " nor in ".join(f"“{Path(place).parent}”" for place in places)
    raise Problem(f"Offprint can be set up neither in {folders}: {reason}.")


@contextlib.contextmanager
def alone(lock: IO[str]) -> Iterator[None]:
    """Let one process at a time go on. The system frees what a process held that has ended."""
    with lock:
        waited = False
        while not _take(lock.fileno()):
            if not waited:
                say("Another start of Offprint is setting it up; this one waits for it.")
            waited = True
            time.sleep(0.2)
        yield


def _take(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        # A file system that knows no locks: two first starts at once are less likely than that.
        return True
    return True


def make(place: Path, lock_file: str, lock: IO[str]) -> None:
    """Make the environment; what an interrupted start left of it is cleared away first."""
    begun = time.monotonic()
    say("Offprint sets itself up. This is done once and takes about half a minute.")
    if sys.platform.startswith("linux"):
        install_missing()
    if place.exists():
        shutil.rmtree(place)
    # What still runs when this process is killed keeps the lock until it ends, too.
    kept = () if sys.platform == "win32" else (lock.fileno(),)
    made = subprocess.run(
        [sys.executable, "-I", "-m", "venv", str(place)],
        capture_output=True,
        text=True,
        errors="replace",
        pass_fds=kept,
        check=False,
    )
    if made.returncode:
        why = _last(made.stdout, made.stderr)
        raise Problem(f"Python cannot make an environment for Offprint: {why}")
    install_packages(place, lock_file, kept)
    if Path(lock_file).name == "run.txt":
        # Tests need more of the packages than a person does: their types, and what tries Qt.
        trim(packages_of(place))
    lay_out_pyside(place, kept)
    compileall.compile_dir(Path(ROOT, "reader"), quiet=2)
    (place / STAMP).touch()
    clear_older(place)
    say(f"Ready after {time.monotonic() - begun:.0f} s.")


def packages_of(place: Path) -> Path:
    """The folder of an environment's packages."""
    if sys.platform == "win32":
        return place / "Lib" / "site-packages"
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return place / "lib" / version / "site-packages"


def clear_older(place: Path) -> None:
    """Remove environments beside a new one that no start of this Python will take any more.

    One that another Python made stays, for that may be started again; so does one that a window
    runs in: it holds the lock (`launch.hold`), or Windows does not let its folder be renamed.
    """
    which = place.name.rpartition("-")[0]
    library = f"lib/python{sys.version_info.major}.{sys.version_info.minor}"
    for other in sorted(place.parent.glob(f"{which}-*")):
        if other == place or not _FINGERPRINT.fullmatch(other.name[len(which) + 1 :]):
            continue
        if sys.platform != "win32" and not (other / library).is_dir():
            continue
        gone = Path(f"{other}.gone")
        with contextlib.suppress(OSError):
            with Path(f"{other}.lock").open("a") as lock:
                if not _take(lock.fileno()):
                    continue
                other.rename(gone)
            Path(f"{other}.lock").unlink()
        shutil.rmtree(gone, ignore_errors=True)


def install_packages(place: Path, lock_file: str, kept: Sequence[int]) -> None:
    """Install the locked packages, each checked against its hash, and none that must be built."""
    command = [python_of(str(place)), "-I", "-m", "pip", "install", "--requirement", lock_file]
    command += ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--no-user"]
    command += ["--no-input", "--disable-pip-version-check", "--no-warn-script-location"]
    command += ["--progress-bar", "off"]
    wheels = os.environ.get("OFFPRINT_WHEELS")
    if wheels:
        command += ["--no-index", "--find-links", str(Path(wheels).absolute())]
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors:
        with subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            errors="replace",
            pass_fds=kept,
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                if fetching := _FETCHING.match(line):
                    say("  " + " ".join(filter(None, fetching.groups())))
                elif line.startswith("Installing "):
                    say("  unpacking")
        errors.seek(0)
        if process.returncode:
            raise Problem(meaning(errors.read(), wheels))


def lay_out_pyside(place: Path, kept: Sequence[int]) -> None:
    """Have PySide lay out the Python modules that are packed in its library, and compile them.

    It would unpack and compile them at each start, for ten milliseconds. SBK_EMBED is its own
    switch for this; where it fails, all goes on as it was.
    """
    subprocess.run(
        [python_of(str(place)), "-I", "-c", "import PySide6.QtCore"],
        env={**os.environ, "SBK_EMBED": "0"},
        capture_output=True,
        pass_fds=kept,
        check=False,
    )


def meaning(untrusted_errors: str, wheels: str | None) -> str:
    """One sentence for what pip has said."""
    not_found = _NOT_FOUND.search(untrusted_errors)
    if wheels and not_found:
        return f"The folder “{wheels}” has no wheel of {not_found[1]} for this Python and system."
    for words, sentence in MEANINGS:
        if words in untrusted_errors:
            return sentence
    if not_found and (old := c_library_too_old()):
        return old
    if not_found:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        return (
            f"There is no {not_found[1]} for Python {version} on this system; try another Python."
        )
    return f"Offprint's packages cannot be installed: {_last(untrusted_errors)}"


def c_library_too_old() -> str:
    """A sentence when this system's C library is older than the packages need; else ""."""
    name, version = platform.libc_ver()
    numbers = tuple(int(one) for one in version.split(".")[:2] if one.isdecimal())
    if sys.platform != "linux" or name != "glibc" or len(numbers) < 2 or numbers >= GLIBC_FLOOR:
        return ""
    return TOO_OLD.format(floor=".".join(map(str, GLIBC_FLOOR)), here=version)


def _last(*outputs: str) -> str:
    lines = [line.strip() for output in outputs for line in output.splitlines() if line.strip()]
    return lines[-1] if lines else "it did not say why."
