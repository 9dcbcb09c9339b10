"""How Whoosh reads our segments: a codec whose postings are arrays.

Whoosh's own codec pickles its postings in blocks of 128; reading a common word takes 30 ms, and
what a flipped bit makes of a pickle is anybody's guess. Ours keeps them as they are used. It reads
only: a segment is written in one go (`inverting`) and handed to Whoosh's writer as it commits.

Source: https://whoosh.readthedocs.io/en/latest/api/codec/base.html
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec.base import Codec, PerDocumentReader, TermsReader
from whoosh.codec.base import Segment as WhooshSegment
from whoosh.formats import Positions
from whoosh.matching.mcore import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from reader.search.arrays import Array, open_arrays, running
from reader.search.inverter import FIELDS
from reader.search.manifest import Listed
from reader.search.segment import Segment

# ruff: noqa: D102  (the methods are Whoosh's, and described there)


class ArraySegment(WhooshSegment):
    """A segment as the table of contents lists it: its name, its size and what was deleted."""

    def __init__(self, index_name: str, passages: int = 0) -> None:
        super().__init__(index_name)  # type: ignore[no-untyped-call]  # Whoosh gives no types
        self.passages = passages
        self.deleted: set[int] = set()

    def codec(self) -> ArrayCodec:
        return ArrayCodec()

    def doc_count_all(self) -> int:
        return self.passages

    def doc_count(self) -> int:
        return self.passages - len(self.deleted)

    def deleted_count(self) -> int:
        return len(self.deleted)

    def deleted_docs(self) -> Iterator[int]:
        return iter(self.deleted)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self.deleted

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        (self.deleted.add if delete else self.deleted.discard)(docnum)

    def set_doc_count(self, doccount: int) -> None:
        self.passages = doccount

    def should_assemble(self) -> bool:
        return False

    def path(self, folder: Path) -> Path:
        """The file that holds the segment's arrays."""
        return folder / self.listed.file

    @property
    def listed(self) -> Listed:
        """The segment as the manifest lists it."""
        name = f"{self.indexname}_{self.segid}"
        return Listed(name, self.passages, tuple(sorted(self.deleted)))


def as_segment(listed: Listed) -> ArraySegment:
    """A segment that the manifest lists, as Whoosh knows it."""
    index_name, _, random_name = listed.name.partition("_")
    segment = ArraySegment(index_name, listed.passages)
    segment.segid, segment.deleted = random_name, set(listed.deleted)
    return segment


class _NoTermError(TermNotFound, KeyError):
    """Whoosh expects the one for statistics and the other for postings."""


class _NothingToWrite:
    """Stands for a writer of a segment that stays empty."""

    is_closed = True


class ArrayCodec(Codec):
    """Whoosh's way to our arrays."""

    length_stats = False

    def new_segment(self, _storage: Any, indexname: str) -> ArraySegment:
        return ArraySegment(indexname)

    def per_document_writer(self, _storage: Any, _segment: ArraySegment) -> _NothingToWrite:
        return _NothingToWrite()

    def field_writer(self, _storage: Any, _segment: ArraySegment) -> _NothingToWrite:
        return _NothingToWrite()

    def postings_writer(self, *_any: Any, **_more: Any) -> None:
        raise NotImplementedError("segments are written by reader.search.index")

    def postings_reader(self, *_any: Any, **_more: Any) -> None:
        raise NotImplementedError("postings are read by ArrayTerms.matcher")

    def terms_reader(self, storage: Any, segment: ArraySegment) -> ArrayTerms:
        return ArrayTerms(Segment(open_arrays(segment.path(Path(storage.folder)))))

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> ArrayDocuments:
        return ArrayDocuments(Segment(open_arrays(segment.path(Path(storage.folder)))), segment)


class ArrayTerms(TermsReader):
    """The words of a segment with their postings."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment

    def indexed_field_names(self) -> list[str]:
        return list(FIELDS)

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        name, word = term
        return name in FIELDS and self.segment.fields[name].words.find(word) >= 0

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for name in sorted(FIELDS):
            yield from self._from(name, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        names = sorted(FIELDS)
        yield from self._from(fieldname, prefix)
        for name in names[names.index(fieldname) + 1 :]:
            yield from self._from(name, b"")

    def _from(self, name: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        words = self.segment.fields[name].words
        return ((name, words[number]) for number in range(words.place(prefix), len(words)))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        passages, frequencies, _ = self._postings(fieldname, text)
        lengths = self.segment.lengths(fieldname)[passages]
        return TermInfo(
            weight=int(frequencies.sum()),
            df=len(passages),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=int(frequencies.max()),
            minid=int(passages[0]),
            maxid=int(passages[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> int:
        return int(self._postings(fieldname, text)[1].sum())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return len(self._postings(fieldname, text)[0])

    def cursor(self, *_any: Any) -> None:
        raise NotImplementedError("misspellings are found by reader.search.vocabulary")

    def matcher(
        self, fieldname: str, text: bytes, format_: Positions, scorer: Any = None
    ) -> ListMatcher:
        passages, frequencies, positions = self._postings(fieldname, text)
        edges = running(frequencies)
        values = [
            format_.encode(positions[start:end].tolist()) for start, end in pairwise(edges.tolist())
        ]
        return ListMatcher(
            passages.tolist(),
            frequencies.astype(float).tolist(),
            values,
            format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=self.term_info(fieldname, text),
        )

    def _postings(self, name: str, word: bytes) -> tuple[Array, Array, Array]:
        field = self.segment.fields[name]
        number = field.words.find(word)
        if number < 0:
            raise _NoTermError(f"No term {name}:{word!r}")
        which = slice(int(field.first[number]), int(field.first[number + 1]))
        places = slice(int(field.places[number]), int(field.places[number + 1]))
        return field.passages[which], field.frequencies[which], field.positions[places]


class ArrayDocuments(PerDocumentReader):
    """What is known of each passage of a segment."""

    def __init__(self, segment: Segment, entry: ArraySegment) -> None:
        self.segment = segment
        self.entry = entry

    def doc_count(self) -> int:
        return self.entry.doc_count()

    def doc_count_all(self) -> int:
        return self.entry.doc_count_all()

    def has_deletions(self) -> bool:
        return bool(self.entry.deleted)

    def is_deleted(self, docnum: int) -> bool:
        return self.entry.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        return self.entry.deleted_docs()

    def doc_field_length(self, docnum: int, fieldname: str, _default: int = 0) -> int:
        return int(self.segment.lengths(fieldname)[docnum])

    def field_length(self, fieldname: str) -> int:
        return int(self.segment.lengths(fieldname).sum(dtype=np.int64))

    def min_field_length(self, fieldname: str) -> int:
        return int(self.segment.lengths(fieldname).min())

    def max_field_length(self, fieldname: str) -> int:
        return int(self.segment.lengths(fieldname).max())

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        arrays = self.segment.arrays
        document = int(arrays["passage.document"][docnum])
        return {
            "document": self.segment.document_ids[document],
            "section": self.segment.section(docnum),
            "start": int(arrays["passage.start"][docnum]),
            "end": int(arrays["passage.end"][docnum]),
            "kind": int(arrays["passage.kind"][docnum]),
            "year": int(arrays["document.year"][document]),
        }
