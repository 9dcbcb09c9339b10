from __future__ import annotations

from pathlib import Path

import pytest

from reader.importers.docx.read import read
from reader.importers.result import ImportResult
from reader.problem import Problem
from tests.importers.archives import zipped
from tests.importers.epub.test_package import PNG
from tests.importers.word_files import paragraph, part, word_file

HEADINGS = (
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>'
)
CORE = (
    '<p:coreProperties xmlns:p="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/">'
    "<dc:title>Said title</dc:title><dc:creator>A. One; B. Two</dc:creator>"
    "<t:modified>2020-01-02T03:04:05Z</t:modified><dc:language>de-CH</dc:language>"
    "</p:coreProperties>"
)


def reading(folder: Path, content: bytes) -> ImportResult:
    path = folder / "a.docx"
    path.write_bytes(content)
    return read(path)


def refused(folder: Path, content: bytes) -> str:
    with pytest.raises(Problem) as caught:
        reading(folder, content)
    return caught.value.sentence


def test_headings_make_sections_and_the_title_is_none(tmp_path: Path) -> None:
    body = (
        paragraph("On fever", "Title")
        + paragraph("Methods", "H1")
        + paragraph("Words.")
        + paragraph("People", "H2")
        + paragraph("More.")
    )
    found = reading(tmp_path, word_file(body, styles=HEADINGS)).document
    assert found.title == "On fever"
    assert [(s.level, s.title) for s in found.sections] == [(1, "Methods"), (2, "People")]
    assert found.text == "On fever\nMethods\nWords.\nPeople\nMore."


def test_properties_say_what_is_not_printed(tmp_path: Path) -> None:
    found = reading(tmp_path, word_file(paragraph("Words."), core=CORE)).document
    assert (found.title, found.authors) == ("Said title", ("A. One", "B. Two"))
    assert (found.publication.updated, found.language) == ("2020-01-02", "de")


def test_damaged_properties_do_no_harm(tmp_path: Path) -> None:
    assert reading(tmp_path, word_file(paragraph("Words."), core="<p")).document.title == "a"


def test_footnotes_are_notes_with_marks(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>A claim</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>"
        "<w:r><w:t> stands.</w:t></w:r></w:p>"
    )
    note = f"<w:footnote w:id='2'>{paragraph('Its ground.')}</w:footnote>"
    found = reading(tmp_path, word_file(body, footnotes=note)).document
    notes = [b for b in found.blocks if b.kind == "note"]
    assert [found.text[b.span.start : b.span.end] for b in notes] == ["Its ground."]
    marks = [m for m in found.marks if m.kind == "reference_mark"]
    assert [m.target for m in marks] == [f"#{notes[0].span.start}"]


def test_tables_keep_their_cells(tmp_path: Path) -> None:
    row = "<w:tr>{}</w:tr>"
    cell = "<w:tc>{}</w:tc>"
    rows = "".join(
        row.format("".join(cell.format(paragraph(w)) for w in words))
        for words in [("Dose", "Effect"), ("5 mg", "none"), ("10 mg", "some")]
    )
    found = reading(tmp_path, word_file(f"<w:tbl>{rows}</w:tbl>{paragraph('End.')}")).document
    cells = found.tables[0].cells
    assert [found.text[c.span.start : c.span.end] for c in cells] == [
        "Dose", "Effect", "5 mg", "none", "10 mg", "some",
    ]  # fmt: skip


def test_pictures_come_from_the_file_alone(tmp_path: Path) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    related = (
        f'<Relationship Id="in" Type="{kind}" Target="media/a.png"/>'
        f'<Relationship Id="out" Type="{kind}" TargetMode="External" Target="file:///etc/passwd"/>'
    )

    def picture(attribute: str) -> str:
        return (
            f"<w:p><w:r><w:drawing><wp:inline><wp:docPr id='1' name='n' descr='inside'/><a:graphic>"
            f"<a:graphicData><pic:pic><pic:blipFill><a:blip {attribute}/></pic:blipFill></pic:pic>"
            "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        )

    body = paragraph("Words.") + picture('r:embed="in"') + picture('r:link="out"')
    found = reading(tmp_path, word_file(body, related=related, more={"word/media/a.png": PNG}))
    assert list(found.assets.values()) == [PNG]
    assert [f.alternative for f in found.document.figures if f.asset] == ["inside"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"words", "archive cannot be opened"),
        (word_file("")[:-30], "archive cannot be opened"),
        (word_file(""), "holds no text"),
        (zipped({"a.txt": "words"}), "is no Word document"),
        (zipped({"word/document.xml": "<w:document"}), "text cannot be read"),
        (word_file("<w:p", styles=""), "text cannot be read"),
        (word_file("", more={"word/document.xml": "<!DOCTYPE a><a/>"}), "what no Word file holds"),
        (word_file("", more={"word/x.xml": '<!ENTITY a "b">'}), "what no Word file holds"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, content: bytes, said: str) -> None:
    assert said in refused(tmp_path, content)


def test_deep_nesting_ends_in_a_sentence(tmp_path: Path) -> None:
    body = "<w:sdt><w:sdtContent>" * 3000 + paragraph("Words.") + "</w:sdtContent></w:sdt>" * 3000
    assert "text cannot be read" in refused(tmp_path, word_file(body))


def test_a_document_type_hides_in_no_encoding_and_under_no_name(tmp_path: Path) -> None:
    laughs = '<!DOCTYPE w [<!ENTITY a "ha">]>' + part("document", "<w:body/>")
    hidden = ('<?xml version="1.0" encoding="UTF-16"?>' + laughs).encode("utf-16")
    for name in ("word/document.xml", "word/document.bin"):
        content = word_file("", more={name: hidden})
        assert "what no Word file holds" in refused(tmp_path, content)


def test_a_paragraph_may_be_a_heading_by_its_own_level(tmp_path: Path) -> None:
    body = (
        paragraph("First", more='<w:outlineLvl w:val="0"/>')
        + paragraph("Words.")
        + paragraph("Second", "Loud", '<w:outlineLvl w:val="1"/>')
        + paragraph("Body text", more='<w:outlineLvl w:val="9"/>')
    )
    found = reading(tmp_path, word_file(body)).document
    assert [(s.level, s.title) for s in found.sections] == [(1, "First"), (2, "Second")]


def test_comments_and_deletions_are_left_out(tmp_path: Path) -> None:
    body = (
        "<w:p><w:commentRangeStart w:id='1'/><w:r><w:t>Said.</w:t></w:r>"
        "<w:commentRangeEnd w:id='1'/><w:r><w:commentReference w:id='1'/></w:r>"
        "<w:del><w:r><w:delText>Gone.</w:delText></w:r></w:del></w:p>"
    )
    assert reading(tmp_path, word_file(body)).document.text == "Said."


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("EncryptedPackage", "locked with a password"),
        ("WordDocument", "older Word"),
        ("Workbook", "older Office"),
    ],
)
def test_containers_of_older_offices_are_told_apart(tmp_path: Path, inside: str, said: str) -> None:
    sentence = refused(tmp_path, b"\xd0\xcf\x11\xe0" + bytes(600) + inside.encode("utf-16-le"))
    assert said in sentence
    assert "a.docx" in sentence


@pytest.mark.parametrize(
    ("name", "address", "said"),
    [
        ("w14", "http://schemas.microsoft.com/office/word/2010/wordml", "Give 5 mg."),
        ("q", "http://example.org/later", "Give 6 mg."),
        ("wpi", "http://schemas.microsoft.com/office/word/2010/wordprocessingInk", "Give 6 mg."),
    ],
)
def test_the_branch_that_we_understand_is_read(
    name: str, address: str, said: str, tmp_path: Path
) -> None:
    body = (
        '<w:p><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/'
        f'markup-compatibility/2006" xmlns:{name}="{address}"><mc:Choice Requires="{name}">'
        "<w:r><w:t>Give 5 mg.</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>Give 6 mg.</w:t></w:r>"
        "</mc:Fallback></mc:AlternateContent></w:p>"
    )
    assert reading(tmp_path, word_file(body)).document.text == said


def test_a_file_inside_that_cannot_be_read_is_listed(tmp_path: Path) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
    related = (
        f'<Relationship Id="a" Type="{kind}" Target="gone.html"/>'
        f'<Relationship Id="b" Type="{kind}" Target="none.mht"/>'
    )
    chunks = "".join(f'<w:altChunk r:id="{one}"/>' for one in "abc")
    more: dict[str, str | bytes] = {"word/none.mht": "MIME-Version: 1.0\n\nno page"}
    content = word_file(paragraph("Words.") + chunks, related=related, more=more)
    left_out = reading(tmp_path, content).document.left_out
    assert [(one.reason, one.words) for one in left_out] == [
        ("part of another kind", "word/gone.html"),
        ("part of another kind", "word/none.mht"),
        ("part of another kind", "a file that is missing"),
    ]
