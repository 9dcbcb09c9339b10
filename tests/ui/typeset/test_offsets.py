"""The map between the text's offsets and Qt's positions is exact both ways."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.ui.typeset.offsets import OffsetMap

_LEAVES = st.lists(
    st.tuples(
        st.text("ab é😀𝒳\u00a0", min_size=1, max_size=12),
        st.integers(0, 4),
        st.sets(st.integers(0, 11), max_size=4),
    ),
    min_size=1,
)


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(_LEAVES)
def test_every_offset_goes_there_and_back(leaves: list[tuple[str, int, set[int]]]) -> None:
    offsets, offset, position = OffsetMap(), 0, 0
    places: list[tuple[int, int]] = []
    for text, decoration, inside in leaves:
        position += decoration
        signs = sorted(i for i in inside if i < len(text))
        offsets.add(offset, text, position, signs)
        for i in range(len(text) + 1):
            # A sign stands before its character, and a place there counts as the character's.
            before = sum(sign <= i for sign in signs)
            places.append((offset + i, position + utf16(text[:i]) + before))
            if i in signs:
                assert offsets.offset(position + utf16(text[:i]) + before - 1) == offset + i
        offset += len(text) + 1
        position += utf16(text) + len(signs) + 1
    for there, here in places:
        assert offsets.position(there) == here
        assert offsets.offset(here) == there
    assert (offsets.start, offsets.end) == (0, offset - 1)


def test_a_place_in_the_middle_of_a_pair_of_surrogates_counts_as_the_character_before() -> None:
    offsets = OffsetMap()
    offsets.add(10, "a😀b", 5)
    assert [offsets.offset(position) for position in range(5, 10)] == [10, 11, 11, 12, 13]


def test_what_stands_before_a_leaf_counts_as_its_start() -> None:
    offsets = OffsetMap()
    offsets.add(0, "one", 0)
    offsets.add(4, "two", 7)  # a label of three characters before it
    assert offsets.offset(3) == 3
    assert offsets.offset(5) == offsets.offset(6) == offsets.offset(7) == 4
    assert offsets.position(3) == 3


def test_an_empty_map_answers_nought() -> None:
    offsets = OffsetMap()
    assert offsets.position(7) == offsets.offset(7) == offsets.start == offsets.end == 0
