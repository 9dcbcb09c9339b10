"""References and notes of a page: which elements they are, and which links lead to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from reader.importers.common.elements import (
    BLOCKS,
    HEADINGS,
    Element,
    drop,
    hints,
    names_of,
    roles_of,
    tag_of,
    text_of,
    visible_texts,
    words_of,
)
from reader.importers.html.note_lists import BACK_SIGNS, MARK_TEXT, NOTE_PRINTED, PRINTED, lists_in

_BRACKETED = re.compile(r"\s*[\[(].*[\])]\s*")
_BACK = re.compile(
    r"\s*[\[(]?(\^|↑|↩|⤴|⏎|↵|«|▲|[a-z]{1,2}|\d{1,3}(\.\d{1,3})?|back( to .{1,30})?"
    r"|return( to .{1,30})?|jump (up|back)( to:?)?|.{0,24}back to (the )?(text|content|article))?"
    r"[\ufe0e\ufe0f]?[\])]?\s*",
    re.IGNORECASE,
)
_BACK_HINT = re.compile(
    r"\b(mw-cite-backlink|footnote-back(ref|link)?|back-?(ref|link)s?|reversefootnote)\b"
)
_MARK_ROLES = frozenset(["doc-noteref", "doc-biblioref", "noteref", "biblioref"])


@dataclass(frozen=True, slots=True)
class Entry:
    """A reference or a note, with the label that its marks show."""

    kind: Literal["reference", "note"]
    label: str


@dataclass
class Notes:
    """The references and notes of one or several pages.

    `entries` are their elements; `labels` and `notes` tell what a link to "#name" means: a
    reference of that label, or a note. `headings` are the titles of reference lists. `printed`
    is what was taken out of the entries: labels with their signs, arrows back to the text.
    """

    entries: dict[Element, Entry] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    notes: set[str] = field(default_factory=set)
    headings: set[Element] = field(default_factory=set)
    printed: list[str] = field(default_factory=list)

    @property
    def known(self) -> set[str]:
        """The labels of all references."""
        return {e.label for e in self.entries.values() if e.kind == "reference"}

    def add(self, other: Notes) -> None:
        """Take in those of another page; labels that are taken already make notes of them."""
        doubled = bool(self.known & other.known)
        for element, entry in other.entries.items():
            self.entries[element] = Entry("note", entry.label) if doubled else entry
        self.headings |= other.headings
        self.printed += other.printed
        self.notes |= other.notes | (set(other.labels) if doubled else set())
        self.labels.update({} if doubled else other.labels)


def is_mark_like(link: Element) -> bool:
    """Whether a link is printed as a mark: raised, in brackets, or said to be one."""
    text = text_of(link)
    if roles_of(link) & _MARK_ROLES:
        return True
    if not MARK_TEXT.fullmatch(text):
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
    for items, title, kind in lists_in(root, marks):
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
                _part_fields(item)
                found.labels.update(dict.fromkeys((prefix + n for n in names), label))
            else:
                found.notes.update(prefix + n for n in names)
        if title is not None and kind == "reference":
            found.headings.add(title)
        if len(found.known) == sum(e.kind == "reference" for e in found.entries.values()):
            notes.add(found)
    for element, entry in notes.entries.items():
        notes.printed += _clean(element, entry.label)
    return notes


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
            shown = MARK_TEXT.fullmatch(text_of(element))
            found.setdefault(name, set()).update({shown["label"]} if shown else set())
    return found


def _clean(element: Element, label: str) -> list[str]:
    """Take arrows back to the text, and the printed label, out of an entry.

    What is gone with them, the label itself apart, is given back.
    """
    printed: list[str] = []
    before = element.getprevious()
    if tag_of(element) == "dd" and before is not None and tag_of(before) == "dt":
        signs_of_label = _signs_round(text_of(before), label)
        if signs_of_label is not None:
            printed.append(signs_of_label)
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
            printed.append(words_of(inner))
            drop(inner)
    pattern = PRINTED if tag_of(element) != "p" else NOTE_PRINTED
    text = text_of(element)
    signs = BACK_SIGNS.match(text)
    start = signs.end() if signs else 0
    match = pattern.match(text, start)
    end = match.end() if match and match.end() < len(text) else start
    around = _signs_round(text[start:end], label)
    if around is None:
        end, around = start, ""
    printed.append(text[:start] + around)
    for one, place, piece in list(visible_texts(element)):
        if end <= 0:
            break
        setattr(one, place, piece[end:])
        end -= len(piece)
    return printed


def _part_fields(reference: Element) -> None:
    """Put a space between fields of a reference that only a style sheet sets apart.

    "KK" and "Allen" in two elements with classes of their own are two words; else they would be
    read, found and copied as one.
    """
    for part in reference.iterdescendants("span"):
        before = part.getprevious()
        if before is None or tag_of(before) != "span" or before.tail:
            continue
        last, first = text_of(before)[-1:], text_of(part)[:1]
        if part.get("class") and before.get("class") and last.isalnum() and first.isupper():
            before.tail = " "


def _signs_round(printed: str, label: str) -> str | None:
    """What is printed round a label; None when it is more than brackets and points."""
    around = printed.replace(label, "", 1)
    return None if any(map(str.isalnum, around)) else around
