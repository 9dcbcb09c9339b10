from __future__ import annotations

import struct
import sys
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.pdf.page_map import Page, PageBox, PageMap, Word
from reader.model.pdf.page_words import PageWords
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
MAP = PageMap.of(PAGES, WORDS)


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


def test_letters_within_a_word_have_their_usual_widths() -> None:
    made = PageMap.decode(MAP.encode(), "Some words interrupted here")
    (wide,) = made.boxes(Span(5, 6))
    (narrow,) = made.boxes(Span(7, 8))
    assert wide.right - wide.left > 1.5 * (narrow.right - narrow.left)
    assert made.at(1, (wide.left + wide.right) / 2 + 1, 105) == 6


def test_words_of_one_height_in_two_columns_are_two_boxes() -> None:
    two = PageMap.of(PAGES[:1], [(0, 4, 1, 50, 100, 90, 112), (5, 9, 1, 300, 100, 340, 112)])
    assert len(two.boxes(Span(0, 9))) == 2


def test_words_far_apart_are_stretches_of_their_own() -> None:
    assert MAP.stretches_on(1) == [Span(0, 22)]
    assert MAP.stretches_on(3) == []
    page = Page(1, "1", 600.0, 800.0, 0, Span(0, 9_000))
    words = ((0, 4), (5, 9), (3_000, 3_004), (8_990, 9_000))
    far = PageMap.of([page], [(*span, 1, 50, 100, 90, 112) for span in words])
    assert far.stretches_on(1) == [Span(0, 9), Span(3_000, 3_004), Span(8_990, 9_000)]


def test_words_of_a_page() -> None:
    assert MAP.words_on(2) == [(Span(23, 27), PageBox(2, 50, 100, 90, 112))]
    assert len(MAP.words_on(1)) == 4
    assert [MAP.has_words(page.number) for page in MAP.pages] == [True, True, False]
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
    flat = PageMap.of(PAGES[:1], [(0, 4, 1, 50, 100, 50, 112)])
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
    assert PageMap.of((), ()).page_at(0) is None
    later = Page(1, "1", 600.0, 800.0, 0, Span(5, 9))
    assert PageMap.of([later], ()).page_at(2) is later


def test_where_the_text_ends() -> None:
    assert MAP.end == 27
    assert PageMap.of((), ()).end == 0


def test_what_is_no_map_is_refused() -> None:
    with pytest.raises(ValueError, match="numbered"):
        PageMap.of(PAGES[1:], ())
    with pytest.raises(ValueError, match="out of order"):
        PageMap.of(PAGES, [WORDS[1], WORDS[0]])
    with pytest.raises(ValueError, match="empty"):
        PageMap.of(PAGES, [(4, 4, 1, 0, 0, 1, 1)])
    for page in (0, 4):
        with pytest.raises(ValueError, match="no page"):
            PageMap.of(PAGES, [(0, 4, page, 0, 0, 1, 1)])


def test_what_lies_far_off_stays_within_the_numbers() -> None:
    far = PageMap.of(PAGES[:1], [(0, 4, 1, -1e12, 0.0, 1e12, 10.0)])
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
    made = PageMap.of(PAGES, words)
    assert same(PageMap.decode(made.encode()), made)
    for start, end, page, *_ in words:
        found = made.boxes(Span(start, end))
        assert len(found) == 1
        assert found[0].page == page


def test_a_map_is_small() -> None:
    lines = [(n * 8, n * 8 + 7, 1, 50.0, n * 14.0, 90.0, n * 14 + 12.0) for n in range(1000)]
    assert len(PageMap.of(PAGES[:1], lines).encode()) < 8000


def test_the_byte_order_of_the_machine_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = MAP.encode()
    monkeypatch.setattr(sys, "byteorder", "big")
    swapped = PageMap.of(PAGES, WORDS).encode()
    assert swapped != packed
    assert same(PageMap.decode(swapped), PageMap.of(PAGES, WORDS))


def packed(head: bytes, blocks: bytes = b"") -> bytes:
    squeezed = zlib.compress(head)
    return b"OPM2" + struct.pack("<I", len(squeezed)) + squeezed + blocks


def head_and_blocks() -> tuple[bytes, bytes]:
    whole = MAP.encode()
    (size,) = struct.unpack_from("<I", whole, 4)
    return zlib.decompress(whole[8 : 8 + size]), whole[8 + size :]


def damaged(head: bytes, blocks: bytes) -> str:
    with pytest.raises(ValueError) as caught:  # noqa: PT011  # the sentence is looked at
        PageMap.decode(packed(head, blocks)).check()
    return str(caught.value)


def test_damage_is_found() -> None:
    head, blocks = head_and_blocks()
    assert same(PageMap.decode(packed(head, blocks)), MAP)
    for whole, said in (
        (b"", "no map"),
        (b"OPM1 and more", "no map"),
        (b"OPM2", "damaged"),
        (b"OPM2\x04\0\0\0more", "damaged"),
        (MAP.encode()[:-5], "wrong length"),
        (MAP.encode() + b"more", "wrong length"),
        (b"OPM2\x08\0\0\0" + zlib.compress(b"x")[:8], "cut off"),
    ):
        with pytest.raises(ValueError, match=said):
            PageMap.decode(whole)
    assert "damaged" in damaged(b"", blocks)
    assert "damaged" in damaged(head[:20], blocks)
    assert "damaged" in damaged(struct.pack("<I", 2**31) + head[4:], blocks)
    assert "askew" in damaged(head[:4] + struct.pack("<d", 0.0) + head[12:], blocks)
    assert "askew" in damaged(head[:20] + struct.pack("<H", 45) + head[22:], blocks)
    # The first page's number of words, and where they begin.
    assert "too large" in damaged(head[:32] + struct.pack("<I", 2**31) + head[36:], blocks)
    assert "wrong length" in damaged(head[:32] + struct.pack("<I", 5) + head[36:], blocks)
    assert "not where" in damaged(head[:36] + struct.pack("<I", 1) + head[40:], blocks)
    assert "damaged" in damaged(head, b"\xff" * len(blocks))


def words_of(*planes: tuple[int, int]) -> bytes:
    """Two words, each given by all six steps of its planes."""
    return zlib.compress(b"".join(struct.pack("<2i", *plane) for plane in planes))


def test_damaged_words_are_found() -> None:
    still = (0, 0)
    good = words_of(still, (1, 1), still, still, (20, 0), (20, 0))
    assert PageWords.unpack(good, 2).span(1) == Span(1, 2)
    for bad, said in (
        (words_of(still, (1, 0), still, still, still, still), "empty"),
        (words_of(still, (1, 1), (9, 0), still, still, still), "inside out"),
        (words_of(still, (1, 1), still, (9, 0), still, still), "inside out"),
        (words_of((-1, 0), (1, 1), still, still, still, still), "damaged"),
        (words_of(still, (1, 1), (2**31 - 1, 9), still, still, still), "damaged"),
        (b"nothing", "damaged"),
    ):
        with pytest.raises(ValueError, match=said):
            PageWords.unpack(bad, 2)
    with pytest.raises(ValueError, match="cut off"):
        PageWords.unpack(good, 1)
    with pytest.raises(ValueError, match="wrong length"):
        PageWords.unpack(good, 3)
    with pytest.raises(ValueError, match="out of order"):
        PageWords((0, 1), (2, 3), ((0, 0),) * 4)


def test_words_of_two_pages_do_not_overlap() -> None:
    twice = PageWords((0,), (4,), ((0,),) * 4)
    one = PageMap.of(PAGES[:1], WORDS[:1])
    made = PageMap(PAGES[:2], [one._blocks[0], one._blocks[0]])
    assert twice.extent == Span(0, 4)
    with pytest.raises(ValueError, match="overlap"):
        PageMap.decode(made.encode()).check()
    MAP.check()


def test_only_some_pages_are_at_hand() -> None:
    many = [Page(n, str(n), 600.0, 800.0, 0, Span(n, n + 1)) for n in range(1, 101)]
    words = [(n, n + 1, n, 0.0, 0.0, 9.0, 9.0) for n in range(1, 101)]
    made = PageMap.decode(PageMap.of(many, words).encode())
    assert len(made.boxes(Span(0, 101))) == 100
    assert len(made._at_hand) == 64
    assert made.boxes(Span(0, 101), page=7) == [PageBox(7, 0, 0, 9, 9)]


def test_pages_that_share_text_are_told_apart_by_their_words() -> None:
    # A paragraph runs on above the footnote of the page before.
    first = Page(1, "1", 600.0, 800.0, 0, Span(0, 30))
    second = Page(2, "2", 600.0, 800.0, 0, Span(10, 20))
    words = [(0, 9, 1, 0, 0, 9, 9), (10, 20, 2, 0, 0, 9, 9), (21, 30, 1, 0, 20, 9, 29)]
    both = PageMap.of([first, second], words)
    assert both.page_at(5) is first
    assert both.page_at(12) is second
    assert both.page_at(25) is first
    assert [box.page for box in both.boxes(Span(0, 30))] == [1, 2, 1]
    gap = PageMap.of([first, second], words[:1])
    assert gap.page_at(15) is second


@given(st.binary(), st.integers(0, 10_000), st.booleans())
def test_any_bytes_are_a_map_or_refused(noise: bytes, where: int, in_head: bool) -> None:
    head, blocks = map(bytearray, head_and_blocks())
    raw = head if in_head else blocks
    where %= len(raw)
    raw[where : where + len(noise)] = noise
    try:
        made = PageMap.decode(packed(bytes(head), bytes(blocks)))
        made.check()
    except ValueError:
        return
    made.boxes(Span(0, made.end))
