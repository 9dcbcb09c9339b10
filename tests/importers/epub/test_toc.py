from __future__ import annotations

from pathlib import Path

import pytest

from reader.importers.common.xml import parse_xml
from reader.importers.epub.toc import Entry, entries_in, put_headings
from reader.importers.html.parsing import parse_html
from reader.problem import Problem
from tests.importers.epub.test_package import NAV, PNG, book, page, reading


def contents(*lines: str) -> str:
    return page(f'<nav epub:type="toc"><ol>{"".join(lines)}</ol></nav>')


def outline(folder: Path, pages: dict[str, str], nav: str) -> list[tuple[int, str]]:
    document = reading(folder, book(pages, {"OPS/nav.xhtml": nav}, NAV)).document
    return [(section.level, section.title) for section in document.sections]


def test_lines_of_the_contents_and_of_no_other_list() -> None:
    nav = page(
        '<nav epub:type="landmarks"><ol><li><a href="x.xhtml">Cover</a></li></ol></nav>'
        '<nav epub:type="toc"><ol><li><a href="../a%20b.xhtml#n">One</a><ol><li><a href="c.xhtml">'
        'Two</a></li></ol></li><li><a href="#own">Own</a></li><li><a href="d.xhtml"> </a></li></ol>'
        "</nav>"
    )
    assert entries_in(parse_xml(nav.encode(), "n"), "OPS/t/nav.xhtml") == [
        Entry("OPS/a b.xhtml", "n", "One", 1),
        Entry("OPS/t/c.xhtml", "", "Two", 2),
    ]


def test_lines_of_the_older_contents() -> None:
    def point(label: str, target: str, inside: str = "") -> str:
        return (
            f"<navPoint><navLabel><text>{label}</text></navLabel><content src='{target}'/>"
            f"{inside}</navPoint>"
        )

    ncx = f"<ncx><navMap>{point('One', 'a.html', point('Two', 'a.html#n'))}</navMap></ncx>"
    assert entries_in(parse_xml(ncx.encode(), "n"), "OPS/n.ncx") == [
        Entry("OPS/a.html", "", "One", 1),
        Entry("OPS/a.html", "n", "Two", 2),
    ]


def test_chapters_nest_under_their_part_as_the_contents_say(tmp_path: Path) -> None:
    pages = {
        "p.xhtml": page("<p>The first part.</p>"),
        "c.xhtml": page("<h1>Fever</h1><p>Words.</p><h2>Causes</h2><p>More.</p>"),
    }
    nav = contents(
        '<li><a href="p.xhtml">Part one</a><ol><li><a href="c.xhtml">Fever</a></li></ol></li>'
    )
    assert outline(tmp_path, pages, nav) == [(1, "Part one"), (2, "Fever"), (3, "Causes")]


@pytest.mark.parametrize(
    ("body", "made"),
    [
        ('<h2 id="n">Own title</h2><p>Words.</p>', ["Own title"]),
        ('<h2><a id="n"></a>Own title</h2><p>Words.</p>', ["Own title"]),
        ('<div id="n"><h2>Own title</h2><p>Words.</p></div>', ["Own title"]),
        ('<p>Before.</p><a id="n"></a><!-- c --><h2>Own title</h2>', ["Own title"]),
        ('<p id="n"></p><!-- c -->words<h2>Own title</h2>', ["The line", "Own title"]),
        ('<p>Before.</p><p id="n">The line!</p><p>Words.</p>', ["The line"]),
        ('<p>Before.</p><p id="n">Words.</p>', ["The line"]),
        ('<p>Before.</p><p>Some <a id="n">words</a> here.</p>', ["The line"]),
        ('<p>Before.</p><div id="n"><p>Words.</p><p>More.</p></div>', ["The line"]),
        ('<p>Before.</p><p id="n"></p>words <h2></h2>', ["The line"]),
        ('<p>Before.</p><a id="n"></a>', ["The line"]),
        ('<p>Before.</p><p id="n"></p><h2></h2>', ["The line"]),
        ('<ul><li id="n">Words.</li></ul>', []),
        ("<p>Words.</p>", ["The line"]),
    ],
)
def test_a_place_that_the_contents_name_has_a_heading(
    tmp_path: Path, body: str, made: list[str]
) -> None:
    nav = contents('<li><a href="a.xhtml#n">The line</a></li>')
    found = outline(tmp_path, {"a.xhtml": page(body)}, nav)
    assert [title.rstrip("!") for _, title in found] == made


def test_nothing_is_lost_where_a_heading_is_put(tmp_path: Path) -> None:
    nav = contents('<li><a href="a.xhtml#n">The line</a></li>')
    body = '<p>Before.</p><div><p id="n">Words.</p>after</div>'
    document = reading(
        tmp_path, book({"a.xhtml": page(body)}, {"OPS/nav.xhtml": nav}, NAV)
    ).document
    assert document.text == "Before.\nThe line\nWords.\nafter"


def test_a_place_that_is_the_whole_page_begins_it() -> None:
    root = parse_html("<html><body id='n'>Words.</body></html>")
    body = root[-1]
    put_headings(body, [Entry("a", "n", "The line", 2)])
    assert [(e.tag, e.text, e.tail) for e in body] == [("h2", "The line", "Words.")]


def test_headings_never_become_shallower(tmp_path: Path) -> None:
    pages = {"a.xhtml": page('<h1>Book</h1><p>W.</p><h2 id="n">Chapter</h2><p>Words.</p>')}
    nav = contents('<li><a href="a.xhtml#n">Chapter</a></li>')
    assert outline(tmp_path, pages, nav) == [(1, "Book"), (2, "Chapter")]


def test_the_newer_contents_count_and_the_older_where_they_say_nothing(tmp_path: Path) -> None:
    items = NAV + '<item id="n" href="n.ncx" media-type="application/x-dtbncx+xml"/>'
    point = "<navPoint><navLabel><text>Old</text></navLabel><content src='a.xhtml'/></navPoint>"
    pages = {"a.xhtml": page("<p>Words.</p>")}
    for nav, title in [('<li><a href="a.xhtml">New</a></li>', "New"), ("", "Old")]:
        more: dict[str, str | bytes] = {
            "OPS/nav.xhtml": contents(nav),
            "OPS/n.ncx": f"<ncx>{point}</ncx>",
        }
        assert reading(tmp_path, book(pages, more, items)).document.text == f"{title}\nWords."


def test_contents_that_are_not_there_do_no_harm(tmp_path: Path) -> None:
    pages = {"a.xhtml": page("<p>Words.</p>")}
    assert reading(tmp_path, book(pages, {}, NAV)).document.text == "Words."


def test_a_book_of_pictures_says_so(tmp_path: Path) -> None:
    pages = {"a.xhtml": page('<img src="a.png" alt=""/>')}
    with pytest.raises(Problem) as caught:
        reading(tmp_path, book(pages, {"OPS/a.png": PNG}))
    assert caught.value.sentence == "“a.epub” holds pictures only, and no text to read."
