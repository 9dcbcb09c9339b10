"""What Linux must have for a window: libraries, a display that answers, letters in UTF-8.

Qt ends the process when one is missing, and says so in words for its own makers.
"""

from __future__ import annotations

import ctypes
import locale
import os
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo

from reader.problem import Problem


def prepare() -> None:
    """Makes sure that Qt will find a display; to be called before it looks for one.

    Without any display at all the window is drawn in memory.

    Raises:
        Problem: when libraries of the system are missing, or the display does not answer.
    """
    if sys.platform != "linux":
        return
    _speak_utf8()
    if "QT_QPA_PLATFORM" in os.environ:
        return
    if os.environ.get("WAYLAND_DISPLAY"):
        return  # where that does not answer, Qt goes on with the other
    if not os.environ.get("DISPLAY"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        return
    _look_for_libraries()
    _ask_display(os.environ["DISPLAY"])


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


def _ask_display(name: str) -> None:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    is_wrong = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    if is_wrong:
        raise Problem(
            f"The display “{name}” cannot be reached, so no window can be shown. Start Offprint "
            "from a desktop, or as the user who is logged in there."
        )
