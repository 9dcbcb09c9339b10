"""The longest turns of the window's loop where there is very much: python -m benchmarks.ui.turns.

Two libraries are filled, once, in the folder that `--data` names: one has an article of 1 MB in
which "the" stands 20,000 times, one with 5,000 notes, and one that is read in 16 minutes; the other
has 20,000 documents and 100,000 notes. Then a window does what a person would, and a thread of its
own asks the loop again and again how soon it answers. Printed is, for each thing done, the median
of its five longest turns, and the longest. Aim: 50 ms; 16 ms for a step of a resize.

    python -m benchmarks.ui.turns [--data FOLDER] [--only WORD]
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import sys
import tempfile
import uuid
from collections.abc import Callable
from functools import partial
from heapq import nlargest
from itertools import cycle, islice
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_FONT_DPI", "96")

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from benchmarks.ui.acts import do, export, filter_table, resize, sort_table, themes, type_in, zoom
from benchmarks.ui.shelf_table import fill
from benchmarks.ui.turn_watch import TurnWatch, wait
from reader import app
from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.anchoring.selector import describe
from reader.model.annotation import COLOURS, Annotation, Change, Target, TextQuoteSelector
from reader.model.document import Document
from reader.model.span import Span
from reader.paths import Paths, seeds
from reader.session.indexing import Indexing
from reader.store.library import Library
from reader.store.notes import open_notes
from reader.ui.notes.notes_pane import NotesPane
from reader.ui.shell.main_window import MainWindow

USER = "anna"
NOTES = 5_000
DOCUMENTS = 20_000
ALL_NOTES = 100_000
AT_ONCE = 10_000
HITS = 20_000
LONG_CHARACTERS = 1_000_000
SHORT_WORDS = 16 * 238
TURNS = 5


def a_document(name: str, characters: int, chance: random.Random, the: int = 0) -> Document:
    """An article with sections, of the words of our own one; "the" stands in it so many times."""
    words = (seeds() / "ketamine-in-anxiety.md").read_text(encoding="utf-8").split()
    words = [word for word in words if word.isalpha() and word.lower() != "the"]
    every = characters // the if the else 0
    writer = DocumentBuilder()
    written = sought = 0
    number = 0
    while written < characters:
        if number % 40 == 0:
            writer.begin_heading(1 + number // 40 % 2)
            writer.add(f"Section {number} of the report")
        writer.begin("paragraph")
        said: list[str] = []
        for word in chance.choices(words, k=90):
            said.append(word)
            written += len(word) + 1
            if every and written // every > sought:
                said.append("the")
                sought, written = sought + 1, written + 4
        writer.add(" ".join(said))
        number += 1
    id_ = hashlib.sha256(name.encode()).hexdigest()
    return writer.build(id=id_, title=name, source=f"{name}.txt")


def marks(document: Document, count: int, chance: random.Random) -> list[Change]:
    """So many marks at random places of a document, every third with a note."""
    places = chance.sample(range(len(document.text) - 300), count)
    return [
        Change(
            None,
            Annotation(
                str(uuid.UUID(int=chance.getrandbits(128))),
                describe(document, Span(place, place + chance.randint(10, 200))),
                chance.choice(COLOURS),
                note="A note on it, of some length, and *why*." if place % 3 == 0 else "",
            ),
        )
        for place in places
    ]


def make_articles(paths: Paths) -> None:
    """A library of three articles, one of them with very many notes."""
    chance = random.Random(1)
    library = Library(paths)
    documents = (
        a_document("long", LONG_CHARACTERS, chance, HITS),
        a_document("noted", 390_000, chance),
        a_document("short", SHORT_WORDS * 7, chance),
    )
    for document in documents:
        library.add(document, document.title.encode(), {})
    library.set_seeded()
    library.close()
    notes = open_notes(paths, USER)
    notes.apply(*marks(documents[1], NOTES, chance))
    notes.close()


def make_many(paths: Paths) -> None:
    """A library of 20,000 documents that are rows alone, and 100,000 notes on them."""
    library = Library(paths)
    library.set_seeded()
    library.close()
    fill(paths, DOCUMENTS)
    notes = open_notes(paths, USER)
    for first in range(0, ALL_NOTES, AT_ONCE):
        notes.apply(*(Change(None, a_note(n)) for n in range(first, first + AT_ONCE)))
    notes.close()


def a_note(number: int) -> Annotation:
    """A note on one of the 20,000."""
    words = f"word{number % 997} receptor dose{number % 89} slowly over forty minutes"
    quote = TextQuoteSelector(words, "p" * 64, "s" * 64)
    place = Span(number, number + len(words))
    target = Target(f"{number % DOCUMENTS:064x}", quote, place, "ab" * 32)
    return Annotation(
        f"id-{number:08}",
        target,
        COLOURS[number % 5],
        note=f"A note about dose {number}, of the length that notes have." if number % 3 else "",
        tags=(f"tag{number % 40}",) if number % 4 == 0 else (),
    )


class Person:
    """Somebody at the window."""

    def __init__(self, window: MainWindow, only: str) -> None:
        self.window = window
        self.session = window.session
        self.only = only
        self.watch = TurnWatch()
        self.worst = 0.0

    def idle(self) -> None:
        """Waits until all of the window is there, and no work is under way."""
        while self.window.findChild(NotesPane) is None:
            wait(10)
        wait(60)
        while self.session.background.busy:
            wait(10)
        wait(60)

    def press(
        self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Presses a key where the keyboard is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, held)
        QApplication.processEvents()

    def measure(self, what: str, act: Callable[[], object], aim_ms: float = 50) -> None:
        """Does something and prints its longest turns until all work for it is done."""
        self.idle()
        self.watch.clear()
        act()
        self.idle()
        longest = nlargest(TURNS, self.watch.seconds)
        middle = 1000 * median(longest)
        worked = 1000 * max(self.watch.worked)
        mark = "" if worked <= aim_ms else "   above"
        said = f"{middle:8.1f}{1000 * longest[0]:9.1f}{worked:9.1f}"
        print(f"  {what:34s}{said} ms{mark}", flush=True)

    def open(self, title: str) -> None:
        """Opens a document by its title."""
        (found,) = (one for one in self.session.catalog.entries if one.title == title)
        self.session.navigation.open(found.id)

    def find(self, words: str) -> None:
        """Looks for words, letter by letter."""
        self.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        type_in(words, 150)

    def next_hits(self) -> None:
        """Ten hits further, then to the last one."""
        for by in (*([1] * 10), -11):
            self.session.search.step(by)
            wait(30)

    def select(self, number: int) -> None:
        """Selects a word of the open document."""
        document = self.session.current.document
        assert document is not None
        at = document.text.index(" ", number) + 1
        self.session.selection.set_span(Span(at, document.text.index(" ", at)))
        self.window.document_stack.view.setFocus()

    def mark(self, key: Qt.Key, number: int) -> None:
        """Marks a word with a key."""
        self.select(number)
        self.press(key)

    def walk(self, view: QWidget) -> None:
        """Down a list, to its end and back."""
        view.setFocus()
        for key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_Home):
            self.press(key)
            wait(30)

    def articles(self) -> None:
        """What one does with long articles and many notes."""
        print("An article with 5,000 notes")
        self.measure("open", partial(self.open, "noted"))
        self.measure("highlight", partial(self.mark, Qt.Key.Key_H, 1000))
        self.measure("highlight, again", partial(self.mark, Qt.Key.Key_H, 2000))
        self.measure("undo", partial(self.press, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier))
        self.measure("write a note", partial(self.mark, Qt.Key.Key_N, 3000))
        type_in("why")
        self.measure("keep it", partial(self.press, Qt.Key.Key_Escape))
        self.measure("up and down the notes", partial(self.walk, self.window.notes.list))
        self.session.annotations.choose("")
        self.measure("theme", partial(themes, self.window))
        print("An article of 1 MB")
        self.measure("open", partial(self.open, "long"))
        self.measure("find, letter by letter", partial(self.find, "the"))
        self.measure("hit by hit", self.next_hits)
        self.measure("up and down the hits", partial(self.walk, self.window.left.results.list))
        self.press(Qt.Key.Key_Escape)
        self.session.search.find("")
        self.window.document_stack.view.setFocus()
        self.press(Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
        self.measure("resize", partial(resize, self.window), 16)
        self.measure("zoom", partial(zoom, self.window))
        self.measure("theme", partial(themes, self.window))
        print("An article of 16 minutes")
        self.measure("open", partial(self.open, "short"))
        self.measure("resize", partial(resize, self.window), 16)
        self.measure("zoom", partial(zoom, self.window))
        self.measure("theme", partial(themes, self.window))

    def filter_notes(self, words: str) -> None:
        """Types into the notebook's filter, and takes it away."""
        field: QLineEdit = self.window.notebook.widget.words
        field.setFocus()
        type_in(words)
        wait(300)
        field.clear()
        wait(300)

    def group(self) -> None:
        """Groups the notebook in each way."""
        box = self.window.notebook.widget.grouping
        for number in islice(cycle(range(box.count())), 2, box.count() + 1):
            box.setCurrentIndex(number)
            box.activated.emit(number)
            wait(150)

    def many(self) -> None:
        """What one does with a large library."""
        print("A library of 20,000 documents")
        self.measure("open the table", partial(do, self.window, "shelf"))
        self.measure("filter it", partial(filter_table, self.window, "dose 42 writer"))
        self.window.library_table.widget.filter.clear()
        self.measure("sort it", partial(sort_table, self.window))
        self.measure("close the table", partial(do, self.window, "shelf"))
        self.measure("theme", partial(themes, self.window))
        print("A notebook of 100,000 notes")
        self.measure("open", partial(do, self.window, "notebook"))
        self.measure("filter", partial(self.filter_notes, "dose42"))
        self.measure("group", self.group)
        self.measure("up and down", partial(self.walk, self.window.notebook.widget.list))
        self.measure("close", partial(do, self.window, "notebook"))
        self.measure("open again", partial(do, self.window, "notebook"))
        self.measure("dialog of exports", partial(export, self.window))

    def go(self, which: Callable[[], None]) -> None:
        """Does everything and closes the window, also when something goes wrong on the way."""
        try:
            self.idle()
            self.window.setWindowState(Qt.WindowState.WindowNoState)
            self.window.resize(1366, 768)
            self.window.activateWindow()
            self.idle()
            which()
        finally:
            self.watch.stop()
            self.window.close()
            QApplication.quit()


def _nothing(_indexing: Indexing) -> None:
    """Nothing is indexed."""


def measure(paths: Paths, which: str) -> None:
    """Opens a window, and does all that is measured once it has been painted."""

    begun: list[MainWindow] = []

    def painted() -> None:
        if begun:
            # The library without a document has been painted too.
            return
        (window,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
        begun.append(window)
        person = Person(window, which)
        journey = person.articles if which == "articles" else person.many
        QTimer.singleShot(0, partial(person.go, journey))

    if which == "many":
        # Rows without texts: there is nothing to index.
        setattr(Indexing, "index_pending", _nothing)  # noqa: B010
    app.run(paths, [], user=USER, painted=painted)


def main() -> None:
    """Fills what is not there, and measures in a process of its own for each library."""
    parser = argparse.ArgumentParser("python -m benchmarks.ui.turns")
    parser.add_argument("--data", type=Path, help="where the libraries are kept for another time")
    parser.add_argument("--only", choices=("articles", "many"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        for which, make in (("articles", make_articles), ("many", make_many)):
            if options.only not in (None, which):
                continue
            folder = (options.data or Path(name)) / which
            if not folder.exists():
                make(Paths(folder))
            if options.only is not None:
                measure(Paths(folder), which)
            else:
                command = [sys.executable, "-m", "benchmarks.ui.turns", "--only", which]
                os.spawnv(os.P_WAIT, sys.executable, [*command, "--data", str(folder.parent)])


if __name__ == "__main__":
    main()
