"""What the system hands to the running program is opened, also what came while it started."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.session.session import Session
from reader.session.startup import open_files
from reader.ui.shell.opened_files import OpenedFiles


def test_files_and_addresses_are_handed_on(qapp: QApplication) -> None:
    opened = OpenedFiles(qapp)
    heard: list[list[str]] = []
    try:
        qapp.sendEvent(qapp, QFileOpenEvent("/tmp/a b.pdf"))
        assert heard == []
        opened.take(heard.append)
        qapp.sendEvent(qapp, QFileOpenEvent(QUrl("offprint:" + "a" * 64 + "#n1")))
        qapp.sendEvent(qapp, QEvent(QEvent.Type.User))
        opened.stop()
        qapp.sendEvent(qapp, QFileOpenEvent("/tmp/c.txt"))
        assert heard == [["/tmp/a b.pdf"], ["offprint:" + "a" * 64 + "#n1"]]
        opened.take(heard.append)
        assert heard[2:] == [["/tmp/c.txt"]]
    finally:
        qapp.removeEventFilter(opened)


def test_the_session_opens_them(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    before = session.current.document
    assert before is not None
    assert not open_files(session, [f"offprint:{before.id}"])
    file = tmp_path / "Dose.txt"
    file.write_text("Doses\n\nGive 5 mg once a day.\n", encoding="utf-8")
    assert open_files(session, [str(file)])
    qtbot.waitUntil(lambda: session.current.document != before, timeout=20_000)
    assert session.current.document is not None
    assert "Give 5 mg" in session.current.document.text
