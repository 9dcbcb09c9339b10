"""A template is written, seen at once, kept for one user, and used."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from reader.exporters.template import STANDARD
from reader.session.session import Session
from reader.ui.notes.export_dialog import ExportDialog
from reader.ui.notes.template_dialog import TemplateDialog, own_template
from reader.ui.widgets.theme import LIGHT
from tests.ui.drivers.dialogs import Export
from tests.ui.samples import mark

MINE = (
    "{{#documents}}{{#sections}}{{#notes}}{{quote}}: {{note}}\n"
    "{{/notes}}{{/sections}}{{/documents}}"
)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def dialog_for(session: Session, parent: QWidget, format_name: str = "markdown") -> TemplateDialog:
    return TemplateDialog(session, LIGHT, format_name, session.notebook.all(), parent)


def test_notes_are_seen_by_the_template_as_it_is_typed(
    session: Session, parent: QWidget, qtbot: QtBot
) -> None:
    mark(session, "new use", note="first")
    dialog = dialog_for(session, parent)
    assert "> new use" in dialog.preview.toPlainText()
    dialog.text.setPlainText(MINE)
    qtbot.waitUntil(lambda: dialog.preview.toPlainText() == "new use: first\n")
    dialog.text.setPlainText("\n{{quot}}")
    qtbot.waitUntil(lambda: not dialog.save.isEnabled())
    assert dialog.said.text() == "Line 2: there is no “quot”."
    assert dialog.preview.toPlainText() == "new use: first\n"
    dialog.text.setPlainText(MINE)
    qtbot.waitUntil(dialog.save.isEnabled)
    # Nobody has looked yet at what was typed last.
    dialog.text.setPlainText("\n{{quot}}")
    dialog.save.click()
    assert own_template(session, "markdown") == ""
    dialog.text.setPlainText(MINE)
    qtbot.waitUntil(dialog.save.isEnabled)
    dialog.save.click()
    assert own_template(session, "markdown") == MINE
    again = dialog_for(session, parent)
    assert again.text.toPlainText() == MINE
    again.standard.click()
    assert again.text.toPlainText() == STANDARD["markdown"]
    again.save.click()
    assert own_template(session, "markdown") == ""


def test_a_page_is_shown_as_a_page_and_loads_nothing(session: Session, parent: QWidget) -> None:
    mark(session, "new use", note="<b>first</b>")
    dialog = dialog_for(session, parent, "html")
    shown = dialog.preview.toPlainText()
    assert "new use\n<b>first</b>\n" in shown
    assert "<h1>" not in shown
    picture = QTextDocument.ResourceType.ImageResource.value
    assert dialog.preview.loadResource(picture, QUrl("file:///etc/passwd")) is None


def test_the_template_that_is_kept_is_used_and_can_be_left_out(
    session: Session, parent: QWidget, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark(session, "new use", note="first")
    dialog = ExportDialog(session, LIGHT, parent)
    assert dialog.template == ""
    export = Export(qtbot, dialog)
    assert export.template.count() == 1

    def write_mine(editor: TemplateDialog) -> int:
        editor.text.setPlainText(MINE)
        editor.save.click()
        return editor.result()

    monkeypatch.setattr(TemplateDialog, "exec", lambda editor: 0)
    export.edit.click()
    monkeypatch.setattr(TemplateDialog, "exec", write_mine)
    export.edit.click()
    assert dialog.template == MINE
    assert export.preview == "new use: first\n"
    target = tmp_path / "mine.md"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    with qtbot.waitSignal(session.notifier.action_offered, timeout=20_000) as told:
        export.save.click()
    assert "not compared, since a template made it" in told.args[0].sentence
    assert target.read_text(encoding="utf-8") == "new use: first\n"
    again = ExportDialog(session, LIGHT, parent)
    assert again.template == MINE
    chosen = Export(qtbot, again)
    chosen.template.setCurrentIndex(0)
    chosen.copy.click()
    assert QGuiApplication.clipboard().text().startswith("# ")
    assert ExportDialog(session, LIGHT, parent).template == ""
    again.choose_format("json")
    assert not chosen.template.isVisibleTo(again)
    again.choose_format("html")
    assert chosen.template.count() == 1
