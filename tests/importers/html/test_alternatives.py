"""Words for pictures that stand elsewhere than in their `alt` are read all the same."""

from __future__ import annotations

import pytest

from tests.importers.html_pages import article, lines


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        ("Do <i class=fa aria-label=not></i> give", "Do not give"),
        ("Do <i class=fa title=not></i> give", "Do not give"),
        ("Do <span role=img aria-label=not></span> give", "Do not give"),
        ("Do <span class=icon-no title=not>\ue001</span> give", "Do not give"),
        ("Do <span aria-label=not><svg width=9 height=9><path/></svg></span> give", "Do not give"),
        ("Do <span aria-label=not><img src=a.png width=9></span> give", "Do not give"),
        ("Do <span title='ctx=1&amp;b'></span> give", "Do give"),
        ("Do <i aria-hidden=true aria-label=not></i> give", "Do give"),
        ("Do <span role=img aria-label=warning>⚠</span> give", "Do ⚠ give"),
        ("Do <button><i aria-label=Close></i></button> give", "Do give"),
        ("<a href='https://x.org'>Do <i aria-label=not></i></a> give", "Do not give"),
    ],
)
def test_labels_of_icons_are_read(inner: str, words: str) -> None:
    assert lines(article(f"<p>{inner}</p>")) == [words]


def test_cells_with_icons_alone_say_what_they_are_called() -> None:
    made = article(
        "<table><tr><th>Drug</th><th>Safe</th></tr><tr><td>A</td><td><i class=yes aria-label=Yes>"
        "</i></td></tr><tr><td>B</td><td><i class=no aria-label=No></i></td></tr></table>"
    )
    assert [c.span.cut(made.text) for c in made.tables[0].cells][-4:] == ["A", "Yes", "B", "No"]


def test_a_drawn_block_is_a_picture_with_its_label() -> None:
    made = article("<div role=img aria-label='Chart of doses by age'></div>")
    assert [figure.alternative for figure in made.figures] == ["Chart of doses by age"]


def test_areas_of_an_image_map_add_their_words() -> None:
    areas = "<map name=m><area alt='Left arm'><area title=Leg><area><area alt=Body></map>"
    made = article(f"<p>x</p><img src=a.png usemap='#m' alt='Body map'>{areas}<map name=n></map>")
    assert [f.alternative for f in made.figures] == ["Body map: Left arm; Leg"]


def test_a_picture_with_other_sources_is_kept() -> None:
    made = article("<picture><source srcset='a.webp'><img src='a.png' alt='An ECG'></picture>")
    assert [figure.alternative for figure in made.figures] == ["An ECG"]
