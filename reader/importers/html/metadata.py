"""What a web page says of itself: authors, dates, journal, identifiers, address, language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from urllib.parse import unquote, urljoin

from lxml import etree

from reader.importers.common.elements import Element, attribute, tag_of, text_of
from reader.importers.html.linked_data import linked_data
from reader.importers.prose.lines import date_in
from reader.model.identifiers import doi_of, find_doi, pmid_of

_SUFFIX = re.compile(r",?\s(Jr\.?|Sr\.?|III?|IV)$", re.IGNORECASE)
_ONE_AUTHOR = (
    *("citation_author", "bepress_citation_author", "dc.creator", "dcterms.creator"),
    "eprints.creators_name",
)
_NAMES: dict[str, tuple[str, ...]] = {
    "title": (
        *("citation_title", "dc.title", "dcterms.title", "bepress_citation_title", "eprints.title"),
        *("headline", "og:title", "parsely-title", "twitter:title", "sailthru.title"),
    ),
    "authors": (
        *("citation_author", "citation_authors", "bepress_citation_author", "dc.creator"),
        *("dcterms.creator", "eprints.creators_name", "author_name", "parsely-author"),
        *("sailthru.author", "author", "article:author", "byl", "byline", "twitter:creator:name"),
    ),
    "published": (
        *("citation_publication_date", "citation_date", "bepress_citation_date"),
        *("prism.publicationdate", "citation_online_date", "dc.date.issued", "dcterms.issued"),
        *("dc.date", "dcterms.date", "dcterms.created", "article:published_time"),
        *("datepublished", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate"),
        *("date", "article.published", "cxenseparse:recs:publishtime", "ptime"),
    ),
    "updated": (
        *("dcterms.modified", "dc.date.modified", "article:modified_time", "datemodified"),
        *("og:updated_time", "lastmod", "last-modified", "revised", "article.updated"),
        *("citation_lastmodified_date",),
    ),
    "journal": (
        *("citation_journal_title", "prism.publicationname", "bepress_citation_journal_title"),
        *("dc.relation.ispartof", "dc.source", "journal"),
    ),
    "volume": ("citation_volume", "prism.volume", "bepress_citation_volume"),
    "issue": ("citation_issue", "prism.number", "bepress_citation_issue"),
    "first_page": ("citation_firstpage", "prism.startingpage", "bepress_citation_firstpage"),
    "last_page": ("citation_lastpage", "prism.endingpage", "bepress_citation_lastpage"),
    "doi": (
        *(
            "citation_doi",
            "bepress_citation_doi",
            "prism.doi",
            "dc.identifier",
            "dc.identifier.doi",
        ),
        *("dcterms.identifier", "doi", "identifier"),
    ),
    "pmid": ("citation_pmid", "pmid"),
    "licence": ("dc.rights", "dcterms.license", "dcterms.rights", "dc.rights.license", "license"),
    "language": ("citation_language", "dc.language", "dcterms.language", "language"),
    "address": (
        *(
            "citation_public_url",
            "citation_abstract_html_url",
            "og:url",
            "citation_fulltext_html_url",
        ),
        *("twitter:url", "parsely-link"),
    ),
}
BIBLIOGRAPHIC = _NAMES["title"][:5]
_ISO = re.compile(r"\s*(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?!\d)")
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:\D|\d{6}|$)")
_DAY_FIRST = re.compile(r"\s*(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b")
_SAVED_FROM = re.compile(
    r"saved from url=\(\d+\)(\S+)|^\s*url:\s*(\S+)|mirrored from (\S+)", re.I | re.M
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?=$|[-_])")
_BY = re.compile(
    r"^\s*(written |posted |reviewed )?(by|von|par|por|di|door|von:|text:)\s+", re.IGNORECASE
)
_NO_NAME = re.compile(
    r"https?:|www\.|[@#{}<>|\\]|\d{3}|\b(admin|staff|editors?|unknown|null|view|profile|follow|read"
    r"|contact|more|about|updated|published|posted)\b",
    re.IGNORECASE,
)
_DEGREES = re.compile(
    r",?\s+(m\.?d\.?|ph\.?d\.?|d\.?o\.?|r\.?n\.?|m\.?p\.?h\.?|m\.?sc?\.?|b\.?sc?\.?|jr\.?|sr\.?|mbbs"
    r"|frcp|facp|pharmd|dphil|m\.?a\.?|b\.?a\.?)(?=,|$)",
    re.IGNORECASE,
)


@dataclass
class Said:
    """What a page's head says, by lower-case name, in order."""

    values: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, value: str) -> None:
        """Take one statement, unless it is empty."""
        value = " ".join(value.split())
        if name and value and len(value) < 2000:
            self.values.setdefault(name.lower().replace("dc:", "dc."), []).append(value)

    def all(self, names: tuple[str, ...]) -> list[str]:
        """All values of the first of the names that has any."""
        return next((self.values[name] for name in names if name in self.values), [])


def said_in(root: Element) -> Said:
    """What the page's meta elements and its JSON-LD say."""
    said = Said()
    for element in root.iter():
        if tag_of(element) != "meta":
            continue
        names = [element.get("name"), element.get("itemprop"), element.get("http-equiv")]
        names += (element.get("property") or "").split()
        for name in names:
            said.add((name or "").strip(), element.get("content") or "")
    for name, value in linked_data(root):
        said.add(name, value)
    return said


def metadata(root: Element, said: Said) -> dict[str, Any]:
    """The fields of a Document that the page gives, but for the title; none is empty."""
    address = _address(root, said)
    found: dict[str, Any] = {
        "authors": tuple(dict.fromkeys(_authors(root, said))),
        "published": _first_date(root, said, "published", "datePublished"),
        "updated": _first_date(root, said, "updated", "dateModified"),
        "journal": next(iter(said.all(_NAMES["journal"])), ""),
        **{name: _first(said, name) for name in ("volume", "issue")},
        "pages": _pages(said),
        "doi": _doi(said, address),
        "pmid": next(filter(None, map(pmid_of, said.all(_NAMES["pmid"]))), ""),
        "replaces": tuple(dict.fromkeys(filter(None, _replaces(root, said)))),
        "licence": _licence(root, said),
        "language": _language(root, said),
        "address": address,
    }
    return {name: value for name, value in found.items() if value}


def _first(said: Said, name: str) -> str:
    return next(iter(said.all(_NAMES[name])), "")[:40]


def _pages(said: Said) -> str:
    ends = _first(said, "first_page"), _first(said, "last_page")
    return "–".join(dict.fromkeys(filter(None, ends)))


def titles_said(said: Said) -> list[str]:
    """The titles that the head gives, the best first."""
    return [said.values[name][0] for name in _NAMES["title"] if name in said.values]


def iso_date(text: str) -> str:
    """A date in ISO 8601, as far as it is known ("2021-03"); "" when there is none."""
    compact = _COMPACT.match(text)
    match = compact or _ISO.match(text)
    if match is None:
        day_first = _DAY_FIRST.match(text)
        parts = [*day_first.groups()][::-1] if day_first else []
        if not parts:
            return date_in(text)
    else:
        parts = [part for part in match.groups() if part]
    year, *rest = (int(part) for part in parts)
    if not 1000 <= year <= 2200:
        return ""
    if rest and not 1 <= rest[0] <= 12:
        rest = []
    if len(rest) > 1 and not 1 <= rest[1] <= 31:
        rest = rest[:1]
    return "-".join([f"{year:04}", *(f"{part:02}" for part in rest)])


def _first_date(root: Element, said: Said, name: str, item: str) -> str:
    for value in said.all(_NAMES[name]):
        if date := iso_date(value):
            return date
    for element in root.iter():
        if tag_of(element) and item in (element.get("itemprop") or "").split():
            given = element.get("content") or element.get("datetime") or text_of(element)
            if date := iso_date(given):
                return date
    return ""


def _authors(root: Element, said: Said) -> list[str]:
    people = [person for value in said.all(_ONE_AUTHOR) for person in _one_author(value)]
    if people:
        return people
    given = said.all(_NAMES["authors"])
    people = [person for value in given for person in people_in(value)]
    if people:
        return people
    for element in root.iter():
        if tag_of(element) in ("a", "span", "div", "address", "p") and (
            "author" in (element.get("rel") or "").split()
            or "author" in (element.get("itemprop") or "").split()
        ):
            people += people_in(text_of(element))
    return people[:20]


def _one_author(value: str) -> list[str]:
    """The author in a statement that is made anew for each: a person, or a corporate author.

    Source: Google Scholar's and Highwire's tags: "Berg, A. B." or "A. B. Berg", one a tag.
    """
    text = " ".join(value.split()).strip(" ,;")
    suffix = ""
    if found := _SUFFIX.search(text):
        text, suffix = text[: found.start()], f" {found[1]}"
    text = _DEGREES.sub("", text).strip(" ,;")
    pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
    if ";" in text or len(pieces) > 2:
        return people_in(value)
    return [" ".join(reversed(pieces)) + suffix] if 1 < len(text) < 200 else []


def people_in(value: str) -> list[str]:
    """The names in one statement, given name first, without degrees."""
    text = re.sub(r"\(.*?(\)|$)", "", _BY.sub("", " ".join(value.split())))
    text = _DEGREES.sub("", text)
    parts = re.split(r"\s*;\s*|\s+(?:and|und|et|&|y|e)\s+|\s*\|\s*", text)
    names = []
    for part in parts:
        pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
        if len(pieces) == 2 and (len(parts) == 1 or ";" in text) and " " not in pieces[0]:
            pieces = [f"{pieces[1]} {pieces[0]}"]
        names += pieces
    names = [re.sub(r"^[\W_]+|[^\w.)]+$", "", name) for name in names]
    return [name for name in names if 1 < len(name) < 60 and not _NO_NAME.search(name)]


def _doi(said: Said, address: str) -> str:
    for name in _NAMES["doi"]:
        for value in said.values.get(name, ()):
            if found := doi_of(value) or find_doi(value):
                return found
    return find_doi(unquote(address)) if "doi" in address else ""


def _replaces(root: Element, said: Said) -> Iterator[str]:
    """What the page names as its own earlier editions.

    Source: RFC 5829, 3.3 ("predecessor-version"); DCMI Metadata Terms, "replaces".
    """
    for name in ("dcterms.replaces", "dc.relation.replaces"):
        for value in said.values.get(name, ()):
            yield doi_of(value) or value
    for element in root.iter():
        rel = (element.get("rel") or "").lower() if tag_of(element) in ("a", "link") else ""
        if "predecessor-version" in rel.split():
            address = element.get("href") or ""
            yield doi_of(address) or address


def _licence(root: Element, said: Said) -> str:
    for element in root.iter():
        if tag_of(element) in ("a", "link") and "license" in (element.get("rel") or "").split():
            return str(element.get("href") or "")
    return next(iter(said.all(_NAMES["licence"])), "")[:300]


def _language(root: Element, said: Said) -> str:
    html = next((e for e in root.iter() if tag_of(e) == "html"), root)
    given = [attribute(html, "lang"), *said.all(_NAMES["language"])]
    given += [*said.values.get("content-language", ()), *said.values.get("og:locale", ())]
    matches = (_LANGUAGE.match(value.strip()) for value in given if value)
    return next((match[0].lower() for match in matches if match), "")


def _address(root: Element, said: Said) -> str:
    """Where the page came from; what it calls its own address counts before where it was saved."""
    saved = _saved_from(root)
    canonical = [
        element.get("href") or ""
        for element in root.iter()
        if tag_of(element) == "link" and "canonical" in (element.get("rel") or "").lower().split()
    ]
    for given in [*canonical, *(v for n in _NAMES["address"] for v in said.values.get(n, ()))]:
        try:
            whole = urljoin(saved, given.strip())
        except ValueError:
            continue
        if re.match(r"https?://[^/\s]+\S*$", whole):
            return whole
    return saved


def _saved_from(root: Element) -> str:
    """The address in the comment that browsers and SingleFile write when they save a page."""
    comments = list(root.itersiblings(etree.Comment, preceding=True))
    comments += islice(root.iter(etree.Comment), 20)
    for comment in comments:
        match = _SAVED_FROM.search(comment.text or "")
        address = next((g for g in match.groups() if g), "") if match else ""
        if address.startswith(("http://", "https://")):
            return address
    return ""
