from __future__ import annotations

import numpy as np

from reader.search.token_slots import Lexicon, Slots, Stream


def laid_out(*texts: str, blocks: tuple[int, ...] = ()) -> tuple[Slots, list[str]]:
    lexicon = Lexicon()
    stream = Stream(lexicon)
    for text in texts:
        stream.add(text, blocks=blocks)
    slots = stream.lay_out(lexicon.tables())
    surfaces = list(lexicon.surfaces)
    return slots, [surfaces[n] for n in slots.surface.tolist()]


def test_each_word_has_a_slot_and_joined_forms_share_that_of_their_first_piece() -> None:
    slots, surfaces = laid_out("give β-blockers now")
    assert surfaces == ["give", "beta", "blockers", "now", "betablockers\x1f2"]
    assert slots.slot.tolist() == [0, 1, 2, 3, 1]
    assert slots.gaps.tolist() == [0, 1, 1, 1]
    assert slots.sizes.tolist() == [4, 1, 8, 3]
    assert slots.words.tolist() == [4]


def test_an_empty_slot_stands_between_blocks_but_not_before_the_first() -> None:
    slots, _ = laid_out("one two three", blocks=(0, 4, 8))
    assert slots.slot.tolist() == [0, 2, 4]
    assert slots.sizes.tolist() == [3, 0, 3, 0, 5]
    assert slots.gaps.tolist() == [0, 0, 1, 0, 1]


def test_wide_gaps_take_more_slots() -> None:
    slots, _ = laid_out("." * 600 + "one" + "." * 255 + "two")
    assert slots.slot.tolist() == [2, 4]
    assert slots.gaps.tolist() == [255, 255, 90, 255, 0]
    assert np.cumsum(slots.gaps.astype(int) + slots.sizes).tolist() == [255, 510, 603, 858, 861]


def test_passages_without_words_have_no_slots() -> None:
    slots, _ = laid_out("one", "---", "", "two three")
    assert slots.first.tolist() == [0, 1, 1, 1, 3]
    assert slots.words.tolist() == [1, 0, 0, 2]


def test_no_words_at_all() -> None:
    slots, surfaces = laid_out("...")
    assert surfaces == []
    assert slots.first.tolist() == [0, 0]


def test_a_range_of_the_stream_is_a_range_of_slots() -> None:
    slots, _ = laid_out("one two three four")
    starts, ends = slots.between([4, 14, 19], [13, 18, 19])
    assert starts.tolist() == [1, 3, 4]
    assert ends.tolist() == [3, 4, 4]
