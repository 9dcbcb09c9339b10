"""Passages are marked, the article is revised, and each note is decided about by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import docx
import pypdfium2
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QTextEdit

from reader.model.span import Span
from reader.ui.commands.actions import ACTIONS
from reader.ui.notes.export_dialog import ExportDialog
from reader.ui.printing.print_dialog import PrintDialog
from reader.ui.review.passage_view import Passage
from tests.journeys.conftest import Person
from tests.ui.drivers.found import called, press
from tests.ui.samples import mark

Start = Callable[..., Person]
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key

FIRST = """A Trial of Quiet Rooms

1. Why We Asked

Delirium is common on wards, and noise is among the causes that can be changed, it is said. Light \
at night is another of them, and nobody has counted how often it is switched on without a need.

2. What We Did

Sixty patients were put into quiet rooms. Each was given 0.5 mg of the drug at night by a nurse \
who knew the plan. Doors were closed at ten. No visitor came after eight in the evening.

3. What We Found

Nobody slept worse. The number needed to treat was 7, and no harm was seen in any room. Most of \
the patients said that they would choose such a room again if they had to come back.
"""
SECOND = (
    FIRST.replace("0.5 mg", "5 mg")
    .replace(" Doors were closed at ten.", "")
    .replace("3. What We Found", "3. What We Found\n\nThis part was written anew for this edition.")
)


def read_first(start: Start, path: Path) -> Person:
    path.write_text(FIRST, encoding="utf-8")
    person = start("anna", path)
    mark(person.session, "noise is among the causes")
    mark(person.session, "Each was given 0.5 mg of the drug at night", note="Right for the frail")
    mark(person.session, "Doors were closed at ten.", "pink")
    return person


def read_second(person: Person, path: Path) -> None:
    first = person.session.current.document
    path.write_text(SECOND, encoding="utf-8")
    person.session.imports.add([path])
    person.until(lambda: person.session.current.document != first)
    person.idle()
    # Both are there until the person says that it is an edition.
    assert person.window.middle.offer_bar.sentence.startswith(
        "This looks like a newer edition of “A Trial"
    )
    assert person.session.annotations.all == ()
    person.window.middle.offer_bar.accept.click()
    person.idle()
    assert person.window.middle.offer_bar.sentence == ""


def is_at(side: QTextEdit, words: str) -> bool:
    """Whether a text has been brought to what differs: on a later turn of the event loop."""
    return side.toPlainText()[side.textCursor().position() :].startswith(words)


def test_highlight_revise_review_accept_undo(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "trial.txt"
    person = read_first(start, path)
    session, window = person.session, person.window
    before = session.current.document
    read_second(person, path)
    bar = window.middle.review_bar
    assert bar.sentence == "This text has changed. Your notes: 1 kept, 1 changed, 1 not placed."

    # The review opens by key, and shows the dose first.
    person.press(Key.Key_R, CONTROL)
    person.idle()
    assert window.review.widget.isVisible()
    shown = window.review.widget
    assert shown.case.span.cut(shown.case.old) == "Each was given 0.5 mg of the drug at night"
    assert "0.5 mg → 5 mg" in shown.differences
    assert session.selection.annotation_id == shown.case.annotation_id
    for name, dose in (("The passage before", "0.5"), ("The passage now", "5")):
        # The dose is in sight without scrolling, and the keyboard's place is right before it.
        side = called(shown, Passage, name)
        person.until(partial(is_at, side, f"{dose} mg of the"))
        assert side.viewport().rect().contains(side.cursorRect())

    # Enter agrees; the next note has no place, and is put on a selection.
    person.press(Key.Key_Return)
    assert str(session.reanchoring.status) == "2 kept, 1 not placed"
    lost = shown.case.annotation_id
    person.press(Key.Key_T)
    assert window.middle.message.sentence.startswith("Select the passage first")
    assert session.current.document is not None
    words = "No visitor came after eight"
    start_at = session.current.document.text.index(words)
    session.selection.set_span(Span(start_at, start_at + len(words)))
    shown.take_focus()
    person.press(Key.Key_T)
    found = session.annotations.get(lost)
    assert found is not None
    assert found.target.quote.exact == words
    assert str(session.reanchoring.status) == "3 kept"
    assert not window.review.widget.isVisible()
    assert bar.sentence == ""

    # Each decision is taken back, and made again.
    window.document_stack.page.setFocus()
    person.press(Key.Key_Z, CONTROL)
    assert str(session.reanchoring.status) == "2 kept, 1 not placed"
    person.press(Key.Key_Z, CONTROL)
    assert str(session.reanchoring.status) == "1 kept, 1 changed, 1 not placed"
    person.press(Key.Key_Z, CONTROL | SHIFT)
    assert str(session.reanchoring.status) == "2 kept, 1 not placed"

    # The earlier text is there to be read, with the notes where they were.
    session.reanchoring.open_earlier(lost)
    assert session.current.document == before
    assert bar.sentence == "This is an earlier edition. Your notes are on the latest one."
    assert lost in session.annotations.spans


def test_what_was_decided_goes_out_as_word_file_and_pdf(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "trial.txt"
    person = read_first(start, path)
    read_second(person, path)
    window, session = person.window, person.session
    person.press(Key.Key_R, CONTROL)
    person.idle()
    person.press(Key.Key_Return)
    person.press(Key.Key_Escape)

    def give(name: str, target: Path) -> None:
        """Chooses a format in the dialog and saves, as a person does."""

        def answer() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, ExportDialog)
            dialog.choose_format(name)
            press(dialog, "Save…")

        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(target), ""))
        QTimer.singleShot(0, answer)
        window.menus.run(next(action for action in ACTIONS if action.id == "export"))
        person.until(target.exists)
        person.idle()

    word, pdf = tmp_path / "notes.docx", tmp_path / "notes.pdf"
    give("docx", word)
    give("pdf", pdf)
    read_word = docx.Document(str(word))
    in_word = "\n".join(paragraph.text for paragraph in read_word.paragraphs)
    in_word += "\n".join(comment.text for comment in read_word.comments)
    opened = pypdfium2.PdfDocument(pdf)
    in_pdf = " ".join(page.get_textpage().get_text_range() for page in opened)
    opened.close()
    for text in (in_word, " ".join(in_pdf.split())):
        # The passage reads as it does now; the note, and what was not placed, are there.
        assert "Each was given 5 mg of the drug at night" in text
        assert "Right for the frail" in text
        assert "noise is among the causes" in text
        assert "Doors were closed at ten." in text

    # The article itself on paper, with the notes beside it.
    printed = tmp_path / "article.pdf"
    paper = PrintDialog(session, window.theme, window)
    person.until(lambda: not paper.is_busy)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(printed), ""))
    paper.save.click()
    person.until(printed.exists)
    opened = pypdfium2.PdfDocument(printed)
    on_paper = " ".join(" ".join(page.get_textpage().get_text_range() for page in opened).split())
    opened.close()
    assert "5 mg of the drug" in on_paper
    assert "Right for the frail" in on_paper
    # What has no place in the new edition is on paper too.
    assert on_paper.index("Not placed in this text") < on_paper.index("Doors were closed at ten.")


def test_keep_with_the_earlier_text_archive_and_restart(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "trial.txt"
    person = read_first(start, path)
    read_second(person, path)
    session, shown = person.session, person.window.review.widget
    person.press(Key.Key_R, CONTROL)
    person.idle()
    changed = shown.case.annotation_id
    person.press(Key.Key_PageDown)
    lost = shown.case.annotation_id
    assert lost != changed
    person.press(Key.Key_R)
    person.press(Key.Key_K)
    assert not shown.isVisible()
    person.leave()

    again = start("anna").session
    assert str(again.reanchoring.status) == "1 kept"
    states = {one.id: one.state for one in again.annotations.all}
    assert (states[changed], states[lost]) == ("earlier", "archived")
    again.reanchoring.open_earlier(changed)
    assert again.annotations.spans.keys() == {changed, lost} | {
        one.id for one in again.annotations.all
    }
    earlier = again.annotations.get(changed)
    assert earlier is not None
    assert again.annotations.quote(earlier) == "Each was given 0.5 mg of the drug at night"
    again.current.open_latest()
    assert session.workspace.user == again.workspace.user
