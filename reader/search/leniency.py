"""Which passages answer when few of them hold all the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from reader.model.search import Query
from reader.search.arrays import Array
from reader.search.function_words import is_question
from reader.search.matcher import Matcher
from reader.search.query_ast import SPOTS, Node, terms

# As many sections as are looked at without scrolling.
PAGE = 10
# Who asks a question reads the best answers, and nobody reads more of them.
MOST_READ = 100
# So many words are a question rather than a place to be found.
SENTENCE = 5


def asks(query: Query, words: int) -> bool:
    """Whether a query of so many words that count is a question asked of the library."""
    return not query.document_id and (words >= SENTENCE or (words > 1 and is_question(query.text)))


@dataclass(frozen=True, slots=True)
class Matched:
    """Which passages match, and which of them hold all that was asked for."""

    mask: Array
    strict: Array
    firm: Array
    notice: str = ""


def match(matcher: Matcher, parts: Sequence[Node], query: Query) -> Matched:
    """The passages that hold all parts; with too few of them, those that hold most of the words.

    Of a few words, as many are given up as it takes to fill a page, one after the other.

    What was put in quotes, left out or asked of a field is never given up. In one document it is
    all words, unless no passage holds them.
    """
    loose = [part for part in parts if _may_be_missing(part)]
    masks = [matcher.mask(part) for part in loose]
    firm = matcher.scope
    for part in parts:
        if part not in loose:
            firm = firm & matcher.mask(part)
    strict = reduce(np.logical_and, masks, firm)
    found = more = int(np.count_nonzero(strict))
    enough = _enough(query, len(loose))
    if found >= enough or len(loose) < 2:
        return Matched(strict, strict, firm)
    held = np.zeros(len(firm), np.int32)
    for mask in masks:
        held += mask
    # A question is answered by whatever says most of it; a few words are a place to be found.
    question = asks(query, len(loose))
    mask, least = strict, len(loose)
    for fewer in (1,) if question else range(len(loose) - 1, 0, -1):
        if more >= enough:
            break
        wider = firm & (held >= fewer)
        count = int(np.count_nonzero(wider))
        if count > more:
            mask, more, least = wider, count, fewer
    if more == found:
        return Matched(strict, strict, firm)
    some = "some" if least <= len(loose) // 2 else "most"
    if found:
        sections = "One section holds" if found == 1 else f"{found} sections hold"
        return Matched(
            mask, strict, firm, f"{sections} all the words; those with {some} of them follow."
        )
    return Matched(
        mask, strict, firm, f"No section holds all the words; these hold {some} of them."
    )


def _enough(query: Query, words: int) -> int:
    """How many sections that hold all the words make those that hold fewer unwanted.

    A few words are a place to be found, a sentence is a question whose best answers are wanted.
    """
    if query.document_id:
        return 1
    return MOST_READ if asks(query, words) else PAGE


def _may_be_missing(node: Node) -> bool:
    return isinstance(node, SPOTS) and all(term.how != "exact" for term in terms(node))
