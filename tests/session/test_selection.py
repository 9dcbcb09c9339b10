from __future__ import annotations

from pytestqt.qtbot import QtBot

from reader.model.span import Span
from reader.session.current_document import CurrentDocument
from reader.session.selection import Selection
from tests.ui.samples import an_article


def test_a_change_is_told_once(selection: Selection) -> None:
    told: list[object] = []
    selection.span_changed.connect(told.append)
    for span in (None, Span(1, 4), Span(1, 4), None):
        selection.set_span(span)
    assert told == [Span(1, 4), None]


def test_another_document_has_no_selection_yet(
    current: CurrentDocument, selection: Selection
) -> None:
    seen: list[tuple[object, str]] = []
    selection.set_span(Span(1, 4))
    selection.set_annotation("a")
    current.changed.connect(lambda _: seen.append((selection.span, selection.annotation_id)))
    current.open(an_article().id)
    assert seen == [(None, "")]


def test_the_offset_of_a_menu_lasts_until_its_action_ran(
    qtbot: QtBot, selection: Selection
) -> None:
    selection.menu_offset = 12
    selection.forget_menu_offset()
    assert selection.menu_offset == 12
    qtbot.waitUntil(lambda: selection.menu_offset is None)
