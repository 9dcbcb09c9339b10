"""Which passages answer best.

BM25 with Lucene's idf over the text and the titles above it, and 0.3 of the same over titles alone:
measured in benchmarks/search/ranking.py. Source: Robertson and Zaragoza 2009, "The Probabilistic
Relevance Framework", section 3.4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from reader.search.arrays import Array
from reader.search.index_view import K1, View
from reader.search.inverter import REFERENCE
from reader.search.matcher import Matcher
from reader.search.positions import few
from reader.search.query_ast import Spot

TITLE_WEIGHT = 0.3
# So many documents are put in order by what they mean.
RERANKED = 100
# Of that order, their meaning makes this part.
MEANING_WEIGHT = 0.5


def scores(matcher: Matcher, spots: Mapping[Spot, float], wanted: Array | None = None) -> Array:
    """How well each passage answers, when each spot counts so much; of a few wanted, only these."""
    view = matcher.view
    only = wanted if wanted is not None and few(wanted) else None
    total = np.zeros(len(view.alive), np.float32)
    for spot, times in spots.items():
        text, title = matcher.counts("text", spot), matcher.counts("title", spot)
        for name, weight, found in (
            ("text", 1.0, _added(text, matcher.counts("context", spot))),
            ("title", TITLE_WEIGHT, title),
        ):
            passages, counts = found
            rarity = _rarity(view, len(passages))
            if only is not None:
                keep = only[passages]
                passages, counts = passages[keep], counts[keep]
            if len(passages):
                total[passages] += times * weight * _bm25(view, name, passages, counts, rarity)
    return total


def _added(one: tuple[Array, Array], other: tuple[Array, Array]) -> tuple[Array, Array]:
    """The passages of both, in order, and how often both together are in each."""
    if not len(other[0]) or not len(one[0]):
        return one if len(one[0]) else other
    passages, counts = one[0], one[1].copy()
    places = np.searchsorted(passages, other[0])
    known = passages[np.minimum(places, len(passages) - 1)] == other[0]
    counts[places[known]] += other[1][known]
    if known.all():
        return passages, counts
    new = places[~known]
    return np.insert(passages, new, other[0][~known]), np.insert(counts, new, other[1][~known])


def _rarity(view: View, holding: int) -> float:
    return float(np.log(1 + (view.count - holding + 0.5) / (holding + 0.5)))


def _bm25(view: View, name: str, passages: Array, counts: Array, rarity: float) -> Array:
    weights: Array = rarity * counts * (K1 + 1) / (counts + view.damping[name][passages])
    return weights.astype(np.float32)


def best(view: View, mask: Array, score: Array, most: int) -> tuple[Array, Array]:
    """The matching passages of the best documents, at most so many, and each one's document.

    A document is as good as its best passage. References come after the text of their document.
    """
    passages = np.flatnonzero(mask)
    documents = view.documents[passages]
    values = score[passages]
    # A document's passages follow each other.
    firsts = np.flatnonzero(np.diff(documents, prepend=-1) != 0)
    tops = np.maximum.reduceat(values, firsts) if len(firsts) else values
    if most < len(firsts):
        least = np.partition(tops, -most)[-most] if most else np.inf
        good = np.flatnonzero(tops >= least)
        documents_of = documents[firsts]
        ranks = view.ranks[documents_of[good]]
        # Of documents that are equally good, always the same, however the index is cut.
        chosen = np.zeros(len(view.ranks), bool)
        chosen[documents_of[good[np.lexsort((ranks, -tops[good]))[:most]]]] = True
        keep = chosen[documents]
        passages, documents, values = passages[keep], documents[keep], values[keep]
        tops = tops[chosen[documents_of]]
        firsts = np.flatnonzero(np.diff(documents, prepend=-1) != 0)
    tops_of = np.repeat(tops, np.diff(np.append(firsts, len(passages))))
    references = view.kinds[passages] == REFERENCE
    order = np.lexsort((passages, -values, references, view.ranks[documents], -tops_of))
    return passages[order], documents[order]


def by_meaning(
    order: tuple[Array, Array], score: Array, strict: Array, likeness: Array
) -> tuple[Array, Array]:
    """The order of `best` with its first documents by how well they answer and what they mean.

    `likeness` is that of the first documents, NaN where it is not known. `strict` passages hold
    all that was asked for, and their documents stay in front.
    """
    passages, documents = order
    firsts = np.flatnonzero(np.diff(documents, prepend=-1))
    tops = passages[firsts[: len(likeness)]]
    worth = _spread(score[tops])
    known = ~np.isnan(likeness)
    meant = worth.copy()
    meant[known] = _spread(likeness[known])
    worth = (1 - MEANING_WEIGHT) * worth + MEANING_WEIGHT * meant
    turn = np.lexsort((np.arange(len(tops)), -worth, ~strict[tops]))
    parts = np.split(np.arange(len(passages)), firsts[1:])
    chosen = np.concatenate([*(parts[n] for n in turn), *parts[len(tops) :]])
    return passages[chosen], documents[chosen]


def first_documents(order: tuple[Array, Array], most: int) -> tuple[Array, Array]:
    """The order of `best`, of so many documents at most."""
    passages, documents = order
    keep = np.cumsum(np.diff(documents, prepend=-1) != 0) <= most
    return passages[keep], documents[keep]


def _spread(values: Array) -> Array:
    """The values between 0 for the least and 1 for the most."""
    least, most = values.min(), values.max()
    return (values - least) / (most - least) if most > least else np.zeros_like(values)


def share(limit: int, counts: Sequence[int]) -> list[int]:
    """How many each may show when together they may show `limit`: as evenly as can be.

    What is left when it does not come out even goes to the first.
    """
    shares = [0] * len(counts)
    open_ones = [i for i, count in enumerate(counts) if count]
    while limit and open_ones:
        each = max(1, limit // len(open_ones))
        for i in open_ones:
            more = min(each, counts[i] - shares[i], limit)
            shares[i] += more
            limit -= more
        open_ones = [i for i in open_ones if shares[i] < counts[i]]
    return shares
