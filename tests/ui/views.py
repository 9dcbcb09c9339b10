"""What a person sees over a view of a document, found as the tests of both views need it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from reader.ui.marks.popups import SelectionPopup
from reader.ui.marks.reference_card import ReferenceCard
from reader.ui.widgets.controls import ColourDot, IconButton


def popup(view: QWidget) -> SelectionPopup:
    """What offers itself beside a fresh selection."""
    (found,) = view.findChildren(SelectionPopup)
    return found


def offers(view: QWidget) -> bool:
    """Whether something offers itself beside a selection; the first is made when it does."""
    return any(one.isVisible() for one in view.findChildren(SelectionPopup))


def click_colour(qtbot: QtBot, view: QWidget, colour: str) -> None:
    """Clicks on a colour beside the selection."""
    (dot,) = (dot for dot in popup(view).findChildren(ColourDot) if dot.colour == colour)
    qtbot.mouseClick(dot, Qt.MouseButton.LeftButton)


def click_button(qtbot: QtBot, view: QWidget, tip: str) -> None:
    """Clicks on the button beside the selection whose tip begins so."""
    buttons = popup(view).findChildren(IconButton)
    (button,) = (button for button in buttons if button.toolTip().startswith(tip))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def has_card(view: QWidget) -> bool:
    """Whether a card lies beside a mark of the text; the first is made when it is asked for."""
    return any(card.isVisible() for card in view.findChildren(ReferenceCard))


def card(view: QWidget) -> ReferenceCard:
    """The card that says what a mark of the text stands for."""
    (found,) = view.findChildren(ReferenceCard)
    return found


def go_button(view: QWidget, row: int = 0) -> QPushButton:
    """The button of that card which leads to where a row is from."""
    found = card(view).findChild(QPushButton, f"card-go-{row}")
    assert isinstance(found, QPushButton)
    return found
