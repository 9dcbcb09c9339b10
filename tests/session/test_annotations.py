from __future__ import annotations

import pytest

from reader.model.span import Span
from reader.problem import Problem
from reader.services.workspace import Workspace
from reader.session.annotations import AnnotationChanges, Annotations
from reader.session.bookmarks import Bookmarks
from reader.session.current_document import CurrentDocument
from reader.session.navigation import Navigation
from reader.session.negation_guard import NegationGuard
from reader.session.notifier import ActionOffer, Notifier
from reader.session.selection import Selection
from tests.ui.samples import a_flat_text, an_article


def ids(annotations: Annotations) -> list[str]:
    return [one.id for one in annotations.all]


def span_of(words: str) -> Span:
    start = an_article().text.index(words)
    return Span(start, start + len(words))


def test_a_note_is_on_disk_before_it_is_told(
    workspace: Workspace,
    current: CurrentDocument,
    selection: Selection,
    annotations: Annotations,
) -> None:
    on_disk: list[int] = []
    annotations.changed.connect(lambda _: on_disk.append(len(workspace.notes.all())))
    current.open(an_article().id)
    selection.set_span(span_of("Small doses"))
    made = annotations.highlight("pink")
    assert on_disk == [1]
    assert selection.annotation_id == made
    assert annotations.spans == {made: span_of("Small doses")}


def test_a_full_disk_shows_nothing(
    workspace: Workspace,
    current: CurrentDocument,
    selection: Selection,
    annotations: Annotations,
    heard: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object) -> None:
        raise Problem("The disk is full.")

    current.open(an_article().id)
    selection.set_span(span_of("Small doses"))
    monkeypatch.setattr(workspace.notes, "apply", full)
    told: list[AnnotationChanges] = []
    annotations.changed.connect(told.append)
    assert annotations.highlight() == ""
    assert (annotations.all, told, heard) == ((), [], ["The disk is full."])


def test_they_are_those_of_the_open_document(
    current: CurrentDocument, selection: Selection, annotations: Annotations
) -> None:
    current.open(an_article().id)
    selection.set_span(span_of("Small doses"))
    made = annotations.highlight()
    current.open(a_flat_text().id)
    assert ids(annotations) == []
    current.open(an_article().id)
    assert ids(annotations) == [made]
    current.reset()
    annotations.reset()
    assert (annotations.all, annotations.spans) == ((), {})


def test_what_others_wrote_is_read_anew(
    workspace: Workspace, current: CurrentDocument, selection: Selection, annotations: Annotations
) -> None:
    current.open(an_article().id)
    selection.set_span(span_of("Small doses"))
    annotations.highlight()
    workspace.notes.undo()
    told: list[AnnotationChanges] = []
    annotations.changed.connect(told.append)
    annotations.refresh()
    assert (annotations.all, told) == ((), [AnnotationChanges()])


def test_a_bookmark_is_set_and_taken_away(
    current: CurrentDocument,
    navigation: Navigation,
    selection: Selection,
    annotations: Annotations,
) -> None:
    bookmarks = Bookmarks(current, navigation, selection, annotations)
    assert bookmarks.toggle() == ""
    current.open(an_article().id)
    navigation.report_location(span_of("Small doses").start, 0.0, 400)
    made = bookmarks.toggle()
    assert an_article().text[annotations.spans[made].start :].startswith("Small doses")
    assert bookmarks.toggle() == ""
    assert ids(annotations) == []


def test_a_negation_beside_the_passage_is_offered(
    notifier: Notifier,
    current: CurrentDocument,
    selection: Selection,
    annotations: Annotations,
) -> None:
    guard = NegationGuard(notifier, current, selection, annotations)
    offers: list[ActionOffer] = []
    notifier.action_offered.connect(offers.append)
    current.open(an_article().id)
    selection.set_span(span_of("whether it can be repeated is"))
    made = annotations.highlight()
    assert guard.extension(made) is not None
    offers[0].run()
    assert "not" in an_article().text[slice(*_bounds(annotations.spans[made]))]
    assert guard.extension("none") is None


def _bounds(span: Span) -> tuple[int, int]:
    return span.start, span.end
