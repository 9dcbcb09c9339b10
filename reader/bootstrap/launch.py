"""Goes on in Offprint's private environment, which environment.py makes when it is missing.

Standard library only, and as little of it as can be: every start comes through here. Written, like
main.py, so that any Python since 2.7 can read it and say which one it should have been.
"""

import os
import sys
import zlib

from reader.bootstrap.console import give_up
from reader.bootstrap.places import ROOT, cache_folder, is_ready, python_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn  # noqa: F401

NEEDED = (3, 11)
HANDED_OVER = "OFFPRINT_HANDED_OVER"
# What would make the private interpreter look for packages elsewhere.
_NOT_PRIVATE = ("PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__")


def ensure(which):
    # type: (str) -> None
    """Go on in an interpreter that has the packages that `which` ("run" or "test") names.

    Returns when this one has them; else the process becomes the private one's, which is made first
    when it is not there. Ends with one sentence and exit code 1 when that cannot be done.
    """
    if sys.version_info < NEEDED:
        give_up(
            "Offprint needs Python %d.%d or later, and this is %d.%d. "
            "Start it with a newer one, for example: python%d.%d main.py"
            % (NEEDED + tuple(sys.version_info[:2]) + NEEDED)
        )
    lock_file = os.path.join(ROOT, "resources", "locks", which + ".txt")
    with open(lock_file, "rb") as lock:
        locked = lock.read()
    name = ".venv-%s-%s" % (which, fingerprint(locked))
    if os.environ.pop(HANDED_OVER, None) == name or has_packages(locked, sys.path):
        return
    places = [os.path.join(ROOT, name), os.path.join(cache_folder(), name)]
    for place in places:
        if is_ready(place):
            hand_over(place)
    # Imported here: a start that finds an environment needs neither.
    from reader.bootstrap.environment import install
    from reader.problem import Problem

    try:
        place = install(places, lock_file)
    except Problem as problem:
        give_up(problem.sentence)
    except KeyboardInterrupt:
        give_up("Interrupted. The next start begins the set-up again.", 130)
    hand_over(place)


def fingerprint(locked):
    # type: (bytes) -> str
    """A short name for what a lock file holds, for this Python on this kind of machine."""
    on_windows = os.environ.get("PROCESSOR_ARCHITECTURE", "")
    machine = os.uname().machine if hasattr(os, "uname") else on_windows
    kind = "%s %s %s" % (sys.implementation.cache_tag, sys.platform, machine)
    return "%08x" % zlib.crc32(kind.encode(), zlib.crc32(locked))


def has_packages(locked, folders):
    # type: (bytes, list[str]) -> bool
    """Whether the installed packages under these folders are exactly the locked ones.

    A package that only some systems need may be missing; one that each system needs in a version
    of its own may be of either.
    """
    present = {}  # type: dict[str, str]
    for folder in folders:
        if folder.endswith("-packages") and os.path.isdir(folder):
            for entry in os.listdir(folder):
                if entry.endswith(".dist-info"):
                    name, _, version = entry[: -len(".dist-info")].lower().rpartition("-")
                    present.setdefault(name.replace("_", "-").replace(".", "-"), version)
    versions = {}  # type: dict[str, set[str]]
    optional = set()
    for line in locked.decode().splitlines():
        if "==" in line and not line.startswith((" ", "#")):
            requirement, _, marker = line.rstrip(" \\").partition(" ; ")
            name, _, version = requirement.partition("==")
            if marker and name not in versions:
                optional.add(name)
            else:
                optional.discard(name)
            versions.setdefault(name, set()).add(version)
    return bool(versions) and all(
        present[name] in versions[name] if name in present else name in optional
        for name in versions
    )


def hold(place):
    # type: (str) -> None
    """Keep an environment from being cleared away as long as this process, and what it becomes.

    Windows lets nobody rename a folder that a program runs in.
    """
    if sys.platform == "win32":
        return
    import fcntl

    try:
        handle = os.open(place + ".lock", os.O_RDWR | os.O_CREAT, 0o644)
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return  # a tree that is read-only, or a file system that knows no locks
    os.set_inheritable(handle, True)


def hand_over(place):
    # type: (str) -> NoReturn
    """Go on with the same arguments in a private interpreter."""
    for name in _NOT_PRIVATE:
        os.environ.pop(name, None)
    os.environ[HANDED_OVER] = os.path.basename(place)
    has_compiled = os.path.isdir(os.path.join(ROOT, "reader", "__pycache__"))
    if not has_compiled and not sys.dont_write_bytecode:
        # A tree that we may not write to has no place for compiled modules.
        os.environ.setdefault("PYTHONPYCACHEPREFIX", os.path.join(cache_folder(), "compiled"))
    hold(place)
    python = python_of(place)
    arguments = [python] + sys.orig_argv[1:]
    if sys.platform == "win32":
        # Windows has no exec that the caller would wait for.
        import subprocess

        try:
            sys.exit(subprocess.call(arguments))
        except KeyboardInterrupt:
            sys.exit(130)
    os.execv(python, arguments)
