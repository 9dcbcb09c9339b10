"""What worker processes run for the search: indexing and finding. Plain data in and out.

Each task imports what it needs by itself, as those of `tasks` do.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from reader.model.document import Document
from reader.paths import Paths, resources
from reader.problem import Problem

# So long an answer may wait for notes that were not looked at yet.
_NOTES_SECONDS = 0.1
# What is learnt in one go, with a model that takes 0.3 s to load.
LEARNING_SECONDS = 3
_NICE = 10

if TYPE_CHECKING:
    from reader.model.search import Answer, Query
    from reader.search.searcher import Finder
    from reader.services.note_search import SearchedNotes
    from reader.store.encryption import Key
    from reader.store.library import Library


def index(data: str, document_ids: Sequence[str]) -> list[str]:
    """Put documents into the search index, and return the ids of those that are in it now.

    Each is flagged in the library when the index has been written, never before.
    """
    from reader.search.index import Index
    from reader.store.library import Library

    paths = Paths(Path(data))
    with closing(Library(paths)) as library:
        added: list[str] = []
        folder = Index(paths.index)
        folder.add(_readable(library, document_ids, added))
        for document_id in added:
            library.set_indexed(document_id, True)
        # A damaged index was begun anew by this: then the others wait again.
        held = folder.document_ids()
        for entry in library.catalog.entries(earlier=True):
            if entry.indexed and entry.id not in held:
                library.set_indexed(entry.id, False)
    return added


def _readable(
    library: Library, document_ids: Iterable[str], added: list[str]
) -> Iterator[Document]:
    """The documents one by one; one that is gone or damaged meanwhile holds up no other."""
    for document_id in document_ids:
        with suppress(Problem):
            document = library.document(document_id)
            added.append(document_id)
            yield document


def waiting(data: str) -> list[str]:
    """The ids of the documents that the index does not hold; it forgets those that are gone, and
    takes up what is in the folders of documents only."""
    from reader.store.library import Library

    paths = Paths(Path(data))
    with closing(Library(paths)) as library:
        with suppress(Problem):
            library.adoption.run_all()
        return waiting_of(library, paths)


def waiting_of(library: Library, paths: Paths) -> list[str]:
    """The ids of those on the list that the index does not hold; it forgets those that are gone."""
    from reader.search.opening import indexed_ids

    held = indexed_ids(paths.index)
    unindexed = set(library.catalog.unindexed())
    ids = library.catalog.ids(earlier=True)
    if gone := held.difference(ids):
        from reader.search.index import Index

        Index(paths.index).remove(sorted(gone))
    if paths.meanings.is_dir():
        # Learnt before a person switched that off, or of the library that was here before.
        from reader.search.meaning import Meanings

        Meanings(paths.meanings).keep_only(ids)
    return [i for i in ids if i not in held or i in unindexed]


def forget(data: str, document_ids: Sequence[str]) -> None:
    """Take documents out of the search index."""
    from reader.search.index import Index
    from reader.search.meaning import Meanings

    paths = Paths(Path(data))
    Meanings(paths.meanings).forget(document_ids)
    Index(paths.index).remove(document_ids)


def mergeable(data: str) -> bool:
    """Whether it pays to make one of some segments of the search index."""
    from reader.search.index import Index

    return Index(Paths(Path(data)).index).mergeable()


def merge(data: str) -> bool:
    """Make one of some segments of the search index; say whether there may be more to do."""
    from reader.search.index import Index

    return Index(Paths(Path(data)).index).merge_slice()


def learns_meanings() -> bool:
    """Whether what texts mean can be learnt here; loads nothing for it, nor NumPy."""
    from reader.search.meaning_extra import is_installed

    return is_installed()


def learn_meanings(data: str) -> bool:
    """Learn for some seconds what documents mean, the newest first; say whether there are more."""
    from reader.search.meaning import Meanings, open_encoder
    from reader.store.library import Library

    begun = time.monotonic()
    paths = Paths(Path(data))
    meanings = Meanings(paths.meanings)
    with closing(Library(paths)) as library:
        known = library.catalog.ids(earlier=True)
        meanings.keep_only(known)
        waiting = meanings.lacking(known)
        encoder = open_encoder() if waiting else None
        if encoder is None:
            return False
        if sys.platform != "win32":
            os.nice(_NICE)
        while waiting:
            # One that is damaged is left out, and holds up no other.
            document_id = waiting.pop()
            with suppress(Problem):
                meanings.keep(library.document(document_id), encoder)
            if library.catalog.entry(document_id) is None:
                # It was removed meanwhile, and whoever did so found nothing to forget.
                meanings.forget([document_id])
            if time.monotonic() - begun >= LEARNING_SECONDS:
                break
    return bool(waiting)


def find(data: str, query: Query, notes: str = "", key: Key | None = None) -> Answer:
    """Answers a question; the searcher stays open in this process for the next.

    `notes` is the path of the notes of the user who asks; another user's are let go of then. Of
    very many notes some wait: the same question is to be asked again until none do.
    """
    if not notes:
        return _finder(data).find(query)
    searched = _searched(notes, key)
    answer = _finder(data).find(query, searched.take_in(_NOTES_SECONDS))
    return replace(answer, notes_waiting=searched.waiting)


def problem_of(text: str) -> str:
    """What is wrong with a query whose writer has ended it, in a sentence, or ""."""
    from reader.search.query_parser import parse

    return parse(text).problem


@lru_cache(1)
def _searched(path: str, key: Key | None) -> SearchedNotes:
    from reader.services.note_search import SearchedNotes

    return SearchedNotes(Path(path), key)


@lru_cache(1)
def _finder(data: str) -> Finder:
    from reader.store.library import Library

    paths = Paths(Path(data))
    return finder_of(Library(paths), paths)


def finder_of(library: Library, paths: Paths) -> Finder:
    """What answers questions about a library; it must stay open."""
    from reader.search.meaning import Meaning
    from reader.search.searcher import Finder

    return Finder(
        paths.index,
        library.document,
        own_forms(),
        library.catalog.documents_labelled,
        library.catalog.titled,
        Meaning(paths.meanings),
    )


def own_forms() -> list[str]:
    """The short forms of our own list, for those that no document defines."""
    from reader.model.abbreviations import listed

    path = resources() / "short-forms.tsv"
    return [listed(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
