"""Every part is reached by keyboard, in the order in which it is seen, and Esc leads back."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QDialog, QLineEdit, QWidget

from reader.settings import PANES
from tests.journeys.conftest import Person
from tests.ui.samples import mark

Start = Callable[..., Person]
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


def name_of(widget: QWidget) -> str:
    """What a screen reader says of a widget."""
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found is not None else ""


@pytest.fixture
def person(start: Start) -> Person:
    person = start()
    document = person.session.current.document
    assert document is not None
    mark(person.session, document.text[400:440])
    return person


def stops(person: Person) -> list[QWidget]:
    """Where Tab leads, from the page on, until it is there again."""
    person.window.document_stack.focus_view()
    found: list[QWidget] = []
    for _ in range(200):
        person.press(Key.Key_Tab)
        if person.focus in found:
            break
        # Marks on the page are stops of their own.
        if person.focus is not person.window.document_stack.page:
            found.append(person.focus)
    return found


def test_tab_reaches_only_what_is_seen_and_has_a_name(person: Person) -> None:
    for widget in stops(person):
        assert widget.isVisible(), widget
        assert not widget.visibleRegion().isEmpty(), name_of(widget)
        assert name_of(widget), widget


def test_tab_goes_through_the_panes_one_after_the_other(person: Person) -> None:
    window = person.window
    panes = (window.header, window.left, window.middle, window.notes)
    order = [
        next(i for i, pane in enumerate(panes) if pane is one or pane.isAncestorOf(one))
        for one in stops(person)
    ]
    changes = [a for a, b in pairwise(order) if a != b]
    assert len(changes) <= len(panes), order


def test_what_is_hidden_lets_go_of_the_keyboard(person: Person) -> None:
    for pane, action in ((person.window.left, "left_pane"), (person.window.notes, "notes_pane")):
        for _ in range(8):
            person.press(Key.Key_F6)
            if pane.isAncestorOf(person.focus):
                break
        assert pane.isAncestorOf(person.focus)
        person.window.menus.actions[action].trigger()
        assert not pane.isVisible()
        assert person.focus is person.window.document_stack.page
    assert person.session.settings.get(PANES) is not None


def test_esc_leads_back_to_the_page_from_everywhere(person: Person) -> None:
    page = person.window.document_stack.page
    for widget in stops(person):
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        person.press(Key.Key_Escape)
        person.press(Key.Key_Escape)
        assert person.focus is page, name_of(widget)


DIALOGS = (
    *("export", "bibliography", "print", "details", "switch_user", "meanings", "citation_style"),
    *("backups", "keys", "palette", "shortcuts", "note_history", "about"),
)


@pytest.mark.parametrize("action", DIALOGS)
def test_fields_of_dialogs_have_names_and_tab_reaches_all(
    person: Person, action: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[QDialog] = []

    def show(dialog: QDialog) -> int:
        shown.append(dialog)
        dialog.show()
        return 0

    monkeypatch.setattr(QDialog, "exec", show)
    person.session.annotations.choose(person.only_note().id)
    person.window.menus.actions[action].trigger()
    assert shown
    (dialog,) = shown
    for kind in (QComboBox, QLineEdit, QAbstractSpinBox):
        for field in dialog.findChildren(kind):
            inner = isinstance(field.parent(), QComboBox | QAbstractSpinBox)
            if field.isVisible() and not inner and field.objectName() != "qt_spinbox_lineedit":
                assert name_of(field), (action, field)
    # Fields and buttons come in the order in which one reads them.
    dialog.activateWindow()
    person.until(dialog.isActiveWindow)
    tops: list[tuple[int, QWidget]] = []
    for _ in range(60):
        now = QApplication.focusWidget()
        if now is None or any(one is now for _, one in tops):
            break
        tops.append((now.mapTo(dialog, QPoint(0, 0)).y(), now))
        person.qtbot.keyClick(now, Key.Key_Tab)
    assert all(one.isVisible() for _, one in tops)
    dialog.close()
