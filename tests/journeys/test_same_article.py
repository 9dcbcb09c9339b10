"""A page and its PDF are joined: a note on one stands on the other, and is one note."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QListWidget

from reader.ui.commands.actions import ACTIONS
from reader.ui.notes.notes_pane import NotesPane
from tests.importers.pdf_samples import Sheet, column, pdf
from tests.journeys.conftest import Person
from tests.ui.samples import mark

Start = Callable[..., Person]
Key = Qt.Key

TITLE = "A Trial of Quiet Rooms"
PARAGRAPHS = (
    "Delirium is common on wards, and noise is among the causes that can be changed, it is said. "
    "Light at night is another of them, and nobody has counted how often it is switched on.",
    "Sixty patients were put into quiet rooms. Each was given half a tablet at night by a nurse "
    "who knew the plan. Doors were closed at ten. No visitor came after eight in the evening.",
    "Nobody slept worse. Seven had to be treated for one to sleep better, and no harm was seen in "
    "any room. Most of them said that they would choose such a room again.",
)


def a_page(path: Path) -> Path:
    body = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
    path.write_text(
        f"<!doctype html><html><head><title>{TITLE}</title></head>"
        f"<body><article><h1>{TITLE}</h1>{body}</article></body></html>",
        encoding="utf-8",
    )
    return path


def a_pdf(path: Path) -> Path:
    lines = "|".join("|".join(textwrap.wrap(words, 60)) for words in PARAGRAPHS)
    texts = [*column(60, 760, TITLE, size=18), *column(60, 720, lines)]
    texts += column(60, 500, "Printed for the ward in one copy only and never to be sold.", size=14)
    path.write_bytes(pdf([Sheet(texts)]))
    return path


def command(person: Person, name: str, then: Callable[[QDialog], None] | None = None) -> None:
    """Carries a command out; `then` is done with the dialog that it opens."""

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        try:
            assert then is not None
            then(dialog)
        finally:
            dialog.reject()

    if then is not None:
        QTimer.singleShot(0, answer)
    person.window.menus.run(next(action for action in ACTIONS if action.id == name))
    person.idle()


def lines_of(pane: NotesPane) -> set[str]:
    return {label.text() for label in pane.findChildren(QLabel) if label.isVisible()}


def test_join_read_edit_undo_and_part(start: Start, tmp_path: Path) -> None:
    person = start("anna", a_pdf(tmp_path / "trial.pdf"))
    session, window = person.session, person.window
    printed = session.current.document
    assert printed is not None
    mark(session, "Doors were closed at ten", note="Which doors?")
    mark(session, "Printed for the ward in one copy only")
    session.imports.add([a_page(tmp_path / "trial.html")])
    person.until(lambda: session.current.document != printed)
    person.idle()
    page = session.current.document
    assert page is not None
    assert session.annotations.all == ()

    # The PDF is chosen from the list, by the name of its file.
    def choose(dialog: QDialog) -> None:
        field, rows = dialog.findChild(QLineEdit), dialog.findChild(QListWidget)
        assert field is not None
        assert rows is not None
        assert rows.item(0).text().startswith(TITLE)
        person.qtbot.keyClicks(field, "no such file")
        assert rows.count() == 0
        field.clear()
        person.qtbot.keyClicks(field, "trial.pdf")
        assert rows.count() == 1
        person.qtbot.keyClick(field, Key.Key_Return)

    command(person, "same_article", choose)
    note = person.only_note()
    assert session.annotations.origin(note) == "From the PDF"
    assert session.annotations.spans[note.id].cut(page.text) == "Doors were closed at ten"
    assert "1 note of the PDF has no sure place here." in lines_of(window.notes)
    spoken = window.notes.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("Note: Which doors?. From the PDF.")

    # It is edited here, and is the one note there.
    session.annotations.choose(note.id)
    command(person, "delete")
    assert session.annotations.all == ()
    command(person, "undo")
    assert person.only_note().note == "Which doors?"
    session.navigation.open(printed.id)
    person.idle()
    assert len(session.annotations.own) == 2
    assert len(session.annotations.all) == 2

    # The details name the other file; after parting, each has its own notes.
    seen: list[str] = []
    command(
        person,
        "details",
        lambda dialog: seen.extend(label.text() for label in dialog.findChildren(QLabel)),
    )
    assert any("Also as web page “trial.html”." in text for text in seen)
    session.navigation.open(page.id)
    person.idle()
    command(person, "not_same_article")
    assert session.annotations.all == ()
    assert (
        window.middle.message.sentence == "It is an article of its own again, with its own notes."
    )
    person.leave()

    # What was said is there in the next session.
    again = start("anna")
    assert again.session.same_article.partners(page.id) == []
    again.leave()
