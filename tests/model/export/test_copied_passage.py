"""A passage on the clipboard has its numbers, its marks and its cells."""

from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Document
from reader.model.export.copied_passage import copied_html, copied_text
from reader.model.span import Span

BREAK = '<br style="mso-data-placement:same-cell">'


def made() -> Document:
    writer = DocumentBuilder()
    writer.begin("title")
    writer.add("On doses")
    writer.begin_heading(1, "2.1")
    writer.add("First line")
    writer.begin("list_item", label="3.")
    writer.add("Below 10")
    with writer.mark("sup"):
        writer.add("9")
    writer.add("/L & less")
    with writer.mark("reference_mark", "1"), writer.mark("sup"):
        writer.add("1")
    writer.begin("preformatted")
    writer.add("a\n  b")
    writer.begin("quote")
    writer.add("Said.")
    writer.begin_heading(1)
    writer.add("Table")
    writer.begin_table()
    writer.begin_caption()
    writer.add("Doses")
    writer.begin_cell(0, 0, header=True, row_span=2)
    writer.add("Child")
    writer.begin_cell(0, 1)
    writer.add("Day")
    writer.line_break()
    writer.add("5 mg")
    writer.begin_cell(0, 2)
    writer.begin_cell(1, 1, column_span=2)
    writer.add("Night")
    writer.begin("paragraph")
    writer.add("End.")
    return writer.build(id="a" * 64, title="On doses", source="s")


def span_of(document: Document, first: str, last: str) -> Span:
    return Span(document.text.index(first), document.text.index(last) + len(last))


def test_words_inside_a_paragraph_are_copied_as_they_stand() -> None:
    document = made()
    span = span_of(document, "elow", "109")
    assert copied_text(document, span) == "elow 10⁹"
    assert copied_html(document, span) == "elow 10<sup>9</sup>"


def test_whole_paragraphs_keep_their_printed_numbers() -> None:
    document = made()
    span = span_of(document, "First line", "less1")
    assert copied_text(document, span) == "2.1 First line\n3. Below 10⁹/L & less [1]"
    assert copied_html(document, span) == (
        "<h2>2.1 First line</h2><p>3. Below 10<sup>9</sup>/L &amp; less<sup>1</sup></p>"
    )
    assert copied_text(document, span_of(document, "Below", "less1")).startswith("3. Below")
    assert copied_text(document, span_of(document, "Below", "less")).startswith("Below")


def test_all_of_it_has_each_kind_of_block() -> None:
    document = made()
    html = copied_html(document, Span(0, len(document.text)))
    for piece in (
        "<h1>On doses</h1>",
        "<pre>a<br>  b</pre>",
        "<blockquote>Said.</blockquote>",
        "<h2>Table</h2>",
        "<p>End.</p>",
    ):
        assert piece in html


def test_a_table_is_copied_as_cells() -> None:
    document = made()
    span = span_of(document, "Doses", "Night")
    assert copied_text(document, span) == "Doses\nChild\tDay 5 mg\t\n\tNight\t"
    assert copied_html(document, span) == (
        f'<table><caption>Doses</caption><tr><th rowspan="2">Child</th>'
        f"<td>Day{BREAK}5 mg</td><td></td></tr>"
        '<tr><td colspan="2">Night</td></tr></table>'
    )


def test_a_part_of_a_table_is_copied_from_its_first_column_on() -> None:
    document = made()
    span = span_of(document, "Day", "Night")
    assert copied_text(document, span) == "Day 5 mg\t\nNight\t"
    assert copied_html(document, span) == (
        f"<table><tr><td>Day{BREAK}5 mg</td><td></td></tr>"
        '<tr><td colspan="2">Night</td></tr></table>'
    )


def test_a_caption_alone_and_words_outside_blocks() -> None:
    document = made()
    assert copied_html(document, span_of(document, "Doses", "Doses")) == (
        "<table><caption>Doses</caption></table>"
    )
    assert copied_text(document, span_of(document, "Doses", "Doses")) == "Doses"
    bare = Document("a" * 64, "t", "Only words")
    assert copied_text(bare, Span(0, 4)) == "Only"


def test_a_part_that_begins_in_the_middle_of_a_row_keeps_its_columns() -> None:
    writer = DocumentBuilder()
    writer.begin_table()
    for row in range(3):
        for column in range(3):
            writer.begin_cell(row, column)
            writer.add(f"r{row}c{column}")
    writer.end()
    document = writer.build(id="a" * 64, title="t", source="s")
    span = span_of(document, "r0c2", "r2c0")
    assert copied_text(document, span) == "\t\tr0c2\nr1c0\tr1c1\tr1c2\nr2c0"
    assert copied_html(document, span) == (
        "<table><tr><td></td><td></td><td>r0c2</td></tr>"
        "<tr><td>r1c0</td><td>r1c1</td><td>r1c2</td></tr><tr><td>r2c0</td></tr></table>"
    )
