"""At the largest text of the window every dialog fits the screen, and each button is reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QMenu,
    QPushButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from reader.model.document import Cell, Figure, Table
from reader.model.span import Span
from reader.services.note_import import NotesReport
from reader.session.session import Session
from reader.settings import INTERFACE_TEXT, THEME
from reader.ui.article.figure_dialog import FigureDialog
from reader.ui.article.table_dialog import TableDialog
from reader.ui.commands.actions import ACTIONS
from reader.ui.library.failures_dialog import FailuresDialog
from reader.ui.library.library_file_dialogs import FormerDialog, OpenDialog, ProgressDialog
from reader.ui.notes.export_target import PassphraseDialog
from reader.ui.notes.match_documents_dialog import HomesDialog
from reader.ui.notes.note_imports_dialog import ReportDialog
from reader.ui.notes.template_dialog import TemplateDialog
from reader.ui.shell.about_dialog import LicencesDialog
from reader.ui.shell.converting import ConvertingDialog
from reader.ui.shell.keys_dialog import KeysDialog
from reader.ui.shell.lock_screen import LockScreen
from reader.ui.shell.main_window import MainWindow
from reader.ui.shell.passphrase_dialogs import (
    ChangePassphraseDialog,
    RecoveryCodeDialog,
    RemovePassphraseDialog,
    SetPassphraseDialog,
)
from reader.ui.shell.theme_manager import dress
from reader.ui.widgets import theme as themes
from reader.ui.widgets.patient_warning import PatientWarning
from tests.ui.samples import mark

# What a screen leaves to a window: its title and the bar of the desktop take the rest.
SCREENS = {2.0: QSize(1366, 768 - 64), 1.5: QSize(1024, 640 - 64)}
BY_ACTION = (
    *("export", "note_imports", "bibliography", "print", "backups", "switch_user", "details"),
    *("left_out", "editions", "same_article", "trash", "citation_style", "note_history"),
    *("meanings", "palette", "shortcuts", "about", "watch", "rename", "set_passphrase", "keys"),
)


def _table(window: MainWindow) -> TableDialog:
    document = window.session.current.document
    assert document is not None
    cells = (Cell(0, 0, Span(0, 20), header=True), Cell(0, 1, Span(20, 60)))
    return TableDialog(document, Table("t1", cells), window.theme, window)


def _figure(_window: MainWindow) -> FigureDialog:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="5"/>'
    figure = Figure("f1", "f.svg", alternative="A bar", width_px=10, height_px=5)
    return FigureDialog(figure, svg, None)


def _template(window: MainWindow) -> TemplateDialog:
    notes = window.session.annotations.all
    return TemplateDialog(window.session, window.theme, "markdown", notes, window)


MADE: dict[str, Callable[[MainWindow], QDialog]] = {
    "table": _table,
    "figure": _figure,
    "failures": lambda w: FailuresDialog(w.session, w),
    "packing": lambda w: ProgressDialog(w.session, "Packing the library", "a" * 40, w),
    "open packed": lambda w: OpenDialog(w.session, "Library.zip", w),
    "former": lambda w: FormerDialog(w.session, w),
    "export passphrase": lambda w: PassphraseDialog(w.theme, w),
    "homes": lambda w: HomesDialog(w.session, "a.csv", NotesReport("Hypothesis"), w),
    "report": lambda w: ReportDialog(NotesReport("Hypothesis"), w),
    "template": _template,
    "licences": lambda w: LicencesDialog(w),
    "converting": lambda _: ConvertingDialog("Your notes are being encrypted.", _nothing),
    "keys": lambda w: KeysDialog(w.session.settings, w),
    "lock": lambda w: LockScreen(w.session.workspace.paths, "anna", w.theme, w),
    "set": lambda w: SetPassphraseDialog(w.session, w.theme, w),
    "change": lambda w: ChangePassphraseDialog(w.session, w.theme, w),
    "remove": lambda w: RemovePassphraseDialog(w.session, w.theme, w),
    "recovery": lambda w: RecoveryCodeDialog("anna", w.theme, w),
    "patients": lambda w: PatientWarning(w.session, (), "Export", w),
}


def _nothing() -> tuple[None, str]:
    return None, ""


@pytest.fixture(params=SCREENS)
def window(qtbot: QtBot, session: Session, request: pytest.FixtureRequest) -> Iterator[MainWindow]:
    session.settings.set(THEME, "light")
    session.settings.set(INTERFACE_TEXT, request.param)
    large = replace(themes.LIGHT, text_scale=request.param)
    dress(large)
    window = MainWindow(session, large)
    qtbot.addWidget(window)
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(SCREENS[request.param])
    window.show()
    qtbot.waitExposed(window)
    session.current.changed.emit(session.current.document)
    session.annotations.choose(mark(session, "new use", note="A note."))
    yield window
    window.close()
    dress(themes.LIGHT)


def faults(dialog: QDialog, room: QSize) -> list[str]:
    """What is wrong with a dialog on a screen that leaves it so much room."""
    least = dialog.minimumSizeHint().expandedTo(dialog.minimumSize())
    found = []
    if least.width() > room.width() or least.height() > room.height():
        found.append(f"needs {least.width()} × {least.height()}")
    dialog.resize(dialog.size().boundedTo(room))
    QApplication.processEvents()
    found += [f"“{one.text()}” is not reached" for one in buttons(dialog) if not is_whole(one)]
    return found


def buttons(dialog: QDialog) -> list[QAbstractButton]:
    return [one for one in dialog.findChildren(QAbstractButton) if one.isVisible() and one.text()]


def is_whole(button: QAbstractButton) -> bool:
    """Whether a button can be brought into sight with all of its words."""
    over: QWidget | None = button.parentWidget()
    while over is not None:
        if isinstance(over, QScrollArea):
            over.ensureWidgetVisible(button, 0, 0)
        over = over.parentWidget()
    QApplication.processEvents()
    # What is to be ticked begins at the left and may lie in a wide row.
    hint = button.minimumSizeHint().boundedTo(button.size() + QSize(2, 2))
    words = button.rect() if isinstance(button, QPushButton) else QRect(QPoint(), hint)
    seen = button.visibleRegion().boundingRect()
    return seen.contains(words & button.rect()) and hint == button.minimumSizeHint()


@pytest.mark.parametrize("name", BY_ACTION)
def test_a_dialog_of_a_command_fits(window: MainWindow, qtbot: QtBot, name: str) -> None:
    room = SCREENS[window.theme.text_scale]
    found: list[list[str]] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QDialog) and not found:
            found.append(faults(box, room))
            box.reject()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(50)
    window.menus.run(next(action for action in ACTIONS if action.id == name))
    qtbot.waitUntil(lambda: bool(found))
    timer.stop()
    assert found == [[]]


@pytest.mark.parametrize("name", MADE)
def test_any_other_dialog_fits(window: MainWindow, qtbot: QtBot, name: str) -> None:
    dialog = MADE[name](window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    assert faults(dialog, SCREENS[window.theme.text_scale]) == []


def test_a_menu_that_is_higher_than_the_screen_scrolls(window: MainWindow, qtbot: QtBot) -> None:
    menu = window.menus.main.actions()[0].menu()
    assert isinstance(menu, QMenu)
    menu.popup(window.pos())
    qtbot.waitExposed(menu)
    first, last = menu.actions()[0], menu.actions()[-1]
    # In a second column it would be cut at the side of a narrow screen.
    assert menu.actionGeometry(first).x() == menu.actionGeometry(last).x()
    for _ in menu.actions():
        qtbot.keyClick(menu, Qt.Key.Key_Down)
        if menu.activeAction() == last:
            break
    assert menu.activeAction() == last
    picture = menu.grab().toImage()
    column = [picture.pixelColor(6, y).name() for y in range(picture.height())]
    assert window.theme.accent.lower() in column  # the edge of the row that is chosen
    menu.close()
