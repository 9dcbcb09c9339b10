from __future__ import annotations

from pytestqt.qtbot import QtBot

from reader.model.span import Span
from reader.services.workspace import Workspace
from reader.session.current_document import CurrentDocument
from reader.session.navigation import Navigation, SavedPosition
from tests.ui.samples import a_flat_text, an_article


def test_jumps_are_taken_back_through_documents(
    current: CurrentDocument, navigation: Navigation
) -> None:
    shown: list[Span] = []
    navigation.scroll_requested.connect(shown.append)
    navigation.open(an_article().id)
    navigation.report_location(7, 0.0, 90)
    navigation.open(a_flat_text().id, 5)
    assert shown == [Span(5, 5)]
    navigation.open(a_flat_text().id, 9)
    navigation.open(a_flat_text().id)
    assert shown == [Span(5, 5), Span(9, 9)]
    navigation.back()
    navigation.back()
    assert current.is_open(an_article().id)
    assert shown[-1] == Span(7, 7)
    assert (navigation.can_go_back, navigation.can_go_forward) == (False, True)
    navigation.forward()
    assert current.is_open(a_flat_text().id)


def test_a_position_is_saved_before_another_document_is_open(
    workspace: Workspace, navigation: Navigation
) -> None:
    saved: list[SavedPosition] = []
    navigation.saved.connect(saved.append)
    navigation.open(an_article().id)
    navigation.report_location(40, 0.5, len(an_article().text))
    navigation.open(a_flat_text().id)
    assert saved == [SavedPosition(an_article().id, 40)]
    position = workspace.notes.positions.get(an_article().id)
    assert position is not None
    assert (position.offset, position.fraction) == (40, 0.5)
    assert workspace.notes.readings.percents()[an_article().id] == 100
    navigation.save()
    assert len(saved) == 1


def test_what_is_written_down_is_the_latest_by_itself(qtbot: QtBot, navigation: Navigation) -> None:
    navigation.open(an_article().id)
    saved: list[SavedPosition] = []
    navigation.saved.connect(saved.append)
    for offset in (10, 20, 30):
        navigation.report_location(offset, 0.0, offset + 50)
    qtbot.waitUntil(lambda: bool(saved))
    assert saved == [SavedPosition(an_article().id, 30)]


def test_a_document_that_was_removed_is_no_longer_on_the_way(navigation: Navigation) -> None:
    navigation.open(an_article().id)
    navigation.open(a_flat_text().id)
    changed: list[None] = []
    navigation.history_changed.connect(lambda: changed.append(None))
    navigation.forget(an_article().id)
    assert not navigation.can_go_back
    navigation.go_to(Span(3, 3))
    navigation.reset()
    assert (navigation.can_go_back, len(changed)) == (False, 3)
