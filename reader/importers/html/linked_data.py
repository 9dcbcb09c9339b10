"""JSON-LD of web pages: schema.org's words for an article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from reader.importers.common.elements import Element, tag_of

LARGEST = 1_000_000
MOST_ITEMS = 500
_ARTICLE = re.compile(r"article|posting|report|chapter|webpage|book|thesis|guideline", re.I)
_PLAIN = {
    "headline": "headline",
    "datePublished": "datepublished",
    "dateModified": "datemodified",
    "inLanguage": "language",
    "license": "license",
    "sameAs": "identifier",
    "identifier": "identifier",
}


def linked_data(root: Element) -> Iterator[tuple[str, str]]:
    """Name and value of what the page's JSON-LD says of its article, the article itself first."""
    items: list[dict[str, Any]] = []
    for element in root.iter():
        if tag_of(element) != "script" or "ld+json" not in (element.get("type") or ""):
            continue
        text = (element.text or "").strip().removeprefix("<!--").removesuffix("-->")
        try:
            untrusted = json.loads(text[:LARGEST], strict=False)
        except (ValueError, RecursionError):
            continue
        items += _items(untrusted)
    found = [item for item in items[:MOST_ITEMS] if _ARTICLE.search(_kind(item))]
    # A page about an article says less of it than the article's own entry.
    found.sort(key=lambda item: "page" in _kind(item).lower())
    for item in found:
        for key, name in _PLAIN.items():
            yield from ((name, value) for value in _texts(item.get(key)))
        for person in _listed(item.get("author")):
            yield from (("author_name", name) for name in _texts(person))
        journal = item.get("isPartOf")
        while isinstance(journal, dict):
            if "periodical" in _kind(journal).lower():
                yield from (("journal", name) for name in _texts(journal.get("name")))
            journal = journal.get("isPartOf")


def _kind(item: dict[str, Any]) -> str:
    return " ".join(str(kind) for kind in _listed(item.get("@type")))


def _listed(untrusted: Any) -> list[Any]:
    return untrusted[:MOST_ITEMS] if isinstance(untrusted, list) else [untrusted]


def _texts(untrusted: Any) -> Iterator[str]:
    """The plain values of an entry, or the names of the things that it names."""
    for one in _listed(untrusted):
        if isinstance(one, dict):
            one = one.get("name") or one.get("value") or one.get("@value") or one.get("url")
        if isinstance(one, str):
            yield one


def _items(untrusted: Any) -> list[dict[str, Any]]:
    """All entries, also those in lists and graphs."""
    found: list[dict[str, Any]] = []
    waiting = [untrusted]
    while waiting and len(found) < MOST_ITEMS:
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting += one[:MOST_ITEMS]
        elif isinstance(one, dict):
            found.append(one)
            waiting += [one[key] for key in ("@graph", "mainEntity", "hasPart") if key in one]
    return found
