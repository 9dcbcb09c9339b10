"""Whether two texts are editions of one."""

from __future__ import annotations

from reader.model.normal import words

_SIZE = 5
# With fewer sequences than these, a likeness may be a line that many texts share.
_FEWEST = 20


def shared(one: str, other: str) -> float:
    """The share of the sequences of five words of the shorter text that the other has, 0 to 1.

    0 when one of them is too short to tell.
    """
    first, second = _sequences(one), _sequences(other)
    fewest = min(len(first), len(second))
    return len(first & second) / fewest if fewest >= _FEWEST else 0.0


def _sequences(text: str) -> set[tuple[str, ...]]:
    keys = words(text).keys
    return set(zip(*(keys[k:] for k in range(_SIZE)), strict=False))
