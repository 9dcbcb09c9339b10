from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from reader.problem import Problem
from reader.services.workspace import Workspace
from reader.session.current_document import CurrentDocument
from reader.session.indexing import Indexing
from reader.session.library_commands import LibraryCommands
from reader.session.navigation import Navigation
from tests.ui.samples import a_flat_text, an_article

WAIT_MS = 20_000


def test_the_open_document_goes_to_the_trash_and_another_is_opened(
    qtbot: QtBot,
    workspace: Workspace,
    current: CurrentDocument,
    navigation: Navigation,
    indexing: Indexing,
    commands: LibraryCommands,
) -> None:
    navigation.open(an_article().id)
    navigation.open(a_flat_text().id)
    with (
        qtbot.waitSignal(indexing.forgotten, timeout=WAIT_MS),
        qtbot.waitSignal(commands.changed),
    ):
        commands.trash(a_flat_text().id)
    assert current.is_open(an_article().id)
    assert [one for one, _ in workspace.library.details.trash()] == [a_flat_text().id]
    commands.restore(a_flat_text().id)
    assert workspace.library.catalog.entry(a_flat_text().id) is not None


def test_what_cannot_be_written_is_said_and_changes_nothing(
    workspace: Workspace,
    commands: LibraryCommands,
    heard: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object) -> None:
        raise Problem("The disk is full.")

    told: list[None] = []
    commands.changed.connect(lambda: told.append(None))
    commands.rename(a_flat_text().id, " A letter ")
    monkeypatch.setattr(workspace.library, "rename", full)
    commands.rename(a_flat_text().id, "Another")
    entry = workspace.library.catalog.entry(a_flat_text().id)
    assert entry is not None
    assert (entry.title, len(told), heard) == ("A letter", 1, ["The disk is full."])


def test_all_is_indexed_and_each_is_told(
    qtbot: QtBot, current: CurrentDocument, indexing: Indexing
) -> None:
    told: list[str] = []
    indexing.indexed.connect(told.append)
    current.open(a_flat_text().id)
    assert not indexing.is_complete
    indexing.index_pending()
    qtbot.waitUntil(lambda: len(told) == 2, timeout=WAIT_MS)
    # The open document comes first.
    assert told[0] == a_flat_text().id
    assert indexing.is_complete
