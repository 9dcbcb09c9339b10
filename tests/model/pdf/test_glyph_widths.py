from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.model.pdf.glyph_widths import letters_before, share_before, width_of


def test_letters_have_their_usual_widths() -> None:
    assert width_of("i") < width_of("n") < width_of("m")
    assert width_of("0") == width_of("9")
    assert width_of("ß") == width_of("\U0001f600") == width_of("\t")


def test_a_bracket_is_narrow() -> None:
    assert share_before("(NMDA)", 1) < 1 / 6
    assert share_before("", 0) == 0.0


@given(st.text(min_size=1), st.integers(0, 50))
def test_a_letters_share_is_found_again(word: str, count: int) -> None:
    count = min(count, len(word))
    share = share_before(word, count)
    assert 0 <= share <= 1
    assert letters_before(word, share) == count
    assert letters_before(word, 2.0) == len(word)
    assert letters_before(word, -1.0) == 0
