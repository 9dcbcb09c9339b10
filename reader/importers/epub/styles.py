"""What the style sheets of a book hide, and what they print before and after its words.

Simple selectors are read: a tag with classes or an id, alone or inside others by the same. What is
set for print alone does not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.common.elements import Element, drop, tag_of, text_of

MOST_RULES = 5_000
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_MEDIA = re.compile(r"@media\b([^{]*)\{((?:[^{}]*\{[^{}]*\})*)\s*\}", re.IGNORECASE)
_OTHER_AT = re.compile(r"@(?!media)[\w-]+[^{};]*(?:;|\{[^{}]*\})")
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_SHOWN = re.compile(r"(?:^|;)\s*display\s*:\s*(?!none)\w", re.IGNORECASE)
_CONTENT = re.compile(r"(?:^|;)\s*content\s*:\s*([\"'])(.*?)(?<!\\)\1\s*(?:;|$)", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([0-9a-f]{1,6})\s?|\\(.)", re.IGNORECASE)
_COMPOUND = re.compile(r"([a-z][\w-]*|\*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
_PLACED = re.compile(r"::?(before|after)$", re.IGNORECASE)
# What only decorates: a bullet and a quotation mark say nothing that is lost.
_PLAIN = re.compile(r"[\s•·–—‣▪◦“”‘’\"'|/]*")


@dataclass(frozen=True, slots=True)
class _Selector:
    """Parts that an element and some around it must fit, the innermost last."""

    parts: tuple[tuple[str, frozenset[str], str], ...]
    place: str

    def matches(self, element: Element) -> bool:
        if not _fits(self.parts[-1], element):
            return False
        wanted = list(self.parts[:-1])
        for ancestor in element.iterancestors() if wanted else ():
            if wanted and _fits(wanted[-1], ancestor):
                wanted.pop()
        return not wanted


def _fits(part: tuple[str, frozenset[str], str], element: Element) -> bool:
    tag, classes, name = part
    return (
        (not tag or tag == tag_of(element))
        and (not classes or classes <= set((element.get("class") or "").split()))
        and (not name or element.get("id") == name)
    )


class BookStyles:
    """The rules of a page's sheets that hide words or print others."""

    def __init__(self, sheets: Iterable[str]) -> None:
        self._hiding: list[tuple[_Selector, bool]] = []
        self._printing: list[tuple[_Selector, str]] = []
        for untrusted_sheet in sheets:
            self._add(_COMMENT.sub(" ", untrusted_sheet))

    def _add(self, sheet: str) -> None:
        sheet = _OTHER_AT.sub(" ", _MEDIA.sub(_for_screens, sheet))
        for match in _RULE.finditer(sheet):
            head, body = match[1], match[2]
            hides, content = _HIDING.search(body), _CONTENT.search(body)
            shows = _SHOWN.search(body)
            if not (hides or shows or content):
                continue
            for selector in filter(None, map(_selector, head.split(","))):
                if len(self._hiding) + len(self._printing) >= MOST_RULES:
                    return
                words = _unescaped(content[2]) if content else ""
                if selector.place and words and not _PLAIN.fullmatch(words):
                    self._printing.append((selector, words))
                elif not selector.place and (hides or shows):
                    self._hiding.append((selector, hides is not None))

    def apply(self, writer: DocumentBuilder, body: Element) -> None:
        """Print in a page what its sheets print, and take out what they hide."""
        if any(hides for _, hides in self._hiding):
            for element in list(body.iter()):
                if tag_of(element) and self._is_hidden(element) and _is_in(element, body):
                    words = " ".join(text_of(element).split())
                    writer.leave_out("hidden text", words)
                    drop(element)
        for selector, words in self._printing:
            for element in list(body.iter()):
                if tag_of(element) and selector.matches(element):
                    _print(element, selector.place, words)

    def _is_hidden(self, element: Element) -> bool:
        hidden = False
        for selector, hides in self._hiding:
            if hidden is not hides and selector.matches(element):
                hidden = hides
        return hidden and not _SHOWN.search(element.get("style") or "")


def _is_in(element: Element, body: Element) -> bool:
    """Whether an element is still part of the page, and not the page itself."""
    return element is not body and any(ancestor is body for ancestor in element.iterancestors())


def _print(element: Element, place: str, words: str) -> None:
    if place == "before":
        element.text = words + (element.text or "")
    elif len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words


def _for_screens(media: re.Match[str]) -> str:
    return "" if re.search(r"\bprint\b", media[1]) and "screen" not in media[1] else media[2]


def _selector(untrusted: str) -> _Selector | None:
    words = untrusted.strip()
    placed = _PLACED.search(words)
    parts = []
    for word in re.split(r"[\s>]+", words[: placed.start()] if placed else words):
        match = _COMPOUND.fullmatch(word)
        if match is None or not word:
            return None
        names = re.findall(r"[.#][\w-]+", match[2])
        tag = "" if match[1] in (None, "*") else match[1].lower()
        classes = frozenset(name[1:] for name in names if name[0] == ".")
        ids = [name[1:] for name in names if name[0] == "#"]
        if not (tag or classes or ids):
            return None
        parts.append((tag, classes, ids[0] if ids else ""))
    return _Selector(tuple(parts), placed[1].lower() if placed else "")


def _unescaped(content: str) -> str:
    def said(match: re.Match[str]) -> str:
        if match[2]:
            return match[2]
        number = int(match[1], 16)
        return chr(number) if 0x20 <= number < 0x110000 and not 0xD800 <= number < 0xE000 else ""

    return _ESCAPE.sub(said, content)
