"""The segments of an index, opened when each file is what was written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np

from reader.search.arrays import Array, DamagedError, open_arrays
from reader.search.manifest import read_manifest
from reader.search.segment import Segment
from reader.search.whoosh_codec import ArraySegment
from reader.search.whoosh_index import Contents


def open_sound(folder: Path) -> Contents:
    """The Whoosh index in a folder, when each file is what was written.

    Raises:
        DamagedError: in any doubt. Nothing in the folder is ever unpickled.
    """
    manifest = read_manifest(folder)
    for name in manifest.entries:
        if wrong := manifest.wrong(name, thorough=False):
            raise DamagedError(wrong)
    return Contents(folder)


def open_segment(folder: Path, entry: ArraySegment) -> Segment:
    """The arrays of a segment.

    Raises:
        DamagedError: when its file is missing or not what was written.
    """
    try:
        segment = Segment(open_arrays(entry.path(folder)))
    except OSError:
        raise DamagedError(f"the segment {entry.segid} is missing") from None
    if segment.passage_count != entry.doc_count_all():
        raise DamagedError(f"the segment {entry.segid} is of another size")
    return segment


def open_entries(
    folder: Path, known: Mapping[str, Segment] = MappingProxyType({})
) -> list[tuple[ArraySegment, Segment]]:
    """The segments of a sound index, as the table of contents lists them and as they are.

    A segment never changes: of those that are `known`, by their names, none is opened again.

    Raises:
        DamagedError: in any doubt.
    """
    entries = open_sound(folder).listed()
    return [
        (entry, known.get(entry.listed.name) or open_segment(folder, entry)) for entry in entries
    ]


def alive(entry: ArraySegment) -> Array:
    """For each passage of a segment, whether it is still there."""
    keep = np.ones(entry.doc_count_all(), bool)
    keep[sorted(entry.deleted)] = False
    return keep
