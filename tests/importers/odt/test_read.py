"""Texts in OpenDocument keep their words, headings, lists, tables, notes, pictures and signs."""

from __future__ import annotations

import base64
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.importers.odt.read import read
from reader.importers.registry import importer_for
from reader.importers.result import ImportResult
from reader.model.document import Document
from reader.problem import Problem
from tests.importers.archives import zipped
from tests.importers.html.test_mhtml import PIXEL

NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in {
        "office": "office",
        "text": "text",
        "style": "style",
        "table": "table",
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
        "meta": "meta",
    }.items()
)
NAMES += ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
STYLES = """<office:automatic-styles>
<style:style style:name="up"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="down"><style:text-properties style:text-position="-33% 58%"/></style:style>
<style:style style:name="flat"><style:text-properties style:text-position="0% 100%"/></style:style>
<style:style style:name="gone"><style:text-properties style:text-line-through-style="solid"/>
</style:style><style:style style:name="still" style:parent-style-name="gone"/>
<style:style style:name="loop" style:parent-style-name="loop"><style:text-properties
fo:font-weight="bold" fo:font-style="italic" fo:font-variant="small-caps"/></style:style>
<style:style style:name="hid"><style:text-properties text:display="none"/></style:style>
<style:style style:name="Title"/><style:style style:name="P1" style:parent-style-name="Title"/>
<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1"
style:num-suffix="." text:start-value="3"/><text:list-level-style-number text:level="2"
style:num-format="a" style:num-prefix="(" style:num-suffix=")"/><text:list-level-style-number
text:level="3" style:num-format="I" text:display-levels="3"/></text:list-style>
<text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="–"/>
<text:list-level-style-bullet text:level="2" text:bullet-char="&#xf0b7;"/>
<text:list-level-style-number text:level="3" style:num-format=""/></text:list-style>
<text:outline-style style:name="O"><text:outline-level-style text:level="1" style:num-format="1"/>
<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/>
</text:outline-style></office:automatic-styles>"""


def opened(tmp_path: Path, inside: str, **more: str | bytes) -> ImportResult:
    content = (
        f"<office:document-content {NAMES}>{STYLES}<office:body><office:text>{inside}</office:text>"
        "</office:body></office:document-content>"
    )
    members = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    path = tmp_path / "a.odt"
    path.write_bytes(zipped(members | {k.replace("__", "/"): v for k, v in more.items()}))
    return importer_for(path, path.read_bytes()[:4096])(path)


def said(document: Document) -> list[tuple[str, int, str, str]]:
    return [(b.kind, b.depth, b.label, b.span.cut(document.text)) for b in document.blocks]


def cuts(document: Document, kind: str) -> list[str]:
    return [m.span.cut(document.text) for m in document.marks if m.kind == kind]


def test_headings_lists_and_signs(tmp_path: Path) -> None:
    document = opened(
        tmp_path,
        '<text:p text:style-name="P1">On <text:span text:style-name="up">9</text:span></text:p>'
        '<text:h text:outline-level="1">Doses</text:h><text:h text:outline-level="2">In adults'
        '</text:h><text:h text:is-list-header="true">Beside</text:h>'
        '<text:p>10<text:span text:style-name="up">9</text:span>'
        ' CO<text:span text:style-name="down">'
        '2</text:span> <text:span text:style-name="still">500</text:span><text:s text:c="2"/>'
        '<text:span text:style-name="flat">50</text:span><text:tab/>mg<text:line-break/>'
        '<text:span text:style-name="loop">Caps</text:span>'
        ' <text:a xlink:href="https://x.example/">'
        'site</text:a> <text:a xlink:href="x.odt">no</text:a></text:p>'
        '<text:p text:style-name="gone">All struck</text:p>',
    ).document
    assert document.title == "On ⁹"
    assert [(s.level, s.number, s.title) for s in document.sections] == [
        *((1, "1", "Doses"), (2, "1.1", "In adults"), (1, None, "Beside"))
    ]
    assert cuts(document, "sup") == ["9", "9"]
    assert cuts(document, "sub") == ["2"]
    assert cuts(document, "strike") == ["500", "All struck"]
    assert cuts(document, "small_caps") == cuts(document, "strong") == ["Caps"]
    assert cuts(document, "link") == ["site"]
    assert "109 CO2 500 50 mg\nCaps site no" in document.text
    assert document.left_out == ()


def items(*inside: str, more: str = "") -> str:
    listed = "".join(f"<text:list-item>{one}</text:list-item>" for one in inside)
    return f"<text:list {more}>{listed}</text:list>"


def p(words: str) -> str:
    return f"<text:p>{words}</text:p>"


def test_lists_are_numbered_as_their_styles_say(tmp_path: Path) -> None:
    numbered, goes_on = 'text:style-name="L"', 'text:continue-numbering="true"'
    document = opened(
        tmp_path,
        items(p("a") + items(p("b")), p("e") + items(p("c") + items(p("d"))), more=numbered)
        + p("between")
        + items(p("f"), more=f"{numbered} {goes_on}")
        + f"<text:list {numbered} {goes_on}><text:list-header><text:p>head</text:p>"
        '</text:list-header><text:list-item text:start-value="9"><text:p>g</text:p>'
        "</text:list-item></text:list>"
        + items(p("h") + items(p("i") + items(p("j"))), more='text:style-name="B"')
        + items(p("k") + p("more"), more='text:style-name="none"'),
    ).document
    labels = {
        words: (label, depth) for kind, depth, label, words in said(document) if kind == "list_item"
    }
    assert labels == {
        "a": ("3.", 0),
        "b": ("(a)", 1),
        "e": ("4.", 0),
        "c": ("(a)", 1),
        "d": ("IV.I.I", 2),
        "f": ("5.", 0),
        "head": ("", 0),
        "g": ("9.", 0),
        "h": ("–", 0),
        "i": ("•", 1),
        "j": ("", 2),
        "k": ("•", 0),
        "more": ("", 0),
    }


def test_tables_have_their_cells_in_place(tmp_path: Path) -> None:
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>".format
    document = opened(
        tmp_path,
        "<table:table><table:table-header-rows><table:table-row>"
        + cell(' table:number-columns-spanned="2"', "Drug")
        + "<table:covered-table-cell/>"
        + cell("", "Dose")
        + "</table:table-row></table:table-header-rows><table:table-row>"
        + cell(' table:number-rows-spanned="2"', "A")
        + cell(' table:number-columns-repeated="2"', "5 mg")
        + '</table:table-row><table:table-row table:number-rows-repeated="1">'
        "<table:covered-table-cell/>"
        + '<table:table-cell table:number-columns-repeated="1000"/></table:table-row>'
        "<table:table-row>"
        + "<table:table-cell><text:p>One</text:p><text:list><text:list-item><text:p>Two</text:p>"
        + "</text:list-item></text:list><table:table><table:table-row>"
        + cell("", "In")
        + cell("", "ner")
        + "</table:table-row></table:table></table:table-cell></table:table-row></table:table>",
    ).document
    outer = document.tables[-1]
    placed = [
        (c.row, c.column, c.row_span, c.column_span, c.header, c.span.cut(document.text))
        for c in outer.cells
    ]
    assert placed[:5] == [
        (0, 0, 1, 2, True, "Drug"),
        (0, 2, 1, 1, True, "Dose"),
        (1, 0, 2, 1, False, "A"),
        (1, 1, 1, 1, False, "5 mg"),
        (1, 2, 1, 1, False, "5 mg"),
    ]
    assert placed[-1][5] == "One\nTwo\nIn\tner"
    assert [b.kind for b in document.inner_blocks] == ["paragraph", "list_item", "table"]
    assert document.left_out == ()


def test_notes_comments_and_what_was_deleted(tmp_path: Path) -> None:
    document = opened(
        tmp_path,
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Old 5 mg</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>Give<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>With food.</text:p><text:list><text:list-item><text:p>Or milk</text:p>"
        "</text:list-item></text:list></text:note-body></text:note> 10 mg"
        "<office:annotation><dc:creator>A</dc:creator><text:p>Check</text:p></office:annotation>"
        ", see "
        '<text:bookmark-ref text:ref-name="there">there</text:bookmark-ref>.</text:p>'
        '<text:p text:style-name="hid">Secret</text:p><text:p>Not <text:span text:style-name="hid">'
        "this</text:span> <text:hidden-text>nor this</text:hidden-text><text:bookmark text:name="
        '"there"/>here.</text:p><text:table-of-content><text:table-of-content-source/>'
        "<text:index-body><text:p>Doses 3</text:p></text:index-body></text:table-of-content>"
        "<text:section><text:p>In a section.</text:p></text:section>",
    ).document
    assert document.text == "Give1 10 mg, see there.\nWith food.\nOr milk\nNot here.\nIn a section."
    assert ("note", 0, "1", "With food.") in said(document)
    targets = {m.span.cut(document.text): m.target for m in document.marks if m.target}
    assert document.text[int(targets["1"][1:]) :].startswith("With food.")
    assert document.text[int(targets["there"][1:]) :].startswith("here.")
    assert sorted((one.reason, one.words) for one in document.left_out) == [
        ("comments", "A Check"),
        ("deleted text", "Old 5 mg"),
        ("hidden text", "Secret"),
        ("hidden text", "nor this"),
        ("hidden text", "this"),
        ("printed contents", "Doses 3"),
    ]


MATH = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi><mo>=</mo><mn>5</mn></math>'
PARTS: dict[str, str | bytes] = {"Object 1__content.xml": MATH, "Pictures__a.png": PIXEL}


def test_pictures_formulas_and_boxes(tmp_path: Path) -> None:
    reading = opened(
        tmp_path,
        '<text:p>If <draw:frame><draw:object xlink:href="./Object 1"/><draw:image/></draw:frame>'
        " then"
        '<draw:frame><draw:image xlink:href="Pictures/a.png"/><svg:desc>A curve</svg:desc>'
        "</draw:frame>"
        "<draw:frame><draw:text-box><text:p>Boxed</text:p></draw:text-box></draw:frame></text:p>"
        '<draw:frame><draw:image xlink:href="https://x.example/a.png"/></draw:frame>'
        f"<draw:frame><draw:object>{MATH}</draw:object></draw:frame>"
        "<table:table><table:table-row><table:table-cell><text:p>Cell<draw:frame><draw:image "
        'xlink:href="Pictures/a.png"/></draw:frame></text:p></table:table-cell></table:table-row>'
        "</table:table>",
        **PARTS,
    )
    document = reading.document
    assert document.text.startswith("If x = 5 then\nBoxed\n")
    assert [f.span.cut(document.text) for f in document.formulas] == ["x = 5", "x = 5"]
    assert sorted((bool(f.asset), f.alternative) for f in document.figures) == [
        *((False, "Picture"), (True, "A curve"), (True, "Picture"))
    ]
    assert len(reading.assets) == 1


def test_details_and_flat_files(tmp_path: Path) -> None:
    meta = (
        f"<office:document-meta {NAMES}><office:meta><dc:title>Of fever</dc:title>"
        f"<meta:initial-creator>"
        "Ada</meta:initial-creator><dc:date>2024-03-05T10:00:00</dc:date><dc:language>de-DE"
        "</dc:language></office:meta></office:document-meta>"
    )
    document = opened(tmp_path, "<text:h>First</text:h>", **{"meta.xml": meta}).document
    assert (document.title, document.authors) == ("Of fever", ("Ada",))
    assert (document.publication.updated, document.language) == ("2024-03-05", "de")
    flat = tmp_path / "a.fodt"
    picture = base64.b64encode(PIXEL).decode()
    flat.write_text(
        f'<?xml version="1.0"?><office:document {NAMES}><office:body><office:text><text:h>'
        f"Flat</text:h>"
        f"<text:p><draw:frame><draw:image><office:binary-data>{picture}</office:binary-data>"
        "</draw:image></draw:frame><draw:frame><draw:image><office:binary-data>"
        "odd</office:binary-data>"
        "</draw:image></draw:frame></text:p></office:text></office:body></office:document>"
    )
    reading = importer_for(flat, flat.read_bytes()[:4096])(flat)
    assert reading.document.title == "Flat"
    assert len(reading.assets) == 1


@pytest.mark.parametrize(
    ("members", "sentence"),
    [
        ({"content.xml": "<a/>"}, "“a.odt” is damaged: the text in it cannot be found."),
        ({"content.xml": f"<a {NAMES}><office:body><office:text/></office:body></a>"},
         "“a.odt” holds no text to read."),
        ({"META-INF/manifest.xml": "<m><encryption-data/></m>"},
         "“a.odt” is protected by a password."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(
    members: dict[str, str | bytes], sentence: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.odt"
    path.write_bytes(zipped(members))
    with pytest.raises(Problem) as caught:
        read(path)
    assert caught.value.sentence.startswith(sentence)


WORD = st.from_regex(r"[a-z]{3,6}[0-9]{2}", fullmatch=True)
LEAF = st.one_of(
    st.builds("<text:p>{}</text:p>".format, WORD),
    st.builds("<text:h>{}</text:h>".format, WORD),
    st.builds("<text:p>{}<text:note><text:note-body><text:p>{}</text:p></text:note-body></text:note>"
              "{}</text:p>".format, WORD, WORD, WORD),
)  # fmt: skip


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    many = st.lists(inner, min_size=1, max_size=3).map("".join)
    return st.one_of(
        st.builds("<text:list><text:list-item>{}</text:list-item></text:list>".format, many),
        st.builds("<text:section>{}</text:section>".format, many),
        st.builds(
            "<table:table><table:table-row><table:table-cell>{}</table:table-cell>"
            "<table:table-cell>"
            "{}</table:table-cell></table:table-row></table:table>".format,
            *(many, many),
        ),
        st.builds(
            "<text:p>{}<draw:frame><draw:text-box>{}</draw:text-box></draw:frame>{}</text:p>"
            "".format,
            *(WORD, many, WORD),
        ),
    )


@given(st.lists(st.recursive(LEAF, nested, max_leaves=8), min_size=1, max_size=3).map("".join))
def test_every_word_is_in_the_text_once(
    tmp_path_factory: pytest.TempPathFactory, inside: str
) -> None:
    document = opened(tmp_path_factory.getbasetemp(), inside).document
    pattern = re.compile(r"[a-z]+[0-9]{2}")
    words = Counter(pattern.findall(re.sub("<[^>]*>", " ", inside)))
    assert Counter(pattern.findall(document.text)) == words
    assert document.left_out == ()


SIGNS = (
    '<office:font-face-decls><style:font-face style:name="F" svg:font-family="&apos;Symbol&apos;"/>'
    '</office:font-face-decls><office:automatic-styles><style:style style:name="sign">'
    '<style:text-properties style:font-name="F"/></style:style><style:style style:name="heir" '
    'style:parent-style-name="sign"/></office:automatic-styles>'
)


@pytest.mark.parametrize(
    ("inside", "read_as"),
    [
        ('<text:span text:style-name="sign">&#xf0b3;</text:span>5 mg', "≥5 mg"),
        ('<text:span text:style-name="heir">m</text:span>g', "μg"),
        ('a <text:span text:style-name="sign">&#xf0a3;<text:s/>m</text:span> b', "a ≤ μ b"),
        ("&#xf0b3;5 mg", "≥5 mg"),
        ('<text:span text:style-name="sign">&#xf0f0;</text:span> 5', "\ufffd 5"),
    ],
)
def test_signs_of_symbol_fonts_are_read(inside: str, read_as: str, tmp_path: Path) -> None:
    body = f"{SIGNS}<office:body><office:text><text:p>{inside}</text:p></office:text></office:body>"
    path = tmp_path / "a.fodt"
    path.write_text(f"<office:document {NAMES}>{body}</office:document>", encoding="utf-8")
    document = read(path).document
    assert document.text == read_as
    assert document.left_out == ()
    assert ("�" in document.text) == bool(document.warnings)


def test_what_was_inserted_is_marked_over_paragraphs(tmp_path: Path) -> None:
    changes = "".join(
        f'<text:changed-region text:id="{name}"><text:{kind}/></text:changed-region>'
        for name, kind in [("n", "insertion"), ("f", "format-change")]
    )
    document = opened(
        tmp_path,
        f"<text:tracked-changes>{changes}</text:tracked-changes>"
        '<text:p>Give <text:change-start text:change-id="n"/>5 mg</text:p><text:p>twice'
        '<text:change-end text:change-id="n"/> <text:change-start text:change-id="f"/>daily'
        '<text:change-end text:change-id="f"/>.</text:p><text:change-start text:change-id="n"/>'
        '<text:p>Stop.</text:p><text:change-end text:change-id="n"/>',
    ).document
    inserted = [m.span.cut(document.text) for m in document.marks if m.kind == "insert"]
    assert inserted == ["5 mg", "twice", "Stop."]


def test_hidden_sections_and_paragraphs_are_left_out(tmp_path: Path) -> None:
    hide = '<text:hidden-paragraph text:is-hidden="true"/>'
    document = opened(
        tmp_path,
        '<text:p>Shown<text:hidden-text text:is-hidden="false"> too</text:hidden-text>'
        '<text:hidden-paragraph text:is-hidden="false"/></text:p>'
        f"<text:p>{hide}A hidden line</text:p>"
        '<text:section text:display="none"><text:p>Never</text:p></text:section>'
        '<text:section text:display="condition" text:is-hidden="true"><text:p>Not now</text:p>'
        '</text:section><text:section text:display="condition"><text:p>Now</text:p></text:section>',
    ).document
    assert document.text == "Shown too\nNow"
    assert [(o.reason, o.words.strip()) for o in document.left_out] == [
        ("hidden text", words) for words in ("A hidden line", "Never", "Not now")
    ]


def test_a_reading_stands_in_parentheses(tmp_path: Path) -> None:
    ruby = "<text:ruby-base>敗</text:ruby-base><text:ruby-text>hai</text:ruby-text>"
    made = opened(tmp_path, f"<text:p><text:ruby>{ruby}</text:ruby> is severe.</text:p>").document
    assert made.text == "敗(hai) is severe."
