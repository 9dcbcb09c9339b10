"""Tables of web pages: which are data, where their cells stand, and what stands in them."""

from __future__ import annotations

import pytest

from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.common.images import Assets
from reader.importers.html.blocks import write_blocks
from reader.importers.html.parsing import parse_html
from tests.importers.html_pages import WORDS, article, cells, left, lines, page

ROW = "<tr><td>Age</td><td>Dose</td></tr><tr><td>1-5</td><td>2 mg</td></tr>"


@pytest.mark.parametrize(
    "table",
    [
        f"<table>{ROW}</table>",
        f"<table border=1>{ROW}<tr><td>6</td><td><p>{WORDS * 9}</p><p>more</p></td></tr></table>",
        "<table><tr><td>One</td><td>row</td></tr></table>",
        "<table><tr><td>One</td></tr><tr><td>column</td></tr></table>",
        "<table border><tr><td>A box of one cell.</td></tr></table>",
        f"<table><thead><tr><th><h4>Age</h4></th><th>mg</th></tr></thead>{ROW}</table>",
        f"<table><tr><th>Day</th><td><table>{ROW}</table></td></tr></table>",
        "<table><tr><td>Code</td><td><pre>x = 1</pre></td></tr></table>",
    ],
)
def test_tables_are_data_whatever_their_size(table: str) -> None:
    assert article(table).tables


@pytest.mark.parametrize(
    "table",
    [
        f"<table role=presentation>{ROW}</table>",
        f"<table><tr><td><nav>Menu</nav></td><td><p>{WORDS}</p></td></tr></table>",
        f"<table><tr><td>Menu</td><td><h2>Doses</h2><p>{WORDS * 3}</p></td></tr></table>",
        f"<table><tr><td>Menu</td><td>{'<p>Words.</p>' * 5}</td></tr></table>",
        "<table><tr><td><h2>Doses</h2></td></tr></table>",
        "<table><tr><td><img src=a.png alt=abc></td></tr><tr><td>Its caption.</td></tr></table>",
        "<table><tr><td class=linenos><pre>1\n2</pre></td><td><pre>a\nb</pre></td></tr></table>",
        "<table><tr><td></td></tr></table>",
    ],
)
def test_tables_that_only_place_things_are_none(table: str) -> None:
    assert not article(table).tables


def test_a_table_of_data_in_a_table_for_layout_is_kept() -> None:
    made = page(
        "<table width='100%'><tr><td><a href=a>Home</a></td><td><p><b>Dosing</b></p>"
        f"<p>{WORDS * 4}</p><table>{ROW}</table></td></tr></table>"
    )
    assert cells(made) == [(0, 0, "Age"), (0, 1, "Dose"), (1, 0, "1-5"), (1, 1, "2 mg")]


def test_a_word_processor_has_no_tables_for_layout() -> None:
    writer = DocumentBuilder()
    root = parse_html("<table role=presentation><tr><td>5 mg</td></tr></table>")
    write_blocks(writer, root, resolve_asset=Assets().resolve, has_layout_tables=False)
    assert cells(writer.build(id="0" * 64, title="T")) == [(0, 0, "5 mg")]


def test_the_foot_is_last_and_spans_end_with_their_group() -> None:
    made = article(
        "<table><thead><tr><th>Drug<th>Dose</thead><tfoot><tr><td>Total<td>30 mg</tfoot>"
        "<tbody><tr><td rowspan=0>A<td>10 mg<tr><td>11 mg</tbody>"
        "<tbody><tr><td rowspan=9>B<td>20 mg</table>"
    )
    assert cells(made) == [
        *((0, 0, "Drug"), (0, 1, "Dose"), (1, 0, "A"), (1, 1, "10 mg"), (2, 1, "11 mg")),
        *((3, 0, "B"), (3, 1, "20 mg"), (4, 0, "Total"), (4, 1, "30 mg")),
    ]
    assert [c.row_span for c in made.tables[0].cells if c.column == 0] == [1, 2, 1, 1]


def test_cells_hold_blocks() -> None:
    steps = "<ol><li>10 mg<ul><li>slowly</ul><li>20 mg</ol>"
    made = article(
        f"<table border=1><tr><td>Mon</td><td><p>Give:</p>{steps}</td></tr>"
        "<tr><td>Rash</td><td><img src=a.png alt='mild rash'><p>Stop.</p></td></tr>"
        "<tr><td>Code</td><td>as<pre>a  b\n c</pre></td></tr>"
        "<tr><td>Line</td><td>one<br>two</td></tr></table>"
    )
    shown = [(b.kind, b.depth, b.label, b.span.cut(made.text)) for b in made.inner_blocks]
    assert shown == [
        ("paragraph", 0, "", "Give:"),
        ("list_item", 0, "1.", "10 mg"),
        ("list_item", 1, "•", "slowly"),
        ("list_item", 0, "2.", "20 mg"),
        ("figure", 0, "", ""),
        ("paragraph", 0, "", "Stop."),
        ("paragraph", 0, "", "as"),
        ("preformatted", 0, "", "a\u00a0\u00a0b\nc"),
    ]
    assert [figure.alternative for figure in made.figures] == ["mild rash"]
    assert cells(made)[-1] == (3, 1, "one\ntwo")


def test_a_table_in_a_cell_stays_one() -> None:
    made = article(
        "<table><tr><th>Day</th><th>Dose</th></tr><tr><td>Tue</td><td>as<div>"
        "<table><caption>Times</caption>"
        "<tr><td>AM</td><td>5 mg<ul><li>slowly<li>by mouth</ul></td></tr><tr><td>PM</td><td>7 mg"
        "<table><tr><td>deep</td><td>er</td></tr></table></td></tr></table></div>then</td></tr></table>"
    )
    inner, outer = sorted(made.tables, key=lambda t: t.id, reverse=True)
    assert [c.span.cut(made.text) for c in outer.cells[:3]] == ["Day", "Dose", "Tue"]
    assert [(c.row, c.column, c.span.cut(made.text)) for c in inner.cells] == [
        (0, 0, "AM"),
        (0, 1, "5 mg\n• slowly\n• by mouth"),
        (1, 0, "PM"),
        (1, 1, "7 mg\ndeep\ner"),
    ]
    kinds = [(b.kind, b.span.cut(made.text)) for b in made.inner_blocks if b.kind != "table"]
    assert kinds == [("paragraph", "as"), ("paragraph", "Times"), ("paragraph", "then")]


def test_what_stands_outside_the_cells_comes_before_the_table() -> None:
    made = article(
        f"<table>loose<tr><form><td>A</td></form>astray<td>B</td></tr><p>wild</p>{ROW}</table>"
    )
    assert lines(made)[:3] == ["loose", "astray", "wild"]
    assert (0, 1, "B") in cells(made)
    assert not left(made)


def test_hidden_rows_are_listed() -> None:
    made = article(f"<table>{ROW}<tr style='display:none'><td>9</td><td>0 mg</td></tr></table>")
    assert left(made) == [("hidden text", "9 0 mg")]
    assert len(cells(made)) == 4
