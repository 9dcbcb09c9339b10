from __future__ import annotations

from reader.model.span import Span
from reader.session.annotations import Annotations
from reader.session.current_document import CurrentDocument
from reader.session.marker import Marker
from reader.session.notifier import Notifier
from reader.session.selection import Selection
from reader.session.undo_stack import UndoStack
from tests.ui.samples import an_article


def ids(annotations: Annotations) -> list[str]:
    return [one.id for one in annotations.all]


class Once:
    """A source with a single edit."""

    def __init__(self, name: str, calls: list[str]) -> None:
        self._name = name
        self._calls = calls
        self._done = True

    def undo(self, everywhere: bool) -> bool:
        return self._step(f"undo {self._name}", self._done)

    def redo(self, everywhere: bool) -> bool:
        return self._step(f"redo {self._name}", not self._done)

    def _step(self, said: str, can: bool) -> bool:
        if can:
            self._done = not self._done
            self._calls.append(said)
        return can


def test_the_source_registered_last_is_asked_first(
    notifier: Notifier, current: CurrentDocument, heard: list[str]
) -> None:
    calls: list[str] = []
    stack = UndoStack(notifier, current)
    for name in ("notes", "headings"):
        stack.register(Once(name, calls))
    stack.undo()
    stack.undo()
    assert calls == ["undo headings", "undo notes"]
    stack.undo()
    assert heard == []
    stack.undo(everywhere=True)
    assert heard == ["There is nothing to undo."]
    stack.redo()
    assert calls[2:] == ["redo headings"]


def test_notes_are_taken_back_and_made_again(
    notifier: Notifier,
    current: CurrentDocument,
    selection: Selection,
    annotations: Annotations,
    marker: Marker,
    heard: list[str],
) -> None:
    stack = UndoStack(notifier, current)
    stack.register(annotations)
    current.open(an_article().id)
    selection.set_span(Span(0, 8))
    made = marker.highlight()
    stack.undo()
    assert ids(annotations) == []
    stack.redo()
    assert ids(annotations) == [made]
    stack.redo()
    assert heard == ["There is nothing to redo."]
