"""Numbers as lists print them."""

from __future__ import annotations

import pytest

from reader.importers.common.numerals import letters, roman


@pytest.mark.parametrize(
    ("number", "printed"), [(0, ""), (1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA")]
)
def test_letters(number: int, printed: str) -> None:
    assert letters(number) == printed


@pytest.mark.parametrize(
    ("number", "printed"),
    [(0, "0"), (4, "IV"), (9, "IX"), (1949, "MCMXLIX"), (3999, "MMMCMXCIX"), (4000, "4000")],
)
def test_roman(number: int, printed: str) -> None:
    assert roman(number) == printed
