"""The window's panes: where each stands, when it is made, and who has the keyboard and Esc."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtWidgets import QApplication, QWidget

W = TypeVar("W", bound=QWidget)
W_co = TypeVar("W_co", bound=QWidget, covariant=True)


class Pane(Protocol[W_co]):
    """A part of the window that can hold the keyboard, and may have something for Esc to close."""

    @property
    def widget(self) -> W_co:
        """The widget of the pane that is shown now."""

    def take_focus(self) -> None:
        """Move the keyboard into the pane."""

    def escape(self) -> bool:
        """Close what lies on top in the pane; return False if there is nothing."""


class Dock(IntEnum):
    """Where a pane stands. Esc asks the panes in this order: what lies on top comes first."""

    OVER = 0  # lies over the page for a while: F6 passes it by
    PAGE = 1  # the document, or what takes its place
    HEADER = 2
    ABOVE = 3  # between header and page
    BESIDE = 4


def _has_nothing_open() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class WidgetPane(Generic[W]):
    """A pane that is one widget."""

    widget: W
    take_focus: Callable[[], None]
    escape: Callable[[], bool] = _has_nothing_open


@dataclass(frozen=True, slots=True)
class PaneSpec(Generic[W]):
    """A pane by name: how it is made, and where it stands.

    An `eager` pane is part of the layout and made at once; any other is made when it is first asked
    for, so that a start does not pay for it, and is placed in its dock then.
    """

    name: str
    factory: Callable[[], Pane[W]]
    dock: Dock
    eager: bool = False


class PaneSlot(Generic[W]):
    """A registered pane, made or not yet."""

    def __init__(self, spec: PaneSpec[W], place: Callable[[QWidget], object]) -> None:
        self.name = spec.name
        self.dock = spec.dock
        self._place = place
        self._pane: Pane[W] | None = spec.factory() if spec.eager else None
        self._factory = None if spec.eager else spec.factory

    @property
    def pane(self) -> Pane[W] | None:
        """The pane; None as long as nobody asked for its widget."""
        return self._pane

    @property
    def made(self) -> W | None:
        """The pane's widget; None as long as nobody asked for it."""
        return self._pane.widget if self._pane is not None else None

    @property
    def widget(self) -> W:
        """The pane's widget, which is made and placed if it was not.

        Raises:
            LookupError: when the window is closed and the pane was not made before.
        """
        if self._pane is None:
            if self._factory is None:
                raise LookupError(f"The pane “{self.name}” belongs to a window that is closed.")
            self._pane = self._factory()
            self._factory = None
            self._place(self._pane.widget)
        return self._pane.widget

    def release(self) -> None:
        """Let go of the factory, which holds the window."""
        self._factory = None


class PaneHost:
    """Owns the panes of a window, in the order in which F6 goes through them."""

    def __init__(self, docks: Mapping[Dock, Callable[[QWidget], object]]) -> None:
        """`docks` places a pane that is made late."""
        self._docks = docks
        self._slots: list[PaneSlot[Any]] = []

    def register(self, spec: PaneSpec[W]) -> PaneSlot[W]:
        """Add a pane; F6 comes to it after those added before.

        Raises:
            ValueError: when there is a pane of that name.
        """
        if any(slot.name == spec.name for slot in self._slots):
            raise ValueError(f"There is a pane “{spec.name}” already.")
        slot = PaneSlot(spec, self._docks.get(spec.dock, _leave_in_place))
        self._slots.append(slot)
        return slot

    @property
    def made(self) -> dict[str, Pane[QWidget]]:
        """The panes made so far, by name, in the order of F6."""
        return {slot.name: slot.pane for slot in self._slots if slot.pane is not None}

    def focus_next(self, by: int) -> None:
        """Move the keyboard on to another pane in sight: 1 to the next, -1 to the one before."""
        order = [slot.pane for slot in self._slots if slot.dock != Dock.OVER]
        shown = [pane for pane in order if pane is not None and pane.widget.isVisible()]
        if not shown:
            return
        focus = QApplication.focusWidget()
        now = next((i for i, pane in enumerate(shown) if _holds(pane.widget, focus)), -by)
        shown[(now + by) % len(shown)].take_focus()

    def release(self) -> None:
        """Make no pane any more: the window is closed, and nothing here shall keep it alive."""
        for slot in self._slots:
            slot.release()

    def escape(self) -> bool:
        """Close what lies on top of all; return False if no pane has anything open."""
        by_layer = sorted(self._slots, key=lambda slot: slot.dock)
        return any(slot.pane is not None and slot.pane.escape() for slot in by_layer)


def _leave_in_place(_widget: QWidget) -> None:
    """A pane whose dock places nothing says itself where it stands."""


def _holds(widget: QWidget, focus: QWidget | None) -> bool:
    return focus is not None and (widget is focus or widget.isAncestorOf(focus))
