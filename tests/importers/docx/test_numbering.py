"""Lists and headings have the numbers that Word prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.importers.docx.read import read
from reader.importers.word.numerals import numeral_of
from reader.model.document import Document
from tests.importers.word_files import paragraph, part, word_file


def level(depth: int, text: str, numeral: str = "decimal", start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{numeral}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*definitions: str, uses: str = "") -> str:
    made = "".join(
        f'<w:abstractNum w:abstractNumId="{i}">{levels}</w:abstractNum>'
        for i, levels in enumerate(definitions)
    )
    own = "".join(
        f'<w:num w:numId="{i + 1}"><w:abstractNumId w:val="{i}"/></w:num>'
        for i in range(len(definitions))
    )
    return part("numbering", made + own + uses)


def item(words: str, numbered: int | str = 1, depth: int = 0, style: str = "") -> str:
    place = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{numbered}"/></w:numPr>'
    return paragraph(words, style, place)


def document_of(folder: Path, body: str, numbering: str, styles: str = "") -> Document:
    path = folder / "a.docx"
    more: dict[str, str | bytes] = {"word/numbering.xml": numbering}
    path.write_bytes(word_file(body, styles=styles, more=more))
    return read(path).document


def labels(document: Document) -> list[str]:
    return [f"{b.label} {b.span.cut(document.text)}".strip() for b in document.blocks]


def test_levels_count_and_begin_anew_under_a_new_one_above(tmp_path: Path) -> None:
    numbering = lists(level(0, "%1.") + level(1, "%2)", "lowerLetter") + level(2, "%1.%2.%3"))
    body = "".join(
        item(words, 1, depth)
        for words, depth in [("A", 0), ("B", 1), ("C", 1), ("D", 2), ("E", 0), ("F", 1), ("G", 2)]
    )
    document = document_of(tmp_path, body, numbering)
    assert labels(document) == ["1. A", "a) B", "b) C", "1.b.1 D", "2. E", "a) F", "2.a.1 G"]
    assert [b.depth for b in document.blocks] == [0, 1, 1, 2, 0, 1, 2]


def test_a_list_goes_on_after_other_text_and_another_list(tmp_path: Path) -> None:
    starts = (
        '<w:num w:numId="7"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
        '<w:num w:numId="8"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="9"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        + level(0, "Step %1:")
        + "</w:lvlOverride></w:num>"
    )
    numbering = lists(level(0, "%1."), level(0, "(%1)", start=3), uses=starts)
    body = (
        item("A")
        + paragraph("Between.")
        + item("B", 2)
        + item("C")
        + item("D", 7)
        + item("E", 7)
        + item("F", 8)
        + item("G", 9)
        + item("H", "0")
        + item("I", "77")
        + item("J", 1, 5)
    )
    assert labels(document_of(tmp_path, body, numbering)) == [
        "1. A", "Between.", "(3) B", "2. C", "5. D", "6. E", "3. F", "Step 4: G", "H", "I", "J",
    ]  # fmt: skip


def test_restarts_as_the_level_says(tmp_path: Path) -> None:
    never = '<w:lvlRestart w:val="0"/>'
    numbering = lists(level(0, "%1.") + level(1, "%2.", more=never))
    body = item("A") + item("B", 1, 1) + item("C") + item("D", 1, 1)
    assert labels(document_of(tmp_path, body, numbering)) == ["1. A", "1. B", "2. C", "2. D"]


def test_numbers_of_law_are_digits_throughout(tmp_path: Path) -> None:
    numbering = lists(level(0, "%1.", "upperRoman") + level(1, "%1.%2", more="<w:isLgl/>"))
    body = item("A") + item("B", 1, 1)
    assert labels(document_of(tmp_path, body, numbering)) == ["I. A", "1.1 B"]


SYMBOL = '<w:rPr><w:rFonts w:ascii="{}" w:hAnsi="{}"/></w:rPr>'


@pytest.mark.parametrize(
    ("text", "more", "label"),
    [
        ("\uf0b7", SYMBOL.format("Symbol", "Symbol"), "•"),
        ("o", SYMBOL.format("Courier New", "Courier New"), "◦"),
        ("\uf0fc", SYMBOL.format("Wingdings", "Wingdings"), "✓"),
        ("\uf0a8", SYMBOL.format("Wingdings", "Wingdings"), "☐"),
        ("\uf0ff", SYMBOL.format("Wingdings 3", "Wingdings 3"), "•"),
        ("-", "", "–"),
        (" ", "", ""),
        ("x", '<w:lvlPicBulletId w:val="0"/>', "•"),
    ],
)
def test_bullets_are_the_signs_that_are_seen(
    tmp_path: Path, text: str, more: str, label: str
) -> None:
    its = level(0, text, "bullet").replace("</w:lvl>", f"{more}</w:lvl>")
    (block,) = document_of(tmp_path, item("A"), lists(its)).blocks
    assert (block.kind, block.label) == ("list_item", label)


HEADINGS = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr>'
    '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:pPr><w:numPr>'
    '<w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="own"/><w:basedOn w:val="H2"/>'
    '</w:style><w:style w:type="paragraph" w:styleId="Third"><w:name w:val="third"/><w:pPr>'
    '<w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    '<w:style w:type="numbering" w:styleId="Kind"><w:name w:val="kind"/><w:pPr><w:numPr>'
    '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
)
THREE = (
    level(0, "%1") + level(1, "%1.%2.")
    + level(2, "(%3)", "lowerRoman", more='<w:pStyle w:val="Third"/>')
)  # fmt: skip


def test_headings_are_numbered_by_their_styles(tmp_path: Path) -> None:
    body = (
        paragraph("Scope", "H1")
        + paragraph("", "H2")
        + paragraph("Aim", "Own")
        + paragraph("Deep", "Third")
        + paragraph("Gone", "H1", "<w:rPr><w:del/></w:rPr>")
        + paragraph("Care", "H1")
        + paragraph("3. Not counted", "H1", '<w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    document = document_of(tmp_path, body, lists(THREE), HEADINGS)
    assert [(s.number, s.title) for s in document.sections] == [
        ("1", "Scope"), ("1.2", "Aim"), ("(i)", "Deep"), ("2", "GoneCare"), ("3", "Not counted"),
    ]  # fmt: skip


def test_a_list_may_be_defined_by_a_style(tmp_path: Path) -> None:
    other = '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Kind"/></w:abstractNum>'
    numbering = (
        lists(THREE)
        .replace("<w:num ", other + "<w:num ", 1)
        .replace(
            "</w:numbering>",
            '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num></w:numbering>',
        )
    )
    assert labels(document_of(tmp_path, item("A", 5), numbering, HEADINGS)) == ["1 A"]


def test_paragraphs_that_nobody_sees_are_not_counted(tmp_path: Path) -> None:
    hidden = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:vanish/>'
        "</w:rPr></w:pPr><w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r></w:p>"
    )
    document = document_of(tmp_path, item("A") + hidden + item("B"), lists(level(0, "%1.")))
    assert labels(document) == ["1. A", "2. B"]


@pytest.mark.parametrize(
    ("kind", "numerals"),
    [
        ("decimalZero", ["01", "02", "12"]),
        ("upperRoman", ["I", "II", "XII"]),
        ("lowerRoman", ["i", "ii", "xii"]),
        ("upperLetter", ["A", "B", "L"]),
        ("ordinal", ["1st", "2nd", "12th"]),
        ("cardinalText", ["One", "Two", "Twelve"]),
        ("ordinalText", ["First", "Second", "Twelfth"]),
        ("decimalEnclosedCircle", ["①", "②", "⑫"]),
        ("decimalEnclosedParen", ["(1)", "(2)", "(12)"]),
        ("decimalEnclosedFullstop", ["1.", "2.", "12."]),
        ("numberInDash", ["- 1 -", "- 2 -", "- 12 -"]),
        ("chicago", ["*", "†", "§§§"]),
        ("hex", ["1", "2", "C"]),
        ("none", ["", "", ""]),
        ("bullet", ["•", "•", "•"]),
        ("hebrew1", ["א", "ב", "יב"]),
        ("hebrew2", ["א", "ב", "ל"]),
        ("arabicAlpha", ["أ", "ب", "س"]),
        ("arabicAbjad", ["أ", "ب", "ل"]),
        ("thaiLetters", ["ก", "ข", "ฏ"]),
        ("aiueoFullWidth", ["ア", "イ", "シ"]),
        ("irohaFullWidth", ["イ", "ロ", "ヲ"]),
        ("chineseCounting", ["一", "二", "十二"]),
        ("taiwaneseCountingThousand", ["一", "二", "十二"]),
        ("japaneseCounting", ["一", "二", "十二"]),
        ("koreanCounting", ["일", "이", "십이"]),
        ("koreanDigital", ["일", "이", "일이"]),
        ("japaneseLegal", ["壱", "弐", "壱拾弐"]),
        ("chineseLegalSimplified", ["壹", "贰", "壹拾贰"]),
        ("ideographTraditional", ["甲", "乙", "乙乙"]),
        ("ideographZodiac", ["子", "丑", "亥"]),
        ("ideographZodiacTraditional", ["甲子", "乙丑", "乙亥"]),
        ("notKnown", ["1", "2", "12"]),
        ("russianLower", ["а", "б", "м"]),
        ("russianUpper", ["А", "Б", "М"]),
        ("ganada", ["가", "나", "타"]),
        ("chosung", ["ㄱ", "ㄴ", "ㅌ"]),
        ("decimalFullWidth", ["１", "２", "１２"]),
        ("hindiNumbers", ["१", "२", "१२"]),
        ("thaiNumbers", ["๑", "๒", "๑๒"]),
        ("ideographDigital", ["一", "二", "一二"]),
    ],
)
def test_numerals(kind: str, numerals: list[str]) -> None:
    assert [numeral_of(number, kind) for number in (1, 2, 12)] == numerals


def test_larger_numerals() -> None:
    assert numeral_of(30, "russianLower") == "аа"
    assert numeral_of(0, "russianLower") == "0"
    assert numeral_of(28, "lowerLetter") == "bb"
    assert [numeral_of(n, "hebrew1") for n in (15, 16, 915, 0)] == ["טו", "טז", "תתקטו", "0"]
    assert [numeral_of(n, "hebrew2") for n in (22, 23, 0)] == ["ת", "תא", "0"]
    counted = [numeral_of(n, "chineseCountingThousand") for n in (0, 10, 20, 110, 1005, 10_000)]
    assert counted == ["〇", "十", "二十", "一百一十", "一千〇五", "10000"]
    assert [numeral_of(n, "japaneseCounting") for n in (110, 1005)] == ["百十", "千五"]
    assert numeral_of(0, "ideographZodiacTraditional") == "0"
    assert numeral_of(0, "lowerLetter") == ""
    assert numeral_of(42, "cardinalText") == "Forty-two"
    assert numeral_of(120, "cardinalText") == "120"
    assert numeral_of(21, "ordinalText") == "Twenty-first"
    assert numeral_of(30, "ordinalText") == "Thirtieth"
    assert numeral_of(120, "ordinalText") == "120"
    assert numeral_of(21, "decimalEnclosedCircle") == "(21)"
    assert numeral_of(23, "ordinal") == "23rd"


@pytest.mark.parametrize(
    ("template", "first"),
    [("001, 002, 003, ...", "001."), ("00001, 00002, ...", "00001."), ("unknown", "1.")],
)
def test_numbers_of_a_template_keep_their_zeros(template: str, first: str, tmp_path: Path) -> None:
    own = f'w:val="custom" w:format="{template}"'
    number = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/'
        f'2006"><mc:Choice Requires="w14"><w:numFmt {own}/></mc:Choice><mc:Fallback>'
        '<w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    )
    levels = level(0, "%1.").replace('<w:numFmt w:val="decimal"/>', number)
    document = document_of(tmp_path, item("A"), lists(levels))
    assert labels(document) == [f"{first} A"]
