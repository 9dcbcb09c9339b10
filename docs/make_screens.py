"""Draws every screen of Offprint offscreen to PNG files, in three themes, for docs/screens.

Run: python -m docs.make_screens [FOLDER]. The library is new and holds what a new one starts with,
so that the pictures show our own words only.
"""

from __future__ import annotations

import html
import os
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_FONT_DPI"] = "96"

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QFont, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QWidget

from reader.app import make_application
from reader.model.annotation import Colour
from reader.model.span import Span
from reader.paths import Paths
from reader.problem import Problem
from reader.services.workspace import Workspace
from reader.session.background import Background
from reader.session.session import Session
from reader.session.startup import begin
from reader.settings import PAGES_IN_TWOS, THEME, THUMBNAILS
from reader.store.library import Library
from reader.store.notes import open_notes
from reader.ui.marks.hover import HoverController
from reader.ui.shell.action_handlers import HANDLERS
from reader.ui.shell.main_window import MainWindow
from reader.ui.shell.theme_manager import chosen_theme, dress
from reader.ui.widgets.theme import THEMES
from reader.workers.tasks import take_in_seeds

NOTES: tuple[tuple[str, Colour, str, tuple[str, ...]], ...] = (
    ("0.5 mg/kg", "yellow", "The dose of nearly all trials; over 40 minutes.", ("dose",)),
    ("NMDA receptor", "blue", "Mechanism in one line. For the teaching slide.", ("teaching",)),
    ("mTOR", "violet", "", ()),
    ("blood pressure", "pink", "Who measures it on our ward, and how often?", ("monitoring",)),
    ("open-label", "green", "", ()),
)

# The pictures of dialogs, and the actions that open them.
DIALOGS = {
    "export": "export",
    "users": "switch_user",
    "passphrase": "set_passphrase",
    "shortcuts": "shortcuts",
    "commands": "palette",
    "colours": "meanings",
    "about": "about",
    "backups": "backups",
    "details": "details",
}

# A small article of our own, and what becomes of it in its next edition.
TRIAL = """A Trial of Quiet Rooms

1. What We Did

Sixty patients were put into quiet rooms. Each was given 0.5 mg of the drug at night by a nurse \
who knew the plan. Doors were closed at ten. No visitor came after eight in the evening.

2. What We Found

Nobody slept worse. The number needed to treat was 7, and no harm was seen in any room. Most of \
the patients said that they would choose such a room again if they had to come back.
"""
REVISED = TRIAL.replace("0.5 mg", "5 mg").replace(" Doors were closed at ten.", "")


class Stage:
    """A window over a new library, and the pictures taken of it."""

    def __init__(self, folder: Path, data: Path) -> None:
        self.folder = folder
        self.app = make_application(offscreen=True)
        paths = Paths(data)
        library = Library(paths)
        take_in_seeds(library)
        notes = open_notes(paths, "reader")
        self.session = Session(Workspace(paths, library, notes, "reader"), Background())
        self.session.settings.set(THEME, "light")
        theme = chosen_theme(self.session)
        dress(theme)
        self.window = MainWindow(self.session, theme)
        self.window.setWindowState(Qt.WindowState.WindowNoState)
        self.window.resize(1366, 768)
        self.session.current.open_last()
        self.window.show()
        begin(self.session)
        self.until_idle()

    def wait(self, time_ms: int) -> None:
        """Lets the event loop run for a while."""
        loop = QEventLoop()
        QTimer.singleShot(time_ms, loop.quit)
        loop.exec()

    def until_idle(self) -> None:
        """Waits until no work is under way behind the window."""
        self.wait(150)
        while self.session.background.busy:
            self.wait(50)
        self.wait(100)

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Saves a picture of the window, or of another widget."""
        self.wait(80)
        (widget or self.window).grab().save(str(self.folder / f"{name}.png"))

    def place(self, words: str, nth: int = 0) -> Span:
        """Where words stand in the open document."""
        assert self.session.current.document is not None
        text, start = self.session.current.document.text, -1
        for _ in range(nth + 1):
            start = text.index(words, start + 1)
        return Span(start, start + len(words))

    def mark(self) -> None:
        """Makes the notes that the pictures show."""
        for words, colour, note, tags in NOTES:
            self.session.selection.set_span(self.place(words))
            made = self.session.marker.highlight(colour)
            if note:
                self.session.annotations.edit(made, note=note, tags=tags, motivation="commenting")
            self.session.selection.set_span(None)
        self.session.annotations.choose("")

    def dialog(self, name: str, open_dialog: Callable[[], object]) -> None:
        """Saves a picture of a dialog that would wait for an answer."""

        def picture() -> None:
            box = self.app.activeModalWidget()
            assert box is not None
            box.grab().save(str(self.folder / f"{name}.png"))
            box.close()

        QTimer.singleShot(300, picture)
        open_dialog()


def reading(stage: Stage, theme: str) -> None:
    """The beginning of the article."""
    stage.session.navigation.go_to(Span(0, 0))
    stage.take(f"reading-{theme}")


def finding(stage: Stage, theme: str) -> None:
    """Hits in the article and in the library."""
    window = stage.window
    window.header.search.setFocus()
    window.header.search.look_for("NMDA")
    stage.until_idle()
    for _ in range(3):
        stage.session.search.step(1)
    stage.take(f"finding-{theme}")
    window.left.results.show_library(True)
    stage.take(f"finding-library-{theme}")
    window.header.search.look_for("dose in:notes")
    stage.until_idle()
    stage.take(f"finding-notes-{theme}")
    window.header.search.look_for("zzyzx")
    stage.until_idle()
    stage.take(f"finding-nothing-{theme}")
    window.header.search.end_search()


def marking(stage: Stage, theme: str) -> None:
    """A selection with its bar, and a note being written."""
    page, span = stage.window.document_stack.page, stage.place("BDNF", 1)
    stage.session.navigation.go_to(span)
    assert page.text_layout.typeset is not None
    cursor = page.textCursor()
    offsets = page.text_layout.typeset.offsets
    cursor.setPosition(offsets.position(span.start))
    cursor.setPosition(offsets.position(span.end + 30), cursor.MoveMode.KeepAnchor)
    page.scroll_keeper.set_cursor(cursor)
    stage.wait(500)
    stage.take(f"marking-{theme}")
    page.escape()
    page.escape()
    stage.session.marker.write_note(stage.session.annotations.all[1].id)
    stage.take(f"writing-{theme}")
    stage.window.notes.finish_editing()
    stage.session.annotations.choose("")


def reference(stage: Stage, theme: str) -> None:
    """A reference shown beside its mark."""
    document = stage.session.current.document
    assert document is not None
    mark = next(mark for mark in document.marks if mark.kind == "reference_mark")
    stage.session.navigation.go_to(mark.span)
    stage.wait(50)
    stage.window.document_stack.page.marks.focus = mark.span
    hover = stage.window.document_stack.page.findChild(HoverController)
    assert isinstance(hover, HoverController)
    hover.enter()
    stage.take(f"reference-{theme}")
    stage.window.document_stack.page.escape()
    stage.window.document_stack.page.marks.focus = None


def notebook(stage: Stage, theme: str) -> None:
    """All notes of the library."""
    stage.window.menus.actions["notebook"].trigger()
    stage.until_idle()
    stage.take(f"notebook-{theme}")
    stage.window.menus.actions["notebook"].trigger()


def shelf(stage: Stage, theme: str) -> None:
    """The library as a table."""
    stage.window.menus.actions["shelf"].trigger()
    stage.until_idle()
    stage.take(f"shelf-{theme}")
    stage.window.menus.actions["shelf"].trigger()


def review(stage: Stage, theme: str) -> None:
    """Notes on an article that has changed."""
    session = stage.session
    assert session.current.document is not None
    article = session.current.document.id
    session.navigation.open(next(e.id for e in session.catalog.entries if e.source == "trial.txt"))
    session.reanchoring.review()
    stage.until_idle()
    assert stage.window.review.widget.isVisible()
    stage.take(f"review-{theme}")
    stage.window.review.widget.put_away()
    session.navigation.open(article)


def revise(stage: Stage, path: Path) -> None:
    """Takes in the trial, marks it, and takes in its next edition."""
    for text in (TRIAL, REVISED):
        path.write_text(text, encoding="utf-8")
        stage.session.imports.add([path])
        stage.until_idle()
        if text == TRIAL:
            for words in ("0.5 mg of the drug at night", "closed at ten", "needed to treat was 7"):
                stage.session.selection.set_span(stage.place(words))
                stage.session.marker.highlight()
                stage.session.selection.set_span(None)
    stage.session.annotations.choose("")
    # No identifier tells that the second file is an edition of the first: a person says so.
    stage.window.middle.offer_bar.accept.click()
    stage.until_idle()
    stage.window.middle.message.dismiss()


def printed(stage: Stage, theme: str) -> None:
    """A PDF file as its pages, with marks on them."""
    session = stage.session
    assert session.current.document is not None
    article = session.current.document.id
    session.navigation.open(
        next(e.id for e in session.catalog.entries if e.source == "printed.pdf")
    )
    stage.until_idle()
    session.search.find("NMDA")
    stage.until_idle()
    session.search.step(1)
    session.selection.set_span(stage.place("surge of glutamate"))
    stage.until_idle()
    stage.wait(600)
    stage.take(f"pages-{theme}")
    session.selection.set_span(None)
    session.search.find("")
    stage.until_idle()
    session.settings.set(THUMBNAILS, True)
    session.settings.set(PAGES_IN_TWOS, True)
    stage.until_idle()
    stage.take(f"pages-in-twos-{theme}")
    session.settings.set(THUMBNAILS, False)
    session.settings.set(PAGES_IN_TWOS, False)
    session.navigation.open(article)
    stage.until_idle()


def print_article(stage: Stage, path: Path) -> None:
    """Prints the open article to a PDF file, and takes that in with a few marks."""
    session = stage.session
    document = session.current.document
    assert document is not None
    font = QFont("Offprint Serif", 11)
    # Qt writes "ft" as one sign that cannot be read back.
    font.setFeature(QFont.Tag("liga"), 0)
    pages = QTextDocument()
    pages.setDefaultFont(font)
    as_html = {"title": "h1", "heading": "h2"}
    pages.setHtml(
        "".join(
            f"<{tag}>{html.escape(block.span.cut(document.text))}</{tag}>"
            for block in document.blocks
            if (tag := as_html.get(block.kind, "p"))
        )
    )
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    pages.print_(writer)
    session.imports.add([path])
    stage.until_idle()
    for words, colour, note, tags in NOTES[:3]:
        session.selection.set_span(stage.place(words))
        made = session.marker.highlight(colour)
        if note:
            session.annotations.edit(made, note=note, tags=tags, motivation="commenting")
        session.selection.set_span(None)
    session.annotations.choose("")


def dialogs(stage: Stage, theme: str) -> None:
    """What asks, what says, and what is shown when there is nothing."""
    window = stage.window
    for name, action_id in DIALOGS.items():
        stage.dialog(f"{name}-{theme}", partial(HANDLERS[action_id], window))
    stage.session.notifier.failed.emit(Problem("“scan.bin” is no document that Offprint can read."))
    stage.take(f"problem-{theme}")
    window.middle.message.dismiss()


def main() -> None:
    """Draws all screens."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/screens")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        stage = Stage(folder, Path(data))
        for entry in stage.session.catalog.entries:
            stage.session.navigation.open(entry.id)
            stage.take("guide-light" if entry.source == "guide.md" else "first-start-light")
        stage.session.navigation.open(
            next(e.id for e in stage.session.catalog.entries if e.source != "guide.md")
        )
        stage.mark()
        article = stage.session.current.document
        assert article is not None
        print_article(stage, Path(data) / "printed.pdf")
        revise(stage, Path(data) / "trial.txt")
        stage.session.navigation.open(article.id)
        for theme in THEMES:
            stage.session.settings.set(THEME, theme)
            stage.window.resize(1366, 768)
            for scene in (reading, finding, marking, reference, notebook, shelf, review):
                scene(stage, theme)
            printed(stage, theme)
            dialogs(stage, theme)
            stage.window.resize(1920, 1080)
            reading(stage, f"{theme}-wide")
            stage.window.resize(800, 600)
            reading(stage, f"{theme}-small")
        stage.session.settings.set(THEME, "light")
        stage.session.current.changed.emit(None)
        stage.window.resize(1366, 768)
        stage.take("empty-light")
        stage.window.close()


if __name__ == "__main__":
    main()
