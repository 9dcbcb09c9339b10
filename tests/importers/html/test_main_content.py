"""The main content reaches as far as the article; what stands round it goes."""

from __future__ import annotations

import pytest

from tests.importers.html_pages import WORDS, article, left, lines, page

_MENU = "<nav><a href='/a'>Home</a> <a href='/b'>Drugs</a></nav>"
_NAMES = ("media-body", "sidebar", "related", "banner", "comments", "header-dose", "author-note")


@pytest.mark.parametrize("name", _NAMES)
@pytest.mark.parametrize("wrap", ["article", "main", "div class='share popup'"])
def test_one_section_is_never_the_whole_article(name: str, wrap: str) -> None:
    made = page(
        f"{_MENU}<{wrap}><h1>A drug</h1><section id='x'><h2>Warnings</h2><p>{WORDS * 9}</p>"
        f"</section><div class='{name}'><h2>Doses</h2><p>Give 40 mg daily.</p>"
        f"<ul><li>&lt;176 %</li><li>Water</li></ul></div>"
        f"<h2>Contraindications</h2><blockquote>Allergy to it</blockquote>"
        f"<h2>Recommended dose</h2><p>±39 °C</p></{wrap.split()[0]}>"
    )
    said = [section.title for section in made.sections if section.title != "A drug"]
    assert said == ["Warnings", "Doses", "Contraindications", "Recommended dose"]
    assert [words for _, words in left(made)] == ["Home Drugs"]


@pytest.mark.parametrize(
    "beside",
    [
        "<div class='x'><h2>Doses</h2><p>Give 40 mg at night.</p></div>",
        "<table><tr><th>Age<th>mg</tr><tr><td>1</td><td>5</td></tr></table>",
        f"<div><h2>Advertising to patients</h2><p>{'It is not allowed, at 5 mg. ' * 3}</p></div>",
        f"<div><h3>Overdose</h3><p>{'Charcoal is given to all who can swallow. ' * 6}</p></div>",
        "<h2>Warnings</h2><p>Not for children.</p>",
    ],
)
def test_what_only_articles_hold_is_kept_without_a_top_heading(beside: str) -> None:
    made = page(f"<div><div class='text'><p>{WORDS * 9}</p><p>{WORDS * 9}</p></div>{beside}</div>")
    assert not made.left_out


@pytest.mark.parametrize(
    "words",
    [
        "The recommended dose is low in terms of weight.",
        "Inadvertent overdose was seen in infants who were given it twice.",
        "Absence of tears was a sign in infants who drank too little.",
        "Those who donate blood or plasma wait for a week before they do.",
        "Many patients value the privacy of a ward of their own at night.",
    ],
)
def test_words_that_furniture_shares_with_medicine_are_not_furniture(words: str) -> None:
    made = page(
        f"<div class='share'><h1>A drug</h1><div class='related-reactions'><h2>Use</h2>"
        f"<p>{words}</p></div><section id='author-note'><h2>Doses</h2><p>{WORDS * 9}</p></section>"
        "</div>"
    )
    assert not made.left_out
    assert words in made.text


@pytest.mark.parametrize(
    "around",
    [
        "<div class='related'><h3>Related articles</h3><a href='/1'>One</a>, <a href='/2'>two</a>"
        "</div>",
        "<div><h1>The site</h1></div>",
        "<form class='newsletter'><h3>Stay</h3><p>Get our news each week.</p><input></form>",
        "<div class='promo'><h3>Join us</h3><p>Become a member and read it all today.</p></div>",
        "<div>Share this article</div>",
        "<div>Recommended for you: one week in the ward</div>",
        "<div>One week in the ward. Recommended</div>",
    ],
)
def test_what_stands_round_an_article_does_not_make_it_wider(around: str) -> None:
    made = page(
        f"<h1>A drug</h1><div class='all'><div class='text'><p>{WORDS * 9}</p>"
        f"<p>{WORDS * 9}</p></div>{around}</div>"
    )
    assert [line for line in lines(made) if line != "A drug"] == []


@pytest.mark.parametrize(
    "part",
    [
        "<aside><h3>Key facts</h3><p>The maximum is 4 g in a day.</p></aside>",
        "<footer><h2>References</h2><ol><li>Smith A. Pain. 2011;1:2.</li></ol></footer>",
        "<div class='tab-pane'><h2>Harm</h2><p>None is known.</p></div>",
    ],
)
def test_boxes_and_footers_with_text_under_a_heading_belong_to_the_article(part: str) -> None:
    made = page(
        f"{_MENU}<div><h1>A drug</h1><div class='tab-pane'><p>{WORDS * 9}</p></div>{part}</div>"
        "<footer>© 2020 A Site. All rights reserved.</footer>"
    )
    assert made.sections
    assert len(made.left_out) == 2


_SAYS = "I was given it last year, and it did not help me at all, so I stopped taking it myself. "


@pytest.mark.parametrize(
    "thread",
    [
        "".join(
            f"<div class='one'><b class='author'>{who}</b><time>5 May</time><p>{_SAYS}</p></div>"
            for who in ("Ann", "Bob", "Cid")
        ),
        f"<ol><li><b class='fn'>Ann</b> 3 days ago<p>{_SAYS * 6}</p></li></ol>",
        "".join(f"<p>{who} says: {_SAYS * 2}</p>" for who in ("Ann", "Bob", "Cid")),
    ],
)
def test_a_thread_of_comments_goes(thread: str) -> None:
    made = article(f"<div class='comments'><h3>Comments</h3>{thread}</div>")
    assert lines(made) == []
    assert {reason for reason, _ in left(made)} == {"comments"}


@pytest.mark.parametrize(
    "prose",
    [
        f"<h3>Comments on dosing</h3><p>{_SAYS * 3}</p><p>Two case reports say so.</p>",
        f"<p>{_SAYS * 6}</p>",
        "".join(f"<p>Give it 1:10, as said 3 days ago. {_SAYS}</p>" for _ in range(3)),
        f"<ul><li><span class='author'>Smith</span> {_SAYS * 3}</li>"
        f"<li><span class='author'>Brown</span> {_SAYS * 3}</li></ul>",
    ],
)
def test_what_is_called_comments_and_is_no_thread_is_kept(prose: str) -> None:
    assert not article(f"<div class='comments'>{prose}</div>").left_out


@pytest.mark.parametrize(
    ("banner", "is_kept"),
    [
        ("<p>We use cookies. Accept all cookies, or see our privacy preferences.</p>", False),
        (f"<h3>Cookies and sugar</h3><p>{'Cookies raise sugar in all of them. ' * 4}</p>", True),
        ("<h3>Chart of doses</h3><img src='a.png'>", True),
        ("<h3><a href='/x'>Story</a></h3><img src='a.png'>", False),
        ("<p>~38 °C</p>", True),
    ],
)
def test_a_banner_goes_by_what_it_says(banner: str, is_kept: bool) -> None:
    made = article(f"<div class='banner'>{banner}</div>")
    assert bool(lines(made) or made.figures) is is_kept
    assert bool(made.left_out and made.left_out[0].reason == "banner") is not is_kept


def test_notes_outside_the_article_keep_their_heading() -> None:
    made = page(
        f"<div><article><p>{WORDS * 9}<sup><a href='#n1'>1</a></sup></p></article></div>"
        "<footer><h2>Notes</h2><ol><li id='n1'>Smith A. One. 2011.</li></ol></footer>"
    )
    assert [section.title for section in made.sections if section.title] == ["Notes"]
    assert not made.left_out


@pytest.mark.parametrize(
    ("start", "labels"),
    [("", ["1.", "3."]), (" start='5'", ["5.", "7."]), (" reversed", ["3.", "1."])],
)
def test_items_keep_their_numbers_beside_one_that_is_left_out(
    start: str, labels: list[str]
) -> None:
    item = "<li><p>Take a tablet with water.</p></li>"
    made = article(f"<ol{start}>{item}<li class='share'><a href='/s'>Share</a></li>{item}</ol>")
    assert [block.label for block in made.blocks if block.label] == labels


def test_a_formula_in_a_part_that_is_left_out_is_read_as_a_line() -> None:
    math = (
        "<math><mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><msqrt><mi>k</mi></msqrt></mfrac>"
        "</math>"
    )
    made = article(f"<div class='advertisement'>Learn {math} today</div>")
    assert left(made) == [("advertisement", "Learn (a + 1)/√k today")]


_CLINICAL = (
    "<h2>Recommended dose in adults</h2><p>Avoid it if renal.</p>",
    "<h2>Privacy of the patient</h2><p>Draw the curtains; give 40 mg before.</p>",
    "<h2>Inadvertent injection</h2><p>Raise the arm and warm it.</p>",
    "<h2>Analog insulins</h2><p>Not to be mixed in one syringe.</p>",
    "<h2>Subscripts of the indices</h2><p>Both stand for the lung.</p>",
    "<h2>Signing of the consent</h2><p>Both parents, if they can.</p>",
)


@pytest.mark.parametrize("part", _CLINICAL)
def test_words_of_medicine_are_no_words_of_furniture(part: str) -> None:
    made = page(
        f"<div class='banner-blood share'><h1>Age</h1><div class='infusion'>{part}</div>"
        "<section id='author-note'><h2>Dosing</h2><ul><li>Infusion ≤205.2 mg/kg.</li></ul>"
        f"<p>{WORDS}</p><p>{WORDS}</p></section></div>"
    )
    assert [section.title for section in made.sections][1:] == ["Dosing"]
    assert not made.left_out
