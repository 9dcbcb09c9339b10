"""Articles in JATS keep their words, sections, tables, figures, notes and citations."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.importers.jats.read import read
from reader.model.document import Document, Mark
from reader.model.span import Span
from reader.problem import Problem

FRONT = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD" "journalpublishing3.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML"
 article-type="research-article" xml:lang="EN"><front>
<journal-meta><journal-title-group><journal-title>Annals of Tests</journal-title>
</journal-title-group></journal-meta><article-meta>
<article-id pub-id-type="doi">10.1234/ann.5</article-id>
<article-id pub-id-type="pmid">12345678</article-id>
<title-group><article-title>Slow <italic>infusion</italic></article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Berg</surname>
<given-names>Ada</given-names><suffix>Jr</suffix></name></contrib>
<contrib contrib-type="author"><collab>The <italic>Slow</italic> Group<contrib-group>
<contrib><name><surname>Member</surname><given-names>One</given-names></name><aff>Far away</aff>
</contrib></contrib-group></collab></contrib>
<contrib contrib-type="editor"><name><surname>Nobody</surname></name></contrib></contrib-group>
<pub-date pub-type="ppub"><month>Mar</month><year>2021</year></pub-date>
<pub-date pub-type="epub"><day>7</day><month>2</month><year>2021</year></pub-date>
<permissions><license xlink:href="http://creativecommons.org/licenses/by/4.0/"><license-p>Free.
</license-p></license></permissions>
<abstract><p>In short.</p></abstract>
<abstract abstract-type="summary"><title>For readers</title><p>Shorter.</p></abstract>
</article-meta></front>"""
BODY = """<body><sec id="s1"><label>1.</label><title>Methods</title>
<p id="p1">We gave 0.5&#160;mg/kg<xref ref-type="bibr" rid="r1">1</xref>–<xref ref-type="bibr"
rid="r3">3</xref>, see <xref ref-type="fig" rid="f1">Fig. 1</xref>, as said
before<fn id="n1"><label>a</label><p>Said by few.</p></fn> (H<sub>2</sub>O &lt; 5).
<list list-type="order"><list-item><p>One</p><list><list-item><p>Inner</p></list-item></list>
</list-item><list-item><p>Two</p><p>still two</p></list-item></list> And on.</p>
<sec><title>Doses in detail</title><p>At <ext-link xlink:href="https://x.example/a">a site
</ext-link> or <email>a@x.example</email>.</p>
<disp-formula id="e1"><label>(1)</label><mml:math><mml:mi>a</mml:mi><mml:mo>=</mml:mo><mml:mfrac>
<mml:mi>b</mml:mi><mml:mn>2</mml:mn></mml:mfrac></mml:math></disp-formula></sec></sec>
<sec><title>Results</title>
<table-wrap id="t1"><label>Table 1</label><caption><title>Counts.</title><p>By group.</p>
</caption><table><thead><tr><th>Group</th><th colspan="2">Count</th></tr></thead>
<tbody><tr><td>A</td><td>1</td><td>2<xref ref-type="table-fn" rid="tf">*</xref></td></tr></tbody>
</table><table-wrap-foot><fn id="tf"><p>* On average.</p></fn></table-wrap-foot></table-wrap>
<fig id="f1"><label>Figure 1</label><caption><p>A line goes up.</p></caption><alt-text>A line
</alt-text><graphic xlink:href="f1.tif"/></fig>
<boxed-text><caption><title>Key points</title></caption><p>Go slowly.</p></boxed-text>
<boxed-text><p>No title here.</p></boxed-text>
<disp-quote><p>Slow is smooth.</p><attrib>Anon</attrib></disp-quote>
<preformat>a  b
c</preformat>
<statement><label>Rule 1</label><p>Never push.</p></statement>
<supplementary-material id="sm"><label>S1 Text</label><caption><p>More of it.</p></caption>
</supplementary-material></sec></body>"""
BACK = """<back><ack><p>Thanks to all.</p></ack>
<glossary><title>Abbreviations</title><def-list><def-item><term>IV</term><def><p>intravenous</p></def>
</def-item></def-list></glossary>
<ref-list><title>References</title>
<ref id="r1"><label>1.</label><mixed-citation>Berg A. First. <italic>Ann</italic> 2019
<pub-id pub-id-type="pmid">111222</pub-id></mixed-citation></ref>
<ref id="r2"><label>2.</label><element-citation><person-group><name><surname>Low</surname>
<given-names>B</given-names></name><etal/></person-group><article-title>Second</article-title>
<source>Ann</source><year>2020</year><volume>3</volume><issue>1</issue><fpage>4</fpage>
<lpage>9</lpage><pub-id pub-id-type="doi">10.1234/x.y</pub-id></element-citation></ref>
<ref id="r3"><nlm-citation><collab>Group</collab><source>A book</source>
<publisher-loc>Town</publisher-loc><publisher-name>House</publisher-name><year>2018</year>
</nlm-citation></ref><ref id="r4"><note><p>See the first.</p></note></ref></ref-list>
<app-group><app><title>Appendix A</title><p>Tables of it.</p></app></app-group>
<fn-group><fn id="end"><label>†</label><p>Paid by none.</p></fn></fn-group></back>"""


def article(tmp_path: Path, text: str, name: str = "a.nxml") -> Document:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read(path).document


@pytest.fixture
def document(tmp_path: Path) -> Document:
    return article(tmp_path, FRONT + BODY + BACK + "</article>")


def marks(document: Document, kind: str) -> list[tuple[str, str]]:
    return [(m.span.cut(document.text), m.target) for m in document.marks if m.kind == kind]


def texts(document: Document, kind: str) -> list[str]:
    return [b.span.cut(document.text) for b in document.blocks if b.kind == kind]


def test_the_front_says_what_it_is(document: Document) -> None:
    assert document.title == "Slow infusion"
    assert document.authors == ("Ada Berg Jr", "The Slow Group")
    assert (document.publication.journal, document.publication.doi) == (
        "Annals of Tests",
        "10.1234/ann.5",
    )
    assert (document.publication.pmid, document.publication.published) == ("12345678", "2021-02-07")
    assert (document.publication.licence, document.language) == ("CC BY 4.0", "en")


def test_sections_have_their_levels_numbers_and_kinds(document: Document) -> None:
    assert [(s.level, s.number, s.title, s.kind) for s in document.sections] == [
        (1, None, "Abstract", "abstract"),
        (1, None, "For readers", "abstract"),
        (1, "1", "Methods", "body"),
        (2, None, "Doses in detail", "body"),
        (1, None, "Results", "body"),
        (2, None, "Key points", "box"),
        (1, None, "Acknowledgements", "body"),
        (1, None, "Abbreviations", "glossary"),
        (1, None, "References", "references"),
        (1, None, "Appendix A", "appendix"),
    ]


def test_running_text_is_whole_and_in_order(document: Document) -> None:
    assert "We gave 0.5\u00a0mg/kg1–3, see Fig. 1, as said before" in document.text
    assert "(H2O < 5)." in document.text
    order = ["One", "Inner", "Two", "still two", "And on.", "At a site", "a = b/2"]
    places = [document.text.index(words) for words in order]
    assert places == sorted(places)


def test_citations_lead_to_their_references(document: Document) -> None:
    found = marks(document, "reference_mark")
    assert ("1–3", "1 2 3") in found
    note = document.text.index("Said by few.")
    assert ("a", f"#{note}") in found
    assert ("*", f"#{document.text.index('* On average.')}") in found
    assert [(r.label, r.pmid, r.doi) for r in document.references] == [
        ("1", "111222", ""),
        ("2", "", "10.1234/x.y"),
        ("3", "", ""),
        ("4", "", ""),
    ]
    cuts = [r.span.cut(document.text) for r in document.references]
    assert cuts[1].startswith("Low B, et al. Second. Ann. 2020;3(1):4–9.")
    assert cuts[2] == "Group. A book. Town: House. 2018."
    assert cuts[3] == "See the first."


def test_links_lead_inside_and_say_where_they_lead_outside(document: Document) -> None:
    found = dict(marks(document, "link"))
    start = document.text.index("Figure 1")
    assert found["Fig. 1"] == f"#{start}"
    assert found["a site"] == "https://x.example/a"
    assert found["a@x.example"] == "mailto:a@x.example"


def test_tables_figures_and_other_blocks(document: Document) -> None:
    (table,) = document.tables
    assert table.caption is not None
    assert table.caption.cut(document.text) == "Table 1 Counts. By group."
    assert [(c.row, c.column, c.header, c.column_span) for c in table.cells] == [
        (0, 0, True, 1),
        (0, 1, True, 2),
        (1, 0, False, 1),
        (1, 1, False, 1),
        (1, 2, False, 1),
    ]
    (figure,) = document.figures
    assert (figure.asset, figure.alternative) == ("", "A line")
    assert figure.caption is not None
    assert figure.caption.cut(document.text) == "Figure 1 A line goes up."
    assert texts(document, "quote") == ["Slow is smooth.", "Anon"]
    assert texts(document, "preformatted") == ["a  b\nc"]
    assert texts(document, "formula") == ["a = b/2 (1)"]
    assert "Said by few." in texts(document, "note")
    assert "Paid by none." in texts(document, "note")
    assert "S1 Text More of it." in texts(document, "paragraph")
    assert "Rule 1" in texts(document, "paragraph")
    labels = [(b.label, b.depth) for b in document.blocks if b.kind == "list_item"]
    assert labels[:4] == [("1.", 0), ("•", 1), ("2.", 0), ("", 0)]


def test_abbreviations_are_known(document: Document) -> None:
    (found,) = document.abbreviations
    assert (found.short, found.long) == ("IV", "intravenous")
    assert found.span.cut(document.text) == "intravenous"


def test_an_article_of_next_to_nothing(tmp_path: Path) -> None:
    document = article(
        tmp_path,
        "<article><body><p>Only <unknown>this</unknown><break/>and <xref>that</xref>.</p>"
        "<def-list><title>Terms</title><def-item><term>A long enough term to be none</term>"
        "</def-item></def-list><p><inline-formula><tex-math>x^2</tex-math></inline-formula> "
        "<ext-link xlink:href='javascript:x' xmlns:xlink='http://www.w3.org/1999/xlink'>no</ext-link>"
        "<alternatives><textual-form>said</textual-form></alternatives></p></body></article>",
    )
    assert document.title == "a"
    assert document.text.startswith("Only this\nand that.\nTerms\nA long enough")
    assert marks(document, "link") == []
    assert document.text.endswith("x2 nosaid")
    assert marks(document, "sup") == [("2", "")]


def test_parts_that_are_articles_themselves(tmp_path: Path) -> None:
    document = article(
        tmp_path,
        "<article><front><article-meta><title-group><article-title>Whole</article-title>"
        "</title-group>"
        "<permissions><copyright-statement>© 2020 Us</copyright-statement></permissions>"
        "<pub-date><year>soon</year></pub-date><pub-date date-type='x'><year>2020</year></pub-date>"
        "</article-meta></front><body><p>Text.</p></body><sub-article><front-stub><title-group>"
        "<article-title>Answer</article-title></title-group></front-stub><body><p>Yes.</p></body>"
        "</sub-article></article>",
    )
    assert [section.title for section in document.sections] == ["Answer"]
    assert (document.publication.published, document.publication.licence) == ("2020", "© 2020 Us")


@pytest.mark.parametrize(
    ("licence", "short"),
    [
        ("the Creative Commons Attribution License", "CC BY"),
        ("the Creative Commons Attribution-NonCommercial-NoDerivs License", "CC BY-NC-ND"),
        ("All rights reserved.", "All rights reserved."),
    ],
)
def test_a_licence_in_words(tmp_path: Path, licence: str, short: str) -> None:
    document = article(
        tmp_path,
        "<article><front><article-meta><permissions><license><license-p>"
        f"{licence}</license-p></license></permissions></article-meta></front>"
        "<body><p>Text.</p></body></article>",
    )
    assert document.publication.licence == short


def test_labels_that_are_printed_twice_are_told_apart(tmp_path: Path) -> None:
    references = "".join(
        f"<ref id='r{n}'><label>[1]</label><citation>Entry {n}</citation></ref>" for n in (1, 2)
    )
    document = article(
        tmp_path,
        "<article><body><p>As said <xref ref-type='bibr' rid='r2'>[1]</xref>.</p></body>"
        f"<back><ref-list>{references}</ref-list></back></article>",
    )
    assert [r.label for r in document.references] == ["1", "2"]
    assert [m.target for m in document.marks if m.kind == "reference_mark"] == ["2"]
    assert Mark("reference_mark", Span(8, 11), "2") in document.marks


def test_other_xml_is_no_article(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="no article"):
        article(tmp_path, "<catalogue><item/></catalogue>")
    with pytest.raises(Problem, match="no text"):
        article(tmp_path, "<article><body/></article>")


@pytest.mark.parametrize("tag", ["sec", "boxed-text", "styled-content", "bold", "fn"])
def test_deep_nesting_keeps_its_words(tmp_path: Path, tag: str) -> None:
    inside = f"<{tag}>" * 230 + "<p>Words.</p>" + f"</{tag}>" * 230
    path = tmp_path / "deep.xml"
    path.write_text(f"<article><body><p>Start.</p>{inside}</body></article>", encoding="utf-8")
    assert read(path).document.text == "Start.\nWords."


def test_a_journal_without_a_title_is_named_by_its_short_one(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(
        '<article><front><journal-meta><journal-id journal-id-type="publisher-id">x</journal-id>'
        '<journal-id journal-id-type="nlm-ta">J Fever</journal-id></journal-meta></front>'
        "<body><p>Words.</p></body></article>",
        encoding="utf-8",
    )
    assert read(path).document.publication.journal == "J Fever"


def test_names_in_a_citation_are_parted_where_only_their_elements_are(tmp_path: Path) -> None:
    names = (
        "<name><surname>Low</surname><given-names>BC</given-names></name>, "
        "<name><surname>High</surname> <given-names>D</given-names></name>, "
        "<name><given-names>Eve</given-names><surname>Fee</surname></name>"
    )
    listed = f"<ref-list><ref><mixed-citation>{names}. Third.</mixed-citation></ref></ref-list>"
    made = article(tmp_path, f"<article><back>{listed}</back></article>")
    assert made.references[0].span.cut(made.text).startswith("Low BC, High D, Eve Fee. Third")
