"""The upper parts, each built from those that it names; workers are real."""

from __future__ import annotations

import json
from pathlib import Path

from pytestqt.qtbot import QtBot

from reader.model.span import Span
from reader.services.workspace import Workspace
from reader.session.annotations import Annotations
from reader.session.background import Background
from reader.session.catalog import Catalog
from reader.session.citations import Citations
from reader.session.current_document import CurrentDocument
from reader.session.heading_corrections import HeadingCorrections
from reader.session.imports import Imports
from reader.session.indexing import Indexing
from reader.session.library_commands import LibraryCommands
from reader.session.marker import Marker
from reader.session.navigation import Navigation
from reader.session.note_transfer import NoteTransfer, UnmatchedNotes
from reader.session.notebook import Notebook, SectionGroups
from reader.session.notifier import Notifier
from reader.session.pages import PdfPages
from reader.session.passwords import Passwords
from reader.session.patient_check import PatientCheck
from reader.session.pdf_notes import PdfNotes
from reader.session.raw_pages import RawPages
from reader.session.reanchoring import Reanchoring
from reader.session.search import Search
from reader.session.search_state import SearchState
from reader.session.selection import Selection
from reader.session.settings import Settings
from reader.session.undo_stack import UndoStack
from reader.store.note_filter import NoteFilter
from tests.ui.samples import a_flat_text, an_article

WAIT_MS = 20_000


def highlight(marker: Marker, selection: Selection, words: str) -> str:
    """Marks words of the article, which is open."""
    start = an_article().text.index(words)
    selection.set_span(Span(start, start + len(words)))
    return marker.highlight()


def test_the_newest_question_is_answered(
    qtbot: QtBot,
    workspace: Workspace,
    settings: Settings,
    notifier: Notifier,
    background: Background,
    current: CurrentDocument,
    navigation: Navigation,
    annotations: Annotations,
    indexing: Indexing,
) -> None:
    search = Search(
        workspace,
        settings,
        notifier,
        background,
        current,
        navigation,
        annotations,
        indexing,
        SearchState(),
    )
    current.open(an_article().id)
    indexing.index_pending()
    qtbot.waitUntil(lambda: not background.busy and indexing.is_complete, timeout=WAIT_MS)
    shown: list[Span] = []
    navigation.scroll_requested.connect(shown.append)
    for text in ("keta", "ketam", "aneurysm"):
        search.find(text)
    search.step(1)
    qtbot.waitUntil(lambda: bool(shown), timeout=WAIT_MS)
    assert shown[0].cut(an_article().text) == "aneurysm"
    assert search.kept.recent == ("aneurysm",)
    search.reset()
    assert not search.state.active


def test_a_file_is_opened_when_it_is_in(
    qtbot: QtBot,
    tmp_path: Path,
    workspace: Workspace,
    settings: Settings,
    notifier: Notifier,
    background: Background,
    current: CurrentDocument,
    indexing: Indexing,
    commands: LibraryCommands,
    reanchoring: Reanchoring,
    heard: list[str],
) -> None:
    imports = Imports(
        workspace,
        settings,
        notifier,
        background,
        current,
        commands,
        indexing,
        reanchoring,
        Passwords(),
        RawPages(background, current),
    )
    path = tmp_path / "ward.txt"
    path.write_text("Nobody slept on the ward.\n")
    imports.add([path])
    qtbot.waitUntil(lambda: current.document is not None, timeout=WAIT_MS)
    assert current.document is not None
    assert current.document.text.startswith("Nobody slept")
    (tmp_path / "empty.txt").write_bytes(b"")
    imports.add([tmp_path / "empty.txt"])
    qtbot.waitUntil(lambda: bool(heard), timeout=WAIT_MS)
    assert "empty.txt" in heard[0]
    assert [name for name, _ in imports.failures] == ["empty.txt"]


def test_headings_and_notes_are_undone_in_their_order(
    workspace: Workspace,
    notifier: Notifier,
    current: CurrentDocument,
    selection: Selection,
    annotations: Annotations,
    marker: Marker,
    indexing: Indexing,
    commands: LibraryCommands,
) -> None:
    undo_stack = UndoStack(notifier, current)
    headings = HeadingCorrections(
        workspace, notifier, current, selection, marker, undo_stack, commands, indexing
    )
    undo_stack.register(annotations)
    undo_stack.register(headings)
    current.open(an_article().id)
    assert headings.demote(an_article().sections[1].span.start)
    highlight(marker, selection, "Small doses")
    undo_stack.undo()
    assert len(annotations.all) == 0
    assert current.document is not None
    assert len(current.document.sections) < len(an_article().sections)
    undo_stack.undo()
    assert len(current.document.sections) == len(an_article().sections)


def test_the_notebook_holds_notes_of_all_documents(
    qtbot: QtBot,
    workspace: Workspace,
    notifier: Notifier,
    background: Background,
    current: CurrentDocument,
    selection: Selection,
    annotations: Annotations,
    marker: Marker,
    reanchoring: Reanchoring,
) -> None:
    notebook = Notebook(
        workspace,
        notifier,
        background,
        current,
        annotations,
        reanchoring,
        UndoStack(notifier, current),
    )
    current.open(an_article().id)
    made = highlight(marker, selection, "Small doses")
    current.open(a_flat_text().id)
    notebook.tag([made], ["dose"])
    assert notebook.tags() == {"dose": 1}
    choice = NoteFilter(tag="dose")
    with qtbot.waitSignal(notebook.sections_ready, timeout=WAIT_MS) as ready:
        notebook.ask_sections(choice)
    (found,) = ready.args
    assert isinstance(found, SectionGroups)
    assert found.choice == choice
    assert [ids for _, _, ids in found.groups if ids] == [[made]]
    notebook.open(made)
    assert current.is_open(an_article().id)
    assert selection.annotation_id == made
    notebook.trash([made])
    assert notebook.all() == []
    notebook.restore([made])
    assert [one.id for one in notebook.all()] == [made]


def test_notes_of_a_file_without_their_article_are_told(
    qtbot: QtBot,
    tmp_path: Path,
    workspace: Workspace,
    notifier: Notifier,
    background: Background,
    current: CurrentDocument,
    annotations: Annotations,
    heard: list[str],
) -> None:
    transfer = NoteTransfer(
        workspace,
        notifier,
        background,
        annotations,
        UndoStack(notifier, current),
        PdfNotes(workspace, notifier, background, current, annotations, Passwords()),
        PatientCheck(Settings(workspace, notifier), notifier, background),
    )
    path = tmp_path / "koreader.json"
    entries = [{"text": "words of no article here", "sort": "highlight", "time": 1_700_000_000}]
    path.write_text(json.dumps({"title": "Elsewhere", "entries": entries}))
    with qtbot.waitSignal(transfer.unmatched, timeout=WAIT_MS) as told:
        transfer.import_file(str(path))
    (notes,) = told.args
    assert isinstance(notes, UnmatchedNotes)
    assert notes.path == str(path)
    assert len(heard) == 1


def test_a_passage_is_cited(
    workspace: Workspace,
    settings: Settings,
    notifier: Notifier,
    background: Background,
    current: CurrentDocument,
    navigation: Navigation,
    selection: Selection,
    annotations: Annotations,
    marker: Marker,
) -> None:
    pages = PdfPages(
        workspace,
        notifier,
        background,
        current,
        navigation,
        annotations,
        Passwords(),
        RawPages(background, current),
    )
    citations = Citations(settings, Catalog(workspace), current, pages, annotations, marker)
    assert citations.cited_passage() is None
    current.open(an_article().id)
    made = highlight(marker, selection, "Small doses")
    cited = citations.cited_passage()
    assert cited is not None
    assert cited.plain.startswith("“Small doses”")
    assert an_article().title in cited.plain
    (note,) = annotations.all
    assert citations.link_to(note).startswith("[Small doses](")
    assert made in citations.link_to(note)
    assert (pages.has_pages, pages.as_printed) == (False, False)


def test_a_note_is_attached_to_the_selection(
    current: CurrentDocument,
    selection: Selection,
    annotations: Annotations,
    marker: Marker,
    reanchoring: Reanchoring,
    heard: list[str],
) -> None:
    current.open(an_article().id)
    made = highlight(marker, selection, "Small doses")
    selection.set_span(None)
    assert not reanchoring.attach(made)
    assert heard[0].startswith("Select the passage first")
    start = an_article().text.index("calm within hours")
    selection.set_span(Span(start, start + 4))
    assert reanchoring.attach(made)
    assert annotations.quote(annotations.all[0]) == "calm"
    assert str(reanchoring.status) == "1 kept"
