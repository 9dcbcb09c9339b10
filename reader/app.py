"""Where the window is put together: everything is built, joined and run here."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from reader.paths import Paths, make_private, resources
from reader.services.known_files import HashedAside
from reader.services.workspace import Workspace
from reader.session.background import Background
from reader.session.locking import Reopening
from reader.session.session import Session
from reader.session.startup import begin, get_ready_to_draw, open_files, show_first
from reader.session.timers import repeating
from reader.store.encryption import Key, LockedNotes
from reader.store.library import Library
from reader.store.lost import DamagedNotes
from reader.store.notes import Notes, open_notes
from reader.ui.shell.display import prepared
from reader.ui.shell.error_report import Report, open_log
from reader.ui.shell.main_window import MainWindow
from reader.ui.shell.theme_manager import chosen_theme, dress
from reader.ui.widgets import theme as themes
from reader.ui.widgets.first_paint import FirstPaint

if TYPE_CHECKING:
    from reader.session.library_files import LibraryFiles
    from reader.ui.shell.ending import Ending
    from reader.ui.shell.opened_files import OpenedFiles
    from reader.workers.pool import Workers

SCREENSHOT_DELAY_MS = 300


@dataclass(frozen=True, slots=True)
class Asked:
    """What a window is opened for: files, a picture of itself, a call after the first paint."""

    files: Sequence[str] = ()
    screenshot: str | None = None
    painted: Callable[[], None] | None = None
    hashed: HashedAside | None = None
    workers: Workers | None = None


def run(
    paths: Paths,
    files: Sequence[str],
    *,
    user: str,
    screenshot: str | None = None,
    painted: Callable[[], None] | None = None,
    hashed: HashedAside | None = None,
    workers: Workers | None = None,
) -> int:
    """Open the window and return the exit code when it is closed.

    With `screenshot`, the window is drawn without a display, saved there, and closed. `painted`
    is called after the first paint. `hashed` is a file that is to be shown at once if the library
    has it, and `workers` have been begun for it.

    Raises:
        Problem: when the data folder cannot be used, or the screenshot cannot be written.
    """
    app = make_application(screenshot is not None)
    make_private(paths.log)
    open_log(paths.log)
    on_mac = _opened_by_the_mac(app) if sys.platform == "darwin" else None
    asked = Asked(files, screenshot, painted, hashed, workers)
    said: Callable[[Session], None] = _say_nothing
    opened = _open_notes(paths, user, None, screenshot is None)
    while opened is not None:
        user, notes = opened
        ended = _run_once(app, paths, user, notes, asked, said, on_mac)
        asked, said, user = Asked(), _say_nothing, ended.user
        if ended.incoming:
            from reader.ui.shell.exchanged import exchanged

            said = exchanged(paths, Path(ended.incoming))
            key: Key | None = None
        elif ended.reopening is None:
            return ended.code
        else:
            from reader.ui.shell.converting import reopened

            key, said = reopened(paths, user, ended.reopening)
        opened = _open_notes(paths, user, key)
    return 0


def _opened_by_the_mac(app: QApplication) -> OpenedFiles:
    from reader.ui.shell.opened_files import OpenedFiles

    return OpenedFiles(app)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a window ended: the exit code, who read last, and what is to be done before another
    opens."""

    code: int
    user: str
    incoming: str = ""  # the folder of the library that is to take the place of this one
    reopening: Reopening | None = None


def _run_once(
    app: QApplication,
    paths: Paths,
    user: str,
    notes: Notes,
    asked: Asked,
    said: Callable[[Session], None],
    opened: OpenedFiles | None,
) -> Ended:
    """Open the window on the library that is there, until it is closed."""
    library = Library(paths)
    if not library.seeded:
        from reader.workers.tasks import take_in_seeds

        take_in_seeds(library)
    session = Session(Workspace(paths, library, notes, user), Background(workers=asked.workers))
    report = Report(paths.log, session.notifier.info)
    report.listen()
    shows_pages = asked.workers is not None
    if asked.hashed is None:
        shows_pages = get_ready_to_draw(session)
    incoming: list[str] = []
    reopenings: list[Reopening] = []
    try:
        theme = chosen_theme(session)
        window = MainWindow(session, theme, page_first=True)
        if not shows_pages:
            # Now, so that it has its size before the article is set.
            window.document_stack.page.setFocus()
        # Once for all its widgets: one that is built under a style sheet is dressed each time that
        # it gets another parent.
        dress(theme)
        if asked.screenshot is not None:
            window.setWindowState(Qt.WindowState.WindowNoState)
            window.resize(1366, 768)
        window.show()
        # Now its parts have their sizes, and nothing is painted yet: the article is set once.
        show_first(session, asked.hashed)
        endings: list[Ending] = []
        is_painted: list[bool] = []

        def after_first_paint() -> None:
            if is_painted:
                return
            is_painted.append(True)
            if asked.painted is not None:
                asked.painted()
            from reader.ui.shell.ending import Ending

            show_icon()
            endings.append(Ending(app, end, session.drafts.flush))
            window.complete_in_turns(after_all_is_there)

        def after_all_is_there() -> None:
            if asked.screenshot is None or asked.files:
                begin(session, asked.files)
            said(session)
            if opened is not None:
                opened.take(partial(open_files, session))
            if asked.screenshot is not None:
                _save_when_idle(app, session, window, Path(asked.screenshot))

        def end() -> None:
            window.end()
            app.exit()

        def exchange(folder: str) -> None:
            if window.close():
                incoming.append(folder)
                app.exit()

        def hear_of_exchanges(library_files: LibraryFiles) -> None:
            library_files.exchange_wanted.connect(exchange, Qt.ConnectionType.QueuedConnection)

        def reopen(reopening: Reopening) -> None:
            from reader.ui.shell.ending import close_others

            if not reopenings:
                reopenings.append(reopening)
                close_others(window)
                QTimer.singleShot(0, end)

        def watch(_number: int = 0) -> None:
            # Another comes when the pages of an unknown PDF cannot be shown.
            if not is_painted:
                FirstPaint(window.document_stack.first_painted, after_first_paint)

        watch()
        window.document_stack.currentChanged.connect(watch)
        session.late_library_files.when_made(hear_of_exchanges)
        session.users.locking.asked.connect(reopen, Qt.ConnectionType.QueuedConnection)
        code = app.exec()
        if opened is not None:
            opened.stop()
        for ending in endings:
            ending.stop()
        window.close()
        if any(one.kind == "lock" for one in reopenings) and app.clipboard().ownsClipboard():
            # What was copied from locked notes is not to be pasted.
            app.clipboard().clear()
        _leave_text(app)
        library.close()
        return Ended(code, session.workspace.user, "".join(incoming), *reopenings)
    finally:
        report.stop()


def _say_nothing(_session: Session) -> None:
    """Nothing was exchanged."""


def _leave_text(app: QApplication) -> None:
    """Replace our QMimeData on the clipboard by plain text before the exit.

    Qt would delete it after the interpreter has ended, and crash.
    """
    clipboard = app.clipboard()
    if clipboard.ownsClipboard() and clipboard.text():
        clipboard.setText(clipboard.text())


def make_application(offscreen: bool = False) -> QApplication:
    """Qt's application object with our style, fonts and icon; drawn in memory without a display.

    Raises:
        Problem: when no window can be shown here.
    """
    # A document is made of some hundred thousand objects, none in a cycle: by the usual threshold
    # Python would look through them again and again while it is loaded, twice as long as needed.
    gc.set_threshold(50_000, 10, 10)
    # What was imported until now is never garbage.
    gc.freeze()
    gc.enable()
    if offscreen and "QT_QPA_PLATFORM" not in os.environ:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if offscreen:
        os.environ["QT_FONT_DPI"] = "96"
    _take_a_place_in_the_task_bar()
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    with prepared():
        # By its name: `setStyle` would return the style, and load all names of QStyle to show it.
        app = QApplication([sys.argv[0], "-style", "Fusion"])
    app.setApplicationName("Offprint")
    app.setApplicationDisplayName("Offprint")
    app.setDesktopFileName("offprint")
    themes.load_fonts()
    app.setFont(themes.sans(13))
    return app


def show_icon() -> None:
    """Give all windows our icon, which is drawn in many sizes: after the first paint."""
    from PySide6.QtGui import QIcon

    QApplication.setWindowIcon(QIcon(str(resources() / "icons" / "offprint.svg")))


def _take_a_place_in_the_task_bar() -> None:
    """Tell Windows that this is Offprint, and not whatever else Python runs."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID("Offprint.Offprint")


def _open_notes(
    paths: Paths, user: str, key: Key | None, may_ask: bool = True
) -> tuple[str, Notes] | None:
    """The user's notes, and whose they are; None when the person gives up.

    Of locked ones the passphrase is asked for, and somebody else may read instead; when the file is
    damaged, the person chooses from its backups.
    """
    try:
        return user, open_notes(paths, user, key=key)
    except LockedNotes:
        if not may_ask:
            raise
        from reader.ui.shell.lock_screen import ask_to_unlock

        show_icon()
        chosen = ask_to_unlock(paths, user)
        return None if chosen is None else _open_notes(paths, *chosen)
    except DamagedNotes as damaged:
        from reader.ui.notes.recovery_dialog import ask_for_backup

        show_icon()
        if not ask_for_backup(damaged):
            raise
        return user, open_notes(paths, user, key=key)


def _save_when_idle(app: QApplication, session: Session, window: MainWindow, path: Path) -> None:
    timer = repeating(window, SCREENSHOT_DELAY_MS)

    def save() -> None:
        if session.background.busy:
            return
        timer.stop()
        saved = window.grab().save(str(path))
        app.exit(0 if saved else 1)
        if not saved:
            print(f"The screenshot cannot be written to “{path}”.", file=sys.stderr)  # noqa: T201

    timer.timeout.connect(save)
    timer.start()
