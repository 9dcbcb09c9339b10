"""Rectangles on printed pages, and the joining of those of one line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageBox:
    """A rectangle on a page; see `model.pages` for its coordinates."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


def lines(boxes: Iterable[PageBox]) -> list[PageBox]:
    """One box for neighbours that stand on one line."""
    found: list[PageBox] = []
    for box in boxes:
        if found and _on_one_line(found[-1], box):
            found[-1] = _hull(found[-1], box)
        else:
            found.append(box)
    return found


def _on_one_line(one: PageBox, other: PageBox) -> bool:
    if one.page != other.page:
        return False
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    lower = min(one.bottom - one.top, other.bottom - other.top)
    apart = max(one.left, other.left) - min(one.right, other.right)
    return shared >= 0.5 * lower and apart <= 2 * max(lower, 1.0)


def _hull(one: PageBox, other: PageBox) -> PageBox:
    return PageBox(
        one.page,
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )
