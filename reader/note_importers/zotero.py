"""Notes that Zotero makes of annotations, in HTML and in Markdown: a paragraph an annotation.

Source: https://www.zotero.org/support/note_templates.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from urllib.parse import unquote

from lxml import etree, html

from reader.model.imported_note import FoundNote, FoundNotes, FoundSource
from reader.note_importers.fields import colour_of, doi_in, each, text_of

_CITED = r"\([^()]*(?:\([^()]*\)[^()]*)*\)"
_QUOTED = re.compile(rf"^\s*[“\"«„](?P<quote>.+?)[”\"»“]\s*(?:{_CITED})?", re.S)
_ITEM = r"zotero://(?:select|open-pdf|open)/"
# “quote” ([Author, year, p. 3](zotero://select/…)) ([pdf](zotero://open-pdf/…annotation=KEY)) note
_LINKED = re.compile(rf"\s*\(\[(?P<words>(?:[^\]\\]|\\.)*)\]\({_ITEM}(?P<rest>[^()\s]*)\)\)")
_FRONT = re.compile(r"\A\s*---[ \t]*\n.*?\n---[ \t]*(?:\n|$)", re.S)
_KEY = re.compile(r"[?&]annotation=(\w+)")
_HEADINGS = ("h1", "h2", "h3")
_BLOCKS = (
    *("body", "div", "p", "blockquote", "li", "pre", "td", "th", "caption", "dt", "dd"),
    *("h4", "h5", "h6"),
)
# A character of private use: nobody writes it.
_BREAK = "\ue00b"


def holds(untrusted_text: str) -> bool:
    """Whether a text is HTML with a quote at the start of a paragraph, or Zotero's own."""
    if "data-annotation" in untrusted_text or "data-citation" in untrusted_text:
        return True
    return bool(re.search(r"<p[^>]*>\s*(?:<[^>]+>\s*)*[“\"«„]", untrusted_text))


def holds_markdown(untrusted_text: str) -> bool:
    """Whether a text is Markdown with Zotero's links behind its quotes."""
    return any(map(_LINKED.search, untrusted_text.split("\n")))


def read(untrusted_text: str) -> FoundNotes:
    """The notes of a page."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False)
    try:
        page = html.document_fromstring(untrusted_text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return FoundNotes("Zotero")
    items = _items(page)
    return each("Zotero", _paragraphs(page), lambda record: _note(record, items))


def read_markdown(untrusted_text: str) -> FoundNotes:
    """The notes of Markdown; a paragraph may run over lines."""
    text = untrusted_text.removeprefix("\ufeff").replace("\r\n", "\n")
    return each("Zotero", _blocks(text), _markdown_note)


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Each paragraph with the heading above it."""
    title, text = "", _FRONT.sub("", text, count=1)
    for block in re.split(r"\n[ \t]*\n", text):
        block = block.strip("\n")
        if found := re.match(r"#{1,6} +(.*)", block, re.S):
            title = " ".join(found[1].split())
            continue
        for part in re.split(r"\n(?=[-*>] |[“\"«„])", block):
            if any(map(str.isalnum, part)):
                yield title, re.sub(r"^(?:[-*>] )+", "", part)


def _markdown_note(record: tuple[str, str]) -> FoundNote:
    title, block = record
    first = _LINKED.search(block)
    if first is None:
        # What a person wrote between them.
        own = text_of(_unescaped(block))
        return FoundNote("", FoundSource(title=_bare(title)), "", note=own, motivation="commenting")
    end, keys = first.end(), _KEY.findall(first["rest"])
    while following := _LINKED.match(block, end):
        end = following.end()
        keys += _KEY.findall(following["rest"])
    before = block[: first.start()].strip()
    quoted = re.fullmatch(r"[“\"«„](.*)[”\"»“]", before, re.S)
    exact = _unescaped(quoted[1] if quoted else "")
    lines = [re.sub(r" {2,}$|\\$", "", line) for line in block[end:].strip().split("\n")]
    # What is no quote is an image, whose name says nothing.
    note = text_of(_unescaped("\n".join(lines)))
    if not exact and not note:
        raise ValueError("there is no quote")
    return FoundNote(
        keys[0] if keys else "",
        FoundSource(title=_bare(title)),
        text_of(exact),
        note=note,
        motivation="commenting" if note else "highlighting",
        place=_unescaped(first["words"]),
    )


def _unescaped(text: str) -> str:
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


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
    """Each paragraph that may hold a note, with the heading above it."""
    title = ""
    for unseen in page.xpath("//head | //script | //style"):
        unseen.drop_tree()
    for line_end in page.iter("br"):
        line_end.tail = _BREAK + (line_end.tail or "")
    for part in page.iter(*_HEADINGS, *_BLOCKS):
        if part.tag in _HEADINGS:
            title = " ".join(_text(part).split())
            continue
        own = _own(part)
        if _text(own):
            # What lies loose around all else comes before the first heading.
            first = next(part.iterdescendants(*_HEADINGS), None)
            yield title or ("" if first is None else " ".join(_text(first).split())), own


def _own(part: Any) -> Any:
    """A block without those in it, each of which is one of its own."""
    if next(part.iterdescendants(*_HEADINGS, *_BLOCKS), None) is None:
        return part
    own = deepcopy(part)
    for inner in list(own.iterchildren()):
        _drop_blocks(inner)
    return own


def _drop_blocks(part: Any) -> None:
    """Take blocks out; what stands behind one begins a line."""
    if part.tag in _HEADINGS or part.tag in _BLOCKS:
        part.tail = _BREAK + (part.tail or "")
        part.drop_tree()
        return
    for inner in list(part.iterchildren()):
        _drop_blocks(inner)


def _text(part: Any) -> str:
    """The words of an element; a line end where the page has one, else one space."""
    lines = part.text_content().split(_BREAK)
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _note(record: tuple[str, Any], items: dict[str, dict[str, Any]]) -> FoundNote:
    title, part = record
    marks = part.xpath(".//*[@data-annotation]")
    told = _plain(marks[0].get("data-annotation")) if marks else {}
    told = told if isinstance(told, dict) else {}
    text = _text(part)
    found = _QUOTED.match(text)
    exact, rest = "", text
    if marks and (words := _text(marks[0])):
        exact = " ".join(words.split()).strip('“”"«»„ ')
        rest = text[text.find(words) + len(words) :].lstrip('”"»“ ')
    elif not marks and found is not None:
        exact, rest = " ".join(found["quote"].split()), text[found.end() :]
    cited = _cited(part)
    if cited:
        # Where the citation is marked, nothing else in brackets is taken for it.
        rest = rest.lstrip().removeprefix(cited)
    elif marks and not part.xpath(".//*[@data-citation or @class='citation']"):
        rest = re.sub(rf"^\s*{_CITED}", "", rest)
    note = text_of(rest)
    if not exact and not note:
        raise ValueError("there is no quote")
    citation = part.xpath(".//*[@data-citation]/@data-citation")
    sources = _addresses(told.get("citationItem")) + _addresses(
        _plain(citation[0]) if citation else {}
    )
    data = next((items[one] for one in sources if one in items), None) or items.get("", {})
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
        style="underline" if part.xpath(".//*[contains(@class, 'underline')]") else "highlight",
        motivation="commenting" if note else "highlighting",
        place=text_of(told.get("pageLabel")) or cited,
    )


def _cited(part: Any) -> str:
    """The words of the first citation, with the brackets around them."""
    found = part.xpath(".//*[contains(concat(' ', @class, ' '), ' citation ')]")
    return _text(found[0]) if found else ""


def _addresses(untrusted: Any) -> list[str]:
    """The addresses of the items that a citation names."""
    told = untrusted if isinstance(untrusted, dict) else {}
    named = told.get("citationItems")
    parts = [told, *(named if isinstance(named, list) else [])]
    return [str(one) for part in parts if isinstance(part, dict) for one in part.get("uris") or []]


def _bare(heading: str) -> str:
    """A heading without what Zotero says of when it was made: "Annotations (3/4/2024, 10:11)"."""
    named = re.sub(r"\s*\(\d[\d/., :apmAPM-]*\)\s*$", "", heading)
    return (
        "" if named.casefold() in ("annotations", "extracted annotations", "annotation") else named
    )
