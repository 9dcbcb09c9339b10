"""The viewport of a scroll area, without the search for what kind of widget it is."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractScrollArea, QWidget


def know_viewport(area: QAbstractScrollArea) -> None:
    """Let PySide know the viewport of an area that Qt made.

    It would try each class of widgets when `viewport` is first asked, and load them all with their
    enums for it: 8 ms of a start. What was found by its name and kind is known from then on.
    """
    area.findChild(QWidget, "qt_scrollarea_viewport")
