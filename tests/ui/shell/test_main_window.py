"""The window's own part: menus, panes, themes, files, dialogs that it opens."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QInputDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from reader.problem import Problem
from reader.services.import_queue import Failure
from reader.session.annotations import AnnotationChanges
from reader.session.session import Session
from reader.settings import GEOMETRY, PANES, SPLIT, THEME
from reader.ui.commands.actions import ACTIONS
from reader.ui.library.failures_dialog import FailuresDialog
from reader.ui.notes.export_dialog import ExportDialog
from reader.ui.shell import file_handlers, message_bar
from reader.ui.shell.about_dialog import AboutDialog
from reader.ui.shell.command_palette import Palette
from reader.ui.shell.dialogs import ColoursDialog, UserDialog
from reader.ui.shell.main_window import MainWindow
from reader.ui.shell.shortcut_sheet import ShortcutSheet
from reader.ui.shell.theme_manager import chosen_theme
from reader.ui.widgets import theme as themes
from tests.ui.drivers.found import label, press
from tests.ui.samples import a_flat_text, answer, mark

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> Iterator[MainWindow]:
    session.settings.set(THEME, "light")
    window = MainWindow(session, themes.LIGHT)
    qtbot.addWidget(window)
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1366, 768)
    window.show()
    session.current.changed.emit(session.current.document)
    yield window
    window.close()


def run(window: MainWindow, action_id: str) -> None:
    window.menus.run(next(action for action in ACTIONS if action.id == action_id))


def close_dialog(window: MainWindow, kind: type[QDialog], seen: list[QDialog]) -> None:
    box = QApplication.activeModalWidget()
    if isinstance(box, kind):
        seen.append(box)
        box.reject()
    else:
        QTimer.singleShot(20, lambda: close_dialog(window, kind, seen))


@pytest.mark.parametrize(
    ("action_id", "kind"),
    [
        ("export", ExportDialog),
        ("switch_user", UserDialog),
        ("meanings", ColoursDialog),
        ("palette", Palette),
        ("shortcuts", ShortcutSheet),
        ("about", AboutDialog),
    ],
)
def test_actions_open_their_dialogs(
    window: MainWindow, action_id: str, kind: type[QDialog]
) -> None:
    seen: list[QDialog] = []
    QTimer.singleShot(20, lambda: close_dialog(window, kind, seen))
    run(window, action_id)
    assert seen


def test_older_documents_are_looked_for_by_an_action(window: MainWindow, session: Session) -> None:
    told: list[str] = []
    session.notifier.message.connect(told.append)
    run(window, "read_older")
    assert told == ["All documents were read by the rules of this version."]


def test_what_needs_something_is_disabled_until_it_is_there(
    window: MainWindow, session: Session
) -> None:
    actions = window.menus.actions
    assert not actions["highlight"].isEnabled()
    assert not actions["delete"].isEnabled()
    assert not actions["next_hit"].isEnabled()
    made = mark(session, "new use")
    session.annotations.choose(made)
    assert actions["delete"].isEnabled()
    answer(session, "ketamine")
    assert actions["next_hit"].isEnabled()
    session.annotations.choose("")
    session.search.step(1)
    assert actions["highlight"].isEnabled()
    session.current.document = None
    session.current.changed.emit(None)
    assert not actions["rename"].isEnabled()
    assert window.document_stack.currentWidget() is window.document_stack.empty


def test_themes_are_chosen_kept_and_follow_the_system(window: MainWindow, session: Session) -> None:
    for name in ("sepia", "dark", "light"):
        run(window, name)
        assert window.theme.name == name
        assert session.settings.get(THEME) == name
    window.header.theme.click()
    assert window.theme.name == "sepia"
    run(window, "system")
    assert chosen_theme(session).name in ("light", "dark")
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    run(window, "light")


def test_panes_are_shown_and_hidden(window: MainWindow, session: Session) -> None:
    for toggle, pane in (("left_pane", window.left), ("notes_pane", window.notes)):
        run(window, toggle)
        assert pane.isHidden()
        run(window, toggle)
        assert not pane.isHidden()
    window.resize(900, 600)
    assert window.notes.isHidden()
    window.resize(700, 600)
    assert window.left.isHidden()
    window.resize(1366, 768)
    assert not window.left.isHidden()
    assert not window.notes.isHidden()


def test_a_search_shows_the_left_pane_and_a_note_the_right(
    window: MainWindow, session: Session
) -> None:
    run(window, "left_pane")
    run(window, "notes_pane")
    answer(session, "ketamine")
    assert not window.left.isHidden()
    made = mark(session, "new use")
    session.marker.write_note(made)
    assert not window.notes.isHidden()
    assert window.notes.finish_editing()


def test_the_keyboard_goes_round_the_panes(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    window.document_stack.page.setFocus()
    seen = []
    for _ in range(4):
        run(window, "next_pane")
        seen.append(QApplication.focusWidget())
    assert window.header.search in seen
    assert window.document_stack.page in seen
    assert len(set(map(id, seen))) == 4
    run(window, "previous_pane")
    run(window, "shelf")
    run(window, "next_pane")
    focus = QApplication.focusWidget()
    assert focus is not None
    assert not window.library_table.widget.isAncestorOf(focus)
    run(window, "previous_pane")
    assert QApplication.focusWidget() is window.library_table.widget.filter


def test_a_key_that_cannot_do_anything_yet_says_what_it_needs(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    told: list[str] = []
    session.notifier.message.connect(told.append)
    window.document_stack.page.setFocus()
    for key, word in (
        (Qt.Key.Key_H, "Select a passage"),
        (Qt.Key.Key_Delete, "Choose a highlight"),
        (Qt.Key.Key_F3, "Find something first"),
        (Qt.Key.Key_F8, "no printed pages"),
    ):
        qtbot.keyClick(window.document_stack.page, key)
        assert word in told.pop()
    qtbot.keyClick(window.document_stack.page, Qt.Key.Key_J)
    mark(session, "new use")
    session.annotations.choose(session.annotations.all[0].id)
    qtbot.keyClick(window, Qt.Key.Key_Delete)
    assert window.middle.message.sentence == "Highlight deleted."
    assert not told


@pytest.mark.parametrize("key", [Qt.Key.Key_T, Qt.Key.Key_N])
def test_table_and_notebook_have_the_whole_width(
    window: MainWindow, qtbot: QtBot, key: Qt.Key
) -> None:
    beside = (window.left, window.notes, window.middle.status)
    for size in ((1366, 768), (1000, 700)):
        window.resize(*size)
        assert all(pane.isVisible() for pane in beside)
        widths = window.left.width(), window.notes.width()
        qtbot.keyClick(window, key, CONTROL | Qt.KeyboardModifier.ShiftModifier)
        assert not any(pane.isVisible() for pane in beside)
        window.resize(1100, 720)
        assert not any(pane.isVisible() for pane in beside)
        window.resize(*size)
        assert window.document_stack.width() > window.frame.split.width() - 10
        qtbot.keyClick(window, key, CONTROL | Qt.KeyboardModifier.ShiftModifier)
        assert all(pane.isVisible() for pane in beside)
        assert (window.left.width(), window.notes.width()) == widths


def test_what_is_shown_beside_the_table_stays_when_the_page_is_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.frame.toggle_notes()
    qtbot.keyClick(window, Qt.Key.Key_T, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert window.left.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_T, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert window.left.isVisible()
    assert not window.notes.isVisible()


def test_a_problem_of_the_notes_goes_when_they_are_written_again(
    window: MainWindow, session: Session
) -> None:
    path = session.workspace.paths.notes(session.workspace.user)
    for sentence, stays in (
        (f"The disk is full; nothing has been changed in “{path}”.", False),
        ("“a.docx” is damaged: its archive cannot be opened.", True),
    ):
        session.notifier.failed.emit(Problem(sentence))
        session.annotations.changed.emit(AnnotationChanges())
        assert window.middle.message.sentence == sentence
        made = mark(session, "new use")
        assert (window.middle.message.sentence == sentence) is stays
        session.annotations.choose(made)
        session.annotations.delete()
        window.middle.message.dismiss()


def test_escape_peels_one_layer_at_a_time(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    made = mark(session, "new use")
    answer(session, "ketamine")
    session.annotations.choose(made)
    session.notifier.failed.emit(Problem("A sentence."))
    window.setWindowState(Qt.WindowState.WindowFullScreen)

    def shown() -> list[bool]:
        layers = (
            window.middle.message.sentence,
            session.search.state.active,
            session.selection.annotation_id,
        )
        return [*map(bool, layers), window.isFullScreen()]

    for left in range(4, 0, -1):
        assert shown() == [False] * (4 - left) + [True] * left
        qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert shown() == [False] * 4


def test_menus_hold_every_action(window: MainWindow, qtbot: QtBot) -> None:
    listed: set[str] = set()
    for entry in window.menus.main.actions():
        menu = entry.menu()
        assert isinstance(menu, QMenu)
        listed.update(action.data() for action in menu.actions())
    assert listed == {action.id for action in ACTIONS}
    qtbot.keyClick(window, Qt.Key.Key_F10)
    assert window.menus.main.isVisible()
    window.menus.main.close()
    window.header.type.click()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()


def test_notes_are_walked_by_keyboard(window: MainWindow, session: Session) -> None:
    with_none: list[str] = []
    session.notifier.message.connect(with_none.append)
    run(window, "next_note")
    assert with_none
    first, second = mark(session, "new use"), mark(session, "Dizziness")
    run(window, "next_note")
    assert session.selection.annotation_id == first
    run(window, "next_note")
    assert session.selection.annotation_id == second
    run(window, "next_note")
    assert session.selection.annotation_id == first
    run(window, "previous_note")
    assert session.selection.annotation_id == second


def test_a_selection_is_searched_for_and_copied(window: MainWindow, session: Session) -> None:
    made = mark(session, "new use")
    session.annotations.choose(made)
    run(window, "copy")
    assert QGuiApplication.clipboard().text() == "new use"
    run(window, "copy_cited")
    assert "Ketamine for Anxiety" in QGuiApplication.clipboard().text()
    run(window, "find_selection")
    assert session.search.state.text == '"new use"'


def test_files_are_chosen_and_dragged(
    window: MainWindow, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(session.imports, "add", lambda names: asked.append(list(names)))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (["a.txt"], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "folder")
    run(window, "open")
    run(window, "open_folder")
    assert asked == [["a.txt"], ["folder"]]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    event = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    event.ignore()
    window.dragEnterEvent(event)
    assert event.isAccepted()


def test_a_document_is_renamed_and_removed(
    window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("Another Title", True))
    run(window, "rename")
    assert session.catalog.entries[0].title == "Another Title"
    other = a_flat_text()
    session.workspace.library.add(other, other.title.encode(), {})
    assert session.current.document is not None
    removed = session.current.document.id
    monkeypatch.setattr(QMessageBox, "question", lambda *_, **__: QMessageBox.StandardButton.Yes)
    run(window, "remove")
    assert [entry.id for entry in session.catalog.entries] == [other.id]
    assert session.current.document.id == other.id != removed


def test_the_guide_is_brought_back_when_it_is_gone(
    window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(session.imports, "add", lambda names: asked.extend(p.name for p in names))
    run(window, "guide")
    assert asked == ["guide.md"]


def test_size_and_panes_are_remembered(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    run(window, "notes_pane")
    window.resize(700, 500)
    session.settings.set(PANES, {"left": True, "notes": False})
    session.settings.set(GEOMETRY, bytes(window.saveGeometry().toBase64().data()).decode())
    session.settings.set(SPLIT, window.frame.split.sizes())
    again = MainWindow(session, themes.LIGHT)
    assert again.notes.isHidden()
    assert (again.width(), again.height()) == (700, 500)
    again.deleteLater()


def test_the_title_names_the_user_when_there_are_several(
    window: MainWindow, session: Session
) -> None:
    assert window.windowTitle() == session.current.document.title  # type: ignore[union-attr]
    session.users.switch("bert")
    assert window.windowTitle().endswith("– bert")


def test_the_header_shows_the_title_when_the_page_no_longer_does(
    window: MainWindow, session: Session
) -> None:
    assert window.header.title.text() == ""
    session.navigation.go_to_section(3)
    session.navigation.report_location(500, 0.0, 900)
    assert window.header.title.toolTip() == session.current.document.title  # type: ignore[union-attr]
    assert window.header.back.isEnabled()


def test_typing_searches_and_keys_walk_the_hits(
    window: MainWindow, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(session.search, "find", asked.append)
    field = window.header.search
    field.setFocus()
    qtbot.keyClicks(field, "ket")
    qtbot.waitUntil(lambda: asked[-1:] == ["ket"])
    field.clear()
    asked.clear()
    monkeypatch.undo()
    field.setText("ketamine")
    answer(session, "ketamine")
    assert label(field, "count").text().endswith("here")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert label(field, "count").text().startswith("2 of")
    qtbot.keyClick(field, Qt.Key.Key_Up)
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    press(field, "Next match")
    press(field, "Previous match")
    answer(session, "zzyzx")
    assert label(field, "count").text() == "None here"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not session.search.state.active


@pytest.fixture
def quick_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken before a window is made, whose messages then come and go at once."""
    monkeypatch.setattr(message_bar, "NEWS_MS", 30)
    monkeypatch.setattr(message_bar, "PROGRESS_DELAY_MS", 10)


def test_news_goes_by_itself_and_never_over_a_problem(
    quick_messages: None, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    session.notifier.info("News.")
    assert window.middle.message.sentence == "News."
    qtbot.waitUntil(lambda: window.middle.message.sentence == "")
    session.notifier.failed.emit(Problem("A problem."))
    session.notifier.info("News.")
    assert window.middle.message.sentence == "A problem."


def test_an_import_shows_its_progress_and_can_be_cancelled(
    quick_messages: None, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    from reader.services.import_queue import Progress

    session.imports.progress.emit(Progress(3, 20, "a.txt"))
    qtbot.waitUntil(lambda: "4 of 20: a.txt" in window.middle.message.sentence)
    session.imports.progress.emit(Progress(4, 20, "b.txt"))
    assert "5 of 20: b.txt" in window.middle.message.sentence
    press(window.middle.message, "Cancel")
    session.imports.progress.emit(None)
    assert window.middle.message.sentence == ""


def test_closing_is_refused_while_a_note_cannot_be_kept(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window.notes, "finish_editing", lambda: False)
    assert not window.close()
    monkeypatch.undo()


def test_every_control_has_a_name_and_says_what_it_does(window: MainWindow) -> None:
    for control in window.findChildren(QWidget):
        # The button that empties a field is Qt's own, inside it.
        of_qt = isinstance(control.parent(), QLineEdit) and type(control) is QToolButton
        named = isinstance(control, QAbstractButton | QLineEdit)
        if not named or of_qt or not control.isVisible():
            continue
        text = control.text() if isinstance(control, QAbstractButton) else ""
        assert control.accessibleName() or text, control
        if isinstance(control, QToolButton):
            assert control.toolTip(), control
    for pane in (
        window.document_stack.page,
        window.left.contents.list,
        window.left.library.list,
        window.notes.list,
    ):
        assert pane.accessibleName()


def test_what_is_on_the_clipboard_becomes_a_document(
    window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    taken: list[object] = []
    told: list[str] = []
    session.notifier.message.connect(told.append)
    monkeypatch.setattr(session.imports, "add_text", lambda *what: taken.append(what))
    monkeypatch.setattr(session.imports, "add", lambda names: taken.append(names))
    for fill in ("setText", "setHtml", "setUrls", ""):
        copied = QMimeData()
        if fill == "setUrls":
            copied.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.txt"))])
        elif fill:
            getattr(copied, fill)("<p>Words</p>")
        clipboard = SimpleNamespace(mimeData=lambda copied=copied: copied)
        monkeypatch.setattr(QGuiApplication, "clipboard", lambda clipboard=clipboard: clipboard)
        file_handlers.paste(window)
    assert taken[:2] == [("<p>Words</p>", ".txt"), ("<p>Words</p>", ".html")]
    assert taken[2:] == [[str(tmp_path / "a.txt")]]
    assert told == ["There is no text on the clipboard."]


def test_failures_are_shown_when_there_are_any(
    window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    session.notifier.message.connect(told.append)
    monkeypatch.setattr(FailuresDialog, "exec", lambda dialog: told.append(dialog.windowTitle()))
    session.imports.failures_requested.emit()
    session.imports.failed = (Failure("a.txt", "Empty."),)
    session.imports.failures_requested.emit()
    assert told == ["All files of the last import were imported.", "Files Not Imported"]


def test_the_library_is_shown_as_a_table_and_left_again(
    window: MainWindow, session: Session
) -> None:
    run(window, "shelf")
    assert window.document_stack.currentWidget() is window.library_table.widget
    session.settings.set(THEME, "dark")
    run(window, "shelf")
    assert window.document_stack.currentWidget() is window.document_stack.page
    run(window, "shelf")
    window.library_table.widget.closed.emit()
    assert window.document_stack.currentWidget() is window.document_stack.page


def test_the_open_documents_file_is_opened_and_read_again(
    window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(
        "reader.ui.library.document_dialogs.open_original", lambda _, one: done.append(one)
    )
    monkeypatch.setattr(session.imports, "reimport", done.append)
    file_handlers.open_own_original(window)
    file_handlers.import_again(window)
    assert session.current.document is not None
    assert done == [session.current.document.id] * 2
    told: list[str] = []
    wanted: list[bool] = []
    session.notifier.message.connect(told.append)
    monkeypatch.setattr(session.imports, "reimport", lambda _one, whole: wanted.append(whole))
    file_handlers.show_whole(window)
    assert len(told) == 1
    for importer in ("html/1", "html/1+whole"):
        session.current.document = replace(session.current.document, importer=importer)
        file_handlers.show_whole(window)
    assert wanted == [True, False]
    session.current.document = None
    file_handlers.show_whole(window)
    file_handlers.open_own_original(window)
    file_handlers.import_again(window)
    assert len(done) == 2


def test_a_closed_window_is_let_go_at_once(qtbot: QtBot, session: Session) -> None:
    window = MainWindow(session, themes.LIGHT)
    window.show()
    for slot in (window.notebook, window.library_table, window.review):
        assert slot.widget is slot.made
    window.close()
    alive = weakref.ref(window)
    gc.disable()
    try:
        del window, slot
        assert alive() is None
    finally:
        gc.enable()
