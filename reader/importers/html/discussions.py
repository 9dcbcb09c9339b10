"""Comments of readers: equal parts, each with who wrote it, when, or how to reply."""

from __future__ import annotations

import re
from collections import Counter

from reader.importers.common.elements import Element, name_words, tag_of, words_of

_FEWEST = 2
_SAYS = re.compile(r"\b(says|wrote|replied)\s*:", re.IGNORECASE)
_SINCE = re.compile(
    r"\b(reply|permalink|upvotes?)\b|\b\d+ ?(min|minute|hour|day|week|month|year)s? ago\b"
    r"|\b\d{1,2}:\d{2} ?[ap]\.?m\b",
    re.IGNORECASE,
)
_WHO = frozenset("author avatar byline commenter fn nickname user username vcard".split())
_WHEN = frozenset("date datetime permalink reply time timestamp".split())


def is_thread(element: Element) -> bool:
    """Whether equal parts follow each other in it, each by somebody, and at some time or to reply.

    One alone is enough when it names both.
    """
    return any(_is_thread_of(holder) for holder in element.iter() if tag_of(holder))


def _is_thread_of(holder: Element) -> bool:
    parts: Counter[tuple[str, str]] = Counter()
    dated = False
    for child in holder:
        name = tag_of(child)
        if not name:
            continue
        words = words_of(child)
        says = _SAYS.search(words) is not None
        named = _names_in(child)
        who = not _WHO.isdisjoint(named)
        when = not _WHEN.isdisjoint(named) or _SINCE.search(words) is not None
        if who and when and name in ("li", "article"):
            return True
        dated = dated or when or says
        if who or says:
            parts[name, (child.get("class") or "").partition(" ")[0]] += 1
    return dated and any(count >= _FEWEST for count in parts.values())


def _names_in(element: Element) -> set[str]:
    """The words of tags, classes and ids in the element."""
    found: set[str] = set()
    for one in element.iter():
        name = tag_of(one)
        if name:
            found |= name_words(one) | {name}
    return found
