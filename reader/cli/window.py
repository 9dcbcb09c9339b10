"""What is done before a window: its file is hashed, and its worker started, while Qt is loaded."""

from __future__ import annotations

import argparse
import gc
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from reader.model.deep_link import SCHEME
from reader.paths import Paths
from reader.problem import Problem
from reader.services.known_files import HashedAside

if TYPE_CHECKING:
    from reader.workers.pool import Workers


def open_window(options: argparse.Namespace, paths_of: Callable[[str | None], Paths]) -> int:
    """Open the window, with the files that were named, and return its exit code.

    `paths_of` gives the data folder that was named.

    Raises:
        Problem: when a file is not there or the window cannot be opened.
    """
    files = [_local(name) for name in options.files]
    for name in files:
        if not name.startswith(SCHEME) and not Path(name).exists():
            raise Problem(f"There is no file “{name}”, and no command of that name.")
    paths = paths_of(options.data)
    with _ended_by_an_interruption():
        return _open(paths, paths.user(options.user).name, files, options.screenshot)


@contextmanager
def _ended_by_an_interruption() -> Iterator[None]:
    """Have Ctrl+C end the process as it ends others, until the window sees to it by itself.

    Raised as a KeyboardInterrupt amid loading PySide, or in what Qt calls, it would be lost or
    crash. Where Ctrl+C is ignored already, as for a process in the background, it stays so.
    """
    before = signal.getsignal(signal.SIGINT)
    is_ours = sys.platform != "win32" and before is signal.default_int_handler
    if is_ours:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        if is_ours:
            signal.signal(signal.SIGINT, before)


def _open(paths: Paths, user: str, files: list[str], screenshot: str | None) -> int:
    named = [Path(name) for name in files if not name.startswith(SCHEME)]
    # While Qt is loaded: when the library has the file, it is what the window shows first.
    hashed = HashedAside(named[0]) if len(named) == 1 else None
    workers = None
    if hashed is not None and hashed.path.suffix.lower() == ".pdf":
        workers = _workers_that_draw()
    # What is imported stays: to look through it again and again would take longer than to load
    # much of it. `app` turns the collection on again.
    gc.disable()
    try:
        from reader.ui.shell.qt_loading import load_qt, map_qt

        map_qt()
        # What needs no Qt, while its libraries are mapped.
        import reader.services.workspace  # noqa: F401

        load_qt()
        from reader import app
    except ImportError:
        if sys.platform == "linux":
            from reader.bootstrap.system_libraries import say_missing

            say_missing()
        raise
    try:
        return app.run(
            *(paths, files),
            user=user,
            screenshot=screenshot,
            hashed=hashed,
            workers=workers,
        )
    finally:
        if workers is not None:
            workers.close()
        gc.enable()


def _workers_that_draw() -> Workers:
    """Workers of which one gets ready to draw pages: the one process that is begun before the
    window is painted."""
    from reader.workers.page_renderer import be_ready_to_draw
    from reader.workers.pool import Workers

    workers = Workers()
    workers.submit("draw", be_ready_to_draw)
    return workers


def _local(name: str) -> str:
    """The name of a file that a desktop hands over as an address."""
    if not name.startswith("file://"):
        return name
    address = urlsplit(name)
    path = unquote(address.path)
    if sys.platform == "win32":
        # file:///C:/… is a drive's, file://server/… a server's.
        path = path.removeprefix("/") if path[2:3] == ":" else path
        path = f"//{address.netloc}{path}" if address.netloc not in ("", "localhost") else path
    return path
