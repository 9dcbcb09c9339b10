"""The menu that narrows a search, by writing into the query what could be typed there."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from reader.model.annotation import COLOURS
from reader.session.session import Session
from reader.store.metadata import LabelKind

PLACES = {
    "in:text": "In the text",
    "in:title": "In titles and headings",
    "in:references": "In reference lists",
    "in:notes": "In your notes",
}
KINDS = {
    "kind:article": "Articles",
    "kind:guideline": "Guidelines, by their titles",
    "kind:book": "Books",
    "kind:pdf": "PDF files",
    "kind:epub": "EPUB books",
    "kind:word": "Word files",
    "kind:opendocument": "OpenDocument texts",
    "kind:web": "Web pages",
    "kind:xml": "Articles and records in XML",
    "kind:text": "Plain text and Markdown",
}
LABELS: tuple[tuple[str, str, LabelKind], ...] = (
    ("Documents in a collection", "collection", "collection"),
    ("Documents with a tag", "tagged", "tag"),
)
MOST_TAGS = 12
_NARROWING = re.compile(r"(?<!\S)(?:in|colour|tag|collection|tagged|kind|from):(?:\"[^\"]*\"|\S+)")


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
        self._given = _NARROWING.findall(session.search.state.text)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add(self, PLACES)
        meanings = {
            f"colour:{one}": f"{session.annotations.meaning(one)} ({one})" for one in COLOURS
        }
        self._add(self.addMenu("Notes in a colour"), meanings)
        tags = {_field("tag", tag): f"#{tag}" for tag in list(session.notebook.tags())[:MOST_TAGS]}
        if tags:
            self._add(self.addMenu("Notes with a tag"), tags)
        self._add_documents()
        self.addSeparator()
        everywhere = self.addAction("Everywhere")
        everywhere.setData("")
        everywhere.setEnabled(bool(self._given))
        # It speaks for the menus in it, too.
        self.triggered.connect(self._take)

    def _add_documents(self) -> None:
        """Which documents: of what collection, tag and kind, and how old."""
        self.addSeparator()
        details = self._session.workspace.library.details
        for title, field, label in LABELS:
            names = sorted({one for some in details.labels(label).values() for one in some})
            if names:
                choices = {_field(field, name): name for name in names[:MOST_TAGS]}
                self._add(self.addMenu(title), choices)
        self._add(self.addMenu("Documents of a kind"), KINDS)
        year = date.today().year
        since = {f"from:{year - ago}": f"Since {year - ago}" for ago in (0, 1, 2, 5, 10)}
        self._add(self.addMenu("Published"), since)

    def _add(self, menu: QMenu, choices: dict[str, str]) -> None:
        for narrowing, title in choices.items():
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(narrowing in self._given)
            action.setData(narrowing)

    def _take(self, action: QAction) -> None:
        text, narrowing = self._session.search.state.text, str(action.data())
        self._session.search.find(narrowed(text, narrowing) if narrowing else bare(text))


def _field(name: str, value: str) -> str:
    return f'{name}:"{value}"' if " " in value else f"{name}:{value}"
