"""Who wrote a page, by what its head says."""

from __future__ import annotations

import pytest

from reader.importers.common.images import Assets
from reader.importers.html.read import read_page

BODY = "<h1>A Page of Words</h1><p>Here are words enough to be read as a page of an article.</p>"


def authors(*tags: tuple[str, str]) -> tuple[str, ...]:
    head = "".join(f'<meta name="{name}" content="{content}">' for name, content in tags)
    page = f"<html><head>{head}</head><body>{BODY}</body></html>"
    return read_page(page, Assets(), id="0" * 64, source="a.html").authors


@pytest.mark.parametrize(
    ("said", "author"),
    [
        ("World Health Organization", "World Health Organization"),
        ("Smith and Nephew Research Group", "Smith and Nephew Research Group"),
        ("van der Berg, A. B.", "A. B. van der Berg"),
        ("Müller, Hans-Jörg", "Hans-Jörg Müller"),
        ("O'Brien, Seán, Jr.", "Seán O'Brien Jr."),
        ("Ada Brown, MD", "Ada Brown"),
    ],
)
def test_a_tag_for_each_author_is_one_author(said: str, author: str) -> None:
    assert authors(("citation_author", said)) == (author,)


def test_several_in_one_tag_are_parted() -> None:
    assert authors(("citation_author", "Brown, Ada; Lee, Bo")) == ("Ada Brown", "Bo Lee")
    assert authors(("author", "Ada Brown and Bo Lee")) == ("Ada Brown", "Bo Lee")
