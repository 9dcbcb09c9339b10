"""What the page shows is the document's text, each character at its place."""

from __future__ import annotations

import base64
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtGui import QColor, QImage, QTextCharFormat, QTextCursor

from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.markdown.read import read
from reader.model.document import Document, MarkKind
from reader.model.span import Span
from reader.paths import seeds
from reader.problem import Problem
from reader.ui.typeset.formats import Formats
from reader.ui.typeset.text_document import TypesetDocument, draw_picture, parts
from reader.ui.typeset.typesetter import Typesetter
from reader.ui.widgets.dark_images import darkened
from reader.ui.widgets.theme import DARK, LIGHT

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect fill="#ff0000" width="10" height="10"/></svg>'  # noqa: E501
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)


def typeset(document: Document, part: Span | None = None, zoom: float = 1.0) -> TypesetDocument:
    setter = Typesetter(document, Formats(LIGHT, zoom), lambda name: SVG)
    return setter.typeset(part or Span(0, len(document.text)), "by line")


def shown(made: TypesetDocument, span: Span) -> str:
    """The characters that Qt has where the map says that a span is, all spaces as plain ones and
    without the signs that say where a line may end."""
    start, end = made.offsets.position(span.start), made.offsets.position(span.end)
    units = "".join(made.characterAt(i) for i in range(start, end))
    text = units.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    return plain(text.replace("\u2028", "\n"))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u2060", "").replace("\u00ad", "")


def rich() -> Document:
    writer = DocumentBuilder()
    writer.begin("title")
    writer.add("A title with 😀 in it")
    writer.begin("paragraph")
    writer.add("Mental health ")
    with writer.mark("reference_mark", "1"):
        writer.add("1")
    writer.add("conditions, NMDA and ")
    with writer.mark("strong"), writer.mark("emphasis"):
        writer.add("both 𝒳 at once")
    writer.add(", H")
    with writer.mark("sub"):
        writer.add("2")
    writer.add("O, x")
    with writer.mark("sup"):
        writer.add("2")
    writer.line_break()
    with writer.mark("code"):
        writer.add("code")
    writer.add(" and\u00a0")
    with writer.mark("link", "https://example.org"):
        writer.add("link")
    writer.begin_heading(1, "1")
    writer.add("First")
    writer.begin_heading(2, "1.1")
    writer.add("Inner")
    writer.begin_table()
    writer.begin_caption()
    writer.add("Table 1. Doses")
    for row in range(3):
        for column in range(2):
            if (row, column) == (2, 1):
                continue
            writer.begin_cell(row, column, row == 0, column_span=2 if row == 2 else 1)
            writer.add(f"cell {row} {column} 😀")
    for kind, depth, label in (
        ("list_item", 0, "•"),
        ("list_item", 1, "1."),
        ("quote", 0, ""),
        ("preformatted", 0, ""),
        ("formula", 0, ""),
        ("note", 0, "2"),
        ("reference", 0, "1"),
        ("answer", 0, "A."),
    ):
        writer.begin(kind, depth, label)  # type: ignore[arg-type]
        writer.add(f"a {kind} of its own")
    writer.begin_figure("a.svg", "what it shows", 1000, 500)
    writer.add("Figure 1. Its caption")
    writer.begin_figure("", "not kept")
    writer.begin("paragraph")
    writer.add("The end.")
    return writer.build(id="0" * 64, title="A title", journal="Journal of Examples")


def test_every_leaf_stands_where_the_map_says(qapp: object) -> None:
    document = rich()
    made = typeset(document)
    leaves = [b.span for b in document.blocks if b.kind not in ("table", "figure")]
    leaves += [c.span for t in document.tables for c in t.cells]
    leaves += [f.caption for f in document.figures if f.caption is not None]
    for span in leaves:
        assert shown(made, span) == plain(span.cut(document.text))
    for mark in document.marks:
        assert shown(made, mark.span) == plain(mark.span.cut(document.text))


def test_our_own_documents_stand_where_the_map_says(qapp: object) -> None:
    for path in seeds().glob("*.md"):
        document = read(path).document
        made = typeset(document)
        for block in document.blocks:
            if block.kind not in ("table", "figure"):
                assert shown(made, block.span) == plain(block.span.cut(document.text))


def format_at(made: TypesetDocument, document: Document, words: str) -> QTextCharFormat:
    offset = document.text.index(words)
    fragments = made.findBlock(made.offsets.position(offset)).begin()
    position = made.offsets.position(offset)
    while not fragments.atEnd():
        fragment = fragments.fragment()
        if fragment.position() <= position < fragment.position() + fragment.length():
            return fragment.charFormat()
        fragments += 1
    raise AssertionError(words)


def test_marks_change_how_text_looks(qapp: object) -> None:
    document = rich()
    made = typeset(document)
    body = format_at(made, document, "Mental")
    both = format_at(made, document, "both")
    assert both.font().italic()
    assert both.font().weight() > body.font().weight()
    raised = QTextCharFormat.VerticalAlignment.AlignSuperScript
    assert format_at(made, document, "1conditions").verticalAlignment() == raised
    assert format_at(made, document, "2O").verticalAlignment() != body.verticalAlignment()
    assert format_at(made, document, "NMDA").font().letterSpacing() == 104
    assert format_at(made, document, "link").foreground() != body.foreground()


def test_a_mark_glued_to_the_next_word_is_drawn_at_the_word_before(qapp: object) -> None:
    document = rich()
    made = typeset(document)
    assert format_at(made, document, " 1conditions").font().pixelSize() == 1
    assert format_at(made, document, "1conditions").font().letterSpacing() > 0


def test_printed_numbers_stand_before_their_headings(qapp: object) -> None:
    assert "1\u2002First" in typeset(rich()).toPlainText()
    document = rich()
    plain = tuple(replace(s, number=None) for s in document.sections)
    assert "1\u2002First" not in typeset(replace(document, sections=plain)).toPlainText()


def a_table_with_blocks() -> Document:
    """Two columns; the second cell holds a paragraph, a list, a picture and a table."""
    writer = DocumentBuilder()
    writer.begin_table()
    writer.begin_cell(0, 0)
    writer.add("Child")
    writer.begin_cell(0, 1)
    writer.add("Give")
    for label, words in (("1.", "Airway"), ("2.", "Breathing")):
        writer.begin_in_cell("list_item", label=label)
        writer.add(words)
    writer.figure_in_cell("", "a mask")
    writer.begin_table_in_cell()
    for column, words in enumerate(("10", "20 mg")):
        writer.begin_inner_cell(0, column)
        writer.add(words)
    writer.end_table_in_cell()
    writer.begin_in_cell("paragraph")
    writer.add("Then 😀 wait.")
    writer.begin("paragraph")
    writer.add("After the table.")
    return writer.build(id="0" * 64, title="Cells", source="cells.html")


def test_a_cell_shows_its_blocks_each_at_its_place(qapp: object) -> None:
    document = a_table_with_blocks()
    made = typeset(document)
    for words in (
        "Give",
        "Airway",
        "Breathing",
        "10",
        "20 mg",
        "Then 😀 wait.",
        "After the table.",
    ):
        start = document.text.index(words)
        assert shown(made, Span(start, start + len(words))) == words
    lines = made.toPlainText()
    assert "1.\tAirway" in lines
    assert "Picture, not kept in the file: a mask" in lines
    inner = document.inner_blocks[[b.kind for b in document.inner_blocks].index("table")]
    ten = made.findBlock(made.offsets.position(inner.span.start))
    layout = made.documentLayout()
    twenty = made.findBlock(made.offsets.position(document.text.index("20 mg")))
    assert layout.blockBoundingRect(ten).top() == layout.blockBoundingRect(twenty).top()


@pytest.mark.parametrize(
    ("kind", "shows"), [("strike", "fontStrikeOut"), ("insert", "fontUnderline")]
)
def test_struck_and_inserted_words_look_it(qapp: object, kind: MarkKind, shows: str) -> None:
    writer = DocumentBuilder()
    writer.begin("paragraph")
    writer.add("Give ")
    with writer.mark(kind):
        writer.add("500 mg")
    writer.add(" 50 mg.")
    document = writer.build(id="0" * 64, title="t", source="s")
    made = typeset(document)
    for words, expected in (("500 mg", True), ("Give", False), (" 50 mg.", False)):
        cursor = QTextCursor(made)
        cursor.setPosition(made.offsets.position(document.text.index(words)) + 1)
        assert getattr(cursor.charFormat(), shows)() is expected


def test_a_picture_that_is_not_there_says_so(qapp: object) -> None:
    writer = DocumentBuilder()
    writer.begin_figure("")
    writer.add("Figure 1. The heart.")
    document = writer.build(id="0" * 64, title="t", source="s")
    assert "Picture, not kept in the file.\nFigure 1. The heart." in typeset(document).toPlainText()


@pytest.mark.parametrize("untrusted", [b"", b"no picture", b"<svg broken", None])
def test_a_picture_whose_file_is_missing_or_damaged_says_so_in_its_place(
    qapp: object, untrusted: bytes | None
) -> None:
    def asset(name: str) -> bytes:
        if untrusted is None:
            raise Problem("The file is gone.")
        return untrusted

    document = rich()
    made = Typesetter(document, Formats(LIGHT, 1.0), asset).typeset(Span(0, len(document.text)), "")
    image = made.loadResource(2, "a.svg")
    assert (image.width(), image.height()) == made.figure_sizes["a.svg"]
    assert image.pixelColor(5, 5).name() == LIGHT.chrome.lower()
    colours = {image.pixelColor(x, y).name() for x in range(100, 480) for y in range(130, 160)}
    assert len(colours) > 4  # words, not blank


@pytest.mark.parametrize(
    ("words", "whole"),
    [("MDR-TB was", "MDR-TB"), ("COVID-19 in", "COVID-19"), ("non-NMDA drugs", "NMDA")],
)
def test_short_forms_are_whole_in_small_capitals(qapp: object, words: str, whole: str) -> None:
    writer = DocumentBuilder()
    writer.begin("paragraph")
    writer.add(f"With {words} A-ABCd and so on in lower case letters.")
    document = writer.build(id="0" * 64, title="t", source="s")
    made = typeset(document)
    start = document.text.index(whole)
    for offset in range(start, start + len(whole)):
        assert format_at(made, document, document.text[offset:]).font().letterSpacing() == 104
    for words in ("A-ABCd", "With"):
        assert format_at(made, document, words).font().letterSpacing() != 104


def test_byline_title_and_journal_stand_at_the_beginning_only(qapp: object) -> None:
    document = rich()
    whole = typeset(document).toPlainText()
    assert whole.startswith("JOURNAL OF EXAMPLES\nA title with")
    assert "by line" in whole
    later = typeset(document, Span(document.sections[0].span.start, len(document.text)))
    assert "by line" not in later.toPlainText()
    assert later.toPlainText().startswith("1\u2002First")


def test_a_title_that_is_not_in_the_text_is_shown_above_it(qapp: object) -> None:
    writer = DocumentBuilder()
    writer.begin("paragraph")
    writer.add("Words.")
    document = writer.build(id="0" * 64, title="Given Title")
    assert typeset(document).toPlainText().startswith("Given Title\nby line\nWords.")


def test_pictures_are_drawn_when_asked_for(qapp: object) -> None:
    made = typeset(rich())
    assert made.figure_sizes["a.svg"] == (585, 292)
    image = made.loadResource(2, "a.svg")
    assert image.pixelColor(300, 100).name() == "#ff0000"
    assert made.loadResource(2, "a.svg") is image
    assert draw_picture(PNG, 4, 4, 1.0).width() == 4
    assert draw_picture(b"no picture", 4, 4, 1.0).pixelColor(1, 1).name() == "#ffffff"


def test_figures_on_dark_paper_keep_their_hues(qapp: object) -> None:
    drawn = QImage(4, 1, QImage.Format.Format_RGB32)
    for x, colour in enumerate(("#ffffff", "#000000", "#a00000", "#808080")):
        drawn.setPixelColor(x, 0, QColor(colour))
    made = darkened(drawn, DARK.paper)
    assert made.pixelColor(0, 0).name() == DARK.paper.lower()
    assert made.pixelColor(1, 0).name() == "#ffffff"
    assert made.pixelColor(2, 0).hue() in (0, 1, 2, 358, 359)
    assert made.pixelColor(2, 0).lightness() > 128 > drawn.pixelColor(2, 0).lightness()
    assert drawn.pixelColor(0, 0).name() == "#ffffff"
    setter = Typesetter(rich(), Formats(DARK, 1.0, figure_paper=DARK.paper), lambda name: SVG)
    document = rich()
    image = setter.typeset(Span(0, len(document.text)), "by").loadResource(2, "a.svg")
    red = image.pixelColor(300, 100)
    assert red.red() > 200
    assert red.hue() in (0, 1, 2, 358, 359)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_zoom_makes_everything_larger(theme: object, qapp: object) -> None:
    small, large = (typeset(rich(), zoom=zoom) for zoom in (1.0, 2.0))
    assert large.formats.column_px == 2 * small.formats.column_px


def long_document(sections: int, paragraphs: int) -> Document:
    writer = DocumentBuilder()
    for number in range(sections):
        writer.begin_heading(1)
        writer.add(f"Section {number}")
        for _ in range(paragraphs):
            writer.begin("paragraph")
            writer.add("word " * 40)
    return writer.build(id="0" * 64, title="Long")


def test_a_long_text_is_divided_at_its_top_sections() -> None:
    document = long_document(10, 10)
    cut = parts(document, 5_000)
    assert cut[0].start == 0
    assert cut[-1].end == len(document.text)
    assert all(a.end == b.start for a, b in pairwise(cut))
    starts = {s.span.start for s in document.sections}
    assert {part.start for part in cut} <= starts
    assert all(len(part) <= 5_000 for part in cut)
    assert parts(document) == (Span(0, len(document.text)),)


def test_a_long_text_without_sections_is_divided_between_paragraphs() -> None:
    document = long_document(1, 60)
    cut = parts(document, 3_000)
    assert len(cut) > 3
    starts = {b.span.start for b in document.blocks}
    assert {part.start for part in cut} <= starts
    one = long_document(1, 1)
    assert parts(one, 50)[-1].end == len(one.text)
