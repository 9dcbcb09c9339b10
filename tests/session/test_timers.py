"""Timers, and that none is made in the way that fails in Turkish."""

from __future__ import annotations

import ast
from pathlib import Path

import PySide6.QtCore
import PySide6.QtGui
import PySide6.QtPrintSupport
import PySide6.QtWidgets
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from reader.session.timers import repeating, single_shot

ROOT = Path(__file__).resolve().parents[2]
QT = (PySide6.QtCore, PySide6.QtGui, PySide6.QtWidgets, PySide6.QtPrintSupport)


def properties(name: str) -> set[str]:
    """The properties of a class of Qt that a call could set by keyword."""
    for module in QT:
        found = getattr(module, name, None)
        if isinstance(found, type) and issubclass(found, QObject):
            meta = found.staticMetaObject  # type: ignore[attr-defined]  # the stubs leave it out
            return {str(meta.property(i).name()) for i in range(meta.propertyCount())}
    return set()


def set_by_keyword(source: str) -> list[str]:
    """The calls in a module that set a property or connect a signal of Qt by keyword."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            function = node.func
            name = getattr(function, "id", getattr(function, "attr", ""))
            wrong = {one.arg for one in node.keywords} & properties(name)
            found += [f"{name}({one}=…)" for one in sorted(map(str, wrong))]
    return found


def test_the_rule_sees_a_property_by_keyword() -> None:
    assert set_by_keyword("t = QTimer(parent, interval=3)") == ["QTimer(interval=…)"]
    assert set_by_keyword("t = QtCore.QTimer(singleShot=True)") == ["QTimer(singleShot=…)"]
    assert set_by_keyword("t = QTimer(parent)") == []


def test_no_property_is_set_by_keyword() -> None:
    wrong = {}
    for path in (ROOT / "reader").rglob("*.py"):
        if found := set_by_keyword(path.read_text(encoding="utf-8")):
            wrong[str(path.relative_to(ROOT))] = found
    assert wrong == {}


def test_a_repeating_timer_goes_off_again(qtbot: QtBot, qapp: QObject) -> None:
    timer = repeating(qapp, 1)
    ticks: list[int] = []
    timer.timeout.connect(lambda: ticks.append(1))
    timer.start()
    qtbot.waitUntil(lambda: len(ticks) > 2)
    timer.stop()


def test_a_single_shot_goes_off_once(qtbot: QtBot, qapp: QObject) -> None:
    timer = single_shot(qapp)
    with qtbot.waitSignal(timer.timeout):
        timer.start()
    assert not timer.isActive()
