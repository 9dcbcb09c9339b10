"""Lists of dialogs: Enter is theirs alone, and long sentences break into lines."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidgetItem,
    QPushButton,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from reader.ui.widgets.dialog_lists import DialogList, DialogTree

SENTENCE = "The file is damaged: download or copy it again, and open that. " * 4


def a_list(parent: QWidget) -> DialogList:
    made = DialogList(parent)
    made.addItem(QListWidgetItem("Doors"))
    made.setCurrentRow(0)
    return made


def a_tree(parent: QWidget) -> DialogTree:
    made = DialogTree(parent)
    item = QTreeWidgetItem(["Doors"])
    made.addTopLevelItem(item)
    made.setCurrentItem(item)
    return made


@pytest.mark.parametrize("make", [a_list, a_tree])
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_on_a_row_does_not_press_the_default_button_too(
    qtbot: QtBot, make: Callable[[QWidget], DialogList | DialogTree], key: Qt.Key
) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    rows, field, button = make(dialog), QLineEdit(dialog), QPushButton("Restore", dialog)
    button.setDefault(True)
    column = QVBoxLayout(dialog)
    for widget in (rows, field, button):
        column.addWidget(widget)
    acted: list[str] = []
    rows.itemActivated.connect(lambda *_: acted.append("row"))
    button.clicked.connect(lambda: acted.append("button"))
    dialog.show()
    qtbot.waitExposed(dialog)
    qtbot.keyClick(rows, key)
    assert acted == ["row"]
    qtbot.keyClick(field, key)
    assert acted == ["row", "button"]
    rows.clear()
    qtbot.keyClick(rows, key)
    assert acted == ["row", "button", "button"]


def test_a_long_sentence_is_seen_whole_at_any_width(qtbot: QtBot) -> None:
    tree = DialogTree()
    qtbot.addWidget(tree)
    tree.setHeaderHidden(True)
    group = QTreeWidgetItem([SENTENCE])
    child = QTreeWidgetItem([SENTENCE])
    group.addChild(child)
    tree.addTopLevelItem(group)
    group.setExpanded(True)
    tree.resize(600, 400)
    tree.show()
    qtbot.waitExposed(tree)
    metrics = tree.fontMetrics()
    one = metrics.height()
    heights = [tree.visualItemRect(item).height() for item in (group, child)]
    lines = metrics.horizontalAdvance(SENTENCE) / 600
    assert heights[0] >= lines * one
    assert heights[1] >= heights[0]
    tree.resize(300, 400)
    assert tree.visualItemRect(group).height() > heights[0]
