"""Loading PySide6 with no more of it than a window needs."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from types import ModuleType

_GENERATOR = "shibokensupport.signature.lib.pyi_generator"
_LIBRARIES = ("lib/libQt6Widgets.so.6", "plugins/platforms/libqxcb.so")


class _NoGenerator:
    """Finds an empty module in the place of the one that writes stubs for type checkers.

    PySide loads it at each start, twice where its modules are laid out: a twelfth of loading Qt.
    """

    def find_spec(
        self, name: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Tell of that module alone."""
        return ModuleSpec(name, self) if name == _GENERATOR else None  # type: ignore[arg-type]

    def create_module(self, _spec: ModuleSpec) -> None:
        """Leave making it to Python."""

    def exec_module(self, _module: ModuleType) -> None:
        """Leave it empty."""


def map_qt() -> None:
    """Begin to map the libraries of Qt into memory, on a thread that holds up nothing.

    What fails here is said when PySide6 is loaded.
    """
    if sys.platform == "linux":
        Thread(target=_map_libraries, daemon=True).start()


def _map_libraries() -> None:
    import ctypes

    package = find_spec("PySide6")
    for folder in package.submodule_search_locations or () if package else ():
        for name in _LIBRARIES:
            with suppress(OSError):
                ctypes.CDLL(str(Path(folder, "Qt", name)))


def load_qt() -> None:
    """Load PySide6, and put Python's own `__import__` back in its place.

    For `from __feature__ import`, which nothing here says, PySide puts a function of its own there,
    and reads the source of each module that is imported from then on: a tenth of a start.

    Raises:
        ImportError: when a library that Qt needs is missing.
    """
    finder = _NoGenerator()
    sys.meta_path.insert(0, finder)
    try:
        import PySide6.QtWidgets  # noqa: F401
    finally:
        sys.meta_path.remove(finder)
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
