"""W3C Web Annotations: our own whole, those of others by their words; also Readium's sets.

Source: Web Annotation Data Model, https://www.w3.org/TR/annotation-model/, and
https://github.com/readium/annotations.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reader.exporters.w3c import annotation_of
from reader.model.annotation import Motivation
from reader.model.imported_note import FoundNote, FoundNotes, FoundSource
from reader.note_importers.fields import (
    as_it_stands,
    colour_of,
    doi_in,
    each,
    first_text,
    given,
    tags_of,
    text_of,
)
from reader.note_importers.times import time_of

_OURS = "urn:sha256:"


def holds(untrusted: Any) -> bool:
    """Whether parsed JSON is a page, a collection, a set or a list of annotations."""
    if isinstance(untrusted, list):
        return bool(untrusted) and all(map(holds, untrusted[:3]))
    if not isinstance(untrusted, dict):
        return False
    return "items" in untrusted or str(untrusted.get("type", "")).startswith("Annotation")


def read(untrusted: Any) -> FoundNotes:
    """The notes in parsed JSON."""
    about: dict[str, Any] = {}
    records = untrusted
    # A collection has its items in its first page.
    for _ in range(2):
        if isinstance(records, dict):
            told = records.get("about")
            about = told if isinstance(told, dict) else about
            records = records.get("items", records.get("first", [records]))
    records = records if isinstance(records, list) else [records]
    found = each("W3C Web Annotation", records, lambda record: _note(record, about))
    return replace(found, is_ours=True)


def _note(untrusted: dict[str, Any], about: dict[str, Any]) -> FoundNote:
    target = untrusted["target"]
    target = target[0] if isinstance(target, list) else target
    target = {"source": target} if isinstance(target, str) else target
    source = target.get("source", "")
    source = source.get("id", "") if isinstance(source, dict) else text_of(source)
    if source.startswith(_OURS):
        told = target.get("offprint:about")
        return given(
            annotation_of(untrusted), _source(source, told if isinstance(told, dict) else {})
        )
    selectors = target.get("selector") or []
    selectors = selectors if isinstance(selectors, list) else [selectors]
    quotes = [one for one in map(_refined, selectors) if one.get("type") == "TextQuoteSelector"]
    quote = quotes[0] if quotes else {}
    # A body that is only a text may have a place of its own (3.2.6).
    bodies = untrusted.get("body") or untrusted.get("bodyValue") or []
    bodies = [body for one in _listed(bodies) for body in _bodies(one)]
    # Readium has tags beside a text; the model has a body for each.
    tags = [one.get("value") for one in bodies if one.get("purpose") == "tagging"]
    for one in bodies:
        beside = one.get("tag", one.get("tags"))
        tags += beside if isinstance(beside, list) else [beside] if beside else []
    said = [one for one in bodies if one.get("purpose") != "tagging"]
    note = "\n\n".join(filter(None, (text_of(one.get("value")) for one in said)))
    looks = [one for one in bodies if "color" in one or "highlight" in one] or [{}]
    shape = str(looks[0].get("highlight", "")) + str(target.get("styleClass", ""))
    colour = looks[0].get("color") or _last(str(target.get("styleClass", "")))
    told_motivation = first_text(untrusted.get("motivation"))
    kind: Motivation = "commenting" if note else "highlighting"
    return FoundNote(
        text_of(untrusted.get("id")).removeprefix("urn:uuid:"),
        _source(source, about),
        text_of(quote.get("exact")),
        as_it_stands(quote.get("prefix")),
        as_it_stands(quote.get("suffix")),
        note,
        tags_of(tags),
        colour_of(colour),
        "underline" if "underline" in shape else "highlight",
        "bookmarking" if told_motivation == "bookmarking" else kind,
        time_of(untrusted.get("created")),
        time_of(untrusted.get("modified")),
    )


def _refined(selector: dict[str, Any]) -> dict[str, Any]:
    """The selector, or the one that says more of it."""
    for _ in range(4):
        inner = selector.get("refinedBy")
        if selector.get("type") == "TextQuoteSelector" or not isinstance(inner, dict):
            break
        selector = inner
    return selector


def _listed(untrusted: Any) -> list[Any]:
    return untrusted if isinstance(untrusted, list) else [untrusted]


def _bodies(untrusted: Any) -> list[dict[str, Any]]:
    """A body, or those that a choice or a list of them has (4.3)."""
    if isinstance(untrusted, str):
        return [{"value": untrusted}]
    if not isinstance(untrusted, dict):
        raise TypeError("no body")
    inner = [{"value": one} if isinstance(one, str) else one for one in _inner(untrusted)]
    return [one for one in inner if isinstance(one, dict)] or [untrusted]


def _inner(untrusted: dict[str, Any]) -> list[Any]:
    return _listed(untrusted.get("items") or []) if "value" not in untrusted else []


def _last(style: str) -> str:
    return style.split()[-1] if style.split() else ""


def _source(source: str, about: dict[str, Any]) -> FoundSource:
    told = about.get("dc:identifier")
    names = [first_text(one) for one in (told if isinstance(told, list) else [told])]
    dois = [doi_in(name) for name in (source, *names)]
    return FoundSource(
        document_id=source.removeprefix(_OURS) if source.startswith(_OURS) else "",
        doi=next(filter(None, dois), ""),
        address=source if source.startswith(("http:", "https:")) else "",
        title=first_text(about.get("dc:title")),
        author=first_text(about.get("dc:creator")),
    )
