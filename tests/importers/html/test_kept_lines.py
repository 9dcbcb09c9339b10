"""Line ends that a style keeps are line ends on the page."""

from __future__ import annotations

import pytest

from tests.importers.html_pages import article, lines

ROWS = "Adrenaline 1 mg\nAtropine 3 mg"


@pytest.mark.parametrize(
    "page",
    [
        f"<p style='white-space: pre-line'>{ROWS}</p>",
        f"<div style='white-space:pre-wrap !important'>\n{ROWS}\n</div>",
        f"<style>.doses {{ white-space: pre }}</style><div class=doses><p>{ROWS}</p></div>",
        f"<style>.x p {{ white-space: break-spaces }}</style><div class=x><p>{ROWS}</p></div>",
        "<p style='white-space: pre-line'>Adrenaline <b>1 mg</b>\nAtropine 3 mg</p>",
        "<p style='white-space: pre-line'>Adrenaline 1 mg\n<b>Atropine</b> 3 mg</p>",
        "<p style='white-space: pre-line'><b>Adrenaline</b> 1 mg\r\n\t<b>Atropine 3 mg</b>\n</p>",
        "<p style='white-space: pre-line'><b>Adrenaline 1 mg</b>\n<b>Atropine 3 mg</b></p>",
        f"<p><span style='white-space-collapse: preserve-breaks'>{ROWS}</span></p>",
    ],
)
def test_lines_that_a_style_keeps_stay_lines(page: str) -> None:
    assert "Adrenaline 1 mg\nAtropine 3 mg" in "\n".join(lines(article(page)))


@pytest.mark.parametrize(
    "page",
    [
        f"<p>{ROWS}</p>",
        f"<p style='white-space: nowrap'>{ROWS}</p>",
        f"<pre>x</pre><p style='white-space: normal'>{ROWS}</p>",
        f"<div style='white-space: pre'><p style='white-space: normal'>{ROWS}</p></div>",
    ],
)
def test_line_ends_of_the_source_alone_are_spaces(page: str) -> None:
    assert "Adrenaline 1 mg Atropine 3 mg" in lines(article(page))


def test_columns_set_by_spaces_stay_columns() -> None:
    page = article("<div style='white-space: pre'>Adrenaline    1 mg\nAtropine      3 mg</div>")
    assert "Adrenaline    1 mg\nAtropine      3 mg" in "\n".join(lines(page))


def test_a_cell_keeps_its_lines() -> None:
    page = article(
        "<table><tr><td>Dose<td style='white-space: pre-line'>1 mg\n3 mg<tr><td>x<td>y</table>"
    )
    assert "1 mg\n3 mg" in "\n".join(lines(page))


def test_blocks_under_such_a_style_stay_as_they_are() -> None:
    page = article("<div style='white-space: pre-line'>\n <p>One.</p>\n\n <p>Two.</p>\n</div>")
    assert [line for line in lines(page) if line] == ["One.", "Two."]
