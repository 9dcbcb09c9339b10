"""Lines are cut where they must be, and what matched is bold at the right place."""

from __future__ import annotations

import pytest

from reader.model.span import Span
from reader.ui.widgets.row_text import lay_out
from reader.ui.widgets.theme import sans

pytestmark = pytest.mark.usefixtures("dressed")
LONG = "Small doses calm within hours, which no tablet does. " * 40


def test_a_short_text_takes_one_line_and_is_whole() -> None:
    paragraph = lay_out("Side Effects", sans(13), 200, 18, most_lines=3)
    assert (paragraph.height, paragraph.cut) == (18, False)
    assert paragraph.layout.text() == "Side Effects"


def test_a_long_text_is_cut_with_an_ellipsis() -> None:
    paragraph = lay_out(LONG, sans(13), 200, 18, most_lines=3)
    assert paragraph.height == 3 * 18
    assert paragraph.cut
    assert paragraph.layout.text().endswith("…")
    assert LONG.startswith(paragraph.layout.text()[:-1])


def test_a_text_that_fills_its_lines_exactly_is_not_cut() -> None:
    paragraph = lay_out("one\ntwo\nthree", sans(13), 200, 18, most_lines=3)
    assert (paragraph.height, paragraph.cut) == (3 * 18, False)


def test_without_a_limit_all_lines_are_there() -> None:
    paragraph = lay_out(LONG, sans(13), 200, 18)
    assert not paragraph.cut
    assert paragraph.height > 20 * 18
    assert paragraph.layout.text() == LONG


def test_a_cut_in_a_text_of_pairs_of_surrogates_leaves_them_whole() -> None:
    paragraph = lay_out("😀 " * 200, sans(13), 120, 18, most_lines=2)
    kept = paragraph.layout.text().removesuffix("…")
    assert kept
    assert set(kept) <= {"😀", " "}


def test_what_matched_is_bold_counted_in_code_points() -> None:
    text = "😀 the NMDA receptor"
    start = text.index("NMDA")
    paragraph = lay_out(text, sans(13), 300, 18, 0, (Span(start, start + 4),), "#FF0000")
    (bold,) = paragraph.layout.formats()
    # Qt counts the face as two.
    assert (bold.start, bold.length) == (start + 1, 4)
    assert bold.format.font().weight() == 600
    assert bold.format.foreground().color().name() == "#ff0000"


def test_lines_are_flush_right_in_a_mirrored_window() -> None:
    # The lines are gone with their layout, which is therefore held here.
    plain = lay_out("Uses", sans(13), 200, 18)
    mirrored = lay_out("Uses", sans(13), 200, 18, mirrored=True)
    assert plain.layout.lineAt(0).naturalTextRect().left() < 1
    assert abs(mirrored.layout.lineAt(0).naturalTextRect().right() - 200) < 1
