"""Several segments made one, without what was deleted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reader.search.arrays import Array, Arrays, expand, narrow, pack, running
from reader.search.inverter import FIELDS, postings
from reader.search.segment import Field, Segment

_SPANS = ("start", "end", "kind", "words", "title_words")
_TITLE = ("document.title_start", "document.title_end")
_REGIONS = ("head_start", "head_end", "references_start", "references_end")
# So many rows at once: what is worked out for each position takes memory.
_BLOCK = 200_000


def merge(segments: Sequence[Segment], alive: Sequence[Array]) -> Arrays:
    """One segment's arrays; `alive` says of each passage whether it stays."""
    merged: Arrays = {}
    bases = running(np.array([int(keep.sum()) for keep in alive], np.int64))
    spoken = np.concatenate(
        [segment.spoken[keep] for segment, keep in zip(segments, alive, strict=True)]
    )
    for name in FIELDS:
        fields = [segment.fields[name] for segment in segments]
        made = _merge_field(fields, alive, bases[:-1], spoken)
        merged |= {f"{name}.{part}": array for part, array in made.items()}
    return merged | _merge_documents(segments, alive)


def _merge_documents(segments: Sequence[Segment], alive: Sequence[Array]) -> Arrays:
    ids: list[bytes] = []
    sections: list[bytes] = []
    forms: list[bytes] = []
    gathered: dict[str, list[Array]] = {}

    def gather(name: str, array: Array) -> None:
        gathered.setdefault(name, []).append(array)

    for segment, keep in zip(segments, alive, strict=True):
        arrays = segment.arrays
        document = arrays["passage.document"][keep].astype(np.int64)
        kept, number = np.unique(document, return_inverse=True)
        gather("passage.document", number + len(ids))
        ids += [segment.document_ids[n].encode() for n in kept.tolist()]
        forms += [segment.forms[n] for n in kept.tolist()]
        sections += [segment.section(n).encode() for n in np.flatnonzero(keep).tolist()]
        for name in ("document.year", "document.language", *_TITLE):
            gather(name, arrays[name][kept])
        for part in (*_SPANS, *_REGIONS):
            gather(f"passage.{part}", arrays[f"passage.{part}"][keep])
        gather("passage.slots", arrays["passage.slots"][keep])
        slots = np.repeat(keep, arrays["passage.slots"])
        gather("slot.gaps", arrays["slot.gaps"][slots])
        gather("slot.sizes", arrays["slot.sizes"][slots])
    made = {name: np.concatenate(parts) for name, parts in gathered.items()}
    documents = {name: narrow(array) for name, array in made.items()}
    documents["document.ids"], documents["document.id_sizes"] = pack(ids)
    documents["document.forms"], documents["document.form_sizes"] = pack(forms)
    documents["passage.sections"], documents["passage.section_sizes"] = pack(sections)
    return documents


def _merge_field(
    fields: Sequence[Field], alive: Sequence[Array], bases: Array, spoken: Array
) -> Arrays:
    known = [field.words.all() for field in fields]
    words = sorted(set().union(*known))
    number = {word: n for n, word in enumerate(words)}
    numbers = [np.array([number[word] for word in spelled], np.int64) for spelled in known]
    kept = [keep[field.passages] for field, keep in zip(fields, alive, strict=True)]
    counts = [np.diff(running(rows)[field.first]) for field, rows in zip(fields, kept, strict=True)]
    totals = np.zeros(len(words), np.int64)
    for which, count in zip(numbers, counts, strict=True):
        totals[which] += count
    size = int(totals.sum())
    passages = np.zeros(size, np.min_scalar_type(len(spoken)))
    frequencies = np.zeros(size, np.result_type(*(field.frequencies for field in fields)))
    # Each row goes straight to its place: of a word first the rows of the first segment, so that
    # passages stay in order. Sorting all rows would take several times the memory.
    free = running(totals)[:-1].copy()
    places = []
    for field, which, count, rows, keep, base in zip(
        fields, numbers, counts, kept, alive, bases.tolist(), strict=True
    ):
        place = expand(free[which], count).astype(np.uint32)
        free[which] += count
        passages[place] = (np.cumsum(keep) - 1 + base)[field.passages[rows]]
        frequencies[place] = field.frequencies[rows]
        places.append(place)
    used = np.flatnonzero(totals)
    return postings(
        [words[n] for n in used.tolist()],
        totals[used],
        passages,
        frequencies,
        _positions(fields, kept, places, frequencies),
        spoken,
    )


def _positions(
    fields: Sequence[Field], kept: Sequence[Array], places: Sequence[Array], frequencies: Array
) -> Array:
    """The positions of all rows, those of each row where it lies now."""
    to = running(frequencies)
    kind = np.result_type(*(field.positions for field in fields))
    positions = np.zeros(int(to[-1]), kind)
    for field, rows, place in zip(fields, kept, places, strict=True):
        start = running(field.frequencies)[:-1][rows]
        counts = field.frequencies[rows]
        for at in range(0, len(place), _BLOCK):
            block = slice(at, at + _BLOCK)
            source = expand(start[block], counts[block])
            positions[expand(to[place[block]], counts[block])] = field.positions[source]
    return positions
