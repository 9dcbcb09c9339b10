"""What Linux must have for a window: libraries, a display that answers, letters in UTF-8.

Qt ends the process when one is missing, and says so in words for its own makers.
"""

from __future__ import annotations

import ctypes
import locale
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QLibraryInfo

from reader.problem import Problem


@contextmanager
def prepared() -> Iterator[None]:
    """Makes sure that Qt will find a display while the block is run, in which it looks for one.

    Without any display at all the window is drawn in memory.

    Raises:
        Problem: when libraries of the system are missing, or the display does not answer.
    """
    if sys.platform == "linux":
        _speak_utf8()
    # Where Wayland does not answer, Qt goes on with the other.
    elsewhere = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY")
    if sys.platform != "linux" or any(os.environ.get(name) for name in elsewhere):
        yield
    elif os.environ.get("DISPLAY"):
        _look_for_libraries()
        with _connected(os.environ["DISPLAY"]):
            yield
    else:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        yield


def _speak_utf8() -> None:
    """Qt needs it, and complains on three lines before it takes it by itself."""
    language = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "")
    except locale.Error:
        return
    # Windows has no such thing, and none of this.
    if sys.platform != "win32" and locale.nl_langinfo(locale.CODESET).upper() != "UTF-8":
        name = "LC_ALL" if os.environ.get("LC_ALL") else "LC_CTYPE"
        os.environ[name] = "C.UTF-8"
    locale.setlocale(locale.LC_CTYPE, language)


def _look_for_libraries() -> None:
    """Loads what Qt will load now, and finds out what is missing when that fails."""
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    try:
        ctypes.CDLL(str(plugins / "platforms" / "libqxcb.so"))
    except OSError:
        from reader.bootstrap.system_libraries import say_missing

        say_missing()


@contextmanager
def _connected(name: str) -> Iterator[None]:
    """Keeps a connection to a display: when the last ends, a server begins anew, deaf for a while.

    Raises:
        Problem: when the display does not answer.
    """
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        yield
        return
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    try:
        if xcb.xcb_connection_has_error(connection):
            raise Problem(
                f"The display “{name}” cannot be reached, so no window can be shown. Start "
                "Offprint from a desktop, or as the user who is logged in there."
            )
        yield
    finally:
        xcb.xcb_disconnect(connection)
