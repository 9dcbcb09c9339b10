"""What each action costs, counted: numbers that may only fall, for a machine's seconds vary."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from reader.importers.text.read import read_text
from reader.model.span import Span
from reader.paths import Paths
from reader.settings import THEME
from reader.store.library import Library
from tests.counting import DRESSED, LAID_OUT, LIBRARY_ROWS, PLACED, TYPESET, counted
from tests.journeys.conftest import Person

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENTS = 120
NOTES = 40
MODULES = "modules of ours loaded before the paint"
# What is so today, with so many documents and notes. Whoever brings one down writes the new number
# here; none may rise.
MOST = {
    "start": {MODULES: 138, TYPESET: 1, LIBRARY_ROWS: 132, LAID_OUT: 0},
    "open a document": {TYPESET: 1, LIBRARY_ROWS: 125, LAID_OUT: 0},
    "highlight": {TYPESET: 0, LIBRARY_ROWS: 0, LAID_OUT: 1},
    # The last rows differ by how soon one answer follows another.
    "search for a word": {TYPESET: 0, LIBRARY_ROWS: 0, LAID_OUT: 110},
    "theme": {TYPESET: 1, DRESSED: 1, LIBRARY_ROWS: 1, LAID_OUT: 21, PLACED: 0},
    "resize by 10 steps": {TYPESET: 0, LIBRARY_ROWS: 0, LAID_OUT: 0, PLACED: 0},
    "larger text": {TYPESET: 1, DRESSED: 0, LIBRARY_ROWS: 1, LAID_OUT: 0, PLACED: 0},
    "open the library's table": {TYPESET: 0, LIBRARY_ROWS: 120, LAID_OUT: 0},
    "filter it": {TYPESET: 0, LIBRARY_ROWS: 0, LAID_OUT: 0},
    "sort it": {TYPESET: 0, LIBRARY_ROWS: 0, LAID_OUT: 0},
    "open the notebook": {TYPESET: 0, LIBRARY_ROWS: 1, LAID_OUT: 0},
}
_START = """
import json, sys
from pathlib import Path
from reader import app
from reader.paths import Paths
from tests.counting import counted
def painted():
    modules = sum(name.startswith("reader") for name in sys.modules)
    print(json.dumps([modules, counts]), flush=True)
    app.QApplication.quit()
with counted() as counts:
    app.run(Paths(Path(sys.argv[1])), [], user="anna", painted=painted)
"""


def fill(paths: Paths) -> list[str]:
    """Makes a library of short articles that look alike; returns their ids."""
    ids = []
    with closing(Library(paths)) as library:
        for number in range(DOCUMENTS):
            lines = [f"Report {number} On Pressure"]
            for section in range(6):
                lines.append(f"{section + 1}. Section Of The Report")
                lines += [f"The pressure of the blood rose in week {number}." * 3] * 5
            text = "\n\n".join(lines)
            document = read_text(text, document_id="", source=f"report-{number}.txt")
            document = replace(document, id=sha256(text.encode()).hexdigest())
            library.add(document, text.encode(), {})
            ids.append(document.id)
        library.set_seeded()
    return ids


@pytest.fixture
def ids(paths: Paths) -> list[str]:
    return fill(paths)


@pytest.fixture
def counts() -> Iterator[Counter[str]]:
    with counted() as counts:
        yield counts


@pytest.fixture
def may_only_fall(capsys: pytest.CaptureFixture[str]) -> Callable[[str, Counter[str]], None]:
    """Compares what was counted in an action with the most that it may be."""

    def check(action: str, counts: Counter[str]) -> None:
        found = {what: counts[what] for what in MOST[action]}
        with capsys.disabled():
            said = ", ".join(f"{count} {what}" for what, count in found.items())
            sys.stderr.write(f"\n{action}: {said}\n")
        risen = {what: count for what, count in found.items() if count > MOST[action][what]}
        assert risen == {}

    return check


Check = Callable[[str, Counter[str]], None]


def test_a_start(paths: Paths, ids: list[str], may_only_fall: Check) -> None:
    # A measurement of coverage would load modules of its own into the process.
    bare = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run(
        [sys.executable, "-c", _START, str(paths.data)],
        cwd=ROOT,
        env=bare,
        check=False,
        capture_output=True,
        text=True,
    )
    modules, counts = json.loads(done.stdout or "null"), done.stderr
    assert modules is not None, counts
    may_only_fall("start", Counter({MODULES: modules[0], **modules[1]}))


def mark(person: Person, how_many: int) -> None:
    """Highlights words of the open document, each a note in the list beside it."""
    document = person.session.current.document
    assert document is not None
    at = 0
    for _ in range(how_many):
        at = document.text.index("pressure", at + 1)
        person.session.selection.set_span(Span(at, at + len("pressure")))
        person.press(Qt.Key.Key_H)
    person.session.selection.set_span(None)


def resize(person: Person) -> None:
    """Makes the window narrower, a step at a time."""
    size = person.window.size()
    for step in range(1, 11):
        person.window.resize(size.width() - 8 * step, size.height())
        person.idle()


def test_what_one_does_with_a_document(
    start: Callable[..., Person], ids: list[str], counts: Counter[str], may_only_fall: Check
) -> None:
    person = start("anna")
    session = person.session
    person.until(lambda: not session.workspace.library.catalog.unindexed())
    person.idle()

    def count(action: str, act: Callable[[], object]) -> None:
        counts.clear()
        act()
        person.idle()
        may_only_fall(action, counts)

    count("open a document", lambda: session.navigation.open(ids[7]))
    person.window.document_stack.page.setFocus()
    mark(person, NOTES)
    assert len(session.annotations.all) == NOTES

    def highlight() -> None:
        document = session.current.document
        assert document is not None
        at = document.text.index("Section Of")
        session.selection.set_span(Span(at, at + len("Section Of")))
        person.press(Qt.Key.Key_H)

    count("highlight", highlight)
    assert len(session.annotations.all) == NOTES + 1
    session.selection.set_span(None)

    def search() -> None:
        person.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        for letter in "pre":
            person.type(letter)
            person.until(lambda: session.search.state.fresh)
            person.idle()
        assert session.search.state.count > 0

    count("search for a word", search)
    # Each hit is placed once an answer, by the view that is shown alone.
    assert counts[PLACED] <= 3 * session.search.state.count
    count("theme", lambda: session.settings.set(THEME, "dark"))
    count("resize by 10 steps", partial(resize, person))
    count("larger text", lambda: person.window.document_stack.view.zoom_by(1))
    # The note that is chosen, then the search.
    person.press(Qt.Key.Key_Escape)
    person.press(Qt.Key.Key_Escape)
    assert not session.search.state.active
    person.idle()
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    count("open the library's table", lambda: person.press(Qt.Key.Key_T, held))
    assert person.window.library_table.made is not None
    table = person.window.library_table.widget

    table.filter.setFocus()

    def narrow() -> None:
        person.type("report 11")
        person.until(lambda: table.model.rowCount() < DOCUMENTS)

    count("filter it", narrow)
    count("sort it", lambda: table.table.sortByColumn(0, Qt.SortOrder.AscendingOrder))
    person.press(Qt.Key.Key_T, held)
    count("open the notebook", lambda: person.window.menus.actions["notebook"].trigger())
    assert person.window.notebook.made is not None
