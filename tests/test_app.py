"""The window as a process: a picture without a display, bugs that do not end it."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtGui import QImage

from reader.ui.report import Report, open_log

ROOT = Path(__file__).resolve().parent.parent


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "reader", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_picture_of_the_window_needs_no_display(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("A Title Of A Text\n\nIts words are here.\n", encoding="utf-8")
    picture = tmp_path / "window.png"
    done = run("--data", str(tmp_path / "data"), "--screenshot", str(picture), str(article))
    assert done.returncode == 0, done.stderr
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (1366, 768)
    assert len({image.pixel(x, 120) for x in range(0, 1366)}) > 10
    log = tmp_path / "data" / "log" / "offprint.log"
    assert log.stat().st_mode & 0o077 == 0
    again = run("--data", str(tmp_path / "data"), "list", "--json")
    assert "A Title Of A Text" in again.stdout


def test_a_picture_that_cannot_be_saved_is_said(tmp_path: Path) -> None:
    done = run("--data", str(tmp_path / "data"), "--screenshot", str(tmp_path / "no" / "x.png"))
    assert done.returncode == 1
    assert "cannot be written" in done.stderr


def test_bugs_are_written_down_without_what_was_read_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []
    open_log(tmp_path)
    report = Report(tmp_path, told.append)
    report.listen()
    try:
        try:
            raise RuntimeError("a secret of the patient")
        except RuntimeError as error:
            sys.excepthook(type(error), error, error.__traceback__)

        def fail() -> None:
            raise KeyError("another secret")

        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
        qWarning("a warning of Qt")
        with pytest.raises(SystemExit):
            sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    finally:
        report.stop()
        log = logging.getLogger("offprint")
        for handler in list(log.handlers):
            log.removeHandler(handler)
            handler.close()
        log.propagate = True
    assert len(told) == 2
    written = (tmp_path / "report.txt").read_text(encoding="utf-8")
    assert "KeyError" in written
    assert "test_app.py" in written
    logged = (tmp_path / "offprint.log").read_text(encoding="utf-8")
    assert "bug RuntimeError" in logged
    assert "Qt QtWarningMsg" in logged
    for text in (written, logged, *told):
        assert "secret" not in text
    assert (tmp_path / "crash.log").exists()
    caplog.clear()


def test_nothing_is_written_outside_the_data_folder_by_a_look_at_a_file(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("A Title Of A Text\n\nIts words are here.\n", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    done = run("--data", str(tmp_path / "data"), "text", str(article))
    assert done.stdout.startswith("A Title Of A Text")
    assert sorted(tmp_path.rglob("*")) == before
