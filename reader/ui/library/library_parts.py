"""The parts of the library that its table can be narrowed to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal

from reader.session.catalog import new_since
from reader.store.metadata import Labels
from reader.ui.library.table_model import MIME_TYPE, Shown, kind_name
from reader.ui.widgets.parts_tree import ALL, Drops, Part, PartRow, tag_title

# Documents that are dropped there come into the collection, take the tag, go into the trash.
DROPS = Drops(MIME_TYPE, lambda part: part.field in ("collection", "tag", "trash"))


def library_parts(shown: Shown) -> Iterator[PartRow]:
    """All, Just Added, collections, tags, kinds, trash, each with the number of its documents."""
    yield PartRow("All Documents", ALL, len(shown.rows))
    since = new_since()
    fresh = sum(row.imported >= since for row in shown.rows)
    yield PartRow("Just Added", Part("new"), fresh)
    here = {row.id for row in shown.rows}
    kinds = Counter(row.kind for row in shown.rows)
    groups = (
        ("Collections", _labelled("collection", shown.collections, here)),
        ("Tags", _labelled("tag", shown.tags, here)),
        ("Kinds", tuple(PartRow(kind_name(k), Part("kind", k), kinds[k]) for k in sorted(kinds))),
    )
    for title, rows in groups:
        if rows:
            yield PartRow(title, parts=rows)
    yield PartRow("Trash", Part("trash"), len(shown.trashed))


def _labelled(
    field: Literal["collection", "tag"], labels: Labels, here: set[str]
) -> tuple[PartRow, ...]:
    counts = Counter(name for key, names in labels.items() if key in here for name in names)
    return tuple(
        PartRow(tag_title(name) if field == "tag" else name, Part(field, name), counts[name])
        for name in sorted(counts, key=str.casefold)
    )
