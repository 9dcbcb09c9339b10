"""The references of an article in JATS: what they are called, and how they read."""

from __future__ import annotations

import re

from reader.importers.common.elements import Element, tag_of
from reader.importers.common.xml_tree import address_of, one_of, text_in
from reader.importers.jats.front import name_of
from reader.model.identifiers import doi_of, find_doi

CITATIONS = ("mixed-citation", "element-citation", "nlm-citation", "citation")
"""The elements that hold one citation."""

_ADDRESSED = ("{*}pub-id", "{*}object-id", "{*}ext-link", "{*}uri", "{*}self-uri")
_PEOPLE = ("name", "string-name", "collab")
# Dates within a year are said by none of the styles that lists of references are printed in.
UNSAID = frozenset("label month day season role degrees anonymous object-id".split())
"""The fields of a citation that are in no printed list."""


def labels_of(references: list[Element]) -> dict[str, str]:
    """What each reference is called by its id, as printed or as counted; no two alike."""
    found: dict[str, str] = {}
    for number, reference in enumerate(references, start=1):
        name = reference.get("id") or f"reference {number}"
        reference.set("id", name)
        printed = re.sub(r"[\s.\[\]()]+", "", text_in(one_of(reference, "label")))
        taken = not printed or printed in found.values()
        found.setdefault(name, str(number) if taken else printed)
    return found


def is_composed(citation: Element) -> bool:
    """Whether a citation is a list of fields, without the signs between them."""
    return not (citation.text or "").strip() and not any(
        child.tail and child.tail.strip() for child in citation
    )


def composed(citation: Element) -> str:
    """A citation that is a list of fields, as reference lists print it."""
    fields: dict[str, str] = {}
    rest: list[str] = []
    people = []
    for child in citation:
        tag, words = tag_of(child), text_in(child)
        if tag in _PEOPLE or tag in ("person-group", "name-alternatives", "collab-alternatives"):
            people += _people_in(child)
        elif not tag or tag in UNSAID or not words:
            fields.setdefault(tag, "")
        elif tag in _PLACED and tag not in fields:
            fields[tag] = words
        elif tag != "pub-id" or child.get("pub-id-type") not in ("doi", "pmid"):
            rest.append(words)
    if "etal" in fields or next(citation.iter("{*}etal"), None) is not None:
        people.append("et al")
    title = fields.get("article-title") or fields.get("chapter-title") or ""
    if title != fields.get("chapter-title", title):
        rest.insert(0, fields["chapter-title"])
    pages = "–".join(filter(None, (fields.get("fpage"), fields.get("lpage"))))
    pages = ", ".join(
        filter(None, (pages, *(fields.get(name, "") for name in ("elocation-id", "page-range"))))
    )
    volume = fields.get("volume", "")
    if fields.get("issue"):
        volume += f"({fields['issue']})"
    where = ":".join(filter(None, (volume, pages)))
    when = ";".join(filter(None, (fields.get("year", ""), where)))
    publisher = ": ".join(
        filter(None, (fields.get("publisher-loc", ""), fields.get("publisher-name", "")))
    )
    doi, pmid = ids_in(citation)
    said = [f"doi:{doi}" if doi else "", f"PMID: {pmid}" if pmid else ""]
    parts = [", ".join(people), title, fields.get("source", ""), publisher, when, *rest, *said]
    return " ".join(p if p.endswith((".", "?", "!")) else f"{p}." for p in parts if p)


_PLACED = frozenset(
    "article-title chapter-title source volume issue fpage lpage elocation-id page-range year "
    "publisher-loc publisher-name".split()
)


def _people_in(element: Element) -> list[str]:
    """The names in a field of a citation, as they are listed; each in one form."""
    if tag_of(element) in _PEOPLE:
        return [name_of(element, initials=True)]
    people: list[str] = []
    for child in element:
        people += _people_in(child)
        if people and tag_of(element).endswith("-alternatives"):
            break
    return people


def ids_in(citation: Element) -> tuple[str, str]:
    """The DOI and the PMID that a citation gives, or ""."""
    doi = pmid = ""
    for element in citation.iter(*_ADDRESSED):
        text = text_in(element) if tag_of(element) in ("pub-id", "object-id") else ""
        place = text or address_of(element)
        if not place:
            continue
        doi = doi or doi_of(place) or find_doi(place)
        kind = element.get("pub-id-type") or element.get("ext-link-type") or ""
        if kind == "pmid" and text.isdigit():
            pmid = text
    return doi, pmid
