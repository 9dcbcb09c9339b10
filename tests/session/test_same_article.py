"""Notes on one file of an article are shown on the other, stay where they are, and are one note."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from reader.model.anchoring.selector import describe
from reader.model.annotation import Annotation, Change
from reader.model.document import Document
from reader.model.span import Span
from reader.paths import Paths
from reader.problem import Problem
from reader.services.workspace import Workspace
from reader.session.annotations import Annotations, NotesNews
from reader.session.background import Background
from reader.session.current_document import CurrentDocument
from reader.session.library_commands import LibraryCommands
from reader.session.notifier import ActionOffer, Notifier
from reader.session.reanchoring import Reanchoring
from reader.session.same_article import SameArticle, file_kind
from reader.store.notes import open_notes
from tests.store.samples import a_document

WAIT_MS = 20_000
TITLE = "A Trial of Quiet Rooms"
PROSE = " ".join(
    f"Room {k} was quiet for {k * k} hours, and nobody spoke in it." for k in range(40)
)
PAGE = f"{TITLE}\nEach was given 0.5 mg at night. {PROSE}\nShare this page with your friends."
PRINTED = f"Volume 7, page 1\n{TITLE}\nEach was given 0.5 mg\nat night. {PROSE}\nPrinted in Ghent."

Shown = Callable[[str], None]


def keep(workspace: Workspace, text: str, source: str, **changes: object) -> Document:
    document = a_document(text.encode(), source=source, **{"title": TITLE, "doi": "", **changes})
    # All in one import: whether one is an edition of another is not asked then.
    workspace.library.add(document, text.encode(), {"p.png": b"picture"}, "together")
    return document


def mark(workspace: Workspace, document: Document, words: str, **fields: object) -> str:
    start = document.text.index(words)
    target = describe(document, Span(start, start + len(words)))
    made = replace(Annotation(f"{source_of(document)} {words[:12]}", target), **fields)  # type: ignore[arg-type]
    workspace.notes.apply(Change(None, made))
    return made.id


def source_of(document: Document) -> str:
    return document.source.partition(".")[2]


@pytest.fixture
def page(workspace: Workspace) -> Document:
    return keep(workspace, PAGE, "trial.html")


@pytest.fixture
def printed(workspace: Workspace) -> Document:
    return keep(workspace, PRINTED, "trial.pdf")


@pytest.fixture
def same(
    workspace: Workspace,
    notifier: Notifier,
    background: Background,
    current: CurrentDocument,
    annotations: Annotations,
    commands: LibraryCommands,
) -> SameArticle:
    return SameArticle(workspace, notifier, background, current, annotations, commands)


@pytest.fixture
def show(qtbot: QtBot, current: CurrentDocument, background: Background) -> Shown:
    """Opens a document, and waits until all that belongs on it is there."""

    def showing(document_id: str) -> None:
        assert current.open(document_id)
        qtbot.waitUntil(lambda: not background.busy, timeout=WAIT_MS)

    return showing


@pytest.fixture
def undo(qtbot: QtBot, notifier: Notifier, background: Background) -> Callable[[], None]:
    """Does what the last message offers."""
    offers: list[ActionOffer] = []
    notifier.action_offered.connect(offers.append)

    def undoing() -> None:
        assert offers[-1].label == "Undo"
        offers[-1].run()
        qtbot.waitUntil(lambda: not background.busy, timeout=WAIT_MS)

    return undoing


def ids(annotations: Annotations) -> list[str]:
    return [one.id for one in annotations.all]


def test_a_note_on_the_pdf_is_shown_on_the_page_and_the_other_way_round(
    workspace: Workspace,
    annotations: Annotations,
    same: SameArticle,
    page: Document,
    printed: Document,
    show: Shown,
) -> None:
    on_printed = mark(workspace, printed, "0.5 mg\nat night", note="Low")
    on_page = mark(workspace, page, "Room 7 was quiet")
    workspace.library.joins.join(page.id, printed.id)
    show(page.id)
    assert ids(annotations) == [on_printed, on_page]
    shown, own = annotations.all
    assert annotations.spans[shown.id].cut(page.text) == "0.5 mg at night"
    assert annotations.quote(shown) == "0.5 mg at night"
    assert (annotations.origin(shown), annotations.origin(own)) == ("From the PDF", "")
    assert annotations.own == (own,)
    show(printed.id)
    assert ids(annotations) == [on_printed, on_page]
    assert annotations.origin(annotations.all[1]) == "From the web page"
    assert same.unplaced == ""


def test_what_has_no_sure_place_is_counted_and_not_shown(
    workspace: Workspace,
    annotations: Annotations,
    same: SameArticle,
    page: Document,
    printed: Document,
    show: Shown,
) -> None:
    mark(workspace, printed, "Printed in Ghent")
    mark(workspace, printed, "Room 3 was quiet", state="archived")
    doubtful = mark(workspace, printed, "Room 12 was quiet", state="check")
    workspace.library.joins.join(page.id, printed.id)
    show(page.id)
    assert annotations.all == ()
    assert same.unplaced == "2 notes of the PDF have no sure place here."
    show(printed.id)
    known = annotations.get(doubtful)
    assert known is not None
    assert annotations.apply(Change(known, replace(known, state="")))
    show(page.id)
    assert ids(annotations) == [doubtful]
    assert same.unplaced == "1 note of the PDF has no sure place here."


def test_it_is_one_note_whatever_is_edited_and_undone(
    workspace: Workspace,
    annotations: Annotations,
    reanchoring: Reanchoring,
    same: SameArticle,
    page: Document,
    printed: Document,
    show: Shown,
) -> None:
    own = mark(workspace, page, "Room 9 was quiet")
    key = mark(workspace, printed, "Room 7 was quiet", note="Why?", state="moved")
    workspace.library.joins.join(page.id, printed.id)
    show(page.id)
    # What its state says is a question about its own text.
    assert str(reanchoring.status) == "1 kept"
    target = workspace.notes.annotation(key).target  # type: ignore[union-attr]
    assert annotations.edit(own, note="Mine")
    assert annotations.edit(key, note="Because.", tags=("quiet",), colour="blue")
    stored = workspace.notes.annotation(key)
    assert stored is not None
    assert (stored.note, stored.tags, stored.colour) == ("Because.", ("quiet",), "blue")
    assert stored.target == target
    annotations.delete(key)
    assert ids(annotations) == [own]
    assert annotations.undo(everywhere=False)
    assert ids(annotations) == [key, own]
    assert annotations.undo(everywhere=False)
    assert annotations.get(key).note == "Why?"  # type: ignore[union-attr]
    assert annotations.undo(everywhere=False)
    assert annotations.get(own).note == ""  # type: ignore[union-attr]
    assert annotations.redo(everywhere=False)
    assert annotations.get(own).note == "Mine"  # type: ignore[union-attr]
    assert annotations.redo(everywhere=False)
    assert annotations.get(key).note == "Because."  # type: ignore[union-attr]
    assert workspace.notes.annotations(page.id) == [annotations.get(own)]


def test_joining_and_parting_are_said_and_undone(
    qtbot: QtBot,
    workspace: Workspace,
    annotations: Annotations,
    same: SameArticle,
    page: Document,
    printed: Document,
    show: Shown,
    undo: Callable[[], None],
    background: Background,
    heard: list[str],
) -> None:
    key = mark(workspace, printed, "Room 7 was quiet")
    mark(workspace, printed, "Printed in Ghent")
    assert not same.join(printed.id)
    assert not same.part()
    show(page.id)
    assert not same.join("f" * 64)
    assert not same.part()
    assert heard == ["This document is not joined with another."]
    assert same.join(printed.id)
    qtbot.waitUntil(lambda: not background.busy, timeout=WAIT_MS)
    assert heard[-1] == f"Joined with the PDF “{TITLE}”: your notes on each show in both."
    assert ids(annotations) == [key]
    assert same.also_as(page.id) == "Also as PDF “trial.pdf”."
    undo()
    assert (ids(annotations), same.unplaced, same.also_as(page.id)) == ([], "", "")
    assert same.join(printed.id)
    assert same.part()
    qtbot.waitUntil(lambda: not background.busy, timeout=WAIT_MS)
    assert heard[-1] == "It is an article of its own again, with its own notes."
    assert ids(annotations) == []
    undo()
    assert ids(annotations) == [key]
    # The trash hides the file, and its notes with it.
    workspace.library.details.put_in_trash(printed.id)
    assert same.partners(page.id) == []


def test_the_likeliest_come_first_and_what_is_joined_does_not_come(
    workspace: Workspace, same: SameArticle, show: Shown
) -> None:
    assert same.candidates() == []
    page = keep(workspace, PAGE, "a.html", doi="10.1/a")
    titled = keep(workspace, "Other words.", "b.pdf", title=TITLE.upper())
    identified = keep(workspace, PRINTED, "c.pdf", doi="https://doi.org/10.1/A", title="vol7")
    joined = keep(workspace, "Joined.", "d.epub", title="Joined")
    workspace.library.joins.join(page.id, joined.id)
    show(page.id)
    found = [entry.id for entry in same.candidates()]
    assert found[:2] == [identified.id, titled.id]
    assert len(found) == 4
    assert joined.id not in found


def test_what_comes_home_late_is_not_shown_on_another_text(
    qtbot: QtBot,
    workspace: Workspace,
    annotations: Annotations,
    current: CurrentDocument,
    same: SameArticle,
    page: Document,
    printed: Document,
    background: Background,
    show: Shown,
) -> None:
    mark(workspace, printed, "Room 7 was quiet")
    other = keep(workspace, PAGE + " More.", "other.html")
    workspace.library.joins.join(page.id, printed.id)
    assert current.open(page.id)
    assert current.open(other.id)
    qtbot.waitUntil(lambda: not background.busy, timeout=WAIT_MS)
    assert annotations.all == ()
    assert current.open(page.id)
    workspace.library.joins.part(page.id)
    assert same.join(other.id)
    qtbot.waitUntil(lambda: not background.busy, timeout=WAIT_MS)
    assert annotations.all == ()


def test_an_earlier_edition_and_damaged_files_show_none(
    workspace: Workspace,
    annotations: Annotations,
    same: SameArticle,
    page: Document,
    printed: Document,
    show: Shown,
    paths: Paths,
) -> None:
    mark(workspace, printed, "Room 7 was quiet")
    newer = keep(workspace, PAGE + " More.", "trial.html")
    workspace.library.joins.join(page.id, printed.id)
    workspace.library.editions.follow(page.id, newer.id)
    show(page.id)
    assert annotations.all == ()
    show(newer.id)
    assert len(annotations.all) == 1
    (paths.document(printed.id) / "1" / "document.json").write_bytes(b"{}")
    show(page.id)
    show(newer.id)
    assert annotations.all == ()


def test_what_another_window_writes_on_the_pdf_comes(
    qtbot: QtBot,
    workspace: Workspace,
    annotations: Annotations,
    same: SameArticle,
    page: Document,
    printed: Document,
    background: Background,
    show: Shown,
) -> None:
    workspace.library.joins.join(page.id, printed.id)
    show(page.id)
    elsewhere = open_notes(workspace.paths, "anna")
    other = Workspace(workspace.paths, workspace.library, elsewhere, "anna")
    key = mark(other, printed, "Room 7 was quiet")
    other.close()
    annotations.others_changed.emit(NotesNews(frozenset({page.id})))
    assert not background.busy
    annotations.take_news()
    qtbot.waitUntil(lambda: not background.busy, timeout=WAIT_MS)
    assert ids(annotations) == [key]


def test_a_disk_that_takes_nothing_is_said(
    workspace: Workspace,
    same: SameArticle,
    page: Document,
    printed: Document,
    show: Shown,
    heard: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object) -> None:
        raise Problem("The disk is full.")

    show(page.id)
    monkeypatch.setattr(workspace.library.joins, "join", full)
    assert not same.join(printed.id)
    assert heard == ["The disk is full."]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("a.PDF", "PDF"),
        ("a.mhtml", "web page"),
        ("a.docx", "Word file"),
        ("a.md", "text file"),
        ("a.epub", "EPUB"),
        ("a", "other file"),
    ],
)
def test_files_are_called_by_plain_words(source: str, said: str) -> None:
    assert file_kind(source) == said
