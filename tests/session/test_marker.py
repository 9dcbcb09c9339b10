from __future__ import annotations

from reader.model.span import Span
from reader.session.annotations import Annotations
from reader.session.current_document import CurrentDocument
from reader.session.marker import Marker
from reader.session.navigation import Navigation
from reader.session.notifier import ActionOffer, Notifier
from reader.session.selection import Selection
from tests.ui.samples import an_article


def span_of(words: str) -> Span:
    start = an_article().text.index(words)
    return Span(start, start + len(words))


def test_nothing_is_marked_without_a_document_or_a_passage(
    current: CurrentDocument, annotations: Annotations, marker: Marker
) -> None:
    assert (marker.passage, marker.toggle_bookmark()) == (None, "")
    current.open(an_article().id)
    assert marker.highlight() == ""
    marker.underline()
    marker.write_another()
    assert annotations.all == ()


def test_a_marked_passage_takes_the_new_colour(
    current: CurrentDocument, selection: Selection, annotations: Annotations, marker: Marker
) -> None:
    current.open(an_article().id)
    selection.set_span(span_of("Small doses"))
    made = marker.highlight("pink")
    assert marker.last_colour == "pink"
    assert marker.highlight("green") == made
    assert [one.colour for one in annotations.all] == ["green"]
    selection.set_span(None)
    assert marker.passage == span_of("Small doses")
    marker.underline()
    assert annotations.all[0].style == "underline"


def test_a_note_is_asked_for_on_the_passage_and_once_more(
    current: CurrentDocument, selection: Selection, annotations: Annotations, marker: Marker
) -> None:
    wanted: list[str] = []
    marker.edit_requested.connect(wanted.append)
    marker.write_note()
    current.open(an_article().id)
    selection.set_span(span_of("Small doses"))
    marker.write_note()
    marker.write_another()
    assert sorted(wanted) == sorted(one.id for one in annotations.all)
    assert [one.motivation for one in annotations.all] == ["commenting"] * 2


def test_a_bookmark_is_set_and_taken_away(
    current: CurrentDocument, navigation: Navigation, annotations: Annotations, marker: Marker
) -> None:
    current.open(an_article().id)
    navigation.report_location(span_of("Small doses").start, 0.0, 400)
    made = marker.toggle_bookmark()
    assert an_article().text[annotations.spans[made].start :].startswith("Small doses")
    assert marker.toggle_bookmark() == ""
    assert annotations.all == ()


def test_a_negation_beside_the_passage_is_offered(
    notifier: Notifier,
    current: CurrentDocument,
    selection: Selection,
    annotations: Annotations,
    marker: Marker,
) -> None:
    offers: list[ActionOffer] = []
    notifier.action_offered.connect(offers.append)
    assert not marker.extend()
    current.open(an_article().id)
    selection.set_span(span_of("whether it can be repeated is"))
    made = marker.highlight()
    offers[0].run()
    assert "not" in annotations.spans[made].cut(an_article().text)
    assert not marker.extend()
