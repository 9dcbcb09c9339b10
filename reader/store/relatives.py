"""Which document of a library another may be an edition of, and whether that is sure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from reader.formats import BY_SUFFIX
from reader.model.document import Document
from reader.model.identifiers import bare_address, comparable, same_doi
from reader.store.database import Database
from reader.store.document_files import DocumentFiles

# A text is asked about when it shares so much with one of the same name and title, or of the same
# address, and so much with one that has either; more where the two come from other addresses.
_SHARED_BOTH, _SHARED_ONE, _OTHER_ADDRESS = 0.3, 0.5, 0.2
# So many documents with one name are looked at, the latest first; a name that more have says
# nothing, and to read them all would hold up an import.
_MOST_LOOKED_AT = 3

# What a document is beside the article itself.
_PARTS = re.compile(
    r"\b(?P<supplement>supplement(?:ary|al)?|suppl|appendix|additional (?:file|material))\b"
    r"|\b(?P<correction>correction|corrigend(?:um|a)|errat(?:um|a)|retract(?:ion|ed)"
    r"|expression of concern|addendum)\b"
    r"|\b(?P<answer>comment(?:ary)? on|reply to|response to|letter to)\b"
    r"|\b(?:chapter|part|section|volume|module)[\s_-]*(?P<chapter>\d+|[ivxl]+)\b",
    re.IGNORECASE,
)
_PREFIXES = ("", "doi:", "https://doi.org/", "http://dx.doi.org/")


@dataclass(frozen=True, slots=True)
class Relative:
    """A document of the library that another is an edition of, when it is `sure`, or may be.

    `older` says that the library's is the later one, by the dates that both state. `source` names
    where both are from, as `source_of` does; it is empty when an identifier is all they share.
    """

    document_id: str
    sure: bool = False
    older: bool = False
    source: tuple[str, ...] = ()


class Relatives:
    """Finds what a document may be an edition of."""

    def __init__(self, database: Database, shelf: DocumentFiles) -> None:
        self._database = database
        self._shelf = shelf

    def of(self, document: Document, batch: str = "") -> Relative | None:
        """The document that this one is a later edition of, or may be; None when there is none.

        It is sure by an identifier that both state as their own, or that this one names as that of
        its earlier edition, when both are of one format and kind and share their words. All else
        only may be, and never is what came in the same `batch`.
        """
        from reader.model.anchoring.document_identity import named_veto, veto

        maybe: list[tuple[Document, Relative]] = []
        for other in self._identified(document):
            older = _is_older(document, other)
            if _is_sure(document, other) and not named_veto(document, other) and not older:
                return Relative(other.id, sure=True)
            maybe.append((other, Relative(other.id, older=older)))
        # Of those with a name in common, the ones from the very same source come first.
        named = [(source_of(document, other), other) for other in self._named(document)]
        for source, other in sorted(named, key=lambda pair: not pair[0]):
            if _is_like(document, other):
                older = _is_older(document, other)
                maybe.append((other, Relative(other.id, older=older, source=source)))
        for other, relative in maybe:
            beside = batch and batch == self._batch_of(other.id)
            if not beside and veto(document, other) is None:
                return relative
        return None

    def with_identifier(self, doi: str, pmid: str) -> list[str]:
        """The ids of the latest editions of what has that DOI, or that PMID; either may be ""."""
        spellings = [prefix + comparable(doi) for prefix in _PREFIXES] if doi else []
        marks = ", ".join("?" * len(spellings))
        rows = self._database.rows(
            f"SELECT DISTINCT iif(later = '', id, later) FROM document WHERE trashed = '' "
            f"AND (doi <> '' AND lower(doi) IN ({marks}) OR pmid <> '' AND pmid = ?)",
            *(*spellings, pmid),
        )
        return [row[0] for row in rows]

    def note_origin(self, document: Document, batch: str) -> None:
        """Keep where a document that comes now is from, and with which others it came."""
        self._database.run(
            "INSERT INTO origin VALUES (?, ?, ?)",
            *(document.id, bare_address(document.publication.address), batch),
        )

    def _batch_of(self, document_id: str) -> str:
        value = self._database.value("SELECT batch FROM origin WHERE document_id = ?", document_id)
        return str(value or "")

    def _identified(self, document: Document) -> Iterator[Document]:
        """Documents with an identifier of this one, or of its earlier edition."""
        named = [
            comparable(document.publication.doi),
            *map(comparable, document.publication.replaces),
        ]
        for doi in dict.fromkeys(filter(None, named)):
            spellings = [prefix + doi for prefix in _PREFIXES]
            marks = ", ".join("?" * len(spellings))
            yield from self._those(f"doi <> '' AND lower(doi) IN ({marks})", document, *spellings)
        if document.publication.pmid:
            yield from self._those("pmid = ? AND pmid <> ''", document, document.publication.pmid)

    def _named(self, document: Document) -> Iterator[Document]:
        """Documents with the address, the title or the file name of this one."""
        seen: set[str] = set()
        from_there = "id IN (SELECT document_id FROM origin WHERE address = ? AND address <> '')"
        for where, value in (
            (from_there, bare_address(document.publication.address)),
            ("title = ?", document.title),
            ("source = ?", document.source),
        ):
            if value:
                found = list(self._those(where, document, value))
                if len(found) <= _MOST_LOOKED_AT:
                    yield from (other for other in found if other.id not in seen)
                    seen.update(other.id for other in found)

    def _those(self, where: str, document: Document, *values: str) -> Iterator[Document]:
        rows = self._database.rows(
            "SELECT id, edition, file_hash FROM document JOIN edition ON document_id = id "
            f"AND number = edition WHERE {where} AND later = '' AND trashed = '' AND id <> ? "
            f"ORDER BY imported DESC LIMIT {_MOST_LOOKED_AT + 1}",
            *(*values, document.id),
        )
        found = (self._shelf.document(*row) for row in rows)
        return (other for other in found if other is not None)


def source_of(one: Document, other: Document) -> tuple[str, ...]:
    """Where two documents are both from: the host of their addresses, else the name of their files
    and their title, as far as they have them in common; empty when they have not."""
    hosts = {bare_address(each.publication.address).partition("/")[0] for each in (one, other)}
    if len(hosts) == 1 and "" not in hosts:
        return (hosts.pop(),)
    if one.source == other.source and one.title == other.title:
        return (one.source, one.title)
    return ()


def _is_sure(document: Document, other: Document) -> bool:
    from reader.model.anchoring.document_identity import shared

    if _format(document) != _format(other) or document.kind != other.kind:
        return False
    if _part(document) != _part(other) or _contradict(document, other):
        return False
    # Of too few words nothing is sure: those share 0.
    return shared(document.text, other.text) >= _SHARED_BOTH


def _contradict(document: Document, other: Document) -> bool:
    """Whether one identifier is the same and the other is another."""
    if (
        document.publication.pmid
        and other.publication.pmid
        and document.publication.pmid != other.publication.pmid
    ):
        return True
    both = document.publication.doi and other.publication.doi
    replaced = any(same_doi(other.publication.doi, one) for one in document.publication.replaces)
    return (
        bool(both)
        and not replaced
        and not same_doi(document.publication.doi, other.publication.doi)
    )


def _is_like(document: Document, other: Document) -> bool:
    """Whether two documents with a name in common share enough to ask about them."""
    from reader.model.anchoring.document_identity import other_address, shared

    if _format(document) != _format(other) or _part(document) != _part(other):
        return False
    if _contradict(document, other):
        return False
    named = document.source == other.source and document.title == other.title
    address = bare_address(document.publication.address)
    same_address = bool(address) and address == bare_address(other.publication.address)
    least = _SHARED_BOTH if same_address or named else _SHARED_ONE
    least += _OTHER_ADDRESS * other_address(document, other)
    return shared(document.text, other.text) >= least


def _format(document: Document) -> str:
    """The format by the file's name; a page stays one however a browser saved it."""
    suffix = PurePath(document.source).suffix.lower()
    if suffix not in BY_SUFFIX:
        return suffix
    format_ = BY_SUFFIX[suffix]
    return "web" if "web" in format_.kinds else format_.name


def _part(document: Document) -> tuple[str, str] | None:
    """What it is beside an article: a supplement, a correction, a chapter of some number."""
    for said in (document.title, re.sub(r"[_-]+", " ", PurePath(document.source).stem)):
        if found := _PARTS.search(said):
            return str(found.lastgroup), (found["chapter"] or "").lower()
    return None


def _is_older(document: Document, other: Document) -> bool:
    """Whether a document is older than another, as far as both say."""
    one, two = (
        document.publication.updated or document.publication.published,
        other.publication.updated or other.publication.published,
    )
    common = min(len(one), len(two))
    return one[:common] < two[:common]
