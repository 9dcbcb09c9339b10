"""Widgets found as a person names them, and pressed and written in as a person does."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

AnyWidget = TypeVar("AnyWidget", bound=QWidget)


def named(parent: QWidget, kind: type[AnyWidget], name: str) -> AnyWidget:
    """The one widget of that object name."""
    (found,) = parent.findChildren(kind, name)
    return found


def called(parent: QWidget, kind: type[AnyWidget], name: str) -> AnyWidget:
    """The one widget that is announced by that name, or has it written on it."""
    found = [
        one for one in parent.findChildren(kind) if name in (one.accessibleName(), words_on(one))
    ]
    assert len(found) == 1, f"{len(found)} are called {name!r}"
    return found[0]


def words_on(widget: QWidget) -> str:
    """The words on a label or button, without the mark of its key; "" on anything else."""
    return widget.text().replace("&", "") if isinstance(widget, QAbstractButton | QLabel) else ""


def words_in(parent: QWidget) -> list[str]:
    """The words on all labels of a widget that it does not hide."""
    return [words_on(one) for one in parent.findChildren(QLabel) if one.isVisibleTo(parent)]


def labelled(parent: QWidget, kind: type[AnyWidget], words: str) -> AnyWidget:
    """The field of a form that stands beside these words."""
    for form in parent.findChildren(QFormLayout):
        for row in range(form.rowCount()):
            item = form.itemAt(row, QFormLayout.ItemRole.LabelRole)
            beside = form.itemAt(row, QFormLayout.ItemRole.FieldRole)
            label = item.widget() if item is not None else None
            if isinstance(label, QLabel) and words_on(label) == words and beside is not None:
                field = beside.widget()
                assert isinstance(field, kind)
                return field
    raise AssertionError(f"no field is labelled {words!r}")


def button(parent: QWidget, name: str) -> QPushButton:
    """The button of that object name."""
    return named(parent, QPushButton, name)


def label(parent: QWidget, name: str) -> QLabel:
    """The label of that object name."""
    return named(parent, QLabel, name)


def press(parent: QWidget, words: str) -> None:
    """Presses the button that is called so, which must be there to be pressed."""
    found = called(parent, QAbstractButton, words)
    assert found.isVisibleTo(parent)
    assert found.isEnabled()
    found.click()


def write(qtbot: QtBot, field: QLineEdit | QPlainTextEdit, text: str) -> None:
    """Types a text in the place of what stands in a field."""
    field.selectAll()
    if text:
        qtbot.keyClicks(field, text)
    else:
        qtbot.keyClick(field, Qt.Key.Key_Delete)


def choose(qtbot: QtBot, box: QComboBox, words: str) -> None:
    """Chooses from a list by typing what is to be chosen."""
    qtbot.keyClicks(box, words)
    assert box.currentText() == words


def confirm(dialog: QDialog) -> None:
    """Presses OK."""
    (buttons,) = dialog.findChildren(QDialogButtonBox)
    buttons.button(QDialogButtonBox.StandardButton.Ok).click()


def context_menu(view: QAbstractItemView, at: QPoint) -> dict[str, QAction]:
    """What the menu offers that the right mouse button opens there; nothing when none opens."""
    viewport = view.viewport()
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(viewport, QContextMenuEvent(reason, at, viewport.mapToGlobal(at)))
    menu = QApplication.activePopupWidget()
    if not isinstance(menu, QMenu):
        return {}
    menu.hide()
    return {action.text(): action for action in menu.actions()}
