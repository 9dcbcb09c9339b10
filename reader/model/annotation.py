"""A user's mark on a passage, and every edit of one.

Source: W3C Web Annotation Data Model, https://www.w3.org/TR/annotation-model/ (a subset: one
target, one text body, tags; no choices, agents or audiences).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reader.model.span import Span

Colour = Literal["yellow", "green", "blue", "pink", "violet"]
COLOURS: tuple[Colour, ...] = ("yellow", "green", "blue", "pink", "violet")
Motivation = Literal["highlighting", "commenting", "bookmarking"]
Style = Literal["highlight", "underline"]
State = Literal["", "moved", "changed", "check", "unplaced", "earlier", "archived"]


@dataclass(frozen=True, slots=True)
class TextQuoteSelector:
    """The words themselves and up to 64 characters on either side.

    Source: Web Annotation Data Model, 4.2.4.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What an annotation is about: a passage by its words and by its place.

    `position` counts code points of the document's text (Text Position Selector, 4.2.5), and is
    valid only for the text whose SHA-256 is `text_hash`.
    """

    document_id: str
    quote: TextQuoteSelector
    position: Span
    text_hash: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """A highlight, a note or a bookmark.

    `note` is Markdown. `created` and `modified` are UTC, ISO 8601; `deleted` is the time it went
    to the trash, or "". `revision` rises by one with every applied change.

    `state` is "" when nothing about its place is open. After its text has changed: "moved" to
    other neighbours, "changed" in its words, to be looked at ("check"), without a place
    ("unplaced"), or, as the person decided, left with the earlier text ("earlier") or put away
    ("archived"). `earlier` is what it was about before it was moved or changed.
    """

    id: str
    target: Target
    colour: Colour = "yellow"
    style: Style = "highlight"
    motivation: Motivation = "highlighting"
    note: str = ""
    tags: tuple[str, ...] = ()
    created: str = ""
    modified: str = ""
    deleted: str = ""
    revision: int = 0
    state: State = ""
    earlier: Target | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """An edit: what was, and what is then.

    `before` is None when an annotation is made; `after` is None when it is gone for good.

    Raises:
        ValueError: when both are None, or are two different annotations.
    """

    before: Annotation | None
    after: Annotation | None

    def __post_init__(self) -> None:
        if self.before is None and self.after is None:
            raise ValueError("a change changes something")
        if self.before and self.after and self.before.id != self.after.id:
            raise ValueError("a change is about one annotation")

    @property
    def annotation_id(self) -> str:
        """The annotation that changes."""
        one = self.after or self.before
        assert one is not None
        return one.id

    def inverse(self) -> Change:
        """The change that undoes this one."""
        return Change(self.after, self.before)
