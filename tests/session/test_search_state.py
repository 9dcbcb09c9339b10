"""What is current in a search, and what is dropped."""

from __future__ import annotations

from reader.model.search import Answer, Hit, Query
from reader.model.span import Span
from reader.session.search_state import SearchState


def hits(*starts: int, document_id: str = "d") -> tuple[Hit, ...]:
    return tuple(
        Hit(document_id, "s1", "text", Span(start, start + 4), Span(0, 100)) for start in starts
    )


def article(*starts: int) -> Answer:
    return Answer(Query("nmda", "d"), hits(*starts), len(starts))


def test_an_answer_to_an_older_question_is_dropped() -> None:
    finding = SearchState()
    old = finding.ask("nmd")
    new = finding.ask("nmda")
    assert not finding.take(old, article(1))
    assert finding.take(new, article(1, 9))
    assert finding.count == 2


def test_steps_begin_at_the_place_being_read_and_go_round() -> None:
    finding = SearchState()
    finding.take(finding.ask("nmda"), article(10, 20, 30))
    assert finding.hit is None
    first = finding.step(1, offset=15)
    assert first is not None
    assert first.span.start == 20
    assert [finding.step(1, 0).span.start for _ in range(3)] == [30, 10, 20]  # type: ignore[union-attr]
    assert finding.step(-1, 0).span.start == 10  # type: ignore[union-attr]


def test_a_first_step_back_takes_the_hit_before() -> None:
    finding = SearchState()
    finding.take(finding.ask("nmda"), article(10, 20, 30))
    assert finding.step(-1, offset=15).span.start == 10  # type: ignore[union-attr]


def test_a_step_without_hits_goes_nowhere() -> None:
    finding = SearchState()
    finding.take(finding.ask("nmda"), article())
    assert finding.step(1, 0) is None


def test_the_current_hit_stays_current_when_the_answer_comes_anew() -> None:
    finding = SearchState()
    finding.take(finding.ask("nmda"), article(10, 20))
    finding.step(1, 15)
    finding.take(finding.ask("nmda r"), article(5, 10, 20))
    assert finding.current == 2
    finding.take(finding.ask("nmda re"), article(5))
    assert finding.current == -1


def test_library_hits_are_kept_apart_and_choosing_one_of_another_document_unsets() -> None:
    finding = SearchState()
    number = finding.ask("nmda")
    finding.take(number, article(10))
    finding.take(number, Answer(Query("nmda"), hits(3, document_id="other"), 1))
    assert len(finding.library.hits) == 1
    finding.choose(finding.article.hits[0])
    assert finding.current == 0
    finding.choose(finding.library.hits[0])
    assert finding.current == -1


def test_an_empty_question_ends_the_search() -> None:
    finding = SearchState()
    number = finding.ask("nmda")
    finding.take(number, article(10))
    finding.ask("  ")
    assert not finding.active
    assert finding.count == 0
    assert not finding.take(finding.number, article(10))
