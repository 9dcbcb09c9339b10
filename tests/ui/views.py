"""What a person sees over a view of a document, found as the tests of both views need it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from reader.ui.marks.popups import ReferenceCard, SelectionPopup
from reader.ui.widgets.controls import ColourDot, IconButton


def popup(view: QWidget) -> SelectionPopup:
    """What offers itself beside a fresh selection."""
    (found,) = view.findChildren(SelectionPopup)
    return found


def click_colour(qtbot: QtBot, view: QWidget, colour: str) -> None:
    """Clicks on a colour beside the selection."""
    (dot,) = (dot for dot in popup(view).findChildren(ColourDot) if dot.colour == colour)
    qtbot.mouseClick(dot, Qt.MouseButton.LeftButton)


def click_button(qtbot: QtBot, view: QWidget, tip: str) -> None:
    """Clicks on the button beside the selection whose tip begins so."""
    buttons = popup(view).findChildren(IconButton)
    (button,) = (button for button in buttons if button.toolTip().startswith(tip))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def card(view: QWidget) -> ReferenceCard:
    """The card that says what a mark of the text stands for."""
    (found,) = view.findChildren(ReferenceCard)
    return found


def card_heading(view: QWidget) -> str:
    """The heading of that card."""
    return _label(view, "reference-heading")


def card_text(view: QWidget) -> str:
    """The words on that card."""
    return _label(view, "reference-text")


def _label(view: QWidget, name: str) -> str:
    label = card(view).findChild(QLabel, name)
    assert isinstance(label, QLabel)
    return label.text()


def go_button(view: QWidget) -> QPushButton:
    """The button of that card which leads to the reference."""
    (found,) = card(view).findChildren(QPushButton)
    return found
