"""Notes that Zotero makes of annotations, in HTML: a paragraph a highlight.

Source: https://www.zotero.org/support/note_templates.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from lxml import etree, html

from reader.model.found_note import FoundNote, FoundNotes, FoundSource
from reader.note_files.reading import colour_of, doi_in, each, text_of

_CITED = r"\([^()]*(?:\([^()]*\)[^()]*)*\)"
_QUOTED = re.compile(rf"^\s*[“\"«„](?P<quote>.+?)[”\"»“]\s*(?:{_CITED})?", re.S)


def holds(untrusted_text: str) -> bool:
    """Whether a text is HTML with a quote at the start of a paragraph, or Zotero's own."""
    if "data-annotation" in untrusted_text or "data-citation" in untrusted_text:
        return True
    return bool(re.search(r"<p[^>]*>\s*(?:<[^>]+>\s*)*[“\"«„]", untrusted_text))


def read(untrusted_text: str) -> FoundNotes:
    """The notes of a page."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False)
    try:
        page = html.document_fromstring(untrusted_text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return FoundNotes("Zotero")
    items = _items(page)
    return each("Zotero", _paragraphs(page), lambda record: _note(record, items))


def _plain(untrusted: str | None) -> Any:
    try:
        return json.loads(unquote(untrusted or "")) if untrusted else {}
    except (ValueError, RecursionError):
        return {}


def _items(page: Any) -> dict[str, dict[str, Any]]:
    """What the page says of its sources, by their addresses; under "" the only one."""
    found: dict[str, dict[str, Any]] = {}
    for part in page.xpath("//*[@data-citation-items]"):
        told = _plain(part.get("data-citation-items"))
        for item in told if isinstance(told, list) else []:
            data = item.get("itemData") if isinstance(item, dict) else None
            if isinstance(data, dict):
                for address in item.get("uris") or []:
                    found[str(address)] = data
                found.setdefault("" if "" not in found else "more", data)
    if "more" in found:
        found.pop("")
        found.pop("more")
    return found


def _paragraphs(page: Any) -> Iterator[tuple[str, Any]]:
    """Each paragraph that may hold a highlight, with the heading above it."""
    title = ""
    for part in page.iter("h1", "h2", "h3", "p", "blockquote"):
        text = " ".join(part.text_content().split())
        if part.tag in ("h1", "h2", "h3"):
            title = text
        elif part.xpath(".//*[@data-annotation]") or _QUOTED.match(text):
            yield title, part


def _note(record: tuple[str, Any], items: dict[str, dict[str, Any]]) -> FoundNote:
    title, part = record
    marks = part.xpath(".//*[@data-annotation]")
    told = _plain(marks[0].get("data-annotation")) if marks else {}
    told = told if isinstance(told, dict) else {}
    text = " ".join(part.text_content().split())
    found = _QUOTED.match(text)
    if marks:
        exact = " ".join(marks[0].text_content().split()).strip('“”"«»„ ')
        rest = text.partition(exact)[2].lstrip('”"»“ ')
        rest = re.sub(rf"^{_CITED}", "", rest)
    elif found is not None:
        exact, rest = found["quote"].strip(), text[found.end() :]
    else:
        raise ValueError("there is no quote")
    note = text_of(rest)
    cited = told.get("citationItem") or {}
    data = next((items[one] for one in map(str, cited.get("uris") or []) if one in items), None)
    data = data or items.get("", {})
    return FoundNote(
        text_of(told.get("annotationKey")),
        FoundSource(
            doi=doi_in(str(data.get("DOI", ""))),
            address=text_of(data.get("URL")),
            title=text_of(data.get("title")) or _bare(title),
        ),
        text_of(exact),
        note=note,
        colour=colour_of(told.get("color")),
        motivation="commenting" if note else "highlighting",
    )


def _bare(heading: str) -> str:
    """A heading without what Zotero says of when it was made: "Annotations (3/4/2024, 10:11)"."""
    named = re.sub(r"\s*\(\d[\d/., :apmAPM-]*\)\s*$", "", heading)
    return (
        "" if named.casefold() in ("annotations", "extracted annotations", "annotation") else named
    )
