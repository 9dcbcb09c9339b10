"""A question to the index and what it answers: places, never text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reader.model.span import Span

Origin = Literal["library", "list", "spelling", "everyday"]
HitKind = Literal["text", "title", "reference", "highlight", "note"]


@dataclass(frozen=True, slots=True)
class Query:
    """What the person typed, and where to look.

    `document_id` restricts to one document. While `typing`, the last word may be unfinished.
    `related` also wants passages that say the same in other words, when few hold all the words.
    `without` names the expansions that are not wanted. `meaning` also wants the best documents
    ordered by what they mean, where that is known.
    """

    text: str
    document_id: str = ""
    limit: int = 20
    typing: bool = False
    related: bool = False
    without: tuple[str, ...] = ()
    meaning: bool = False


@dataclass(frozen=True, slots=True)
class Expansion:
    """What a short form in a query stands for, or another spelling or name of what was typed.

    `origin` is "library" when a document says so and "list" when our own list does; "spelling" is
    the British or American one, "everyday" what people or clinicians call the same. `used` is
    whether it was looked for.
    """

    short: str
    long: str
    origin: Origin = "library"
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
class Snippet:
    """A line to show for a hit; `marks` are spans of its own `text`, not of the document's."""

    text: str
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class NoteHit:
    """A note that answers a query: a "note" by what was written, else a "highlight".

    `span` is the passage's place when the note was last placed, `snippet` a line of the note, or of
    the passage, with what matched.
    """

    annotation_id: str
    document_id: str
    kind: HitKind
    span: Span
    snippet: Snippet
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits of a query, best section first and in reading order inside a section.

    `total` counts all matches, also those beyond the limit. `understood` is the query as it was
    taken, in words; `signs` tells whether it is more than words. `notice` is a sentence when what
    was looked for differs from what was typed. `expansions` are what its words are called too, also
    those that were not wanted. `completion` is the word that the one being typed most often
    becomes, or "". `notes` are the best of the notes that answer; `notes_only` is whether nothing
    else was asked for; `notes_waiting` is how many notes could not be looked at yet.
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
    signs: bool = False
    notes: tuple[NoteHit, ...] = ()
    notes_only: bool = False
    notes_waiting: int = 0
