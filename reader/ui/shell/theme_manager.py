"""The theme of the window: which one it is, and who is told when it changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from reader.session.session import Session
from reader.settings import INTERFACE_TEXT, THEME, Setting
from reader.ui.widgets import theme as themes


class Themed(Protocol):
    """A widget that can be shown in another theme."""

    def set_theme(self, theme: themes.Theme) -> None:
        """Shows the widget in a theme."""


INTERFACE_SIZES = (1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
W = TypeVar("W", bound=Themed)


class ThemeManager(QObject):
    """Owns the theme in use; follows the user's settings, the user and the system's colours."""

    changed = Signal(themes.Theme)

    def __init__(self, session: Session, theme: themes.Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.theme = theme
        self._is_released = False
        session.settings.changed.connect(self._take_setting)
        session.users.changed.connect(self._take_user)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._take_scheme)

    def follow(self, widget: W) -> W:
        """Connect a widget to the theme, as long as the widget lives; returns it."""
        self.changed.connect(widget.set_theme)
        return widget

    def choose(self, name: str) -> None:
        """Keep a theme for this user: the name of one, or "system"."""
        self._session.settings.set(THEME, name)

    def choose_next(self) -> None:
        """Light, sepia, dark, and round."""
        names = list(themes.THEMES)
        self.choose(names[(names.index(self.theme.name) + 1) % len(names)])

    def resize_text(self, steps: int) -> None:
        """Make the window's text larger or smaller by so many steps; 0 for its own size."""
        sizes, now = INTERFACE_SIZES, self.theme.text_scale
        at = min(range(len(sizes)), key=lambda i: abs(sizes[i] - now)) + steps if steps else 0
        self._session.settings.set(INTERFACE_TEXT, sizes[max(0, min(at, len(sizes) - 1))])

    def release(self) -> None:
        """Follow the system's colours no longer: the window is closed, and so is the session."""
        self._is_released = True

    def _take_setting(self, setting: Setting[Any]) -> None:
        if setting in (THEME, INTERFACE_TEXT):
            self._apply()

    def _take_user(self, _name: str) -> None:
        self._apply()

    def _take_scheme(self, _scheme: Qt.ColorScheme) -> None:
        if not self._is_released and self._session.settings.get(THEME) == "system":
            self._apply()

    def _apply(self) -> None:
        wanted = chosen_theme(self._session)
        if wanted != self.theme:
            self.theme = wanted
            dress(wanted)
            self.changed.emit(wanted)


def chosen_theme(session: Session) -> themes.Theme:
    """The theme of the user's settings, with the size of the window's text that belongs to it.

    "system" is light or dark as the system is.
    """
    name, scale = session.settings.get(THEME), session.settings.get(INTERFACE_TEXT)
    theme = themes.THEMES[name] if name in themes.THEMES else theme_of_system()
    return theme if scale == 1 else replace(theme, text_scale=scale)


def theme_of_system() -> themes.Theme:
    """Light or dark, as the system is."""
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return themes.DARK if dark else themes.LIGHT


def dress(theme: themes.Theme) -> None:
    """Gives the whole application the palette and style sheet of a theme."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    if app.font().pixelSize() != theme.px(13):
        app.setFont(theme.sans(13))
    # Qt takes less time to undress all widgets and to dress them anew than to change their dress.
    app.setStyleSheet("")
    app.setPalette(themes.palette(theme))
    app.setStyleSheet(themes.style_sheet(theme))
