"""What has just become so, said to a screen reader; all of it is said here."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from reader.model.annotation import Annotation, Change
from reader.model.search import Hit
from reader.problem import Problem
from reader.session.annotations import AnnotationChanges
from reader.session.notifier import ActionOffer
from reader.session.session import Session
from reader.session.timers import single_shot

# Hits come in parts while one types: what there is after a short rest is said.
HITS_REST_MS = 400


class Announcer(QObject):
    """Listens to the session, and says each change of state in a few words."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._hits_timer = single_shot(self, HITS_REST_MS)
        self._hits_timer.timeout.connect(self._say_hits)
        session.search.results_changed.connect(self._await_hits)
        session.search.hit_changed.connect(self._say_hit)
        session.annotations.changed.connect(self._say_changes)
        session.pages.mode_changed.connect(self._say_view)
        session.notifier.message.connect(self.say)
        session.notifier.failed.connect(self._say_problem)
        session.notifier.action_offered.connect(self._say_offer)

    def say(self, sentence: str, *, at_once: bool = False) -> None:
        """Say a sentence; `at_once` interrupts what is being read."""
        if not sentence:
            return
        # Imported here: a start says nothing.
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        event = QAccessibleAnnouncementEvent(self.parent() or self, sentence)
        if at_once:
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)

    def say_caret(self, shown: bool) -> None:
        """Say whether arrow keys move a caret now."""
        self.say("Caret on: arrow keys move it." if shown else "Caret off.")

    def _await_hits(self) -> None:
        self._hits_timer.start()

    def _say_hits(self) -> None:
        state = self._session.search.state
        if not state.active or not state.fresh:
            return
        here, everywhere = state.count, len(state.library.hits)
        found = _counted(here, "match", "matches") if here else "No match"
        elsewhere = f", {everywhere} in the library" if everywhere else ""
        self.say(f"{found} in this document{elsewhere}.")

    def _say_hit(self, hit: Hit | None) -> None:
        state, document = self._session.search.state, self._session.current.document
        if hit is None or document is None or state.hit != hit:
            return
        self._hits_timer.stop()
        section = document.outline.section_at(hit.span.start)
        where = f", {section.title}" if section is not None else ""
        self.say(f"{state.current + 1} of {state.count}{where}.")

    def _say_changes(self, edits: AnnotationChanges) -> None:
        if edits.kind != "edit":
            self.say("Undone." if edits.kind == "undo" else "Done again.")
        elif len(edits.changes) == 1:
            self.say(self._words_for(edits.changes[0]))
        elif edits.changes:
            self.say(f"{len(edits.changes)} notes saved.")

    def _words_for(self, change: Change) -> str:
        before, after = change.before, change.after
        if after is None or (after.deleted and not (before and before.deleted)):
            # A deletion that a message tells of is said with that.
            return "" if after is not None else "Deleted."
        if before is None:
            return self._words_for_new(after)
        if before.deleted and not after.deleted:
            return "Restored."
        if (before.note, before.tags) != (after.note, after.tags):
            return "Note saved."
        if before.colour != after.colour:
            return f"{self._meaning(after)}."
        if before.style != after.style:
            return "Underlined." if after.style == "underline" else "Highlighted."
        return ""

    def _words_for_new(self, made: Annotation) -> str:
        if made.motivation == "bookmarking":
            return "Bookmark set."
        if made.target.area is not None:
            return f"{made.target.words} marked: {self._meaning(made)}."
        return f"Highlighted: {self._meaning(made)}."

    def _meaning(self, annotation: Annotation) -> str:
        return f"{self._session.annotations.meaning(annotation.colour)}, {annotation.colour}"

    def _say_view(self) -> None:
        pages = self._session.pages
        if pages.has_pages:
            self.say("Printed pages." if pages.as_printed else "Article.")

    def _say_problem(self, problem: Problem) -> None:
        self.say(problem.sentence, at_once=True)

    def _say_offer(self, offer: ActionOffer) -> None:
        self.say(f"{offer.sentence} {offer.label}: button.")


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
