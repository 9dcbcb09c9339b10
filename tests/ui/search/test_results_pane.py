"""Results stand under their headings, show what matched, and lead there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from reader.model.search import Answer, Hit, Query, Snippet
from reader.model.span import Span
from reader.session.session import Session
from reader.ui.search.result_rows import MEASURED
from reader.ui.search.results_pane import ResultsPane
from reader.ui.widgets.theme import DARK, LIGHT
from tests.ui.drivers.results import Results
from tests.ui.samples import an_article, answer, hits_of

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


@pytest.fixture
def results(qtbot: QtBot, pane: ResultsPane) -> Results:
    return Results(qtbot, pane)


def test_hits_stand_under_the_path_of_their_headings(results: Results, session: Session) -> None:
    answer(session, "NMDA")
    assert [(group.title, group.count) for group in results.groups] == [
        ("What Is Ketamine?", 1),
        ("Uses Of Ketamine › Uses Of Ketamine: How Does It Work?", 1),
    ]
    assert len(results.hits) == 2
    assert results.article_tab.text() == "Article 2"
    assert results.article_tab.isChecked()
    assert not results.notice.isVisible()


def test_a_place_before_the_first_heading_stands_under_the_title(
    results: Results, session: Session
) -> None:
    answer(session, "Mechanism and")
    assert session.current.document is not None
    assert [group.title for group in results.groups] == [session.current.document.title]


def test_what_matched_is_bold_in_every_row(results: Results, session: Session) -> None:
    answer(session, "ketamine")
    for hit in results.hits:
        (bold,) = [run for run in results.runs(hit) if run.bold]
        assert bold.text.lower() == "ketamine"


def test_a_row_is_as_high_as_its_lines(results: Results, session: Session) -> None:
    answer(session, "ketamine")
    heights = {len(results.lines(hit)): results.height(hit) for hit in results.hits}
    assert heights[1] == 31
    assert heights[2] == 51
    assert heights[3] == 71


def test_rows_far_down_take_the_greatest_height_unseen(
    pane: ResultsPane, results: Results, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert session.current.document is not None
    (found, *_) = hits_of(session.current.document, "NMDA")
    many = tuple(replace(found, score=float(i)) for i in range(MEASURED + 50))
    asked: list[Hit] = []
    snippet = session.search.snippet

    def overheard(hit: Hit, *size: Any) -> Snippet:
        asked.append(hit)
        return snippet(hit, *size)

    monkeypatch.setattr(session.search, "snippet", overheard)
    number = session.search.state.ask("NMDA")
    session.search.state.take(
        number, Answer(Query("NMDA", session.current.document.id), many, len(many))
    )
    session.search.results_changed.emit()
    pane.grab()
    assert results.height_unseen(many[-1]) == 71
    assert many[-1] not in asked
    assert many[0] in asked


def test_the_library_shows_each_document_once_with_its_best_hits(
    results: Results, session: Session
) -> None:
    assert session.current.document is not None
    here, there = hits_of(session.current.document, "NMDA"), hits_of(OTHER, "ketamine")
    # Best section first: one document's hits are not all together.
    mixed = (there[1], here[0], *there[2:6])
    number = session.search.state.ask("x")
    session.search.state.take(number, Answer(Query("x"), mixed, 6))
    session.search.results_changed.emit()
    results.library_tab.click()
    assert [(group.title, group.count) for group in results.groups] == [
        (OTHER.title, 5),
        (session.current.document.title, 1),
    ]
    assert len(results.hits) == 3 + 1
    assert results.library_tab.text() == "Library 6"
    results.article_tab.click()
    assert results.hits == []


def test_the_library_asked_for_before_the_first_letter_is_shown(
    pane: ResultsPane, results: Results, session: Session
) -> None:
    pane.show_library(True)
    answer(session, "NMDA", OTHER)
    assert results.library_tab.isChecked()
    session.search.find("")
    answer(session, "NMDA", OTHER)
    assert results.article_tab.isChecked()


def test_what_only_the_library_has_is_shown_without_a_click(
    results: Results, session: Session
) -> None:
    library = hits_of(OTHER, "ketamine")
    number = session.search.state.ask("x")
    session.search.state.take(number, Answer(Query("x"), library, len(library)))
    session.search.results_changed.emit()
    assert results.library_tab.isChecked()
    assert results.hits
    assert results.notice.text() == "Nothing in this article. This is what the library has."
    results.article_tab.click()
    assert results.hits == []
    assert "other tab" in results.notice.text()


def test_large_counts_are_not_cut(
    qtbot: QtBot, pane: ResultsPane, results: Results, session: Session
) -> None:
    pane.resize(256, 400)
    session.search.state.ask("x")
    for here, there, texts in (
        (2_646, 9_999, ("Article 2646", "Library 9999")),
        (12_345, 100_000, ("Article 12k", "Library 100k")),
    ):
        number = session.search.state.ask(f"x{here}")
        hits = hits_of(OTHER, "ketamine")[:1]
        assert session.current.document is not None
        session.search.state.take(
            number, Answer(Query("x", session.current.document.id), hits * here, here)
        )
        session.search.state.take(number, Answer(Query("x"), hits, there))
        session.search.results_changed.emit()
        tabs = results.article_tab, results.library_tab
        assert tuple(tab.text() for tab in tabs) == texts
        for tab in tabs:
            tab.setChecked(True)
            qtbot.wait(5)
            room = tab.fontMetrics().horizontalAdvance(tab.text()) + 12
            assert tab.width() >= room
    assert results.library_tab.toolTip() == "100,000 places in the library"


def test_a_document_that_is_gone_has_no_title(
    pane: ResultsPane, results: Results, session: Session
) -> None:
    gone = an_article("Gone since")
    answer(session, "NMDA", gone)
    pane.show_library(True)
    assert [group.title for group in results.groups] == [""]
    assert results.text(results.hits[0]) == ""


def test_references_are_folded_until_they_are_asked_for(
    qtbot: QtBot, results: Results, session: Session
) -> None:
    answer(session, "ketamine")
    folded = results.groups[-1]
    assert (folded.title, folded.count, folded.folded) == ("References", 2, True)
    assert all(hit.kind != "reference" for hit in results.hits)
    results.click(folded)
    assert [hit.kind for hit in results.hits][-2:] == ["reference", "reference"]
    assert results.current == replace(folded, folded=False)
    assert "unfolded" in results.say(results.current)
    results.click(results.groups[-1])
    assert all(hit.kind != "reference" for hit in results.hits)


def test_references_of_the_library_are_named_so(
    pane: ResultsPane, results: Results, session: Session
) -> None:
    answer(session, "Journal", OTHER)
    pane.show_library(True)
    assert [group.title for group in results.groups] == [f"{OTHER.title} › References"]


def test_the_current_hit_is_marked_also_inside_a_folded_group(
    pane: ResultsPane, results: Results, session: Session
) -> None:
    answer(session, "ketamine")
    assert results.current is None
    session.search.step(1)
    assert results.current == session.search.state.hit
    bare = pane.grab().toImage()
    session.search.step(1)
    assert results.current == session.search.state.hit
    assert pane.grab().toImage() != bare
    session.search.step(-1)
    session.search.step(-1)
    assert session.search.state.hit is not None
    assert session.search.state.hit.kind == "reference"
    assert results.current == results.groups[-1]


def test_a_click_chooses_a_hit(qtbot: QtBot, results: Results, session: Session) -> None:
    answer(session, "NMDA")
    second = results.hits[1]
    with qtbot.waitSignals([session.search.hit_changed, session.navigation.scroll_requested]):
        results.click(second)
    assert session.search.state.hit == second


def test_a_click_on_a_heading_does_nothing(
    qtbot: QtBot, pane: ResultsPane, results: Results, session: Session
) -> None:
    answer(session, "NMDA")
    before = list(results.rows)
    with qtbot.assertNotEmitted(session.navigation.scroll_requested):
        results.click(results.groups[0])
        pane.list.taken.emit(pane.list.model().index(0, 0))
    assert results.rows == before


def test_arrows_walk_hits_and_pass_over_headings(
    qtbot: QtBot, pane: ResultsPane, results: Results, session: Session
) -> None:
    answer(session, "NMDA")
    pane.take_focus()
    assert results.current == results.hits[0]
    qtbot.keyClick(pane.list, Qt.Key.Key_Down)
    assert results.current == results.hits[1]
    with qtbot.waitSignal(session.navigation.scroll_requested):
        qtbot.keyClick(pane.list, Qt.Key.Key_Return)
    assert session.search.state.hit == results.hits[1]
    qtbot.keyClick(pane.list, Qt.Key.Key_Up)
    assert results.current == results.hits[0]


def test_a_hit_elsewhere_opens_its_document(
    qtbot: QtBot, pane: ResultsPane, results: Results, session: Session
) -> None:
    answer(session, "glutamate", OTHER)
    pane.show_library(True)
    results.click(results.hits[0])
    assert session.current.document is not None
    assert session.current.document.id == OTHER.id


def test_nothing_found_is_said_with_what_may_help(results: Results, session: Session) -> None:
    answer(session, "lithium")
    assert results.notice.text().startswith("The library is still being indexed")
    for entry in session.workspace.library.catalog.entries():
        session.workspace.library.set_indexed(entry.id, True)
    session.search.results_changed.emit()
    assert results.notice.text() == "Nothing found. Try fewer words, or the beginning of a word."
    assert results.notice.isVisible()


def test_found_elsewhere_only_is_said(results: Results, session: Session) -> None:
    number = session.search.state.ask("glutamate")
    assert session.current.document is not None
    session.search.state.take(number, Answer(Query("glutamate", session.current.document.id)))
    session.search.state.take(number, Answer(Query("glutamate"), hits_of(OTHER, "glutamate"), 1))
    session.search.results_changed.emit()
    assert results.notice.text().startswith("Nothing in this article")


def test_what_was_made_of_signs_is_said_in_words(pane: ResultsPane, session: Session) -> None:
    said = pane.findChild(QLabel, "understood")
    assert said is not None
    answer(session, "HIV NOT MALARIA", understood="hiv without malaria", signs=True)
    assert said.isVisible()
    assert said.text() == "hiv without malaria"
    answer(session, "hiv malaria", understood="hiv malaria")
    assert not said.isVisible()


def test_what_the_index_says_of_a_query_is_shown(results: Results, session: Session) -> None:
    answer(session, "NMDA", notice="First results.")
    assert results.notice.text() == "First results."
    answer(session, "NMDA", problem="The query ends too early.")
    assert results.notice.text() == "The query ends too early."


def test_a_suggestion_can_be_taken(
    pane: ResultsPane, results: Results, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(session.search, "find", asked.append)
    results.suggestion.click()
    answer(session, "ketmine", suggestion="ketamine")
    assert results.suggestion.isVisible()
    assert results.suggestion.text() == "Did you mean “ketamine”?"
    results.suggestion.click()
    pane.show_library(True)
    results.suggestion.click()
    assert asked == ["ketamine", "ketamine"]


def test_the_end_of_a_search_clears_all(
    pane: ResultsPane, results: Results, session: Session
) -> None:
    answer(session, "NMDA")
    pane.show_library(True)
    session.search.state.ask("")
    session.search.results_changed.emit()
    assert results.rows == []
    answer(session, "NMDA")
    assert results.article_tab.isChecked()


def test_an_answer_that_comes_again_leaves_the_list_as_it_is(
    qtbot: QtBot, pane: ResultsPane, session: Session
) -> None:
    answer(session, "ketamine")
    with qtbot.assertNotEmitted(pane.list.model().modelReset):
        session.search.results_changed.emit()


def test_rows_say_themselves_and_what_is_cut(
    pane: ResultsPane, results: Results, session: Session
) -> None:
    answer(session, "ketamine")
    assert results.say(results.groups[0]).endswith(", 1 found")
    assert results.say(results.groups[-1]) == "References, 2 found, folded"
    assert results.tip(results.groups[-1]) == "References"
    for hit in results.hits:
        assert results.tip(hit) == ""
        assert "ketamine" in results.say(hit).lower()
    # In capitals, three lines hold less than a snippet has been given room for.
    wide = an_article("KETAMINE " + "WWWW MMMM " * 12)
    session.workspace.library.add(wide, wide.title.encode(), {})
    answer(session, "ketamine", wide)
    pane.show_library(True)
    cut = results.hits[0]
    assert results.lines(cut)[-1].endswith("…")
    assert len(results.text(cut)) < len(session.search.snippet(cut).text)
    assert results.tip(cut) == session.search.snippet(cut).text


def test_a_long_path_keeps_its_last_heading(pane: ResultsPane, session: Session) -> None:
    answer(session, "NMDA")
    before = pane.grab().toImage()
    pane.resize(200, 716)
    assert pane.grab().toImage().copy(0, 0, 150, 716) != before.copy(0, 0, 150, 716)


def test_it_takes_another_theme_and_can_be_mirrored(pane: ResultsPane, session: Session) -> None:
    answer(session, "ketamine")
    light = pane.grab().toImage()
    pane.set_theme(DARK)
    dark = pane.grab().toImage()
    assert dark != light
    pane.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert pane.grab().toImage() != dark


def test_a_title_outside_the_text_is_a_hit_too(results: Results, session: Session) -> None:
    assert session.current.document is not None
    title = Hit(session.current.document.id, "", "title", Span(0, 0), Span(0, 10))
    number = session.search.state.ask("ketamine")
    session.search.state.take(
        number, Answer(Query("ketamine", session.current.document.id), (title,), 1)
    )
    session.search.results_changed.emit()
    assert results.text(title) == session.current.document.title
