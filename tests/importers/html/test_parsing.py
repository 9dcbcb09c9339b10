"""Pages that are no tree are read alike whatever Python reads them."""

from __future__ import annotations

import pytest

from reader.importers.html.parsing import is_flat, parse_html
from reader.problem import Problem

DEEP = "<div>" * 300


def blocks(page: str) -> list[tuple[str, str]]:
    root = parse_html(page)
    assert is_flat(root)
    return [(str(one.tag), one.text or "") for one in root[0]]


def test_a_page_that_is_nested_too_deeply_is_read_side_by_side() -> None:
    page = f"{DEEP}<h2>Doses</h2>Give 5&nbsp;mg &amp; wait.<p>Not <b>more</b>.</p>"
    assert blocks(page) == [("h2", "Doses"), ("p", "Give 5 mg & wait."), ("p", "Not more.")]


@pytest.mark.parametrize(
    "hidden",
    ["<!-- no > no -->", "<!---->", "<script>if (a</b) '</p>'</script >", "<STYLE>p{}</STYLE\n>"]
    + ["<title>no</title>", "<textarea><p>no</textarea>", "<svg><text>no</text></svg>", "<?php ?>"]
    + ["<noscript>no</noscript>", "<template><p>no</p></template>", "<!x>", "</ no>", "<p a='>'>"]
    + ['<a title=">" href=x>', "<br/>", "<!-- no --!>"],
)
def test_what_is_no_text_is_not_read(hidden: str) -> None:
    words = " ".join(text for _, text in blocks(f"{DEEP}<p>Give {hidden} 5 mg"))
    assert words == "Give 5 mg"


@pytest.mark.parametrize(
    "cut", ["<p class='a", '<a href="x', "<html lang=3", "<!-- x", "<script>x"]
)
def test_what_the_end_cuts_off_is_not_shown(cut: str) -> None:
    assert blocks(f"{DEEP}Give 5 mg{cut}") == [("p", "Give 5 mg")]


@pytest.mark.parametrize("text", ["a < b", "x <3", "a <> b", "< 5"])
def test_a_sign_that_opens_no_tag_is_text(text: str) -> None:
    assert blocks(f"{DEEP}{text}") == [("p", text)]


def test_a_page_that_is_nothing_but_the_start_of_a_tag_holds_no_text() -> None:
    with pytest.raises(Problem, match="holds no text"):
        parse_html('<!DOCTYPE html><html lang="en" class=" supports')


def test_an_endless_page_takes_no_time_beyond_its_length() -> None:
    assert blocks(DEEP + "Give" + "<a " * 200_000) == [("p", "Give")]
    assert blocks(DEEP + "Give" + "<!--" * 100_000) == [("p", "Give")]
