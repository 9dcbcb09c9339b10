"""The menu that narrows a search, by writing into the query what could be typed there."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from reader.model.annotation import COLOURS
from reader.session import Session

PLACES = {
    "in:text": "In the text",
    "in:title": "In titles and headings",
    "in:references": "In reference lists",
    "in:notes": "In your notes",
}
MOST_TAGS = 12
_NARROWING = re.compile(r"(?<!\S)(?:in|colour|tag):(?:\"[^\"]*\"|\S+)")


def bare(text: str) -> str:
    """The query without what narrows it."""
    return " ".join(_NARROWING.sub(" ", text).split())


def narrowed(text: str, narrowing: str) -> str:
    """The query with this narrowing in the place of others of its field, or without it."""
    field = narrowing.partition(":")[0]
    given = _NARROWING.findall(text)
    kept = [one for one in given if one.partition(":")[0] != field]
    wanted = [] if narrowing in given else [narrowing]
    return " ".join([bare(text), *kept, *wanted]).strip()


class NarrowingMenu(QMenu):
    """Where to look; what the query says already is ticked."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._given = _NARROWING.findall(session.finding.text)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add(self, PLACES)
        meanings = {f"colour:{one}": f"{session.meaning(one)} ({one})" for one in COLOURS}
        self._add(self.addMenu("Notes in a colour"), meanings)
        tags = {_field("tag", tag): f"#{tag}" for tag in list(session.tags())[:MOST_TAGS]}
        if tags:
            self._add(self.addMenu("Notes with a tag"), tags)
        self.addSeparator()
        everywhere = self.addAction("Everywhere")
        everywhere.setData("")
        everywhere.setEnabled(bool(self._given))
        # It speaks for the menus in it, too.
        self.triggered.connect(self._take)

    def _add(self, menu: QMenu, choices: dict[str, str]) -> None:
        for narrowing, title in choices.items():
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(narrowing in self._given)
            action.setData(narrowing)

    def _take(self, action: QAction) -> None:
        text, narrowing = self._session.finding.text, str(action.data())
        self._session.find(narrowed(text, narrowing) if narrowing else bare(text))


def _field(name: str, value: str) -> str:
    return f'{name}:"{value}"' if " " in value else f"{name}:{value}"
