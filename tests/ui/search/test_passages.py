"""Several words in one passage are one row; where they stand together comes first."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from reader.model.search import Answer, Hit, NoteHit, Query, Snippet
from reader.model.span import Span
from reader.session.session import Session
from reader.ui.search.results_pane import ResultsPane
from reader.ui.widgets.theme import LIGHT
from tests.ui.samples import an_article, hits_of, mark

OTHER = an_article("Ketamine in the elderly")


@pytest.fixture
def pane(qtbot: QtBot, session: Session) -> ResultsPane:
    session.workspace.library.add(OTHER, OTHER.title.encode(), {})
    pane = ResultsPane(session, LIGHT)
    qtbot.addWidget(pane)
    pane.resize(256, 716)
    pane.show()
    qtbot.waitExposed(pane)
    return pane


def find(session: Session, text: str, *found: Hit, in_library: bool = False) -> None:
    """Lets these hits be the answer."""
    assert session.current.document is not None
    number = session.search.state.ask(text)
    place = "" if in_library else session.current.document.id
    session.search.state.take(number, Answer(Query(text, place), found, len(found)))
    session.search.results_changed.emit()


def lines(pane: ResultsPane) -> list[str]:
    """What is read out of each row that is a hit."""
    model = pane.list.model()
    rows = [model.index(number, 0) for number in range(model.rowCount())]
    role = Qt.ItemDataRole.AccessibleTextRole
    hits = [row for row in rows if isinstance(row.data(Qt.ItemDataRole.UserRole), Hit)]
    return [str(row.data(role)) for row in hits]


def words(session: Session, *wanted: str) -> list[Hit]:
    assert session.current.document is not None
    found = [hit for word in wanted for hit in hits_of(session.current.document, word)]
    return sorted(found, key=lambda hit: hit.span.start)


def test_two_words_in_one_passage_are_one_row(pane: ResultsPane, session: Session) -> None:
    find(session, "nmda glutamate", *words(session, "NMDA", "glutamate"))
    assert len(lines(pane)) == 2
    assert "NMDA receptor is blocked, glutamate rises" in lines(pane)[1]


def test_one_word_is_a_row_at_each_of_its_places(pane: ResultsPane, session: Session) -> None:
    found = [hit for hit in words(session, "ketamine") if hit.kind == "text"]
    find(session, "ketamine", *found)
    assert len(lines(pane)) == len(found)


def test_each_hit_of_a_passage_chooses_its_row(
    pane: ResultsPane, session: Session, qtbot: QtBot
) -> None:
    find(session, "nmda glutamate", *words(session, "NMDA", "glutamate"))
    rows = []
    for _ in range(3):
        session.search.step(1)
        rows.append(pane.list.currentIndex().row())
    assert rows[1] == rows[2] != rows[0]


def test_in_the_library_words_that_stand_together_come_first(
    pane: ResultsPane, session: Session, qtbot: QtBot
) -> None:
    find(session, "nmda glutamate", *words(session, "NMDA", "glutamate"), in_library=True)
    tab = next(b for b in pane.findChildren(QPushButton) if b.text().startswith("Library"))
    qtbot.mouseClick(tab, Qt.MouseButton.LeftButton)
    assert "glutamate rises" in lines(pane)[0]
    assert "glutamate" not in lines(pane)[1]


def test_a_note_that_answers_reads_as_it_is_shown(
    pane: ResultsPane, session: Session, qtbot: QtBot
) -> None:
    made = mark(session, "new use", note="> The **dose** in `mg`")
    assert session.current.document is not None
    raw = "> The **dose** in `mg`"
    hit = NoteHit(
        made,
        session.current.document.id,
        "note",
        Span(0, 3),
        Snippet(raw, (Span(raw.index("dose"), raw.index("dose") + 4),)),
    )
    with qtbot.waitSignal(session.search.results_changed):
        session.background.run = answering(  # type: ignore[method-assign]
            Answer(Query("dose", session.current.document.id), notes=(hit,))
        )
        session.search.find("dose")
    assert lines(pane) == ["Your note: The dose in mg"]


def answering(answer: Answer):  # type: ignore[no-untyped-def]
    """Stands for the worker that searches."""

    def run(*_: object, then: object, **__: object) -> None:
        then(answer)  # type: ignore[operator]

    return run
