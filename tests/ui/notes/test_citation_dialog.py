"""Copying passages and sources with a citation in the style that was picked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from reader.importers.pdf.read import read
from reader.session.session import Session
from reader.settings import CITATION_STYLE
from reader.ui.commands.actions import ACTIONS
from reader.ui.notes.citation_dialog import CitationDialog
from reader.ui.shell.main_window import MainWindow
from reader.ui.widgets.theme import LIGHT
from tests.printed import two_columns
from tests.ui.drivers.found import confirm
from tests.ui.samples import mark


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> MainWindow:
    window = MainWindow(session, LIGHT)
    qtbot.addWidget(window)
    return window


def do(window: MainWindow, name: str) -> None:
    window.menus.run(next(action for action in ACTIONS if action.id == name))


def test_a_passage_is_copied_with_its_source_and_its_note(
    window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = mark(session, "Small doses calm within hours")
    session.annotations.choose(note)
    session.settings.set(CITATION_STYLE, "markdown")
    do(window, "copy_cited")
    copied = QGuiApplication.clipboard().mimeData()
    assert session.current.document is not None
    link = f"offprint:{session.current.document.id}#{note}"
    first, second = copied.text().splitlines()
    assert first == "“Small doses calm within hours”"
    assert second.endswith(f"n.d.]({link})")
    assert copied.html().startswith("<blockquote>Small doses calm within hours</blockquote>")
    do(window, "copy_citation")
    assert "Small doses" not in QGuiApplication.clipboard().text()
    shown: list[QDialog] = []
    monkeypatch.setattr(CitationDialog, "exec", lambda dialog: shown.append(dialog))
    do(window, "citation_style")
    assert len(shown) == 1


def test_the_style_is_chosen_by_example(qtbot: QtBot, session: Session) -> None:
    dialog = CitationDialog(session, LIGHT)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.grab()
    assert dialog.buttons["vancouver"].isChecked()
    dialog.buttons["apa"].setChecked(True)
    confirm(dialog)
    assert session.citations.style == "apa"
    again = CitationDialog(session, LIGHT)
    qtbot.addWidget(again)
    assert again.buttons["apa"].isChecked()


def test_what_a_passage_cites_itself_and_its_page_go_with_it(
    session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(two_columns())
    reading = read(path)
    session.workspace.library.add(reading.document, path, reading.assets)
    session.navigation.open(reading.document.id)
    session.annotations.choose(mark(session, "doors matter more"))
    session.settings.set(CITATION_STYLE, "short")
    cited = session.citations.cited_passage()
    assert cited is not None
    assert cited.plain.endswith(", n.d., p. 1)")
    session.settings.set(CITATION_STYLE, "markdown")
    session.annotations.choose("")
    assert session.citations.citation().plain.endswith(f"](offprint:{reading.document.id})")
    session.current.document = None
    assert session.citations.citation().plain == ""
