"""How characters are read aloud stands apart from them."""

from __future__ import annotations

import pytest

from tests.importers.html_pages import article, lines


@pytest.mark.parametrize(
    "page",
    [
        "<ruby>敗<rt>hai</rt>血<rt>ketsu</rt></ruby> is severe.",
        "<ruby>敗<rp>(</rp><rt>hai</rt><rp>)</rp>血<rp>(</rp><rt>ketsu</rt><rp>)</rp></ruby>"
        " is severe.",
        "<ruby>敗<rt><b>hai</b></rt>血<rt> ketsu </rt><rt></rt></ruby> is severe.",
    ],
)
def test_a_reading_stands_in_parentheses(page: str) -> None:
    assert lines(article(f"<p>{page}</p>")) == ["敗(hai)血(ketsu) is severe."]
