"""Lists of references and notes in a page: which elements are their items, and of which kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Literal

from reader.importers.common.elements import (
    BLOCKS,
    HEADINGS,
    Element,
    hints,
    is_hidden,
    names_of,
    roles_of,
    tag_of,
    text_of,
)
from reader.importers.html.headings import kind_of, may_list_references
from reader.importers.html.lists import labels_of
from reader.importers.prose.references import looks_cited

CITED_SHARE = 0.4
_TITLE_LIKE = frozenset(("p", "div", "summary", "dt", "b", "strong"))
_MOST_PARTS = 12
_LONGEST_SOURCE = 400
MARK_TEXT = re.compile(
    r"\s*[\[(]?\s*(?P<label>[\w*†‡§¶#.+-]{1,24}(\s?[,–-]\s?\d{1,3})?)\s*[\])]?\s*"
)
# A number is no label before a unit, another number, or the rest of itself: "2.5 mg", "5 to 10".
_NO_AMOUNT = (
    r"(?![.,]?\d)(?!\s*(?:%|‰|°|×|[–−-]\s*\d|(?:[mµμnk]?g|[mµμ]?mol|m?l|mcg|I?U|mm\s?Hg|units?|tablets?"
    r"|doses?|times|seconds?|minutes?|hours?|days?|weeks?|months?|years?|to|x)\b))"
)
PRINTED = re.compile(
    r"\s*(?:\[\s*([\w.+-]{1,24})\s*\][.:]?|(\d{1,4})\s*[.)](?!\d)|(\d{1,3})(?=\s+[A-Z])"
    + _NO_AMOUNT
    + r")\s*"
)
NOTE_PRINTED = re.compile(
    r"\s*(?:\[\s*(\w{1,3}|[*†‡§¶]+)\s*\]|(\d{1,3}"
    + _NO_AMOUNT
    + r"|[a-z](?=[.)])|[*†‡§¶]+)[.):]?(?!\d))\s*"
)
_AMOUNT = re.compile(r"\d[.,]\d|\d\s*[a-zµ%]{1,4}\b", re.IGNORECASE)
BACK_SIGNS = re.compile(r"^[\s\^↑↩⤴]+(\ufe0e|\ufe0f)?[\s,]*|\s*[↩⤴⏎][\ufe0e\ufe0f]?\s*$")
_LIST_HINT = re.compile(
    r"\b(references?|reflist|ref-?list|reference-?list|bibliography|bib-?list|works-?cited"
    r"|citation-?list|citations)\b"
)
_NOTE_ROLES = frozenset(["doc-footnote", "doc-endnote", "footnote", "endnote", "rearnote", "note"])
_BIBLIOGRAPHY = frozenset(["doc-bibliography", "bibliography", "doc-endnotes", "references"])


_Found = tuple[list[tuple[Element, str]], Element | None, Literal["reference", "note"]]


def lists_in(root: Element, marks: dict[str, set[str]]) -> list[_Found]:
    """Lists of references and notes: items with their printed labels, title, and kind."""
    found: list[_Found] = []
    taken: set[Element] = set()
    for title, elements in _parts(root):
        strict = title is not None and kind_of(text_of(title)) == "references"
        lists = [e for e in elements if tag_of(e) in ("ol", "ul", "dl")]
        lists = [e for e in lists if not any(a in lists for a in e.iterancestors())]
        sure = False
        for one in lists:
            items = _items(one)
            kind = _kind_of_list(one, items, title, strict, marks)
            if kind is not None:
                sure = sure or kind == "reference"
                found.append((items, title, kind))
                taken.update(item for item, _ in items)
        if strict and not sure:
            items = _paragraphs(elements, taken)
            if items:
                found.append((items, title, "reference"))
                taken.update(item for item, _ in items)
    single = list(_single_notes(root, marks, taken))
    if single:
        cited = _cited_share(single) >= CITED_SHARE and len(single) > 2
        found.append((single, None, "reference" if cited else "note"))
    return found


def _parts(root: Element) -> list[tuple[Element | None, list[Element]]]:
    """The elements of a page divided at its headings, and at what only looks like one."""
    parts: list[tuple[Element | None, list[Element]]] = [(None, [])]
    for element in root.iter():
        name = tag_of(element)
        is_title = name in HEADINGS or (name in _TITLE_LIKE and _looks_like_title(element))
        if is_title and not any(a is parts[-1][0] for a in element.iterancestors()):
            parts.append((element, []))
        elif name:
            parts[-1][1].append(element)
    return parts


def _looks_like_title(element: Element) -> bool:
    """Whether an element that is no heading stands over references like one."""
    # What has more parts or letters is no title; to count them is less work than to read all.
    if len(element) > 3 or len(list(islice(element.iter(), _MOST_PARTS))) == _MOST_PARTS:
        return False
    if sum(map(len, element.itertext())) > _LONGEST_SOURCE:
        return False
    text = " ".join(text_of(element).split())
    return (
        len(text) < 50
        and kind_of(text) == "references"
        and not any(tag_of(a) in (*HEADINGS, "li", "a", "nav") for a in element.iterancestors())
    )


def _items(list_element: Element) -> list[tuple[Element, str]]:
    if tag_of(list_element) == "dl":
        return [
            (dd, match["label"])
            for dd in _definitions(list_element)
            if tag_of(dd) == "dd"
            and (dt := dd.getprevious()) is not None
            and tag_of(dt) == "dt"
            and (match := MARK_TEXT.fullmatch(text_of(dt)))
            and not _AMOUNT.search(match["label"])
        ]
    numbered = tag_of(list_element) == "ol"
    return [
        (item, _printed_in(item) or (label.rstrip(".") if numbered else ""))
        for item, label in labels_of(list_element).items()
        if not is_hidden(item)
    ]


def _definitions(list_element: Element) -> Iterator[Element]:
    """The definitions of a list, also where each is a list of its own."""
    for child in list_element:
        if tag_of(child) == "dl":
            yield from child
        else:
            yield child


def _printed_in(element: Element, pattern: re.Pattern[str] = PRINTED) -> str:
    match = pattern.match(BACK_SIGNS.sub("", text_of(element)))
    return next((g for g in match.groups() if g), "") if match else ""


def _cited_share(items: Sequence[tuple[Element, str]]) -> float:
    texts = [" ".join(text_of(item).split()) for item, _ in items]
    return sum(map(looks_cited, texts)) / max(1, len(texts))


def _kind_of_list(
    one: Element,
    items: list[tuple[Element, str]],
    title: Element | None,
    strict: bool,
    marks: dict[str, set[str]],
) -> Literal["reference", "note"] | None:
    if not items or any(tag_of(a) == "nav" for a in one.iterancestors()):
        return None
    leading = sum(any(n in marks for e in item.iter() for n in names_of(e)) for item, _ in items)
    marked = leading * 2 >= len(items) or leading >= 5
    cited = _cited_share(items) >= CITED_SHARE
    around = [one, *list(one.iterancestors())[:3]]
    said = any(
        roles_of(e) & _BIBLIOGRAPHY or _LIST_HINT.search(hints(e))
        for e in around
        if tag_of(e) not in ("body", "html", "main", "article")
    )
    if strict or (said and (cited or marked)):
        return "reference"
    lenient = title is not None and may_list_references(text_of(title))
    if marked:
        return "reference" if cited and len(items) > 2 else "note"
    if lenient and cited and len(items) > 2 and tag_of(one) == "ol":
        return "reference"
    noted = any(
        roles_of(e) & {"doc-endnotes", "footnotes", "endnotes", "rearnotes"} for e in around
    )
    return "note" if noted else None


def _paragraphs(elements: list[Element], taken: set[Element]) -> list[tuple[Element, str]]:
    """Paragraphs that each are a reference."""
    found = [
        (e, _printed_in(e))
        for e in elements
        if tag_of(e) in ("p", "div", "cite", "li")
        and e not in taken
        and not any(tag_of(inner) in BLOCKS for inner in e.iterdescendants())
        and text_of(e).strip()
    ]
    labelled = [label for _, label in found if label]
    if found and len(labelled) * 2 > len(found):
        return [(e, label) for e, label in found if label]
    return found if len(found) > 1 and _cited_share(found) >= CITED_SHARE else []


def _single_notes(
    root: Element, marks: dict[str, set[str]], taken: set[Element]
) -> Iterator[tuple[Element, str]]:
    """Notes that are in no list: each a block of its own that a mark leads to."""
    ended: set[Element] = set()
    for element in root.iter():
        if tag_of(element) not in BLOCKS or tag_of(element) in (*HEADINGS, "body", "html", "main"):
            continue
        said = bool(roles_of(element) & _NOTE_ROLES) and tag_of(element) != "section"
        if not said and not marks:
            continue
        names = names_of(element)
        if not any(tag_of(e) in BLOCKS for e in element.iterdescendants()):
            first = next((e for e in element.iter() if e is not element and names_of(e)), None)
            if (
                first is not None
                and first.getparent() is element
                and not (element.text or "").strip()
            ):
                names += names_of(first)
        marked = any(name in marks for name in names)
        if not said and not marked:
            continue
        if any(a in taken or a in ended for a in [element, *element.iterancestors()]):
            continue
        label = _printed_in(element, NOTE_PRINTED)
        if (said and (marked or label)) or (marked and label and len(text_of(element)) < 3000):
            ended.add(element)
            yield element, label
