from __future__ import annotations

from reader.model.anchoring.quote_search import alike, exactly
from reader.model.anchoring.words import split
from reader.model.span import Span
from tests.model.samples import ARTICLE, place


def passage(text: str, words: str) -> tuple[str, Span]:
    """Some context with a passage in it, as a selector has it."""
    found = place(text, words)
    start = max(0, found.start - 64)
    return text[start : found.end + 64], found.moved(-start)


def test_every_place_with_the_words() -> None:
    text, span = passage(ARTICLE, "the day")
    found = exactly(ARTICLE + "\nThe day after, on the\nday.", split(text), span)
    assert [one.span.cut(ARTICLE) for one in found][:1] == ["the day"]
    assert len(found) == 3
    assert (found[0].left, found[0].right) == (1.0, 1.0)
    assert max(found[1].left, found[1].right) < 0.5


def test_words_that_are_nowhere() -> None:
    text, span = passage(ARTICLE, "the day")
    assert exactly("Nothing of it.", split(text), span) == []
    assert exactly("the night of the week and the", split(text), span) == []


def test_the_place_is_too_near_the_edge() -> None:
    text, span = passage(ARTICLE, "must not drive")
    assert exactly("drive", split(text), span) == []
    assert len(exactly("must not drive", split(text), span)) == 1


def test_nothing_is_everywhere() -> None:
    assert exactly(ARTICLE, split("a b"), Span(1, 2)) == []


def test_likeness_is_found_where_words_were_changed() -> None:
    text, span = passage(ARTICLE, "must not drive on the day")
    changed = ARTICLE.replace("must not drive", "should not drive")
    best = alike("Preface. " * 30 + changed, split(text), span)[0]
    assert best.span.cut("Preface. " * 30 + changed) == "should not drive on the day"
    assert 0.6 < best.near < 1
    assert (best.left, best.right) == (1.0, 1.0)


def test_words_of_the_place_are_numbered_in_the_whole_text() -> None:
    text, span = passage(ARTICLE, "must not drive on the day")
    whole = split(ARTICLE)
    best = alike(ARTICLE, split(text), span)[0]
    assert whole.starts[best.words.start] == best.span.start
    assert whole.ends[best.words.stop - 1] == best.span.end


def test_what_is_too_common_tells_nothing() -> None:
    text, span = passage("one two three four " * 99, "three four one")
    assert alike("one two three four " * 99, split(text), span) == []


def test_neighbours_alone_are_no_place() -> None:
    text, span = passage(ARTICLE, "Dissociation fades by itself and needs no treatment")
    short = "Patients must not drive on the day of the infusion. Then they rest."
    assert alike(short, split(text), span) == []
