"""A question to the index and what it answers: places, never text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reader.model.span import Span

HitKind = Literal["text", "title", "reference", "highlight", "note"]


@dataclass(frozen=True, slots=True)
class Query:
    """What the person typed, and where to look.

    `document_id` restricts to one document. While `typing`, the last word may be unfinished.
    `related` also wants passages that say the same in other words, when few hold all the words.
    `without` names the expansions that are not wanted.
    """

    text: str
    document_id: str = ""
    limit: int = 20
    typing: bool = False
    related: bool = False
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expansion:
    """What a short form in a query stands for, or the short form of what was typed.

    `origin` is "library" when a document says so, "list" when our own list does. `used` is
    whether it was looked for.
    """

    short: str
    long: str
    origin: Literal["library", "list"] = "library"
    used: bool = True

    @property
    def name(self) -> str:
        """What tells it from others, in `Query.without`."""
        return f"{self.short} = {self.long}"


@dataclass(frozen=True, slots=True)
class Hit:
    """One place that answers the query.

    `span` is the match in the document's text; for a title that is not part of the text it is
    empty at 0. `passage` is the section's own part. `score` is comparable within one answer only.
    """

    document_id: str
    section_id: str
    kind: HitKind
    span: Span
    passage: Span
    score: float = 0.0
    annotation_id: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits of a query, best section first and in reading order inside a section.

    `total` counts all matches, also those beyond the limit. `understood` is the query as it was
    taken, `notice` a sentence when that differs from what was typed. `expansions` are what short
    forms in it stand for, also those that were not wanted. `completion` is the word that the one
    being typed most often becomes, or "".
    """

    query: Query
    hits: tuple[Hit, ...] = ()
    total: int = 0
    understood: str = ""
    suggestion: str = ""
    notice: str = ""
    problem: str = ""
    elapsed_ms: float = 0.0
    expansions: tuple[Expansion, ...] = ()
    completion: str = ""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A line to show for a hit; `marks` are spans of its own `text`, not of the document's."""

    text: str
    marks: tuple[Span, ...]
