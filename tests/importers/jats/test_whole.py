"""Nothing that an article in JATS shows is lost, wherever it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.importers.jats.read import read
from reader.model.document import Document
from reader.problem import Problem

NAMESPACES = (
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML"'
)


def article(body: str, path: Path, front: str = "", back: str = "") -> Document:
    path.write_text(
        f"<article {NAMESPACES}><front><article-meta>{front}</article-meta></front>"
        f"<body>{body}</body><back>{back}</back></article>",
        encoding="utf-8",
    )
    return read(path).document


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.xml"


def cuts(document: Document, kind: str) -> list[str]:
    return [m.span.cut(document.text) for m in document.marks if m.kind == kind]


def cells(document: Document, number: int = 0) -> list[list[str]]:
    """The words of a table row by row."""
    rows: dict[int, list[str]] = {}
    for cell in document.tables[number].cells:
        rows.setdefault(cell.row, []).append(cell.span.cut(document.text))
    return [rows[row] for row in sorted(rows)]


def test_tables_stand_as_such_wherever_they_are(path: Path) -> None:
    table = (
        "<table-wrap id='t{0}'><label>Table {0}</label><table><tbody><tr><td><p>1{0}</p></td>"
        "<td><p>20 mg</p><p>a day</p></td></tr></tbody></table></table-wrap>"
    )
    document = article(
        f"<p>Before {table.format(1)} after.</p>"
        f"<boxed-text><p>Box {table.format(2)}</p></boxed-text>"
        f"<table-wrap-group><label>Group</label>{table.format(3)}</table-wrap-group>"
        f"<list><list-item><p>Item {table.format(4)}</p></list-item></list>"
        f"<p>See <xref ref-type='table' rid='t4'>Table 4</xref>.</p>",
        path,
    )
    assert [cells(document, n) for n in range(4)] == [
        [[f"1{n}", "20 mg\na day"]] for n in range(1, 5)
    ]
    (link,) = (m for m in document.marks if m.kind == "link")
    assert document.text[int(link.target[1:]) :].startswith("Table 4")
    assert [b.span.cut(document.text) for b in document.inner_blocks][:2] == ["20 mg", "a day"]


def test_cells_hold_blocks_and_tables(path: Path) -> None:
    document = article(
        "<table-wrap><table><tr><td>A<list list-type='order'><list-item><p>5 mg</p></list-item>"
        "<list-item><p>6 mg</p></list-item></list>then</td><td><table><tr><td>7</td><td>8</td></tr>"
        "<tr><td><p>9</p><p>10</p></td></tr></table></td><td><p>Only</p></td><td><p>Pic</p>"
        "<graphic><alt-text>Shown</alt-text></graphic></td><td><boxed-text><caption><title>Key"
        "</title></caption><p>Boxed</p></boxed-text></td></tr></table></table-wrap>",
        path,
    )
    assert cells(document, 1)[0][0] == "A\n5 mg\n6 mg\nthen"
    inner = [(b.kind, b.label, b.span.cut(document.text)) for b in document.inner_blocks]
    assert ("list_item", "1.", "5 mg") in inner
    assert ("list_item", "2.", "6 mg") in inner
    assert ("paragraph", "", "then") in inner
    assert ("table", "", "7\t8\n9\n10") in inner
    assert ("figure", "", "") in inner
    assert ("paragraph", "", "Key") in inner
    assert not any(words == "Only" for _, _, words in inner)
    assert document.left_out == ()


def test_tables_of_oasis_have_their_cells_in_place(path: Path) -> None:
    document = article(
        "<table-wrap><oasis:table xmlns:oasis='urn:o'><oasis:tgroup cols='3'>"
        "<oasis:colspec colname='a'/><oasis:colspec colname='b'/><oasis:colspec colname='c'/>"
        "<oasis:tfoot><oasis:row><oasis:entry namest='a' nameend='b'>Sum</oasis:entry>"
        "<oasis:entry>60</oasis:entry></oasis:row></oasis:tfoot>"
        "<oasis:thead><oasis:row><oasis:entry>Drug</oasis:entry><oasis:entry colname='c'>Dose"
        "</oasis:entry></oasis:row></oasis:thead><oasis:tbody><oasis:row><oasis:entry morerows='1'>"
        "A</oasis:entry><oasis:entry>10</oasis:entry><oasis:entry>20</oasis:entry></oasis:row>"
        "<oasis:row><oasis:entry>15</oasis:entry><oasis:entry>30</oasis:entry></oasis:row>"
        "</oasis:tbody></oasis:tgroup></oasis:table></table-wrap>",
        path,
    )
    (table,) = document.tables
    placed = [
        (c.row, c.column, c.row_span, c.column_span, c.header, c.span.cut(document.text))
        for c in table.cells
    ]
    assert placed == [
        (0, 0, 1, 1, True, "Drug"),
        (0, 2, 1, 1, True, "Dose"),
        (1, 0, 2, 1, False, "A"),
        (1, 1, 1, 1, False, "10"),
        (1, 2, 1, 1, False, "20"),
        (2, 1, 1, 1, False, "15"),
        (2, 2, 1, 1, False, "30"),
        (3, 0, 1, 2, False, "Sum"),
        (3, 2, 1, 1, False, "60"),
    ]


def test_an_array_is_a_table_and_a_table_without_cells_is_text(path: Path) -> None:
    document = article(
        "<array><label>(3)</label><tbody><tr><td>10</td><td>20 mg</td></tr></tbody></array>"
        "<table>Loose</table><table-wrap><label>Table 9</label><table>None</table></table-wrap>"
        "<table-wrap><label>Table 8</label><caption><p>As picture</p></caption><alternatives>"
        "<graphic xlink:href='x.jpg'/></alternatives></table-wrap>",
        path,
    )
    assert cells(document) == [["10", "20 mg"]]
    assert document.text == "(3)\n10\t20 mg\nLoose\nTable 9\nNone\nTable 8 As picture"
    assert [b.kind for b in document.blocks] == [
        *("table", "paragraph", "paragraph", "paragraph", "figure")
    ]


def test_signs_that_are_pictures_are_said_or_stand_for_themselves(path: Path) -> None:
    document = article(
        "<p>K <inline-graphic><alt-text>≥</alt-text></inline-graphic>5, x<inline-graphic/>3, "
        "<private-char description='ounce'/> <private-char><glyph-data/></private-char></p>",
        path,
    )
    assert document.text == "K ≥5, x\ufffd3, ounce \ufffd"
    assert len(document.warnings) == 1


def test_a_formula_is_read_once(path: Path) -> None:
    document = article(
        "<p>If <inline-formula><alternatives><tex-math>\\documentclass[12pt]{minimal}"
        "\\usepackage{amsmath} \\begin{document}$$R_{0} \\ge 1$$\\end{document}</tex-math>"
        "<mml:math><mml:msub><mml:mi>R</mml:mi><mml:mn>0</mml:mn></mml:msub><mml:mo>≥</mml:mo>"
        "<mml:mn>1</mml:mn></mml:math></alternatives></inline-formula> or <inline-formula>"
        "<tex-math>\\documentclass{minimal}\\begin{document}$x^{2}$\\end{document}</tex-math>"
        "<inline-graphic/></inline-formula>, <tex-math>\\usepackage{a} y % why</tex-math></p>"
        "<disp-formula><label>(2)</label><graphic/></disp-formula>",
        path,
    )
    assert document.text == "If R0 ≥ 1 or x2, y\n(2)"
    assert [f.span.cut(document.text) for f in document.formulas] == ["R0 ≥ 1", "x2", "y"]
    (picture,) = document.figures
    assert picture.alternative == "Formula"


def test_marks_of_running_text(path: Path) -> None:
    document = article(
        "<p><strike>500</strike> 50 mg, <styled-content style='vertical-align: super'>9"
        "</styled-content><styled-content style-type='strike'>old</styled-content> "
        "<styled-content style='color:red'>red</styled-content> <sc>Caps</sc> "
        "<overline>x</overline> <overline>long mean</overline> "
        "<abbrev>AE<def><p>adverse event</p></def></abbrev> <abbrev>IV</abbrev> "
        "<xref ref-type='bibr' rid='r1'/> <ext-link xlink:href='https://x.example/'/></p>",
        path,
        back="<ref-list><ref id='r1'><mixed-citation>First</mixed-citation></ref></ref-list>",
    )
    assert cuts(document, "strike") == ["500", "old"]
    assert cuts(document, "sup") == ["9"]
    assert cuts(document, "small_caps") == ["Caps"]
    assert [
        (m.span.cut(document.text), m.target) for m in document.marks if m.kind == "abbreviation"
    ] == [("AE", "adverse event")]
    assert "x\u0305 long mean AE IV [1] https://x.example/" in document.text
    assert document.left_out == ()


def test_lists_are_numbered_as_they_are_printed(path: Path) -> None:
    item = "<list-item><p>x</p></list-item>"
    document = article(
        f"<list id='a' list-type='order'>{item * 2}</list><p>between</p>"
        f"<list list-type='order' continued-from='a'>{item}</list>"
        f"<list list-type='roman-lower'>{item * 4}</list><list list-type='alpha-upper' prefix-word="
        f"'Step'>{item * 2}</list><list list-type='simple'><title>Named</title>{item}</list>"
        f"<list><list-item><label>5</label><disp-quote><p>q</p></disp-quote></list-item></list>"
        f"<list list-type='alpha-lower'>{item * 27}</list>",
        path,
    )
    labels = [b.label for b in document.blocks if b.kind == "list_item"]
    assert labels[:11] == [
        "1.",
        "2.",
        "3.",
        "i.",
        "ii.",
        "iii.",
        "iv.",
        "Step A.",
        "Step B.",
        "",
        "",
    ]
    assert labels[-1] == "aa."
    assert "5\nq" in document.text


def test_an_abstract_is_printed_once_and_others_have_titles(path: Path) -> None:
    document = article(
        "<sec><title>Abstract</title><p>In short.</p></sec><sec><title>Aim</title><p>Go.</p></sec>",
        path,
        front="<title-group><article-title>Of 10<sup>9</sup> cells<xref>*</xref></article-title>"
        "<subtitle>A trial</subtitle><trans-title-group><trans-title>Von Zellen</trans-title>"
        "</trans-title-group></title-group><abstract><p>In short.</p></abstract>"
        "<abstract abstract-type='graphical'><p>Seen.</p></abstract>"
        "<abstract abstract-type='toc'><p>In short.</p></abstract>"
        "<trans-abstract><p>Kurz.</p></trans-abstract>",
    )
    assert document.title == "Of 10⁹ cells*: A trial"
    assert [s.title for s in document.sections] == [
        *("Abstract", "Graphical abstract", "Abstract in another language", "Aim")
    ]
    assert document.text.count("In short.") == 1
    assert document.left_out == ()


def test_what_the_front_says_in_sentences_is_read_at_the_end(path: Path) -> None:
    document = article(
        "<p>Text.</p>",
        path,
        front="<author-notes><fn fn-type='coi-statement'><p>Paid by nobody.</p></fn></author-notes>"
        "<kwd-group><title>Key words</title><kwd>fever</kwd><kwd>H<sub>2</sub>O</kwd></kwd-group>"
        "<funding-group><funding-statement>No money.</funding-statement></funding-group>"
        "<custom-meta-group><custom-meta><meta-name>Data Availability</meta-name><meta-value>On "
        "request.</meta-value></custom-meta></custom-meta-group>",
    )
    assert document.text == (
        "Text.\nAbout this article\nKey words: fever; H2O\nPaid by nobody.\nNo money.\nOn request."
    )


def test_parts_of_an_article_are_read_whole(path: Path) -> None:
    path.write_text(
        f"<article {NAMESPACES}><body><p>One.</p></body><sub-article article-type='reply' id='s'>"
        "<front-stub><contrib-group><contrib><name><surname>Berg</surname><given-names>A"
        "</given-names></name></contrib></contrib-group><abstract><p>Short.</p></abstract>"
        "</front-stub><body><p>Reply.</p></body><response><front-stub><title-group>"
        "<article-title>Back</article-title></title-group></front-stub><body><p>Again.</p></body>"
        "</response></sub-article></article>",
        encoding="utf-8",
    )
    document = read(path).document
    assert document.text == "One.\nReply\nA Berg\nAbstract\nShort.\nReply.\nBack\nAgain."
    assert [(s.level, s.title) for s in document.sections] == [
        *((1, "Reply"), (2, "Abstract"), (2, "Back"))
    ]


def test_fields_of_a_citation_are_parted_and_none_is_dropped(path: Path) -> None:
    document = article(
        "<p>x</p>",
        path,
        back="<ref-list><ref><mixed-citation><person-group><name><given-names>KK</given-names>"
        "<surname>Allen</surname></name><name><given-names>NE</given-names><surname>Key</surname>"
        "</name></person-group>. <source>Ann</source><year>2019</year></mixed-citation></ref>"
        "<ref><label>2</label><citation-alternatives><element-citation><source>No</source>"
        "</element-citation><mixed-citation>Yes</mixed-citation></citation-alternatives>"
        "<note><p>And this.</p></note></ref><ref><element-citation><name-alternatives><name>"
        "<surname>Low</surname></name><name><surname>Ni</surname></name></name-alternatives>"
        "<chapter-title>Part</chapter-title><article-title>Whole</article-title><source>Ann</source>"
        "<source>Second</source><comment>online</comment><etal/></element-citation></ref></ref-list>",
    )
    cut = [one.span.cut(document.text) for one in document.references]
    assert cut == [
        "KK Allen NE Key. Ann 2019",
        "Yes And this.",
        "Low, et al. Whole. Ann. Part. Second. online.",
    ]
    assert document.left_out == ()


def test_headings_keep_their_labels(path: Path) -> None:
    document = article(
        "<sec><label>2.1</label><title>Doses</title><p>x</p></sec><sec><label>IV.</label>"
        "<title>More</title><p>y</p></sec><sec><label>Part A</label><title>Last</title>"
        "<p>z</p></sec>"
        "<sec><label>3</label><p>w</p></sec>",
        path,
    )
    assert [(s.number, s.title) for s in document.sections] == [
        *(("2.1", "Doses"), ("IV", "More"), (None, "Part A Last"), (None, "3"))
    ]


def test_several_articles_in_one_file_are_refused(path: Path) -> None:
    path.write_text("<set><article/><article/></set>")
    with pytest.raises(Problem, match=r"“a\.xml” holds 2 articles in one file"):
        read(path)


def test_a_reading_stands_in_parentheses(path: Path) -> None:
    made = article("<p><ruby><rb>敗</rb><rt>hai</rt></ruby> is severe.</p>", path)
    assert made.text == "敗(hai) is severe."
