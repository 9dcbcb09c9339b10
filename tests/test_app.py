"""The window as a process: a picture without a display, bugs that do not end it."""

from __future__ import annotations

import importlib.util
import logging
import os
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtGui import QImage

from reader.paths import Paths
from reader.store.library import Library
from reader.ui.shell.error_report import MOST_BYTES, PrivateLog, Report, open_log
from reader.workers.tasks import take_in_seeds
from tests.printed import two_columns

ROOT = Path(__file__).resolve().parent.parent
# What no window needs before the person has asked for something, or work begins behind it. Some of
# each would cost a start more than it looks: the searching of changed texts alone takes 15 ms.
NOT_BEFORE_THE_FIRST_PAINT = (
    *("reader.importers", "reader.search", "reader.workers.pool"),
    *("reader.workers.page_renderer", "reader.services.pdf_notes"),
    *("reader.services.note_export", "reader.exporters", "reader.printing.notes_pdf"),
    *("reader.workers.confinement", "reader.workers.landlock", "reader.workers.seccomp"),
    *("reader.model.export", "logging.handlers", "socket", "pickle", "html"),
    *("reader.cli.notes", "reader.model.anchoring.alignment", "reader.model.anchoring.anchor"),
    *("reader.model.anchoring.words", "reader.model.anchoring.reanchor"),
    *("reader.model.anchoring.review_case", "reader.model.anchoring.document_identity"),
    *("reader.model.pdf.page_map", "reader.model.pdf.pdf_annotation"),
    *("reader.model.abbreviations", "reader.model.negation", "reader.ui.notes.notebook_view"),
    *("reader.ui.library.library_table", "reader.ui.pdf.pdf_view"),
    *("reader.ui.review.review_panel", "reader.ui.pdf.thumbnails", "reader.ui.shell.dialogs"),
    *("reader.ui.notes.export_dialog", "reader.ui.notes.backups_dialog"),
    *("reader.ui.library.details_dialog", "reader.ui.library.editions_dialog"),
    *("reader.ui.library.library_file_dialogs", "reader.services.packing"),
    *("reader.services.unpacking", "reader.services.library_exchange"),
    *("reader.ui.review.passage_view", "reader.ui.notes.recovery_dialog"),
    *("reader.ui.article.table_dialog", "reader.ui.article.figure_dialog"),
    *("reader.ui.article.reading_settings", "reader.ui.article.choices"),
    *("reader.ui.marks.previews", "reader.ui.marks.reference_card", "pyphen"),
    *("reader.ui.shell.command_palette", "reader.ui.shell.shortcut_sheet"),
    *("reader.ui.notes.history_dialog", "reader.ui.search.results_pane"),
    *("reader.ui.shell.action_handlers", "reader.ui.article.left_out_dialog"),
    *("reader.model.patient_signs", "reader.session.import_report"),
    "reader.descriptor_messages",
    *("reader.ui.pdf.tile_cache", "reader.ui.pdf.page_layout", "reader.ui.pdf.page_scroller"),
    *("reader.ui.pdf.page_painter", "reader.ui.pdf.page_input"),
    *("multiprocessing", "concurrent", "uuid", "lxml", "whoosh", "pypdfium2", "numpy"),
    *(
        "markdown_it",
        "msgspec",
        "yaml",
        "PySide6.QtPrintSupport",
        "PySide6.QtPdf",
        "PySide6.QtNetwork",
    ),
)
_START = """
import sys
from pathlib import Path
from reader import app
from reader.paths import Paths
def painted():
    print("\\n".join(sys.modules), flush=True)
    app.QApplication.quit()
app.run(Paths(Path(sys.argv[1])), [], user="reader", painted=painted)
"""


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
    assert len({image.pixel(x, 120) for x in range(1366)}) > 10
    log = tmp_path / "data" / "log" / "offprint.log"
    assert log.stat().st_mode & 0o077 == 0
    again = run("--data", str(tmp_path / "data"), "list", "--json")
    assert "A Title Of A Text" in again.stdout


_OPEN = """
import sys
from reader import app
from reader.cli.main import main
run = app.run
def windows():
    return [w for w in app.QApplication.topLevelWidgets() if isinstance(w, app.MainWindow)]
def watched(*args, **kwargs):
    def painted():
        (window,) = windows()
        session = window.session
        document = session.current.document
        raw = "pages of a file" if session.pages.are_being_read else "nothing"
        print("painted:", document.title if document is not None else raw, flush=True)
        app.QApplication.quit()
    return run(*args, painted=painted, **kwargs)
app.run = watched
main(sys.argv[1:])
"""


def test_a_known_file_is_what_the_window_shows_first(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("A Title Of A Text\n\nIts words are here.\n", encoding="utf-8")
    data = str(tmp_path / "data")
    assert run("--data", data, "import", str(article)).returncode == 0
    with closing(Library(Paths(tmp_path / "data"))) as library:
        take_in_seeds(library)
    titles = []
    for more in ([str(article)], []):
        done = subprocess.run(
            [sys.executable, "-c", _OPEN, "--data", data, *more],
            cwd=ROOT,
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        titles.append(done.stdout.partition("painted:")[2].strip())
    # Without a file, it is the document that was read last.
    assert titles == ["A Title Of A Text"] * 2


def test_an_unknown_pdf_is_shown_from_its_file_first(tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(two_columns())
    done = subprocess.run(
        [sys.executable, "-c", _OPEN, "--data", str(tmp_path / "data"), str(paper)],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.partition("painted:")[2].strip() == "pages of a file"
    # Nothing of it is kept before its text is read.
    with closing(Library(Paths(tmp_path / "data"))) as library:
        assert "paper.pdf" not in [entry.source for entry in library.catalog.entries()]


def test_what_is_not_needed_yet_is_not_loaded_before_the_first_paint(tmp_path: Path) -> None:
    with closing(Library(Paths(tmp_path))) as library:
        take_in_seeds(library)
    # A measurement of coverage would load modules of its own into the process.
    bare = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run(
        [sys.executable, "-c", _START, str(tmp_path)],
        cwd=ROOT,
        env=bare,
        check=False,
        capture_output=True,
        text=True,
    )
    ours = [name for name in NOT_BEFORE_THE_FIRST_PAINT if name.startswith("reader.")]
    # A name that was given up would watch over nothing.
    assert [name for name in ours if importlib.util.find_spec(name) is None] == []
    loaded = done.stdout.split()
    assert "reader.ui.shell.main_window" in loaded, done.stderr
    unwanted = [
        name
        for name in loaded
        if any(f"{name}.".startswith(f"{one}.") for one in NOT_BEFORE_THE_FIRST_PAINT)
    ]
    assert unwanted == []


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


def test_a_bug_in_what_tells_of_bugs_is_told_no_more(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []

    def tell(sentence: str) -> None:
        told.append(sentence)
        if len(told) < 9:
            # What Qt calls ends here, and not with whoever called.
            report.take(ValueError, ValueError(), None)

    report = Report(tmp_path, tell)
    report.take(KeyError, KeyError(), None)
    assert len(told) == 1
    # The first is what can be read; both are in the log.
    assert "KeyError" in (tmp_path / "report.txt").read_text(encoding="utf-8")
    assert [one.getMessage().split()[1] for one in caplog.records] == ["KeyError", "ValueError"]
    report.take(KeyError, KeyError(), None)
    assert len(told) == 2
    caplog.clear()


def test_a_log_that_is_full_goes_on_in_a_new_file(tmp_path: Path) -> None:
    record = logging.LogRecord("offprint", logging.INFO, "", 0, "x" * 999, None, None)
    log = tmp_path / "offprint.log"
    with closing(PrivateLog(log, encoding="utf-8")) as handler:
        for number in range(4 * MOST_BYTES // 1000 + 10):
            record.msg = f"{number:04}" + "x" * 995
            handler.emit(record)
    parts = [log, *(Path(f"{log}.{number}") for number in (1, 2, 3))]
    assert sorted(tmp_path.iterdir()) == sorted(parts)
    written = [part.read_text(encoding="utf-8").splitlines() for part in reversed(parts)]
    assert all(part.stat().st_size <= MOST_BYTES for part in parts)
    assert all(part.stat().st_mode & 0o077 == 0 for part in parts)
    numbers = [int(line[:4]) for part in written for line in part]
    # In their order, up to the last, with none lost but the oldest.
    assert numbers == list(range(numbers[0], 4 * MOST_BYTES // 1000 + 10))
    assert numbers[0] > 0


def test_nothing_is_written_outside_the_data_folder_by_a_look_at_a_file(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("A Title Of A Text\n\nIts words are here.\n", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    done = run("--data", str(tmp_path / "data"), "text", str(article))
    assert done.stdout.startswith("A Title Of A Text")
    assert sorted(tmp_path.rglob("*")) == before
