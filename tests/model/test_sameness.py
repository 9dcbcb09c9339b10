from __future__ import annotations

from reader.model.sameness import shared
from tests.model.samples import ARTICLE


def test_editions_share_most_of_their_words() -> None:
    assert shared(ARTICLE, ARTICLE) == 1.0
    assert 0.7 < shared(ARTICLE, ARTICLE.replace("Ketamine", "It").replace("a week", "days")) < 1


def test_what_is_part_of_a_longer_text_is_shared() -> None:
    assert shared(ARTICLE, f"Something else before it. {ARTICLE} And more after it.") > 0.98


def test_texts_that_are_others_share_nothing() -> None:
    other = " ".join(f"word{k} follows word{k + 1}" for k in range(100))
    assert shared(ARTICLE, other) == 0.0


def test_a_line_is_too_short_to_tell() -> None:
    assert shared("A line that many texts begin with.", "A line that many texts begin with.") == 0.0
