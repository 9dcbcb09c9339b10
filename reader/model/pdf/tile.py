"""A piece of a printed page, to be drawn."""

from __future__ import annotations

from typing import NamedTuple

WHITE = "#FFFFFF"


class Tile(NamedTuple):
    """A rectangle of a page, to be drawn.

    `page` counts from 1. The page is drawn `width_px` by `height_px` large after `turn` quarter
    turns clockwise, and of that the rectangle from `left`, `top` to `right`, `bottom`. White
    becomes `paper`. When `dark`, black becomes `ink`, and only pictures keep their colours.
    """

    page: int
    width_px: int
    height_px: int
    left: int
    top: int
    right: int
    bottom: int
    turn: int = 0
    paper: str = WHITE
    ink: str = "#000000"
    dark: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole page."""
        return (self.left, self.top) == (0, 0) and self.size == (self.width_px, self.height_px)

    @property
    def size(self) -> tuple[int, int]:
        """Its own width and height in pixels."""
        return self.right - self.left, self.bottom - self.top
