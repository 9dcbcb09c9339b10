"""A folder is dropped, the import is watched, cancelled and resumed, and one of each is read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from docx import Document as WordFile
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent

from reader.services.import_queue import Progress
from reader.ui.library.library_table import ShelfTable
from tests.hostile.packed import book
from tests.importers.pdf_samples import Sheet, Text, pdf
from tests.journeys.conftest import Person

Start = Callable[..., Person]
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier

# By the name of each file the sentence that is in it only.
SENTENCES = {
    "rounds.txt": "Rounds begin at the window bed on Mondays and at the door on Thursdays.",
    "doses.md": "Halve the evening dose when the pulse falls under fifty.",
    "page.html": "Noise on the ward was measured with a meter that nobody could see.",
    "letter.rtf": "The letter was dictated twice because the first was lost.",
    "plan.docx": "The plan for the weekend hangs beside the telephone.",
    "book.epub": "Every second chapter of the book is about sleep.",
    "article.nxml": "Forty nights were counted by two people who did not talk.",
    "saved.mhtml": "The page was saved on a train with all its pictures.",
    "sheet.pdf": "The sheet was printed and then scanned by nobody.",
}


def a_folder(home: Path) -> Path:
    folder = home / "ten years"
    (folder / "older").mkdir(parents=True)
    rounds, doses, page, letter, plan, chapter, nights, saved, sheet = SENTENCES.values()
    (folder / "rounds.txt").write_text(f"On Rounds\n\n{rounds}\n")
    (folder / "doses.md").write_text(f"# Evening Doses\n\n{doses}\n")
    html = f"<html><body><article><h1>Noise</h1><p>{page}</p></article></body></html>"
    (folder / "page.html").write_text(html)
    (folder / "letter.rtf").write_text(r"{\rtf1\ansi " + letter + r"\par}")
    word = WordFile()
    word.add_heading("The Weekend", 1)
    word.add_paragraph(plan)
    word.save(str(folder / "plan.docx"))
    whole = f"<html><body><h1>Sleep</h1><p>{chapter}</p></body></html>"
    (folder / "book.epub").write_bytes(book({"p.xhtml": whole}))
    (folder / "article.nxml").write_text(f"<article><body><p>{nights}</p></body></article>")
    (folder / "saved.mhtml").write_text(
        'Content-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html\n\n'
        f"<html><body><h1>Trains</h1><p>{saved}</p></body></html>\n--b--\n"
    )
    (folder / "sheet.pdf").write_bytes(pdf([Sheet([Text(72, 700, sheet)])]))
    for number in range(20):
        text = f"Old Text {number}\n\nNothing is known of number {number} but its name.\n"
        (folder / "older" / f"{number:02}.txt").write_text(text)
    (folder / "older" / "broken.docx").write_bytes(b"PK\x03\x04 and no more than that")
    (folder / "older" / "empty.txt").touch()
    return folder


def drop(person: Person, path: Path) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(path))])
    copy, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDropEvent(QPoint(9, 9), copy, dropped, button, Qt.KeyboardModifier.NoModifier)
    person.window.dropEvent(event)


def shows_only(shelf: ShelfTable, title: str) -> bool:
    return all(title in row.title for row in shelf.model.rows)


def test_drop_watch_cancel_resume_read(start: Start, tmp_path: Path) -> None:
    person = start()
    session = person.session
    person.idle()
    before = len(session.catalog.entries)
    steps: list[Progress] = []
    session.imports.progress.connect(lambda step: steps.append(step) if step else None)
    folder = a_folder(tmp_path)

    # Cancelled after the first steps: what is in stays in, whole.
    drop(person, folder)
    person.until(lambda: bool(steps) and steps[-1].done > 0)
    session.imports.cancel()
    person.idle()
    assert steps[0].total == len(SENTENCES) + 22
    some = len(session.catalog.entries) - before
    assert some < len(SENTENCES) + 20
    assert session.workspace.library.verify() == []

    # Dropped again, the rest comes; what cannot be read is listed with its reason.
    drop(person, folder)
    person.idle()
    assert len(session.catalog.entries) - before == len(SENTENCES) + 20
    assert steps[-1].name
    assert {name for name, _ in session.imports.failures} == {"broken.docx", "empty.txt"}
    assert session.workspace.library.catalog.unindexed() == []

    # One of each is found in the table, opened by keyboard, and read.
    for name, sentence in SENTENCES.items():
        (entry,) = [entry for entry in session.catalog.entries if entry.source == name]
        person.press(Qt.Key.Key_T, CONTROL_SHIFT)
        shelf = person.window.library_table.widget
        shelf.filter.setText(entry.title)
        person.until(partial(shows_only, shelf, entry.title))
        person.qtbot.keyClick(shelf.filter, Qt.Key.Key_Return)
        assert shelf.model.rows[shelf.table.currentIndex().row()].id == entry.id
        person.qtbot.keyClick(shelf.table, Qt.Key.Key_Return)
        assert session.current.document is not None
        assert session.current.document.id == entry.id
        assert sentence in session.current.document.text
        assert person.window.document_stack.currentWidget() is person.window.document_stack.view
    person.leave()
