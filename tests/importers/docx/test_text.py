"""The running text of Word files is what Word shows, and what it does not show is listed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from reader.importers.docx.read import read
from reader.model.document import Document
from reader.model.plain_text import plain_text
from reader.model.span import Span
from reader.problem import Problem
from tests.importers.word_files import paragraph, part, word_file

LOOKS = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    "</w:style>"
    '<w:style w:type="character" w:styleId="Gone"><w:name w:val="gone"/><w:rPr><w:vanish/></w:rPr>'
    '</w:style><w:style w:type="character" w:styleId="Greek"><w:name w:val="greek"/>'
    '<w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Loud"><w:name w:val="loud"/><w:rPr><w:b/></w:rPr>'
    '</w:style><w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/>'
    "<w:rPr><w:b/></w:rPr></w:style>"
)


def run(text: str, looks: str = "") -> str:
    return f"<w:r><w:rPr>{looks}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def sign(kind: str, more: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{more}</w:fldChar></w:r>'


def code(text: str) -> str:
    return f"<w:r><w:instrText xml:space='preserve'>{text}</w:instrText></w:r>"


def field(text: str, result: str = "", more: str = "") -> str:
    shown = sign("separate") + result if result else ""
    return sign("begin", more) + code(text) + shown + sign("end")


def document_of(folder: Path, body: str, **parts: str) -> Document:
    path = folder / "a.docx"
    path.write_bytes(word_file(body, styles=parts.pop("styles", LOOKS), **parts))  # type: ignore[arg-type]
    return read(path).document


def shown(document: Document) -> str:
    return plain_text(document, Span(0, len(document.text)))


def left_out(document: Document) -> list[tuple[str, str]]:
    return [(one.reason, one.words) for one in document.left_out]


def marks(document: Document) -> list[tuple[str, str, str]]:
    return [(m.kind, m.span.cut(document.text), m.target) for m in document.marks]


SYMBOL = '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'


@pytest.mark.parametrize(
    ("inside", "read_as"),
    [
        ('<w:r><w:sym w:font="Symbol" w:char="F06D"/></w:r>' + run("g"), "μg"),
        ('<w:r><w:sym w:font="Wingdings" w:char="00FE"/></w:r>' + run(" asked"), "☑ asked"),
        (run("K ") + run("\uf0b3", SYMBOL) + run("6"), "K ≥6"),
        (run("250 ") + run("m", SYMBOL) + run("g"), "250 μg"),
        (run("250 ") + run("m", '<w:rStyle w:val="Greek"/>') + run("g"), "250 μg"),
        (run("m\uf06d", '<w:rFonts w:ascii="Arial" w:hAnsi="Symbol"/>'), "mμ"),
        (run("\uf0b1 2"), "± 2"),
        (run("a") + "<w:r><w:noBreakHyphen/><w:t>5</w:t><w:softHyphen/><w:t>x</w:t></w:r>", "a‑5x"),
        (
            "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:ptab/><w:t>c</w:t><w:br/><w:t>d</w:t></w:r>",
            "a b c\nd",
        ),
        ("<w:t>loose</w:t>", "loose"),
        ("<w:smartTag><w:customXml>" + run("8 mg") + "</w:customXml></w:smartTag>", "8 mg"),
        ("<w:bdo><w:dir>" + run("שלום") + "</w:dir></w:bdo>", "שלום"),
        (
            f"<w:r><w:ruby><w:rt>{run('kan')}</w:rt><w:rubyBase>{run('漢')}</w:rubyBase></w:ruby>"
            "</w:r>",
            "漢(kan)",
        ),
        (run("lower case", "<w:caps/>"), "lower case"),
    ],
)
def test_signs_and_groups(tmp_path: Path, inside: str, read_as: str) -> None:
    document = document_of(tmp_path, f"<w:p>{inside}</w:p>")
    assert shown(document) == read_as
    assert document.left_out == ()
    assert document.warnings == ()


def test_a_sign_that_nobody_can_name_is_seen_to_be_one(tmp_path: Path) -> None:
    odd = '<w:r><w:sym w:font="Wingdings 3" w:char="F0FF"/><w:sym w:font="A" w:char="x"/></w:r>'
    document = document_of(tmp_path, f"<w:p>{run('Give ')}{odd}{run(' 5 mg')}</w:p>")
    assert document.text == "Give \ufffd\ufffd 5 mg"
    assert "�" in document.warnings[0]


TICKED = "<w:checkBox><w:checked/></w:checkBox>"


@pytest.mark.parametrize(
    ("inside", "read_as"),
    [
        (field(" REF _a \\h ", run("Table 3")), "Table 3"),
        (field(" DATE "), "[DATE] "),
        ('<w:fldSimple w:instr=" SEQ Table ">' + run("4") + "</w:fldSimple>", "4"),
        (
            sign("begin")
            + code(" IF ")
            + field(" PAGE ", run("7"))
            + code('= 1 "a" "b" ')
            + sign("separate")
            + run("b")
            + sign("end"),
            "b",
        ),
        (field(" SYMBOL 109 \\f Symbol \\s 10 ") + run("g"), "μg"),
        (field(" SYMBOL 0xB0 "), "°"),
        (field(" SYMBOL x99 "), "\ufffd"),
        (field(" MACROBUTTON NoMacro [Click here] "), "[Click here]"),
        (field(' QUOTE "said so" '), "said so"),
        (field(" EQ \\f(1,2) ") + run(" tablet"), "1/2 tablet"),
        (
            field(
                " FORMCHECKBOX ", more="<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>"
            ),
        )
        + ("☒",),
        (
            field(
                " FORMCHECKBOX ",
                more='<w:ffData><w:checkBox><w:default w:val="1"/><w:checked w:val="0"/>'
                "</w:checkBox></w:ffData>",
            ),
            "☐",
        ),
        (field(" FORMCHECKBOX "), "☐"),
        (
            field(
                " FORMDROPDOWN ",
                more='<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="oral"/>'
                '<w:listEntry w:val="rectal"/></w:ddList></w:ffData>',
            ),
            "rectal",
        ),
        (field(" FORMDROPDOWN "), ""),
        (
            field(
                " FORMTEXT ",
                more='<w:ffData><w:textInput><w:default w:val="name"/></w:textInput></w:ffData>',
            ),
            "name",
        ),
        (field(" FORMTEXT ", run("Ada")), "Ada"),
        ('<w:fldSimple w:instr=" SYMBOL 183 \\f Symbol "/>', "•"),
    ],
)
def test_fields_show_their_results_and_never_their_codes(
    tmp_path: Path, inside: str, read_as: str
) -> None:
    document = document_of(tmp_path, f"<w:p>{run('a ')}{inside}{run(' z')}</w:p>")
    assert shown(document) == " ".join(f"a {read_as} z".split())
    assert document.left_out == ()


def test_a_field_that_never_ends_hides_nothing(tmp_path: Path) -> None:
    body = f"<w:p>{sign('begin')}{code(' DATE ')}{run('All of it')}</w:p>" + paragraph("And this.")
    assert document_of(tmp_path, body).text == "All of it\nAnd this."
    ended = f"<w:p>{sign('begin')}{code(' X ')}<w:del>{sign('end')}</w:del>{run('Seen')}</w:p>"
    assert document_of(tmp_path, ended).text == "Seen"


def test_links_of_all_kinds(tmp_path: Path) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    related = f'<Relationship Id="h" Type="{kind}" TargetMode="External" Target="https://a.org/x"/>'
    body = (
        f'<w:p><w:hyperlink r:id="h">{run("outside")}</w:hyperlink>{run(" ")}'
        f'<w:hyperlink w:anchor="there">{run("inside")}</w:hyperlink>{run(" ")}'
        + field(' HYPERLINK "https://b.org/" \\l "part" ', run("by field"))
        + run(" ")
        + field(' HYPERLINK \\l "there" \\o "tip" ', run("by name"))
        + run(" ")
        + field(" REF there \\h ", run("see"))
        + f'<w:hyperlink r:id="none">{run(" nowhere")}</w:hyperlink></w:p>'
        + f'<w:bookmarkStart w:id="1" w:name="there"/>{paragraph("There.")}'
    )
    document = document_of(tmp_path, body, related=related)
    place = f"#{document.text.index('There.')}"
    assert marks(document) == [
        ("link", "outside", "https://a.org/x"),
        ("link", "inside", place),
        ("link", "by field", "https://b.org/"),
        ("link", "by name", place),
        ("link", "see", place),
    ]


def test_controls_show_what_is_in_them(tmp_path: Path) -> None:
    box = (
        '<w:sdt><w:sdtPr><w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/'
        'wordml"><w14:checked w14:val="{}"/></w14:checkbox></w:sdtPr><w:sdtContent>{}'
        "</w:sdtContent></w:sdt>"
    )
    body = (
        f"<w:p>{box.format(1, run('☒'))}{run(' penicillin ')}{box.format(0, '')}{run(' latex ')}"
        f"{box.format(1, '')}{run(' nuts')}<w:sdt/></w:p>"
        f"<w:sdt><w:sdtContent>{paragraph('Choose a route.')}</w:sdtContent></w:sdt>"
    )
    document = document_of(tmp_path, body)
    assert document.text == "☒ penicillin ☐ latex ☒ nuts\nChoose a route."


def test_changes_are_shown_as_accepted_and_listed(tmp_path: Path) -> None:
    gone = "<w:del><w:r><w:delText>50</w:delText></w:r></w:del>"
    body = (
        f"<w:p>{run('Give ')}{gone}<w:ins>{run('5')}</w:ins>{run(' mg.')}</w:p>"
        f"<w:p>{run('First. ')}<w:moveTo>{run('Stop.')}</w:moveTo></w:p>"
        f"<w:p>{run('Second. ')}<w:moveFrom>{run('Stop.')}</w:moveFrom></w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('Do')}</w:p>{paragraph(' not give.')}"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('End')}</w:p>"
    )
    document = document_of(tmp_path, body)
    assert document.text == "Give 5 mg.\nFirst. Stop.\nSecond.\nDo not give.\nEnd"
    assert marks(document) == [("insert", "5", ""), ("insert", "Stop.", "")]
    assert left_out(document) == [("deleted text", "50"), ("deleted text", "Stop.")]


def test_hidden_words_are_no_text_and_are_listed(tmp_path: Path) -> None:
    body = (
        f"<w:p>{run('Seen. ')}{run('900 ', '<w:vanish/>')}{run('mg ', '<w:vanish/>')}"
        f"{run('style ', '<w:rStyle w:val=' + chr(34) + 'Gone' + chr(34) + '/>')}"
        f"{run('web ', '<w:webHidden/>')}"
        f"{run('End.', '<w:vanish w:val=' + chr(34) + '0' + chr(34) + '/>')}</w:p>"
    )
    document = document_of(tmp_path, body)
    assert document.text == "Seen. End."
    assert left_out(document) == [("hidden text", "900 mg style web")]


def test_what_letters_look_like(tmp_path: Path) -> None:
    strong = '<w:rStyle w:val="Strong"/>'
    body = (
        f"<w:p>{run('500 mg', '<w:strike/>')}{run(' ')}{run('x', '<w:dstrike/>')}"
        f"{run('bold', '<w:b/>')}{run(' both', '<w:b/><w:i/>')}{run('small', '<w:smallCaps/>')}"
        f"{run('10')}{run('9', '<w:vertAlign w:val=' + chr(34) + 'superscript' + chr(34) + '/>')}"
        f"{run(' CO')}{run('2', '<w:vertAlign w:val=' + chr(34) + 'subscript' + chr(34) + '/>')}"
        f"{run(' named', strong)}</w:p>"
        f"<w:p>{run('10')}{run('6', '<w:position w:val=' + chr(34) + '6' + chr(34) + '/>')}"
        f"{run('x')}{run('i', '<w:position w:val=' + chr(34) + '-4' + chr(34) + '/>')}</w:p>"
        f"<w:p>{run('all raised', '<w:position w:val=' + chr(34) + '4' + chr(34) + '/>')}</w:p>"
        f"<w:p><w:pPr><w:pStyle w:val='Loud'/></w:pPr>{run('All is bold, ')}{run('not', strong)}"
        f"{run(' this.')}</w:p>"
    )
    document = document_of(tmp_path, body)
    assert [(kind, words) for kind, words, _ in marks(document)] == [
        ("strike", "500 mg"),
        ("strike", "x"),
        ("strong", "bold both"),
        ("emphasis", "both"),
        ("small_caps", "small"),
        ("sup", "9"),
        ("sub", "2"),
        ("strong", "named"),
        ("sup", "6"),
        ("sub", "i"),
    ]


def test_notes_are_counted_and_stand_at_the_end(tmp_path: Path) -> None:
    def reference(kind: str, number: int, more: str = "") -> str:
        return f"<w:r><w:{kind}Reference w:id='{number}'{more}/></w:r>"

    own = "<w:r><w:footnoteReference w:customMarkFollows='1' w:id='4'/><w:t>*</w:t></w:r>"
    body = (
        f"<w:p>{run('INR 2.5')}{reference('footnote', 2)}{run(' and more')}"
        f"{reference('endnote', 1)}{run(', then')}{reference('footnote', 3)}{own}</w:p>"
    )
    notes = "".join(
        f"<w:footnote w:id='{i}'{kind}><w:p><w:r><w:footnoteRef/></w:r>{run(text)}</w:p>"
        "</w:footnote>"
        for i, kind, text in [
            (-1, " w:type='separator'", ""),
            (2, "", "First."),
            (3, "", "Second."),
            (4, "", "Own."),
            (5, "", "Of nothing."),
        ]
    )
    ends = part("endnotes", f"<w:endnote w:id='1'>{paragraph('Last.')}</w:endnote>")
    document = document_of(
        tmp_path,
        body,
        footnotes=notes,
        more={"word/endnotes.xml": ends},  # type: ignore[arg-type]
    )
    assert document.text == "INR 2.5[1] and more[i], then[2][*]\nFirst.\nSecond.\nOwn.\nLast."
    assert [(b.kind, b.label) for b in document.blocks[1:]] == [
        ("note", "1"),
        ("note", "2"),
        ("note", "*"),
        ("note", "i"),
    ]
    assert [m.target for m in document.marks] == [
        f"#{document.text.index(words)}" for words in ("First.", "Last.", "Second.", "Own.")
    ]
    assert left_out(document) == [("hidden text", "Of nothing.")]


def test_notes_are_counted_as_the_section_says(tmp_path: Path) -> None:
    body = (
        f"<w:p>{run('Said')}<w:r><w:footnoteReference w:id='2'/></w:r></w:p><w:sectPr>"
        "<w:footnotePr><w:numFmt w:val='lowerLetter'/><w:numStart w:val='3'/></w:footnotePr>"
        "</w:sectPr>"
    )
    note = f"<w:footnote w:id='2'>{paragraph('Note.')}</w:footnote>"
    assert document_of(tmp_path, body, footnotes=note).text == "Said[c]\nNote."
    settings = part("settings", "<w:footnotePr><w:numFmt w:val='upperRoman'/></w:footnotePr>")
    document = document_of(
        tmp_path,
        body.partition("<w:sectPr>")[0],
        footnotes=note,
        more={"word/settings.xml": settings},  # type: ignore[arg-type]
    )
    assert document.text == "Said[I]\nNote."


def test_comments_and_running_heads_are_left_out_and_listed(tmp_path: Path) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    related = "".join(
        f'<Relationship Id="{i}" Type="{kind}{name}" Target="{target}"/>'
        for i, (name, target) in enumerate(
            [("header", "h1.xml"), ("header", "h2.xml"), ("footer", "f.xml"), ("footer", "bad.xml")]
        )
    )
    comments = "".join(
        f"<w:comment w:id='{i}'>{paragraph(text)}</w:comment>"
        for i, text in [(1, "Is it so?"), (2, "Of nothing.")]
    )
    mark = (
        '<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="DRAFT"/>'
        "</v:shape></w:pict>"
    )
    more = {
        "word/comments.xml": part("comments", comments),
        "word/h1.xml": part("hdr", paragraph("Protocol 12") + f"<w:p><w:r>{mark}</w:r></w:p>"),
        "word/h2.xml": part("hdr", paragraph("Protocol  12")),
        "word/f.xml": part("ftr", f"<w:p>{run('Page ')}{field(' PAGE ', run('1'))}</w:p>"),
        "word/bad.xml": "<w:ftr",
    }
    body = f"<w:p>{run('Said')}<w:r><w:commentReference w:id='1'/></w:r>{run(' so.')}</w:p>"
    document = document_of(tmp_path, body, related=related, more=more)  # type: ignore[arg-type]
    assert document.text == "Said so."
    assert left_out(document) == [
        ("running head", "Protocol 12"),
        ("watermark", "DRAFT"),
        ("running head", "Page 1"),
        ("comments", "Is it so?"),
        ("comments", "Of nothing."),
    ]
    assert document.left_out[3].at == len("Said")


def test_a_letter_that_hangs_is_a_part_of_its_word(tmp_path: Path) -> None:
    body = (
        f"<w:p><w:pPr><w:framePr w:dropCap='drop'/></w:pPr>{run('T')}</w:p>{paragraph('he dose.')}"
    )
    assert document_of(tmp_path, body).text == "The dose."


def renamed(content: bytes, names: dict[bytes, bytes]) -> bytes:
    """A file with words of its parts, and of their names, replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part_name, inside = name.encode(), old.read(name)
            for before, after in names.items():
                part_name, inside = part_name.replace(before, after), inside.replace(before, after)
            new.writestr(part_name.decode(), inside)
    return out.getvalue()


def test_strict_names_are_read_as_the_others(tmp_path: Path) -> None:
    made = word_file(paragraph("One.") + f"<w:p>{run('10')}{run('m', SYMBOL)}</w:p>")
    home, strict = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    kinds = (b"wordprocessingml", b"officeDocument", b"drawingml")
    path = tmp_path / "a.docx"
    path.write_bytes(renamed(made, {home + k + b"/2006/": strict + k + b"/" for k in kinds}))
    assert read(path).document.text == "One.\n10μ"


def test_one_branch_of_each_alternative_counts(tmp_path: Path) -> None:
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    both = (
        f'<mc:AlternateContent xmlns:mc="{space}"><mc:Choice Requires="x">{{}}</mc:Choice>'
        "<mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
    )
    body = (
        f"<w:p>{both.format(run('new'), run('old'))}{run(' ')}"
        f"{both.format('<w:r/>', run('other'))}</w:p>{both.format('', '')}"
    )
    assert document_of(tmp_path, body).text == "new other"


def test_the_document_may_have_another_name(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    made = word_file(paragraph("Words."))
    path.write_bytes(renamed(made, {b"word/document.xml": b"word/docume12.xml"}))
    with zipfile.ZipFile(path) as archive:
        assert "word/docume12.xml" in archive.namelist()
    assert read(path).document.text == "Words."


def test_a_workbook_is_no_document(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(renamed(word_file(paragraph("x")), {b"word/document.xml": b"xl/workbook.xml"}))
    with pytest.raises(Problem, match="is no Word document"):
        read(path)


@pytest.mark.parametrize(
    ("codes", "numbers"),
    [
        (("SEQ Table \\* ARABIC", "SEQ Figure", "SEQ table"), ("1", "1", "2")),
        (("SEQ Box \\r 4", "SEQ Box", "SEQ Box \\c", "SEQ Box \\* ROMAN"), ("4", "5", "5", "VI")),
        (("SEQ Box \\h", "SEQ Box \\* alphabetic"), ("", "b")),
        (("SEQ", "SEQ Box \\r x"), ("", "1")),
    ],
)
def test_what_is_counted_by_fields_has_its_number(
    codes: tuple[str, ...], numbers: tuple[str, ...], tmp_path: Path
) -> None:
    body = "".join(f"<w:p>{run('No. ')}{field(one)}{run('; dose')}</w:p>" for one in codes)
    found = document_of(tmp_path, body)
    assert shown(found).split("\n\n" if "\n\n" in shown(found) else "\n") == [
        f"No. {number}; dose" if number else "No. ; dose" for number in numbers
    ]


def test_a_kept_number_counts_and_what_cannot_be_found_leaves_a_sign(tmp_path: Path) -> None:
    simple = '<w:fldSimple w:instr="SEQ Table"/>'
    body = (
        f"<w:p>{field('SEQ Table', run('1'))}{run(' ')}{simple}{run(' ')}{field('= 2 * 5')}"
        f"{run(' mg, ')}{field('REF dose')}{field('MERGEFIELD Name')}{field('PAGE')}"
        f"{field('REF gone', run(''))}</w:p>"
    )
    assert shown(document_of(tmp_path, body)) == "1 2 [=] mg, [REF]«Name»"
