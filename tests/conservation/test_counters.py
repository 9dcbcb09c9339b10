"""What the counters take for seen and for hidden, by the rules of each format."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conservation.counted import ANY, Container
from tests.conservation.counters import counter_for
from tests.importers.archives import zipped
from tests.importers.pdf_samples import Sheet, Text, column, pdf
from tests.importers.word_files import paragraph, part, word_file


def counted(folder: Path, format_name: str, content: str | bytes) -> list[Container]:
    path = folder / "a"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return counter_for(format_name)(path)


def said(containers: list[Container]) -> list[str]:
    return [" ".join(one.text.split()) for one in containers]


PAGES = {
    "<p>Give <b>5</b> mg<br>daily</p><p>Stop</p>": ["Give 5 mg daily", "Stop"],
    "<p>a<script>b</script><style>c</style><noscript>d</noscript></p>": ["a"],
    "<template><p>a</p></template><p>b</p>": ["b"],
    "<div><template shadowrootmode=open><p>a</p></template></div>": ["a"],
    "<p hidden>a</p><p style='display: none'>b</p><p>c</p>": ["c"],
    "<style>.x, p.y {display:none} @media print {.z {display:none}}</style>"
    "<p class=x>a</p><p class=y>b</p><p class=z>c</p>": ["c"],
    "<div class=tab-panel style='display:none'>a</div>": ["a"],
    "<a href='#x'>more</a><div id=x hidden>a</div>": ["more", "a"],
    "<details><summary>a</summary>b</details>": ["a", "b"],
    "<table><tr><td>1<td>2<tr><td>3</table>": ["1", "2", "3"],
    "<p>eGFR <30 and 5<6</p>": ["eGFR <30 and 5<6"],
    "<ruby>a<rt>b</rt></ruby>": ["a", "b"],
    "<p>at 5 <img alt='≥'> 6<img alt='Chart of it'></p>": ["Chart of it", "at 5 ≥ 6"],
    "<p><q>a</q></p>": ["“a”"],
    "<select><option>a<option>b</select><input value=c><input type=hidden value=d>": [
        "a",
        "b",
        "c",
    ],
    "<p>a</p></body></html><p>b</p>": ["a", "b"],
    "<p>a<embed src=x>b</p><p>c</p>": ["ab", "c"],
    "<p>a<picture><source srcset=x><img alt='Chart of it'></picture></p>": ["Chart of it", "a"],
    "<p>a<noscript><img alt='Chart of it'></noscript></p>": ["Chart of it", "a"],
    "<iframe srcdoc='<p>a</p>'></iframe><p>b</p>": ["a", "b"],
    "<map name=m><area alt='Left arm'></map><p>a</p>": ["Left arm", "a"],
    "<p>do <i class=fa aria-label=not></i> give</p>": ["not", "do give"],
    "<a>x<i aria-label=Close></i></a><div aria-label=y></div>": ["x"],
    "<style>.n::before{content:'NOT '}</style><p>do <b class=n>give</b></p>": ["do NOT give"],
    "<style>p::before{content:'Step ' counter(c)}</style><p>a</p>": ["a"],
    "<ol><li id=n>Note <a href='#r'>1</a></li></ol><p>b<a id=r href='#n'>2</a></p>": ["Note", "b2"],
}


@pytest.mark.parametrize(("page", "expected"), PAGES.items())
def test_a_page_shows(tmp_path: Path, page: str, expected: list[str]) -> None:
    assert said(counted(tmp_path, "html", f"<body>{page}</body>")) == expected


def test_positions_and_struck_words_of_a_page(tmp_path: Path) -> None:
    page = (
        "<style>.up{vertical-align:super}</style><p>10<span class=up>9</span> H<sub>2</sub><s>5</s>"
    )
    (one,) = counted(tmp_path, "html", page)
    assert [(r.text, r.position, r.struck) for r in one.runs if r.text.strip()] == [
        ("10", "", False),
        ("9", "sup", False),
        (" H", "", False),
        ("2", "sub", False),
        ("5", "", True),
    ]


def test_numbers_of_lists_of_a_page(tmp_path: Path) -> None:
    page = (
        "<ol start=3><li>a<li value=7>b<li>c</ol><ol reversed><li>d<li>e</ol>"
        "<ol type=a><li>f</ol><ol type=I start=4><li>g</ol><ul><li>h</ul>"
        "<ol style='list-style:none'><li>i</ol>"
    )
    containers = counted(tmp_path, "html", page)
    assert [one.label for one in containers] == ["3.", "7.", "8.", "2.", "1.", "a.", "IV.", "", ""]


FORMULAS = {
    "<mfrac><mrow><mn>140</mn><mo>−</mo><mi>x</mi></mrow><mn>72</mn></mfrac>": "( 140 − x ) / 72",
    "<mfrac><mi>a</mi><mrow><mi>b</mi><mi>c</mi></mrow></mfrac>": "a / ( b c )",
    "<mfrac linethickness=0><mi>n</mi><mi>k</mi></mfrac>": "n k",
    "<msqrt><mi>x</mi></msqrt>": "√ x",
    "<mfenced><mi>x</mi></mfenced>": "( x )",
}


@pytest.mark.parametrize(("inside", "expected"), FORMULAS.items())
def test_a_formula_has_the_signs_it_needs(tmp_path: Path, inside: str, expected: str) -> None:
    containers = counted(tmp_path, "html", f"<p><math>{inside}</math></p>")
    assert [one.kind for one in containers] == ["formula"]
    assert [run.text for run in containers[0].runs if run.text.strip()] == expected.split()


def test_tex_has_the_same_signs(tmp_path: Path) -> None:
    (one,) = counted(tmp_path, "html", r"<p>\(\frac{140-x}{72}\times 10^{9}\)</p>")
    signs = [(run.text, run.position) for run in one.runs if run.text.strip()]
    assert [text for text, _ in signs] == ["(", "140", "-", "x", ")", "/", "72", "×", "10", "9"]
    assert signs[-1] == ("9", "sup")


def test_word_shows_no_instruction_no_deleted_and_no_hidden_words(tmp_path: Path) -> None:
    def run(inside: str, look: str = "") -> str:
        return f"<w:r><w:rPr>{look}</w:rPr>{inside}</w:r>"

    field = (
        run('<w:fldChar w:fldCharType="begin"/>')
        + run("<w:instrText>PAGEREF x</w:instrText>")
        + run('<w:fldChar w:fldCharType="separate"/>')
        + run("<w:t>12</w:t>")
        + run('<w:fldChar w:fldCharType="end"/>')
    )
    body = (
        f"<w:p>{field}<w:fldSimple w:instr='SEQ'>{run('<w:t>3</w:t>')}</w:fldSimple></w:p>"
        f"<w:p><w:del>{run('<w:delText>a</w:delText>')}</w:del>{run('<w:t>b</w:t>', '<w:vanish/>')}"
        f"<w:sdt><w:sdtContent>{run('<w:t>c</w:t>')}</w:sdtContent></w:sdt>"
        f"{run('<w:t>1</w:t><w:noBreakHyphen/><w:t>2</w:t>')}</w:p>"
        f"<w:p>{run('<w:sym w:font=_Symbol_ w:char=_F0B3_/>'.replace('_', chr(34)))}"
        f"{run('<w:sym w:font=_Wingdings_ w:char=_F0FC_/>'.replace('_', chr(34)))}</w:p>"
    )
    assert said(counted(tmp_path, "docx", word_file(body))) == ["123", "c1-2", f"≥{ANY}"]


def test_word_prints_numbers_of_lists(tmp_path: Path) -> None:
    levels = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
        '</w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
        '<w:lvlText w:val="%1.%2)"/></w:lvl>'
    )
    numbering = part(
        "numbering",
        f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>',
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
    body = "".join(
        paragraph(
            "a",
            more=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>',
        )
        for number, level in ((1, 0), (1, 1), (1, 1), (1, 0), (1, 1), (2, 0), (2, 0))
    )
    content = word_file(
        body,
        related=f'<Relationship Id="n" Type="{kind}" Target="numbering.xml"/>',
        more={"word/numbering.xml": numbering},
    )
    labels = [one.label for one in counted(tmp_path, "docx", content)]
    assert labels == ["1.", "1.a)", "1.b)", "2.", "2.a)", "5.", "6."]


def test_rtf_shows_its_characters_and_no_destination(tmp_path: Path) -> None:
    content = (
        r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}{\f1\fcharset2 Symbol;}}"
        r"{\info{\title t}}{\*\unknown u}\'b5g \u8805?5\par {\f1 \'b3}{\v hidden}{\super 9}\par"
        r"{\field{\*\fldinst PAGE}{\fldrslt 7}}\cell {\listtext 2.\tab}Item\par}"
    )
    containers = counted(tmp_path, "rtf", content)
    assert said(containers) == ["µg ≥5", "≥9", "7", "Item"]
    assert containers[-1].label == "2."
    assert [run.position for run in containers[1].runs] == ["", "sup"]


def test_pdf_gives_its_lines(tmp_path: Path) -> None:
    texts = [*column(60, 700, "First line of|the text"), Text(900, 700, "outside")]
    assert said(counted(tmp_path, "pdf", pdf([Sheet(texts)]))) == ["First line of", "the text"]


@pytest.mark.parametrize(("top", "expected"), [(703.1, []), (703.7, ["Some text"])])
def test_pdf_counts_tall_and_low_letters_of_a_cut_line_alike(
    tmp_path: Path, top: float, expected: list[str]
) -> None:
    sheet = Sheet([Text(60, 700, "Some text")], extra=f"/CropBox [0 0 595 {top}]")
    assert said(counted(tmp_path, "pdf", pdf([sheet]))) == expected


def test_pdf_counts_a_word_whole_that_an_edge_cuts(tmp_path: Path) -> None:
    sheet = Sheet([Text(60, 700, "Give heparin now")], extra="/CropBox [0 0 100 842]")
    assert said(counted(tmp_path, "pdf", pdf([sheet]))) == ["Give heparin"]


def test_pdf_counts_labels_apart_that_stand_over_each_other(tmp_path: Path) -> None:
    texts = [Text(60, 700, "8"), Text(60, 730, "1")]
    assert said(counted(tmp_path, "pdf", pdf([Sheet(texts)]))) == ["8", "1"]


def test_pdf_tells_raised_digits_by_letters_not_by_brackets(tmp_path: Path) -> None:
    texts = [Text(60, 700, "(", 24), Text(70, 708, "3", 10)]
    bracketed = counted(tmp_path, "pdf", pdf([Sheet(texts)]))
    assert "".join(said(bracketed)) == "(3"
    assert {run.position for one in bracketed for run in one.runs} == {""}
    texts = [Text(60, 700, "10", 12), Text(74, 706, "9", 7)]
    raised = counted(tmp_path, "pdf", pdf([Sheet(texts)]))
    assert [run.position for one in raised for run in one.runs if run.text == "9"] == ["sup"]


def test_an_article_shows_no_data_about_itself(tmp_path: Path) -> None:
    content = (
        "<article><front><journal-meta><issn>1</issn></journal-meta><article-meta>"
        "<title-group><article-title>T</article-title></title-group><abstract><p>A</p></abstract>"
        "</article-meta></front><body><sec><title>S</title><p>B<object-id>x</object-id> "
        "<inline-formula><alternatives><tex-math>y</tex-math><math><mi>y</mi></math>"
        "</alternatives></inline-formula></p><list list-type='roman-lower'><list-item><p>i</p>"
        "</list-item></list></sec></body></article>"
    )
    containers = counted(tmp_path, "jats", content)
    assert said(containers) == ["T", "A", "S", "B", "y", "i"]
    assert containers[-1].label == "i."


def test_markdown_is_counted_as_it_is_set(tmp_path: Path) -> None:
    content = "# T\n\n3. ~~a~~ b\n4. [x] c[^1]\n\n| d | e |\n|---|---|\n| 1 | 2 |\n\n[^1]: f\n"
    containers = counted(tmp_path, "markdown", content)
    assert said(containers) == ["T", "a b", "☑ c1", "d", "e", "1", "2", "f"]
    assert [one.label for one in containers[1:3]] == ["3.", "4."]
    assert containers[1].runs[0].struck


def test_a_page_that_is_not_linear_comes_after_the_others(tmp_path: Path) -> None:
    def a_page(words: str) -> str:
        return f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{words}</p></body></html>'

    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
        '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a" linear="no"/><itemref idref="b"/></spine></package>'
    )
    container = '<container><rootfiles><rootfile full-path="p.opf"/></rootfiles></container>'
    members = {"META-INF/container.xml": container, "p.opf": package}
    members |= {"a.xhtml": a_page("Beside"), "b.xhtml": a_page("First")}
    assert said(counted(tmp_path, "epub", zipped(members))) == ["First", "Beside"]
