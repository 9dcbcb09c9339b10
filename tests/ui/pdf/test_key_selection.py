"""Selecting on printed pages by keyboard, to the sides."""

from __future__ import annotations

import pytest

from reader.model.span import Span
from reader.ui.pdf.key_selection import with_word, without_word

TEXT = "Give 5 mg\nslowly. "


@pytest.mark.parametrize(
    ("span", "longer"),
    [
        (Span(0, 0), Span(0, 4)),
        (Span(0, 4), Span(0, 6)),
        (Span(5, 9), Span(5, 17)),
        (Span(5, 17), Span(5, 17)),
    ],
)
def test_a_word_more(span: Span, longer: Span) -> None:
    assert with_word(TEXT, span) == longer


@pytest.mark.parametrize(
    ("span", "shorter"),
    [
        (Span(0, 17), Span(0, 9)),
        (Span(0, 6), Span(0, 4)),
        (Span(5, 9), Span(5, 6)),
        (Span(0, 4), Span(0, 4)),
        (Span(0, 0), Span(0, 0)),
    ],
)
def test_a_word_less_but_never_the_last(span: Span, shorter: Span) -> None:
    assert without_word(TEXT, span) == shorter
