"""Somebody mistypes, takes the suggestion, narrows it down and marks what was found, by keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from reader.model.span import Span
from tests.journeys.conftest import Person

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
NOTES = (
    ("glutamate surge", "An NMDA antagonist causes it."),
    ("0.5 mg/kg", "The dose of the antagonist of NMDA in trials."),
    ("blood pressure", "Rises with every NMDA antagonist?"),
)


def test_from_a_misspelling_to_a_mark_on_the_third_note(start: Callable[..., Person]) -> None:
    person = start("anna")
    session, window = person.session, person.window
    article = next(e for e in session.catalog.entries if e.source == "ketamine-in-anxiety.md")
    session.navigation.open(article.id)
    assert session.current.document is not None
    for words, note in NOTES:
        at = session.current.document.text.index(words)
        session.selection.set_span(Span(at, at + len(words)))
        assert session.annotations.edit(session.marker.highlight("yellow"), note=note)
        session.selection.set_span(None)
    session.annotations.choose("")
    person.until(lambda: not session.workspace.library.catalog.unindexed())

    # Tab takes what was meant instead of a misspelling.
    person.press(Key.Key_F, CONTROL)
    person.type("nmda antagnoist")
    person.until(lambda: bool(session.search.state.article.suggestion))
    person.idle()
    person.press(Key.Key_Tab)
    person.until(lambda: window.header.search.text() == "nmda antagonist")
    person.until(lambda: session.search.state.fresh and bool(session.search.state.expansions))
    person.idle()
    wide = session.search.state.library.total

    # The chip says what NMDA stands for; switched off, only NMDA itself is looked for.
    person.press(Key.Key_F6)
    for _ in range(12):
        if isinstance(person.focus, QPushButton) and person.focus.property("expansion"):
            break
        person.press(Key.Key_Tab)
    assert person.focus.property("expansion") == "NMDA = N-methyl-D-aspartate"
    person.press(Key.Key_Space)
    person.until(lambda: session.search.state.fresh and bool(session.search.state.without))
    person.idle()
    assert not session.search.state.expansions[0].used
    assert session.search.state.library.total < wide

    # Only notes; to the third, and mark it in another colour.
    person.press(Key.Key_F, CONTROL)
    person.press(Key.Key_End)
    person.type(" in:notes")
    person.until(lambda: session.search.state.fresh and session.search.state.count == 3)
    person.idle()
    for _ in range(3):
        person.press(Key.Key_Return)
    assert session.search.state.current == 2
    person.press(Key.Key_Escape)
    assert person.focus is window.document_stack.page
    chosen = session.annotations.get(session.selection.annotation_id)
    assert chosen is not None
    person.press(Key.Key_3)
    after = session.annotations.get(chosen.id)
    assert after is not None
    assert after.colour == "blue"
    assert after.note == chosen.note
