"""Which document of the library the notes of a file are on, when that is sure. No Qt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import PurePath

from reader.formats import SUFFIXES
from reader.model.anchoring.words import split
from reader.model.document import Document
from reader.model.identifiers import bare_address, comparable, doi_of
from reader.model.imported_note import FoundSource
from reader.problem import Problem
from reader.store.library import Library

# What is added to an address to count who follows it.
_COUNTING = re.compile(r"(?<=[?&])(?:utm_\w+|fbclid|gclid|mc_[ce]id)=[^&]*&?")
# Suffixes of files that other programs read; a title may hold a full stop too: "Guideline 2.1".
_SUFFIXES = {*SUFFIXES, ".mobi", ".azw3", ".azw", ".kfx", ".fb2", ".djvu", ".doc"}
# Words between the names of authors, and signs that there are more of them.
_NO_NAMES = set("and et al und others eds ed dr prof md phd von van de".split())


class Homes:
    """Finds the document of a source: by identifier, then address, then title and author.

    `chosen` says for the name of a source which document it is; `document_id` says it of all that
    is not found. An identifier, an address or an author that is another is a veto, which no title
    overrules.
    """

    def __init__(self, library: Library, chosen: Mapping[str, str], document_id: str) -> None:
        self._library = library
        self._chosen = chosen
        self._document_id = document_id
        self._homes: dict[FoundSource, Document | None] = {}

    def home(self, source: FoundSource) -> Document | None:
        """The document, or None when it is not there or not sure."""
        if source not in self._homes:
            self._homes[source] = None
            if document_id := self._chosen.get(source.name) or self._find(source):
                with suppress(Problem):
                    latest = self._library.editions.latest(document_id)
                    self._homes[source] = self._library.document(latest)
        return self._homes[source]

    def _find(self, source: FoundSource) -> str:
        if source.document_id and self._library.catalog.entry(source.document_id) is not None:
            return source.document_id
        doi = comparable(source.doi) or doi_of(source.address).lower()
        found = self._library.offers.relatives.with_identifier(doi, source.pmid)
        if len(found) == 1:
            return found[0]
        address = _address(source.address)
        among = self._by_address.get(address, []) if address else []
        named = self._named(source)
        for some in (found, among, named):
            # An identifier that several have is told by what else the file says.
            alike = [one for one in some if not self._is_vetoed(one, source, doi, address)]
            if len(alike) > 1:
                alike = [one for one in alike if one in named] or alike
            if len(alike) == 1:
                return alike[0]
            if alike:
                return self._document_id
        return self._document_id

    def _named(self, source: FoundSource) -> list[str]:
        """The documents with the title, else with the file's name, when the author is theirs."""
        title = _plain(source.title)
        names = {_plain(_stem(name)) for name in (source.file_name, source.title)} - {""}
        by_file = [one for name in sorted(names) for one in self._by_file.get(name, [])]
        for some in (self._by_title.get(title, []) if title else [], by_file):
            if some:
                return list(dict.fromkeys(some))
        return []

    def _is_vetoed(self, document_id: str, source: FoundSource, doi: str, address: str) -> bool:
        """Whether a document says of itself what the source cannot be."""
        with suppress(Problem):
            document = self._library.document(document_id)
            own = comparable(document.publication.doi), document.publication.pmid
            identified = (doi and own[0] == doi) or (source.pmid and own[1] == source.pmid)
            if identified:
                return False
            if (doi and own[0]) or (source.pmid and own[1]):
                return True
            theirs = _address(document.publication.address)
            if address and theirs:
                return address != theirs
            return _other_author(source.author, document.authors)
        return True

    # What the library knows its documents by; an earlier edition stands for its latest one.

    @cached_property
    def _entries(self) -> list[tuple[str, str, str]]:
        entries = self._library.catalog.entries(earlier=True)
        return [(one.later or one.id, one.title, one.source) for one in entries]

    @cached_property
    def _by_title(self) -> dict[str, list[str]]:
        return _grouped((_plain(title), one) for one, title, _ in self._entries)

    @cached_property
    def _by_file(self) -> dict[str, list[str]]:
        return _grouped((_plain(_stem(source)), one) for one, _, source in self._entries)

    @cached_property
    def _by_address(self) -> dict[str, list[str]]:
        """Where pages came from, which only the documents themselves know as it was given."""
        found = []
        for entry in self._library.catalog.entries():
            with suppress(Problem):
                found.append(
                    (_address(self._library.document(entry.id).publication.address), entry.id)
                )
        return _grouped(found)


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, document_id in pairs:
        if name and document_id not in found.setdefault(name, []):
            found[name].append(document_id)
    return found


def _plain(title: str) -> str:
    """A title as it is compared: its words alone."""
    return " ".join(key for key in split(title).keys if key[0].isalnum())


def _stem(name: str) -> str:
    """A file's name without its suffix."""
    path = PurePath(name)
    return path.stem if path.suffix.lower() in _SUFFIXES else path.name


def _address(address: str) -> str:
    """An address on the web as it is compared, without what counts its readers; "" for others."""
    if not address.lower().startswith(("http://", "https://")):
        return ""
    return bare_address(_COUNTING.sub("", address.partition("#")[0]).rstrip("?&"))


def _other_author(said: str, authors: Iterable[str]) -> bool:
    """Whether a source and a document both name authors, and none of them is the same."""
    ours = {key for author in authors for key in _names(author)}
    theirs = _names(said)
    return bool(ours) and bool(theirs) and not ours & theirs


def _names(said: str) -> set[str]:
    """The names in a list of authors, without initials."""
    keys = {key for key in split(said).keys if len(key) > 1 and key.isalpha()}
    return keys - _NO_NAMES
