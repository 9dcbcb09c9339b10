"""The parts that many need, each built from those that it names, over data on a disk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from reader.paths import Paths
from reader.services.workspace import Workspace
from reader.session.annotations import Annotations
from reader.session.background import Background
from reader.session.catalog import Catalog
from reader.session.current_document import CurrentDocument
from reader.session.indexing import Indexing
from reader.session.library_commands import LibraryCommands
from reader.session.locking import Locking
from reader.session.marker import Marker
from reader.session.navigation import Navigation
from reader.session.negation_guard import NegationGuard
from reader.session.notifier import Notifier
from reader.session.reanchoring import Reanchoring
from reader.session.search_state import SearchState
from reader.session.selection import Selection
from reader.session.settings import Settings
from reader.store.library import Library
from reader.store.notes import open_notes
from tests.ui.samples import a_flat_text, an_article


@pytest.fixture
def workspace(qtbot: QtBot, paths: Paths) -> Iterator[Workspace]:
    """A library of two documents, and the notes of Anna."""
    library = Library(paths)
    for document in (an_article(), a_flat_text()):
        library.add(document, document.title.encode(), {})
    made = Workspace(paths, library, open_notes(paths, "anna"), "anna")
    yield made
    made.close()
    library.close()


@pytest.fixture
def notifier() -> Notifier:
    return Notifier()


@pytest.fixture
def heard(notifier: Notifier) -> list[str]:
    """The sentences of all that was said, offered and reported."""
    found: list[str] = []
    notifier.message.connect(found.append)
    notifier.failed.connect(lambda problem: found.append(problem.sentence))
    notifier.action_offered.connect(lambda offer: found.append(offer.sentence))
    return found


@pytest.fixture
def background(workspace: Workspace) -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


@pytest.fixture
def settings(workspace: Workspace, notifier: Notifier) -> Settings:
    return Settings(workspace, notifier)


@pytest.fixture
def current(workspace: Workspace, notifier: Notifier) -> CurrentDocument:
    return CurrentDocument(workspace, notifier, Catalog(workspace))


@pytest.fixture
def navigation(
    workspace: Workspace, notifier: Notifier, current: CurrentDocument
) -> Iterator[Navigation]:
    made = Navigation(workspace, notifier, current)
    yield made
    # As a session does when it closes: no place is waiting to be written to closed notes.
    made.save()


@pytest.fixture
def locking(
    workspace: Workspace, settings: Settings, notifier: Notifier, background: Background
) -> Iterator[Locking]:
    made = Locking(workspace, settings, notifier, background)
    yield made
    made.close()


@pytest.fixture
def selection(current: CurrentDocument) -> Selection:
    return Selection(current)


@pytest.fixture(name="annotations")
def made_annotations(
    workspace: Workspace,
    settings: Settings,
    notifier: Notifier,
    current: CurrentDocument,
    navigation: Navigation,
    selection: Selection,
) -> Annotations:
    return Annotations(workspace, settings, notifier, current, navigation, selection)


@pytest.fixture
def marker(
    settings: Settings,
    notifier: Notifier,
    current: CurrentDocument,
    navigation: Navigation,
    selection: Selection,
    annotations: Annotations,
) -> Marker:
    guard = NegationGuard(notifier, current, selection, annotations)
    return Marker(settings, current, navigation, selection, annotations, SearchState(), guard)


@pytest.fixture
def indexing(
    workspace: Workspace,
    notifier: Notifier,
    background: Background,
    current: CurrentDocument,
    settings: Settings,
) -> Indexing:
    return Indexing(workspace, notifier, background, current, settings)


@pytest.fixture
def commands(
    workspace: Workspace,
    notifier: Notifier,
    background: Background,
    current: CurrentDocument,
    navigation: Navigation,
    indexing: Indexing,
) -> LibraryCommands:
    return LibraryCommands(workspace, notifier, background, current, navigation, indexing)


@pytest.fixture
def reanchoring(
    workspace: Workspace,
    notifier: Notifier,
    background: Background,
    current: CurrentDocument,
    navigation: Navigation,
    annotations: Annotations,
    selection: Selection,
) -> Reanchoring:
    return Reanchoring(workspace, notifier, background, current, navigation, annotations, selection)
