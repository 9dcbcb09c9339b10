"""A clinician reads an article, finds NMDA, marks a passage, writes a note, and comes back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog

from tests.journeys.conftest import Person
from tests.ui.drivers.found import label, press

Start = Callable[..., Person]
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key

ARTICLE = """A Trial of Quiet Rooms

1. Why We Asked

Delirium is common on wards, and noise is among the causes that can be changed, it is said.

2. What We Did

Sixty patients were put into quiet rooms; the NMDA receptor was of no importance to any.

3. What We Found

Nobody slept worse. The number needed to treat was 7, and no harm was seen in any room.
"""


def test_from_first_start_to_export_and_back(
    start: Start, seed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = start("anna", seed)
    session = person.session
    document = session.current.document
    assert document is not None
    assert document.source == seed.name
    person.until(lambda: not session.workspace.library.catalog.unindexed())

    # Find NMDA, and go to the third hit with Enter.
    person.press(Key.Key_F, CONTROL)
    person.type("NMDA")
    person.until(lambda: session.search.state.count == 4)
    for _ in range(3):
        person.press(Key.Key_Return)
    assert session.search.state.current == 2
    hit = session.search.state.hit
    assert hit is not None
    assert hit.span.cut(document.text) == "NMDA"
    assert document.text[hit.span.end :].startswith(" 4receptor")

    # Highlight it by keyboard, its end moved on by a word.
    person.press(Key.Key_Escape)
    assert person.focus is person.window.document_stack.page
    person.press(Key.Key_Right, SHIFT | CONTROL)
    person.press(Key.Key_Right, SHIFT | CONTROL)
    person.press(Key.Key_3)
    made = person.only_note()
    assert made.colour == "blue"
    assert made.target.quote.exact.startswith("NMDA 4receptor")

    # Write a note on it.
    person.press(Key.Key_N)
    person.type("Blocks the open channel.")
    person.press(Key.Key_Return, CONTROL)
    assert person.only_note().note == "Blocks the open channel."

    # Export what there is.
    target = tmp_path / "notes.md"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    from reader.ui.notes.export_dialog import ExportDialog

    dialog = ExportDialog(session, person.window.theme, person.window)
    press(dialog, "Save…")
    person.until(target.is_file)
    person.idle()
    text = target.read_text(encoding="utf-8").replace("\\", "")
    for part in (
        "NMDA receptor",
        "Blocks the open channel.",
        "Successful Use Of Ketamines For Anxiety",
    ):
        assert part in text
    assert seed.name in text
    assert "Nakazawa" in text  # the reference whose mark lies in the quote

    # Leave in the middle of the text, and come back to the very line.
    person.press(Key.Key_Escape)
    person.press(Key.Key_Escape)
    person.window.document_stack.page.verticalScrollBar().setValue(
        person.window.document_stack.page.scroll_keeper.top + 333
    )
    place = person.window.document_stack.page.scroll_keeper.first_line()
    person.leave()

    person = start("anna")
    assert person.session.current.document is not None
    assert person.session.current.document.id == document.id
    assert person.window.document_stack.page.scroll_keeper.first_line() == pytest.approx(
        place, abs=0.05
    )
    again = person.only_note()
    assert (again.note, again.colour) == ("Blocks the open channel.", "blue")
    assert person.session.annotations.spans[again.id].start == hit.span.start

    # Somebody else sees none of it.
    person.session.users.switch("bert")
    assert person.session.current.document is not None
    person.session.navigation.open(document.id)
    assert person.session.annotations.all == ()
    assert label(person.window.notes, "count").text() == "0"
    person.session.users.switch("anna")
    assert person.only_note().note == "Blocks the open channel."


def test_undo_and_redo_go_back_through_everything(start: Start) -> None:
    person = start()
    session = person.session
    page = person.window.document_stack.page
    page.setFocus()
    person.press(Key.Key_F7)
    for _ in range(12):
        person.press(Key.Key_Right, SHIFT)
    person.press(Key.Key_1)
    first = person.only_note()
    session.annotations.edit(first.id, note="one")
    session.annotations.edit(first.id, note="two", tags=("x",))
    session.annotations.delete(first.id)
    assert session.annotations.all == ()
    for note in ("two", "one", ""):
        person.press(Key.Key_Z, CONTROL)
        assert person.only_note().note == note
    person.press(Key.Key_Z, CONTROL)
    assert session.annotations.all == ()
    for note in ("", "one", "two"):
        person.press(Key.Key_Z, CONTROL | SHIFT)
        assert person.only_note().note == note
    assert person.only_note().tags == ("x",)
    person.press(Key.Key_Z, CONTROL | SHIFT)
    assert session.annotations.all == ()


def test_the_contents_follow_and_lead_and_history_goes_back(start: Start) -> None:
    person = start()
    session = person.session
    person.window.document_stack.page.setFocus()
    person.press(Key.Key_PageDown, CONTROL)
    person.press(Key.Key_PageDown, CONTROL)
    assert session.navigation.location.section is not None
    assert session.navigation.location.section.title == session.current.document.sections[1].title  # type: ignore[union-attr]
    person.press(Key.Key_F6)
    person.press(Key.Key_Left, ALT)
    assert session.navigation.location.section.title == session.current.document.sections[0].title  # type: ignore[union-attr]
    person.press(Key.Key_Right, ALT)
    assert session.navigation.location.section.title == session.current.document.sections[1].title  # type: ignore[union-attr]
    contents = person.window.left.contents.list
    contents.setCurrentIndex(contents.model().index(5, 0))
    person.qtbot.keyClick(contents, Key.Key_Return)
    assert session.navigation.location.section.id == session.current.document.sections[5].id  # type: ignore[union-attr]
    person.press(Key.Key_End, CONTROL)
    assert session.navigation.location.percent == 100
    person.press(Key.Key_Home, CONTROL)
    assert session.navigation.location.percent == 0


def test_files_and_folders_are_dropped_and_a_bad_one_is_said(start: Start, tmp_path: Path) -> None:
    person = start()
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "quiet.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "page.html").write_text(
        "<html><body><h1>Page of Words</h1><p>" + "Some words. " * 60 + "</p></body></html>",
        encoding="utf-8",
    )
    (folder / "bad.txt").write_bytes(bytes(range(256)) * 20)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    event = QDropEvent(
        QPointF(QPoint(500, 300)),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    person.window.dropEvent(event)
    person.until(lambda: len(person.session.catalog.entries) == 4)
    person.idle()
    assert "bad.txt" in person.window.middle.message.sentence
    person.press(Key.Key_Escape)
    assert person.window.middle.message.sentence == ""
    person.press(Key.Key_F, CONTROL | SHIFT)
    person.type("delirium")
    person.until(lambda: person.session.search.state.library.total > 0)
    hit = person.session.search.state.library.hits[0]
    results = person.window.left.results.list
    rows = (results.model().index(row, 0) for row in range(results.model().rowCount()))
    found = (index for index in rows if index.data(Qt.ItemDataRole.UserRole) == hit)
    results.setCurrentIndex(next(found))
    person.qtbot.keyClick(results, Key.Key_Return)
    assert person.session.current.document is not None
    assert person.session.current.document.source == "quiet.txt"
    assert [s.number for s in person.session.current.document.sections] == ["1", "2", "3"]


def test_a_passage_is_copied_with_its_citation(start: Start) -> None:
    person = start()
    person.window.document_stack.page.setFocus()
    person.press(Key.Key_F, CONTROL)
    person.type('"glutamate surge"')
    person.press(Key.Key_Return)
    person.until(lambda: person.session.search.state.current >= 0)
    person.press(Key.Key_Escape)
    person.press(Key.Key_C, CONTROL | SHIFT)
    copied = QGuiApplication.clipboard().text()
    assert "glutamate surge" in copied.lower()
    assert "Ketamine in Anxiety Disorders" in copied
    person.press(Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text().lower() == "glutamate surge"


def test_a_search_that_finds_nothing_says_what_to_try(start: Start) -> None:
    person = start()
    person.press(Key.Key_F, CONTROL)
    person.type("zzyzx")
    person.until(lambda: not person.session.background.busy)
    assert label(person.window.left.results, "notice").text()
    assert person.window.left.currentWidget() is person.window.left.results
    person.press(Key.Key_Escape)
    assert person.window.left.currentWidget() is person.window.left.reading


def test_notes_made_in_another_process_are_there_after_a_start(
    start: Start, tmp_path: Path
) -> None:
    person = start()
    person.leave()
    import subprocess
    import sys

    data = str(person.session.workspace.paths.data)
    command = [sys.executable, "-m", "reader", "--data", data, "--user", "anna"]
    listed = subprocess.run([*command, "list", "--json"], capture_output=True, check=True)
    documents = json.loads(listed.stdout)["documents"]
    document_id = next(d["id"] for d in documents if d["source"] != "guide.md")
    quote = "uncompetitive antagonist"
    subprocess.run(
        [*command, "notes", "add", document_id, "--quote", quote, "--note", "from a script"],
        capture_output=True,
        check=True,
    )
    person = start()
    assert person.only_note().note == "from a script"
