"""What a web page shows is in its text, or in the list of what is left out."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.common.elements import tag_of
from reader.importers.common.images import Assets
from reader.importers.html.blocks import write_blocks
from reader.importers.html.left_out import LeftOutParts, reason_of
from reader.importers.html.parsing import parse_html
from reader.importers.html.read import read_page
from reader.model.document import Document
from reader.problem import Problem
from tests.importers.html_pages import WORDS, article, left, lines, page

_NAMES = (
    "social-history media-body immediate related comments widget-area sidebar ad-dose banner "
    "newsletter main-content tab-pane collapse panel references footnote figure toc share byline "
    "header_cell menu infobox warning"
).split()
_INSIDE = "b i em a sup sub del ins u code small q mark span kbd".split()
_AROUND = (
    "div section article aside p ul ol dl blockquote table h2 h3 details figure nav header footer "
    "form pre button fieldset"
).split()
_WORD = re.compile(r"v\d+y|w\d+x|−\d+x|\d+\.\d+mg")
_WAYS = ("", "", "", " hidden", " style='display:none'", " aria-hidden='true'", " role='note'")


class Drawn:
    """A page drawn from what hypothesis offers; every word in it is its own."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._count = 0

    def one_of(self, choices: list[str] | tuple[str, ...]) -> str:
        return self._draw(st.sampled_from(choices))

    def some(self, most: int) -> range:
        return range(self._draw(st.integers(1, most)))

    def words(self) -> str:
        self._count += 1
        kinds = (f"w{self._count}x", f"{self._count + 100}.{self._count}mg", f"−{self._count}x.")
        return " ".join([self.one_of(kinds), f"v{self._count}y"]) + self.one_of((" ", "", ". "))

    def attributes(self) -> str:
        made = self.one_of(_WAYS)
        if self._draw(st.booleans()):
            made += f" class='{self.one_of(_NAMES)}'"
        if self._draw(st.booleans()):
            made += f" id='{self.one_of(_NAMES)}'"
        return made

    def line(self, depth: int = 0) -> str:
        made = self.words()
        if depth < 2 and self._draw(st.booleans()):
            name = self.one_of(_INSIDE)
            made += f"<{name}{self.attributes()}>{self.line(depth + 1)}</{name}>{self.words()}"
        return made

    def block(self, depth: int = 0) -> str:
        name = self.one_of(_AROUND) if depth < 3 else "p"
        start = f"<{name}{self.attributes()}>"
        if name in ("ul", "ol"):
            items = "".join(
                f"<li{self.attributes()}>{self.inside(depth)}</li>" for _ in self.some(3)
            )
            return f"{start}{items}</{name}>"
        if name == "dl":
            return f"{start}<dt>{self.line()}</dt><dd>{self.inside(depth)}</dd></dl>"
        if name == "table":
            rows = ""
            for _ in self.some(3):
                row = "".join(
                    f"<{cell}{self.attributes()}>{self.inside(depth)}</{cell}>"
                    for cell in (self.one_of(("td", "th")) for _ in self.some(3))
                )
                rows += f"<tr{self.one_of(_WAYS)}>{row}{self.one_of(('', self.words()))}</tr>"
            return f"{start}{self.one_of(('', f'<caption>{self.line()}</caption>'))}{rows}</table>"
        if name == "figure":
            caption = f"<figcaption>{self.line()}</figcaption>"
            return f"{start}<img src='x.png'>{self.line()}{caption}</figure>"
        if name in ("p", "h2", "h3", "pre", "button"):
            return f"{start}{self.one_of(('', '2. ', '1.1 '))}{self.line()}</{name}>"
        return f"{start}{self.inside(depth)}</{name}>"

    def inside(self, depth: int) -> str:
        return "".join(
            self.block(depth + 1) if self._draw(st.booleans()) else self.line()
            for _ in self.some(2)
        )


@st.composite
def pages(draw: st.DrawFn) -> str:
    drawn = Drawn(draw)
    return "".join(drawn.block() for _ in drawn.some(4))


def counted(body: str) -> Counter[str]:
    """The words that a person sees, by a few lines that know nothing of importers."""
    root = etree.fromstring(f"<html><body>{body}</body></html>", etree.HTMLParser())
    seen: list[str] = []

    def walk(element: etree._Element, hidden: bool) -> None:
        style = element.get("style") or ""
        hidden = hidden or element.get("hidden") is not None or "none" in style
        seen.append("" if hidden else element.text or "")
        for child in element:
            walk(child, hidden)
            seen.append(" " if hidden else child.tail or "")

    walk(root, False)
    return Counter(_WORD.findall("".join(seen)))


def said(document: Document) -> str:
    beside = [one.words for one in document.left_out]
    beside += [block.label for block in (*document.blocks, *document.inner_blocks)]
    beside += [section.number or "" for section in document.sections]
    return " ".join([document.text, *beside])


@given(pages())
def test_no_word_of_a_page_vanishes(body: str) -> None:
    try:
        made = read_page(body, Assets(), id="0" * 64, source="a.html")
    except Problem:
        return
    lost = counted(body) - Counter(_WORD.findall(said(made)))
    assert not lost
    assert not [one for one in made.left_out if one.reason == "unaccounted"]


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("<nav><a href='/a'>Home</a> <a href='/b'>Drugs</a></nav>", "menu"),
        (
            "<div class='cookie-banner'>We use cookies. <button>Accept cookies</button></div>",
            "banner",
        ),
        ("<div class='advertisement'>Buy our things today.</div>", "advertisement"),
        ("<div class='comments'><p>Ann says: yes</p><p>Bob says: no. Reply</p></div>", "comments"),
        ("<footer>© 2020 A Site</footer>", "banner"),
        ("<button>Press</button>", "control"),
        ("<iframe>Your browser shows no frames.</iframe>", "embedded object"),
        ("<video src=x aria-label='How to inhale'></video>", "embedded object"),
        ("<iframe src=x title='How to inhale'></iframe>", "embedded object"),
        ("<input type=image alt='Search'>", "control"),
        ("<p hidden>Nobody sees this.</p>", "hidden text"),
        ("<p class='byline'>By Ann Lee</p>", "by-line"),
    ],
)
def test_what_is_left_out_is_listed_with_its_reason(part: str, reason: str) -> None:
    made = page(f"<article><h1>T</h1>{part}<p>{WORDS * 4}</p>{part}<p>{WORDS * 4}</p></article>")
    assert reason in [why for why, _ in left(made)]
    first = next(one for one in made.left_out if one.reason == reason)
    assert first.words
    assert 0 <= first.at < len(made.text)


def test_entries_stand_where_their_parts_stood() -> None:
    made = article(
        "<p>Before.</p><div class='share-links'><a href='/f'>Share this</a></div><p>After.</p>"
    )
    (one,) = made.left_out
    assert one.words == "Share this"
    assert made.text[: one.at].rstrip().endswith("Before.")


def test_a_heading_that_prints_the_title_again_is_left_out() -> None:
    made = page(f"<article><h1>Doses</h1><p>{WORDS * 5}</p><h2>Doses</h2><p>More.</p></article>")
    assert ("repeated title", "Doses") in left(made)


@pytest.mark.parametrize(
    "name",
    [
        *("infusion-related-reactions", "social-history", "immediate-management", "intermediate"),
        *("contact-precautions", "metastatic-disease", "search-strategy", "comments-on-dosing"),
        *(
            "follow-up",
            "tag-questions",
            "shared-care",
            "header-of-section",
            "media",
            "rating-scale",
        ),
    ],
)
@pytest.mark.parametrize(
    "holder", ["id='{}'", "class='{}'", "class='section level2' id='{}'", "class='box {} wrap'"]
)
def test_a_name_alone_takes_nothing_away(name: str, holder: str) -> None:
    """Names of parts are made from their headings; what holds a heading with text is kept."""
    said_by = holder.format(name)
    rows = "<tr><td>A</td><td>5 mg</td></tr><tr><td>B</td><td>6 mg</td></tr>"
    row = f"<tr><th class='{name}'>Drug</th><td class='{name}'>7 mg</td></tr>"
    made = article(
        f"<div {said_by}><h2>A heading</h2><p>Give 40 mg daily.</p></div>"
        f"<div {said_by}><table>{rows}</table></div>"
        f"<div {said_by}><p>{'Do not crush the tablet, whatever is said. ' * 12}</p></div>"
        f"<table class='{name}'>{row}</table>"
    )
    assert lines(made)[:2] == ["A heading", "Give 40 mg daily."]
    assert ["5 mg" in made.text, "7 mg" in made.text] == [True, True]
    assert made.text.count("Do not crush") == 12
    assert not made.left_out


@pytest.mark.parametrize(
    "box",
    [
        "<div class='warning banner'><p>Fatal in overdose.</p></div>",
        "<div class='popup-note'><p>Give with food.</p></div>",
        "<div class='ad-dose'><p>AD dose 10 mg.</p></div>",
        "<aside><h3>Key points</h3><p>Never with alcohol.</p></aside>",
        "<div class='card-header'><h4>Interactions</h4></div><p>None are known.</p>",
    ],
)
def test_boxes_of_an_article_are_kept(box: str) -> None:
    made = article(box)
    assert lines(made)
    assert not made.left_out


def test_all_of_equal_parts_are_the_whole() -> None:
    chapters = ""
    for n in range(1, 7):
        words = "Dose and time, again. " * (38 if n == 3 else 8)
        chapters += f"<div class='chapter'><h2>Chapter {n}</h2><p>{words}</p></div>"
    made = page(f"<div><div class='b'>{chapters}</div></div><nav><a href='/'>Home</a></nav>")
    assert [section.title for section in made.sections] == [f"Chapter {n}" for n in range(1, 7)]


def test_when_too_little_is_found_all_of_the_page_is_its_content() -> None:
    rows = "".join(
        f"<div class='sidebar'><a href='/{n}'>Drug {n}</a> 5 mg</div>" for n in range(90)
    )
    made = page(f"<div class='menu'>{rows}</div><p>Short.</p>")
    assert made.text.count("5 mg") == 90


SECTION = f"<h3>Overdose</h3><p>{'Charcoal is given to all who can swallow. ' * 6}</p>"


@pytest.mark.parametrize(
    ("part", "heading", "table"),
    [
        (SECTION, True, False),
        (f"<a href='/x'>{SECTION}</a>", False, False),
        ("<h3>More</h3><p>A teaser of few words.</p>", False, False),
        (f"<h3>Stay</h3><p>{'Subscribe to our newsletter, all of you. ' * 8}</p>", False, False),
        ("<table><tr><th>Age<th>mg</tr><tr><td>1</td><td>5</td></tr></table>", False, True),
        ("<table><tr><th>Next</th><td><a href='/2'>Doses</a></td></tr></table>", False, False),
    ],
)
def test_a_part_says_whether_it_may_be_missed(part: str, heading: bool, table: bool) -> None:
    root = parse_html(f"<body><div>{part}</div><p>After.</p></body>")
    writer, parts = DocumentBuilder(), LeftOutParts()
    parts.take_out(next(e for e in root.iter() if tag_of(e) == "div"))
    write_blocks(writer, root, resolve_asset=Assets().resolve, parts=parts)
    (one,) = writer.build(id="0" * 64, title="T").left_out
    assert (one.heading, one.table, one.matters) == (heading, table, heading or table)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("comment-list", "comments"),
        ("ad-slot", "advertisement"),
        ("site-header", "banner"),
        ("related-links", "menu"),
        ("author-box", "by-line"),
        ("whatever", "menu"),
    ],
)
def test_names_give_the_reason(name: str, reason: str) -> None:
    root = parse_html(f"<body><div><div class='{name}'>Some words.</div></div></body>")
    assert reason_of(next(e for e in root.iter() if e.get("class"))) == reason


@pytest.mark.parametrize("kind", ["", "type=text", "type='Number'", "type=submit", "type=date"])
def test_what_is_written_in_a_form_is_left_out_as_a_control(kind: str) -> None:
    made = article(f"<p>Weight in kg: <input {kind} value='72 or more'> at entry. {WORDS}</p>")
    assert left(made) == [("control", "72 or more")]


@pytest.mark.parametrize("kind", ["type=hidden", "type=password", "type=file", "hidden"])
def test_a_value_that_no_page_shows_is_not_listed(kind: str) -> None:
    assert left(article(f"<p>{WORDS} <input {kind} value='secret'></p>")) == []


@pytest.mark.parametrize(
    "ends", ["</body></html>", "</body>", "</BODY ></html><!-- saved -->", "</html>\n</html>"]
)
def test_words_after_the_end_of_the_page_are_read(ends: str) -> None:
    made = page(f"<article><p>{WORDS * 4}</p></article>{ends}<div><p>Never give 5 mg.</p></div>")
    assert "Never give 5 mg." in made.text


def test_what_is_without_an_end_tag_holds_nothing() -> None:
    made = article("<p>a<wbr>b <embed src=x> c <track>d</p><p>e</p>")
    assert lines(made) == ["ab c d", "e"]


@pytest.mark.parametrize("items", [["Take 5 mg.", "Never chew it."], ["Cream", "Ointment"]])
def test_a_menu_that_is_a_list_is_text(items: list[str]) -> None:
    made = article(f"<menu>{''.join(f'<li>{item}</li>' for item in items)}</menu>")
    assert lines(made) == items


def test_a_menu_of_links_is_a_menu() -> None:
    made = article("<menu><li><a href='/a'>Home</a></li><li><a href='/b'>Drugs</a></li></menu>")
    assert left(made) == [("menu", "Home Drugs")]
