"""Search: each question to the worker, each answer to the window; the newest question wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from reader.model.search import Answer, Hit, NoteHit, Query, Snippet
from reader.model.span import Span
from reader.problem import Problem
from reader.services.workspace import Workspace
from reader.session.annotations import Annotations
from reader.session.background import Background, Then
from reader.session.current_document import CurrentDocument
from reader.session.indexing import Indexing
from reader.session.kept_searches import KeptSearches
from reader.session.navigation import Navigation
from reader.session.notifier import Notifier
from reader.session.search_state import SearchState
from reader.session.settings import Settings
from reader.session.timers import single_shot
from reader.settings import ORDER_BY_MEANING

ARTICLE_HITS = 20_000
LIBRARY_HITS = 60
_NO_MEANING = "Ordering by meaning needs an extra, which is not installed: offprint[meaning]."
_BY_MEANING = "The best results are ordered by their meaning too, once it is learnt in idle time."
_BY_WORDS = "Results are ordered by their words alone."
SNIPPET_WIDTH = 160
PAUSE_MS = 700
# So long after the start nobody waits for anything else, and the worker opens the index.
READY_MS = 1500
MOST_NOTES = 200
# One that begins many, and some that stand nowhere and are looked for among spellings of all sizes.
_ANY_WORDS = "xqzwx xqzwxqz xqzwxqzwxqzw in"


class Search(QObject):
    """One search at a time, in the open document, the library and the user's notes."""

    results_changed = Signal()
    hit_changed = Signal(Hit)  # or None

    def __init__(
        self,
        workspace: Workspace,
        settings: Settings,
        notifier: Notifier,
        background: Background,
        current: CurrentDocument,
        navigation: Navigation,
        annotations: Annotations,
        indexing: Indexing,
        state: SearchState,
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._settings = settings
        self._notifier = notifier
        self._background = background
        self._current = current
        self._navigation = navigation
        self._annotations = annotations
        self._indexing = indexing
        self.state = state
        self.kept = KeptSearches(settings)
        self._asking = self._again = self._closed = self._notes_waited = False
        # Of the first question that this user asked.
        self._first_number = state.number
        self._step_wanted = 0
        self._hit_wanted: Hit | None = None
        self._lines: dict[str, Snippet] = {}
        self._pause_timer = single_shot(self, PAUSE_MS)
        self._pause_timer.timeout.connect(self._explain)
        self._ready_timer = single_shot(self, READY_MS)
        self._ready_timer.timeout.connect(self._get_ready)
        current.changed.connect(self._search_here)
        indexing.indexed.connect(self.repeat)
        indexing.forgotten.connect(self.repeat)
        indexing.settled.connect(self.get_ready)

    @property
    def covers_library(self) -> bool:
        """Whether the index holds all documents, so that an answer about the library is whole."""
        return self._indexing.is_complete

    def get_ready(self) -> None:
        """Have the worker open the index soon as it is now, so that the next key need not wait."""
        self._ready_timer.start()

    def _get_ready(self) -> None:
        if self._background.busy:
            self._ready_timer.start()
        elif not self.state.active:
            self._ask_worker(Query(_ANY_WORDS, "", 1, True), then=_let_be, failed=_let_be)

    def find(self, text: str) -> None:
        """Looks for `text` in the open document and the library; "" ends the search."""
        if self._closed:
            return
        self._step_wanted = 0
        self.state.ask(text)
        self._lines.clear()
        self._pause_timer.stop()
        if not self.state.active:
            self.results_changed.emit()
            self.hit_changed.emit(None)
            return
        self._pause_timer.start()
        if not self._asking:
            self._again = False
            self._ask()

    def _explain(self) -> None:
        """Say what is wrong with a query when its writer pauses; until then it is unfinished."""
        from reader.workers import search_tasks

        text = self.state.text
        then, failed = partial(self._take_problem, text), self._notifier.error
        self._background.run("find", search_tasks.problem_of, text, then=then, failed=failed)

    def _take_problem(self, text: str, problem: str) -> None:
        if problem and text == self.state.text:
            self.state.problem = problem
            self.results_changed.emit()

    def take_suggestion(self) -> bool:
        """Looks for what was perhaps meant; whether there was a suggestion."""
        suggestion = self.state.article.suggestion or self.state.library.suggestion
        if suggestion and suggestion != self.state.text:
            self.find(suggestion)
            return True
        return False

    def toggle_synonym(self, name: str) -> None:
        """Looks for the other form of a word no longer, or again."""
        self.state.switch(name)
        if not self._asking:
            self._again = False
            self._ask()

    def switch_meaning(self) -> None:
        """Order the best results by what they mean too, or by their words alone; say which."""
        from reader.workers import search_tasks

        if not search_tasks.learns_meanings():
            self._notifier.info(_NO_MEANING)
            return
        on = not self._settings.get(ORDER_BY_MEANING)
        self._settings.set(ORDER_BY_MEANING, on)
        self._notifier.info(_BY_MEANING if on else _BY_WORDS)
        self.repeat()

    def _ask(self) -> None:
        self._notes_waited = False
        number, text, without = self.state.number, self.state.text, self.state.without
        meaning = self._settings.get(ORDER_BY_MEANING)
        queries = [Query(text, "", LIBRARY_HITS, True, True, without, meaning)]
        document = self._current.document
        if document is not None and not self._current.is_earlier:
            queries.insert(0, Query(text, document.id, ARTICLE_HITS, True, without=without))
        else:
            self.state.article = Answer(Query(""))
        self._ask_each(number, queries)

    def _ask_each(self, number: int, queries: Sequence[Query]) -> None:
        """The article first: what is in sight is what people look for."""
        self._asking = True
        first, *rest = queries
        then = partial(self._take_answer, number, rest)
        self._ask_worker(first, then=then, failed=partial(self._not_found, number))

    def _ask_worker(self, query: Query, then: Then, failed: Then) -> None:
        from reader.workers import search_tasks

        notes = str(self._workspace.notes.path)
        given = (self._workspace.data, query, notes, self._workspace.key)
        self._background.run("find", search_tasks.find, *given, then=then, failed=failed)

    def _take_answer(self, number: int, rest: Sequence[Query], answer: Answer) -> None:
        if self._is_stale(number):
            return
        self._asking = False
        # Of any answer of a round: notes that came between two of them are missing in the first.
        self._notes_waited = self._notes_waited or bool(answer.notes_waiting)
        answer = self._with_notes(answer)
        # Asked again for notes that came too late, most say what they said.
        is_news = not self._again or not self.state.says(answer)
        if self.state.take(number, answer) and is_news:
            self.results_changed.emit()
            if self._hit_wanted is not None and self.state.fresh:
                self.state.choose(self._hit_wanted)
                self._hit_wanted = None
                self.hit_changed.emit(self.state.hit)
            if self._step_wanted and self.state.fresh:
                step, self._step_wanted = self._step_wanted, 0
                self.step(step)
        if rest and number == self.state.number:
            self._ask_each(number, rest)
        elif self.state.active and number != self.state.number:
            self._again = False
            self._ask()
        elif self.state.active and self._notes_waited:
            self._again = True
            self._ask()

    def _with_notes(self, answer: Answer) -> Answer:
        """The answer with what this user's notes say, which is in no index on disk."""
        query = answer.query
        hits = []
        for one in answer.notes[:MOST_NOTES]:
            if one.kind == "note" or answer.notes_only:
                self._lines[one.annotation_id] = _line_of(one)
                hits.append(self._note_hit(one))
        if query.document_id:
            placed = [hit for hit in hits if hit.annotation_id in self._annotations.spans]
            hits = sorted((*placed, *answer.hits), key=lambda hit: hit.span.start)
            return replace(answer, hits=tuple(hits), total=answer.total + len(placed))
        return replace(answer, hits=(*hits, *answer.hits), total=answer.total + len(hits))

    def _note_hit(self, one: NoteHit) -> Hit:
        """A hit at a note; where that is in another document is known when it is opened."""
        span, section_id = one.span, ""
        if self._current.document is not None and one.document_id == self._current.document.id:
            span = self._annotations.spans.get(one.annotation_id, span)
            section = self._current.document.outline.section_at(span.start)
            section_id = section.id if section is not None else ""
        return Hit(one.document_id, section_id, one.kind, span, span, 0.0, one.annotation_id)

    def _not_found(self, number: int, problem: Problem) -> None:
        if not self._is_stale(number):
            self._asking = False
            self._notifier.error(problem)

    def _search_here(self, _document: object) -> None:
        self.state.leave_article()
        self.repeat()

    def repeat(self, _event: object = None) -> None:
        """Ask again what is asked, if anything is."""
        if self.state.active:
            self.find(self.state.text)

    def snippet(
        self, hit: Hit, width: int = SNIPPET_WIDTH, others: tuple[Span, ...] = ()
    ) -> Snippet:
        """About `width` characters of text round a hit, with what matched there and at `others`."""
        if hit.annotation_id:
            return self._lines.get(hit.annotation_id, Snippet("", ()))
        document = self._current.document_of(hit.document_id)
        if document is None:
            return Snippet("", ())
        # Imported here: a start needs no search.
        from reader.search.snippet import snippet

        return snippet(document, hit, others, width)

    def step(self, by: int) -> None:
        """Go to the next hit (1) or the one before (-1), from the place being read at first."""
        if self.state.active and not self.state.fresh:
            # Enter was faster than the answer: the step is taken when that is here.
            self._step_wanted = by
            return
        first = self.state.current < 0
        hit = self.state.step(by, self._navigation.location.offset)
        if hit is not None:
            self._show_hit(hit, remember=first)

    def open_hit(self, hit: Hit) -> None:
        """Open a hit, in whichever document it is."""
        if self._current.document is None or hit.document_id != self._current.document.id:
            self._navigation.open(hit.document_id)
            if self._current.document is None or hit.document_id != self._current.document.id:
                return
            self.kept.remember(self.state.text)
            if hit.annotation_id:
                self._annotations.choose(hit.annotation_id, show=True)
                return
            self._hit_wanted = hit
            self._navigation.scroll_to(hit.span)
            return
        self.state.choose(hit)
        self._show_hit(hit, remember=True)

    def _show_hit(self, hit: Hit, remember: bool) -> None:
        self.kept.remember(self.state.text)
        if remember:
            self._navigation.remember()
        self.hit_changed.emit(hit)
        self._annotations.choose(hit.annotation_id, show=bool(hit.annotation_id))
        if not hit.annotation_id:
            self._navigation.scroll_to(hit.span)

    def _is_stale(self, number: int) -> bool:
        """Whether another user asked this; then what is asked now is asked at last."""
        if number >= self._first_number:
            return False
        self._asking = False
        if self.state.active:
            self._ask()
        return True

    def reset(self) -> None:
        """End the search; what the worker keeps of the user's notes goes with its process."""
        self._lines.clear()
        self._background.restart("find")
        self.state.ask("")
        self._first_number = self.state.number
        self.results_changed.emit()

    def close(self) -> None:
        """Begin nothing any more."""
        self._closed = True
        self._ready_timer.stop()
        self._pause_timer.stop()


def _let_be(_outcome: object) -> None:
    """Nobody asked: whatever came of it is found out by the first who does."""


def _line_of(one: NoteHit) -> Snippet:
    """The line of a note that answers, as the note is shown and not as it was typed."""
    from reader.note_line import rendered

    return rendered(one.snippet.text, one.snippet.marks) if one.kind == "note" else one.snippet
