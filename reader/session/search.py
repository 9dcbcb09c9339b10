"""Finding: each question to the worker, each answer to the window; the newest question wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer

from reader.model.annotation import Annotation
from reader.model.search import Answer, Hit, HitKind, Query, Snippet
from reader.problem import Problem
from reader.session.navigation import Opening
from reader.workers import tasks

ARTICLE_HITS = 20_000
LIBRARY_HITS = 60
SNIPPET_WIDTH = 160
PAUSE_MS = 700
MOST_RECENT = 12
MOST_NOTES = 200


class Searching(Opening):
    """The verbs of the search field and the list of results."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._asking = False
        self._step_wanted = 0
        self._hit_wanted: Hit | None = None
        self._lines: dict[str, Snippet] = {}
        self._pause_timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause_timer.timeout.connect(self._explain)
        self.opened.connect(self._search_here)
        self.indexed.connect(self._search_again)

    def find(self, text: str) -> None:
        """Looks for `text` in the open document and the library; "" ends the search."""
        self._step_wanted = 0
        self.finding.ask(text)
        self._lines.clear()
        self._pause_timer.stop()
        if not self.finding.active:
            self.answered.emit()
            self.hit_chosen.emit(None)
            return
        self._pause_timer.start()
        if not self._asking:
            self._ask()

    def _explain(self) -> None:
        """Says what is wrong with a query when its writer pauses; until then it is unfinished."""
        # Imported here: a start needs no search.
        from reader.search.query_parser import parse

        self.finding.problem = parse(self.finding.text).problem
        if self.finding.problem:
            self.answered.emit()

    def take_suggestion(self) -> bool:
        """Looks for what was perhaps meant; whether there was a suggestion."""
        suggestion = self.finding.article.suggestion or self.finding.library.suggestion
        if suggestion and suggestion != self.finding.text:
            self.find(suggestion)
            return True
        return False

    def switch_expansion(self, name: str) -> None:
        """Looks for the other form of a word no longer, or again."""
        self.finding.switch(name)
        if not self._asking:
            self._ask()

    @property
    def recent_searches(self) -> tuple[str, ...]:
        """What this user looked for and found, the last first."""
        return tuple(self._notes.setting("recent_searches", ()))

    @property
    def saved_searches(self) -> tuple[str, ...]:
        """What this user wants to look for again, in the order of the alphabet."""
        return tuple(self._notes.setting("saved_searches", ()))

    def save_search(self, text: str) -> None:
        """Keeps a search, or forgets it when it is kept already."""
        kept = set(self.saved_searches) ^ {" ".join(text.split())} - {""}
        self.set_setting("saved_searches", sorted(kept, key=str.casefold))

    def _remember_search(self) -> None:
        """A search is remembered when it led somewhere, not at each key."""
        text = " ".join(self.finding.text.split())
        if text and self.recent_searches[:1] != (text,):
            others = [one for one in self.recent_searches if one != text]
            self.set_setting("recent_searches", [text, *others][:MOST_RECENT])

    def _ask(self) -> None:
        number, text = self.finding.number, self.finding.text
        without = self.finding.without
        queries = [Query(text, "", LIBRARY_HITS, True, related=True, without=without)]
        if self.document is not None and not self.is_earlier:
            queries.insert(0, Query(text, self.document.id, ARTICLE_HITS, True, without=without))
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
        if self.finding.take(number, self._with_notes(answer)):
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

    def _with_notes(self, answer: Answer) -> Answer:
        """The answer with what this user's notes say, which is in no index."""
        query = answer.query
        if not query.text.strip():
            return answer
        # Imported here: a start needs no search.
        from reader.search.query_parser import parse
        from reader.services.document_filter import fitting
        from reader.services.note_search import noted

        of_notes = parse(query.text, query.typing).of_notes
        hits = []
        fits = fitting(self.library, query)
        for one in noted(self._notes, replace(query, limit=MOST_NOTES), fits):
            if one.kind == "note" or of_notes:
                self._lines[one.annotation.id] = one.snippet
                hits.append(self._note_hit(one.annotation, one.kind))
        if query.document_id:
            placed = [hit for hit in hits if hit.annotation_id in self.spans]
            hits = sorted((*placed, *answer.hits), key=lambda hit: hit.span.start)
            return replace(answer, hits=tuple(hits), total=answer.total + len(placed))
        return replace(answer, hits=(*hits, *answer.hits), total=answer.total + len(hits))

    def _note_hit(self, annotation: Annotation, kind: HitKind) -> Hit:
        """A hit at a note; where that is in another document is known when it is opened."""
        document_id = annotation.target.document_id
        span, section_id = annotation.target.position, ""
        if self.document is not None and document_id == self.document.id:
            span = self.spans.get(annotation.id, span)
            section = self.document.section_at(span.start)
            section_id = section.id if section is not None else ""
        return Hit(document_id, section_id, kind, span, span, 0.0, annotation.id)

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
        if hit.annotation_id:
            return self._lines.get(hit.annotation_id, Snippet("", ()))
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
            self._remember_search()
            if hit.annotation_id:
                self.choose_annotation(hit.annotation_id, show=True)
                return
            self._hit_wanted = hit
            self.went.emit(hit.span)
            return
        self.finding.choose(hit)
        self._show_hit(hit, remember=True)

    def _show_hit(self, hit: Hit, remember: bool) -> None:
        self._remember_search()
        if remember:
            self._remember()
        self.hit_chosen.emit(hit)
        self.choose_annotation(hit.annotation_id, show=bool(hit.annotation_id))
        if not hit.annotation_id:
            self.went.emit(hit.span)
