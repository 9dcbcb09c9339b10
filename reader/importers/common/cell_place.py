"""Where in the grid of a table a cell stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell stands; rows and columns count from 0."""

    row: int
    column: int
    header: bool
    row_span: int
    column_span: int
