"""The references of an article in JATS: what they are called, and how they read."""

from __future__ import annotations

import re

from reader.importers.html_tree import Element, tag_of
from reader.importers.jats_front import address_of, name_of, one_of, text_in
from reader.model.identifiers import doi_of, find_doi


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
    between = [citation.text or "", *(child.tail or "" for child in citation)]
    return not "".join(between).strip()


def composed(citation: Element) -> str:
    """A citation that is a list of fields, as reference lists print it."""
    fields: dict[str, str] = {}
    for child in citation:
        fields.setdefault(tag_of(child), text_in(child))
    people = [
        name_of(one, initials=True)
        for one in citation.iter("{*}name", "{*}string-name", "{*}collab")
    ]
    if fields.get("etal") is not None or next(citation.iter("{*}etal"), None) is not None:
        people.append("et al")
    title = fields.get("article-title") or fields.get("chapter-title") or ""
    pages = "–".join(filter(None, (fields.get("fpage"), fields.get("lpage"))))
    pages = pages or fields.get("elocation-id") or fields.get("page-range") or ""
    volume = fields.get("volume", "")
    if fields.get("issue"):
        volume += f"({fields['issue']})"
    where = ":".join(filter(None, (volume, pages)))
    when = ";".join(filter(None, (fields.get("year", ""), where)))
    publisher = ": ".join(
        filter(None, (fields.get("publisher-loc", ""), fields.get("publisher-name", "")))
    )
    known = {"name", "person-group", "string-name", "collab", "etal", "label", "year", "volume"}
    known |= {"issue", "fpage", "lpage", "elocation-id", "page-range", "article-title", "source"}
    known |= {"chapter-title", "publisher-loc", "publisher-name", "pub-id", "month", "day"}
    rest = [text_in(child) for child in citation if tag_of(child) and tag_of(child) not in known]
    doi, pmid = ids_in(citation)
    said = [f"doi:{doi}" if doi else "", f"PMID: {pmid}" if pmid else ""]
    parts = [", ".join(people), title, fields.get("source", ""), publisher, when, *rest, *said]
    return " ".join(p if p.endswith((".", "?", "!")) else f"{p}." for p in parts if p)


def ids_in(citation: Element) -> tuple[str, str]:
    """The DOI and the PMID that a citation gives, or ""."""
    doi = pmid = ""
    for element in citation.iter():
        text = text_in(element) if tag_of(element) in ("pub-id", "object-id") else ""
        place = text or address_of(element)
        if not place:
            continue
        doi = doi or doi_of(place) or find_doi(place)
        kind = element.get("pub-id-type") or element.get("ext-link-type") or ""
        if kind == "pmid" and text.isdigit():
            pmid = text
    return doi, pmid
