"""The words of drawings keep what is raised in them."""

from __future__ import annotations

import pytest

from tests.importers.html_pages import article, lines


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ("<text>10<tspan dy='-5'>9</tspan><tspan dy='5'>/L falls</tspan></text>", "10⁹/L falls"),
        ("<text>10<tspan baseline-shift='super'>9</tspan>/L</text>", "10⁹/L"),
        ("<text>10<tspan style='baseline-shift:40%'>9</tspan>/L</text>", "10⁹/L"),
        ("<text>CO<tspan style='baseline-shift: sub'>2</tspan> high</text>", "CO₂ high"),
        ("<text dy='.35em'>Dose <tspan>5 mg</tspan></text>", "Dose 5 mg"),
        ("<text><tspan x='0'>Dose</tspan><tspan x='0' dy='1.2em'>5 mg</tspan></text>", "Dose 5 mg"),
        ('<text><tspan x="0" y="1">Dose</tspan><tspan x="0" y="9">1 g</tspan></text>', "Dose 1 g"),
        ("<text y='1'><tspan x='0' y='1'>5 m</tspan><tspan x='4' y='1'>g</tspan></text>", "5 mg"),
    ],
)
def test_what_a_drawing_raises_is_raised_in_words(drawn: str, read: str) -> None:
    assert read in " ".join(lines(article(f"<svg width='9' height='9'>{drawn}</svg>")))
