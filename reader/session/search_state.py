"""The state of one search: what is asked, what came back, which hit is current."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace

from reader.model.search import Answer, Expansion, Hit, Query


@dataclass
class SearchState:
    """What the person looks for now; answers to an older question are dropped by its number.

    `article` holds all hits of the open document in reading order, `library` the best of all
    documents. `current` is the place of the current hit in `article.hits`, or -1. `without` names
    the expansions that were switched off. `problem` is what is wrong with the text as it stands.
    """

    text: str = ""
    number: int = 0
    article: Answer = field(default_factory=lambda: Answer(Query("")))
    library: Answer = field(default_factory=lambda: Answer(Query("")))
    current: int = -1
    without: tuple[str, ...] = ()
    problem: str = ""

    @property
    def active(self) -> bool:
        """Whether anything is looked for."""
        return bool(self.text.strip())

    @property
    def hit(self) -> Hit | None:
        """The current hit."""
        return self.article.hits[self.current] if 0 <= self.current < self.count else None

    @property
    def fresh(self) -> bool:
        """Whether the answer of the open document is to what is asked now."""
        asked = self.article.query
        return (asked.text, asked.without) == (self.text, self.without)

    @property
    def count(self) -> int:
        """The number of hits in the open document."""
        return len(self.article.hits)

    def ask(self, text: str) -> int:
        """Begin another question; its number tells its answers from older ones."""
        self.text = text
        self.number += 1
        self.problem = ""
        if not self.active:
            self.without = ()
            self.article = self.library = Answer(Query(""))
            self.current = -1
        return self.number

    @property
    def expansions(self) -> tuple[Expansion, ...]:
        """What short forms in the query stand for, in the article and elsewhere, each once."""
        found = {one.name: one for one in (*self.article.expansions, *self.library.expansions)}
        return tuple(found.values())

    @property
    def completion(self) -> str:
        """What is still missing of the word that is being typed; "" when that is not known."""
        words = self.text.split()
        if not self.fresh or not words:
            return ""
        whole = self.article.completion or self.library.completion
        typed = words[-1]
        return whole[len(typed) :] if whole.startswith(typed.lower()) else ""

    def switch(self, name: str) -> None:
        """Leave an expansion out from now on, or take it in again."""
        if name in self.without:
            self.without = tuple(one for one in self.without if one != name)
        else:
            self.without = (*self.without, name)
        self.number += 1

    def leave_article(self) -> None:
        """Let go of the hits of a document that is no longer the open one."""
        self.article = Answer(Query(""))
        self.current = -1

    def take(self, number: int, answer: Answer) -> bool:
        """Take an answer in, unless it is to an older question; whether it was taken."""
        if number != self.number or not self.active:
            return False
        if answer.query.document_id:
            kept = self.hit
            self.article = answer
            self.current = -1
            if kept is not None:
                same = [i for i, hit in enumerate(answer.hits) if hit.span == kept.span]
                self.current = same[0] if same else -1
        else:
            self.library = answer
        return True

    def says(self, answer: Answer) -> bool:
        """Whether the same was answered already."""
        known = self.article if answer.query.document_id else self.library
        return replace(answer, elapsed_ms=0.0, notes_waiting=0) == replace(
            known, elapsed_ms=0.0, notes_waiting=0
        )

    def step(self, by: int, offset: int) -> Hit | None:
        """Make the next hit current, round the end; the first step starts from `offset`."""
        if not self.count:
            return None
        if self.current >= 0:
            self.current = (self.current + by) % self.count
        else:
            starts = [hit.span.start for hit in self.article.hits]
            first = bisect_left(starts, offset)
            self.current = (first if by > 0 else first - 1) % self.count
        return self.hit

    def choose(self, hit: Hit) -> None:
        """Make `hit` current, if it is one of the open document's."""
        for i, other in enumerate(self.article.hits):
            if other.span == hit.span and other.document_id == hit.document_id:
                self.current = i
                return
        self.current = -1
