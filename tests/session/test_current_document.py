from __future__ import annotations

import time

import pytest

from reader.problem import Problem
from reader.services.workspace import Workspace
from reader.session.current_document import CurrentDocument
from tests.ui.samples import a_flat_text, an_article


def test_the_one_read_last_is_opened_first(workspace: Workspace, current: CurrentDocument) -> None:
    for document in (an_article(), a_flat_text(), an_article()):
        time.sleep(0.002)  # in another millisecond, by which the order is kept
        current.open(document.id)
    current.reset()
    assert current.document is None
    current.open_last()
    assert current.is_open(an_article().id)
    assert workspace.notes.readings.latest() == an_article().id


def test_whoever_is_writing_may_keep_it_open(current: CurrentDocument) -> None:
    assert current.open(an_article().id)
    opened: list[object] = []
    current.changed.connect(opened.append)
    current.about_to_change.connect(current.veto)
    assert not current.open(a_flat_text().id)
    current.reload(an_article().id)
    assert opened == []
    assert current.shows(an_article().id)
    assert current.open(an_article().id)


def test_the_way_back_leads_to_what_was_opened_by_hand(current: CurrentDocument) -> None:
    closing: list[bool] = []
    current.closing.connect(closing.append)
    current.open(an_article().id)
    current.reload(an_article().id)
    current.open(a_flat_text().id)
    assert closing == [True, False, True]


def test_a_document_that_cannot_be_read_leaves_the_open_one(
    workspace: Workspace,
    current: CurrentDocument,
    heard: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def damaged(_: str) -> None:
        raise Problem("The document is damaged.")

    current.open(an_article().id)
    monkeypatch.setattr(workspace.library, "document", damaged)
    assert not current.open(a_flat_text().id)
    assert current.shows(an_article().id)
    assert current.document_of(a_flat_text().id) is None
    assert current.document_of(an_article().id) is current.document
    assert heard == ["The document is damaged."]
