"""Words that say the same otherwise: taken from the passages that answer best.

Few passages hold all the words of a question; those that answer it best share words of their own,
which lead to more. Measured in benchmarks/ranking.py. Source: Abdul-Jaleel et al. 2004, "UMass at
TREC 2004: Novelty and HARD" (RM3); that a word counts the more the rarer it is, is ours.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from reader.search.analyzer import stem
from reader.search.arrays import Array
from reader.search.function_words import IN_A_QUESTION
from reader.search.index_view import View
from reader.search.query_ast import Spot, Term
from reader.search.ranking import best
from reader.search.segment import Segment

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
    weights: defaultdict[str, float] = defaultdict(float)
    spelled: defaultdict[str, Counter[str]] = defaultdict(Counter)
    holding: Counter[str] = Counter()
    for segment, base in zip(view.segments, view.bases.tolist(), strict=False):
        inside = {
            p - base: w for p, w in passages.items() if base <= p < base + segment.passage_count
        }
        counted: Counter[str] = Counter()
        for passage, words in _words_of(segment, list(inside)).items():
            length = sum(count for _, count, _ in words)
            for word, count, passages_with_it in words:
                key = stem(word)
                weights[key] += inside[passage] / whole * count / length
                spelled[key][word] += count
                counted[word] = passages_with_it
        for word, passages_with_it in counted.items():
            holding[stem(word)] += passages_with_it
    for key in weights:
        weights[key] *= math.log(1 + view.count / holding[key])
    chosen = sorted(weights, key=lambda key: -weights[key])[:TERMS]
    return {spelled[key].most_common(1)[0][0]: weights[key] for key in chosen}


def _words_of(segment: Segment, passages: Sequence[int]) -> dict[int, list[tuple[str, int, int]]]:
    """The words of some passages: each with how often it is there and how many passages hold it."""
    field = segment.fields["text"]
    wanted = np.zeros(segment.passage_count, bool)
    wanted[list(passages)] = True
    rows = np.flatnonzero(wanted[field.passages])
    words = np.searchsorted(field.first, rows, "right") - 1
    found: dict[int, list[tuple[str, int, int]]] = {passage: [] for passage in passages}
    for row, word in zip(rows.tolist(), words.tolist(), strict=True):
        if field.widths[word] > 1:
            continue
        text = field.words[word].decode()
        if len(text) > 1 and not text.isdigit() and text not in IN_A_QUESTION:
            entry = (text, int(field.frequencies[row]), int(field.counts[word]))
            found[int(field.passages[row])].append(entry)
    return found
