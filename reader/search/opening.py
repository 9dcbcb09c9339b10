"""The segments of an index, opened when each file is what was written.

What only reads needs no Whoosh, which would cost the command line a tenth of a second.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np

from reader.search.arrays import Array, DamagedError, open_arrays
from reader.search.manifest import Listed, Manifest, read_manifest
from reader.search.segment import Segment


def sound_manifest(folder: Path) -> Manifest:
    """What the index in a folder consists of, when each file is what was written.

    Raises:
        DamagedError: in any doubt. Nothing in the folder is ever unpickled.
    """
    manifest = read_manifest(folder)
    for name in manifest.entries:
        if wrong := manifest.wrong(name, thorough=False):
            raise DamagedError(wrong)
    return manifest


def open_segment(folder: Path, listed: Listed) -> Segment:
    """The arrays of a segment.

    Raises:
        DamagedError: when its file is missing or not what was written.
    """
    try:
        segment = Segment(open_arrays(folder / listed.file))
    except OSError:
        raise DamagedError(f"the segment {listed.name} is missing") from None
    if segment.passage_count != listed.passages:
        raise DamagedError(f"the segment {listed.name} is of another size")
    return segment


def open_entries(
    folder: Path, known: Mapping[str, Segment] = MappingProxyType({})
) -> list[tuple[Listed, Segment]]:
    """The segments of a sound index, as the manifest lists them and as they are.

    A segment never changes: of those that are `known`, by their names, none is opened again.

    Raises:
        DamagedError: in any doubt.
    """
    segments = sound_manifest(folder).segments
    return [(one, known.get(one.name) or open_segment(folder, one)) for one in segments]


def alive(listed: Listed) -> Array:
    """For each passage of a segment, whether it is still there."""
    keep = np.ones(listed.passages, bool)
    keep[list(listed.deleted)] = False
    return keep


def indexed_ids(folder: Path) -> set[str]:
    """The ids of all documents that can be found; none when the index is damaged or missing."""
    try:
        entries = open_entries(folder)
    except DamagedError:
        return set()
    ids: set[str] = set()
    for listed, segment in entries:
        held = np.zeros(segment.document_count, bool)
        held[segment.arrays["passage.document"][alive(listed)]] = True
        ids.update(segment.document_ids[number] for number in np.flatnonzero(held).tolist())
    return ids
