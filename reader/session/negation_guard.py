"""A guard against quotes that leave out the word that turns their sense."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from reader.model.anchoring.selector import describe
from reader.model.annotation import Change
from reader.model.span import Span
from reader.session.annotations import Annotations
from reader.session.current_document import CurrentDocument
from reader.session.notifier import Notifier
from reader.session.selection import Selection


class NegationGuard:
    """Warns when a new annotation leaves out a negation or exception beside it."""

    def __init__(
        self,
        notifier: Notifier,
        current: CurrentDocument,
        selection: Selection,
        annotations: Annotations,
    ) -> None:
        self._notifier = notifier
        self._current = current
        self._selection = selection
        self._annotations = annotations

    def _extension(self, annotation_id: str) -> Span | None:
        """The longer passage that holds what turns the sense of a marked one."""
        from reader.model.negation import extension

        span = self._annotations.spans.get(annotation_id)
        if span is None or not len(span) or self._current.document is None:
            return None
        return extension(self._current.document.text, span)

    def warn(self, annotation_id: str) -> None:
        """Say what an annotation leaves out, with an offer to take it in."""
        longer, span = self._extension(annotation_id), self._annotations.spans.get(annotation_id)
        if longer is None or span is None or self._current.document is None:
            return
        text = self._current.document.text
        before, after = text[longer.start : span.start], text[span.end : longer.end]
        said = " … ".join(" ".join(part.split()) for part in (before, after) if part.strip())
        self._notifier.offer(
            f"The passage leaves out “{said}”, which may reverse what it says.",
            "Extend ([extend])",
            partial(self.extend, annotation_id),
            partial(self._can_extend, annotation_id),
        )

    def _can_extend(self, annotation_id: str) -> bool:
        return self._extension(annotation_id) is not None

    def extend(self, annotation_id: str = "") -> bool:
        """Extend an annotation, the chosen one if none is named, over an adjacent negation or
        exception; return False if there is none."""
        annotation_id = annotation_id or self._selection.annotation_id
        known, longer = self._annotations.get(annotation_id), self._extension(annotation_id)
        if known is None or longer is None or self._current.document is None:
            return False
        if origin := self._annotations.origin(known):
            self._notifier.info(f"{origin}: it can be extended there.")
            return True
        target = describe(self._current.document, longer)
        return self._annotations.apply(Change(known, replace(known, target=target)))
