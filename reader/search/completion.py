"""The word that is being typed, as it most often ends, or the title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from reader.search.index_view import View
from reader.search.query_ast import Spot, terms

SHORTEST = 3
# Of more words than these that begin so, none is meant yet.
MOST = 20_000
# With so many words a title can be meant.
WORDS_OF_TITLE = 3

Titled = Callable[[str], str]


def untitled(_beginning: str) -> str:
    """Knows of no title."""
    return ""


def title_completion(text: str, titled: Titled) -> str:
    """The last word with the rest of the title that begins as the text does; "" without one.

    `titled` gives a title that begins so, whatever its capitals.
    """
    words = text.split()
    if len(words) < WORDS_OF_TITLE or text[-1].isspace():
        return ""
    typed = " ".join(words)
    rest = titled(typed)[len(typed) :]
    return words[-1].lower() + rest if rest else ""


def completion(text: str, view: View, spots: Sequence[Spot]) -> str:
    """The word in most passages that begins with the unfinished last one; "" when there is none."""
    last = [term for spot in spots[-1:] for term in terms(spot)][-1:]
    if not last or last[0].how != "typed" or not text.lower().endswith(last[0].text):
        return ""
    typed = last[0].text
    if len(typed) < SHORTEST:
        return ""
    counts: Counter[str] = Counter()
    for segment, field in enumerate(view.rows("text").fields):
        numbers = field.words.beginning(typed.encode())
        holding = view.rows("text").counts(segment)
        for number in numbers if len(numbers) <= MOST else ():
            if field.widths[number] == 1 and holding[number]:
                counts[field.words[number].decode()] += int(holding[number])
        if max(len(numbers), len(counts)) > MOST:
            return ""
    best = min(counts, key=lambda word: (-counts[word], len(word), word), default="")
    return best if best != typed else ""
