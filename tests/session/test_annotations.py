from __future__ import annotations

from contextlib import closing

import pytest

from reader.model.span import Span
from reader.problem import Problem
from reader.services.workspace import Workspace
from reader.session.annotations import AnnotationChanges, Annotations, NotesNews
from reader.session.current_document import CurrentDocument
from reader.session.marker import Marker
from reader.session.selection import Selection
from reader.store.notes import open_notes
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
    marker: Marker,
) -> None:
    on_disk: list[int] = []
    annotations.changed.connect(lambda _: on_disk.append(len(workspace.notes.all())))
    current.open(an_article().id)
    selection.set_span(span_of("Small doses"))
    made = marker.highlight("pink")
    assert on_disk == [1]
    assert selection.annotation_id == made
    assert annotations.spans == {made: span_of("Small doses")}


def test_a_full_disk_shows_nothing(
    workspace: Workspace,
    current: CurrentDocument,
    selection: Selection,
    annotations: Annotations,
    marker: Marker,
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
    assert marker.highlight() == ""
    assert (annotations.all, told, heard) == ((), [], ["The disk is full."])


def test_they_are_those_of_the_open_document(
    current: CurrentDocument,
    selection: Selection,
    annotations: Annotations,
    marker: Marker,
) -> None:
    current.open(an_article().id)
    selection.set_span(span_of("Small doses"))
    made = marker.highlight()
    current.open(a_flat_text().id)
    assert ids(annotations) == []
    current.open(an_article().id)
    assert ids(annotations) == [made]
    current.reset()
    annotations.reset()
    assert (annotations.all, annotations.spans) == ((), {})


def test_what_others_wrote_is_read_anew(
    workspace: Workspace,
    current: CurrentDocument,
    selection: Selection,
    annotations: Annotations,
    marker: Marker,
) -> None:
    current.open(an_article().id)
    selection.set_span(span_of("Small doses"))
    marker.highlight()
    workspace.notes.undo()
    told: list[AnnotationChanges] = []
    annotations.changed.connect(told.append)
    annotations.refresh()
    assert (annotations.all, told) == ((), [AnnotationChanges()])


def test_what_another_window_wrote_is_looked_for(
    workspace: Workspace,
    current: CurrentDocument,
    selection: Selection,
    annotations: Annotations,
    marker: Marker,
) -> None:
    news: list[NotesNews] = []
    annotations.others_changed.connect(news.append)
    annotations.take_news()
    assert news == []
    current.open(an_article().id)
    selection.set_span(span_of("Small doses"))
    marker.highlight()
    annotations.take_news()
    assert news == [NotesNews(frozenset())]
    with closing(open_notes(workspace.paths, "anna")) as elsewhere:
        elsewhere.undo()
    annotations.take_news()
    assert news[1:] == [NotesNews(frozenset({an_article().id}))]
    assert annotations.all == ()
