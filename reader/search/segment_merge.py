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
        gathered.setdefault(name, []).append(array.astype(np.int64))

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
        counts = arrays["passage.slots"][keep]
        gather("passage.slots", counts)
        which = expand(segment.slots[:-1][keep], counts)
        gather("slot.gaps", arrays["slot.gaps"][which])
        gather("slot.sizes", arrays["slot.sizes"][which])
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
    terms, passages, frequencies, places, positions = [], [], [], [], []
    offset = 0
    for field, spelled, keep, base in zip(fields, known, alive, bases.tolist(), strict=True):
        mapped = np.array([number[word] for word in spelled], np.int64)
        kept = keep[field.passages]
        moved = np.cumsum(keep) - 1 + base
        terms.append(np.repeat(mapped, field.counts)[kept])
        passages.append(moved[field.passages[kept]])
        frequencies.append(field.frequencies[kept].astype(np.int64))
        places.append(running(field.frequencies)[:-1][kept] + offset)
        positions.append(field.positions)
        offset += len(field.positions)
    term = np.concatenate(terms)
    # Segments come one after the other, so that a stable order by word leaves passages in order.
    order = np.argsort(term, kind="stable")
    counts = np.bincount(term, minlength=len(words))
    frequency = np.concatenate(frequencies)[order]
    where = expand(np.concatenate(places)[order], frequency)
    used = np.flatnonzero(counts)
    return postings(
        [words[n] for n in used.tolist()],
        counts[used],
        np.concatenate(passages)[order],
        frequency,
        np.concatenate(positions)[where],
        spoken,
    )
