from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.model.anchoring.edit_distance import similarity

SHORT = st.text(alphabet="abc ", max_size=12)


def edits(a: str, b: str) -> int:
    """The edits between two strings by the table that every textbook has."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        above, row = row, [i]
        for j, y in enumerate(b, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (x != y)))
    return row[-1]


@given(SHORT, SHORT)
def test_it_is_the_textbooks_distance(a: str, b: str) -> None:
    assert similarity(a, b) == 1 - edits(a, b) / max(len(a), len(b), 1)


@given(SHORT, SHORT)
def test_it_is_the_same_both_ways(a: str, b: str) -> None:
    assert similarity(a, b) == similarity(b, a)


def test_long_strings() -> None:
    assert similarity("ketamine " * 200, "ketamine " * 199 + "ketamin") == 1 - 2 / 1800
