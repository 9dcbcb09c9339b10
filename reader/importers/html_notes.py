"""References and notes of a page: which elements they are, and which links lead to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from reader.importers.html_headings import kind_of, may_list_references
from reader.importers.html_lists import labels_of
from reader.importers.html_tree import (
    BLOCKS,
    HEADINGS,
    Element,
    attribute,
    drop,
    hints,
    is_hidden,
    tag_of,
    text_of,
    visible_texts,
)
from reader.importers.text_references import looks_cited

CITED_SHARE = 0.4
_MARK_TEXT = re.compile(
    r"\s*[\[(]?\s*(?P<label>[\w*†‡§¶#.+-]{1,24}(\s?[,–-]\s?\d{1,3})?)\s*[\])]?\s*"
)
_BRACKETED = re.compile(r"\s*[\[(].*[\])]\s*")
_PRINTED = re.compile(
    r"\s*(?:\[\s*([\w.+-]{1,24})\s*\][.:]?|(\d{1,4})\s*[.)]|(\d{1,3})(?=\s+[A-Z]))\s*"
)
_NOTE_PRINTED = re.compile(
    r"\s*(?:\[\s*(\w{1,3}|[*†‡§¶]+)\s*\]|(\d{1,3}|[a-z](?=[.)])|[*†‡§¶]+)[.):]?)\s*"
)
_BACK = re.compile(
    r"\s*[\[(]?(\^|↑|↩|⤴|⏎|↵|«|▲|[a-z]{1,2}|\d{1,3}(\.\d{1,3})?|back( to .{1,30})?"
    r"|return( to .{1,30})?|jump (up|back)( to:?)?|.{0,24}back to (the )?(text|content|article))?"
    r"[\ufe0e\ufe0f]?[\])]?\s*",
    re.IGNORECASE,
)
_BACK_HINT = re.compile(
    r"\b(mw-cite-backlink|footnote-back(ref|link)?|back-?(ref|link)s?|reversefootnote)\b"
)
_BACK_SIGNS = re.compile(r"^[\s\^↑↩⤴]+(\ufe0e|\ufe0f)?[\s,]*|\s*[↩⤴⏎][\ufe0e\ufe0f]?\s*$")
_LIST_HINT = re.compile(
    r"\b(references?|reflist|ref-?list|reference-?list|bibliography|bib-?list|works-?cited"
    r"|citation-?list|citations)\b"
)
_NOTE_HINT = re.compile(r"\b(foot-?notes?|end-?notes?|msofootnotetext|msoendnotetext|rearnotes?)\b")
_NOTE_ROLES = frozenset(["doc-footnote", "doc-endnote", "footnote", "endnote", "rearnote", "note"])
_MARK_ROLES = frozenset(["doc-noteref", "doc-biblioref", "noteref", "biblioref"])
_BIBLIOGRAPHY = frozenset(["doc-bibliography", "bibliography", "doc-endnotes", "references"])


@dataclass(frozen=True, slots=True)
class Entry:
    """A reference or a note, with the label that its marks show."""

    kind: Literal["reference", "note"]
    label: str


@dataclass
class Notes:
    """The references and notes of one or several pages.

    `entries` are their elements; `labels` and `notes` tell what a link to "#name" means: a
    reference of that label, or a note. `headings` are the titles of reference lists.
    """

    entries: dict[Element, Entry] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    notes: set[str] = field(default_factory=set)
    headings: set[Element] = field(default_factory=set)

    @property
    def known(self) -> set[str]:
        """The labels of all references."""
        return {e.label for e in self.entries.values() if e.kind == "reference"}

    def add(self, other: Notes) -> None:
        """Takes in those of another page; labels that are taken already make notes of them."""
        doubled = bool(self.known & other.known)
        for element, entry in other.entries.items():
            self.entries[element] = Entry("note", entry.label) if doubled else entry
        self.headings |= other.headings
        self.notes |= other.notes | (set(other.labels) if doubled else set())
        self.labels.update({} if doubled else other.labels)


def roles_of(element: Element) -> set[str]:
    """What the element says it is: role and epub:type."""
    return {*(element.get("role") or "").split(), *attribute(element, "type").lower().split()}


def is_mark_like(link: Element) -> bool:
    """Whether a link is printed as a mark: raised, in brackets, or said to be one."""
    text = text_of(link)
    if roles_of(link) & _MARK_ROLES:
        return True
    if not _MARK_TEXT.fullmatch(text):
        return False
    parent = link.getparent()
    raised = any(tag_of(e) == "sup" for e in link.iter()) or any(
        tag_of(e) == "sup" for e in _near_ancestors(link)
    )
    before = link.getprevious()
    text_before = (
        before.tail if before is not None else parent.text if parent is not None else ""
    ) or ""
    bracketed = _BRACKETED.fullmatch(text) is not None or (
        text_before.rstrip().endswith(("[", ",", "–", "-")) and text.strip().isdigit()
    )
    return raised or bracketed or "footnote" in hints(link) or "noteref" in hints(link)


def _near_ancestors(element: Element) -> Iterator[Element]:
    for count, ancestor in enumerate(element.iterancestors()):
        if count == 3 or tag_of(ancestor) in BLOCKS:
            return
        yield ancestor


def find_notes(root: Element, prefix: str = "") -> Notes:
    """The references and notes in a page; arrows back, and labels printed in them, are taken out.

    `prefix` goes before ids to make names of them, when several pages make one document.
    """
    order = {element: i for i, element in enumerate(root.iter())}
    by_id: dict[str, Element] = {}
    for element in order:
        for name in names_of(element):
            by_id.setdefault(name, element)
    marks = _marks(order, by_id)
    notes = Notes()
    for items, title, kind in _lists(root, marks):
        found = Notes()
        for item, printed in items:
            names = {name for e in item.iter() for name in names_of(e)}
            if (before := item.getprevious()) is not None and tag_of(before) == "dt":
                names |= {name for e in before.iter() for name in names_of(e)}
            shown = {label for name in names for label in marks.get(name, ())}
            label = shown.pop() if len(shown) == 1 else printed
            if printed and not any(map(str.isalnum, label)):
                # The number that is printed before the note says more than the star in the text.
                label = printed
            label = label or str(len(found.entries) + 1)
            found.entries[item] = Entry(kind, label)
            if kind == "reference":
                found.labels.update(dict.fromkeys((prefix + n for n in names), label))
            else:
                found.notes.update(prefix + n for n in names)
        if title is not None and kind == "reference":
            found.headings.add(title)
        if len(found.known) == sum(e.kind == "reference" for e in found.entries.values()):
            notes.add(found)
    for element in notes.entries:
        _clean(element)
    return notes


def names_of(element: Element) -> list[str]:
    """The names by which links can lead to an element."""
    names = [element.get("id"), element.get("name") if tag_of(element) == "a" else None]
    return [str(name) for name in names if name]


def _marks(order: dict[Element, int], by_id: dict[str, Element]) -> dict[str, set[str]]:
    """What the marks that lead to a name further on print."""
    found: dict[str, set[str]] = {}
    for element, place in order.items():
        if tag_of(element) != "a":
            continue
        name = (element.get("href") or "").partition("#")[2]
        target = by_id.get(name)
        if target is None or order[target] <= place or tag_of(target) in HEADINGS:
            continue
        if is_mark_like(element):
            shown = _MARK_TEXT.fullmatch(text_of(element))
            found.setdefault(name, set()).update({shown["label"]} if shown else set())
    return found


_Found = tuple[list[tuple[Element, str]], Element | None, Literal["reference", "note"]]


def _lists(root: Element, marks: dict[str, set[str]]) -> list[_Found]:
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
        is_title = name in HEADINGS or (
            name in ("p", "div", "summary", "dt", "b", "strong")
            and len(element) < 4
            and len(text := " ".join(text_of(element).split())) < 50
            and kind_of(text) == "references"
            and not any(tag_of(a) in (*HEADINGS, "li", "a", "nav") for a in element.iterancestors())
        )
        if is_title and not any(a is parts[-1][0] for a in element.iterancestors()):
            parts.append((element, []))
        elif name:
            parts[-1][1].append(element)
    return parts


def _items(list_element: Element) -> list[tuple[Element, str]]:
    if tag_of(list_element) == "dl":
        return [
            (dd, match["label"])
            for dd in list_element
            if tag_of(dd) == "dd"
            and (dt := dd.getprevious()) is not None
            and tag_of(dt) == "dt"
            and (match := _MARK_TEXT.fullmatch(text_of(dt)))
        ]
    numbered = tag_of(list_element) == "ol"
    return [
        (item, _printed_in(item) or (label.rstrip(".") if numbered else ""))
        for item, label in labels_of(list_element).items()
        if not is_hidden(item)
    ]


def _printed_in(element: Element, pattern: re.Pattern[str] = _PRINTED) -> str:
    match = pattern.match(_BACK_SIGNS.sub("", text_of(element)))
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
        if any(a in taken or a in ended for a in [element, *element.iterancestors()]):
            continue
        said = bool(roles_of(element) & _NOTE_ROLES) and tag_of(element) != "section"
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
        label = _printed_in(element, _NOTE_PRINTED)
        if (said and (marked or label)) or (marked and label and len(text_of(element)) < 3000):
            ended.add(element)
            yield element, label


def _clean(element: Element) -> None:
    """Takes arrows back to the text, and the printed label, out of an entry."""
    before = element.getprevious()
    if tag_of(element) == "dd" and before is not None and tag_of(before) == "dt":
        drop(before)
    for inner in list(element.iterdescendants()):
        if not tag_of(inner) or inner.getparent() is None:
            continue
        backward = tag_of(inner) == "a" and (inner.get("href") or "").startswith("#")
        if (
            _BACK_HINT.search(hints(inner))
            or "doc-backlink" in roles_of(inner)
            or (backward and _BACK.fullmatch(text_of(inner)))
        ):
            drop(inner)
    label = _PRINTED if tag_of(element) != "p" else _NOTE_PRINTED
    text = text_of(element)
    signs = _BACK_SIGNS.match(text)
    start = signs.end() if signs else 0
    match = label.match(text, start)
    end = match.end() if match and match.end() < len(text) else start
    for one, place, piece in list(visible_texts(element)):
        if end <= 0:
            break
        setattr(one, place, piece[end:])
        end -= len(piece)
