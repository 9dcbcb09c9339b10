"""How near two strings are.

Source: G. Myers, A fast bit-vector algorithm for approximate string matching (J. ACM 46, 1999), in
the form of H. Hyyrö (2001). A column of the table is one Python integer, so that a character of one
string costs a dozen operations, however long the other is.
"""

from __future__ import annotations


def similarity(a: str, b: str) -> float:
    """How near two strings are: 1 when equal, 0 when nothing of one is in the other."""
    if a == b:
        return 1.0
    return 1 - _distance(a, b) / max(len(a), len(b))


def _distance(a: str, b: str) -> int:
    """How many characters must be changed, put in or taken out to make one of the other."""
    if not a:
        return len(b)
    places: dict[str, int] = {}
    for at, character in enumerate(a):
        places[character] = places.get(character, 0) | 1 << at
    mask, last = (1 << len(a)) - 1, 1 << (len(a) - 1)
    distance = len(a)
    rising, falling = mask, 0
    for character in b:
        equal = places.get(character, 0)
        diagonal = (((equal & rising) + rising) ^ rising) | equal | falling
        right_rising = falling | ~(diagonal | rising)
        right_falling = rising & diagonal
        if right_rising & last:
            distance += 1
        elif right_falling & last:
            distance -= 1
        right_rising = right_rising << 1 | 1
        rising = (right_falling << 1 | ~(diagonal | right_rising)) & mask
        falling = right_rising & diagonal & mask
    return distance
