"""Notes as W3C Web Annotations in JSON-LD, written and read back without loss.

Source: Web Annotation Data Model, https://www.w3.org/TR/annotation-model/. Of the model we use one
target with two selectors, a TextualBody for the note and one for each tag. What it has no word for
(the hash of the text, what is open about a place, what the passage was before) stands in our own
terms. No creator is named: whom notes are given to need not know who wrote them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from operator import attrgetter
from typing import Any, TextIO, get_args

from reader.exporters.json_stream import read_items, same, write_items
from reader.model.annotation import (
    COLOURS,
    MEDIA_FRAGMENTS,
    Annotation,
    Area,
    Motivation,
    State,
    Style,
    Target,
    TextQuoteSelector,
    area_at,
    uri_of,
)
from reader.model.export.export_set import Entry, ExportSet
from reader.model.span import Span
from reader.problem import Problem

_STYLES: tuple[Style, ...] = get_args(Style)
_MOTIVATIONS: tuple[Motivation, ...] = get_args(Motivation)
_STATES: tuple[State, ...] = get_args(State)
# How often we wrote one, and whether it lies in the trash, is no business of a file.
_SAME = attrgetter(*(f.name for f in fields(Annotation) if f.name not in ("revision", "deleted")))
CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def write(notebook: ExportSet, out: TextIO) -> None:
    """Write an AnnotationPage."""
    write_items(_head(notebook), "items", _items(notebook), out)


def holds(content: str, notebook: ExportSet) -> bool:
    """Whether a file, read back, has the very annotations."""
    found = (_SAME(annotation_of(item)) for item in read_items(content, "items"))
    return same(found, (_SAME(entry.annotation) for _, entry in notebook.entries))


def _head(notebook: ExportSet) -> dict[str, Any]:
    return {
        "@context": CONTEXT,
        "id": "urn:offprint:notes",
        "type": "AnnotationPage",
        "generator": {"type": "Software", "name": "Offprint"},
        "generated": notebook.generated,
    }


def _items(notebook: ExportSet) -> Iterator[dict[str, Any]]:
    for chapter in notebook.chapters:
        document = chapter.document
        about = {
            "dc:title": document.title,
            "dc:creator": list(document.authors),
            "dc:date": document.publication.published,
            "dc:identifier": document.publication.doi,
            "dcterms:bibliographicCitation": chapter.citation,
        }
        known = {key: value for key, value in about.items() if value}
        for entry in chapter.entries:
            yield _item(entry, known)


def _item(entry: Entry, about: dict[str, Any]) -> dict[str, Any]:
    annotation = entry.annotation
    bodies: list[dict[str, Any]] = []
    if annotation.note:
        bodies.append(
            {
                "type": "TextualBody",
                "value": annotation.note,
                "format": "text/markdown",
                "purpose": "commenting",
            }
        )
    bodies += [
        {"type": "TextualBody", "value": tag, "purpose": "tagging"} for tag in annotation.tags
    ]
    target = _target(annotation.target, annotation.modified or annotation.created)
    target["styleClass"] = f"{annotation.style} {annotation.colour}"
    target["offprint:about"] = about
    item: dict[str, Any] = {
        "id": f"urn:uuid:{annotation.id}",
        "type": "Annotation",
        "motivation": annotation.motivation,
        "created": annotation.created,
        "modified": annotation.modified,
        "body": bodies,
        "target": target,
        "offprint:link": entry.link,
        "offprint:section": list(entry.path),
        "offprint:page": entry.page,
        "offprint:references": [{"label": a, "text": b} for a, b in entry.references],
        "offprint:state": annotation.state,
    }
    if annotation.earlier is not None:
        item["offprint:earlier"] = _target(annotation.earlier, annotation.created)
    return {key: value for key, value in item.items() if value or key == "body"}


def _target(target: Target, date: str) -> dict[str, Any]:
    """A passage as a SpecificResource; `date` is when its document read so."""
    state = {"type": "TimeState", "offprint:textHash": target.text_hash}
    if date:
        state["sourceDate"] = date
    if target.area is not None:
        return {
            "source": f"urn:sha256:{target.document_id}",
            "selector": [fragment_selector(target.area)],
            "state": state,
            # Where it stands among the notes on text.
            "offprint:area": uri_of(target.area),
            "offprint:place": {
                "start": target.position.start,
                "end": target.position.end,
                "prefix": target.quote.prefix,
                "suffix": target.quote.suffix,
            },
        }
    return {
        "source": f"urn:sha256:{target.document_id}",
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": target.quote.exact,
                "prefix": target.quote.prefix,
                "suffix": target.quote.suffix,
            },
            {
                "type": "TextPositionSelector",
                "start": target.position.start,
                "end": target.position.end,
            },
        ],
        "state": state,
    }


def fragment_selector(area: Area) -> dict[str, Any]:
    """What selects an area in its file.

    Source: Web Annotation Data Model, 4.2.1. The unit of `xywh` is a point; see `Area`.
    """
    return {
        "type": "FragmentSelector",
        "conformsTo": MEDIA_FRAGMENTS,
        "value": area.fragment,
    }


def read(untrusted_text: str) -> list[Annotation]:
    """The annotations of a page, a collection's list, or a single one.

    Raises:
        Problem: when the text is no JSON-LD of annotations, or one of them cannot be understood.
    """
    try:
        untrusted = json.loads(untrusted_text)
    except (ValueError, RecursionError):
        raise Problem("This is no JSON file of notes.") from None
    if isinstance(untrusted, dict) and "items" in untrusted:
        untrusted = untrusted["items"]
    if isinstance(untrusted, dict):
        untrusted = [untrusted]
    if not isinstance(untrusted, list):
        raise Problem("This JSON file holds no annotations.")
    found = []
    for number, item in enumerate(untrusted, 1):
        try:
            found.append(annotation_of(item))
        except (KeyError, TypeError, ValueError, AttributeError, StopIteration):
            raise Problem(f"Annotation {number} of this file cannot be understood.") from None
    return found


def annotation_of(untrusted: dict[str, Any]) -> Annotation:
    """One annotation of ours.

    Raises:
        KeyError, TypeError, ValueError, AttributeError, StopIteration: when it is none.
    """
    target = untrusted["target"]
    bodies = untrusted.get("body") or []
    words = set(str(target.get("styleClass", "")).split())
    motivation = untrusted.get("motivation", "highlighting")
    notes = [_text(body["value"]) for body in bodies if body.get("purpose") != "tagging"]
    state, earlier = untrusted.get("offprint:state", ""), untrusted.get("offprint:earlier")
    return Annotation(
        id=_text(untrusted["id"]).removeprefix("urn:uuid:"),
        target=_read_target(target),
        colour=next((colour for colour in COLOURS if colour in words), COLOURS[0]),
        style=next((style for style in _STYLES if style in words), "highlight"),
        motivation=motivation if motivation in _MOTIVATIONS else "commenting",
        note="\n\n".join(notes),
        tags=tuple(_text(b["value"]) for b in bodies if b.get("purpose") == "tagging"),
        created=_text(untrusted.get("created", "")),
        modified=_text(untrusted.get("modified", "")),
        state=state if state in _STATES else "",
        earlier=None if earlier is None else _read_target(earlier),
    )


def _read_target(untrusted: dict[str, Any]) -> Target:
    selectors = {selector["type"]: selector for selector in untrusted["selector"]}
    area = area_at(_text(untrusted.get("offprint:area", "")))
    if area is not None:
        quote = position = {"exact": "", **untrusted["offprint:place"]}
    else:
        quote, position = selectors["TextQuoteSelector"], selectors["TextPositionSelector"]
    return Target(
        _text(untrusted["source"]).removeprefix("urn:sha256:"),
        TextQuoteSelector(
            _text(quote["exact"]), _text(quote.get("prefix", "")), _text(quote.get("suffix", ""))
        ),
        Span(int(position["start"]), int(position["end"])),
        _text((untrusted.get("state") or {}).get("offprint:textHash", "")),
        area,
    )


def _text(untrusted: object) -> str:
    if not isinstance(untrusted, str):
        raise TypeError("not a text")
    return untrusted
