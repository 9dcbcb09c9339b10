from __future__ import annotations

import struct
import sys
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.pages import Page, PageBox, PageMap, Word
from reader.model.span import Span

PAGES = (
    Page(1, "i", 600.0, 800.0, 0, Span(0, 22)),
    Page(2, "ii", 800.0, 600.0, 90, Span(23, 27)),
    Page(3, "1", 600.0, 800.0, 0, Span(27, 27)),
)
# "Some words inter|rupted here": the third stands in two pieces on two lines.
WORDS: tuple[Word, ...] = (
    (0, 4, 1, 50, 100, 90, 112),
    (5, 10, 1, 95, 100, 145, 112),
    (11, 16, 1, 150, 101, 200, 111),
    (16, 22, 1, 50, 115, 110, 127),
    (23, 27, 2, 50, 100, 90, 112),
)
MAP = PageMap(PAGES, WORDS)


def test_a_span_is_one_box_a_line() -> None:
    assert MAP.boxes(Span(0, 27)) == [
        PageBox(1, 50, 100, 200, 112),
        PageBox(1, 50, 115, 110, 127),
        PageBox(2, 50, 100, 90, 112),
    ]
    assert MAP.boxes(Span(4, 5)) == []
    assert MAP.boxes(Span(3, 3)) == []
    assert MAP.boxes(Span(100, 120)) == []


def test_part_of_a_word_is_part_of_its_box() -> None:
    assert MAP.boxes(Span(6, 8)) == [PageBox(1, 105, 100, 125, 112)]


def test_words_of_one_height_in_two_columns_are_two_boxes() -> None:
    two = PageMap(PAGES[:1], [(0, 4, 1, 50, 100, 90, 112), (5, 9, 1, 300, 100, 340, 112)])
    assert len(two.boxes(Span(0, 9))) == 2


def test_words_of_a_page() -> None:
    assert MAP.words_on(2) == [(Span(23, 27), PageBox(2, 50, 100, 90, 112))]
    assert len(MAP.words_on(1)) == 4
    assert MAP.words_on(3) == MAP.words_on(0) == MAP.words_on(4) == []


def test_the_nearest_place_in_the_text() -> None:
    assert MAP.at(1, 50, 105) == 0
    assert MAP.at(1, 71, 105) == 2
    assert MAP.at(1, 500, 104) == 16
    assert MAP.at(1, 0, 799) == 16
    assert MAP.at(2, 90, 105) == 27
    assert MAP.at(3, 10, 10) is None
    assert MAP.at(9, 10, 10) is None


def test_a_line_counts_more_than_a_place_in_it() -> None:
    assert MAP.at(1, 300, 122) == 22


def test_a_word_without_width_is_at_its_start() -> None:
    flat = PageMap(PAGES[:1], [(0, 4, 1, 50, 100, 50, 112)])
    assert flat.at(1, 400, 105) == 0


def test_a_word_is_whole_with_all_its_pieces() -> None:
    assert MAP.word_at(1, 60, 120) == Span(11, 22)
    assert MAP.word_at(1, 170, 105) == Span(11, 22)
    assert MAP.word_at(3, 60, 120) is None


def test_between_two_places_are_whole_words() -> None:
    assert MAP.between((1, 60, 105), (1, 110, 105)) == Span(0, 10)
    assert MAP.between((2, 60, 105), (1, 170, 105)) == Span(11, 27)
    assert MAP.between((3, 60, 105), (1, 170, 105)) is None
    assert MAP.between((1, 60, 105), (3, 170, 105)) is None


def test_the_page_of_a_place() -> None:
    assert MAP.page_at(0) is PAGES[0]
    assert MAP.page_at(22) is PAGES[0]
    assert MAP.page_at(24) is PAGES[1]
    assert MAP.page_at(500) is PAGES[2]
    assert PageMap((), ()).page_at(0) is None
    later = Page(1, "1", 600.0, 800.0, 0, Span(5, 9))
    assert PageMap([later], ()).page_at(2) is later


def test_where_the_text_ends() -> None:
    assert MAP.end == 27
    assert PageMap((), ()).end == 0


def test_what_is_no_map_is_refused() -> None:
    with pytest.raises(ValueError, match="numbered"):
        PageMap(PAGES[1:], ())
    with pytest.raises(ValueError, match="out of order"):
        PageMap(PAGES, [WORDS[1], WORDS[0]])
    with pytest.raises(ValueError, match="empty"):
        PageMap(PAGES, [(4, 4, 1, 0, 0, 1, 1)])
    for page in (0, 4):
        with pytest.raises(ValueError, match="no page"):
            PageMap(PAGES, [(0, 4, page, 0, 0, 1, 1)])


def test_what_lies_far_off_stays_within_the_numbers() -> None:
    far = PageMap(PAGES[:1], [(0, 4, 1, -1e12, 0.0, 1e12, 10.0)])
    assert PageMap.decode(far.encode()).at(1, 0, 5) == 2


def same(one: PageMap, other: PageMap) -> bool:
    numbers = range(1, len(one.pages) + 1)
    return one.pages == other.pages and all(one.words_on(n) == other.words_on(n) for n in numbers)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 9),
            st.integers(1, 9),
            st.integers(1, 3),
            st.floats(-100, 14_400),
            st.floats(0, 14_400),
            st.floats(0, 600),
            st.floats(0, 90),
        )
    )
)
def test_a_map_comes_back_as_it_was(given_words: list[Word]) -> None:
    words: list[Word] = []
    end = 0
    for gap, size, page, left, top, width, height in given_words:
        start = end + gap
        end = start + size
        words.append((start, end, page, left, top, left + width, top + height))
    made = PageMap(PAGES, words)
    assert same(PageMap.decode(made.encode()), made)
    for start, end, page, *_ in words:
        found = made.boxes(Span(start, end))
        assert len(found) == 1
        assert found[0].page == page


def test_a_map_is_small() -> None:
    lines = [(n * 8, n * 8 + 7, 1, 50.0, n * 14.0, 90.0, n * 14 + 12.0) for n in range(1000)]
    assert len(PageMap(PAGES[:1], lines).encode()) < 8000


def test_the_byte_order_of_the_machine_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = MAP.encode()
    monkeypatch.setattr(sys, "byteorder", "big")
    swapped = MAP.encode()
    assert swapped != packed
    assert same(PageMap.decode(swapped), MAP)
    assert same(MAP, PageMap(PAGES, WORDS))


def damaged(raw: bytes) -> str:
    with pytest.raises(ValueError) as caught:  # noqa: PT011  # the sentence is looked at
        PageMap.decode(b"OPM1" + zlib.compress(raw))
    return str(caught.value)


def test_damage_is_found() -> None:
    raw = zlib.decompress(MAP.encode()[4:])
    with pytest.raises(ValueError, match="no map"):
        PageMap.decode(b"")
    with pytest.raises(ValueError, match="damaged"):
        PageMap.decode(b"OPM1 and more")
    with pytest.raises(ValueError, match="cut off"):
        PageMap.decode(MAP.encode()[:-5])
    with pytest.raises(ValueError, match="cut off"):
        PageMap.decode(MAP.encode() + b"more")
    assert "damaged" in damaged(b"")
    assert "damaged" in damaged(raw[:20])
    assert "wrong length" in damaged(raw[:-1])
    assert "too large" in damaged(struct.pack("<II", 1, 2**31) + raw[8:])
    assert "too large" in damaged(struct.pack("<II", 2**31, 1) + raw[8:])
    assert "askew" in damaged(raw[:8] + struct.pack("<d", 0.0) + raw[16:])
    assert "askew" in damaged(raw[:24] + struct.pack("<H", 45) + raw[26:])
    assert "inside out" in damaged(raw[:-20] + struct.pack("<i", -9000) + raw[-16:])
    assert "damaged" in damaged(raw[:-140] + b"\xff" * 20 + raw[-120:])


@given(st.binary(), st.integers(0, 10_000))
def test_any_bytes_are_a_map_or_refused(noise: bytes, where: int) -> None:
    raw = bytearray(zlib.decompress(MAP.encode()[4:]))
    where %= len(raw)
    raw[where : where + len(noise)] = noise
    try:
        made = PageMap.decode(b"OPM1" + zlib.compress(bytes(raw)))
    except ValueError:
        return
    made.boxes(Span(0, made.end))
