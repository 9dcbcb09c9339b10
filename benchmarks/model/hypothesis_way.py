"""How the Hypothesis client places an annotation, to be measured beside our way.

Its strategy, written anew from its description: the exact position when the words still stand
there; else the words wherever they or something near them stands, ranked by words, context of 32
characters and distance from the old position.
"""

from __future__ import annotations

from reader.model.anchoring.anchor import Placement
from reader.model.document import Document
from reader.model.span import Span

CONTEXT = 32
MOST_ERRORS = 256
WORDS, PREFIX, SUFFIX, POSITION = 50, 20, 20, 2


def hypothesis_way(old: Document, new: Document, span: Span) -> Placement:
    """The place that the Hypothesis client would take."""
    quote = span.cut(old.text)
    prefix = old.text[max(0, span.start - CONTEXT) : span.start]
    suffix = old.text[span.end : span.end + CONTEXT]
    text = new.text
    if span.cut(text) == quote:
        return Placement(span, "kept", 1.0)
    best, best_score = None, -1.0
    for start, end, errors in matches(text, quote, min(MOST_ERRORS, len(quote) // 2)):
        before = likeness(text[max(0, start - len(prefix)) : start], prefix) if prefix else 1.0
        after = likeness(text[end : end + len(suffix)], suffix) if suffix else 1.0
        near = 1 - abs(start - span.start) / len(text)
        words = 1 - errors / len(quote)
        score = WORDS * words + PREFIX * before + SUFFIX * after + POSITION * near
        if score > best_score:
            best, best_score = Span(start, end), score
    total = WORDS + PREFIX + SUFFIX + POSITION
    return Placement(best, "moved" if best else "unplaced", max(0.0, best_score / total))


def likeness(text: str, wanted: str) -> float:
    """How near the nearest part of a text comes, 0 to 1."""
    found = matches(text, wanted, len(wanted)) if text else []
    return 1 - found[0][2] / len(wanted) if found else 0.0


def matches(text: str, wanted: str, most: int) -> list[tuple[int, int, int]]:
    """Start, end and errors of all parts of a text that are nearest to the wanted words."""
    exact, start = [], text.find(wanted)
    while start >= 0:
        exact.append((start, start + len(wanted), 0))
        start = text.find(wanted, start + 1)
    if exact:
        return exact
    errors = distances(wanted, text, anywhere=True)
    least = min(errors)
    if least > most:
        return []
    found = []
    for end in (end for end, one in enumerate(errors) if one == least):
        low = max(0, end - len(wanted) - least)
        back = distances(wanted[::-1], text[low:end][::-1], anywhere=False)
        found.append((end - back.index(least), end, least))
    return found


def distances(wanted: str, text: str, anywhere: bool) -> list[int]:
    """The edits between the wanted words and the part of a text that ends at each place.

    `anywhere`: the part may start anywhere, otherwise at the text's start (Myers 1999).
    """
    places: dict[str, int] = {}
    for at, character in enumerate(wanted):
        places[character] = places.get(character, 0) | 1 << at
    mask, last = (1 << len(wanted)) - 1, 1 << (len(wanted) - 1)
    first = 0 if anywhere else 1
    distance, rising, falling = len(wanted), mask, 0
    found = [distance]
    for character in text:
        equal = places.get(character, 0)
        diagonal = (((equal & rising) + rising) ^ rising) | equal | falling
        right_rising = falling | ~(diagonal | rising)
        right_falling = rising & diagonal
        if right_rising & last:
            distance += 1
        elif right_falling & last:
            distance -= 1
        right_rising = right_rising << 1 | first
        rising = (right_falling << 1 | ~(diagonal | right_rising)) & mask
        falling = right_rising & diagonal & mask
        found.append(distance)
    return found
