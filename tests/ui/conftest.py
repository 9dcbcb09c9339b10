from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

# Before Qt is asked for an application: the same pixels on every machine.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_FONT_DPI", "96")

from reader.paths import Paths
from reader.services.workspace import Workspace
from reader.session.background import Background
from reader.session.session import Session
from reader.store.library import Library
from reader.store.notes import open_notes
from reader.ui.widgets import theme as themes
from tests.ui.samples import an_article


@pytest.fixture(scope="session")
def light(qapp: QApplication, styled: None) -> QPalette:
    """The application's palette when it is light."""
    from reader.ui.shell.theme_manager import dress

    dress(themes.LIGHT)
    return QPalette(qapp.palette())


@pytest.fixture
def dressed(qapp: QApplication, light: QPalette) -> None:
    """The application in our style, fonts and light colours, whatever the test before left."""
    from reader.ui.shell.theme_manager import dress

    if qapp.palette() != light or qapp.styleSheet() != themes.style_sheet(themes.LIGHT):
        dress(themes.LIGHT)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "data")


@pytest.fixture
def session(qtbot: QtBot, dressed: None, paths: Paths) -> Iterator[Session]:
    """A session over a library that holds one article, which is open."""
    library = Library(paths)
    article = an_article()
    library.add(article, article.title.encode(), {})
    session = Session(Workspace(paths, library, open_notes(paths, "anna"), "anna"), Background())
    session.current.open_last()
    yield session
    session.close()
    library.close()
