"""Pages inside a page are read in their place, and what stands for frames that are not there."""

from __future__ import annotations

import pytest

from reader.importers.common.images import Assets
from reader.importers.html.read import read_page
from reader.model.document import Document
from tests.importers.html_pages import article, left, lines


def test_a_page_in_an_attribute_is_read_in_its_place() -> None:
    made = article("<p>a</p><iframe srcdoc='<p>Give <b>5</b> mg &amp;amp; rest'></iframe><p>b</p>")
    assert lines(made) == ["a", "Give 5 mg & rest", "b"]


def test_frames_inside_frames_are_read_to_some_depth() -> None:
    inner = "<p>deep</p>"
    for _ in range(3):
        quoted = inner.replace("&", "&amp;").replace('"', "&quot;")
        inner = f'<p>level</p><iframe srcdoc="{quoted}"></iframe>'
    assert lines(article(inner)) == ["level", "level", "level", "deep"]


@pytest.mark.parametrize("page", ["", " ", "<!-- x -->", "<p></p>"])
def test_an_empty_page_leaves_nothing(page: str) -> None:
    assert lines(article(f"<p>a</p><iframe srcdoc='{page}'></iframe>")) == ["a"]


def test_what_stands_for_a_frame_is_listed_without_its_marks() -> None:
    made = article("<iframe src='https://x.org'><p>See <b>there</b>.</p></iframe>")
    assert ("embedded object", "See there.") in left(made)


FRAMES = (
    "<html><head><title>T</title></head><frameset cols='1,1'><frame src='a.html'><frame src='b'>"
    "<noframes><body><p>Give 5 mg.</p></body></noframes></frameset></html>"
)


def framed(**pages: str) -> Document:
    return read_page(
        FRAMES,
        Assets(),
        page_of=lambda address: pages.get(address.partition(".")[0]),
        id="0" * 64,
        source="a.html",
        importer="html/3",
    )


def test_a_frameset_says_what_stands_for_its_frames() -> None:
    assert lines(framed()) == ["Give 5 mg."]


def test_a_frameset_shows_the_pages_that_are_in_the_file() -> None:
    assert lines(framed(a="<p>First.</p>", b="<p>Second.</p>")) == ["First.", "Second."]
