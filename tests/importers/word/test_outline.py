"""Headings, titles, references and printed contents of Word files."""

from __future__ import annotations

from pathlib import Path

from reader.importers.docx.read import read
from reader.model.document import Document
from tests.importers.word_files import paragraph, word_file

STYLES = (
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H8"><w:name w:val="heading 8"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Quote"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="TH"><w:name w:val="TOC Heading"/></w:style>'
)


def document_of(folder: Path, body: str, styles: str = STYLES) -> Document:
    path = folder / "a.docx"
    path.write_bytes(word_file(body, styles=styles))
    return read(path).document


def bold(text: str, size: int = 24, more: str = "") -> str:
    return (
        f"<w:p><w:r><w:rPr><w:b/><w:sz w:val='{size}'/></w:rPr><w:t>{text}</w:t></w:r>{more}</w:p>"
    )


def sections(document: Document) -> list[tuple[int, str | None, str]]:
    return [(s.level, s.number, s.title) for s in document.sections]


def blocks(document: Document) -> list[tuple[str, str, str]]:
    return [(b.kind, b.label, b.span.cut(document.text)) for b in document.blocks]


def test_typed_numbers_of_headings_are_beside_the_text(tmp_path: Path) -> None:
    body = (
        paragraph("1. Scope", "H1")
        + paragraph("Text.")
        + paragraph("1.1 Aim", "H2")
        + paragraph("Deep", "H8")
        + paragraph("5 ways to sleep", "H1")
        + paragraph("", "H1")
    )
    document = document_of(tmp_path, body)
    assert sections(document) == [
        (1, "1", "Scope"), (2, "1.1", "Aim"), (3, None, "Deep"), (1, None, "5 ways to sleep"),
    ]  # fmt: skip
    assert document.text == "Scope\nText.\nAim\nDeep\n5 ways to sleep"


def test_the_first_title_is_the_title_and_others_are_headings(tmp_path: Path) -> None:
    body = (
        paragraph("Protocol", "Title")
        + paragraph("Words.", "Q")
        + paragraph("Second part", "Title")
        + paragraph("Text.")
    )
    document = document_of(tmp_path, body)
    assert document.title == "Protocol"
    assert sections(document) == [(1, None, "Second part")]
    assert [b.kind for b in document.blocks] == ["title", "quote", "heading", "paragraph"]


def test_bold_lines_are_headings_where_no_style_says_so(tmp_path: Path) -> None:
    body = (
        bold("HYPERKALAEMIA", 36)
        + bold("Indication", 28)
        + paragraph("Potassium above 6.5.")
        + bold("Treatment", 28)
        + paragraph("Give calcium.")
        + bold("Never give it with ceftriaxone.", 22)
        + paragraph("More words.")
        + bold("Table 2 Doses")
        + paragraph("End.")
        + bold("Last line")
    )
    document = document_of(tmp_path, body)
    assert document.title == "HYPERKALAEMIA"
    assert sections(document) == [
        (1, None, "HYPERKALAEMIA"), (2, None, "Indication"), (2, None, "Treatment"),
    ]  # fmt: skip
    assert ("paragraph", "", "Never give it with ceftriaxone.") in blocks(document)


def test_bold_text_throughout_has_no_headings(tmp_path: Path) -> None:
    body = "".join(bold(f"Line {word}") for word in ("one", "two", "three", "four", "five"))
    assert sections(document_of(tmp_path, body)) == []
    mixed = bold("Nobody", more="<w:r><w:t> but you</w:t></w:r>") + paragraph("Text.")
    assert sections(document_of(tmp_path, mixed)) == []


def test_styles_win_over_bold_lines(tmp_path: Path) -> None:
    body = bold("Bold") + paragraph("Text.") + paragraph("Real", "H1") + paragraph("Text.")
    assert sections(document_of(tmp_path, body)) == [(1, None, "Real")]


CITED = [
    "Smith J, Jones K. A study of doses. Lancet 2019;394:12-18.",
    "Berg A. Another study of it. BMJ 2020;370:m123. doi:10.1136/bmj.m123",
    "Low B, et al. Fluids in sepsis. N Engl J Med 2021;384:1-9.",
]


def raised(text: str) -> str:
    return (
        "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr>"
        f"<w:t xml:space='preserve'>{text}</w:t></w:r>"
    )


def run(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


def test_a_list_of_references_and_the_marks_to_it(tmp_path: Path) -> None:
    body = (
        paragraph("Care", "H1")
        + f"<w:p>{run('It is known [1,3] and safe')}{raised('2')}{run(' at 10')}{raised('2')}"
        + f"{run(' mg [9].')}</w:p>"
        + paragraph("References", "H1")
        + "".join(paragraph(f"{i}. {text}") for i, text in enumerate(CITED, start=1))
        + paragraph("Appendix", "H1")
        + paragraph("Rest.")
    )
    document = document_of(tmp_path, body)
    assert [r.label for r in document.references] == ["1", "2", "3"]
    assert document.references[1].doi == "10.1136/bmj.m123"
    assert document.references[0].span.cut(document.text) == CITED[0]
    marks = [(m.span.cut(document.text), m.target) for m in document.marks if m.target]
    assert marks == [("[1,3]", "1 3"), ("2", "2")]
    assert [s.kind for s in document.sections] == ["body", "references", "appendix"]


def test_a_section_called_references_may_hold_none(tmp_path: Path) -> None:
    twice = paragraph("References", "H1") + "".join(paragraph(f"1. {text}") for text in CITED)
    for body in (
        paragraph("References", "H1") + paragraph("Ask the library."),
        paragraph("References", "H1"),
        twice,
    ):
        assert document_of(tmp_path, body + paragraph("End", "H1")).references == ()


def test_references_without_numbers_are_counted(tmp_path: Path) -> None:
    body = paragraph("References", "H1") + "".join(map(paragraph, CITED))
    assert [r.label for r in document_of(tmp_path, body).references] == ["1", "2", "3"]


def contents(lines: list[str]) -> str:
    begun = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        "<w:r><w:instrText> TOC \\o </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    ended = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    made = [f"<w:p>{run(line)}</w:p>" for line in lines]
    made[0] = made[0].replace("<w:p>", f"<w:p>{begun}")
    return "".join(made) + f"<w:p>{ended}</w:p>"


def test_printed_contents_are_left_out_where_their_lines_are_headings(tmp_path: Path) -> None:
    rest = "".join(
        paragraph(title, "H1") + paragraph("Text.") for title in ("1. Scope", "2. Care of wounds")
    )
    body = paragraph("Contents", "TH") + contents(["1. Scope 2", "2. Care of wounds\t14"]) + rest
    document = document_of(tmp_path, body)
    assert document.text == "Scope\nText.\nCare of wounds\nText."
    assert [(o.reason, o.words) for o in document.left_out] == [
        ("printed contents", "Contents"),
        ("printed contents", "1. Scope 2"),
        ("printed contents", "2. Care of wounds 14"),
    ]
    styled = paragraph("1. Scope 2", "T1") + paragraph("2. Care of wounds 3", "T1") + rest
    assert len(document_of(tmp_path, styled).left_out) == 2


def test_contents_that_say_something_else_stay(tmp_path: Path) -> None:
    body = contents(["Doses 1", "Wards 2"]) + paragraph("Scope", "H1") + paragraph("Text.")
    assert document_of(tmp_path, body).text == "Doses 1\nWards 2\nScope\nText."


def test_questions_and_answers(tmp_path: Path) -> None:
    body = (
        paragraph("Frequently asked questions", "H1")
        + paragraph("Is it safe?", "H2")
        + paragraph("Yes.")
        + paragraph("Contact", "H1")
        + paragraph("Us.")
    )
    document = document_of(tmp_path, body)
    assert [s.kind for s in document.sections] == ["faq", "question", "body"]
    assert [b.kind for b in document.blocks] == [
        "heading", "heading", "answer", "heading", "paragraph",
    ]  # fmt: skip
