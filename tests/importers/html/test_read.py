"""A saved web page becomes its main content, with all its structure."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.importers.common.images import Assets
from reader.importers.html.read import read, read_page
from reader.problem import Problem
from tests.importers.html_pages import WORDS, article, page

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAEAAAAAgCAYAAACinX6EAAAAKklEQVR42u3OMQEAAAgDoGn/zqQx9mACNJ+qK"
    "gEBAQEBAQEBAQEBAQGBjQMdGQE/vGcdtwAAAABJRU5ErkJggg=="
)


def test_main_content_is_found_and_the_rest_is_gone() -> None:
    made = page(
        "<nav><a href='/'>Home</a></nav><div class='cookie-banner'>We use cookies</div>"
        f"<div id='page'><main><h1>The Title</h1><p>{WORDS * 5}</p><p>{WORDS * 5}</p></main>"
        "<aside>Related: <a href='/x'>another</a></aside></div><footer>Imprint</footer>",
        "<title>The Title | A Site</title>",
    )
    assert made.title == "The Title"
    assert made.blocks[0].kind == "title"
    for gone in ("Home", "cookies", "another", "Imprint"):
        assert gone not in made.text
    assert 0 < made.kept_characters < made.total_characters
    assert made.language == "en"


def test_metadata_of_the_head() -> None:
    head = (
        "<meta name='citation_title' content='On Things'><meta name='citation_author' content='A. Lee'>"  # noqa: E501
        "<meta name='citation_author' content='B. Wu'><meta name='citation_doi' content='doi:10.1000/ab.c'>"  # noqa: E501
        "<meta name='citation_publication_date' content='2021/3/4'><meta name='citation_pmid' content='123'>"  # noqa: E501
        "<meta name='citation_journal_title' content='J Things'><link rel='canonical' href='https://x.org/a'>"
    )
    made = article("", head)
    assert (made.title, made.authors, made.publication.doi) == (
        "On Things",
        ("A. Lee", "B. Wu"),
        "10.1000/ab.c",
    )
    assert (made.publication.published, made.publication.pmid, made.publication.journal) == (
        "2021-03-04",
        "123",
        "J Things",
    )
    assert made.publication.address == "https://x.org/a"


def test_linked_data_says_what_the_head_does_not() -> None:
    head = (
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Head",'  # noqa: E501
        '"datePublished": "2020-01-02T03:04", "author": [{"name": "C. Roe"}]}]}</script>'
        '<script type="application/ld+json">{broken</script>'
    )
    made = article("", head)
    assert (made.title, made.publication.published, made.authors) == (
        "Head",
        "2020-01-02",
        ("C. Roe",),
    )


def test_structure_is_kept() -> None:
    made = article(
        "<h2>2. Methods</h2><ol start='3'><li>third<ul><li>inner</li></ul></li><li><p>fourth</p></li></ol>"  # noqa: E501
        "<blockquote><p>said so</p></blockquote><pre>a  b\n c</pre><dl><dt>term</dt><dd>meaning</dd></dl>"  # noqa: E501
        "<p>H<sub>2</sub>O, 10<sup>6</sup>, <em>so</em> <span style='font-variant: small-caps'>sc</span>"  # noqa: E501
        "<br>next <abbr title='electrocardiogram'>ECG</abbr></p>"
    )
    shown = [(b.kind, b.depth, b.label, b.span.cut(made.text)) for b in made.blocks[1:-1]]
    assert shown == [
        ("heading", 0, "", "Methods"),
        ("list_item", 0, "3.", "third"),
        ("list_item", 1, "•", "inner"),
        ("list_item", 0, "4.", "fourth"),
        ("quote", 0, "", "said so"),
        ("preformatted", 0, "", "a  b\n c"),
        ("paragraph", 0, "", "term"),
        ("paragraph", 1, "", "meaning"),
        ("paragraph", 0, "", "H2O, 106, so sc\nnext ECG"),
    ]
    marks = [(m.kind, m.span.cut(made.text), m.target) for m in made.marks]
    assert ("sub", "2", "") in marks
    assert ("sup", "6", "") in marks
    assert ("small_caps", "sc", "") in marks
    assert ("abbreviation", "ECG", "electrocardiogram") in marks
    assert made.sections[0].number == "2"


def test_tables_keep_spans_headers_and_captions() -> None:
    made = article(
        "<table><caption>Table 1. Doses</caption><thead><tr><th rowspan=2>Drug</th><th colspan=2>mg</th></tr>"  # noqa: E501
        "<tr><th>low</th><th>high</th></tr></thead><tr><td>A<br>B</td><td>1</td><td>2</td></tr></table>"
    )
    (table,) = made.tables
    cells = [(c.row, c.column, c.row_span, c.column_span, c.header) for c in table.cells]
    assert cells == [
        (0, 0, 2, 1, True),
        (0, 1, 1, 2, True),
        (1, 1, 1, 1, True),
        (1, 2, 1, 1, True),
        (2, 0, 1, 1, False),
        (2, 1, 1, 1, False),
        (2, 2, 1, 1, False),
    ]
    assert table.cells[4].span.cut(made.text) == "A\nB"


def test_a_table_for_layout_is_no_table() -> None:
    made = article(
        "<table role='presentation'><tr><td><p>left</p></td><td><p>right</p></td></tr></table>"
    )
    assert not made.tables
    assert "left\nright" in made.text


def test_pictures_are_kept_from_the_page_itself_and_never_fetched() -> None:
    inside = base64.b64encode(PNG).decode()
    assets = Assets()
    made = read_page(
        f"<article><p>{WORDS * 6}</p><figure><img src='data:image/png;base64,{inside}' alt='inner'>"
        "<figcaption>Fig. 1</figcaption></figure><p>text <img src='https://x.org/far.png' alt='far'> on"  # noqa: E501
        f"</p><p>{WORDS * 6}</p></article>",
        assets,
        id="0" * 64,
        source="a.html",
    )
    inner, far = made.figures
    assert inner.asset in assets.contents
    assert (inner.width_px, inner.height_px) == (64, 32)
    assert inner.caption is not None
    assert (far.asset, far.alternative) == ("", "far")
    assert "text on" in made.text


def test_notes_and_references_are_linked_both_ways() -> None:
    made = article(
        "<p>Shown<sup><a href='#n1' id='b1'>1</a></sup> and <a href='#r2'>[2]</a>, see <a href='#m'>there</a>.</p>"  # noqa: E501
        "<h2 id='m'>More</h2><p>words</p><h2>References</h2><ol><li id='n1'>First. <a href='#b1'>↩</a></li>"  # noqa: E501
        "<li id='r2'>Second.</li></ol>"
    )
    marks = [(m.kind, m.span.cut(made.text), m.target) for m in made.marks]
    assert marks[:2] == [("reference_mark", "1", "1"), ("reference_mark", "[2]", "2")]
    kind, _, target = marks[2]
    assert kind == "link"
    assert made.text[int(target[1:]) :].startswith("More")
    assert [r.span.cut(made.text) for r in made.references] == ["First.", "Second."]


def test_what_is_hidden_or_active_never_reaches_the_text() -> None:
    made = article(
        "<script>evil()</script><style>p {}</style><p hidden>secret</p><p style='display:none'>more</p>"  # noqa: E501
        "<button onclick='x()'>Press</button><svg><text>drawn</text></svg>"
    )
    for gone in ("evil", "p {}", "secret", "more", "Press", "drawn"):
        assert gone not in made.text


def test_a_page_nested_too_deeply_keeps_its_words() -> None:
    made = page("<div>" * 2000 + "<p>deep words</p>" + "</div>" * 2000)
    assert "deep words" in made.text
    assert made.warnings


@pytest.mark.parametrize("text", ["", "<html></html>", "<script>x</script>"])
def test_a_page_without_words_is_a_problem(text: str) -> None:
    with pytest.raises(Problem):
        read_page(text, Assets(), id="0" * 64, source="a.html")


def test_entities_from_outside_are_never_resolved(tmp_path: Path) -> None:
    path = tmp_path / "x.html"
    path.write_text(
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>a &x; b &lt; c</p></body></html>',  # noqa: E501
        encoding="utf-8",
    )
    made = read(path).document
    assert "root:" not in made.text
    assert "b < c" in made.text


def test_a_declared_encoding_is_used(tmp_path: Path) -> None:
    path = tmp_path / "x.html"
    head = "<meta charset='windows-1251'>"
    path.write_bytes(
        f"<html><head>{head}</head><body><p>Тревога</p></body></html>".encode("cp1251")
    )
    assert read(path).document.text == "Тревога"


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<ul>",
                "<li>",
                "</ul>",
                "<table>",
                "<tr>",
                "<td>",
                "</table>",
                "<h2>",
                "</h2>",
            ]
            + [
                "a b",
                "<b>",
                "</b>",
                "<a href='#x'>",
                "</a>",
                "<img alt='i'>",
                "<br>",
                "<pre>",
                "x\ty",
                "<ol>",
            ]
            + [
                "<figure>",
                "</figure>",
                "<sup>",
                "&lt;",
                "<blockquote>",
                "<i id='x'>",
                "<dl><dt>",
                "<dd>",
            ]
        ),
        max_size=40,
    )
)
def test_any_soup_gives_sound_spans(pieces: list[str]) -> None:
    try:
        made = page("".join(pieces))
    except Problem:
        return
    ends = 0
    for block in made.blocks:
        assert ends <= block.span.start <= block.span.end <= len(made.text)
        ends = block.span.end
    for mark in made.marks:
        assert mark.span.cut(made.text).strip() == mark.span.cut(made.text) != ""
        if mark.target.startswith("#"):
            assert 0 <= int(mark.target[1:]) <= len(made.text)
    for table in made.tables:
        taken = [(c.row, c.column) for c in table.cells]
        assert len(set(taken)) == len(taken)


@pytest.mark.parametrize("rest", ["", "</head><body>And a body of its own.<p>Its end.</p></body>"])
def test_what_the_parser_takes_for_the_head_is_read(tmp_path: Path, rest: str) -> None:
    """The tags of head and body may be left out, and libxml2 knows no <article>."""
    words = "Half a tablet in the morning, and never more than one a day, whatever is said. " * 3
    path = tmp_path / "page.html"
    page = f"<!doctype html><title>Doses</title><article><h1>Doses</h1><p>{words}</p></article>"
    path.write_text(page + rest, encoding="utf-8")
    document = read(path).document
    assert document.title == "Doses"
    assert document.text.count("Half a tablet") == 3


def test_fields_of_a_reference_that_a_style_sheet_parts_are_not_run_together() -> None:
    fields = "".join(
        f'<span class="author">{name}</span>' for name in ("Wong KK", "Allen NE", "Key TJ")
    )
    split = '<span class="a">Mc</span><span class="b">donald</span>, <span>A</span><span>B</span>'
    document = page(
        "<h1>On it</h1><p>" + "Words of an article that goes on. " * 20 + '<sup><a href="#r1">1</a>'
        f'</sup></p><h2>References</h2><ol><li id="r1">{fields}. A title.</li>'
        f'<li id="r2">{split}. Another title.</li></ol>'
    )
    first, second = (r.span.cut(document.text) for r in document.references)
    assert first == "Wong KK Allen NE Key TJ. A title."
    assert second == "Mcdonald, AB. Another title."
