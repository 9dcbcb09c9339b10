"""The window's actions as Qt knows them, and the menus made of them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from reader.session.session import Session
from reader.ui.shell.actions import ACTIONS
from reader.ui.shell.layout import Frame
from reader.ui.widgets import theme as themes


class Menus(Frame):
    """Makes an action with its keys for each of ACTIONS; `_run` carries one out."""

    def __init__(self, session: Session, theme: themes.Theme) -> None:
        super().__init__(session, theme)
        self._actions: dict[str, QAction] = {}
        self._make_actions()
        self.page.context_menu = self._context_menu()
        self.page.context_menu.aboutToHide.connect(session.selection.forget_menu_offset)
        self._menu = self._main_menu()

    def _run(self) -> None:
        """Carries out the action that was triggered."""
        raise NotImplementedError

    def _make_actions(self) -> None:
        for action in ACTIONS:
            made = QAction(action.title, self)
            made.setToolTip(action.tip)
            made.setStatusTip(action.tip)
            made.setShortcuts([QKeySequence(keys) for keys in action.keys])
            made.setData(action.id)
            made.triggered.connect(self._run)
            self.addAction(made)
            self._actions[action.id] = made

    def _main_menu(self) -> QMenu:
        menu = QMenu(self)
        menus: dict[str, QMenu] = {}
        for action in ACTIONS:
            if action.menu not in menus:
                menus[action.menu] = menu.addMenu(action.menu)
            menus[action.menu].addAction(self._actions[action.id])
        if QGuiApplication.platformName() == "cocoa":
            for inner in menus.values():
                self.menuBar().addMenu(inner)
        return menu

    def _context_menu(self) -> QMenu:
        menu = QMenu(self)
        before = ""
        for action in ACTIONS:
            if action.context:
                if action.menu != before:
                    menu.addSeparator()
                before = action.menu
                menu.addAction(self._actions[action.id])
        return menu

    def show_reading_settings(self) -> None:
        """Shows how the text is set, or how its printed pages are shown, under the "Aa" button."""
        if self.session.pages.as_printed:
            sizes = ("larger", "smaller", "normal_size", "fit_width", "fit_page", "in_twos", "turn")
            views = ("", "printed", "thumbnails", "", "light", "sepia", "dark", "system")
            self._popup((*sizes, *views), self.header.type)
            return
        from reader.ui.article.reading_settings import ReadingPanel

        panel = self.themes.follow(ReadingPanel(self.session, self.theme, self))
        panel.zoom_wanted.connect(self.page.zoom_by)
        panel.closed.connect(self.page.setFocus)
        panel.show_below(self.header.type)

    def _popup(self, ids: tuple[str, ...], below: QWidget) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action_id in ids:
            if action_id:
                menu.addAction(self._actions[action_id])
            else:
                menu.addSeparator()
        menu.popup(below.mapToGlobal(below.rect().bottomLeft()))

    def show_menu(self) -> None:
        """Shows the menu of everything."""
        below = self.header.menu
        corner = below.mapToGlobal(below.rect().bottomRight())
        self._menu.popup(corner - QPoint(self._menu.sizeHint().width(), 0))
