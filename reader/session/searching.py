"""Finding: each question to the worker, each answer to the window; the newest question wins."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from reader import tasks
from reader.model.query import Answer, Hit, Query, Snippet
from reader.problem import Problem
from reader.session.opening import Opening

ARTICLE_HITS = 20_000
LIBRARY_HITS = 60
SNIPPET_WIDTH = 160


class Searching(Opening):
    """The verbs of the search field and the list of results."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._asking = False
        self._step_wanted = 0
        self._hit_wanted: Hit | None = None
        self.opened.connect(self._search_here)
        self.indexed.connect(self._search_again)

    def find(self, text: str) -> None:
        """Looks for `text` in the open document and the library; "" ends the search."""
        self._step_wanted = 0
        self.finding.ask(text)
        if not self.finding.active:
            self.answered.emit()
            self.hit_chosen.emit(None)
            return
        if not self._asking:
            self._ask()

    def _ask(self) -> None:
        number, text = self.finding.number, self.finding.text
        queries = [Query(text, limit=LIBRARY_HITS, typing=True, related=True)]
        if self.document is not None and not self.is_earlier:
            queries.insert(0, Query(text, self.document.id, ARTICLE_HITS, typing=True))
        else:
            self.finding.article = Answer(Query(""))
        self._ask_each(number, queries)

    def _ask_each(self, number: int, queries: Sequence[Query]) -> None:
        """The article first: what is in sight is what people look for."""
        self._asking = True
        first, *rest = queries
        self._jobs.run(
            "find",
            tasks.find,
            str(self.paths.data),
            first,
            then=partial(self._take_answer, number, rest),
            failed=self._not_found,
        )

    def _take_answer(self, number: int, rest: Sequence[Query], answer: Answer) -> None:
        self._asking = False
        if self.finding.take(number, answer):
            self.answered.emit()
            if self._hit_wanted is not None and self.finding.fresh:
                self.finding.choose(self._hit_wanted)
                self._hit_wanted = None
                self.hit_chosen.emit(self.finding.hit)
            if self._step_wanted and self.finding.fresh:
                step, self._step_wanted = self._step_wanted, 0
                self.step_hit(step)
        if rest and number == self.finding.number:
            self._ask_each(number, rest)
        elif self.finding.active and number != self.finding.number:
            self._ask()

    def _not_found(self, problem: Problem) -> None:
        self._asking = False
        self.failed.emit(problem)

    def _search_here(self, _document: object) -> None:
        self.finding.leave_article()
        self._search_again()

    def _search_again(self, _event: object = None) -> None:
        if self.finding.active:
            self.find(self.finding.text)

    def snippet(self, hit: Hit, width: int = SNIPPET_WIDTH) -> Snippet:
        """About `width` characters of text round a hit, with what matched."""
        document = self.document_of(hit.document_id)
        if document is None:
            return Snippet("", ())
        # Imported here: a start needs no search.
        from reader.search.snippet import snippet

        return snippet(document, hit, width=width)

    @property
    def indexed_all(self) -> bool:
        """Whether the index holds every document of the library."""
        return not self.library.unindexed()

    def step_hit(self, by: int) -> None:
        """Goes to the next hit (1) or the one before (-1), from the place being read at first."""
        if self.finding.active and not self.finding.fresh:
            # Enter was faster than the answer: the step is taken when that is here.
            self._step_wanted = by
            return
        first = self.finding.current < 0
        hit = self.finding.step(by, self.place.offset)
        if hit is not None:
            self._show_hit(hit, remember=first)

    def choose_hit(self, hit: Hit) -> None:
        """Opens a hit, in whichever document it is."""
        if self.document is None or hit.document_id != self.document.id:
            self.show(hit.document_id)
            if self.document is None or hit.document_id != self.document.id:
                return
            self._hit_wanted = hit
            self.went.emit(hit.span)
            return
        self.finding.choose(hit)
        self._show_hit(hit, remember=True)

    def _show_hit(self, hit: Hit, remember: bool) -> None:
        if remember:
            self._remember()
        self.choose_annotation("")
        self.hit_chosen.emit(hit)
        self.went.emit(hit.span)
