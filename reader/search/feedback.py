"""Words that say the same otherwise: taken from the passages that answer best.

Few passages hold all the words of a question; those that answer it best share words of their own,
which lead to more. Measured in benchmarks/search/ranking.py. Source: Abdul-Jaleel et al. 2004,
"UMass at TREC 2004: Novelty and HARD" (RM3); that a word counts the more the rarer it is, is ours.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from reader.search.analyzer import stem
from reader.search.arrays import Array
from reader.search.function_words import IN_A_QUESTION
from reader.search.index_view import View
from reader.search.query_ast import Spot, Term
from reader.search.ranking import best

DOCUMENTS = 10
TERMS = 25
# Of all that counts, what was asked for makes this part.
OWN = 0.5
# Looking through more postings than these takes longer than the better order is worth.
MOST_POSTINGS = 40_000_000


def widened(view: View, spots: Sequence[Spot], mask: Array, score: Array) -> Mapping[Spot, float]:
    """The spots of a question with the words that its best answers share, and what each counts.

    `mask` says which passages answer, `score` how well. Empty when there is nothing to learn from.
    """
    size = sum(len(segment.fields["text"].passages) for segment in view.segments)
    passages, documents = best(view, mask, score, DOCUMENTS)
    firsts = passages[np.flatnonzero(np.diff(documents, prepend=-1))]
    if not len(firsts) or size > MOST_POSTINGS:
        return {}
    found = _shared_words(view, dict(zip(firsts.tolist(), score[firsts].tolist(), strict=True)))
    weights: defaultdict[Spot, float] = defaultdict(float)
    for spot, times in Counter(spots).items():
        weights[spot] += OWN * times / len(spots)
    whole = sum(found.values())
    for word, weight in found.items():
        weights[Term("word", word)] += (1 - OWN) * weight / whole
    return weights


def _shared_words(view: View, passages: Mapping[int, float]) -> dict[str, float]:
    """The words that tell these passages from others, by how much each counts."""
    whole = sum(passages.values())
    found = _words_of(view, list(passages))
    shares: defaultdict[str, float] = defaultdict(float)
    spelled: defaultdict[str, Counter[str]] = defaultdict(Counter)
    at_least: Counter[str] = Counter()
    for passage, score in passages.items():
        length = sum(count for _, count, _ in found[passage])
        for word, count, _ in found[passage]:
            key = stem(word)
            shares[key] += score / whole * count / length
            spelled[key][word] += count
    for word, passages_with_it in {w: n for words in found.values() for w, _, n in words}.items():
        at_least[stem(word)] += passages_with_it

    def weight(key: str, holding: int) -> float:
        return shares[key] * math.log(1 + view.count / holding)

    # Looking a word up in all segments takes time. What one segment says of it is too much at
    # most, so that no word is missed when those that may be too light are left alone.
    weights: dict[str, float] = {}
    least = 0.0
    for key in sorted(shares, key=lambda key: (-weight(key, at_least[key]), key)):
        if len(weights) >= TERMS and weight(key, at_least[key]) < least:
            break
        weights[key] = weight(key, holding(view, spelled[key]))
        least = sorted(weights.values())[-TERMS:][0]
    chosen = sorted(weights, key=lambda key: (-weights[key], key))[:TERMS]
    return {spelled[key].most_common(1)[0][0]: weights[key] for key in chosen}


def holding(view: View, words: Iterable[str]) -> int:
    """In how many passages these words stand, each counted by itself."""
    rows = view.rows("text")
    spelled = [word.encode() for word in words]
    return sum(
        int(rows.counts(segment)[number])
        for segment, field in enumerate(rows.fields)
        for number in map(field.words.find, spelled)
        if number >= 0
    )


def _words_of(view: View, passages: Sequence[int]) -> dict[int, list[tuple[str, int, int]]]:
    """The words of some passages: how often each is there, and how many of its segment hold it."""
    rows = view.rows("text")
    found: dict[int, list[tuple[str, int, int]]] = {passage: [] for passage in passages}
    edges = view.bases.tolist()
    for segment, (field, base, end) in enumerate(zip(rows.fields, edges, edges[1:], strict=False)):
        wanted = np.zeros(end - base, bool)
        wanted[[passage - base for passage in passages if base <= passage < end]] = True
        if not wanted.any():
            continue
        which = np.flatnonzero(wanted[field.passages])
        words = np.searchsorted(field.first, which, "right") - 1
        for row, word in zip(which.tolist(), words.tolist(), strict=True):
            if field.widths[word] > 1:
                continue
            text = field.words[word].decode()
            if len(text) > 1 and not text.isdigit() and text not in IN_A_QUESTION:
                entry = (text, int(field.frequencies[row]), int(rows.counts(segment)[word]))
                found[int(field.passages[row]) + base].append(entry)
    return found
