"""Signs that turn the sense of a web page: raised, lowered, struck, ticked, drawn, numbered."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.importers.common.elements import tag_of
from reader.importers.html.parsing import parse_html
from reader.importers.html.read import read
from reader.importers.html.styles import kinds_of_style, sheets_of, styles_of
from reader.model.document import MarkKind
from tests.importers.html_pages import WORDS, article, left, lines, page


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("10<sup>9</sup>/L, H<sub>2</sub>O, 10<sup>−3</sup>", "10⁹/L, H₂O, 10⁻³"),
        ("10<span style='vertical-align: super'>9</span>", "10⁹"),
        ("x<span style='vertical-align:sub;font-size:70%'>2</span>", "x₂"),
        ("10<span style='font-size:smaller; vertical-align:0.4em'>9</span>", "10⁹"),
        ("10<span style='position:relative;top:-0.5em;font-size:75%'>9</span>", "10⁹"),
        ("x<span style='position:relative; bottom:-3px; font-size:8px'>2</span>", "x₂"),
        ("10<span style='font-size:7pt;vertical-align:text-top'>9</span>", "10⁹"),
        ("x<span style='font-size:small;vertical-align:bottom'>2</span>", "x₂"),
        ("a<span style='position:relative;top:1px'>b</span>c", "abc"),
        ("<del>500</del> <ins>50</ins> <s>a</s> <strike>b</strike>", "~~500~~ 50 ~~a~~ ~~b~~"),
        ("<span style='text-decoration: line-through'>10</span> 1 mL", "~~10~~ 1 mL"),
        ("1<sup>1</sup>/<sub>2</sub> tablets", "1 ¹/₂ tablets"),
        ("<sup>3</sup>⁄<sub>4</sub>", "³⁄₄"),
        ("<input type=checkbox checked> asthma <input type=checkbox> block", "☑ asthma ☐ block"),
        ("<input type=radio checked> yes <input type=radio> no", "◉ yes ○ no"),
        ("<input type=checkbox class='menu-toggle'>x", "x"),
        ("K <img src=a.gif alt='≥'> 5", "K ≥ 5"),
        ("K <img src=a.gif alt='minus' width=9 height=9>5", "K minus5"),
        ("take <img src=a.png class=math alt='dose = 5 mg/kg'> now", "take dose = 5 mg/kg now"),
        ("take <img src=a.png alt='dose = 5 mg/kg'> now", "take dose = 5 mg/kg now"),
        ("<svg width=9 height=9><title>Stop</title><path/></svg> it", "Stop it"),
        ("eGFR <30, age <5, 30<eGFR<60, P<0.05", "eGFR <30, age <5, 30<eGFR<60, P<0.05"),
        ("10<br>20 mg, para<wbr>cetamol, 5&nbsp;mg", "10\n20 mg, paracetamol, 5\u00a0mg"),
        ("&#150;4 &#128;5", "–4 €5"),
    ],
)
def test_signs_in_a_line(source: str, words: str) -> None:
    assert lines(article(f"<p>{source}</p>")) == [words]


def test_sheets_raise_lower_and_strike() -> None:
    sheet = (
        "/* Set by a typesetter. */ .Char-5, .x .y { font-size:58.3%; vertical-align:super }"
        "p > span.low{vertical-align:sub} .gone{text-decoration:line-through}"
        "@media print { .paper { vertical-align: super } }"
        "@media screen { .on {vertical-align:super} }"
        "ol.letters { list-style-type: lower-alpha } #one { vertical-align: super }"
    )
    made = article(
        "<p>10<span class=Char-5>9</span> x<span class=low>2</span> <span class=gone>5 mg</span>"
        "a<span class=paper>1</span> b<span class=on>2</span> c<span class=y>3</span>"
        "<span class=x>d<b class=y>4</b></span> e<i id=one>5</i></p>"
        "<p class=gone>All of it.</p><ol class=letters><li>first</li></ol>",
        f"<style>{sheet}</style><style media=print>.low {{vertical-align: super}}</style>",
    )
    assert lines(made) == ["10⁹ x₂ ~~5 mg~~a1 b² c3d⁴ e⁵", "~~All of it.~~", "first"]
    assert [b.label for b in made.blocks if b.kind == "list_item"] == ["a."]


@pytest.mark.parametrize(
    ("style", "kinds"),
    [
        ({"font-weight": "700", "font-style": "italic"}, ["strong", "emphasis"]),
        (
            {"font-variant": "small-caps", "text-decoration-line": "line-through"},
            ["strike", "small_caps"],
        ),
        ({"font-variant-position": "sub"}, ["sub"]),
        ({"vertical-align": "middle", "font-size": "50%"}, []),
        ({"vertical-align": "4px", "font-size": "1.2em"}, []),
        ({}, []),
    ],
)
def test_styles_become_marks(style: dict[str, str], kinds: list[MarkKind]) -> None:
    assert kinds_of_style(style, 10) == kinds
    assert kinds_of_style({"vertical-align": "4px", "font-size": "50%"}, 200) == []


def test_a_broken_sheet_is_read_as_far_as_it_goes() -> None:
    root = parse_html(
        "<style>} .a { vertical-align: super } , {} .b > { vertical-align: sub } "
        "@media print { .c { vertical-align: super</style><body><i class='a c'>x</i></body>"
    )
    styles = styles_of(sheets_of(root))
    italic = next(e for e in root.iter() if tag_of(e) == "i")
    assert styles.declared(italic) == {"vertical-align": "super"}


def test_underlined_is_put_in_only_beside_what_is_struck() -> None:
    made = article("<p><u>plain</u></p><p><s>5</s> <u>6</u> mg</p>")
    marks = [(m.kind, m.span.cut(made.text)) for m in made.marks]
    assert marks == [("strike", "5"), ("insert", "6")]


def test_titles_and_headings_keep_their_powers() -> None:
    made = page(
        f"<article><h1>Below 10 × 10<sup>9</sup>/L</h1><p>{WORDS * 5}</p>"
        f"<h2>CO<sub>2</sub> above 6</h2><p>{WORDS * 5}</p></article>"
    )
    assert made.title == "Below 10 × 10⁹/L"
    assert [section.title for section in made.sections] == ["CO₂ above 6"]


def test_marks_of_references_are_never_exponents() -> None:
    items = "".join(f"<li id='r{n}'>Smith A. Title. J Dose 2001;1:2-3.</li>" for n in range(1, 11))
    made = article(
        "<p>10<sup>9</sup>/L, 1.7 m<sup>2</sup>, height<sup>2</sup> × 3, "
        "INR 2.5<sup><a href='#r1'>1</a></sup>; "
        "shown<sup>3</sup> twice<sup>[4]</sup>.</p>"
        f"<h2>References</h2><ol>{items}</ol>"
    )
    assert [
        (m.span.cut(made.text), m.target) for m in made.marks if m.kind == "reference_mark"
    ] == [
        ("1", "1"),
        ("3", "3"),
        ("[4]", "4"),
    ]
    assert lines(made)[0] == "10⁹/L, 1.7 m², height² × 3, INR 2.5 [1]; shown [3] twice [4]."


@pytest.mark.parametrize("note", ["2.5 mg is the most.", "5 mg twice a day.", "10 to 20 drops."])
def test_a_dose_is_no_label_of_its_note(note: str) -> None:
    made = article(
        f"<p>See<sup><a href='#n' id='b'>*</a></sup>.</p><p id='n' role='doc-footnote'>{note}</p>"
    )
    assert note in made.text


@pytest.mark.parametrize(
    ("source", "labels"),
    [
        ("<ol start=3><li>a<li value=7>b<li>c</ol>", ["3.", "7.", "8."]),
        ("<ol type=a><li>a<li>b</ol>", ["a.", "b."]),
        ("<ol reversed><li>a<li>b</ol>", ["2.", "1."]),
        ("<ol type=I><li>a<li type=1>b</ol>", ["I.", "2."]),
        ("<ol style='list-style-type:lower-roman'><li>a<li>b</ol>", ["i.", "ii."]),
        ("<ol style='list-style: inside upper-alpha'><li>a</ol>", ["A."]),
        ("<ol style='list-style:none'><li>1) a</ol>", [""]),
        ("<ol style='list-style-type:decimal-leading-zero'><li>a</ol>", ["01."]),
        ("<ol style='list-style-type:lower-greek'><li>a</ol>", ["α."]),
        ("<ul style='list-style:none'><li>a</ul>", ["•"]),
        ("<ul style='list-style-type:\"–\"'><li>a</ul>", ["–"]),
        ("<ul><li style='list-style-type:decimal'>a</ul>", ["1."]),
    ],
)
def test_items_have_the_labels_that_browsers_print(source: str, labels: list[str]) -> None:
    assert [b.label for b in article(source).blocks if b.kind == "list_item"] == labels


def test_printed_numbers_of_headings_are_never_lost() -> None:
    made = article(
        "<h2><span class='number'>1.</span> What is it?</h2><p>A drug.</p>"
        "<h2>2. Why</h2><p>For sleep.</p>"
        "<table><tr><th>a</th><td><h4>3. In a cell</h4>b</td></tr></table>"
    )
    assert [(s.number, s.title) for s in made.sections] == [("1", "What is it?"), ("2", "Why")]
    assert "3. In a cell" in made.text
    assert not made.left_out


def test_pictures_that_are_not_there_leave_a_word() -> None:
    made = article(
        "<p><img src='https://x.org/ecg%201.png?w=3'></p><p><img src='b.png' alt=''></p>"
        "<figure><img src='c.png'><figcaption>The heart.</figcaption></figure>"
        "<p>go <img src=i.gif width=8 height=8 alt='External link icon'></p>"
    )
    assert left(made) == [("picture", "ecg 1.png"), ("picture", "External link icon")]
    (figure,) = made.figures
    assert figure.caption is not None
    assert figure.caption.cut(made.text) == "The heart."


def test_words_of_a_drawing_are_its_alternative() -> None:
    drawn = "<svg width='200' height='90'><title>Plot</title><text>5 mg</text></svg>"
    made = article(f"<p>See: {drawn}</p><figure>{drawn}<img src='a.png' alt='The plot'></figure>")
    assert [figure.alternative for figure in made.figures] == ["Plot: 5 mg", "The plot"]
    assert lines(made) == ["See:", "Plot: 5 mg"]


def test_what_stands_beside_a_caption_is_said_with_it() -> None:
    made = article(
        "<figure><img src=a.png alt=abc><p>By Ann.</p><figcaption>Fig. 1</figcaption></figure>"
    )
    (figure,) = made.figures
    assert figure.caption is not None
    assert figure.caption.cut(made.text) == "By Ann.\nFig. 1"


def test_iso_8859_1_is_windows_1252(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    head = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">'
    path.write_bytes(f"<html><head>{head}</head><body><p>5 µg, 3–5, “so”, € 5".encode("cp1252"))
    assert read(path).document.text == "5 µg, 3–5, “so”, € 5"
