"""The commands about documents: import, list, outline, text, find, check."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from argparse import Namespace
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.cli import json_output as as_json
from reader.cli.console import Console
from reader.model.document import Document
from reader.model.search import Answer, Query
from reader.problem import Problem
from reader.services.import_queue import (
    found_in,
    kinds_of,
    naming,
    nothing_in,
    passed_over_sentence,
)
from reader.services.older_documents import older_sentence
from reader.services.staging import ReadResult, checked
from reader.store.encryption import Key, LockedNotes, is_locked
from reader.workers import search_tasks, tasks
from reader.workers.confinement import confined_by, in_words

if TYPE_CHECKING:
    from reader.store.library import Library
    from reader.store.notes import Notes
    from reader.workers.pool import Workers

_AHEAD = 6
_BATCH = 200
# After so many documents the index is put in order at once, as far as one slice goes.
_MANY = 1000
# After an import of so many, to the end.
_SOME = 100
_ID = re.compile(r"[0-9a-fA-F]{6,64}")


def import_(console: Console, options: Namespace) -> int:
    """Take files and folders into the library and index what is new."""
    from reader.services.reanchoring import place_all

    found = found_in(map(Path, options.paths))
    seen = failed = 0
    batch = os.urandom(16).hex()
    with closing(console.library(as_it_is=True)) as library, _workers() as workers:
        for path, reading in _read_ahead(workers, found.files, console.paths.data, library.staging):
            seen += 1
            document_id, problem, status, offer = None, None, "failed", None
            try:
                result: ReadResult = replace(reading.result(), batch=batch)
                status, document_id = tasks.take_in(library, result), result.document_id
                if status == "updated":
                    place_all(library, console.paths, document_id)
                elif status == "added":
                    offer = _offer(console, library, document_id)
            except Problem as one:
                failed, problem = failed + 1, naming(one.sentence, path)
                console.tell(problem)
            if options.json:
                said = {"path": str(path), "id": document_id, "status": status}
                more = {"offer": offer} if offer else {}
                console.show({**said, "problem": problem, **more})
            elif document_id is not None:
                console.say(f"{status:8}{document_id[:12]}  {path}")
        index_waiting(console, library)
    if found.passed_over:
        console.tell(passed_over_sentence(kinds_of(found.passed_over)))
    if not seen:
        raise Problem(nothing_in(Path(name).name for name in options.paths))
    return 1 if failed else 0


def _workers() -> closing[Workers]:
    """Processes that read files, to be ended; who only searches does not wait for their import."""
    from reader.workers.pool import Workers

    return closing(Workers())


def _offer(console: Console, library: Library, document_id: str) -> str | None:
    """The id of what a document that came may be an edition of; says that the window asks."""
    for offer in library.offers.open(document_id):
        other = offer.earlier_id if offer.document_id == document_id else offer.document_id
        console.tell(f"{offer} Both are kept; the window asks which it is.")
        return other
    return None


def _read_ahead(
    workers: Workers, paths: Iterable[Path], data: Path, staging: Path
) -> Iterator[tuple[Path, Future[Any]]]:
    """The files in their order with their readings, some of them begun ahead."""
    begun: deque[tuple[Path, Future[Any]]] = deque()
    for path in paths:
        begun.append((path, _begin(workers, path, data, staging)))
        if len(begun) > _AHEAD:
            yield begun.popleft()
    yield from begun


def _begin(workers: Workers, path: Path, data: Path, staging: Path) -> Future[Any]:
    """Have a file read with the pictures that lie beside it."""
    folder = tasks.gather(str(path), str(data), str(staging))
    return workers.submit("read", tasks.read, str(path), str(staging), None, False, folder)


def index_waiting(console: Console, library: Library) -> None:
    """Index what the index does not hold yet; of many documents make few segments.

    Each question asks every segment: few are quicker.
    """
    data = str(console.paths.data)
    waiting = search_tasks.waiting_of(library, console.paths)
    for start in range(0, len(waiting), _BATCH):
        if len(waiting) > _BATCH:
            console.tell(f"Indexing: {start} of {len(waiting)} documents.")
        search_tasks.index(data, waiting[start : start + _BATCH])
        if (start + _BATCH) % _MANY == 0:
            search_tasks.merge(data)
    if len(waiting) >= _SOME:
        while search_tasks.merge(data):
            pass


def list_(console: Console, options: Namespace) -> int:
    """Print the library."""
    with (
        closing(console.library()) as library,
        _closing(console.notes_or_none("They are counted as none.")) as notes,
    ):
        entries = library.catalog.entries()
        counts = notes.queries.counts() if notes is not None else {}
    if options.json:
        documents = [as_json.entry(one, counts.get(one.id, 0)) for one in entries]
        console.show({"documents": documents})
        return 0
    for one in entries:
        console.say(f"{one.id[:12]}  {one.minutes:4} min  {one.title}  ({one.source})")
    return 0


def _closing(notes: Notes | None) -> AbstractContextManager[Notes | None]:
    return closing(notes) if notes is not None else nullcontext()


def outline(console: Console, options: Namespace) -> int:
    """Print a table of contents."""
    document = _document(console, options.document)
    if options.json:
        console.show(as_json.outline(document))
        return 0
    console.say(document.title)
    for section in document.sections:
        number = f"{section.number} " if section.number else ""
        console.say(f"{'  ' * section.level}{number}{section.title}")
    return 0


def text(console: Console, options: Namespace) -> int:
    """Print a document's text and nothing else, so that offsets fit."""
    sys.stdout.write(_document(console, options.document).text)
    return 0


def _document(console: Console, file_or_id: str) -> Document:
    """The document that a file holds, which need not be in the library, or that has this id."""
    path = Path(file_or_id)
    if not path.exists() and _ID.fullmatch(file_or_id):
        with closing(console.library()) as library:
            return library.document(library.catalog.resolve(file_or_id))
    with tempfile.TemporaryDirectory() as staging, _workers() as workers:
        result = _begin(workers, path, console.paths.data, Path(staging)).result()
        with checked(result, Path(staging)) as taken:
            return taken.document


def find(console: Console, options: Namespace) -> int:
    """Print the places that answer a query, or those of each line of standard input."""
    with (
        closing(console.library(editions=False)) as library,
        _closing(console.notes_or_none("They were not searched.")) as notes,
    ):
        index_waiting(console, library)
        document_id = library.catalog.resolve(options.document) if options.document else ""
        search = _Search(console, library, notes)
        if options.query == "-":
            for line in sys.stdin:
                if line.strip():
                    query = Query(
                        line.rstrip("\r\n"), document_id, options.limit, related=True, meaning=True
                    )
                    console.show(search.json(search.find(query)))
            return 0
        query = Query(options.query, document_id, options.limit, related=True, meaning=True)
        answer = search.find(query)
        if answer.problem:
            raise Problem(answer.problem)
        found = search.json(answer)
    if options.json:
        console.show(found)
        return 0
    for hit in found["hits"]:
        where = " › ".join(filter(None, (hit["title"], hit["section"])))
        console.say(f"{where}  [{hit['start']}–{hit['end']}]")
        console.say("    " + " ".join(hit["snippet"].split()))
    for sentence in (answer.notice, f"{found['total']} found."):
        if sentence:
            console.tell(sentence)
    return 0


class _Search:
    """Answers with their snippets, and what the user's notes say beside them."""

    def __init__(self, console: Console, library: Library, notes: Notes | None) -> None:
        from reader.services.note_search import SearchedNotes

        self._library = library
        self._notes = notes
        self._finder = search_tasks.finder_of(library, console.paths)
        self._searched = SearchedNotes(notes.path, notes.key) if notes is not None else None

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(self._library.catalog.ids())

    def find(self, query: Query) -> Answer:
        """The answer to a question, from the texts and from the user's notes."""
        if self._searched is None:
            return self._finder.find(query)
        return self._finder.find(query, self._searched.index)

    def json(self, answer: Answer) -> as_json.Json:
        """The answer with the hits in text and notes, together as many as were asked for."""
        from reader.search.snippet import snippet
        from reader.services.note_search import note_hits

        found = []
        for hit in answer.hits:
            document = self._library.document(hit.document_id)
            others = [one.span for one in answer.hits if one.passage == hit.passage and one != hit]
            latest = self._library.editions.latest(hit.document_id)
            later = latest if latest != hit.document_id else ""
            found.append(as_json.hit(hit, document, snippet(document, hit, others), later))
        in_notes = note_hits(self._notes, self._document, answer) if self._notes else ()
        noted = [
            as_json.hit(hit, self._library.document(hit.document_id), line)
            for hit, line in in_notes
        ]
        one = replace(answer, total=answer.total + len(noted))
        return as_json.answer(one, (found + noted)[: answer.query.limit])

    def _document(self, document_id: str) -> Document | None:
        return self._library.document(document_id) if document_id in self._ids else None


def check(console: Console, _: Namespace) -> int:
    """Verify library, notes and index; say what is wrong, what is read better today, and what
    confines reading here."""
    console.library(as_it_is=True).close()
    keys: dict[str, Key] = {}
    with suppress(LockedNotes):
        if (key := console.key(may_ask=False)) is not None:
            keys[console.user] = key
    found = tasks.verify(str(console.paths.data), keys)
    for sentence in found or ("Library, notes and index are as they should be.",):
        console.say(sentence)
    for user in console.paths.users():
        if user not in keys and is_locked(console.paths.notes(user)):
            console.tell(f"The notes of “{user}” are locked, so they were not looked at.")
    with closing(console.library(as_it_is=True)) as library:
        older = library.editions.outdated()
    if older:
        console.say(older_sentence(len(older)))
    for one in older:
        console.say(f"{one.document_id[:12]}  {one.importer.partition('+')[0]:12}{one.title}")
    console.tell(_what_confines())
    return 1 if found else 0


def _what_confines() -> str:
    """What keeps in the process that reads files of unknown origin; it is asked itself."""
    with _workers() as workers:
        by = workers.submit("read", confined_by).result()
    return in_words(by)


COMMANDS: dict[str, Callable[[Console, Namespace], int]] = {
    "import": import_,
    "list": list_,
    "outline": outline,
    "text": text,
    "find": find,
    "check": check,
}
