"""A part of the session that no start needs: it is made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

_T = TypeVar("_T", bound=QObject)


class LatePart(QObject, Generic[_T]):
    """Makes a part once, and hands it to those who listen to it before anybody else has it.

    Only a part that need not hear of what happens before it is asked for can be late.
    """

    _was_made = Signal(QObject)

    def __init__(self, make: Callable[[], _T]) -> None:
        super().__init__()
        self._make = make
        self.made: _T | None = None

    def get(self) -> _T:
        """The part; made now if nobody has asked for it before."""
        if self.made is None:
            self.made = self._make()
            self._was_made.emit(self.made)
        return self.made

    def when_made(self, hear: Callable[[_T], None]) -> None:
        """Call `hear` with the part as soon as it is made: now, if it is."""
        if self.made is not None:
            hear(self.made)
        else:
            self._was_made.connect(hear)
