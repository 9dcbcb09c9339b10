"""What a web page says of itself: title, authors, dates, identifiers."""

from __future__ import annotations

import json
import re
from typing import Any

from reader.importers.html_tree import HEADINGS, Element, tag_of, text_of
from reader.importers.text_lines import date_in

_NAMES = {
    "title": ("citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title"),
    "authors": ("citation_author", "citation_authors", "dc.creator", "author", "article:author"),
    "published": (
        "citation_publication_date",
        "citation_date",
        "citation_online_date",
        "dc.date",
        "dcterms.issued",
        "article:published_time",
        "date",
        "datepublished",
    ),
    "updated": ("article:modified_time", "og:updated_time", "dcterms.modified", "datemodified"),
    "journal": ("citation_journal_title", "prism.publicationname"),
    "doi": ("citation_doi", "dc.identifier", "prism.doi"),
    "pmid": ("citation_pmid",),
    "licence": ("dc.rights", "dcterms.license"),
    "language": ("citation_language", "dc.language", "og:locale"),
    "address": ("og:url",),
}
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)|^\s*url:\s*(\S+)", re.I | re.M)
_TITLE_CUT = re.compile(r"\s+[|–—»·:-]\s+")


def metadata(tree: Any) -> dict[str, Any]:
    """The fields of a Document that a page's head, its JSON-LD and its comments give."""
    said: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = (
            element.get("name") or element.get("property") or element.get("itemprop") or ""
        ).lower()
        content = " ".join((element.get("content") or "").split())
        if name and content:
            said.setdefault(name, []).append(content)
    found: dict[str, Any] = {}
    for field, names in _NAMES.items():
        values = next((said[name] for name in names if name in said), [])
        if values:
            found[field] = tuple(values) if field == "authors" else values[0]
    _add_linked_data(tree, found)
    found["authors"] = tuple(dict.fromkeys(_people(found.get("authors", ()))))
    for field in ("published", "updated"):
        found[field] = _date(found.get(field, ""))
    doi = _DOI.search(found.get("doi", ""))
    found["doi"] = doi[0] if doi else ""
    root = tree.getroottree().getroot()
    language = (
        found.get("language")
        or root.get("lang")
        or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or ""
    )
    found["language"] = language.replace("_", "-").split("-")[0].lower()[:3]
    found["address"] = _address(tree, found.get("address", ""))
    found["title"] = _title(tree, found.get("title", ""))
    return {key: value for key, value in found.items() if value}


def _people(names: tuple[str, ...]) -> list[str]:
    people: list[str] = []
    for name in names:
        if name.startswith(("http:", "https:")) or len(name) > 200:
            continue
        people += [part.strip() for part in re.split(r";| and ", name) if part.strip()]
    return people


def _date(text: str) -> str:
    iso = re.match(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?", text)
    if not iso:
        return date_in(text)
    parts = [iso[1], *(f"{int(part):02}" for part in iso.groups()[1:] if part)]
    return "-".join(parts)


def _add_linked_data(tree: Any, found: dict[str, Any]) -> None:
    """What schema.org's JSON-LD says, where the head says nothing."""
    for element in tree.iter("script"):
        if "ld+json" not in (element.get("type") or "") or not element.text:
            continue
        try:
            untrusted = json.loads(element.text[:1_000_000], strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _items(untrusted):
            if not re.search("article|page|posting", str(item.get("@type", "")), re.I):
                continue
            if isinstance(item.get("headline"), str):
                found.setdefault("title", item["headline"])
            for key, field in (("datePublished", "published"), ("dateModified", "updated")):
                if isinstance(item.get(key), str):
                    found.setdefault(field, item[key])
            people = item.get("author")
            people = people if isinstance(people, list) else [people]
            names = [p.get("name") if isinstance(p, dict) else p for p in people]
            if any(isinstance(name, str) for name in names):
                found.setdefault("authors", tuple(n for n in names if isinstance(n, str)))


def _items(untrusted: Any) -> list[dict[str, Any]]:
    if isinstance(untrusted, dict):
        graph = untrusted.get("@graph")
        return [untrusted, *(_items(graph) if isinstance(graph, list) else [])]
    if isinstance(untrusted, list):
        return [item for one in untrusted[:50] for item in _items(one)]
    return []


def _address(tree: Any, said: str) -> str:
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and element.get("href"):
            return str(element.get("href"))
    if said:
        return said
    root = tree.getroottree().getroot()
    comment = root.getprevious()
    while comment is not None:
        saved = _SAVED_FROM.search(comment.text or "")
        if saved:
            return saved[1] or saved[2]
        comment = comment.getprevious()
    return ""


def _title(tree: Any, said: str) -> str:
    """The title a reader would give: the only top heading, else what the head says, cut short."""
    tops = [" ".join("".join(e.itertext()).split()) for e in tree.iter("h1")]
    tops = [top for top in dict.fromkeys(tops) if top]
    element = next((e for e in tree.iter() if tag_of(e) == "title"), None)
    head = " ".join("".join(element.itertext()).split()) if element is not None else ""
    for top in tops:
        if top.casefold() in (said or head).casefold() and len(top) > 3:
            return top
    if said:
        return said
    if len(tops) == 1:
        return tops[0]
    return _TITLE_CUT.split(head)[0] if len(head) > 60 else head


def title_heading(root: Element, title: str) -> Element | None:
    """The heading that prints the title."""
    wanted = _key(title)
    for element in root.iter():
        if tag_of(element) in HEADINGS[:2] and wanted and _key(text_of(element)) == wanted:
            return element
    return None


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
