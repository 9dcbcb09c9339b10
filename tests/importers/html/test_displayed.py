"""Roles and styles tell tables and lines where tags do not."""

from __future__ import annotations

import pytest

from tests.importers.html_pages import article, cells, left, lines

ARIA = (
    "<{0} role=table><{0} role=rowgroup><{0} role=row><span role=columnheader>Drug</span>"
    "<span role=columnheader>Dose</span></{0}></{0}><{0} role=row><span role=cell>Digoxin</span>"
    "<span role=cell>62.5 µg</span></{0}></{0}>"
)
STYLE = "<style>.t { display: table } .r { display: table-row } .c { display: table-cell }</style>"
STYLED = (
    "<{0} class=t><div class=r><{1} class=c>Drug</{1}><{1} class=c>Dose</{1}></div>"
    "<div class=r><{1} class=c>Digoxin</{1}><{1} class=c>62.5 µg</{1}></div></{0}>"
)
GRID = [(0, 0, "Drug"), (0, 1, "Dose"), (1, 0, "Digoxin"), (1, 1, "62.5 µg")]


@pytest.mark.parametrize(
    "page",
    [
        ARIA.format("div"),
        ARIA.format("my-part"),
        ARIA.format("div").replace("role=table", "role=grid").replace("=cell", "=gridcell"),
        STYLE + STYLED.format("div", "div"),
        STYLE + STYLED.format("section", "span"),
        STYLE.replace(".t { display: table }", "") + STYLED.format("section", "span"),
    ],
)
def test_a_table_of_other_elements_is_a_table(page: str) -> None:
    assert cells(article(page)) == GRID


@pytest.mark.parametrize(
    "page",
    [
        STYLE + STYLED.format("div", "a"),
        ARIA.format("div").replace("<span role=cell>Digoxin</span>", "").replace("Drug", "D"),
        "<div style='display:table-row'><div style='display:table-cell'>Left side</div>"
        "<div style='display:table-cell'>Right side</div></div>",
    ],
)
def test_what_has_no_two_rows_to_compare_is_no_table(page: str) -> None:
    assert article(page).tables == ()


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<span style='display:block'>Give 5 mg</span><span style='display:block'>or 6 mg</span>",)
        + ("Give 5 mg\nor 6 mg",),
        ("<style>.lab { display: block }</style><span class=lab>Dose</span><b>5 mg</b>",)
        + ("Dose\n5 mg",),
        ("<b>Dose</b><span style='display:block'>5 mg</span>daily", "Dose\n5 mg\ndaily"),
        ("Dose <span style='display:inline-block'>5 mg</span> daily", "Dose 5 mg daily"),
        ("<br><span style='display:block'>5 mg</span><br>daily", "5 mg\ndaily"),
        ("Dose <i style='display:block'></i>5 mg", "Dose 5 mg"),
    ],
)
def test_what_a_style_sets_on_a_line_of_its_own_stands_there(page: str, said: str) -> None:
    assert "\n".join(lines(article(f"<p>{page}</p>"))) == said


@pytest.mark.parametrize("display", ["flex", "grid", "inline-flex"])
def test_things_side_by_side_stay_apart(display: str) -> None:
    page = f"<div style='display:{display}'><span>Dose</span><b>5 mg</b></div>"
    assert lines(article(page)) == ["Dose 5 mg"]


def test_styles_inside_formulas_say_nothing() -> None:
    page = "<p>x <span class=MathJax><b style='display:block'>y</b></span> z</p>"
    assert lines(article(page)) == ["x y z"]


def test_who_is_quoted_is_no_banner() -> None:
    made = article("<blockquote><p>Do no harm.</p><footer>— Hippocrates</footer></blockquote>")
    assert lines(made) == ["Do no harm.", "— Hippocrates"]
    assert left(made) == []


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        ("<img src=tick.png alt=Yes>", "Yes"),
        ("<p><a href='#x'><img src=tick.png alt='Not given' width=20></a></p>", "Not given"),
        ("<img src=a.png alt='A drawing of the heart' width=300>", ""),
        ("<img src=a.png alt=photo.jpg>", ""),
    ],
)
def test_a_small_picture_alone_in_a_cell_is_what_it_says(picture: str, said: str) -> None:
    made = article(f"<table border=1><tr><th>Drug<th>IV<tr><td>Digoxin<td>{picture}</table>")
    assert cells(made)[3] == (1, 1, said)
