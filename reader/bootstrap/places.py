"""Where Offprint lies, and where its private environments do.

Standard library only, and as little of it as can be; any Python since 2.7 can read it.
"""

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# Written into an environment last of all, so that one without it is unfinished.
STAMP = "offprint-ready"


def cache_folder():
    # type: () -> str
    """Where a user's programs keep what they can make again."""
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
        return os.path.join(local, "Offprint")
    if sys.platform == "darwin":
        return os.path.join(home, "Library", "Caches", "Offprint")
    return os.path.join(
        os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache"), "offprint"
    )


def python_of(place):
    # type: (str) -> str
    """The interpreter of a private environment."""
    if sys.platform == "win32":
        return os.path.join(place, "Scripts", "python.exe")
    return os.path.join(place, "bin", "python")


def is_ready(place):
    # type: (str) -> bool
    """Whether an environment is finished, and the Python that it was made from is still there."""
    return os.path.exists(os.path.join(place, STAMP)) and os.path.exists(python_of(place))
