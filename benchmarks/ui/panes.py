"""How long the side panes take with very many rows: python -m benchmarks.ui.panes.

Aims: 500 notes shown with their document in 100 ms, an edit of one in 30 ms, 3,482 hits in 50 ms,
no frame above 16 ms. Nothing is shown on a display.
"""

from __future__ import annotations

import hashlib
import os
import random
import tempfile
import time
import uuid
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from reader.app import make_application
from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.anchoring.selector import describe
from reader.model.annotation import COLOURS, Annotation, Change
from reader.model.document import Document
from reader.model.search import Answer, Hit, Query
from reader.model.span import Span
from reader.paths import Paths, seeds
from reader.services.workspace import Workspace
from reader.session.background import Background
from reader.session.session import Session
from reader.store.library import Library
from reader.store.notes import open_notes
from reader.ui.article.outline_pane import ContentsPane
from reader.ui.notes.notes_pane import NotesPane
from reader.ui.search.results_pane import ResultsPane
from reader.ui.shell.theme_manager import dress
from reader.ui.widgets.row_list import RowList
from reader.ui.widgets.theme import LIGHT

HITS = 3482


def a_long_document(chance: random.Random) -> Document:
    """1,100,000 characters in 400 sections, of the words of our own article."""
    words = (seeds() / "ketamine-in-anxiety.md").read_text(encoding="utf-8").split()
    writer = DocumentBuilder()
    for number in range(400):
        writer.begin_heading(1 if number % 4 == 0 else 2)
        writer.add(" ".join(chance.choices(words, k=6)))
        for _ in range(5):
            writer.begin("paragraph")
            writer.add(" ".join(chance.choices(words, k=90)))
    return writer.build(id=hashlib.sha256(b"long").hexdigest(), title="Long", source="long.txt")


def took(label: str, verb: Callable[[], object]) -> None:
    """Prints how long `verb` took with the painting that follows it."""
    start = time.perf_counter()
    verb()
    QApplication.processEvents()
    print(f"  {label:34}{(time.perf_counter() - start) * 1000:8.1f} ms")


def frames(view: RowList) -> None:
    """Prints how long a list takes to paint itself while it is scrolled to its end."""
    for _ in range(40):
        QApplication.processEvents()
    bar, times = view.verticalScrollBar(), []
    for value in range(0, bar.maximum(), max(1, bar.maximum() // 300)):
        bar.setValue(value)
        start = time.perf_counter()
        view.viewport().repaint()
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    middle, high = times[len(times) // 2], times[int(len(times) * 0.95)]
    print(f"  frames: median {middle:.1f}, 95th {high:.1f}, longest {times[-1]:.1f} ms")


def marks(document: Document, count: int, chance: random.Random) -> list[Change]:
    """So many new marks at random places, every third with a note."""
    places = chance.sample(range(len(document.text) - 300), count)
    return [
        Change(
            None,
            Annotation(
                str(uuid.uuid4()),
                describe(document, Span(place, place + chance.randint(10, 200))),
                chance.choice(COLOURS),
                note="A note on it, of some length." if place % 3 == 0 else "",
            ),
        )
        for place in places
    ]


def measure(folder: Path) -> None:
    """Runs everything in a data folder of its own."""
    chance = random.Random(1)
    library = Library(Paths(folder))
    document = a_long_document(chance)
    library.add(document, b"long", {})
    notes = open_notes(Paths(folder), "measure")
    session = Session(Workspace(Paths(folder), library, notes, "measure"), Background())
    total = 0
    for count in (500, 5000):
        notes.apply(*marks(document, count - total, chance))
        total = count
        session.current.document = None
        session.navigation.open(document.id)
        print(f"{count} notes")
        pane = NotesPane(session, LIGHT)
        pane.resize(300, 716)
        took("shown", pane.show)
        frames(pane.list)
        last = session.annotations.all[-1].id
        took("the last one chosen", partial(session.annotations.choose, last))
        took("one edited", partial(session.annotations.edit, last, note=f"{count} words"))
        session.selection.set_span(Span(count, count + 20))
        took("one made", session.marker.highlight)
        pane.deleteLater()
    print("400 sections")
    contents = ContentsPane(session, LIGHT)
    contents.resize(256, 400)
    took("shown", contents.show)
    end = document.sections[-1].span.start
    took("the last one read", lambda: session.navigation.report_location(end, 0.0, end + 500))
    print(f"{HITS} hits")
    results = ResultsPane(session, LIGHT)
    results.resize(256, 716)
    results.show()
    places = sorted(chance.sample(range(len(document.text) - 20), HITS))
    found = []
    for place in places:
        section = document.outline.section_at(place)
        assert section is not None
        found.append(
            Hit(document.id, section.id, "text", Span(place, place + 8), section.span, place)
        )
    number = session.search.state.ask("word")
    session.search.state.take(number, Answer(Query("word", document.id), tuple(found), HITS))
    took("shown", session.search.results_changed.emit)
    took("the last one chosen", lambda: session.search.step(-1))
    frames(results.list)
    session.close()
    library.close()


if __name__ == "__main__":
    make_application(offscreen=True)
    dress(LIGHT)
    with tempfile.TemporaryDirectory() as name:
        measure(Path(name))
