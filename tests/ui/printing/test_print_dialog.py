"""Printing an article: every word and note is there, on pages that can be read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6 import QtPrintSupport
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QPdfWriter
from PySide6.QtWidgets import QAbstractButton, QDialog, QFileDialog, QProgressBar
from pytestqt.qtbot import QtBot

from reader.importers.markdown.read import read
from reader.paths import seeds
from reader.session.session import Session
from reader.ui.printing.article_print import Layout, Paper
from reader.ui.printing.print_dialog import PrintDialog
from reader.ui.shell.theme_manager import dress
from reader.ui.widgets.theme import DARK, LIGHT, Theme
from tests.ui.drivers.found import called, label
from tests.ui.samples import a_flat_text, mark

WAIT_MS = 20_000
LONG = "A note that is long, since somebody had much to say on it. " * 9


@pytest.fixture
def article(session: Session) -> Session:
    """Our own article, which has tables and figures, with notes on it."""
    path = seeds() / "ketamine-in-anxiety.md"
    reading = read(path)
    session.workspace.library.add(reading.document, path, reading.assets)
    session.navigation.open(reading.document.id)
    mark(session, "0.5 mg/kg", "pink", note="Which **dose**, & for <whom>?", tags=("ward",))
    mark(session, "often lifts", "green")
    for words in ("phencyclidine", "racemic", "esketamine", "co-agonist"):
        mark(session, words, "blue", note=LONG)
    return session


@pytest.fixture
def dialog(qtbot: QtBot, article: Session) -> PrintDialog:
    dialog = PrintDialog(article, LIGHT)
    qtbot.addWidget(dialog)
    dialog.show()
    settle(qtbot, dialog)
    return dialog


def settle(qtbot: QtBot, dialog: PrintDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=WAIT_MS)


def words_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.split())


def save(dialog: PrintDialog, path: Path) -> None:
    """Presses Save, and gives a path when one is asked for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(path), ""))
        dialog.save.click()


def saved(qtbot: QtBot, dialog: PrintDialog, path: Path) -> str:
    with qtbot.waitSignal(dialog.accepted, timeout=WAIT_MS):
        save(dialog, path)
    return words_of(path)


@pytest.mark.parametrize("where", ["In the margin", "After the article", "Not at all"])
def test_every_word_and_note_is_on_paper(
    qtbot: QtBot, dialog: PrintDialog, article: Session, tmp_path: Path, where: str
) -> None:
    dialog.where.setCurrentText(where)
    settle(qtbot, dialog)
    text = saved(qtbot, dialog, tmp_path / "a.pdf")
    assert article.current.document is not None
    # Short forms as capitals and no ligatures: what is printed can be found and copied.
    for block in article.current.document.blocks:
        words = block.span.cut(article.current.document.text)
        if block.kind == "paragraph" and "-" not in words and "/" not in words:
            assert words[:40] in text.replace(" [", "[") or "[" in words[:40]
    for words in ("often lifts", "World Health Organization (WHO)", "1 of "):
        assert words in text
    noted = "Which dose, & for <whom>?"
    assert (noted in text) is (where != "Not at all")
    assert text.count("somebody had much to say") == (0 if where == "Not at all" else 36)


def test_notes_without_room_in_the_margin_stand_at_the_end(
    qtbot: QtBot, dialog: PrintDialog, tmp_path: Path
) -> None:
    dialog.size_.setCurrentText("A5")
    settle(qtbot, dialog)
    text = saved(qtbot, dialog, tmp_path / "a.pdf")
    assert "after the article" in text
    assert text.count("somebody had much to say") == 36


def test_the_preview_turns_pages_and_choices_are_kept(
    qtbot: QtBot, dialog: PrintDialog, article: Session
) -> None:
    preview = dialog.preview
    assert not preview.before.isEnabled()
    preview.after.click()
    assert label(preview, "page_number").text().startswith("2 of ")
    preview.before.click()
    assert label(preview, "page_number").text().startswith("1 of ")
    colours = preview.picture.grab().toImage()
    dialog.grey.setChecked(True)
    settle(qtbot, dialog)
    assert preview.picture.grab().toImage() != colours
    dialog.highlights.setChecked(False)
    settle(qtbot, dialog)
    again = PrintDialog(article, LIGHT)
    qtbot.addWidget(again)
    assert again.grey.isChecked()
    assert not again.highlights.isChecked()
    again.reject()
    assert not again.is_busy


def test_a_file_is_asked_for_and_a_problem_is_said(
    qtbot: QtBot, dialog: PrintDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: ("", ""))
    dialog.save.click()
    assert not dialog.is_busy
    nowhere = tmp_path / "none" / "a.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(nowhere), ""))
    dialog.save.click()
    settle(qtbot, dialog)
    assert "cannot be written" in label(dialog, "status").text()
    assert dialog.isVisible()


def test_closing_leaves_no_half_written_file(
    qtbot: QtBot, dialog: PrintDialog, tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    progress = called(dialog, QProgressBar, "Progress")
    was_busy: list[bool] = []

    def close() -> None:
        was_busy.append(dialog.is_busy)
        dialog.close()

    # At the first page: the others are soon drawn.
    progress.valueChanged.connect(close, Qt.ConnectionType.SingleShotConnection)
    save(dialog, path)
    qtbot.waitUntil(lambda: bool(was_busy), timeout=WAIT_MS)
    qtbot.wait(50)
    assert was_busy == [True]
    assert not path.exists()


class Printer(QPdfWriter):
    """Stands for a printer: it writes what it would print to a file."""

    PrinterMode = QtPrintSupport.QPrinter.PrinterMode
    first, last = 2, 3

    def __init__(self, _mode: Any) -> None:
        super().__init__(str(Printer.path))

    path: Path

    def fromPage(self) -> int:  # noqa: N802  # Qt's name
        return self.first

    def toPage(self) -> int:  # noqa: N802  # Qt's name
        return self.last


class Asking(QDialog):
    """Stands for the system's dialog."""

    answer = QDialog.DialogCode.Accepted

    def __init__(self, _printer: Printer, parent: QDialog) -> None:
        super().__init__(parent)

    def setMinMax(self, first: int, last: int) -> None:  # noqa: N802  # Qt's name
        assert (first, last) == (1, last)

    def exec(self) -> int:
        return int(self.answer)


def test_some_pages_go_to_a_printer(
    qtbot: QtBot, dialog: PrintDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Printer.path = tmp_path / "printed.pdf"
    monkeypatch.setattr(QtPrintSupport, "QPrinter", Printer)
    monkeypatch.setattr(QtPrintSupport, "QPrintDialog", Asking)
    monkeypatch.setattr(Asking, "answer", QDialog.DialogCode.Rejected)
    dialog.print_.click()
    assert not dialog.is_busy
    monkeypatch.setattr(Asking, "answer", QDialog.DialogCode.Accepted)
    with qtbot.waitSignal(dialog.accepted, timeout=WAIT_MS):
        dialog.print_.click()
    text = words_of(Printer.path)
    assert "2 of " in text
    assert "3 of " in text
    assert "1 of " not in text


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_cannot_be_used_is_a_problem(
    qtbot: QtBot, dialog: PrintDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Printer.path = tmp_path / "none" / "printed.pdf"
    monkeypatch.setattr(QtPrintSupport, "QPrinter", Printer)
    monkeypatch.setattr(QtPrintSupport, "QPrintDialog", Asking)
    dialog.print_.click()
    settle(qtbot, dialog)
    assert label(dialog, "status").text() == "The printer cannot be used."


def test_paper_is_white_in_every_theme(qtbot: QtBot, article: Session, tmp_path: Path) -> None:
    def drawn(theme: Theme) -> bytes:
        dress(theme)
        dialog = PrintDialog(article, theme)
        qtbot.addWidget(dialog)
        settle(qtbot, dialog)
        path = tmp_path / f"{theme.name}.pdf"
        saved(qtbot, dialog, path)
        with pypdfium2.PdfDocument(path) as document:
            return bytes(document[0].render(scale=1.4).buffer)

    light = drawn(LIGHT)
    dark = drawn(DARK)
    dress(LIGHT)
    assert light == dark


def test_a_flat_text_without_notes_has_a_page(qtbot: QtBot) -> None:
    document = a_flat_text()
    paper = Paper(document, "", (), Layout(QSizeF(600, 900)), lambda _: b"")
    for _ in paper.prepare():
        pass
    assert paper.count >= 1


def test_enter_prints(qtbot: QtBot, dialog: PrintDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    class Chosen:
        def __init__(self, printer: object, _parent: object) -> None:
            asked.append(printer)

        def setMinMax(self, _first: int, _last: int) -> None:  # noqa: N802 - Qt's name
            pass

        def exec(self) -> QDialog.DialogCode:
            return QDialog.DialogCode.Rejected

    monkeypatch.setattr(QtPrintSupport, "QPrintDialog", Chosen)
    qtbot.waitExposed(dialog)
    focus = dialog.focusWidget()
    assert focus is not None
    assert not isinstance(focus, QAbstractButton)
    qtbot.keyClick(focus, Qt.Key.Key_Return)
    assert len(asked) == 1
    assert dialog.isVisible()
