"""The index is put in order when nothing is under way, and never before."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from reader.services.workspace import Workspace
from reader.session import indexing as room
from reader.session.background import Background
from reader.session.indexing import Indexing
from reader.session.settings import Settings
from reader.settings import ORDER_BY_MEANING
from reader.workers import search_tasks
from reader.workers.pool import Lane
from tests.store.samples import a_document


def segments(workspace: Workspace) -> int:
    return len(list(workspace.paths.index.glob("*.arrays")))


@pytest.fixture
def ids(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two documents, each in a segment of its own beside that of the others."""
    monkeypatch.setattr(room, "IDLE_MS", 1)
    data = str(workspace.data)
    search_tasks.index(data, search_tasks.waiting(data))
    small = [a_document(b"Give half a tablet."), a_document(b"Once a day.")]
    for document in small:
        workspace.library.add(document, document.text.encode(), {})
        search_tasks.index(data, [document.id])
    assert segments(workspace) == 3
    return [document.id for document in small]


def test_segments_are_made_one_when_nothing_is_under_way(
    ids: list[str], indexing: Indexing, workspace: Workspace, qtbot: QtBot
) -> None:
    indexing.index_pending()
    qtbot.waitUntil(lambda: segments(workspace) < 3, timeout=20_000)
    assert indexing.is_complete


def test_what_a_person_waits_for_goes_first(
    ids: list[str],
    indexing: Indexing,
    background: Background,
    workspace: Workspace,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    under_way = True
    monkeypatch.setattr(Background, "busy", property(lambda _: under_way))
    indexing.index_pending()
    qtbot.wait(500)
    assert segments(workspace) == 3
    under_way = False
    qtbot.waitUntil(lambda: segments(workspace) < 3, timeout=20_000)


def test_after_a_document_came_or_went_too(
    ids: list[str], indexing: Indexing, workspace: Workspace, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(indexing.indexed, timeout=20_000):
        indexing.index(ids[:1])
    qtbot.waitUntil(lambda: segments(workspace) < 3, timeout=20_000)
    with qtbot.waitSignal(indexing.forgotten, timeout=20_000):
        indexing.forget(ids[0])
    assert search_tasks.waiting(str(workspace.data)) == ids[:1]


def test_in_a_long_import_segments_are_made_one_before_its_end(
    ids: list[str],
    indexing: Indexing,
    workspace: Workspace,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(room, "MERGED_AFTER", 2)
    monkeypatch.setattr(Background, "busy", property(lambda _: True))
    indexing.index(ids[:1])
    indexing.index(ids[1:])
    qtbot.waitUntil(lambda: segments(workspace) == 1, timeout=20_000)


def test_an_index_that_cannot_be_written_disturbs_nobody(
    ids: list[str],
    indexing: Indexing,
    workspace: Workspace,
    qtbot: QtBot,
    heard: list[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "offprint")
    lock = workspace.paths.index / "MAIN_WRITELOCK"
    lock.unlink()
    lock.mkdir()
    indexing.index_pending()
    qtbot.waitUntil(lambda: "The index stays as it is: Problem" in caplog.text, timeout=20_000)
    assert heard == []
    assert segments(workspace) == 3


def test_nothing_begins_after_the_end(
    ids: list[str], indexing: Indexing, background: Background, qtbot: QtBot
) -> None:
    indexing.index_pending()
    qtbot.waitUntil(lambda: not background.busy, timeout=20_000)
    indexing.close()
    qtbot.wait(100)
    assert not background.busy


def some_left(data: str) -> bool:
    """In the place of learning: more is left to learn."""
    return True


def none_left(data: str) -> bool:
    """In the place of learning: all is learnt."""
    return False


def test_what_documents_mean_is_learnt_when_there_is_nothing_else_to_do(
    ids: list[str],
    indexing: Indexing,
    settings: Settings,
    background: Background,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    run = Background.run
    learn = some_left

    def spied(
        self: Background, lane: Lane, function: Callable[..., Any], *args: Any, **then: Any
    ) -> None:
        asked.append(function.__name__)
        run(
            self,
            lane,
            learn if function is search_tasks.learn_meanings else function,
            *args,
            **then,
        )

    monkeypatch.setattr(Background, "run", spied)
    monkeypatch.setattr(search_tasks, "learns_meanings", lambda: True)
    indexing.index_pending()
    qtbot.waitUntil(lambda: asked.count("learn_meanings") == 2, timeout=20_000)
    assert asked.index("merge") < asked.index("learn_meanings")
    settings.set(ORDER_BY_MEANING, False)
    qtbot.waitUntil(lambda: asked[-2:] == ["learn_meanings", "mergeable"], timeout=20_000)
    qtbot.waitUntil(lambda: not background.busy, timeout=20_000)
    settings.set(ORDER_BY_MEANING, True)
    learn = none_left
    asked.clear()
    indexing.index_pending()
    qtbot.waitUntil(lambda: "learn_meanings" in asked, timeout=20_000)
    qtbot.waitUntil(lambda: not background.busy, timeout=20_000)
    qtbot.wait(100)
    assert asked.count("learn_meanings") == 1
