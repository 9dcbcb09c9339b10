"""Documents turned into the arrays of one segment, many at a time.

A segment numbers its documents and their passages. Each passage is one Whoosh document: a
section's own part of the text, or a title that is not in the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from reader.model.abbreviations import defined_in, written
from reader.model.document import Document, Section
from reader.model.span import Span
from reader.search.analyzer import WIDTH_SIGN, keys, readable
from reader.search.arrays import Array, Arrays, narrow, pack, running
from reader.search.languages import bits_of, key_in, language_of, languages_of
from reader.search.token_slots import Lexicon, Slots, Stream

TEXT, REFERENCE, TITLE = range(3)
FIELDS = ("text", "title", "context", "author")


@dataclass(frozen=True, slots=True)
class _Passage:
    """One passage; `head` and `references` are parts of the stream of texts.

    `head` is the heading or the title in it, `references` what of it is a list of references.
    """

    document: int
    section: str
    span: Span
    kind: int
    head: Span
    references: Span


@dataclass
class _Inversion:
    """A segment in the making.

    The stream `titles` holds the title of the document and all headings down to each passage;
    `contexts` holds those of them that are not in the passage.
    """

    lexicon: Lexicon = field(default_factory=Lexicon)
    streams: dict[str, Stream] = field(init=False)
    passages: list[_Passage] = field(default_factory=list)
    printed: list[Span] = field(default_factory=list)
    languages: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.streams = {name: Stream(self.lexicon) for name in FIELDS}

    def add(self, document: Document) -> None:
        """Takes in a document."""
        text = self.streams["text"]
        number, base = len(self.printed), text.size
        printed = next((b.span for b in document.blocks if b.kind == "title"), None)
        headings = {b.ref: b.span for b in document.blocks if b.kind == "heading"}
        cells = [cell.span.start for table in document.tables for cell in table.cells]
        passages = document.outline.passages()
        paths: list[tuple[Section | None, bool]] = []
        text.add(
            readable(document),
            [span.start for _, span in passages],
            sorted([b.span.start for b in document.blocks] + cells),
        )
        for section, span in passages:
            listed = _listed(document, section, span)
            kind = REFERENCE if listed == span else TEXT
            shown = printed is not None and printed.overlaps(span)
            head = printed if shown else headings.get(section.id if section else "")
            paths.append((section, shown))
            self.passages.append(
                _Passage(
                    number,
                    section.id if section else "",
                    span,
                    kind,
                    (head or Span(span.start, span.start)).moved(base),
                    listed.moved(base),
                )
            )
        if printed is None and (document.title or not passages):
            here = Span(text.size, text.size + len(document.title))
            text.add(document.title)
            paths.append((None, True))
            none = Span(here.end, here.end)
            self.passages.append(_Passage(number, "", Span(0, 0), TITLE, here, none))
        self.printed.append(printed or Span(0, 0))
        self.languages.append(bits_of(language_of(document.text, document.language)))
        self._add_fields(document, paths)

    def add_passages(self, passages: Sequence[tuple[Sequence[str], int]]) -> None:
        """Takes in documents of one passage each: its lines, and how many of them are its head."""
        text = self.streams["text"]
        start = text.size
        text.add_lines([lines for lines, _ in passages])
        for number, (lines, head) in enumerate(passages):
            sizes = [len(line) + 1 for line in lines]
            end = start + sum(sizes)
            span, none = Span(0, end - start - 1), Span(end - 1, end - 1)
            top = Span(start, start + sum(sizes[:head]))
            self.passages.append(_Passage(number, "", span, TEXT, top, none))
            self.languages.append(bits_of(language_of(" ".join(lines))))
            start = end
        self.printed += [Span(0, 0)] * len(passages)
        for name in ("title", "context", "author"):
            self.streams[name].add_lines([[]] * len(passages))

    def _add_fields(self, document: Document, paths: list[tuple[Section | None, bool]]) -> None:
        """For each passage by its section, and whether it shows the title, what is above it."""
        titles: list[list[str]] = []
        contexts: list[list[str]] = []
        for section, shown in paths:
            path = [one.title for one in document.outline.path(section)]
            titles.append([document.title, *path])
            contexts.append(([] if shown else [document.title]) + path[:-1])
        self.streams["title"].add_lines(titles)
        self.streams["context"].add_lines(contexts)
        self.streams["author"].add_lines([document.authors] * len(paths))

    def arrays(self) -> Arrays:
        """The arrays of all that was taken in, but for what is known of the documents."""
        tables = self.lexicon.tables()
        slots = {name: stream.lay_out(tables) for name, stream in self.streams.items()}
        surfaces = list(self.lexicon.surfaces)
        spoken = np.array(self.languages, np.uint8)[[p.document for p in self.passages]]
        arrays: Arrays = {"document.language": np.array(self.languages, np.uint8)}
        for name, one in slots.items():
            made = _invert(one, surfaces, spoken)
            arrays |= {f"{name}.{part}": array for part, array in made.items()}
        return arrays | self._passages(slots["text"], slots["title"])

    def _passages(self, text: Slots, titles: Slots) -> Arrays:
        def numbers(values: Sequence[int]) -> Array:
            return narrow(np.array(values, np.int64))

        passages = self.passages
        sections, section_sizes = pack([p.section.encode() for p in passages])
        first = text.first[:-1]
        kind = numbers([p.kind for p in passages])
        shown = np.repeat(kind != TITLE, np.diff(text.first))
        regions = {}
        for name in ("head", "references"):
            spans: list[Span] = [getattr(p, name) for p in passages]
            edges = text.between([s.start for s in spans], [s.end for s in spans])
            regions[f"passage.{name}_start"] = narrow(edges[0] - first)
            regions[f"passage.{name}_end"] = narrow(edges[1] - first)
        return regions | {
            "passage.document": numbers([p.document for p in passages]),
            "passage.start": numbers([p.span.start for p in passages]),
            "passage.end": numbers([p.span.end for p in passages]),
            "passage.kind": kind,
            "passage.sections": sections,
            "passage.section_sizes": section_sizes,
            "passage.slots": narrow(np.diff(text.first)),
            "passage.words": narrow(text.words),
            "passage.title_words": narrow(titles.words),
            # A title that is no part of the text has no place in it.
            "slot.gaps": np.where(shown, text.gaps, 0).astype(np.uint8),
            "slot.sizes": np.where(shown, text.sizes, 0).astype(np.uint8),
            "document.title_start": numbers([span.start for span in self.printed]),
            "document.title_end": numbers([span.end for span in self.printed]),
        }


def _listed(document: Document, section: Section | None, span: Span) -> Span:
    """What of a passage is a list of references; nothing is an empty span at its end."""
    if section is not None and section.kind == "references":
        return span
    spans = [b.span for b in document.blocks if b.kind == "reference" and span.covers(b.span)]
    return Span(spans[0].start, spans[-1].end) if spans else Span(span.end, span.end)


def invert(documents: Sequence[Document]) -> Arrays:
    """The arrays of a segment that holds these documents."""
    inversion = _Inversion()
    for document in documents:
        inversion.add(document)
    forms = [written(defined_in(document.text)) for document in documents]
    years = [
        int(d.publication.published[:4]) if d.publication.published[:4].isdecimal() else 0
        for d in documents
    ]
    return inversion.arrays() | _documents([d.id for d in documents], forms, years)


def invert_passages(passages: Sequence[tuple[str, Sequence[str], int]]) -> Arrays:
    """The arrays of a segment of short texts, each an id, lines, and how many are its head."""
    inversion = _Inversion()
    inversion.add_passages([(lines, head) for _, lines, head in passages])
    size = len(passages)
    return inversion.arrays() | _documents([p[0] for p in passages], [""] * size, [0] * size)


def _documents(ids: Sequence[str], forms: Sequence[str], years: Sequence[int]) -> Arrays:
    """What is known of each document."""
    id_blob, id_sizes = pack([one.encode() for one in ids])
    form_blob, form_sizes = pack([one.encode() for one in forms])
    return {
        "document.ids": id_blob,
        "document.id_sizes": id_sizes,
        "document.forms": form_blob,
        "document.form_sizes": form_sizes,
        "document.year": narrow(np.array(years, np.int64)),
    }


def _invert(slots: Slots, surfaces: Sequence[str], spoken: Array) -> Arrays:
    """Where each surface stands: its passages, how often there, and at which positions.

    `spoken` has the bits of each passage's language.
    """
    total = max(len(slots.gaps), 1)
    used, rank = np.unique(slots.surface, return_inverse=True)
    words = [surfaces[number].encode() for number in used.tolist()]
    order = sorted(range(len(words)), key=words.__getitem__)
    ranks = np.empty(len(words), np.int64)
    ranks[order] = np.arange(len(words))
    found = np.sort(ranks[rank] * total + slots.slot)
    term, slot = found // total, found % total
    passage = np.repeat(np.arange(len(slots.first) - 1), np.diff(slots.first))[slot]
    change = np.diff(term * len(slots.first) + passage, prepend=-1) > 0
    starts = np.flatnonzero(change)
    frequencies = np.diff(np.append(starts, len(found)))
    return postings(
        [words[number] for number in order],
        np.bincount(term[starts], minlength=len(words)),
        passage[starts],
        frequencies,
        slot - slots.first[passage],
        spoken,
    )


def postings(
    words: list[bytes],
    counts: Array,
    passages: Array,
    frequencies: Array,
    positions: Array,
    spoken: Array,
) -> Arrays:
    """A field's arrays: for each word, in order, so many passages; for each so many positions.

    `widths` says how many slots a word takes, more than one for joined forms; `keys` are what
    words are found under, and `key_words` those words, one key's after the other's. `spoken` has
    the bits of each passage's language.
    """
    blob, sizes = pack(words)
    parts = [word.decode().split(WIDTH_SIGN) for word in words]
    by_key = sorted(
        (key.encode(), n)
        for n, (part, bits) in enumerate(zip(parts, _bits(counts, passages, spoken), strict=True))
        for key in (*keys(part[0]), *(key_in(one, part[0]) for one in languages_of(bits)))
    )
    key_counts = Counter(key for key, _ in by_key)
    key_blob, key_sizes = pack(list(key_counts))
    totals = np.diff(running(frequencies)[running(counts)])
    return {
        "words": blob,
        "word_sizes": sizes,
        "widths": narrow(np.array([int(p[1]) if len(p) > 1 else 1 for p in parts], np.int64)),
        "keys": key_blob,
        "key_sizes": key_sizes,
        "key_counts": narrow(np.array(list(key_counts.values()), np.int64)),
        "key_words": narrow(np.array([n for _, n in by_key], np.int64)),
        "counts": narrow(counts),
        "totals": narrow(totals),
        "passages": narrow(passages),
        "frequencies": narrow(frequencies),
        "positions": narrow(positions),
    }


def _bits(counts: Array, passages: Array, spoken: Array) -> list[int]:
    """For each word the languages of the passages that hold it."""
    if not spoken.any():
        return [0] * len(counts)
    bits: list[int] = np.bitwise_or.reduceat(spoken[passages], running(counts)[:-1]).tolist()
    return bits
