"""The word that is being typed, as it most often ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reader.search.tree import Spot, terms
from reader.search.view import View

SHORTEST = 3
# Of more words than these that begin so, none is meant yet.
MOST = 20_000


def completion(text: str, view: View, spots: Sequence[Spot]) -> str:
    """The word in most passages that begins with the unfinished last one; "" when there is none."""
    last = [term for spot in spots[-1:] for term in terms(spot)][-1:]
    if not last or last[0].how != "typed" or not text.lower().endswith(last[0].text):
        return ""
    typed = last[0].text
    if len(typed) < SHORTEST:
        return ""
    counts: Counter[str] = Counter()
    for segment in view.segments:
        field = segment.fields["text"]
        numbers = field.words.beginning(typed.encode())
        for number in numbers if len(numbers) <= MOST else ():
            if field.widths[number] == 1:
                counts[field.words[number].decode()] += int(field.counts[number])
    best = max(counts, key=lambda word: (counts[word], -len(word)), default="")
    return best if best != typed else ""
